"""Settings on a full or read-only disk: told once, and no page is a trap."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from coach.domain.side import Side
from coach.ui.main_window import MainWindow
from coach.ui.pages.today import TodayPage
from coach.ui.theme import Choice, Wardrobe
from coach.ui.wake_lock import WakeLock
from fake_clock import FakeClock
from opened_program import OpenedProgram


@pytest.fixture
def program(tmp_path: Path) -> Iterator[OpenedProgram]:
    with OpenedProgram(tmp_path / "home", FakeClock()) as opened:
        yield opened


@pytest.fixture
def window(program: OpenedProgram, qtbot: QtBot) -> Iterator[MainWindow]:
    """The settings file cannot be written: a folder stands in its place."""
    program.home.settings_file.mkdir(parents=True)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = MainWindow(program.app, Wardrobe(app, Choice.LIGHT, 1.0), WakeLock(()))
    made.resize(1280, 800)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()
    made.close()


def press(window: MainWindow, key: Qt.Key) -> None:
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or window, key)


def told(window: MainWindow, program: OpenedProgram) -> int:
    """How many labels that can be seen name the file."""
    QApplication.processEvents()
    file = str(program.home.settings_file)
    shown = [one for one in window.findChildren(QLabel) if one.isVisible()]
    return sum(file in one.text() for one in shown)


def test_welcome_and_the_check_from_the_floor_are_left(
    window: MainWindow, program: OpenedProgram
) -> None:
    """To Today, which tells it, and on into the session."""
    program.app.choose_side(Side.LEFT)
    assert window.page_name == "welcome"
    press(window, Qt.Key.Key_Return)
    assert window.page_name == "today"
    assert told(window, program) == 1
    press(window, Qt.Key.Key_Return)
    assert window.page_name == "hear_and_see"
    press(window, Qt.Key.Key_Escape)
    assert window.session is not None


def test_the_other_leg_is_chosen_all_the_same(window: MainWindow, program: OpenedProgram) -> None:
    """One leg, and never both."""
    press(window, Qt.Key.Key_Return)
    page = window.page
    assert isinstance(page, TodayPage)
    for side in (Side.LEFT, Side.RIGHT):
        page.side_buttons[side].click()
        assert [one for one, made in page.side_buttons.items() if made.isChecked()] == [side]
        assert program.app.today().side is side


def test_a_setting_holds_and_its_page_tells_that_it_is_not_kept(
    window: MainWindow, program: OpenedProgram
) -> None:
    """Once, however much is changed; Today has it as well."""
    press(window, Qt.Key.Key_Return)
    program.home.settings_file.rmdir()
    program.app.choose_side(Side.LEFT)
    program.home.settings_file.unlink()
    program.home.settings_file.mkdir()
    window.open_settings()
    assert told(window, program) == 0
    box = next(one for one in window.page.findChildren(QCheckBox) if one.isVisible())
    box.click()
    assert told(window, program) == 1
    before = program.app.settings
    box.click()
    assert program.app.settings != before
    assert told(window, program) == 1
    window.open_today()
    assert told(window, program) == 1
