"""On the feet: beside a worktop, or marching on the spot."""

from math import radians, sin

from coach.body import proportions as size
from coach.body.kinematics import (
    Arm,
    Point,
    arm_to,
    cleared,
    down,
    leg,
    leg_span,
    leg_to,
    standing_on,
    two_link,
)
from coach.body.skeleton import Skeleton, Upper, upper_body
from coach.body.stage import FLOOR, Frame, Prop, PropKind, Stage, prop
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise
from coach.domain.pose import Pose

WORKTOP = 0.90
"""Height of the worktop, metres."""

STEP_FROM, STEP_MOST = 0.085, 0.20
"""A heel higher than the first is drawn on a step, never higher than the second (metres)."""

FRAME = Frame(-0.62, -0.06, 0.98, 1.80)
_SOFT_KNEE = 8.0
_STANDING_SPAN = leg_span(_SOFT_KNEE)
_FAR_ANKLE = Point(0.0, FLOOR + size.ANKLE_HEIGHT)


def hand_on_worktop(exercise: Exercise, dose: Dose) -> Stage:
    """Heel forward on the floor or a step; both feet stay where they are and the hips give.

    The heel is put where the leg of the far end of the movement brings it. With both ankles
    fixed, the knee angle alone then says where the hips are.
    """
    tall = _FAR_ANKLE.moved(0, _STANDING_SPAN)
    reach = leg(tall, dose.out.hip, dose.out.knee, dose.out.ankle)
    height = min(reach.heel.y, reach.toes.y)
    on_step = height >= STEP_FROM
    ground = min(height, STEP_MOST) if on_step else FLOOR
    put = standing_on(tall, dose.out.knee, dose.out.ankle, ground)

    def place(pose: Pose, _other: Pose) -> Skeleton:
        hip = two_link(_FAR_ANKLE, put.ankle, _STANDING_SPAN, leg_span(pose.knee), 1)
        near = leg_to(hip, put.ankle, put.foot)
        far = leg_to(hip.moved(0.012, 0), _FAR_ANKLE.moved(0.012, 0), 0)
        body = upper_body(hip, 0, pose.trunk, 0, pose.neck)
        far_arm = arm_to(body.shoulder.moved(0.03, 0), Point(0.34, WORKTOP + 0.045), -6, -1)
        near_arm = arm_to(body.shoulder, body.shoulder.moved(0.03, -0.545), -76, -1)
        return Skeleton(body.spine, body.neck, body.head_lean, near, far, near_arm, far_arm)

    props: tuple[Prop, ...] = (prop(PropKind.WORKTOP, 0.16, 1.02, 0.0, WORKTOP),)
    if on_step:
        left, right = put.heel.x - 0.10, put.heel.x + 0.36
        props += (prop(PropKind.STEP, left, right, 0.0, ground),)
    return Stage(props, FRAME, place, shod=True).framed(dose.home, dose.out)


def marching(exercise: Exercise, dose: Dose) -> Stage:
    """Knees lift in turn, arms swing against them: the warm-up."""
    hip = Point(0.0, FLOOR + size.ANKLE_HEIGHT + size.THIGH + size.SHANK)

    def place(pose: Pose, other: Pose) -> Skeleton:
        near = cleared(leg(hip, pose.hip, pose.knee, pose.ankle), FLOOR)
        far = cleared(leg(hip.moved(0.012, 0), other.hip, other.knee, other.ankle), FLOOR)
        body = upper_body(hip, 1.5, pose.trunk, 0, pose.neck)
        swing = (other.hip - pose.hip) * 0.5
        return Skeleton(
            body.spine,
            body.neck,
            body.head_lean,
            near,
            far,
            _swinging(body, swing, 0.0),
            _swinging(body, -swing, 0.025),
        )

    frame = Frame(-0.68, -0.06, 0.72, 1.80)
    return Stage((), frame, place, shod=True).framed(dose.home, dose.out)


def _swinging(body: Upper, swing: float, ahead: float) -> Arm:
    shoulder = body.shoulder.moved(ahead, 0)
    elbow = down(shoulder, swing - 4, size.UPPER_ARM)
    # An arm swinging forward bends more than one swinging back.
    bend = 18 + 24 * max(sin(radians(swing)), 0.0) * 2
    wrist = down(elbow, swing - 4 + bend, size.FOREARM)
    return Arm(shoulder, elbow, wrist, swing - 94 + bend + 4)
