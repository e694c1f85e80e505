"""Where each leg stands in each exercise: down at once, up slowly (clinical.md 9.5).

The standing is folded from what was done; nothing else remembers it. A step is recognised by the
dose a session really began with, so that a log tells the same story wherever it is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from coach.domain.day_rule import DayTable
from coach.domain.dose import Dose
from coach.domain.exercise import Catalogue, LevelName
from coach.domain.lever import Lever
from coach.domain.outcome import Outcome
from coach.domain.past import PastSession, Worked
from coach.domain.side import Side
from coach.rules.harder import (
    gentler_of,
    labelled,
    level_down,
    restarted,
    short_levers,
)
from coach.rules.next_day import Aftermath, aftermath_of_day

#: An exercise of a plan on one leg; None for exercises without sides.
LegKey = tuple[str, Side | None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A step up by a lever that had to be taken back."""

    lever: Lever
    at: datetime


@dataclass(frozen=True, slots=True)
class Leg:
    """How one leg stands in one exercise.

    dose: what the next session begins with if nothing else speaks.
    played, changed: when it was last played, and when the dose last changed.
    calm: calm sessions running on different days; calm_day: the last of those days.
    needs: calm sessions before a step up. raised: the lever of a step up not yet
    proven; raised_at: when this exercise last took a step up.
    passed: the highest level a calm session was played at.
    """

    dose: Dose
    plan: str
    played: datetime
    changed: datetime
    needs: int
    calm: int = 0
    calm_day: date | None = None
    raised: Lever | None = None
    raised_at: datetime | None = None
    failures: tuple[Failure, ...] = ()
    passed: LevelName | None = None


Legs = Mapping[LegKey, Leg]


@dataclass(frozen=True, slots=True)
class Events:
    """What happened beside the sessions: when locks were set, and what a physiotherapist allowed.

    allowed: exercise and moment at which a physiotherapist's code lifted its home limits.
    """

    locked: tuple[datetime, ...] = ()
    allowed: tuple[tuple[str, datetime], ...] = ()


def legs_after(
    pasts: Sequence[PastSession],
    events: Events,
    today: date,
    catalogue: Catalogue,
    table: DayTable,
) -> dict[LegKey, Leg]:
    """Every leg's standing after the sessions (oldest first), as seen on ``today``."""
    legs: dict[LegKey, Leg] = {}
    locks = sorted(events.locked)
    for _, same_day in groupby(pasts, key=lambda past: past.day):
        day = list(same_day)
        after = aftermath_of_day(day, today, table)
        for past in day:
            while locks and locks[0] <= past.began:
                _restart_all(legs, locks.pop(0), catalogue, table)
            _played(legs, past, after, catalogue, table)
        for key in [key for key in legs if any(_works(past, key[1]) for past in day)]:
            legs[key] = _morning(legs[key], day[-1], after, catalogue, table)
    for moment in locks:
        _restart_all(legs, moment, catalogue, table)
    return {key: _forgiven(leg, key, events) for key, leg in legs.items()}


def _played(
    legs: dict[LegKey, Leg],
    past: PastSession,
    after: Aftermath,
    catalogue: Catalogue,
    table: DayTable,
) -> None:
    """Every leg after one session; ``after`` is what came of its whole day."""
    for worked in past.worked:
        key = (worked.exercise, worked.side)
        leg = legs.get(key) or _first(worked, past, catalogue, table)
        legs[key] = _begun(leg, worked, past, catalogue, table)
    _count_anew(legs, past)
    for worked in past.worked:
        key = (worked.exercise, worked.side)
        leg = _ended(legs[key], worked, past, catalogue, table)
        calm = worked.own and _calm(past, worked.side)
        own_exercise = leg.dose.exercise == worked.exercise
        legs[key] = _credited(leg, past, after, calm=calm, own=own_exercise)
    for key in legs.keys() - {(worked.exercise, worked.side) for worked in past.worked}:
        legs[key] = _passed_over(legs[key], past, key[1], after)
    if past.outcome.sought_help:
        _restart_all(legs, past.began, catalogue, table)
    elif past.easy_day:
        _restart_stood_for(legs, past, catalogue, table)


def _restart_stood_for(
    legs: dict[LegKey, Leg], past: PastSession, catalogue: Catalogue, table: DayTable
) -> None:
    """What was too much on an easy day was the gentlest form of that leg's other exercises."""
    hard = {worked.side for worked in past.worked if worked.ended != worked.began}
    for key, leg in legs.items():
        if key[1] in hard and not any(one.exercise == key[0] for one in past.worked):
            dose = restarted(leg.dose, catalogue)
            legs[key] = _lowered(leg, dose, past.began, table, failed=False)


def _first(worked: Worked, past: PastSession, catalogue: Catalogue, table: DayTable) -> Leg:
    dose = worked.began
    if not worked.own:  # an easy day plays the first level at most
        dose = labelled(catalogue[dose.exercise], dose)
    return Leg(dose, past.plan, past.began, past.began, table["PRG-01"].sessions)


def _calm(past: PastSession, side: Side | None) -> bool:
    """Whether the whole session was calm for a leg: complete, and every set of that leg."""
    sets = [one for one in past.worked if side is None or one.side in (side, None)]
    whole = past.outcome is Outcome.COMPLETED and not past.easy_day
    return whole and all(worked.calm for worked in sets)


def _works(past: PastSession, side: Side | None) -> bool:
    """Whether the session worked this leg, in whatever exercise."""
    sides = {worked.side for worked in past.worked}
    return bool(sides) and (side in {None, *sides} or sides == {None})


def _passed_over(leg: Leg, past: PastSession, side: Side | None, after: Aftermath) -> Leg:
    """A leg in an exercise that was not played that day: nothing is earned, a run may end."""
    if not past.played and past.outcome is not Outcome.REFUSED:
        return leg
    if _calm(past, side) and (after.calm or after.open or not _works(past, side)):
        return leg
    return replace(leg, calm=0, calm_day=None)


def _lowered(leg: Leg, dose: Dose, at: datetime, table: DayTable, *, failed: bool = True) -> Leg:
    """The leg after a step down: it counts anew, and a step up that led here has failed."""
    failures = leg.failures
    if failed and leg.raised is not None:
        failures = (*failures, Failure(leg.raised, at))
    return replace(
        leg,
        dose=dose,
        changed=at,
        calm=0,
        calm_day=None,
        needs=table["PRG-03"].sessions,
        raised=None,
        failures=failures,
    )


def levers_up(before: Dose, after: Dose, catalogue: Catalogue) -> tuple[Lever, ...]:
    """The levers in which ``after`` is harder than ``before``."""
    if before.exercise != after.exercise:
        harder = catalogue[after.exercise].rank > catalogue[before.exercise].rank
        return (Lever.POS,) if harder else ()
    return short_levers(catalogue[before.exercise], before, after)


def _begun(
    leg: Leg, worked: Worked, past: PastSession, catalogue: Catalogue, table: DayTable
) -> Leg:
    """The leg once the session has begun with the dose it had that day."""
    if not worked.own:
        return leg
    leg = replace(leg, plan=past.plan, played=past.began)
    if worked.began == leg.dose:  # the usual day; the comparisons below are for all the others
        return leg
    up = levers_up(leg.dose, worked.began, catalogue)
    if up:
        return replace(
            leg,
            dose=worked.began,
            changed=past.began,
            calm=0,
            calm_day=None,
            needs=table["PRG-01"].sessions,
            raised=up[0],
            raised_at=past.began,
        )
    if levers_up(worked.began, leg.dose, catalogue):
        return _lowered(leg, worked.began, past.began, table, failed=False)
    return leg


def _ended(
    leg: Leg, worked: Worked, past: PastSession, catalogue: Catalogue, table: DayTable
) -> Leg:
    """The leg once the session is over: what was eased stays eased (PRG-03)."""
    if worked.ended == worked.began:
        return leg
    dose = gentler_of(leg.dose, worked.ended, catalogue)
    if not levers_up(dose, leg.dose, catalogue):
        return leg
    return _lowered(leg, dose, past.began, table)


def _credited(leg: Leg, past: PastSession, after: Aftermath, *, calm: bool, own: bool) -> Leg:
    """The leg's count of calm sessions; while the morning is open it neither counts nor breaks."""
    if calm and after.open:
        return leg
    if not (calm and after.calm):
        return replace(leg, calm=0, calm_day=None)
    passed = max(leg.passed or leg.dose.level, leg.dose.level) if own else leg.passed
    if leg.calm_day is not None and past.day <= leg.calm_day:
        # Not a day of its own, or one that comes again because the clock was set back.
        return replace(leg, passed=passed)
    calm_days = leg.calm + 1
    raised = leg.raised if calm_days < leg.needs else None
    return replace(leg, calm=calm_days, calm_day=past.day, passed=passed, raised=raised)


def _morning(
    leg: Leg, past: PastSession, after: Aftermath, catalogue: Catalogue, table: DayTable
) -> Leg:
    """The leg after the morning: DAY-03 takes a level off, DAY-04 and REC-04 restart.

    They speak of the whole next session, so of exercises that this one did not reach as well.
    """
    if after.restarts:
        dose = restarted(leg.dose, catalogue)
    elif after.level_down:
        dose = level_down(leg.dose, catalogue)
    else:
        return leg
    return _lowered(leg, dose, past.began, table, failed=leg.played == past.began)


def _count_anew(legs: dict[LegKey, Leg], past: PastSession) -> None:
    """After a step up every exercise of that leg counts anew: one exercise at a time."""
    for _, side in [key for key, leg in legs.items() if leg.raised_at == past.began]:
        for key, leg in legs.items():
            same_leg = side is None or key[1] in (side, None)
            if same_leg and leg.raised_at != past.began:
                legs[key] = replace(leg, changed=past.began, calm=0, calm_day=None)


def _restart_all(
    legs: dict[LegKey, Leg], at: datetime, catalogue: Catalogue, table: DayTable
) -> None:
    for key, leg in legs.items():
        begun_again = _lowered(leg, restarted(leg.dose, catalogue), at, table, failed=False)
        legs[key] = replace(begun_again, passed=None)


def _forgiven(leg: Leg, key: LegKey, events: Events) -> Leg:
    """A physiotherapist's code wipes the failures before it."""
    moments = [at for exercise, at in events.allowed if exercise == key[0]]
    if not moments:
        return leg
    kept = tuple(failure for failure in leg.failures if failure.at > max(moments))
    return replace(leg, failures=kept)
