"""Which voice speaks."""

from collections.abc import Sequence

from coach.voice.interface import VoiceChoice, VoiceInfo


def pick_voice(voices: Sequence[VoiceInfo], usual: str | None, choice: VoiceChoice) -> str | None:
    """Return the id of the voice to use; None when no voice speaks the language.

    The chosen voice if it is there; else the engine's `usual` voice if it speaks the language, so
    that the person hears the voice the computer always uses; else the first that does, an exact
    "de" before a regional "de-at"; else the usual one if nobody knows what it speaks. Who asks for
    a region, "en-gb", gets a voice of it before the usual one.
    """
    if choice.voice is not None and any(voice.id == choice.voice for voice in voices):
        return choice.voice
    language = choice.language.lower().replace("_", "-")
    fitting = [voice for voice in voices if _speaks(voice, language)]
    regional = "-" in language

    def last(voice: VoiceInfo) -> tuple[bool, bool]:
        unusual, elsewhere = voice.id != usual, language not in voice.languages
        return (elsewhere, unusual) if regional else (unusual, elsewhere)

    fitting.sort(key=last)
    if fitting:
        return fitting[0].id
    return next((voice.id for voice in voices if voice.id == usual and not voice.languages), None)


def _speaks(voice: VoiceInfo, language: str) -> bool:
    main = language.partition("-")[0]
    return any(tag.partition("-")[0] == main for tag in voice.languages)
