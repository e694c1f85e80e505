"""The check-in questions: what each answer means, and its words in one language."""

from typing import Annotated

from pydantic import Field

from coach.domain.action import Tier
from coach.domain.exercise import Tag
from coach.domain.screening import Question
from coach.formats.fields import Language, Words
from coach.formats.reading import Reading, Shape
from coach.formats.screen_question import ScreenQuestion

FORMAT = "nerve-coach.questions/1"

#: Every question of clinical.md 8 in the order asked; a file leaves none out.
QUESTION_IDS = tuple(
    f"{letter}{number}"
    for letter, count in (("E", 10), ("U", 10), ("C", 9), ("A", 7))
    for number in range(1, count + 1)
)

#: The mildest tier a yes may have, by the letter of the id (clinical.md 8; A7 only sets a tag).
_MILDEST = {"E": Tier.EMERGENCY, "U": Tier.URGENT, "C": Tier.CLEARANCE, "A": Tier.OK}


class _QuestionShape(Shape):
    id: str
    tier: str
    every_time: bool
    tag: Annotated[Tag | None, Field(strict=False)] = None
    text: Words


class _FileShape(Shape):
    format: str
    language: Language
    question: list[_QuestionShape]


def read_questions(text: bytes | str, name: str) -> tuple[ScreenQuestion, ...]:
    """The questions of one file, in order. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    file = reading.shaped(_FileShape, reading.content)
    asked = [] if file is None else file.question
    for place, entry in enumerate(asked):
        for key, fault in _faults(entry, [other.id for other in asked[:place]]):
            reading.fault(("question", place, key), fault)
    if file is not None:
        missing = [known for known in QUESTION_IDS if known not in {entry.id for entry in asked}]
        if missing:
            reading.fault(("question",), f"leaves out {', '.join(missing)}")
    reading.stop_if_faulty()
    return tuple(
        ScreenQuestion(Question(q.id, Tier[q.tier.upper()], q.every_time, q.tag), q.text)
        for q in asked
    )


def _faults(entry: _QuestionShape, before: list[str]) -> list[tuple[str, str]]:
    tiers = {tier.name.lower(): tier for tier in Tier}
    if entry.id not in QUESTION_IDS:
        return [("id", f"{entry.id} is not a known question")]
    found = []
    if entry.id in before:
        found.append(("id", f"{entry.id} is there twice"))
    elif any(QUESTION_IDS.index(entry.id) < QUESTION_IDS.index(b) for b in before if b in _KNOWN):
        found.append(("id", f"{entry.id} is out of order"))
    if entry.tier not in tiers:
        found.append(("tier", f"must be one of {', '.join(tiers)}"))
    elif tiers[entry.tier] < _MILDEST[entry.id[0]]:
        mildest = _MILDEST[entry.id[0]].name.lower()
        found.append(("tier", f"{entry.id} must be {mildest} or more serious"))
    return found


_KNOWN = frozenset(QUESTION_IDS)
