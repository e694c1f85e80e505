"""What levers have changed in a movement, as before and after."""

from dataclasses import replace

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise
from coach.domain.lever import Lever, LeverStep
from coach.rules.levers import pulled
from coach.ui.desk import Desk


def lever_change(desk: Desk, lever: Lever, before: Dose, after: Dose) -> tuple[str, str] | None:
    """Before and after of one lever in words; None when these two doses do not differ in it."""
    one, other = _value(desk, lever, before), _value(desk, lever, after)
    return None if one == other else (one, other)


def expected(dose: Dose, steps: tuple[LeverStep, ...], exercise: Exercise) -> Dose:
    """The dose once the levers of a decision are pulled, before the session has done so.

    A change to another exercise ends it: that exercise brings its own dose.
    """
    for step in steps:
        if step.lever is Lever.POS:
            return replace(dose, exercise=step.target or dose.exercise)
        dose = pulled(dose, step, {exercise.id: exercise})
    return dose


def _value(desk: Desk, lever: Lever, dose: Dose) -> str:
    match lever:
        case Lever.ANK:
            return desk.say("ui.change.toes", degrees=round(abs(dose.out.ankle)))
        case Lever.RNG:
            return desk.say("ui.change.knee", degrees=round(dose.out.knee))
        case Lever.HIP:
            return desk.say("ui.change.thigh", degrees=round(dose.out.hip))
        case Lever.TRK:
            return desk.say("ui.change.trunk", degrees=round(dose.out.trunk))
        case Lever.NCK:
            return desk.say("ui.change.neck", degrees=round(abs(dose.out.neck)))
        case Lever.REP:
            return desk.say("ui.change.reps", count=dose.reps)
        case Lever.SET:
            return desk.say("ui.change.sets", count=dose.sets)
        case Lever.TMP:
            return desk.say("ui.change.slow" if dose.slow else "ui.change.usual")
        case Lever.HLD:
            return desk.say("ui.change.hold", seconds=dose.hold_s)
        case Lever.POS:
            return desk.say(f"{dose.exercise}.name")
