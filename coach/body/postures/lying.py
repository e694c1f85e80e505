"""On the back: head left on a pillow, the other knee bent with its foot flat."""

from math import acos, asin, degrees, hypot

from coach.body import proportions as size
from coach.body.kinematics import (
    Arm,
    Leg,
    Point,
    along,
    arm_to,
    cleared,
    down,
    heading,
    leg,
    leg_span,
    leg_to,
    on_foot,
    thigh_toward,
)
from coach.body.skeleton import Skeleton, Upper, upper_body
from coach.body.stage import MAT, Frame, Placer, Prop, PropKind, Stage, prop
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise
from coach.domain.pose import Pose

HIP = Point(0.0, MAT + size.BODY_DEPTH)
FRAME = Frame(-0.98, -0.12, 1.02, 0.92)
_MAT = prop(PropKind.MAT, -1.0, 0.98, 0.0, MAT)
_HEAD_PILLOW = Prop(PropKind.PILLOW, Point(-0.72, MAT + 0.040), 0.40, 0.085)
_FAR_ANKLE = Point(0.42, MAT + size.ANKLE_HEIGHT)
_ON_BELLY = Point(-0.10, 0.105)
"""Where the hands rest, from the middle of the lower back (metres)."""

_TOES_FREE = 0.03
"""Metres between the toes of the standing foot and a wall."""

_FLAT_BACK = -90.0
_FLAT_TO_WALL = 90.0
_SQUARES = size.THIGH**2 + size.SHANK**2


def hands_behind_thigh(exercise: Exercise, dose: Dose) -> Stage:
    """Hands hold the back of the thigh: the lying sliders."""

    def place(pose: Pose, _other: Pose) -> Skeleton:
        body = _body(pose)
        near = _working_leg(pose)
        grip = _behind_thigh(near, 0.40, 0.075)
        return _skeleton(body, near, _reach(body, grip, 0.02), _reach(body, grip, -0.01))

    return _stage((_MAT, _HEAD_PILLOW), dose, place)


def towel_behind_thigh(exercise: Exercise, dose: Dose) -> Stage:
    """A towel round the back of the thigh, an end in each hand: the lying stretch."""

    def place(pose: Pose, _other: Pose) -> Skeleton:
        body = _body(pose)
        near = _working_leg(pose)
        loop = _behind_thigh(near, 0.66, 0.070)
        front = _behind_thigh(near, 0.62, -0.080)
        hand = body.shoulder.toward(front, 0.74)
        arms = [_reach(body, hand, drop) for drop in (0.0, -0.02)]
        return _skeleton(body, near, arms[0], arms[1], (hand, front, loop))

    return _stage((_MAT, _HEAD_PILLOW), dose, place)


def leg_on_pillows(exercise: Exercise, dose: Dose) -> Stage:
    """The working leg rests on pillows: ankle pumps in slack."""
    rest = leg(HIP, dose.home.hip - _FLAT_BACK, dose.home.knee, 0)
    tilt = heading(rest.knee, rest.ankle)
    middle = rest.knee.toward(rest.ankle, 0.42)
    # The calf sinks a little into the uppermost pillow, which lies along it.
    upper = Prop(
        PropKind.PILLOW,
        Point(middle.x - 0.02, middle.y - size.LIMB_RADIUS["shank"] - 0.048),
        0.44,
        0.12,
        tilt,
    )
    room = max(upper.centre.y - 0.03 - MAT, 0.05)
    count = max(1, round(room / 0.10))
    each = room / count
    stack = tuple(
        Prop(
            PropKind.PILLOW,
            Point(upper.centre.x - 0.03, MAT + each * (index + 0.5)),
            0.46,
            each * 1.16,
        )
        for index in range(count)
    )

    def place(pose: Pose, _other: Pose) -> Skeleton:
        body = _body(pose)
        near_arm, far_arm = _arms_at_sides(body)
        return _skeleton(body, _working_leg(pose), near_arm, far_arm)

    return _stage((_MAT, _HEAD_PILLOW, *stack, upper), dose, place)


def heel_on_wall(exercise: Exercise, dose: Dose) -> Stage:
    """The heel comes to rest on a wall as the knee opens."""
    reached = _working_leg(dose.out)
    face = reached.ankle.x + _sole_ahead(reached.foot)
    # A steep leg brings the wall near; the other foot then stands closer to the body.
    far = _standing_leg(min(_FAR_ANKLE.x, face - size.TOE_AHEAD - _TOES_FREE))
    # Bent further than this, the leg would lie too low to touch the wall at all.
    room = hypot(reached.ankle.x - HIP.x, 0.14)
    most = degrees(acos(min(1.0, (room**2 - _SQUARES) / (2 * size.THIGH * size.SHANK))))
    bend = dose.home.knee - dose.out.knee
    slack = min(1.0, (most - dose.out.knee) / bend) if bend > 0 else 1.0

    def place(pose: Pose, _other: Pose) -> Skeleton:
        knee = dose.out.knee + (pose.knee - dose.out.knee) * slack
        foot = _working_leg(pose).foot
        across = face - _sole_ahead(foot) - HIP.x
        toward = 180 - degrees(asin(min(1.0, across / leg_span(knee))))
        thigh = thigh_toward(knee, toward)
        near = leg(HIP, thigh, knee, max(foot, _FLAT_TO_WALL) - thigh + knee)
        body = _body(pose)
        near_arm, far_arm = _arms_at_sides(body)
        return _skeleton(body, near, near_arm, far_arm, far=far)

    wall = prop(PropKind.WALL, face, face + 0.12, 0.0, 1.24)
    mat = prop(PropKind.MAT, -1.0, face - 0.02, 0.0, MAT)
    return _stage((wall, mat, _HEAD_PILLOW), dose, place)


def calves_on_chair(exercise: Exercise, dose: Dose) -> Stage:
    """Both calves lie on the seat of a chair: the rest position."""
    rest = _working_leg(dose.home)
    seat = min(rest.knee.y, rest.heel.y + 0.012, rest.ankle.y - size.LIMB_RADIUS["shank"])
    chair = prop(PropKind.CHAIR_TURNED, 0.14, 0.64, 0.0, seat)

    def place(pose: Pose, _other: Pose) -> Skeleton:
        body = _body(pose)
        near = _working_leg(pose)
        far = Leg(
            near.hip.moved(0.014, 0.004),
            near.knee.moved(0.022, 0.008),
            near.ankle.moved(0.022, 0.008),
            near.foot,
        )
        # Straight along the body the hands would lie between the legs of the chair.
        belly = body.spine[1].moved(_ON_BELLY.x, _ON_BELLY.y)
        near_arm, far_arm = _reach(body, belly, 0.0), _reach(body, belly.moved(0.03, 0.01), 0.0)
        return _skeleton(body, near, near_arm, far_arm, far=far)

    return _stage((_MAT, _HEAD_PILLOW, chair), dose, place)


def arms_up(exercise: Exercise, dose: Dose) -> Stage:
    """Both knees above the hips, arms straight up: one heel lowers to tap."""

    def place(pose: Pose, _other: Pose) -> Skeleton:
        body = _body(pose)
        far = leg(HIP.moved(0.016, 0.006), dose.home.hip - _FLAT_BACK + 3, dose.home.knee + 2, 0)
        up_to = body.shoulder.moved(0.03, 0.55)
        near_arm = arm_to(body.shoulder, up_to, 84)
        far_arm = arm_to(body.shoulder.moved(0.02, 0), up_to.moved(0.05, 0.005), 80)
        near = cleared(_working_leg(pose), MAT)
        return _skeleton(body, near, near_arm, far_arm, far=far)

    return _stage((_MAT, _HEAD_PILLOW), dose, place)


def pelvis_lifts(exercise: Exercise, dose: Dose) -> Stage:
    """Both feet stand, the shoulders stay down and the pelvis rises between them: the bridge."""
    top = HIP.moved(-size.TRUNK, 0)
    knee = down(HIP, dose.home.hip - _FLAT_BACK, size.THIGH)
    drop = knee.y - MAT - size.ANKLE_HEIGHT
    reach = max(size.SHANK**2 - drop**2, 0.0) ** 0.5
    planted = Point(knee.x + reach, MAT + size.ANKLE_HEIGHT)
    shoulders = _body(dose.home)

    def lifted(pitch: float) -> Leg:
        pelvis = down(top, 90 + pitch, size.TRUNK)
        return leg_to(pelvis, planted, 0)

    def place(pose: Pose, _other: Pose) -> Skeleton:
        low, high = 0.0, 40.0
        for _ in range(30):
            pitch = (low + high) / 2
            # The hip angle of a lifted trunk: thigh against a trunk that slopes by the pitch.
            if lifted(pitch).thigh_angle + _FLAT_BACK - pitch > pose.hip:
                low = pitch
            else:
                high = pitch
        near = lifted(high)
        # The neck gives back what the trunk slopes, so the head stays on its pillow.
        body = upper_body(near.hip, _FLAT_BACK - high, 0, 0, high, 10 + high / 2)
        far = leg_to(near.hip.moved(0.012, 0.004), planted.moved(0.03, 0), 0)
        near_arm, far_arm = _arms_at_sides(shoulders)
        return _skeleton(body, near, near_arm, far_arm, far=far)

    return _stage((_MAT, _HEAD_PILLOW), dose, place)


def _stage(props: tuple[Prop, ...], dose: Dose, place: Placer) -> Stage:
    return Stage(props, FRAME, place, floor=MAT).framed(dose.home, dose.out)


def _body(pose: Pose) -> Upper:
    return upper_body(HIP, _FLAT_BACK, pose.trunk, 0, pose.neck + 4, 10)


def _working_leg(pose: Pose) -> Leg:
    return leg(HIP, pose.hip - _FLAT_BACK, pose.knee, pose.ankle)


def _standing_leg(ankle: float) -> Leg:
    """The other leg, its foot flat and its ankle so far along the mat (metres)."""
    return leg_to(HIP.moved(0.012, 0.004), Point(ankle, _FAR_ANKLE.y), 0)


def _sole_ahead(foot: float) -> float:
    """How far a foot reaches beyond its ankle towards a wall; its toes never lean into it."""
    limb = Leg(HIP, HIP, Point(0, 0), max(foot, _FLAT_TO_WALL))
    return max(limb.heel.x, limb.toes.x)


def _behind_thigh(limb: Leg, share: float, back: float) -> Point:
    """A point of the thigh, so many metres towards its back."""
    middle = limb.hip.toward(limb.knee, share)
    return on_foot(middle, limb.thigh_angle, -back, 0)


def _reach(body: Upper, grip: Point, drop: float) -> Arm:
    angle = heading(body.shoulder, grip)
    wrist = grip.toward(body.shoulder, 0.085 / max(body.shoulder.distance(grip), 0.1))
    arm = arm_to(body.shoulder, wrist.moved(0, drop), angle + 8, -1)
    # An elbow with no room below lies on the mat and points away from the onlooker.
    elbow = Point(arm.elbow.x, max(arm.elbow.y, MAT + 0.045))
    return Arm(arm.shoulder, elbow, arm.wrist, arm.hand)


def _arms_at_sides(body: Upper) -> tuple[Arm, Arm]:
    """Straight along the body, palms on the mat."""
    arms = []
    for shoulder, slope in ((body.shoulder, -6.0), (body.shoulder.moved(0.03, 0.012), -5.5)):
        elbow = along(shoulder, slope, size.UPPER_ARM)
        arms.append(Arm(shoulder, elbow, along(elbow, slope - 1, size.FOREARM), -2))
    return arms[0], arms[1]


def _skeleton(
    body: Upper,
    near: Leg,
    near_arm: Arm,
    far_arm: Arm,
    strap: tuple[Point, ...] = (),
    far: Leg | None = None,
) -> Skeleton:
    bent = far or _standing_leg(_FAR_ANKLE.x)
    return Skeleton(body.spine, body.neck, body.head_lean, near, bent, near_arm, far_arm, strap)
