"""Mistakes that no joint angle shows: a back that rounds or hollows, a hand that lets go."""

from dataclasses import replace
from itertools import accumulate
from math import pi, sin

from coach.body.kinematics import Arm, Point
from coach.body.skeleton import LINKS, Skeleton
from coach.body.stage import Stage
from coach.domain.dose import Dose
from coach.domain.library import Wrong
from coach.domain.pose import Joint, Pose

_ALONG = [0.0, *(length / sum(LINKS) for length in accumulate(LINKS))]
"""How far up the trunk each point of the spine is, 0-1."""

_BEHIND = 0.03
"""Metres by which the far arm is drawn ahead of the near one, so that both are seen."""


def mistaken(stage: Stage, dose: Dose, wrong: Wrong) -> Stage:
    """The stage with a mistake in how the figure is placed; dose: the movement as it is shown."""

    def place(pose: Pose, other: Pose) -> Skeleton:
        body = stage.skeleton(pose, other)
        if wrong.hand_off:
            body = replace(body, far_arm=_beside(body.near_arm))
        share = _share(dose, pose)
        stray_cm = wrong.back.home_cm + (wrong.back.out_cm - wrong.back.home_cm) * share
        return replace(body, spine=_strayed(body.spine, stray_cm / 100))

    return replace(stage, place=place).framed(dose.home, dose.out)


def _share(dose: Dose, pose: Pose) -> float:
    """How much of the way from home to out a pose has gone, 0-1."""
    whole = sum(abs(dose.out[joint] - dose.home[joint]) for joint in Joint)
    gone = sum(abs(pose[joint] - dose.home[joint]) for joint in Joint)
    return min(gone / whole, 1.0) if whole else 0.0


def _strayed(spine: tuple[Point, ...], metres: float) -> tuple[Point, ...]:
    """The spine with its middle so far towards the back; both ends stay."""
    low, high = spine[0], spine[-1]
    length = low.distance(high)
    across, up = (high.x - low.x) / length, (high.y - low.y) / length
    return tuple(
        point.moved(-up * metres * sin(pi * along), across * metres * sin(pi * along))
        for point, along in zip(spine, _ALONG, strict=True)
    )


def _beside(arm: Arm) -> Arm:
    shoulder, elbow, wrist = (p.moved(_BEHIND, 0) for p in (arm.shoulder, arm.elbow, arm.wrist))
    return Arm(shoulder, elbow, wrist, arm.hand)
