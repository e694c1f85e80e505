"""Joint limits of the figure."""

from coach.body.limits import LIMITS, beyond, within
from coach.domain.pose import Joint, Pose
from figure_cases import cases


def test_every_pose_of_the_catalogue_keeps_the_joint_limits() -> None:
    """Home, out and everything between stay inside nerve-model.md 7."""
    for case in cases():
        assert [beyond(pose) for pose in case.poses()] == [()] * 13, str(case)


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
