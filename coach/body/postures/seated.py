"""On a firm chair, facing right."""

from coach.body import proportions as size
from coach.body.kinematics import Leg, Point, arm_to, cleared, leg, leg_to, standing_on
from coach.body.skeleton import Skeleton, upper_body
from coach.body.stage import FLOOR, Frame, PropKind, Stage, prop
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise
from coach.domain.pose import Pose

HIP = Point(0.0, 0.425 + size.SEAT_DEPTH)
SEAT = HIP.y - size.SEAT_DEPTH
FRAME = Frame(-0.62, -0.06, 0.92, 1.42)
_FAR_ANKLE = Point(0.40, FLOOR + size.ANKLE_HEIGHT)


def hands_on_seat(exercise: Exercise, dose: Dose) -> Stage:
    """Sitting tall, the foot free to skim forward: the seated sliders."""
    return _slider(dose, Point(0.10, SEAT + 0.085), hand_angle=-62, elbow=-1)


def hands_behind(exercise: Exercise, dose: Dose) -> Stage:
    """Sitting softly curved, leaning on the hands behind: the seated slump slider."""
    return _slider(dose, Point(-0.20, SEAT + 0.085), hand_angle=-118, elbow=-1)


def _slider(dose: Dose, hand: Point, *, hand_angle: float, elbow: int) -> Stage:
    """hand: where the near one is held; hand_angle: degrees; elbow: to which side it bends."""

    def place(pose: Pose, _other: Pose) -> Skeleton:
        near = cleared(leg(HIP, pose.hip, pose.knee, pose.ankle), FLOOR)
        body = upper_body(HIP, 0, pose.trunk, 0, pose.neck)
        near_arm = arm_to(body.shoulder, hand, hand_angle, elbow)
        far_shoulder, far_hand = body.shoulder.moved(0.03, 0), hand.moved(0.06, 0)
        far_arm = arm_to(far_shoulder, far_hand, hand_angle, elbow)
        return Skeleton(body.spine, body.neck, body.head_lean, near, _far_leg(), near_arm, far_arm)

    chair = prop(PropKind.CHAIR, -0.25, 0.20, 0.0, SEAT)
    return Stage((chair,), FRAME, place, shod=True).framed(dose.home, dose.out)


def edge_of_chair(exercise: Exercise, dose: Dose) -> Stage:
    """On the front edge, one heel forward, tipping from the hips: the seated stretch."""

    def place(pose: Pose, _other: Pose) -> Skeleton:
        near = standing_on(HIP, pose.knee, pose.ankle, FLOOR)
        body = upper_body(HIP, 0, 0, pose.trunk, pose.neck)
        far = _far_leg()
        hand = far.hip.toward(far.knee, 0.60).moved(0.0, 0.095)
        near_arm = arm_to(body.shoulder, hand, -28, -1)
        far_arm = arm_to(body.shoulder.moved(0.03, 0), hand.moved(0.05, 0.0), -28, -1)
        return Skeleton(body.spine, body.neck, body.head_lean, near, far, near_arm, far_arm)

    chair = prop(PropKind.CHAIR, -0.37, 0.08, 0.0, SEAT)
    return Stage((chair,), FRAME, place, shod=True).framed(dose.home, dose.out)


def _far_leg() -> Leg:
    return leg_to(HIP.moved(0.015, 0.004), _FAR_ANKLE, 0)
