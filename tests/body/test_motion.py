"""Where the joints are at a moment of a repetition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.body.motion import MARCH_CYCLE_S, eased, march_pose, pose_at
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind, LevelName, Phase, Posture, Toward
from coach.domain.pose import Joint, Pose
from figure_cases import cases

HOME = Pose(hip=90, knee=90, ankle=-20)
OUT = Pose(hip=90, knee=30, ankle=5)
ENDS = Dose("S5", LevelName.A, HOME, OUT, sets=1, reps=8, rest_s=60)
KNEE_THEN_TOES = Exercise(
    "S5",
    "supine_slider",
    Kind.SLIDER,
    Posture.LYING,
    60,
    (),
    (
        Phase("out", 1800, Toward.OUT, (Joint.KNEE,)),
        Phase("toes_up", 700, Toward.OUT, (Joint.ANKLE,)),
        Phase("toes_down", 700, Toward.HOME, (Joint.ANKLE,)),
        Phase("back", 1800, Toward.HOME, (Joint.KNEE,)),
        Phase("rest", 500),
    ),
)


def test_a_repetition_starts_and_ends_at_home() -> None:
    """All phases played leave the body where it began."""
    for case in cases():
        start = pose_at(case.exercise, case.dose, 0, 0.0)
        end = pose_at(case.exercise, case.dose, len(case.exercise.phases) - 1, 1.0)
        assert start == case.dose.home, str(case)
        assert end.as_dict() == pytest.approx(case.dose.home.as_dict()), str(case)


def test_each_phase_starts_where_the_one_before_ended() -> None:
    """The figure never jumps between phases."""
    for case in cases():
        for index in range(1, len(case.exercise.phases)):
            before = pose_at(case.exercise, case.dose, index - 1, 1.0)
            after = pose_at(case.exercise, case.dose, index, 0.0)
            assert after.as_dict() == pytest.approx(before.as_dict()), str(case)


def test_only_the_joints_of_a_phase_move() -> None:
    """Knee first, then the toes; back the other way round (clinical.md 7.2 S5)."""
    assert pose_at(KNEE_THEN_TOES, ENDS, 0, 1.0) == HOME.moved(Joint.KNEE, 30)
    assert pose_at(KNEE_THEN_TOES, ENDS, 1, 1.0) == OUT
    assert pose_at(KNEE_THEN_TOES, ENDS, 2, 1.0) == HOME.moved(Joint.KNEE, 30)
    assert pose_at(KNEE_THEN_TOES, ENDS, 3, 1.0) == HOME


def test_a_phase_without_a_target_keeps_still() -> None:
    """Pauses and holds move nothing."""
    assert pose_at(KNEE_THEN_TOES, ENDS, 4, 0.3) == pose_at(KNEE_THEN_TOES, ENDS, 4, 0.9) == HOME


def test_half_time_is_half_way() -> None:
    """The easing is symmetrical."""
    assert pose_at(KNEE_THEN_TOES, ENDS, 0, 0.5).knee == pytest.approx(60)


def test_a_phase_that_is_not_there_is_an_error() -> None:
    """A wrong index is never drawn as something else."""
    for index in (-1, 5):
        with pytest.raises(IndexError, match="S5 has no phase"):
            pose_at(KNEE_THEN_TOES, ENDS, index, 0.0)


@given(share=st.floats(-2, 3))
def test_easing_stays_between_nothing_and_everything(share: float) -> None:
    """Even for a share a late frame pushed out of bounds."""
    assert 0 <= eased(share) <= 1


@given(a=st.floats(0, 1), b=st.floats(0, 1))
def test_easing_never_goes_back(a: float, b: float) -> None:
    """More time is never less way."""
    low, high = sorted((a, b))
    assert eased(low) <= eased(high)


def test_easing_starts_and_stops_softly() -> None:
    """The first and last hundredth cover far less than a hundredth of the way."""
    assert eased(0) == 0
    assert eased(1) == 1
    assert eased(0.01) < 0.001
    assert eased(0.99) > 0.999


def test_the_march_repeats_and_alternates() -> None:
    """After a cycle all is as before; half a cycle later the legs have swapped."""
    for moment in (0.0, 0.4, 0.9, 1.7):
        stride = march_pose(moment)
        again = march_pose(moment + MARCH_CYCLE_S)
        swapped = march_pose(moment + MARCH_CYCLE_S / 2)
        assert again.near.hip == pytest.approx(stride.near.hip, abs=1e-6)
        assert swapped.far.hip == pytest.approx(stride.near.hip, abs=1e-6)


def test_one_marching_leg_always_stands() -> None:
    """Never are both feet off the floor."""
    for step in range(240):
        stride = march_pose(step / 100)
        assert Pose() in (stride.near, stride.far)
    assert march_pose(MARCH_CYCLE_S / 4).near.hip > 50
