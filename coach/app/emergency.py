"""Whom to call in an emergency, in words, where the person is (clinical.md 6 and 10 H17)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from coach.app.kept import Kept
from coach.formats.bad_file import BadFile
from coach.formats.emergency_number import EmergencyNumber
from coach.formats.phrases import Phrases

_LOCALE = re.compile(r"[a-z]{2,3}_([A-Z]{2})(?:[.@].*)?")


@cache
def emergency_numbers(root: Path, keep: Path | None = None) -> Mapping[str, EmergencyNumber]:
    """The shipped table by country code, read when first asked for.

    keep: the folder in which it is kept for the next start, if it should be. Raises BadFile when
    the table has been damaged, OSError when it is missing.
    """
    file = root / "assets" / "emergency_numbers.toml"
    text = file.read_bytes()

    def read() -> Mapping[str, EmergencyNumber]:
        from coach.formats.numbers_file import read_numbers

        return read_numbers(text, file.name)

    return MappingProxyType(
        Kept(keep).value("emergency-numbers", dict[str, EmergencyNumber], [text], read)
    )


def number_words(root: Path, country: str, phrases: Phrases, keep: Path | None = None) -> str:
    """What to call, such as "999 or 112"; "your local emergency number" where that is not known.

    country: an ISO 3166-1 alpha-2 code, "" when it is not known either.
    """
    found = _readable_numbers(root, keep).get(country) if country else None
    return (
        phrases.say("emergency.local_number") if found is None else _either(found.numbers, phrases)
    )


def country_of(environment: Mapping[str, str]) -> str:
    """The country that the environment's locale names for messages, as its code; "" for none."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):  # POSIX: the first that is set decides
        if locale := environment.get(variable):
            found = _LOCALE.fullmatch(locale)
            return found[1] if found else ""
    return ""


@dataclass(frozen=True, slots=True)
class CountryChoice:
    """A country to choose in the settings, and whom to call there in words."""

    code: str
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Countries:
    """All countries there are to choose, by name; the one assumed while none has been chosen."""

    listed: tuple[CountryChoice, ...]
    assumed: CountryChoice | None


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """Whom to call from here: in the country chosen, else in the one the locale names.

    root, keep: as for :func:`emergency_numbers`; environment: where the locale is named.
    """

    root: Path
    keep: Path | None
    phrases: Phrases
    environment: Mapping[str, str]

    def words(self, chosen: str) -> str:
        """What to call; chosen: the country's code, "" when none has been chosen.

        The number of an assumed country does not stand alone: many computers are set to American
        English far from America.
        """
        if chosen:
            return number_words(self.root, chosen, self.phrases, self.keep)
        local = self.phrases.say("emergency.local_number")
        assumed = self._assumed()
        return _either((*assumed.numbers, local), self.phrases) if assumed else local

    def countries(self) -> Countries:
        """What the settings offer."""
        numbers = _readable_numbers(self.root, self.keep).values()
        assumed = self._assumed()
        return Countries(
            listed=tuple(self._choice(one) for one in numbers),
            assumed=self._choice(assumed) if assumed else None,
        )

    def _assumed(self) -> EmergencyNumber | None:
        code = country_of(self.environment)
        return _readable_numbers(self.root, self.keep).get(code) if code else None

    def _choice(self, one: EmergencyNumber) -> CountryChoice:
        return CountryChoice(one.code, one.name, _either(one.numbers, self.phrases))


def _readable_numbers(root: Path, keep: Path | None) -> Mapping[str, EmergencyNumber]:
    """The table, empty when it cannot be read: a stop message has to come in any case."""
    try:
        return emergency_numbers(root, keep)
    except (BadFile, OSError):
        return {}


def _either(words: Iterable[str], phrases: Phrases) -> str:
    return f" {phrases.say('emergency.or')} ".join(words)
