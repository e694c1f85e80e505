"""A plan: which exercises, levels, sides and limits one session plays."""

from dataclasses import dataclass
from datetime import date

from coach.domain.exercise import LevelName
from coach.domain.side import Sides


@dataclass(frozen=True, slots=True)
class Limits:
    """A plan's own limits; they may only be stricter than the built-in ones.

    end_exercise_at: rating 0-10 at which an exercise ends (built in: 6, clinical.md 9.3 SET-05).
    sessions_per_day: built in: 2 (clinical.md 7.0, caps).
    """

    end_exercise_at: int = 6
    sessions_per_day: int = 2


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One ``[[exercise]]`` of a plan; sets and reps None mean the level's own dose."""

    exercise: str
    sides: Sides = Sides.LEFT
    level: LevelName = LevelName.A
    sets: int | None = None
    reps: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan file's content (format nerve-coach.plan/1)."""

    title: str
    author: str
    revision: int
    language: str
    items: tuple[PlanItem, ...]
    limits: Limits = Limits()
    valid_until: date | None = None
