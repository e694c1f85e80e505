"""Where the nerve runs in the figure, and what the figure's pose is to the nerve model."""

import numpy as np
import pytest

from coach.body import nerve
from coach.body.kinematics import Point
from coach.body.nerve_pose import nerve_pose, shows_nerve
from coach.body.nerve_route import SAMPLES, STATIONS, place, route
from coach.domain.exercise import Kind
from coach.domain.pose import Pose
from figure_cases import CASES, Case

SHOWN = [case for case in CASES if shows_nerve(case.exercise)]
BY_NAME = {str(case): case for case in CASES}


def nearest(points: np.ndarray, point: Point) -> float:
    return float(np.hypot(*(points - np.array(point)).T).min())


@pytest.mark.parametrize("case", SHOWN, ids=str)
def test_the_route_follows_the_bones_and_never_jumps(case: Case) -> None:
    """Behind hip, knee and ankle by a few centimetres, in every pose."""
    for pose in case.poses(4):
        body = case.stage.skeleton(pose)
        points = route(body)
        assert points.shape == (SAMPLES, 2)
        steps = np.hypot(*np.diff(points, axis=0).T)
        assert steps.max() < 0.05
        leg = body.near_leg
        for joint, low, high in ((leg.hip, 0.03, 0.055), (leg.knee, 0.02, 0.06)):
            assert low < nearest(points, joint) < high
        assert nearest(points, leg.ankle) < 0.03


def test_it_begins_at_the_neck_and_ends_in_the_sole() -> None:
    body = BY_NAME["S3 C"].stage.skeleton(BY_NAME["S3 C"].dose.out)
    points = route(body)
    assert nearest(points[:1], body.neck[1]) < 0.02
    assert nearest(points[-1:], body.near_leg.on_foot(0.06, -0.04)) < 0.06


def test_a_place_on_it_is_found_by_its_millimetres() -> None:
    body = BY_NAME["S6 A"].stage.skeleton(BY_NAME["S6 A"].dose.home)
    points = route(body)
    assert place(points, -5) == pytest.approx(tuple(points[0]))
    assert place(points, nerve.LENGTH + 5) == pytest.approx(tuple(points[-1]))
    middle = body.near_leg.hip.toward(body.near_leg.knee, 0.5)
    assert place(points, nerve.SLIDE_AT["midthigh"]).distance(middle) == pytest.approx(
        0.025, abs=0.008
    )


def test_stations_lie_in_order_along_the_strand() -> None:
    assert list(STATIONS) == sorted(set(STATIONS))
    assert (STATIONS[0], STATIONS[-1]) == (0, nerve.LENGTH)


def test_a_slump_bends_the_spine_and_a_hinge_does_not() -> None:
    """nerve-model.md 8: 15 and 25 of 40 degrees; a hinge is in the hip's angle already."""
    slumped, hinged = (BY_NAME[name].exercise for name in ("S8 C", "H2 C"))
    pose = Pose(hip=90, knee=30, trunk=40, neck=10, ankle=-5)
    assert nerve_pose(slumped, pose) == nerve.Pose(10, 15, 25, 90, 30, -5)
    assert nerve_pose(hinged, pose) == nerve.Pose(10, 0, 0, 90, 30, -5)


def test_only_core_exercises_go_without() -> None:
    without = {case.exercise.kind for case in CASES if not shows_nerve(case.exercise)}
    assert without == {Kind.CORE}
