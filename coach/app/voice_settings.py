"""What the settings mean for the voice."""

from coach.store.settings import Settings
from coach.voice.interface import VoiceChoice, VoiceSettings, Wanted


def voice_settings(settings: Settings, language: str) -> VoiceSettings:
    """The voice's side of the settings; `language` is that of the words it says."""
    return VoiceSettings(
        Wanted(settings.voice_mode),
        VoiceChoice(settings.voice_id or None, language, settings.voice_rate),
        settings.voice_volume / 100,
        settings.sound_offset_ms,
        settings.sound_device or None,
    )
