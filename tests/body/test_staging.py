"""The figure in every exercise of the catalogue."""

from itertools import pairwise

import pytest

from coach.body import proportions as size
from coach.body.kinematics import Point
from coach.body.postures import seated
from coach.body.skeleton import Skeleton, upper_body
from coach.body.stage import PropKind
from coach.domain.pose import Pose
from figure_cases import CASES, Case, cases
from figure_crossings import TOUCH, crossings

_DRAWN: dict[str, list[Skeleton]] = {}


def bodies(case: Case) -> list[Skeleton]:
    """Every drawn moment, worked out once for all tests."""
    if str(case) not in _DRAWN:
        _DRAWN[str(case)] = case.bodies()
    return _DRAWN[str(case)]


def test_no_drawn_moment_crosses_floor_chair_wall_or_trunk() -> None:
    """Legs and arms with their width, every phase of every level, the march with both legs."""
    for case in CASES:
        for body in bodies(case):
            assert crossings(case.stage, body) == [], str(case)


@pytest.mark.parametrize(
    ("name", "pose", "what"),
    [
        ("S3 A", Pose(hip=-15, knee=0), "floor"),
        ("S6 A", Pose(hip=40, knee=140, ankle=-40), "chair"),
        ("S3 A", Pose(hip=150, knee=30), "trunk"),
    ],
)
def test_a_limb_that_crosses_something_is_noticed(name: str, pose: Pose, what: str) -> None:
    """The look at every drawn moment is no formality."""
    (case,) = [one for one in CASES if str(one) == name]
    assert what in " ".join(crossings(case.stage, case.stage.skeleton(pose)))


def test_the_working_knee_has_the_angle_of_the_dose() -> None:
    """Where the movement ends, the drawn knee bends as the dose says."""
    for case in cases("free_knee"):
        drawn = case.stage.skeleton(case.dose.out).near_leg.knee_bend
        assert drawn == pytest.approx(case.dose.out.knee, abs=0.5), str(case)


def test_bones_never_stretch() -> None:
    """Thigh and shank are as long at every moment."""
    for case in cases("unforeshortened"):
        for body in bodies(case):
            for leg in (body.near_leg, body.far_leg):
                assert leg.hip.distance(leg.knee) == pytest.approx(size.THIGH, abs=0.012), str(case)
                assert leg.knee.distance(leg.ankle) == pytest.approx(size.SHANK, abs=0.012), str(
                    case
                )


def test_the_other_leg_does_not_slide() -> None:
    """Its ankle stays in one place all through the movement."""
    for case in cases("propped"):
        first, *others = [body.far_leg.ankle for body in bodies(case)]
        for ankle in others:
            assert ankle == pytest.approx(first, abs=1e-6), str(case)


def test_the_other_foot_stands_flat() -> None:
    """Heel and toes of the supporting foot are on the ground."""
    for case in cases("other_foot_flat"):
        foot = case.stage.skeleton(case.dose.home).far_leg
        assert foot.heel.y == pytest.approx(case.stage.floor, abs=TOUCH), str(case)
        assert foot.toes.y == pytest.approx(case.stage.floor, abs=TOUCH), str(case)


def test_a_heel_that_is_put_down_stays() -> None:
    """Standing slider, seated stretch and bridge: the working foot is planted as well."""
    for case in cases("heel_down"):
        first, *others = [body.near_leg.heel for body in bodies(case)]
        for heel in others:
            assert heel == pytest.approx(first, abs=1e-4), str(case)


def test_the_foot_keeps_to_the_wall_and_never_enters_it() -> None:
    """Wall rest: the sole touches the wall all the way up, the other foot stands before it."""
    for case in cases("walled"):
        wall = next(item for item in case.stage.props if item.kind is PropKind.WALL)
        face = wall.centre.x - wall.width / 2
        for body in bodies(case):
            reach = max(body.near_leg.heel.x, body.near_leg.toes.x)
            assert reach == pytest.approx(face, abs=0.004), str(case)
            other = body.far_leg
            assert max(p.x for p in (other.knee, other.heel, other.toes)) < face - 0.02, str(case)


def test_one_marching_foot_always_stands_still() -> None:
    """At every moment of the march one foot is flat and in its place."""
    for case in cases("march"):
        for body in bodies(case):
            assert any(
                abs(leg.heel.y) < 1e-6 and abs(leg.foot) < 1e-6 and abs(leg.ankle.x) < 0.02
                for leg in (body.near_leg, body.far_leg)
            )


def test_the_movement_has_no_jumps() -> None:
    """A hundredth of a phase moves no point more than 35 mm, nor does the next phase begin."""
    for case in cases("repetition"):
        for before, after in pairwise(case.bodies(100)):
            for a, b in zip(before.points(), after.points(), strict=True):
                assert a.distance(b) < 0.035, str(case)


def test_the_frame_holds_the_whole_movement() -> None:
    """Nothing is ever cut off, so the picture never has to zoom."""
    for case in cases():
        frame = case.stage.frame
        for body in bodies(case):
            for point in body.points():
                assert frame.left < point.x < frame.right, str(case)
                assert frame.bottom < point.y < frame.top, str(case)


def test_slumping_bends_the_back_and_hinging_does_not() -> None:
    """A hinge keeps the back straight (clinical.md 7.3 H2), a slump curls it (7.2 S8)."""
    for case in cases("leaning"):
        spine = case.stage.skeleton(case.dose.out).spine
        straight = spine[0].distance(spine[-1]) == pytest.approx(size.TRUNK, abs=1e-6)
        assert straight == case.exercise.hinge, str(case)


def test_chin_down_turns_the_head_forward() -> None:
    """A positive neck angle is chin down, a negative one looks up (clinical.md 7.0)."""
    level = upper_body(Point(0, 0), 0, 0, 0, 0).head_lean
    assert upper_body(Point(0, 0), 0, 0, 0, 20).head_lean == level + 20
    assert upper_body(Point(0, 0), 0, 0, 0, -20).head_lean == level - 20


def test_what_an_exercise_needs_is_drawn() -> None:
    """Mat, pillow, chair, wall and worktop stand where the catalogue asks for them."""
    for case in cases():
        kinds = {item.kind.value for item in case.stage.props}
        drawn = {kind.removesuffix("_above").removesuffix("_turned") for kind in kinds}
        assert set(case.exercise.supports) - {"towel"} <= drawn, str(case)


def test_a_step_is_drawn_from_level_c_of_the_standing_slider() -> None:
    """Levels A and B stay on the floor (clinical.md 7.2 S9)."""
    for case in cases("standing_slider"):
        props = case.stage.props
        heights = [item.height for item in props if item.kind is PropKind.STEP]
        assert len(heights) == (1 if case.dose.level.value in "CD" else 0), str(case)
        assert all(0.08 <= height <= 0.20 for height in heights), str(case)


def test_hands_are_behind_only_where_the_words_say_so() -> None:
    """Seated slump slider: hands behind you (clinical.md 7.2 S8), on the seat and off the lap."""
    for case in (one for one in CASES if one.exercise.id in ("S6", "S7", "S8")):
        for body in bodies(case):
            for arm in (body.near_arm, body.far_arm):
                behind = arm.wrist.x < body.spine[0].x - 0.08
                assert behind == (case.exercise.id == "S8"), str(case)
                if behind:
                    assert arm.wrist.y == pytest.approx(seated.SEAT + 0.085, abs=0.02), str(case)


def test_the_towel_is_held_only_where_there_is_one() -> None:
    """The lying stretch has a towel from hand to thigh, nothing else has."""
    for case in cases():
        strap = case.stage.skeleton(Pose() if case.marches else case.dose.out).strap
        assert bool(strap) == ("towel" in case.exercise.supports), str(case)
