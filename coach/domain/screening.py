"""The questions before a session and what can be answered."""

from dataclasses import dataclass
from enum import StrEnum

from coach.domain.action import Tier
from coach.domain.exercise import Tag


class Reply(StrEnum):
    """An answer to a screening question; not answering is None, never "no"."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not sure"


@dataclass(frozen=True, slots=True)
class Question:
    """One row of clinical.md 8: what a yes means, and whether it is asked every time."""

    id: str
    tier: Tier
    every_time: bool
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """A stop that keeps sessions closed; rule is the id that caused it."""

    tier: Tier
    rule: str
