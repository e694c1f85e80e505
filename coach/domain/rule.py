"""One row of the decision table, and the table itself."""

from dataclasses import dataclass
from enum import StrEnum

from coach.domain.action import Action
from coach.domain.rating import Feel, News, Place


class RuleStage(StrEnum):
    """FIRST rows look at the answers; THEN rows look at what the first rows asked for."""

    FIRST = "first"
    THEN = "then"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of clinical.md 9.3 with its own numbers; one id may own several rows.

    low, high: ratings 0-10, or points of rise; drop, rise: points; above_s, up_to_s, after_s:
    seconds since the set ended; times, checks: how often in this exercise or session;
    alarming: the row needs a worrying companion sign as well.
    """

    id: str
    when: str
    action: Action
    stage: RuleStage = RuleStage.FIRST
    low: int = 0
    high: int = 10
    drop: int = 0
    rise: int = 0
    above_s: int = 0
    up_to_s: int | None = None
    after_s: int = 0
    times: int = 0
    checks: int = 0
    alarming: bool = False
    place: Place | None = None
    feel: Feel | None = None
    new: frozenset[News] = frozenset()

    @property
    def source(self) -> str:
        """Where the row comes from."""
        if self.id == "LIMIT":
            return "plan file, [limits]"
        return f"clinical.md {'9.1' if self.id.startswith('SYS') else '9.3'} {self.id}"


RuleTable = tuple[Rule, ...]
