"""Where the joints are at a moment of a repetition."""

from dataclasses import dataclass
from math import cos, pi

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Toward
from coach.domain.pose import Pose

MARCH_CYCLE_S = 2.4
"""Seconds for one step of each leg: an easy pace (clinical.md 7.1 W1)."""

_MARCH_HIP, _MARCH_KNEE, _MARCH_ANKLE = 58.0, 78.0, -6.0


def eased(share: float) -> float:
    """A share of time 0-1 as a share of the way, starting and stopping softly (cosine)."""
    return 0.5 - 0.5 * cos(pi * min(max(share, 0.0), 1.0))


def pose_at(exercise: Exercise, dose: Dose, phase_index: int, share: float) -> Pose:
    """The pose part way (0-1) through a phase of a repetition that began at ``dose.home``.

    Phases move their own joints from wherever the phases before left them. Raises IndexError
    for a phase the exercise does not have.
    """
    if not 0 <= phase_index < len(exercise.phases):
        raise IndexError(f"{exercise.id} has no phase {phase_index}")
    pose = dose.home
    for index, phase in enumerate(exercise.phases[: phase_index + 1]):
        if phase.toward is None:
            continue
        target = dose.home if phase.toward is Toward.HOME else dose.out
        pose = pose.toward(target, phase.joints, 1.0 if index < phase_index else eased(share))
    return pose


@dataclass(frozen=True, slots=True)
class Stride:
    """Both legs of the march."""

    near: Pose
    far: Pose


def march_pose(seconds: float) -> Stride:
    """The warm-up march on the spot: working leg first, then the other, without a break."""
    turn = (seconds % MARCH_CYCLE_S) / MARCH_CYCLE_S * 2
    return Stride(_lifted(turn), _lifted(turn - 1))


def _lifted(turn: float) -> Pose:
    """A marching leg; it is off the floor while ``turn`` is between 0 and 1."""
    if not 0 < turn < 1:
        return Pose()
    lift = 0.5 - 0.5 * cos(2 * pi * turn)
    return Pose(hip=_MARCH_HIP * lift, knee=_MARCH_KNEE * lift, ankle=_MARCH_ANKLE * lift)
