"""Constructions of limbs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.body import proportions as size
from coach.body.kinematics import (
    Leg,
    Point,
    arm_to,
    cleared,
    leg,
    leg_span,
    leg_to,
    pointed,
    standing_on,
    thigh_toward,
)

HIP = Point(0.0, 0.9)
ANGLES = st.floats(0, 120)


@given(thigh=st.floats(-20, 180), knee=st.floats(0.5, 140))
def test_bones_keep_their_length_and_the_knee_its_angle(thigh: float, knee: float) -> None:
    """Whatever the angles, thigh and shank are as long as the proportions say."""
    limb = leg(HIP, thigh, knee, 0)
    assert limb.hip.distance(limb.knee) == pytest.approx(size.THIGH)
    assert limb.knee.distance(limb.ankle) == pytest.approx(size.SHANK)
    assert limb.knee_bend == pytest.approx(knee)
    assert limb.hip.distance(limb.ankle) == pytest.approx(leg_span(knee))


def test_a_straight_standing_leg_points_down_with_a_flat_foot() -> None:
    """Zero angles are standing."""
    limb = leg(HIP, 0, 0, 0)
    assert limb.ankle == pytest.approx((0, 0.9 - size.THIGH - size.SHANK))
    assert limb.foot == 0
    assert limb.heel.y == pytest.approx(limb.toes.y)


def test_a_pointed_foot_has_its_toes_lower_than_its_heel() -> None:
    """A negative ankle angle points the toes (clinical.md 7.0)."""
    limb = leg(HIP, 0, 0, -30)
    assert limb.toes.y < limb.heel.y


def test_a_reaching_leg_ends_where_it_was_sent() -> None:
    """Both bones keep their length on the way."""
    limb = leg_to(HIP, Point(0.3, 0.25), 0)
    assert limb.ankle == pytest.approx((0.3, 0.25))
    assert limb.hip.distance(limb.knee) == pytest.approx(size.THIGH)
    assert limb.knee.x > 0.15, "the knee bends forward"


def test_a_leg_sent_too_far_stays_attached() -> None:
    """Out of reach, it points there instead of stretching."""
    limb = leg_to(HIP, Point(3.0, 0.9), 0)
    assert limb.hip.distance(limb.ankle) == pytest.approx(size.THIGH + size.SHANK, abs=1e-3)


@given(knee=st.floats(1, 130), direction=st.floats(0, 180))
def test_the_thigh_found_for_a_direction_brings_the_ankle_there(
    knee: float, direction: float
) -> None:
    """thigh_toward and leg agree."""
    limb = leg(Point(0, 0), thigh_toward(knee, direction), knee, 0)
    aim = leg(Point(0, 0), direction, 0, 0)
    cross = limb.ankle.x * aim.ankle.y - limb.ankle.y * aim.ankle.x
    assert cross == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("knee", [15, 45, 90])
def test_a_planted_foot_touches_the_floor_and_goes_no_deeper(knee: float) -> None:
    """The lowest end of the sole lies on the floor."""
    limb = standing_on(Point(0, 0.52), knee, -10, 0.0)
    assert min(limb.heel.y, limb.toes.y) == pytest.approx(0, abs=1e-6)
    assert limb.knee_bend == pytest.approx(knee)


def test_a_foot_above_the_floor_is_left_alone() -> None:
    """Clearing changes nothing that is clear."""
    limb = leg(HIP, 60, 40, 0)
    assert cleared(limb, 0.0) is limb


def test_pointing_turns_only_the_foot() -> None:
    """Knee and ankle stay where they are."""
    limb = leg(Point(0, 0.5), 0, 90, 0)
    turned = pointed(limb, 0.02)
    assert (turned.knee, turned.ankle) == (limb.knee, limb.ankle)
    assert turned.toes.y == pytest.approx(0.02, abs=1e-6)
    assert isinstance(turned, Leg)


def test_a_shoulder_gives_a_little_but_not_more_than_six_centimetres() -> None:
    """An arm asked to reach too far does not grow."""
    shoulder = Point(0, 0)
    arm = arm_to(shoulder, Point(2, 0), 0)
    assert shoulder.distance(arm.shoulder) == pytest.approx(0.06)
    reach = size.UPPER_ARM + size.FOREARM
    assert arm.shoulder.distance(arm.wrist) == pytest.approx(reach, abs=1e-3)
