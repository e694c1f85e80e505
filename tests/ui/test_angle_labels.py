"""Degrees beside joints never lie on each other nor outside."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF
from pytestqt.qtbot import QtBot

from coach.body.staging import stage_for
from coach.domain.pose import Joint
from coach.domain.side import Side
from coach.ui.figure.angle_labels import Anchor, placed
from coach.ui.figure.shown_figure import ShownFigure
from coach.ui.tokens import THEMES, ThemeName
from figure_cases import CASES, cases

ROOM = QRectF(0, 0, 800, 500)
SIZE = QSizeF(50, 22)
_place = st.tuples(st.floats(0, 800), st.floats(0, 500))
_way = st.tuples(st.floats(-1, 1), st.floats(-1, 1))


def boxes_meet(boxes: list[QRectF]) -> bool:
    return any(one.intersects(other) for one, other in combinations(boxes, 2))


def test_a_label_lies_where_there_is_room_beside_its_joint() -> None:
    (box,) = placed([Anchor(QPointF(100, 100), QPointF(3, 0), SIZE)], ROOM)
    assert box == QRectF(100, 89, 50, 22)
    (box,) = placed([Anchor(QPointF(100, 100), QPointF(0, -2), SIZE)], ROOM)
    assert box.bottom() == 100


@given(st.lists(st.tuples(_place, _way), min_size=1, max_size=5))
def test_labels_never_meet_and_stay_inside(
    joints: list[tuple[tuple[float, float], tuple[float, float]]],
) -> None:
    anchors = [Anchor(QPointF(*at), QPointF(*away), SIZE) for at, away in joints]
    boxes = placed(anchors, ROOM)
    assert not boxes_meet(boxes)
    assert all(ROOM.contains(box) for box in boxes)


def test_a_label_gives_way_to_what_is_kept_free() -> None:
    (box,) = placed([Anchor(QPointF(100, 100), QPointF(3, 0), SIZE)], ROOM, QRectF(120, 95, 90, 30))
    assert box == QRectF(100, 125, 50, 22)


def test_the_shoe_of_the_standing_foot_is_not_written_over(qtbot: QtBot) -> None:
    figure = ShownFigure()
    qtbot.addWidget(figure)
    figure.resize(880, 440)
    figure.show_degrees(tuple((joint, "-120°") for joint in Joint))
    for case in (one for one in CASES if one.exercise.id in ("S6", "S7", "S8")):
        theme = THEMES[ThemeName.LIGHT]
        figure.show_exercise(case.exercise, case.dose, Side.LEFT, theme)
        for pose in case.poses(4):
            figure.show_pose(pose)
            assert figure.skeleton is not None
            foot = figure.skeleton.far_leg
            sole = QRectF(figure.at(foot.heel), figure.at(foot.toes)).normalized()
            shoe = sole.adjusted(4, -4, -4, 4)
            assert not any(box.intersects(shoe) for box in figure.label_boxes()), f"{case} {pose}"


def test_the_degrees_of_every_exercise_are_tidy_at_both_ends(qtbot: QtBot) -> None:
    """Never on each other, and not on the joint they belong to."""
    figure = ShownFigure()
    qtbot.addWidget(figure)
    figure.resize(880, 440)
    figure.show_degrees(tuple((joint, "-120°") for joint in Joint))
    for case in cases("repetition"):
        stage = stage_for(case.exercise, case.dose)
        theme = THEMES[ThemeName.LIGHT]
        figure.show_exercise(case.exercise, case.dose, Side.LEFT, theme, stage=stage)
        for pose in case.poses(2):
            figure.show_pose(pose)
            boxes = figure.label_boxes()
            assert not boxes_meet(boxes), str(case)
