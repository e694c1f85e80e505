"""What no exercise of the catalogue may do, whoever wrote its file.

The loader refuses a catalogue in which any of these functions finds a fault (clinical.md 7.0 caps,
ladder and "no tensioners in home mode"; clinical.md 10 H06; nerve-model.md 7 joint limits).
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from coach.domain.exercise import Catalogue, Exercise, Kind, Level, LevelName, Phase, Toward
from coach.domain.lever import Lever, LeverStep
from coach.domain.pose import Joint, Pose

MOST_SETS = 3  # clinical.md 7.0 caps
MOST_SLIDER_REPS = 60  # per leg and session, clinical.md 7.0 caps
MOST_STRETCH_S = 60  # seconds per muscle and session, clinical.md 7.0 caps
LONGEST_HOLD_S = 30  # seconds, clinical.md 7.3
SHORTEST_REST_S, LONGEST_REST_S = 30, 180  # seconds, clinical.md 7.0 rest
LONGEST_TURN_MS = 500  # milliseconds at the loaded end, clinical.md 7.0 tempo
SOFTEST_KNEE = 20  # degrees; straighter counts as a straight knee (clinical.md 7.3)

#: How far the figure's joints go, in degrees (nerve-model.md 7).
JOINT_LIMITS: Mapping[Joint, tuple[int, int]] = {
    Joint.HIP: (-20, 120),
    Joint.KNEE: (0, 140),
    Joint.ANKLE: (-45, 20),
    Joint.TRUNK: (0, 45),
    Joint.NECK: (-40, 50),
}

#: Turning which way pulls on the nerve: +1 when more degrees do, -1 when fewer do.
_PULLS = {Joint.HIP: 1, Joint.KNEE: -1, Joint.ANKLE: 1, Joint.TRUNK: 1, Joint.NECK: 1}

_CORE_LEVERS = (Lever.REP, Lever.SET, Lever.HLD)


class Fault(NamedTuple):
    """What is wrong in which exercise; field is dotted, with list places counted from 1."""

    exercise: str
    field: str
    message: str


class Step(NamedTuple):
    """One phase of a repetition with the poses (degrees) it starts and ends in."""

    place: int
    phase: Phase
    start: Pose
    end: Pose


_Found = Iterator[tuple[str, str]]


def walk(exercise: Exercise, level: Level) -> tuple[Step, ...]:
    """The phases of one repetition as the joints really go through them, from home."""
    poses = {Toward.HOME: level.home, Toward.OUT: level.out}
    steps = []
    pose = level.home
    for place, phase in enumerate(exercise.phases, 1):
        target = pose if phase.toward is None else poses[phase.toward]
        end = pose.toward(target, phase.joints, 1)
        steps.append(Step(place, phase, pose, end))
        pose = end
    return tuple(steps)


def peak_load(level: Level) -> float:
    """The load index at whichever end of the movement loads more (clinical.md 7.0, ladder)."""
    return max(level.home.load_index, level.out.load_index)


def faults(exercise: Exercise) -> list[Fault]:
    """Everything wrong with one exercise on its own; empty when it may be used."""
    return [
        Fault(exercise.id, field, message)
        for check in _CHECKS
        for field, message in check(exercise)
    ]


def catalogue_faults(catalogue: Catalogue) -> list[Fault]:
    """Everything wrong between exercises: where POS leads, and the ladder's order."""
    return [
        Fault(exercise.id, field, message)
        for exercise in catalogue.values()
        for field, message in (
            *_wrong_targets(exercise, catalogue),
            *_unknown_earners(exercise, catalogue),
        )
    ]


def _loading(before: Pose, after: Pose) -> set[Joint]:
    """The joints that pull harder on the nerve in ``after`` than in ``before``."""
    return {joint for joint, sign in _PULLS.items() if (after[joint] - before[joint]) * sign > 0}


def _named(joints: set[Joint]) -> str:
    return " and ".join(joint.value for joint in Joint if joint in joints)


def _outside_joint_limits(exercise: Exercise) -> _Found:
    for level in exercise.levels:
        for end, pose in (("home", level.home), ("out", level.out)):
            for joint, (low, high) in JOINT_LIMITS.items():
                if not low <= pose[joint] <= high:
                    field = f"level.{level.name}.{end}.{joint}"
                    yield field, f"{pose[joint]:g} degrees is outside {low} to {high}"


def _broken_repetition(exercise: Exercise) -> _Found:
    """A repetition must reach the out pose and end where it began."""
    for level in exercise.levels:
        steps = walk(exercise, level)
        if not steps:
            yield "phase", "an exercise needs at least one phase"
            return
        if steps[-1].end != level.home:
            yield f"phase.{steps[-1].place}", f"level {level.name} does not return home"
        if level.out not in [level.home, *(step.end for step in steps)]:
            yield f"level.{level.name}.out", "no phase moves all joints there"


def _wrong_phase_times(exercise: Exercise) -> _Found:
    for place, phase in enumerate(exercise.phases, 1):
        if phase.hold and phase.ms:
            yield f"phase.{place}.seconds", "a hold takes its seconds from the level's hold_s"
        elif not phase.hold and phase.ms <= 0:
            yield f"phase.{place}.seconds", "must be more than 0 seconds"


def _wrong_levels(exercise: Exercise) -> _Found:
    expected = list(LevelName)[: len(exercise.levels)]
    if not exercise.levels or [level.name for level in exercise.levels] != expected:
        yield "level", "levels must start at A and leave none out"


def _wrong_doses(exercise: Exercise) -> _Found:
    holds = any(phase.hold for phase in exercise.phases)
    for level in exercise.levels:
        at = f"level.{level.name}"
        if not 1 <= level.sets <= MOST_SETS:
            yield f"{at}.sets", f"{level.sets} is outside 1 to {MOST_SETS}"
        if level.reps < 1:
            yield f"{at}.reps", "must be at least 1"
        if exercise.kind is Kind.STRETCH and level.reps != 1:
            yield f"{at}.reps", "a set of a stretch is one hold, so reps must be 1"
        if exercise.kind is Kind.SLIDER and level.reps * level.sets > MOST_SLIDER_REPS:
            total = level.reps * level.sets
            yield f"{at}.reps", f"{total} repetitions are more than {MOST_SLIDER_REPS} a leg"
        if exercise.kind.rated and not SHORTEST_REST_S <= level.rest_s <= LONGEST_REST_S:
            allowed = f"{SHORTEST_REST_S} to {LONGEST_REST_S} seconds"
            yield f"{at}.rest_s", f"{level.rest_s} is outside {allowed}"
        if holds != (level.hold_s > 0):
            reason = "is needed by the hold phase" if holds else "is given but no phase holds"
            yield f"{at}.hold_s", reason
        if level.hold_s > LONGEST_HOLD_S:
            yield f"{at}.hold_s", f"{level.hold_s} is more than {LONGEST_HOLD_S} seconds"
        if level.hold_s * level.reps * level.sets > MOST_STRETCH_S:
            total = level.hold_s * level.reps * level.sets
            yield f"{at}.hold_s", f"{total} seconds held are more than {MOST_STRETCH_S}"


def _gentler_level_does_more(exercise: Exercise) -> _Found:
    for lower, higher in pairwise(exercise.levels):
        if peak_load(higher) < peak_load(lower):
            yield f"level.{higher.name}.out", f"loads less than level {lower.name}"
        if _dose(higher) < _dose(lower):
            yield f"level.{higher.name}.sets", f"the dose is smaller than at level {lower.name}"


def _dose(level: Level) -> int:
    """Repetitions, or seconds held, of all sets together."""
    return level.sets * level.reps * max(level.hold_s, 1)


def _slider_holds(exercise: Exercise) -> _Found:
    if exercise.kind is not Kind.SLIDER:
        return
    for place, phase in enumerate(exercise.phases, 1):
        if phase.hold:
            yield f"phase.{place}.hold", "a slider is never held"
    for place in sorted(set(_long_turns(exercise))):
        yield f"phase.{place}.seconds", "more than 0.5 seconds at the loaded end of a slider"


def _long_turns(exercise: Exercise) -> Iterator[int]:
    """Places of the phases with which the stay at the loaded end gets too long."""
    for level in exercise.levels:
        steps = walk(exercise, level)
        strongest = max((step.end.load_index for step in steps), default=level.home.load_index)
        if strongest == min((step.end.load_index for step in steps), default=strongest):
            continue
        stayed_ms = 0
        for step in steps:
            loaded = step.start.load_index == step.end.load_index == strongest
            stayed_ms = stayed_ms + step.phase.ms if loaded else 0
            if stayed_ms > LONGEST_TURN_MS:
                yield step.place


def _tensioner(exercise: Exercise) -> _Found:
    """Both ends of the nerve may not be pulled together (clinical.md 4.1, 7.0; hazard H06).

    The knee decides: where it straightens no other joint may pull, where it is straightest the
    neck is not bent forward, and a toe lift comes after the knee and goes before it.
    """
    if exercise.kind is not Kind.SLIDER:
        return
    for level in exercise.levels:
        steps = walk(exercise, level)
        straightest = min((step.end.knee for step in steps), default=level.home.knee)
        for step in steps:
            for field, message in _pulled_at_both_ends(level, step, straightest):
                yield field, f"level {level.name}: {message}"


def _pulled_at_both_ends(level: Level, step: Step, straightest: float) -> _Found:
    where = f"phase.{step.place}"
    pulls = _loading(step.start, step.end)
    if Joint.KNEE in pulls and len(pulls) > 1:
        yield where, f"knee and {_named(pulls - {Joint.KNEE})} pull together (tensioner)"
    toes_up = max(step.start.ankle, step.end.ankle) > level.home.ankle
    if toes_up and step.start.knee != step.end.knee:
        yield where, "the knee moves while the toes are lifted"
    if step.end.knee == straightest < level.home.knee:
        more = _loading(level.home, step.end) & {Joint.HIP, Joint.TRUNK}
        if more:
            yield where, f"{_named(more)} pulls as well where the knee is straightest"
        if step.end.neck > 0:
            at_out = step.end == level.out
            field = f"level.{level.name}.out.neck" if at_out else where
            yield field, "the neck is bent where the knee is straightest (tensioner)"


def _harsh_stretch(exercise: Exercise) -> _Found:
    if exercise.kind is not Kind.STRETCH:
        return
    if sum(phase.hold for phase in exercise.phases) != 1:
        yield "phase", "a stretch has exactly one hold"
    for level in exercise.levels:
        for end, pose in (("home", level.home), ("out", level.out)):
            at = f"level.{level.name}.{end}"
            if pose.ankle > 0:
                yield f"{at}.ankle", "toes up in a stretch"
            if pose.knee < SOFTEST_KNEE:
                yield f"{at}.knee", f"straighter than {SOFTEST_KNEE} degrees in a stretch"


def _nerve_levers_in_core_work(exercise: Exercise) -> _Found:
    if exercise.kind is not Kind.CORE:
        return
    for name, order in (("ease", exercise.ease), ("harder", exercise.harder)):
        for place, step in enumerate(order, 1):
            if step.lever not in _CORE_LEVERS:
                yield f"{name}.{place}", f"{step} is not a lever of core work"


def _wrong_steps(exercise: Exercise) -> _Found:
    for name, order in (("ease", exercise.ease), ("harder", exercise.harder)):
        for place, step in enumerate(order, 1):
            if (step.lever is Lever.POS) != (step.target is not None):
                yield f"{name}.{place}", "only POS names an exercise, and it must"
            if step in order[: place - 1]:
                yield f"{name}.{place}", f"{step} is there twice"
    if exercise.kind.rated and not exercise.ease:
        yield "ease", "a rated exercise needs a way to get easier"


def _wrong_targets(exercise: Exercise, catalogue: Catalogue) -> _Found:
    for name, order in (("ease", exercise.ease), ("harder", exercise.harder)):
        for place, step in enumerate(order, 1):
            if step.target is None:
                continue
            for message in _target_faults(exercise, step, catalogue, easier=name == "ease"):
                yield f"{name}.{place}", message


def _target_faults(
    exercise: Exercise, step: LeverStep, catalogue: Catalogue, *, easier: bool
) -> Iterator[str]:
    target = catalogue.get(step.target or "")
    if target is None or target is exercise:
        yield f"there is no other exercise {step.target}"
    elif target.kind is not exercise.kind:
        yield f"{target.id} is not a {exercise.kind}"
    elif not easier and target.rank < exercise.rank:
        yield f"{target.id} stands lower on the ladder, so it is not harder"
    elif easier and target.rank >= exercise.rank:
        yield f"{target.id} does not stand lower on the ladder"
    elif easier and any(
        peak_load(target.levels[0]) >= peak_load(level) for level in exercise.levels
    ):
        yield f"{target.id} at level A does not load less"


def _unknown_earners(exercise: Exercise, catalogue: Catalogue) -> _Found:
    for place, (name, level) in enumerate(exercise.earned_by, 1):
        earner = catalogue.get(name)
        if earner is None or earner is exercise:
            yield f"earned_by.{place}", f"there is no other exercise {name}"
        elif level not in [known.name for known in earner.levels]:
            yield f"earned_by.{place}", f"{name} has no level {level}"


_CHECKS: tuple[Callable[[Exercise], _Found], ...] = (
    _wrong_levels,
    _outside_joint_limits,
    _wrong_phase_times,
    _broken_repetition,
    _wrong_doses,
    _gentler_level_does_more,
    _slider_holds,
    _tensioner,
    _harsh_stretch,
    _nerve_levers_in_core_work,
    _wrong_steps,
)
