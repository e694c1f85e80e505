"""On hands and knees, facing right."""

from coach.body import proportions as size
from coach.body.kinematics import Arm, Point, along, arm_to, heading, leg, pointed
from coach.body.skeleton import Skeleton, upper_body
from coach.body.stage import MAT, Frame, PropKind, Stage, prop
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise
from coach.domain.pose import Pose

HIP = Point(0.0, MAT + size.THIGH + size.LIMB_RADIUS["knee"])
FRAME = Frame(-1.02, -0.10, 1.10, 0.98)
_LEAN = 74.0
"""The trunk slopes a little: arms are longer than thighs."""


def all_fours(exercise: Exercise, dose: Dose) -> Stage:
    """One leg reaches back while the arm of the other side reaches forward."""

    def place(pose: Pose, _other: Pose) -> Skeleton:
        body = upper_body(HIP, _LEAN, 0, 0, pose.neck + 8, 6)
        near = pointed(leg(HIP, pose.hip - 90, pose.knee, pose.ankle), MAT)
        far = pointed(leg(HIP.moved(0.012, 0), 0, 90, 0), MAT)
        palm = Point(body.shoulder.x + 0.01, MAT + 0.035)
        near_arm = arm_to(body.shoulder, palm, 0, 1)
        reach = min(max((90 - pose.hip) / 85, 0.0), 1.0)
        return Skeleton(
            body.spine,
            body.neck,
            body.head_lean,
            near,
            far,
            near_arm,
            _reaching(body.shoulder.moved(0.02, 0.01), palm.moved(0.05, 0), reach),
        )

    mat = prop(PropKind.MAT, -1.0, 1.05, 0.0, MAT)
    return Stage((mat,), FRAME, place, floor=MAT).framed(dose.home, dose.out)


def _reaching(shoulder: Point, palm: Point, reach: float) -> Arm:
    """The free arm between the floor (0) and level with the trunk (1)."""
    if reach == 0:
        return arm_to(shoulder, palm, 0, 1)
    rest = heading(shoulder, palm)
    angle = rest + (8 - rest) * reach
    length = shoulder.distance(palm)
    # It unbends as it leaves the floor, the hand coming into line with it.
    wrist = along(shoulder, angle, length - 0.05 * 4 * reach * (1 - reach))
    return arm_to(shoulder, wrist, angle * reach, 1)
