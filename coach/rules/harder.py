"""One lever at a time between doses: levels are waypoints (clinical.md 7.0, 9.5).

A dose is *short* of another in a lever when that lever would have to be moved to make it as
strong. Which way is stronger is read off the exercise's own levels, from the first to the last.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind, LevelName
from coach.domain.lever import Lever, LeverStep
from coach.domain.pose import Joint, Pose
from coach.rules.levers import HIP_STEP, HOLD_STEP_S, RANGE_STEP, base_dose, next_levers, pulled

#: clinical.md 7.0, general harder order. What was eased last (tempo) comes back first.
HARDER_ORDER = (
    Lever.TMP,
    Lever.REP,
    Lever.SET,
    Lever.HLD,
    Lever.RNG,
    Lever.HIP,
    Lever.ANK,
    Lever.NCK,
    Lever.TRK,
)
STRETCH_RANGE_STEP = 5  # degrees of knee bend, clinical.md 7.3 Harder
#: Degrees a step may move ankle, neck or trunk: about what an ankle is worth (clinical.md 4.2).
SMALL_STEP = 10

_JOINTS: Mapping[Lever, Joint] = {
    Lever.RNG: Joint.KNEE,
    Lever.HIP: Joint.HIP,
    Lever.ANK: Joint.ANKLE,
    Lever.NCK: Joint.NECK,
    Lever.TRK: Joint.TRUNK,
}
#: Which way is stronger where all levels of an exercise agree about a joint.
_USUALLY_STRONGER = {Joint.KNEE: -1, Joint.HIP: 1, Joint.ANKLE: 1, Joint.TRUNK: 1, Joint.NECK: 0}
_POSES: tuple[Callable[[Dose], Pose], ...] = (lambda dose: dose.home, lambda dose: dose.out)


def _joints_of(lever: Lever, exercise: Exercise) -> tuple[Joint, ...]:
    """The joints a lever moves: a hinge tips the trunk together with the hip."""
    if exercise.hinge and lever is Lever.HIP:
        return (Joint.HIP, Joint.TRUNK)
    if exercise.hinge and lever is Lever.TRK:
        return ()
    return (_JOINTS[lever],)


def _stronger(exercise: Exercise, joint: Joint, pose: Callable[[Dose], Pose]) -> int:
    """+1 or -1: the direction of more load for a joint at one end of the movement."""
    first, last = (base_dose(exercise, exercise.levels[end].name) for end in (0, -1))
    change = pose(last)[joint] - pose(first)[joint]
    return (change > 0) - (change < 0) or _USUALLY_STRONGER[joint]


def _short_by(exercise: Exercise, dose: Dose, target: Dose, joint: Joint) -> tuple[float, ...]:
    """Degrees each pose lacks to be as strong as the target's, at least 0."""
    return tuple(
        max((pose(target)[joint] - pose(dose)[joint]) * _stronger(exercise, joint, pose), 0)
        for pose in _POSES
    )


def _is_short(exercise: Exercise, dose: Dose, target: Dose, lever: Lever) -> bool:
    match lever:
        case Lever.TMP:
            return dose.slow and not target.slow
        case Lever.REP:
            return dose.reps < target.reps
        case Lever.SET:  # fewer but longer holds are no less (clinical.md 7.3 D)
            return dose.sets < target.sets and dose.hold_s <= target.hold_s
        case Lever.HLD:
            return dose.hold_s < target.hold_s
        case _:
            joints = _joints_of(lever, exercise)
            return any(any(_short_by(exercise, dose, target, joint)) for joint in joints)


def short_levers(exercise: Exercise, dose: Dose, target: Dose) -> tuple[Lever, ...]:
    """The levers in which ``dose`` is gentler than ``target``, in the order they are walked.

    Both doses must be of ``exercise``.
    """
    return tuple(lever for lever in HARDER_ORDER if _is_short(exercise, dose, target, lever))


def _joint_moved(exercise: Exercise, dose: Dose, target: Dose, lever: Lever) -> Dose:
    steps = {Lever.HIP: HIP_STEP, Lever.RNG: RANGE_STEP}
    most = steps.get(lever, SMALL_STEP)
    if lever is Lever.RNG and exercise.kind is Kind.STRETCH:
        most = STRETCH_RANGE_STEP
    home, out = dose.home, dose.out
    for joint in _joints_of(lever, exercise):
        lacks = _short_by(exercise, dose, target, joint)
        ways = [
            min(lack, most) * _stronger(exercise, joint, pose)
            for lack, pose in zip(lacks, _POSES, strict=True)
        ]
        home = home.moved(joint, home[joint] + ways[0])
        out = out.moved(joint, out[joint] + ways[1])
    return replace(dose, home=home, out=out)


def _one_step(exercise: Exercise, dose: Dose, target: Dose, lever: Lever) -> Dose:
    """The dose with one lever moved toward the target, as far as one step may go."""
    match lever:
        case Lever.TMP:
            return replace(dose, slow=False)
        case Lever.REP:
            return replace(dose, reps=target.reps)
        case Lever.SET:
            return replace(dose, sets=dose.sets + 1)
        case Lever.HLD:
            # A longer hold comes with fewer of them where the level says so (clinical.md 7.3 D).
            held = min(dose.hold_s + HOLD_STEP_S, target.hold_s)
            return replace(dose, hold_s=held, sets=min(dose.sets, target.sets))
        case _:
            return _joint_moved(exercise, dose, target, lever)


def level_reached(exercise: Exercise, dose: Dose) -> LevelName:
    """The highest level that the dose is in no lever short of; the first one at least."""
    reached = exercise.levels[0].name
    for level in exercise.levels:
        if short_levers(exercise, dose, base_dose(exercise, level.name)):
            break
        reached = level.name
    return reached


def labelled(exercise: Exercise, dose: Dose) -> Dose:
    """The dose under the name of the level it has reached."""
    return replace(dose, level=level_reached(exercise, dose))


def next_harder(
    exercise: Exercise,
    dose: Dose,
    ceiling: LevelName,
    may: Callable[[Lever, Dose], bool],
) -> tuple[Lever, Dose] | None:
    """The next step toward the nearest level not reached yet, no higher than ``ceiling``.

    ``may`` refuses a lever or the dose it would give; the next lever is tried then. None when
    nothing may be moved.
    """
    for level in exercise.levels:
        if level.name > ceiling:
            return None
        target = base_dose(exercise, level.name)
        short = short_levers(exercise, dose, target)
        for lever in short:
            stronger = labelled(exercise, _one_step(exercise, dose, target, lever))
            if may(lever, stronger):
                return lever, stronger
        if short:
            return None
    return None


def gentlest(exercise: Exercise) -> Dose:
    """The first level with every lever eased but the change to another exercise."""
    dose = base_dose(exercise, exercise.levels[0].name)
    for step in exercise.ease:
        while step.lever is not Lever.POS:
            easier = pulled(dose, step, {exercise.id: exercise})
            if easier == dose:
                break
            dose = easier
    return dose


def gentler_of(dose: Dose, other: Dose, exercises: Mapping[str, Exercise]) -> Dose:
    """In every lever the gentler of two doses; of two exercises the gentler one (its rank)."""
    if dose.exercise != other.exercise:
        return min(dose, other, key=lambda one: exercises[one.exercise].rank)
    exercise = exercises[dose.exercise]
    home, out = dose.home, dose.out
    for joint in Joint:
        for pose in _POSES:
            way = _stronger(exercise, joint, pose)
            if (pose(dose)[joint] - pose(other)[joint]) * way > 0:
                if pose is _POSES[0]:
                    home = home.moved(joint, other.home[joint])
                else:
                    out = out.moved(joint, other.out[joint])
    milder = replace(
        dose,
        home=home,
        out=out,
        sets=min(dose.sets, other.sets),
        reps=min(dose.reps, other.reps),
        hold_s=min(dose.hold_s, other.hold_s),
        slow=dose.slow or other.slow,
    )
    return labelled(exercise, milder)


def level_down(dose: Dose, exercises: Mapping[str, Exercise]) -> Dose:
    """One level gentler; from the first level, one lever gentler than that level.

    Equal when nothing is left.
    """
    exercise = exercises[dose.exercise]
    for lower, level in pairwise(exercise.levels):
        if level.name is dose.level:
            return gentler_of(dose, base_dose(exercise, lower.name), exercises)
    return eased_further(restarted(dose, exercises), exercise.ease, 1, exercises)


def eased_further(
    dose: Dose, order: tuple[LeverStep, ...], count: int, exercises: Mapping[str, Exercise]
) -> Dose:
    """The dose with the next ``count`` levers of an ease order pulled that change something."""
    steps, _ = next_levers(dose, order, 0, count, exercises)
    for step in steps:
        dose = pulled(dose, step, exercises)
    return labelled(exercises[dose.exercise], dose)


def restarted(dose: Dose, exercises: Mapping[str, Exercise]) -> Dose:
    """The first level, or the dose itself where it is gentler still."""
    exercise = exercises[dose.exercise]
    return gentler_of(dose, base_dose(exercise, exercise.levels[0].name), exercises)
