"""The figure in every exercise of the catalogue; the arguments are explained in conftest.py."""

from itertools import pairwise

import pytest

from coach.body import proportions as size
from coach.body.kinematics import Point
from coach.body.motion import march_pose
from coach.body.skeleton import Skeleton, upper_body
from coach.body.stage import PropKind
from coach.domain.pose import Pose
from figure_cases import Case

TOUCH = 0.006
"""Metres a joint may sink in where something gives."""


def bodies(case: Case) -> list[Skeleton]:
    if case.marches:
        strides = [march_pose(i * 0.1) for i in range(25)]
        return [case.stage.skeleton(stride.near, stride.far) for stride in strides]
    return [case.stage.skeleton(pose) for pose in case.poses()]


def test_nothing_goes_through_the_floor(on_the_floor: Case) -> None:
    """No joint and no end of a foot is ever below what the body rests on."""
    for body in bodies(on_the_floor):
        assert min(p.y for p in body.points()) >= on_the_floor.stage.floor - TOUCH


def test_the_working_knee_has_the_angle_of_the_dose(free_knee: Case) -> None:
    """Where the movement ends, the drawn knee bends as the dose says."""
    drawn = free_knee.stage.skeleton(free_knee.dose.out).near_leg.knee_bend
    assert drawn == pytest.approx(free_knee.dose.out.knee, abs=0.5)


def test_bones_never_stretch(unforeshortened: Case) -> None:
    """Thigh and shank are as long at every moment."""
    for body in bodies(unforeshortened):
        for leg in (body.near_leg, body.far_leg):
            assert leg.hip.distance(leg.knee) == pytest.approx(size.THIGH, abs=0.012)
            assert leg.knee.distance(leg.ankle) == pytest.approx(size.SHANK, abs=0.012)


def test_the_other_leg_does_not_slide(propped: Case) -> None:
    """Its ankle stays in one place all through the movement."""
    first, *others = [body.far_leg.ankle for body in bodies(propped)]
    for ankle in others:
        assert ankle == pytest.approx(first, abs=1e-6)


def test_the_other_foot_stands_flat(other_foot_flat: Case) -> None:
    """Heel and toes of the supporting foot are on the ground."""
    foot = other_foot_flat.stage.skeleton(other_foot_flat.dose.home).far_leg
    assert foot.heel.y == pytest.approx(other_foot_flat.stage.floor, abs=TOUCH)
    assert foot.toes.y == pytest.approx(other_foot_flat.stage.floor, abs=TOUCH)


def test_a_heel_that_is_put_down_stays(heel_down: Case) -> None:
    """Standing slider, seated stretch and bridge: the working foot is planted as well."""
    first, *others = [body.near_leg.heel for body in bodies(heel_down)]
    for heel in others:
        assert heel == pytest.approx(first, abs=1e-4)


def test_the_foot_keeps_to_the_wall_and_never_enters_it(walled: Case) -> None:
    """Wall rest: the sole touches the wall all the way up."""
    wall = next(item for item in walled.stage.props if item.kind is PropKind.WALL)
    for body in bodies(walled):
        reach = max(body.near_leg.heel.x, body.near_leg.toes.x)
        assert reach == pytest.approx(wall.centre.x - wall.width / 2, abs=0.004)


def test_one_marching_foot_always_stands_still(march: Case) -> None:
    """At every moment of the march one foot is flat and in its place."""
    for body in bodies(march):
        assert any(
            abs(leg.heel.y) < 1e-6 and abs(leg.foot) < 1e-6 and abs(leg.ankle.x) < 0.02
            for leg in (body.near_leg, body.far_leg)
        )


def test_the_movement_has_no_jumps(repetition: Case) -> None:
    """A hundredth of the way moves no point more than 35 mm."""
    shown = [repetition.stage.skeleton(pose) for pose in repetition.poses(100)]
    for before, after in pairwise(shown):
        for a, b in zip(before.points(), after.points(), strict=True):
            assert a.distance(b) < 0.035


def test_the_frame_holds_the_whole_movement(case: Case) -> None:
    """Nothing is ever cut off, so the picture never has to zoom."""
    frame = case.stage.frame
    for body in bodies(case):
        for point in body.points():
            assert frame.left < point.x < frame.right
            assert frame.bottom < point.y < frame.top


def test_slumping_bends_the_back_and_hinging_does_not(leaning: Case) -> None:
    """A hinge keeps the back straight (clinical.md 7.3 H2), a slump curls it (7.2 S8)."""
    spine = leaning.stage.skeleton(leaning.dose.out).spine
    straight = spine[0].distance(spine[-1]) == pytest.approx(size.TRUNK, abs=1e-6)
    assert straight == leaning.exercise.hinge


def test_chin_down_turns_the_head_forward() -> None:
    """A positive neck angle is chin down, a negative one looks up (clinical.md 7.0)."""
    level = upper_body(Point(0, 0), 0, 0, 0, 0).head_lean
    assert upper_body(Point(0, 0), 0, 0, 0, 20).head_lean == level + 20
    assert upper_body(Point(0, 0), 0, 0, 0, -20).head_lean == level - 20


def test_what_an_exercise_needs_is_drawn(case: Case) -> None:
    """Mat, pillow, chair, wall and worktop stand where the catalogue asks for them."""
    kinds = {item.kind.value for item in case.stage.props}
    drawn = {kind.removesuffix("_above").removesuffix("_turned") for kind in kinds}
    assert set(case.exercise.supports) - {"towel"} <= drawn


def test_a_step_is_drawn_from_level_c_of_the_standing_slider(standing_slider: Case) -> None:
    """Levels A and B stay on the floor (clinical.md 7.2 S9)."""
    props = standing_slider.stage.props
    heights = [item.height for item in props if item.kind is PropKind.STEP]
    assert len(heights) == (1 if standing_slider.dose.level.value in "CD" else 0)
    assert all(0.08 <= height <= 0.20 for height in heights)


def test_the_towel_is_held_only_where_there_is_one(case: Case) -> None:
    """The lying stretch has a towel from hand to thigh, nothing else has."""
    strap = case.stage.skeleton(Pose() if case.marches else case.dose.out).strap
    assert bool(strap) == ("towel" in case.exercise.supports)
