"""H19: whose record is looked at is seen, chosen and named; nobody's is mixed with another's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.store.records import LockRow, Profile
from coach.ui.main_window import MainWindow
from coach.ui.pages.history import HistoryPage, Tab
from coach.ui.pages.played_session import PlayedSessionPage
from coach.ui.theme import Choice, Wardrobe
from coach.ui.wake_lock import WakeLock
from fake_clock import FakeClock
from long_record import write_long_record
from opened_program import OpenedProgram

MINE, THEIRS = 3, 7
STOP = LockRow("l1", "other", None, "urgent", "U1", "2025-11-01T10:00:00.000+01:00")


@pytest.fixture
def program(tmp_path: Path) -> Iterator[OpenedProgram]:
    with OpenedProgram(tmp_path / "home", FakeClock()) as opened:
        write_long_record(opened.store, opened.profile, MINE)
        opened.app.change_setting("welcomed", True)
        yield opened


@pytest.fixture
def window(program: OpenedProgram, qtbot: QtBot) -> Iterator[MainWindow]:
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


@pytest.fixture
def other(program: OpenedProgram) -> str:
    program.store.add_profile(Profile("other", "p-0123abcd", "p-0123abcd"))
    write_long_record(program.store, "other", THEIRS, pseudonym="p-0123abcd")
    program.store.set_locks([STOP])
    return "other"


def opened(window: MainWindow) -> HistoryPage:
    window.open_history()
    page = window.page
    assert isinstance(page, HistoryPage)
    page.choose_tab(Tab.SESSIONS)
    return page


def look_at_the_other(page: HistoryPage) -> None:
    page.person.people.setFocus()
    QTest.keyClick(page.person.people, Qt.Key.Key_Down)


def test_alone_nobody_is_asked_whose(window: MainWindow) -> None:
    assert not opened(window).person.isVisible()


@pytest.mark.hazard("H19")
def test_a_record_is_shown_alone_with_whose_it_is(window: MainWindow, other: str) -> None:
    """On the list, on a session's own page, and with the stop that stands for them."""
    page = opened(window)
    assert (page.person.people.currentText(), len(page.sessions.buttons)) == ("You", MINE)
    assert not page.person.stopped.isVisible()
    look_at_the_other(page)
    assert (page.person.people.currentText(), len(page.sessions.buttons)) == ("p-0123abcd", THEIRS)
    assert page.person.stopped.isVisible()
    page.sessions.buttons[0].click()
    played = window.page
    assert isinstance(played, PlayedSessionPage)
    assert played.whose.text() == "Session of p-0123abcd"
    played.back_button.click()
    page.person.people.setFocus()
    QTest.keyClick(page.person.people, Qt.Key.Key_Up)
    assert len(page.sessions.buttons) == MINE
    page.sessions.buttons[0].click()
    assert not played.whose.isVisible()


@pytest.mark.hazard("H19")
def test_todays_session_stays_the_windows_own(
    program: OpenedProgram, window: MainWindow, other: str
) -> None:
    look_at_the_other(opened(window))
    program.app.begin()
    assert program.app.today().lock is None
    owners = program.on_disk("SELECT profile FROM session WHERE closed_wall IS NULL")
    assert owners == [(program.profile,)]


def test_a_name_is_written_by_keys(program: OpenedProgram, window: MainWindow, other: str) -> None:
    """Esc leaves it as it was, and only then the page."""
    page = opened(window)
    assert not page.person.rename_button.isVisible()
    look_at_the_other(page)
    page.person.rename_button.setFocus()
    QTest.keyClick(page.person.rename_button, Qt.Key.Key_Return)
    assert page.person.name.hasFocus()
    QTest.keyClick(page.person.name, Qt.Key.Key_Escape)
    assert (window.page, page.person.naming.isVisible()) == (page, False)
    assert page.person.rename_button.hasFocus()
    QTest.keyClick(page.person.rename_button, Qt.Key.Key_Return)
    QTest.keyClicks(page.person.name, "Anna W. Berg")
    QTest.keyClick(page.person.name, Qt.Key.Key_Return)
    assert page.person.people.currentText() == "Anna W. Berg"
    assert {one.name for one in program.store.profiles()} == {"me", "Anna W. Berg"}


def test_a_name_that_cannot_be_is_told_beside_the_field(window: MainWindow, other: str) -> None:
    page = opened(window)
    look_at_the_other(page)
    page.person.open_name()
    page.person.name.clear()
    QTest.keyClick(page.person.name, Qt.Key.Key_Return)
    assert page.person.trouble.isVisible()
    assert page.person.trouble.text() == "A name has 1 to 44 characters."
    assert page.person.naming.isVisible()
