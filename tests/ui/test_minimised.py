"""A minimised window goes on with what was begun, and is afterwards what it was before."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from coach.engine.control import Move
from coach.ui.desktop import Desktop
from coach.ui.pages.demonstrate import DemonstratePage
from coach.ui.pages.hear_and_see import HearAndSeePage
from coach.ui.pages.library import LibraryPage
from coach.ui.pages.settings import SettingsPage
from coach_fake import FakeCoach
from window_driver import Driver, play_to


def minimise(driver: Driver) -> None:
    driver.window.showMinimized()
    QApplication.processEvents()


def come_back(driver: Driver) -> None:
    driver.window.reminding.show_window()
    QApplication.processEvents()


def demonstration(driver: Driver) -> DemonstratePage:
    driver.window.open_library()
    driver.page.open_exercise("S3")
    driver.page.detail.demonstrate.click()
    page = driver.page
    assert isinstance(page, DemonstratePage)
    return page


def test_the_floor_check_goes_on(driver: Driver, coach: FakeCoach) -> None:
    """Whoever minimises it to turn up the system's volume hears on, and can answer afterwards."""
    driver.window.open_check()
    page = driver.page
    assert isinstance(page, HearAndSeePage)
    minimise(driver)
    said = len(coach.voice.heard)
    coach.clock.pass_ms(8_000)
    assert page._timer.isActive()
    page._timer.timeout.emit()
    assert len(coach.voice.heard) > said
    come_back(driver)
    assert driver.page is page
    assert page._timer.isActive()
    driver.press("y")
    assert page.question.text() == coach.phrases.say("ui.check.see")


def test_what_is_tried_out_in_the_settings_goes_on(driver: Driver, coach: FakeCoach) -> None:
    """Ticks are handed over, and a voice that starts meanwhile is listed."""
    driver.window.open_settings()
    page = driver.page
    assert isinstance(page, SettingsPage)
    page.offset.begin_button.click()
    minimise(driver)
    assert page._timer.isActive()
    come_back(driver)
    assert page._timer.isActive()
    assert page.offset.runs


def test_the_library_stands_while_it_is_not_seen_and_moves_again(driver: Driver) -> None:
    driver.window.open_library()
    page = driver.page
    assert isinstance(page, LibraryPage)
    minimise(driver)
    assert not page.detail._timer.isActive()
    come_back(driver)
    assert page.detail._timer.isActive()


def test_a_demonstration_stands_while_it_is_not_seen_and_moves_again(driver: Driver) -> None:
    """A leg bent by hand stays bent."""
    page = demonstration(driver)
    minimise(driver)
    assert not page._timer.isActive()
    come_back(driver)
    assert page._timer.isActive()
    driver.press(Qt.Key.Key_Space)
    joint = page.show_area.joints[0]
    page.show_area.choose(joint)
    page.show_area.turn(joint, 10.0)
    bent = page.show_area.bent
    assert bent is not None
    minimise(driver)
    come_back(driver)
    assert page.show_area.bent == bent


def test_a_second_screen_shows_on(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The controls are minimised, not the show."""
    screen = QGuiApplication.primaryScreen()
    monkeypatch.setattr("coach.ui.pages.demonstrate.other_screen", lambda _here: screen)
    page = demonstration(driver)
    page.second.click()
    minimise(driver)
    assert page._second is not None
    assert page._timer.isActive()
    come_back(driver)
    assert page._second is not None
    page._take_back()


@pytest.mark.parametrize("show", ["showMaximized", "showFullScreen"])
def test_a_large_window_comes_back_as_large(driver: Driver, show: str) -> None:
    """From the tray, from a reminder, or when the program is started once more."""
    getattr(driver.window, show)()
    large = driver.window.windowState()
    minimise(driver)
    come_back(driver)
    assert driver.window.windowState() == large


@pytest.mark.parametrize("maximised", [False, True])
def test_a_full_screen_ends_in_the_window_that_was_there(driver: Driver, maximised: bool) -> None:
    """In a session by F and F again, in a demonstration too."""
    if maximised:
        driver.window.showMaximized()
    before = driver.window.windowState()
    demonstration(driver)
    driver.press("f")
    assert driver.window.isFullScreen()
    driver.press("f")
    assert driver.window.windowState() == before
    driver.press(Qt.Key.Key_Escape)
    driver.window.open_today()
    play_to(driver, Move)
    driver.press("f")
    assert driver.window.isFullScreen()
    driver.press("f")
    assert driver.window.windowState() == before


class ATray:
    """An icon that is there."""

    shown = True

    def show(self) -> None:
        """It is."""

    def hide(self) -> None:
        """It stays."""

    def tell(self, _title: str, _text: str) -> bool:
        return True


def test_a_full_screen_demonstration_closes_to_the_tray(
    make_driver: Callable[..., Driver], coach: FakeCoach
) -> None:
    """And stays there; afterwards the window is no full screen."""
    coach.change_setting("stay_in_tray", True)
    driver = make_driver(coach, desktop=Desktop(lambda _say, _actions: ATray()))
    demonstration(driver)
    driver.press("f")
    driver.window.close()
    QApplication.processEvents()
    assert not driver.window.isVisible()
    come_back(driver)
    assert driver.window.isVisible()
    assert not driver.window.isFullScreen()
    assert driver.window.page_name == "today"
    assert not driver.window._header.isHidden()
