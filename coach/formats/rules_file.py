"""The decision table as a file: rows of clinical.md 9.3 with their numbers."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from coach.domain.action import Action
from coach.domain.rating import Feel, News, Place
from coach.domain.rule import Rule, RuleStage, RuleTable
from coach.formats.fields import RatingField, Words
from coach.formats.reading import Reading, Shape
from coach.rules.after_set import KNOWN_IDS

FORMAT = "nerve-coach.rules/1"

_Seconds = Annotated[int, Field(ge=-1, le=3600)]
_Count = Annotated[int, Field(ge=0, le=10)]


class _RuleShape(Shape):
    id: str
    when: Words
    action: str
    stage: Annotated[RuleStage, Field(strict=False)] = RuleStage.FIRST
    low: RatingField = 0
    high: RatingField = 10
    drop: _Count = 0
    rise: _Count = 0
    above_s: _Seconds = 0
    up_to_s: _Seconds | None = None
    after_s: _Seconds = 0
    times: _Count = 0
    checks: _Count = 0
    alarming: bool = False
    place: Annotated[Place | None, Field(strict=False)] = None
    feel: Annotated[Feel | None, Field(strict=False)] = None
    new: Annotated[list[Annotated[News, Field(strict=False)]], Field(max_length=10)] = []

    def rule(self) -> Rule:
        fields = self.model_dump() | {"action": Action[self.action], "new": frozenset(self.new)}
        return Rule(**fields)


class _FileShape(Shape):
    format: str
    rule: list[dict[str, Any]]


def read_rules(text: bytes | str, name: str) -> RuleTable:
    """The decision table of one file. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    file = reading.shaped(_FileShape, reading.content)
    raw = [] if file is None else file.rule
    rows = [reading.shaped(_RuleShape, entry, ("rule", n)) for n, entry in enumerate(raw)]
    for place, row in enumerate(rows):
        for key, message in [] if row is None else _faults(row):
            reading.fault(("rule", place, key), message)
    missing = sorted(KNOWN_IDS - {str(entry.get("id")) for entry in raw})
    if file is not None and missing:
        reading.fault(("rule",), f"leaves out {', '.join(missing)}")
    reading.stop_if_faulty()
    return tuple(row.rule() for row in rows if row is not None)


def _faults(row: _RuleShape) -> Iterator[tuple[str, str]]:
    if row.id not in KNOWN_IDS:
        yield "id", f"{row.id} is not a known rule"
    if row.action not in Action.__members__:
        yield "action", f"must be one of {', '.join(Action.__members__)}"
    if row.low > row.high:
        yield "low", "is above high"
