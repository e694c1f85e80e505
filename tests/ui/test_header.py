"""The strip at the top keeps its buttons whole and in their places."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from coach.engine.control import WarmUp
from coach.ui.frame import SMALLEST
from coach.ui.header import Header
from coach.ui.theme import Choice
from coach_fake import FakeCoach
from window_driver import Driver, play_to

PAGES = ("today", "library", "demonstrate", "settings", "stop_signs")
SIZES = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


def go(driver: Driver, name: str) -> None:
    if name == "demonstrate":
        driver.window.open_library()
        driver.page.detail.demonstrate.click()
    else:
        getattr(driver.window, f"open_{name}")()
    QApplication.processEvents()
    assert driver.window.page_name == name


def strip(driver: Driver) -> Header:
    QApplication.processEvents()
    return driver.window._header


def shown(header: Header) -> list[QPushButton]:
    return [one for one in header.findChildren(QPushButton) if one.isVisible()]


def cut_off(header: Header) -> list[str]:
    """Buttons that are not there as a whole, or lie on each other."""
    buttons = shown(header)
    places = [one.geometry() for one in buttons]
    return [
        one.text()
        for one, place in zip(buttons, places, strict=True)
        if not header.rect().contains(place)
        or place.width() < one.sizeHint().width()
        or place.height() < one.sizeHint().height()
        or sum(place.intersects(other) for other in places) > 1
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("width", [880, 1280])
def test_every_button_is_whole_at_every_size_of_the_text(
    make_driver: Callable[..., Driver], coach: FakeCoach, size: float, width: int
) -> None:
    """In the smallest window too, where they take two rows."""
    driver = make_driver(coach, scale=size)
    driver.window.setMinimumSize(SMALLEST)  # as in its frame, which no page makes wider
    driver.window.resize(width, 600)
    for name in PAGES:
        go(driver, name)
        assert cut_off(strip(driver)) == [], name
        assert driver.window.width() == width
    driver.window.open_today()
    play_to(driver, WarmUp)
    assert len(shown(strip(driver))) == 2
    assert cut_off(strip(driver)) == []
    driver.wardrobe.choose(Choice.LIGHT, 1.0)


def test_it_follows_a_text_size_chosen_while_it_is_there(driver: Driver) -> None:
    """From 100 to 200 % and back, without opening another page."""
    driver.window.open_settings()
    first = [one.geometry() for one in shown(strip(driver))]
    for size in SIZES[1:]:
        driver.wardrobe.choose(Choice.LIGHT, size)
        assert cut_off(strip(driver)) == []
    driver.wardrobe.choose(Choice.LIGHT, 1.0)
    assert [one.geometry() for one in shown(strip(driver))] == first


@pytest.mark.parametrize("width", [880, 1280])
def test_nothing_in_it_moves_from_page_to_page(driver: Driver, width: int) -> None:
    """Though keys are named now on this button, now on that."""
    driver.window.resize(width, 600)
    places: set[tuple[tuple[int, int, int, int], ...]] = set()
    named: set[str] = set()
    for name in PAGES:
        go(driver, name)
        header = strip(driver)
        places.add(tuple(QRect.getRect(one.geometry()) for one in shown(header)))
        named |= {one.text() for one in shown(header)}
    assert len(places) == 1
    assert {
        "Today",
        "Today  ·  Esc",
        "Exercises  ·  Esc",
        "Stop signs",
        "Stop signs  ·  W",
    } <= named


def test_whose_window_it_is_gives_way_to_the_buttons(driver: Driver) -> None:
    """And is there wherever there is room for it."""
    for width, there in ((1280, True), (880, False), (1280, True)):
        driver.window.resize(width, 600)
        assert strip(driver)._name.isVisible() is there
    driver.window.resize(880, 600)
    driver.press(Qt.Key.Key_Return)
    assert strip(driver)._name.isVisible(), "in a session there is room"
