"""Mistakes that no joint angle shows, on the figure."""

import pytest

from coach.body.kinematics import Point
from coach.body.mistakes import mistaken
from coach.body.skeleton import Skeleton
from coach.domain.library import Back, Wrong
from coach.domain.pose import Pose
from figure_cases import CASES

BY_NAME = {str(case): case for case in CASES}


def drawn(name: str, wrong: Wrong, share: float) -> tuple[Skeleton, Skeleton]:
    """The figure right and wrong, 0 at the start and 1 at the far end of the movement."""
    case = BY_NAME[name]
    pose = case.poses(2)[1 + round(share * 2)]
    return case.stage.skeleton(pose), mistaken(case.stage, case.dose, wrong).skeleton(pose)


def back(home_cm: float, out_cm: float) -> Wrong:
    return Wrong(Pose(), Pose(), back=Back(home_cm, out_cm))


@pytest.mark.parametrize(
    ("name", "toward_back"),
    [("DB1 C", Point(0, -1)), ("BD1 C", Point(0, 1)), ("S6 A", Point(-1, 0))],
)
def test_a_back_rounds_away_from_the_belly_and_hollows_towards_it(
    name: str, toward_back: Point
) -> None:
    for cm in (4, -4):
        right, wrong = drawn(name, back(cm, cm), 1.0)
        moved = Point(wrong.spine[2].x - right.spine[2].x, wrong.spine[2].y - right.spine[2].y)
        assert (moved.x * toward_back.x + moved.y * toward_back.y) * cm > 0


def test_the_back_strays_as_far_as_it_says_and_its_ends_stay() -> None:
    right, wrong = drawn("DB1 C", back(5, 5), 0.0)
    strays = [a.distance(b) for a, b in zip(right.spine, wrong.spine, strict=True)]
    assert (strays[0], strays[-1]) == pytest.approx((0, 0), abs=1e-9)
    assert 0.04 < max(strays) < 0.051


def test_a_back_strays_more_and_more_on_the_way() -> None:
    strays = []
    for share in (0.0, 0.5, 1.0):
        right, wrong = drawn("DB1 C", back(0, -4), share)
        strays.append(right.spine[2].distance(wrong.spine[2]))
    assert strays[0] == 0
    assert strays[1] == pytest.approx(strays[2] / 2)
    assert strays[2] > 0.03


def test_a_hand_that_lets_go_hangs_beside_the_other() -> None:
    right, wrong = drawn("S9 A", Wrong(Pose(), Pose(), hand_off=True), 1.0)
    assert right.far_arm.wrist.x > right.near_arm.wrist.x + 0.1
    assert wrong.far_arm.wrist.distance(wrong.near_arm.wrist) < 0.05
    assert wrong.near_arm == right.near_arm
