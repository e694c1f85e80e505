"""The decision table as a file: rows of clinical.md 9.3 with their numbers."""

from typing import Annotated

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
    rule: list[_RuleShape]


def read_rules(text: bytes | str, name: str) -> RuleTable:
    """The decision table of one file. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    file = reading.shaped(_FileShape, reading.content)
    rows = [] if file is None else file.rule
    for place, row in enumerate(rows):
        if row.id not in KNOWN_IDS:
            reading.fault(("rule", place, "id"), f"{row.id} is not a known rule")
        if row.action not in Action.__members__:
            known = ", ".join(Action.__members__)
            reading.fault(("rule", place, "action"), f"must be one of {known}")
        if row.low > row.high:
            reading.fault(("rule", place, "low"), "is above high")
    missing = sorted(KNOWN_IDS - {row.id for row in rows})
    if file is not None and missing:
        reading.fault(("rule",), f"leaves out {', '.join(missing)}")
    reading.stop_if_faulty()
    return tuple(row.rule() for row in rows)
