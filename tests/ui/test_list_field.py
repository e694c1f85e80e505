"""Lists and boxes are worked by keys on every page, whatever keys the page has itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QRadioButton
from pytestqt.qtbot import QtBot

from coach.ui.list_field import ListField
from coach.ui.main_window import MainWindow
from coach.ui.pages.demonstrate import DemonstratePage
from coach.ui.pages.hear_and_see import HearAndSeePage
from coach.ui.theme import Choice, Wardrobe
from coach.ui.wake_lock import WakeLock
from coach_fake import FakeCoach
from fake_clock import FakeClock
from long_record import write_long_record
from opened_program import OpenedProgram
from window_driver import Driver

OPENS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@pytest.fixture
def recorded(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with something to choose from in its history and its exports."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with OpenedProgram(tmp_path / "home", FakeClock()) as opened:
        write_long_record(opened.store, opened.profile, 12)
        opened.app.change_setting("welcomed", True)
        made = MainWindow(opened.app, Wardrobe(app, Choice.LIGHT, 1.0), WakeLock(()))
        made.resize(1280, 800)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        yield made
        made.close()
        made.deleteLater()


@pytest.fixture
def opened(request: pytest.FixtureRequest) -> MainWindow:
    """The page that the test is about, in a window."""
    name = request.param
    if name in RECORDED:
        window: MainWindow = request.getfixturevalue("recorded")
        getattr(window, f"open_{name}")()
    else:
        driver: Driver = request.getfixturevalue("driver")
        window = driver.window
        OPENED[name](driver)
    QApplication.processEvents()
    return window


def floor_check(driver: Driver) -> HearAndSeePage:
    """With everything that helps somebody who heard nothing."""
    driver.window.open_check()
    driver.press("n")
    page = driver.page
    assert isinstance(page, HearAndSeePage)
    return page


def demonstration(driver: Driver) -> DemonstratePage:
    """With the choices for a picture."""
    driver.window.open_library()
    driver.page.detail.demonstrate.click()
    page = driver.page
    assert isinstance(page, DemonstratePage)
    page.slide.setChecked(True)
    return page


def settings(driver: Driver) -> None:
    driver.window.open_settings()


OPENED: dict[str, Callable[[Driver], object]] = {
    "settings": settings,
    "hear_and_see": floor_check,
    "demonstrate": demonstration,
}
RECORDED = ("today", "history", "export")
PAGES = (*RECORDED, *OPENED)


def lists(window: MainWindow) -> list[ListField]:
    return [
        one
        for one in window.page.findChildren(ListField)
        if one.isVisible() and one.isEnabled() and one.count() > 1
    ]


@pytest.mark.parametrize("opened", PAGES, indirect=True)
def test_the_arrows_choose_in_every_list(opened: MainWindow) -> None:
    """Where they turn a joint or change the text size otherwise, too."""
    assert lists(opened) or opened.page_name == "today"
    for field in lists(opened):
        field.setFocus()
        here = field.currentIndex()
        last = here == field.count() - 1
        QTest.keyClick(field, Qt.Key.Key_Up if last else Qt.Key.Key_Down)
        assert field.currentIndex() == (here - 1 if last else here + 1), field.accessibleName()


@pytest.mark.parametrize("opened", PAGES, indirect=True)
@pytest.mark.parametrize("key", OPENS)
def test_space_and_enter_open_every_list(opened: MainWindow, key: Qt.Key) -> None:
    """Where they freeze a movement or press a button otherwise, too."""
    for field in lists(opened):
        field.setFocus()
        QTest.keyClick(field, key)
        assert field.view().isVisible(), field.accessibleName()
        field.hidePopup()


@pytest.mark.parametrize("opened", PAGES, indirect=True)
def test_every_list_is_of_this_kind_but_one_that_is_typed_into(opened: MainWindow) -> None:
    """Another kind would be dead where the page wants its keys."""
    others = [one for one in opened.page.findChildren(QComboBox) if type(one) is QComboBox]
    assert not others


@pytest.mark.parametrize("opened", ["export", "settings"], indirect=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_space_and_enter_change_every_box(opened: MainWindow, key: Qt.Key) -> None:
    """Round ones, of which one is on, they put on."""
    boxes: list[QAbstractButton] = [
        *opened.page.findChildren(QCheckBox),
        *opened.page.findChildren(QRadioButton),
    ]
    assert boxes
    for one in boxes:
        if one.isVisible() and one.isEnabled():
            wished = isinstance(one, QRadioButton) or not one.isChecked()
            one.setFocus()
            QTest.keyClick(one, key)
            assert one.isChecked() is wished, one.text()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_space_and_enter_change_the_box_of_the_floor_check(
    driver: Driver, coach: FakeCoach, key: Qt.Key
) -> None:
    """It can be done from the floor by keys alone."""
    page = floor_check(driver)
    driver.press("y", "n")
    page.floor.setFocus()
    driver.press(key)
    assert coach.settings.floor_view
    assert driver.window.page_name == "hear_and_see"


def test_an_output_chosen_by_the_arrows_is_kept_and_the_text_keeps_its_size(
    driver: Driver, coach: FakeCoach
) -> None:
    """Up and Down are the text size only while no list has the focus."""
    page = floor_check(driver)
    size = coach.settings.text_scale
    page.device.setFocus()
    driver.press(Qt.Key.Key_Down)
    assert coach.settings.sound_device == "ls"
    assert coach.settings.text_scale == size


@pytest.mark.parametrize("opened", ["hear_and_see", "demonstrate"], indirect=True)
def test_a_list_opened_by_mouse_leaves_the_keys_to_the_page(opened: MainWindow) -> None:
    """Whoever picks a speed goes on freezing the movement with Space."""
    assert lists(opened)
    for field in lists(opened):
        QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        field.hidePopup()
        assert not field.hasFocus()


def test_a_screen_reader_is_told_what_a_list_is_for_and_what_is_chosen(qtbot: QtBot) -> None:
    """Qt gives the line chosen for its name where labels are told as relations."""
    made = ListField()
    qtbot.addWidget(made)
    made.addItems(["First", "Second"])
    made.setAccessibleName("Plan")
    told = QAccessible.queryAccessibleInterface(made)
    words = {told.text(kind) for kind in QAccessible.Text if kind is not QAccessible.Text.UserText}
    assert {"Plan", "First"} <= words
