"""Moving a joint by hand: limits, what is in the way, and where a pull leads."""

import pytest

from coach.body.grabbing import MOST_STRETCH, SINKS, Grip, depth, grip_on, handle
from coach.body.hamstrings import hamstring_stretch
from coach.body.kinematics import Point
from coach.body.limits import LIMITS, beyond
from coach.domain.pose import Joint, Pose
from figure_cases import CASES, Case

BY_NAME = {str(case): case for case in CASES}


def grip(name: str) -> tuple[Grip, Case]:
    case = BY_NAME[name]
    return grip_on(case.exercise, case.dose), case


GRIPS = [(grip_on(case.exercise, case.dose), case) for case in CASES]
MOVABLE = [(held, case) for held, case in GRIPS if held.joints(case.dose.home)]


def test_every_slider_and_stretch_can_be_taken_hold_of_and_nothing_else() -> None:
    """The march, the rest position and core work show nothing about the nerve in one leg."""
    found = {case.exercise.id for _, case in MOVABLE}
    assert found == {f"S{n}" for n in range(1, 10)} | {"H1", "H2", "H3"}


def test_every_pose_of_the_movement_itself_is_held() -> None:
    for held, case in MOVABLE:
        assert all(held.holds(pose) for pose in case.poses()), str(case)


def test_a_joint_turned_as_far_as_it_goes_keeps_every_limit() -> None:
    """Joint limits, the hamstrings' limit, the picture and what stands around."""
    for held, case in MOVABLE:
        for pose in (case.dose.home, case.dose.out):
            for joint in held.joints(pose):
                for by in (180, -180):
                    end = held.turned(pose, joint, by)
                    assert beyond(end) == (), str(case)
                    assert hamstring_stretch(end.hip, end.knee) <= MOST_STRETCH
                    sunk = depth(held.stage, held.stage.skeleton(end))
                    assert sunk <= held.depth + SINKS, str(case)


def test_a_joint_of_its_own_goes_to_its_limit_and_stops_there() -> None:
    held, case = grip("S3 A")
    up = held.turned(case.dose.home, Joint.ANKLE, 90)
    down = held.turned(case.dose.home, Joint.ANKLE, -90)
    assert (up.ankle, down.ankle) == (LIMITS[Joint.ANKLE].high, LIMITS[Joint.ANKLE].low)


def test_a_straight_leg_is_raised_no_further_than_the_hamstrings_let_it() -> None:
    """About 85 degrees with the knee straight (nerve-model.md 7)."""
    held, _ = grip("S3 D")
    raised = held.turned(Pose(hip=60), Joint.HIP, 90)
    assert 83 <= raised.hip <= 86
    assert held.turned(Pose(hip=60, knee=60), Joint.HIP, 30).hip == 90


def test_the_leg_does_not_go_through_the_mat_or_the_chair() -> None:
    lying, case = grip("S3 A")
    assert lying.turned(case.dose.home, Joint.HIP, -90).hip > 20
    seated, case = grip("S8 D")
    assert seated.turned(case.dose.out, Joint.HIP, -40).hip > 75


def test_the_trunk_is_moved_only_by_somebody_upright() -> None:
    lying, case = grip("S3 A")
    assert Joint.TRUNK not in lying.joints(case.dose.home)
    seated, case = grip("S8 A")
    assert Joint.TRUNK in seated.joints(case.dose.home)


def test_a_hinge_takes_the_hip_angle_along() -> None:
    """H2 counts the hip from the trunk: 10 degrees of hinge are 10 of hip flexion."""
    held, case = grip("H2 A")
    tipped = held.turned(case.dose.home, Joint.TRUNK, 10)
    assert (tipped.trunk, tipped.hip) == (10, case.dose.home.hip + 10)


def test_a_foot_that_stands_holds_its_leg() -> None:
    """The standing slider's leg is between hip and heel; only trunk and neck are free."""
    held, case = grip("S9 A")
    assert held.joints(case.dose.home) == (Joint.TRUNK, Joint.NECK)


@pytest.mark.parametrize("joint", [Joint.HIP, Joint.KNEE, Joint.ANKLE])
def test_a_pull_to_where_a_handle_can_be_brings_it_there(joint: Joint) -> None:
    held, case = grip("S3 B")
    wanted = held.turned(case.dose.out, joint, 15)
    to = handle(held.stage.skeleton(wanted), joint)
    pulled = held.pulled(case.dose.out, joint, to)
    assert pulled[joint] == pytest.approx(wanted[joint], abs=0.6)
    assert pulled.moved(joint, 0) == wanted.moved(joint, 0)


def test_a_pull_out_of_reach_goes_as_near_as_the_limits_let_it() -> None:
    held, case = grip("S3 B")
    pulled = held.pulled(case.dose.out, Joint.KNEE, Point(5, 5))
    assert held.holds(pulled)
    assert pulled.knee < case.dose.out.knee


def test_the_picture_grows_only_a_little() -> None:
    """So that taking hold of a joint makes nobody small."""
    for held, case in MOVABLE:
        before, after = case.stage.frame, held.stage.frame
        assert after.right - after.left <= 1.37 * (before.right - before.left)
        assert after.top - after.bottom <= 1.37 * (before.top - before.bottom)
