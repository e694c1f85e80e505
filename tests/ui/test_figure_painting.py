"""The painted figure: that it moves, mirrors, fits and is skinned as it should."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from coach.body.kinematics import Point
from coach.body.skeleton import Skeleton
from coach.body.stage import Frame, Stage
from coach.body.staging import stage_for
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind, LevelName, Posture
from coach.domain.pose import Pose
from coach.ui.figure.look import SKINS, look_for
from coach.ui.figure.mapping import Mapping
from coach.ui.figure.painter import FigurePainter
from coach.ui.figure.ribbon import Ribbon
from coach.ui.tokens import THEMES, Theme, ThemeName

LIGHT = THEMES[ThemeName.LIGHT]
SEATED = Exercise("S6", "seated", Kind.SLIDER, Posture.SEATED, 50, (), (), supports=("chair",))
LYING = Exercise("S3", "lying", Kind.SLIDER, Posture.LYING, 40, (), (), supports=("mat",))
HOME, OUT = Pose(hip=90, knee=90, ankle=-20), Pose(hip=90, knee=25, ankle=-20)
W, H = 320, 200


def stage_and_ends(exercise: Exercise) -> tuple[Stage, tuple[Skeleton, Skeleton]]:
    dose = Dose(exercise.id, LevelName.C, HOME, OUT, sets=1, reps=8, rest_s=45)
    stage = stage_for(exercise, dose)
    return stage, (stage.skeleton(HOME), stage.skeleton(OUT))


def picture(exercise: Exercise, at: int, *, mirrored: bool = False, theme: Theme = LIGHT) -> QImage:
    stage, ends = stage_and_ends(exercise)
    figure = FigurePainter(stage, theme, W, H, ends, mirrored=mirrored)
    image = QImage(W, H, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    figure.paint_background(painter)
    figure.paint(painter, ends[at])
    painter.end()
    return image


def unlike(one: QImage, other: QImage, least: int = 24) -> list[tuple[int, int]]:
    """Pixels that differ by more than ``least`` in a channel."""
    found = []
    for y in range(H):
        for x in range(W):
            a, b = QColor(one.pixel(x, y)), QColor(other.pixel(x, y))
            gap = max(abs(a.red() - b.red()), abs(a.green() - b.green()), abs(a.blue() - b.blue()))
            if gap > least:
                found.append((x, y))
    return found


@pytest.mark.parametrize("exercise", [SEATED, LYING], ids=lambda e: e.id)
def test_the_working_leg_really_moves(qapp: QApplication, exercise: Exercise) -> None:
    """Home and out are clearly different pictures."""
    moved = unlike(picture(exercise, 0), picture(exercise, 1))
    assert len(moved) > W * H * 0.01


def test_the_unmoving_body_does_not_change(qapp: QApplication) -> None:
    """While the leg moves, head and pillow are the very same pixels."""
    stage, ends = stage_and_ends(LYING)
    moved = unlike(picture(LYING, 0), picture(LYING, 1), 0)
    mapping = Mapping.fitting(stage.frame, W, H, mirrored=False)
    chest = mapping.at(ends[0].spine[3]).x()
    assert min(x for x, _ in moved) > chest


@pytest.mark.hazard("H08")
def test_the_left_side_is_the_mirror_of_the_right(qapp: QApplication) -> None:
    """Only rounding of edges may differ."""
    right = picture(SEATED, 1)
    left = picture(SEATED, 1, mirrored=True)
    assert len(unlike(right, left)) > W * H * 0.05
    assert len(unlike(flipped(right), left, 40)) < 40


def flipped(image: QImage) -> QImage:
    turned = QImage(W, H, QImage.Format.Format_RGB32)
    painter = QPainter(turned)
    painter.translate(W, 0)
    painter.scale(-1, 1)
    painter.drawImage(0, 0, image)
    painter.end()
    return turned


@pytest.mark.parametrize("name", list(ThemeName))
def test_the_figure_stands_out_in_every_theme(qapp: QApplication, name: ThemeName) -> None:
    """The shirt differs clearly from the ground behind it."""
    theme = THEMES[name]
    stage, ends = stage_and_ends(SEATED)
    at = Mapping.fitting(stage.frame, W, H, mirrored=False).at(ends[0].spine[2]).toPoint()
    image = picture(SEATED, 0, theme=theme)
    shirt, ground = QColor(image.pixel(at)), QColor(image.pixel(4, at.y()))
    assert abs(shirt.lightness() - ground.lightness()) + abs(shirt.green() - ground.green()) > 40


@pytest.mark.parametrize(("width", "height"), [(320, 200), (200, 400), (1600, 300)])
def test_the_frame_fits_whatever_the_size(width: int, height: int) -> None:
    """Wide or tall, left or right, all of it is inside."""
    frame = Frame(-1.0, -0.1, 0.8, 1.3)
    for mirrored in (False, True):
        mapping = Mapping.fitting(frame, width, height, mirrored=mirrored)
        for x in (frame.left, frame.right):
            for y in (frame.bottom, frame.top):
                at = mapping.at((x, y))
                assert 0 <= at.x() <= width
                assert 0 <= at.y() <= height


def test_a_placed_shape_lands_where_the_skeleton_says() -> None:
    """Shapes and points share one mapping, mirrored or not."""
    for mirrored in (False, True):
        mapping = Mapping.fitting(Frame(-1, 0, 1, 1), 400, 300, mirrored=mirrored)
        place = mapping.transform(Point(0.2, 0.4), 90)
        assert place.map(0.0, 0.0) == pytest.approx(mapping.at((0.2, 0.4)).toTuple())
        assert place.map(0.1, 0.0) == pytest.approx(mapping.at((0.2, 0.5)).toTuple())


def test_a_ribbon_is_as_wide_as_its_profile() -> None:
    """Left of a limb that hangs down is its front."""
    ribbon = Ribbon(1, [(0, 0.05, 0.02), (1, 0.05, 0.02)], caps=(False, False))
    mapping = Mapping(100, 0, 0, 1)
    sections = ribbon.sections((Point(0, 1), Point(0, 0)), mapping, (0, 1))
    xs = [x for x, _ in ribbon.outline(sections, 1.0, 0.0, 1)]
    assert max(xs) == pytest.approx(5)
    assert min(xs) == pytest.approx(-2)


@pytest.mark.parametrize("skin", list(SKINS))
def test_every_skin_can_be_worn_in_every_theme(skin: str) -> None:
    """A name of the table is always enough."""
    for name in ThemeName:
        assert look_for(name, skin).skin.base == SKINS[skin][0].base
