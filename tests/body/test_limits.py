"""Joint limits of the figure."""

from coach.body.limits import LIMITS, beyond, within
from coach.body.motion import MARCH_CYCLE_S, march_pose
from coach.domain.pose import Joint, Pose
from figure_cases import cases


def test_every_pose_of_the_catalogue_keeps_the_joint_limits() -> None:
    """Every phase, as it is drawn, stays inside nerve-model.md 7."""
    for case in cases():
        assert {beyond(pose) for pose in case.poses()} == {()}, str(case)


def test_both_legs_of_the_march_keep_the_joint_limits() -> None:
    """Its poses come from the march and not from a dose."""
    strides = [march_pose(MARCH_CYCLE_S * i / 48) for i in range(49)]
    assert max(stride.near.hip for stride in strides) > 50
    assert {beyond(pose) for one in strides for pose in (one.near, one.far)} == {()}


def test_a_pose_past_a_limit_names_its_joints() -> None:
    """Each side of a limit is told apart."""
    assert beyond(Pose(knee=140, ankle=20)) == ()
    assert beyond(Pose(knee=141, ankle=21)) == (Joint.KNEE, Joint.ANKLE)
    assert beyond(Pose(knee=-1)) == (Joint.KNEE,)


def test_within_moves_only_what_is_too_far() -> None:
    """Allowed joints keep their angle."""
    assert within(Pose(hip=90, knee=160, ankle=-60)) == Pose(hip=90, knee=140, ankle=-45)


def test_every_joint_has_a_limit() -> None:
    """No joint can be forgotten."""
    assert set(LIMITS) == set(Joint)
