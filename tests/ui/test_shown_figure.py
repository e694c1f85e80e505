"""The figure as it is demonstrated: what is free to move is really painted anew."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from coach.body.grabbing import grip_on
from coach.body.kinematics import Point
from coach.domain.pose import Joint, Pose
from coach.domain.side import Side
from coach.ui.figure.shown_figure import ShownFigure
from coach.ui.tokens import THEMES, ThemeName
from figure_cases import CASES

CASE = next(case for case in CASES if str(case) == "S3 B")
LIGHT = THEMES[ThemeName.LIGHT]


@pytest.fixture
def figure(qtbot: QtBot) -> ShownFigure:
    made = ShownFigure()
    qtbot.addWidget(made)
    made.resize(500, 320)
    made.show_exercise(CASE.exercise, CASE.dose, Side.RIGHT, LIGHT)
    return made


def seen(figure: ShownFigure, pose: Pose) -> QImage:
    figure.show_pose(pose)
    return figure.grab().toImage()


def test_a_head_that_the_movement_leaves_alone_moves_once_it_is_free(figure: ShownFigure) -> None:
    """What never moves in the exercise is painted once, so it has to be told."""
    home = CASE.dose.home
    nodding = home.moved(Joint.NECK, 40)
    assert seen(figure, home) == seen(figure, nodding)
    figure.set_free(grip_on(CASE.exercise, CASE.dose).reach)
    assert seen(figure, home) != seen(figure, nodding)


@pytest.mark.parametrize("side", Side)
def test_a_place_in_the_widget_and_a_point_of_the_figure_are_the_same(
    figure: ShownFigure, side: Side
) -> None:
    figure.show_exercise(CASE.exercise, CASE.dose, side, LIGHT)
    point = Point(0.3, 0.4)
    assert figure.metres(figure.at(point)) == pytest.approx(point)
    right = figure.at(point.moved(0.1, 0)) - figure.at(point)
    assert (right.x() > 0) == (side is Side.RIGHT)


def test_the_handle_lies_on_what_it_moves(figure: ShownFigure) -> None:
    figure.show_pose(CASE.dose.home)
    assert figure.skeleton is not None
    ankle: QPointF = figure.at(figure.skeleton.near_leg.ankle)
    assert figure.handle_at(Joint.KNEE) == ankle
