"""Places on the picture of the legs."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.domain.rating import Place
from coach.domain.side import Side
from coach.ui.desk import Desk
from coach.ui.session.body_picture import BodyPicture
from coach.ui.session.body_shapes import LEG_PLACES, area, layer, middle
from coach.ui.theme import Choice, Wardrobe
from coach_fake import FakeCoach

MakePicture = Callable[..., BodyPicture]


@pytest.fixture
def make_picture(qtbot: QtBot) -> Iterator[MakePicture]:
    """A shown picture, as wide as on its page."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    wardrobes = []

    def make(scale: float = 1.0, choice: Choice = Choice.LIGHT) -> BodyPicture:
        wardrobes.append(Wardrobe(app, choice, scale))
        desk = Desk(
            FakeCoach(),
            wardrobes[-1],
            lambda _given: None,
            lambda _asked: None,
            lambda _key, _reply=None: None,
            lambda _felt, _number: None,
            lambda _reply: None,
        )
        made = BodyPicture(desk)
        qtbot.addWidget(made)
        made.resize(900, made.sizeHint().height())
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        return made

    yield make
    for one in wardrobes:
        one.choose(Choice.LIGHT, 1.0)
        one.deleteLater()


def spot(picture: BodyPicture, place: Place, side: Side) -> QPoint:
    """Where a place of the figure is in the widget."""
    return picture.placed().map(middle(place, side)).toPoint()


def test_every_place_is_one_button_with_a_name_and_a_state(make_picture: MakePicture) -> None:
    """A screen reader hears the place and whether it is chosen."""
    picture = make_picture()
    assert len(picture.buttons) == len(Place)
    for place, one in zip(Place, picture.buttons, strict=True):
        assert picture.button(place) is one
        seen = QAccessible.queryAccessibleInterface(one)
        assert seen.text(QAccessible.Text.Name) == FakeCoach().phrases.say(f"place.{place}")
        assert seen.state().checkable
        assert not seen.state().checked
        one.click()
        assert seen.state().checked


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_place_is_a_target_of_44_pixels(make_picture: MakePicture, scale: float) -> None:
    """At the usual text size and at twice that; no button lies on another."""
    picture = make_picture(scale)
    boxes = [one.geometry() for one in picture.buttons]
    assert all(box.height() >= 44 and box.width() >= 44 for box in boxes)
    for n, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[n + 1 :])
        assert picture.rect().contains(box)


def test_several_places_are_chosen_by_keys_alone(make_picture: MakePicture) -> None:
    """The arrows move from place to place, Space switches one on and off."""
    picture = make_picture()
    picture.button(Place.BACK).setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down):
        QTest.keyClick(QApplication.focusWidget(), key)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert picture.on == {Place.BACK, Place.BUTTOCK, Place.THIGH}
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert picture.on == {Place.BACK, Place.THIGH}
    picture.clear()
    assert picture.on == frozenset()


@pytest.mark.parametrize("side", Side)
def test_a_click_on_the_figure_chooses_the_place_that_is_drawn_there(
    make_picture: MakePicture, side: Side
) -> None:
    """On the leg named; the other one is the other leg, whatever its part."""
    picture = make_picture()
    picture.show_side(side)
    QApplication.processEvents()
    for place in LEG_PLACES:
        picture.clear()
        QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=spot(picture, place, side))
        assert picture.on == {place}
    for place in (Place.CALF, Place.TOES):
        picture.clear()
        at = spot(picture, place, side.other)
        QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=at)
        assert picture.on == {Place.OTHER_LEG}


def test_the_buttons_stand_beside_the_leg_they_name(make_picture: MakePicture) -> None:
    """Mirrored: seen from above, the left leg of somebody face down is on the left."""
    picture = make_picture()
    for side in Side:
        picture.show_side(side)
        QApplication.processEvents()
        leg, other = (spot(picture, Place.CALF, one).x() for one in (side, side.other))
        named = picture.button(Place.CALF).geometry().center().x()
        assert (named < leg < other) if side is Side.LEFT else (named > leg > other)


def test_the_name_of_the_picture_says_which_leg(make_picture: MakePicture) -> None:
    """And that nobody has said it, when nobody has."""
    picture = make_picture()
    assert picture.accessibleName().startswith("The leg that troubles you")
    picture.show_side(Side.RIGHT)
    assert picture.accessibleName().startswith("Right leg")


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST])
def test_what_is_chosen_shows_without_colour(make_picture: MakePicture, choice: Choice) -> None:
    """A tick is drawn on the place: in shades of grey it still differs from its ground."""
    picture = make_picture(choice=choice)
    picture.button(Place.CALF).setChecked(True)
    QApplication.processEvents()
    image = picture.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    at = spot(picture, Place.CALF, Side.LEFT)
    greys = {
        QColor(image.pixel(at.x() + x, at.y() + y)).value()
        for x in range(-6, 7)
        for y in range(-6, 7)
    }
    assert max(greys) - min(greys) > 100


@pytest.mark.parametrize("side", Side)
def test_the_places_of_a_leg_follow_each_other_without_overlap(side: Side) -> None:
    """A point belongs to one place at most, and each place lies within the body."""
    body = layer(Side.LEFT).united(layer(Side.RIGHT)).boundingRect().adjusted(-1, -1, 1, 1)
    for n, place in enumerate(LEG_PLACES):
        assert area(place, side).contains(middle(place, side))
        assert body.contains(area(place, side).boundingRect())
        for other in LEG_PLACES[n + 1 :]:
            shared = area(place, side).intersected(area(other, side)).boundingRect()
            assert shared.width() * shared.height() < 40
