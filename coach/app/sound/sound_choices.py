"""What can be chosen for the sound: voices, languages, outputs, and steps louder or larger."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.store.settings import Settings
from coach.voice.interface import Reason, Voice

USUAL = ""
"""The choice that leaves it to the computer."""

SYSTEM_LANGUAGE = "system"
"""The same for the language."""

VOLUME_STEP = 10  # per cent
TEXT_SIZES = (100, 125, 150, 175, 200)  # per cent
_REGION = re.compile(r"([a-z]{2,3})-([a-z]{2})")


@dataclass(frozen=True, slots=True)
class Choices:
    """A list to choose from: (id, name) of each, without the usual one, which comes first.

    chosen: the id kept in the settings; known: False while the list is still being found out.
    usual: the name of the one the computer would take, "" while nobody knows.
    """

    chosen: str
    known: bool
    items: tuple[tuple[str, str], ...]
    usual: str = ""

    @property
    def missing(self) -> bool:
        """Whether the one chosen is not there now. It stays chosen all the same."""
        ids = {one for one, _ in self.items}
        return self.known and self.chosen != USUAL and self.chosen not in ids


def voice_choices(voice: Voice, settings: Settings, language: str) -> Choices:
    """The voices that speak a language; those of one region when the settings name one.

    A voice of which nobody knows what it speaks may be chosen too, and the chosen one is in the
    list whatever it speaks.
    """
    wanted = spoken_language(settings, language).lower()
    items = tuple(
        (one.id, one.name)
        for one in voice.voices
        if one.id == settings.voice_id
        or not one.languages
        or any(f"{tag}-".startswith(f"{wanted}-") for tag in one.languages)
    )
    speaking = voice.health.speaking
    named = speaking.name if speaking is not None and not settings.voice_id else ""
    known = bool(voice.voices) or voice.health.voice is not Reason.VOICE_STARTING
    return Choices(settings.voice_id, known, items, named)


def language_choices(voice: Voice, settings: Settings, language: str) -> Choices:
    """The regional forms of a language that some voice speaks, such as "en-GB"."""
    tags = {tag for one in voice.voices for tag in one.languages}
    found = sorted(
        f"{form[1]}-{form[2].upper()}"
        for tag in tags
        if (form := _REGION.fullmatch(tag)) and form[1] == language
    )
    known = bool(voice.voices) or voice.health.voice is not Reason.VOICE_STARTING
    chosen = USUAL if settings.language == SYSTEM_LANGUAGE else settings.language
    return Choices(chosen, known, tuple((tag, tag) for tag in found))


def device_choices(voice: Voice, settings: Settings) -> Choices:
    """The sound outputs there are now."""
    health = voice.health
    named = health.playing.name if health.playing is not None and not settings.sound_device else ""
    known = health.sound is not Reason.SOUND_STARTING
    return Choices(
        settings.sound_device, known, tuple((one.id, one.name) for one in voice.devices), named
    )


def spoken_language(settings: Settings, language: str) -> str:
    """The language of the voice: a regional form of the words' language where one is chosen."""
    chosen = settings.language
    return chosen if chosen.partition("-")[0] == language else language


def next_voice(choices: Choices) -> str:
    """The id of the voice after the chosen one; after the last comes the usual one."""
    return _after(choices.chosen, (USUAL, *(one for one, _ in choices.items)))


def next_volume(now: int, way: int) -> int:
    """A step louder (way 1) or softer (way -1), per cent."""
    return min(max((now // VOLUME_STEP + way) * VOLUME_STEP, 0), 100)


def next_text_size(now: int, way: int) -> int:
    """A step larger (way 1) or smaller (way -1), per cent."""
    sizes = TEXT_SIZES if way > 0 else tuple(reversed(TEXT_SIZES))
    return next((size for size in sizes if (size - now) * way > 0), sizes[-1])


def _after(one: str, row: Sequence[str]) -> str:
    return row[(row.index(one) + 1) % len(row)] if one in row else row[0]
