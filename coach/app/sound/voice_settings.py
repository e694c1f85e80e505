"""What the settings mean for the voice."""

from coach.app.sound.sound_choices import spoken_language
from coach.store.settings import Settings
from coach.voice.interface import VoiceChoice, VoiceSettings, Wanted


def voice_settings(settings: Settings, language: str) -> VoiceSettings:
    """The voice's side of the settings; `language` is that of the words it says."""
    spoken = spoken_language(settings, language)
    return VoiceSettings(
        Wanted(settings.voice_mode),
        VoiceChoice(settings.voice_id or None, spoken, settings.voice_rate),
        settings.voice_volume / 100,
        settings.sound_offset_ms,
        settings.sound_device or None,
    )
