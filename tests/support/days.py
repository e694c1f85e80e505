"""Days in a few words: closed sessions, what legs did in them, and where legs stand today.

A day is a whole number of days after the first; sessions begin at six in the evening unless told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from coach.domain.dose import Dose
from coach.domain.exercise import LevelName, Tag
from coach.domain.lever import LeverStep
from coach.domain.outcome import Outcome
from coach.domain.past import Morning, PastSession, Worked
from coach.domain.plan import Limits, Plan, PlanItem
from coach.domain.side import Side
from coach.rules.harder import labelled
from coach.rules.levers import base_dose, pulled
from coach.rules.plan_load import legs
from coach.rules.progression import Events, Leg, LegKey, legs_after
from coach.rules.todays_dose import Day, Standing, standing
from playing import SHIPPED

TABLE = SHIPPED.across_days
CATALOGUE = SHIPPED.catalogue
LEFT, RIGHT = Side.LEFT, Side.RIGHT
S3_LEFT: LegKey = ("S3", LEFT)

_FIRST_DAY = datetime(2026, 3, 2, tzinfo=timezone(timedelta(hours=1)))
GOOD = Morning(0, 0, woken=False)


def at(day: float, hour: float = 18) -> datetime:
    """A moment: days after the first day's midnight, and an hour."""
    return _FIRST_DAY + timedelta(days=day, hours=hour)


def morning(
    tingling: int | None = 0, pain: int | None = 0, *, woken: bool | None = False
) -> Morning:
    """A morning that was good unless told otherwise."""
    return Morning(tingling, pain, woken)


def dose(exercise: str = "S3", level: str = "A", **changed: Any) -> Dose:
    """The dose of a level of the catalogue, with some fields changed."""
    found = replace(base_dose(CATALOGUE[exercise], LevelName(level)), **changed)
    return labelled(CATALOGUE[exercise], found)


def eased(began: Dose, *levers: str) -> Dose:
    """The dose after levers were pulled; "POS:S2" names the gentler exercise."""
    for lever in levers:
        name, _, target = lever.partition(":")
        step = next(one for one in CATALOGUE[began.exercise].ease if one.lever == name)
        began = pulled(began, LeverStep(step.lever, target or None), CATALOGUE)
    return labelled(CATALOGUE[began.exercise], began)


def worked(
    began: Dose | str = "S3",
    side: Side | None = LEFT,
    *,
    ended: Dose | None = None,
    calm: bool | None = None,
    own: bool = True,
    item: str | None = None,
) -> Worked:
    """What a leg did of an exercise: calm unless it ended gentler than it began."""
    first = dose(began) if isinstance(began, str) else began
    last = ended or first
    was_calm = last == first if calm is None else calm
    return Worked(item or first.exercise, side, first, last, calm=was_calm, own=own)


def past(
    day: float,
    *done: Worked,
    hour: float = 18,
    tingling: int | None = 0,
    pain: int | None = 0,
    morning: Morning | None = GOOD,
    outcome: Outcome = Outcome.COMPLETED,
    plan: str = "plan",
    played: bool = True,
    **facts: Any,
) -> PastSession:
    """A session that was completed and followed by a good morning unless told otherwise."""
    return PastSession(
        began=at(day, hour),
        plan=plan,
        outcome=outcome,
        tingling=tingling,
        pain=pain,
        worked=done,
        played=played,
        morning=morning,
        **facts,
    )


def calm_days(days: Iterable[float], *done: Worked) -> list[PastSession]:
    """A calm session on each of the days; S3 on the left at its first level unless told."""
    return [past(day, *(done or (worked(),))) for day in days]


def legs_on(day: float, pasts: Sequence[PastSession], **events: Any) -> dict[LegKey, Leg]:
    """Where every leg stands on a day."""
    return legs_after(pasts, Events(**events), at(day).date(), CATALOGUE, TABLE)


def today(
    day: float,
    pasts: Sequence[PastSession],
    *items: PlanItem,
    hour: float = 18,
    plan: str = "plan",
    locked: Iterable[datetime] = (),
    allowed: Iterable[str] = (),
    tags: Iterable[Tag] = (),
    lost: bool = False,
) -> Standing:
    """What a day begins with; S3 on the left unless told."""
    work = tuple(
        (item, side)
        for item in items or (PlanItem("S3"),)
        for side in legs(item, CATALOGUE[item.exercise])
    )
    lifted = tuple((exercise, at(-1)) for exercise in allowed)
    then = Day(
        at(day, hour), plan, work, frozenset(allowed), frozenset(tags), tuple(locked), lost=lost
    )
    standings = legs_on(day, pasts, locked=tuple(locked), allowed=lifted)
    return standing(then, standings, pasts, CATALOGUE, TABLE)


def plan(sessions_per_day: int = 2, **facts: Any) -> Plan:
    """A plan of S3 on the left."""
    limits = Limits(sessions_per_day=sessions_per_day)
    return Plan("Test", "Tests", 1, "en", (PlanItem("S3"),), limits, **facts)
