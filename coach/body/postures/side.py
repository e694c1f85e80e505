"""On the side: the slider seen from above, the plank seen from the front."""

from coach.body import proportions as size
from coach.body.kinematics import Arm, Leg, Point, along, arm_to, heading, leg
from coach.body.skeleton import LINKS, Skeleton, View, upper_body
from coach.body.stage import MAT, Frame, Prop, PropKind, Stage, prop
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise
from coach.domain.pose import Pose

FRAME_ABOVE = Frame(-1.02, -0.62, 1.00, 0.62)
FRAME_FRONT = Frame(-0.98, -0.12, 0.72, 0.92)
_FLAT_BACK = -90.0


def top_leg_slides(exercise: Exercise, dose: Dose) -> Stage:
    """Lying on the side with the working leg on top, seen from above."""
    hip = Point(0.0, -0.16)

    def place(pose: Pose, _other: Pose) -> Skeleton:
        body = upper_body(hip, _FLAT_BACK, pose.trunk, 0, pose.neck + 6, 12)
        near = leg(hip, pose.hip - _FLAT_BACK, pose.knee, pose.ankle)
        far = leg(hip.moved(0.0, -0.012), 45 - _FLAT_BACK, 62, -15)
        at = body.shoulder
        near_arm = arm_to(at, at.moved(0.13, 0.30), 118, -1)
        far_arm = arm_to(at.moved(-0.03, 0.03), at.moved(-0.20, 0.24), 172, -1)
        return Skeleton(body.spine, body.neck, body.head_lean, near, far, near_arm, far_arm)

    home, out = (leg(hip, p.hip - _FLAT_BACK, p.knee, p.ankle) for p in (dose.home, dose.out))
    middle = home.knee.toward(home.ankle, 0.55).toward(out.knee.toward(out.ankle, 0.55), 0.5)
    props = (
        Prop(PropKind.MAT_ABOVE, Point(0.0, 0.0), 2.10, 1.02),
        Prop(PropKind.PILLOW_ABOVE, Point(-0.72, -0.10), 0.36, 0.52),
        Prop(PropKind.PILLOW_ABOVE, middle, 0.50, 0.40),
    )
    stage = Stage(props, FRAME_ABOVE, place, View.ABOVE, floor=-1.0)
    return stage.framed(dose.home, dose.out)


def knees_and_forearm(exercise: Exercise, dose: Dose) -> Stage:
    """The side plank on the knees, seen from the front: the hips rise into one line."""
    shoulder_width = 0.165
    knee = Point(0.46, MAT + 0.075)
    rest = max(dose.home.hip, 1.0)

    def place(pose: Pose, _other: Pose) -> Skeleton:
        lift = 1 - min(max(pose.hip / rest, 0.0), 1.0)
        low = Point(-0.42 + 0.035 * lift, MAT + 0.40 + 0.035 * lift)
        sunk = Point(0.055, MAT + 0.135)
        raised = knee.toward(low, size.THIGH / (size.THIGH + size.TRUNK))
        pelvis = sunk.toward(raised, lift)
        slope = heading(pelvis, low)
        spine = [pelvis]
        length = pelvis.distance(low)
        for link in LINKS:
            spine.append(along(spine[-1], slope, length * link / size.TRUNK))
        # The head stays in line with the trunk, eyes forward.
        top = along(spine[-1], slope - 6, size.NECK + 0.03)
        upper = along(spine[-1].toward(spine[-2], 0.30), slope - 90, shoulder_width)
        lower = along(spine[-1].toward(spine[-2], 0.30), slope + 90, shoulder_width * 0.9)
        elbow = Point(lower.x - 0.02, MAT + 0.045)
        support = Arm(lower, elbow, elbow.moved(0.085, 0.0), -4)
        hand = along(pelvis.toward(spine[1], 0.4), slope - 90, 0.13)
        resting = arm_to(upper, hand, heading(upper, hand) - 40, 1)
        shin = knee.moved(0.05, 0.02)
        near = Leg(pelvis, knee, shin, 0)
        far = Leg(pelvis.moved(0, 0.05), knee.moved(0.0, 0.10), shin.moved(0, 0.10), 0)
        return Skeleton(
            tuple(spine),
            (spine[-1], top),
            90 - heading(spine[-1], top),
            near,
            far,
            support,
            resting,
        )

    mat = prop(PropKind.MAT, -0.95, 0.80, 0.0, MAT)
    stage = Stage((mat,), FRAME_FRONT, place, View.FRONT, floor=MAT)
    return stage.framed(dose.home, dose.out)
