"""How much a session asks for: repetitions, seconds of stretch, time (clinical.md 7.0 caps)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coach.domain.dose import Dose
from coach.domain.exercise import Catalogue, Exercise, Kind
from coach.domain.plan import Plan, PlanItem
from coach.domain.side import Side, Sides
from coach.rules.exercise_safety import MOST_SLIDER_REPS, MOST_STRETCH_S
from coach.rules.levers import base_dose
from coach.rules.repetition import repetition_ms

LONGEST_SESSION_S = 25 * 60  # seconds, clinical.md 7.0 caps
SWITCH_S = 10  # seconds announced for a change of sides, clinical.md 7.3b


@dataclass(frozen=True, slots=True)
class Portion:
    """One exercise of a session on one leg; side None for exercises without sides."""

    exercise: Exercise
    dose: Dose
    side: Side | None


def plan_dose(item: PlanItem, exercise: Exercise) -> Dose:
    """The dose a plan begins with: the level's own, with the plan's sets and repetitions."""
    dose = base_dose(exercise, item.level)
    return replace(dose, sets=item.sets or dose.sets, reps=item.reps or dose.reps)


def legs(item: PlanItem, exercise: Exercise) -> tuple[Side | None, ...]:
    """The legs an item works; (None,) for exercises without sides."""
    if not exercise.sided:
        return (None,)
    if item.sides is Sides.BOTH:
        return (Side.LEFT, Side.RIGHT)
    return (Side(item.sides.value),)


def portions(items: Iterable[PlanItem], catalogue: Catalogue) -> list[Portion]:
    """What a plan's items play as they are written."""
    return [
        Portion(exercise, plan_dose(item, exercise), leg)
        for item in items
        for exercise in (catalogue[item.exercise],)
        for leg in legs(item, exercise)
    ]


def _works(portion: Portion, side: Side) -> bool:
    return portion.side in (side, None)


def slider_reps(session: Iterable[Portion], side: Side) -> int:
    """Slider repetitions of one leg in the session."""
    return sum(
        portion.dose.sets * portion.dose.reps
        for portion in session
        if portion.exercise.kind is Kind.SLIDER and _works(portion, side)
    )


def stretch_seconds(session: Iterable[Portion], side: Side) -> int:
    """Seconds one leg's hamstrings are held; every stretch we have is one of those muscles."""
    return sum(
        portion.dose.sets * portion.dose.reps * portion.dose.hold_s
        for portion in session
        if portion.exercise.kind is Kind.STRETCH and _works(portion, side)
    )


def planned_seconds(session: Sequence[Portion]) -> int:
    """About how long the session takes in seconds: movement, rests, changes of side."""
    total = 0
    for portion in session:
        dose = portion.dose
        set_ms = dose.reps * repetition_ms(portion.exercise, dose)
        total += dose.sets * (set_ms // 1000 + dose.rest_s)
    sided = [portion.exercise.id for portion in session if portion.side is not None]
    return total + (len(sided) - len(set(sided))) * SWITCH_S


def within_caps(session: Sequence[Portion]) -> bool:
    """Whether a session keeps every cap of clinical.md 7.0."""
    return planned_seconds(session) <= LONGEST_SESSION_S and all(
        slider_reps(session, side) <= MOST_SLIDER_REPS
        and stretch_seconds(session, side) <= MOST_STRETCH_S
        for side in Side
    )


def keeps_legs_apart(plan: Plan, exercises: Mapping[str, Exercise]) -> bool:
    """Whether the plan has work for the left leg alone and other work for the right."""
    sides = {item.sides for item in plan.items if exercises[item.exercise].sided}
    return {Sides.LEFT, Sides.RIGHT} <= sides


def todays_work(
    plan: Plan,
    items: Iterable[PlanItem],
    exercises: Mapping[str, Exercise],
    *,
    sore: Side | None,
    side: Side | None,
) -> list[tuple[PlanItem, Side | None]]:
    """Each item with each leg it works today, in order: of two, the more comfortable one first.

    items: the plan's own, or those that take their place on an easy day. sore: the leg that
    troubles the person; side: the leg one-sided items work, None as planned.
    """
    if keeps_legs_apart(plan, exercises):
        side = None
    work: list[tuple[PlanItem, Side | None]] = []
    for item in items:
        if not exercises[item.exercise].sided:
            work.append((item, None))
        elif item.sides is Sides.BOTH:
            first = (sore or Side.RIGHT).other
            work += [(item, first), (item, first.other)]
        else:
            work.append((item, side or Side(item.sides.value)))
    return work
