"""The words of an export: our own code system, and the outside codes beside our words."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from coach.domain.action import Action, Tier
from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, News, Place
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.formats.fhir.codes import SYSTEMS, CodeTable
from coach.formats.phrases import Phrases
from coach.formats.screen_question import ScreenQuestion

Resource = dict[str, Any]
"""A FHIR resource, or a part of one, as plain JSON values."""

#: Words that stand in the phrase catalogue under ``fhir.word``.
_OWN = (
    "tingling_nrs",
    "exercise_set",
    "told",
    "where_felt",
    "felt_like",
    "something_new",
    "settled_after",
    "what_next",
    "set_number",
    "exercise",
    "level",
    "leg",
    "repetitions",
    "rest",
    "rule",
    "lever",
    "dates_shifted",
    *(f"leg_{side}" for side in Side),
    *(f"lock_{tier.name.lower()}" for tier in Tier if tier > Tier.OK),
)
#: Words that the program shows elsewhere too, by the table they stand in.
_SHARED: Mapping[str, tuple[str, ...]] = {
    "place": tuple(Place),
    "feel": tuple(Feel),
    "new": tuple(News),
    "reply": tuple(reply.replace(" ", "_") for reply in Reply),
    "action": tuple(action.name.lower() for action in Action),
    "outcome": tuple(Outcome),
}
_TABLE = {"new": "news"}

#: Every concept of our own code system.
LOCAL_WORDS = (*_OWN, *(f"{head}_{tail}" for head, tails in _SHARED.items() for tail in tails))


class Lexicon:
    """Words and codes of one language. What it gives is shared: never change it."""

    def __init__(
        self, codes: CodeTable, phrases: Phrases, screen: tuple[ScreenQuestion, ...]
    ) -> None:
        self.codes = codes
        self.phrases = phrases
        self.screen = screen
        self._concepts: dict[str, Resource] = {}

    def url(self, kind: str, name: str) -> str:
        """The canonical name of one of our own definitions."""
        return f"{self.codes.base}/{kind}/{name}"

    @cached_property
    def system(self) -> str:
        """The name of our code system."""
        return self.url("CodeSystem", "nerve-coach")

    @property
    def language(self) -> str:
        """The language everything is written in."""
        return self.phrases.language

    def say(self, key: str, **blanks: str | int) -> str:
        """A phrase of the ``fhir`` table."""
        return self.phrases.say(f"fhir.{key}", **blanks)

    def display(self, word: str) -> str:
        """One of our words as people read it. Raises KeyError for an unknown one."""
        head, _, tail = word.partition("_")
        if head in _SHARED:
            return self.phrases.texts[f"{_TABLE.get(head, head)}.{tail}"]
        return self.phrases.texts[f"fhir.word.{word}"]

    def local(self, word: str) -> dict[str, str]:
        """Our own code for a word."""
        return {"system": self.system, "code": code_of(word), "display": self.display(word)}

    def concept(self, word: str) -> Resource:
        """A word with our own code, where it has one, and the outside codes that mean the same."""
        known = self._concepts.get(word)
        if known is None:
            own = [self.local(word)] if word in LOCAL_WORDS else []
            coding = [*self.codes.codings(word), *own]
            known = {"coding": coding}
            if coding != own:  # else the text would be what the one code says already
                known["text"] = self.display(word)
            self._concepts[word] = known
        return known

    def coded(self, word: str, text: str) -> Resource:
        """The codes of a word, in other words; only the words where there are no codes."""
        coding = self.codes.codings(word)
        return {"coding": coding, "text": text} if coding else {"text": text}

    def quantity(self, value: float, unit: str) -> Resource:
        """A number with its UCUM unit, such as "score", "minutes" or "seconds"."""
        code = self.codes.unit(unit)
        return {
            "value": value,
            "unit": code.display,
            "system": SYSTEMS["ucum"],
            "code": code.code,
        }


def code_of(word: str) -> str:
    """How our code system writes a word."""
    return word.replace("_", "-")
