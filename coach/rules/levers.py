"""How a lever changes a dose (clinical.md 7.0, lever codes)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, LevelName
from coach.domain.lever import Lever, LeverStep
from coach.domain.pose import Joint, Pose

RANGE_STEP = 15  # degrees of knee bend, clinical.md 7.0 RNG
HIP_STEP = 10  # degrees of hip flexion, clinical.md 7.0 HIP
HOLD_STEP_S = 5  # seconds, clinical.md 7.0 HLD
SHORTEST_HOLD_S = 10  # seconds, clinical.md 7.0 HLD
FEWEST_REPS = 5  # clinical.md 7.0 REP


def base_dose(exercise: Exercise, level_name: LevelName) -> Dose:
    """The dose of a level as the catalogue has it. Raises KeyError for an unknown level."""
    level = exercise.level(level_name)
    return Dose(
        exercise=exercise.id,
        level=level_name,
        home=level.home,
        out=level.out,
        sets=level.sets,
        reps=level.reps,
        rest_s=level.rest_s,
        hold_s=level.hold_s,
    )


def _point_toes(dose: Dose, exercise: Exercise) -> Dose:
    limit = exercise.floor.ankle
    return replace(
        dose,
        home=dose.home.moved(Joint.ANKLE, min(dose.home.ankle, limit)),
        out=dose.out.moved(Joint.ANKLE, min(dose.out.ankle, limit)),
    )


def _bend_knee(dose: Dose, exercise: Exercise) -> Dose:
    knee = max(dose.out.knee, min(dose.out.knee + RANGE_STEP, exercise.floor.knee))
    return replace(
        dose,
        out=dose.out.moved(Joint.KNEE, knee),
        home=dose.home.moved(Joint.KNEE, max(dose.home.knee, knee)),
    )


def _lower_thigh(dose: Dose, exercise: Exercise) -> Dose:
    def lowered(pose: Pose) -> Pose:
        hip = min(pose.hip, max(pose.hip - HIP_STEP, exercise.floor.hip))
        # A hinge bends the hip by tipping the trunk: the trunk comes back by the same angle.
        back = min(pose.hip - hip, pose.trunk) if exercise.hinge else 0
        return pose.moved(Joint.HIP, hip).moved(Joint.TRUNK, pose.trunk - back)

    return replace(dose, home=lowered(dose.home), out=lowered(dose.out))


def _sit_tall(dose: Dose, _exercise: Exercise) -> Dose:
    return replace(dose, home=dose.home.moved(Joint.TRUNK, 0), out=dose.out.moved(Joint.TRUNK, 0))


def _neck_still(dose: Dose, _exercise: Exercise) -> Dose:
    return replace(dose, home=dose.home.moved(Joint.NECK, 0), out=dose.out.moved(Joint.NECK, 0))


def _fewer_reps(dose: Dose, _exercise: Exercise) -> Dose:
    return replace(dose, reps=min(dose.reps, max(dose.reps * 2 // 3, FEWEST_REPS)))


def _fewer_sets(dose: Dose, _exercise: Exercise) -> Dose:
    return replace(dose, sets=max(dose.sets - 1, 1))


def _slower(dose: Dose, _exercise: Exercise) -> Dose:
    return replace(dose, slow=True)


def _shorter_hold(dose: Dose, _exercise: Exercise) -> Dose:
    shorter = max(dose.hold_s - HOLD_STEP_S, SHORTEST_HOLD_S)
    return replace(dose, hold_s=min(dose.hold_s, shorter))


_EASIER: Mapping[Lever, Callable[[Dose, Exercise], Dose]] = {
    Lever.ANK: _point_toes,
    Lever.RNG: _bend_knee,
    Lever.HIP: _lower_thigh,
    Lever.TRK: _sit_tall,
    Lever.NCK: _neck_still,
    Lever.REP: _fewer_reps,
    Lever.SET: _fewer_sets,
    Lever.TMP: _slower,
    Lever.HLD: _shorter_hold,
}


def _gentler_exercise(dose: Dose, target: Exercise) -> Dose:
    gentle = base_dose(target, LevelName.A)
    return replace(gentle, sets=dose.sets, reps=min(dose.reps, gentle.reps))


def pulled(dose: Dose, step: LeverStep, exercises: Mapping[str, Exercise]) -> Dose:
    """The dose after one lever is pulled; equal to ``dose`` when the lever changes nothing.

    ``exercises`` must hold the dose's exercise and the target of a POS step, else KeyError.
    """
    if step.lever is Lever.POS:
        return _gentler_exercise(dose, exercises[step.target or ""])
    return _EASIER[step.lever](dose, exercises[dose.exercise])


def eased(
    dose: Dose, order: tuple[LeverStep, ...], used: int, exercises: Mapping[str, Exercise]
) -> Dose:
    """The dose after the first ``used`` entries of an exercise's ease order."""
    for step in order[:used]:
        dose = pulled(dose, step, exercises)
    return dose


def next_levers(
    dose: Dose,
    order: tuple[LeverStep, ...],
    used: int,
    count: int,
    exercises: Mapping[str, Exercise],
) -> tuple[tuple[LeverStep, ...], int]:
    """The next ``count`` levers that really change the dose, and how far the order is then used.

    ``dose`` is the one as already eased by the first ``used`` entries. A lever that changes
    nothing is passed over and not counted. Fewer come back when the order runs out.
    """
    found: list[LeverStep] = []
    while used < len(order) and len(found) < count:
        step = order[used]
        used += 1
        easier = pulled(dose, step, exercises)
        if easier != dose:
            found.append(step)
            dose = easier
    return tuple(found), used
