"""The history in the window: by keys, in words, as tables, and corrected."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from coach.app.history.history import Per, Period
from coach.domain.record import Moment, Selection
from coach.ui.charts.view import ChartTable
from coach.ui.keys import Asked, Command
from coach.ui.main_window import MainWindow
from coach.ui.pages.history import HistoryPage, Tab
from coach.ui.pages.played_session import PlayedSessionPage
from coach.ui.theme import Choice, Wardrobe
from coach.ui.wake_lock import WakeLock
from fake_clock import FakeClock
from long_record import write_long_record
from opened_program import OpenedProgram
from window_driver import FakeKeeper

SESSIONS = 60


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recorded") / "home"
    with OpenedProgram(folder, FakeClock()) as opened:
        write_long_record(opened.store, opened.profile, SESSIONS)
        opened.app.change_setting("welcomed", True)
    return folder


@pytest.fixture
def program(recorded: Path, tmp_path: Path) -> Iterator[OpenedProgram]:
    home = tmp_path / "home"
    shutil.copytree(recorded, home)
    with OpenedProgram(home, FakeClock()) as opened:
        yield opened


def window_of(qtbot: QtBot, program: OpenedProgram, scale: float = 1.0) -> MainWindow:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    wardrobe = Wardrobe(app, Choice.LIGHT, scale)
    made = MainWindow(program.app, wardrobe, WakeLock((FakeKeeper(),)))
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def window(qtbot: QtBot, program: OpenedProgram) -> Iterator[MainWindow]:
    made = window_of(qtbot, program)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def page(window: MainWindow) -> HistoryPage:
    window.open_history()
    QApplication.processEvents()
    assert isinstance(window.page, HistoryPage)
    return window.page


@pytest.fixture
def played(window: MainWindow, page: HistoryPage) -> PlayedSessionPage:
    page.choose_tab(Tab.SESSIONS)
    page.sessions.buttons[0].click()
    QApplication.processEvents()
    assert isinstance(window.page, PlayedSessionPage)
    return window.page


def cells(table: ChartTable) -> list[tuple[str, ...]]:
    return [
        tuple(table.item(n, m).text() for m in range(table.columnCount()))
        for n in range(table.rowCount())
    ]


def focusable(inside: QWidget) -> list[QWidget]:
    return [
        one
        for one in inside.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def words(inside: QWidget) -> list[str]:
    return [one.text() for one in inside.findChildren(QLabel) if one.isVisible()]


def test_the_header_leads_to_it(window: MainWindow) -> None:
    (link,) = [b for b in window.findChildren(QPushButton) if b.text() == "History"]
    link.click()
    assert window.page_name == "history"
    assert link.isChecked()


@pytest.mark.parametrize("tab", [tab for tab in Tab if tab is not Tab.SESSIONS])
def test_the_table_has_the_numbers_of_the_chart(page: HistoryPage, tab: Tab) -> None:
    for period in (Period.WEEKS_12, Period.YEAR):
        page.choose_period(period)
        page.choose_tab(tab)
        page.card.as_table.setChecked(True)
        chart = page.card.view.chart
        assert chart is not None
        assert cells(page.card.table) == list(chart.table.rows)
        assert page.card.table.rowCount() > 0
        assert page.card.table.isVisible()
        assert not page.card.view.isVisible()


def test_a_chart_says_in_words_what_there_is_to_see(page: HistoryPage) -> None:
    chart = page.card.view.chart
    assert chart is not None
    spoken = QAccessible.queryAccessibleInterface(page.card.view)
    assert spoken.text(QAccessible.Text.Name) == chart.words.title
    assert chart.words.summary in spoken.text(QAccessible.Text.Description)
    assert page.card.told.text() == chart.words.summary


def test_left_and_right_read_one_row_after_another(page: HistoryPage) -> None:
    view = page.card.view
    view.setFocus()
    chart = view.chart
    assert chart is not None
    rows = chart.table.rows
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.cursor_row == 0
    assert page.card.told.text().startswith(rows[0][0])
    assert f"Tingling {rows[0][1]}" in page.card.told.text()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.cursor_row == 1
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.cursor_row == len(rows) - 1
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_PageDown)  # moves the page and not the chart
    assert page.card.told.text().startswith(rows[-2][0])


@pytest.mark.parametrize("tab", list(Tab))
def test_everything_that_takes_the_focus_has_a_name_and_is_reached_by_tab(
    window: MainWindow, page: HistoryPage, tab: Tab
) -> None:
    page.choose_tab(tab)
    QApplication.processEvents()
    wanted = focusable(page)
    unnamed = [
        one
        for one in wanted
        if not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
    ]
    assert unnamed == []
    reached: set[QWidget] = set()
    for _ in range(len(wanted) + 20):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is not None:
            reached.add(focused)
    assert set(wanted) <= reached


def test_chips_choose_what_the_trend_is_about(page: HistoryPage) -> None:
    page.pers[Per.MORNING].click()
    assert page.card.title.text() == "Tingling and pain the next morning"
    assert [per for per, chip in page.pers.items() if chip.isChecked()] == [Per.MORNING]
    page.tabs[Tab.PLACES].click()
    assert not page.pers[Per.MORNING].isVisible()


def test_own_dates_are_checked(page: HistoryPage) -> None:
    page.periods[None].click()
    assert page.since.text() == "2025-08-29"
    page.until.setText("2025-08-01")
    page.until.editingFinished.emit()
    assert page.trouble.isVisible()
    assert "like 2025-11-20" in page.trouble.text()
    page.since.setText("2025-07-01")
    page.since.editingFinished.emit()
    assert not page.trouble.isVisible()
    assert page.shown is not None
    assert page.shown.since.isoformat() == "2025-07-01"


def test_a_leg_and_an_exercise_can_be_chosen(page: HistoryPage, program: OpenedProgram) -> None:
    page.leg.setCurrentIndex(2)
    page.leg.activated.emit(2)
    page.exercise.setCurrentIndex(page.exercise.findData("H1"))
    page.exercise.activated.emit(1)
    shown = page.shown
    assert shown is not None
    assert (shown.side, shown.exercise) == ("right", "H1")
    page.choose_tab(Tab.SESSIONS)
    wanted = Selection(program.profile, shown.since, shown.until, shown.side, "H1")
    assert len(page.sessions.buttons) == program.store.record.count(wanted)


def test_older_sessions_come_when_asked_for(page: HistoryPage) -> None:
    page.choose_period(Period.YEAR)
    page.choose_tab(Tab.SESSIONS)
    first = len(page.sessions.buttons)
    page.sessions.more.click()
    assert len(page.sessions.buttons) == SESSIONS > first
    assert not page.sessions.more.isVisible()


def test_a_session_is_opened_by_keys_and_esc_leads_back(
    window: MainWindow, page: HistoryPage
) -> None:
    page.choose_tab(Tab.SESSIONS)
    row = page.sessions.buttons[1]
    assert row.accessibleName().startswith("Open the session of")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert window.page_name == "played"
    assert isinstance(window.page, PlayedSessionPage)
    assert window.page.title in row.accessibleName()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.page_name == "history"
    assert page.tab is Tab.SESSIONS


def test_a_point_is_read_where_it_is_clicked(page: HistoryPage) -> None:
    view = page.card.view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() - 80, 100))
    chart = view.chart
    assert chart is not None
    assert view.cursor_row == len(chart.table.rows) - 1
    assert page.card.told.text().startswith(chart.table.rows[-1][0])


def test_the_record_can_be_taken_away_from_here(window: MainWindow, page: HistoryPage) -> None:
    page.export_button.click()
    assert window.page_name == "export"


def test_a_correction_shows_in_the_trend_on_the_way_back(
    window: MainWindow, played: PlayedSessionPage
) -> None:
    assert played.view is not None
    played.open_form()
    place = next(n for n, one in enumerate(played.view.answers) if one.moment is Moment.SET)
    played.form.which.setCurrentIndex(place)
    played.form.choose(10)
    played.form.reason.setText("It was ten")
    played.form.keep()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    page = window.page
    assert isinstance(page, HistoryPage)
    assert "up to 10 (first" in page.sessions.buttons[0].accessibleName()
    page.choose_tab(Tab.TREND)
    chart = page.card.view.chart
    assert chart is not None
    assert chart.table.rows[-1][1].startswith("10 (first")


def test_a_choice_without_a_session_is_said_and_not_drawn(page: HistoryPage) -> None:
    page.choose_period(None)
    page.since.setText("2001-01-01")
    page.until.setText("2001-02-01")
    page.until.editingFinished.emit()
    assert page.card.nothing.isVisible()
    assert not page.card.view.isVisible()
    assert not page.card.as_table.isEnabled()
    page.choose_period(Period.YEAR)
    assert page.card.view.isVisible()


def test_nothing_recorded_is_said_plainly(qtbot: QtBot, tmp_path: Path) -> None:
    with OpenedProgram(tmp_path, FakeClock()) as program:
        program.app.change_setting("welcomed", True)
        window = window_of(qtbot, program)
        window.open_history()
        told = words(window.page)
        assert any(text.startswith("Nothing has been recorded yet.") for text in told)
        assert isinstance(window.page, HistoryPage)
        assert not window.page.export_button.isVisible()
        window.close()
        window.deleteLater()


@pytest.mark.parametrize(
    ("damage", "tab"),
    [
        ('UPDATE set_row SET "where" = \'["elbow"]\'', Tab.PLACES),
        ("UPDATE session SET outcome = 'splendid'", Tab.DAYS),
        ("UPDATE past SET data = replace(data, 'left', 'west')", Tab.LEVELS),
        ("UPDATE session SET closed_wall = 'late'", Tab.SESSIONS),
        ("UPDATE set_row SET \"where\" = '['", Tab.PLACES),
        ("UPDATE past SET data = '{'", Tab.LEVELS),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_falls_over(
    window: MainWindow, page: HistoryPage, program: OpenedProgram, damage: str, tab: Tab
) -> None:
    with program._database.transaction() as connection:
        connection.execute(damage)
    page.choose_tab(tab)
    assert page.trouble.isVisible()
    assert str(program.home.database) in page.trouble.text()
    assert not page.card.isVisible()
    (session, *_) = program.store.history.sets(Selection(program.profile))
    window.open_played(session.session)
    assert window.page_name == "played"


# A session's own page


def test_it_says_that_the_record_holds(played: PlayedSessionPage) -> None:
    assert played.seal.text().startswith("The log of this session is as it was written")
    assert played.banner.property("tone") == "good"


def test_it_says_plainly_when_the_record_does_not_hold(
    window: MainWindow, page: HistoryPage, program: OpenedProgram
) -> None:
    (session, *_) = program.store.record.sessions(Selection(program.profile))
    with program._database.transaction() as connection:
        connection.execute(
            "UPDATE event SET ms = ms + 1 WHERE session = ? AND seq = 3", [session.id]
        )
    window.open_played(session.id)
    shown = window.page
    assert isinstance(shown, PlayedSessionPage)
    assert "does not hold" in shown.seal.text()
    assert "line 4" in shown.seal.text()
    assert shown.banner.property("tone") == "danger"
    window.open_played(program.store.history.lines(Selection(program.profile), limit=1)[0].id)
    assert shown.banner.property("tone") == "good"


def test_a_number_changed_beside_the_log_is_not_shown_as_if_it_were_right(
    window: MainWindow, page: HistoryPage, program: OpenedProgram
) -> None:
    """By another program, past everything that keeps the seals up to date."""
    (row, *_) = program.store.history.lines(Selection(program.profile), limit=1)
    window.open_played(row.id)
    with closing(sqlite3.connect(program.home.database)) as other, other:
        other.execute("UPDATE set_row SET tingling = 10 - tingling WHERE session = ?", [row.id])
    window.open_played(row.id)
    QApplication.processEvents()
    shown = window.page
    assert isinstance(shown, PlayedSessionPage)
    assert shown.title.startswith("This session cannot be read")
    assert not shown.banner.isVisible()
    assert not shown.correct_button.isVisible()
    assert not any(text.startswith("Set 1") for text in words(shown))


def test_an_answer_is_corrected_by_keys(
    window: MainWindow, played: PlayedSessionPage, program: OpenedProgram
) -> None:
    assert played.view is not None
    place, answer = next(
        (n, one) for n, one in enumerate(played.view.answers) if one.moment is Moment.SET
    )
    played.correct_button.setFocus()
    QTest.keyClick(played.correct_button, Qt.Key.Key_Return)
    form = played.form
    assert form.isVisible()
    assert form.which.hasFocus()
    assert form.which.currentIndex() == -1
    for _ in range(place + 1):
        QTest.keyClick(form.which, Qt.Key.Key_Down)
    form.values[9].setFocus()
    QTest.keyClick(form.values[9], Qt.Key.Key_Return)
    form.reason.setFocus()
    QTest.keyClicks(form.reason, "wrong number, sorry")
    form.keep_button.setFocus()
    QTest.keyClick(form.keep_button, Qt.Key.Key_Return)
    session = program.store.record.session(played.view.id)
    assert session is not None
    (made,) = session.corrections
    assert (made.moment, made.n, made.asked, made.value) == (Moment.SET, answer.n, answer.asked, 9)
    assert made.reason == "wrong number, sorry"
    QApplication.processEvents()
    assert not form.isVisible()
    assert played.correct_button.hasFocus()
    assert played.kept.text() == "The correction is kept."
    assert any("now 9" in text for text in words(played))
    assert any("Tingling 9 (first" in text for text in words(played))


def test_the_form_of_a_correction_is_brought_into_view_and_esc_closes_it(
    window: MainWindow, played: PlayedSessionPage
) -> None:
    played.correct_button.setFocus()
    played.correct_button.click()
    QApplication.processEvents()
    (area,) = played.findChildren(QScrollArea)
    top = played.form.mapTo(area.viewport(), QPoint()).y()
    assert top >= 0 and top + played.form.height() <= area.viewport().height()
    window.ask(Asked(Command.LEAVE))
    assert not played.form.isVisible() and window.page_name == "played"
    assert played.correct_button.hasFocus()
    window.ask(Asked(Command.LEAVE))
    assert window.page_name == "history"


def test_the_form_says_that_ratings_are_what_can_be_corrected(played: PlayedSessionPage) -> None:
    played.open_form()
    told = [one.text() for one in played.form.findChildren(QLabel)]
    assert any(text.startswith("Ratings can be corrected: tingling and pain") for text in told)


def test_a_correction_has_nothing_preset_and_asks_for_all_of_it(
    played: PlayedSessionPage, program: OpenedProgram
) -> None:
    played.open_form()
    form = played.form
    assert not any(chip.isChecked() for chip in form.values.values())
    form.keep()
    assert form.trouble.text() == "Choose an answer, its new value, and say why."
    form.which.setCurrentIndex(0)
    form.reason.setText("because")
    form.keep()
    assert form.trouble.isVisible()
    assert played.view is not None
    form.choose(played.view.answers[0].value)
    assert not form.trouble.isVisible()
    form.keep()
    assert form.trouble.text() == "That is what it says already."
    form.choose(None)
    assert form.values[None].isChecked()
    form.keep()
    session = program.store.record.session(played.view.id)
    assert session is not None
    assert [one.value for one in session.corrections] == [None]


def test_leaving_the_form_keeps_nothing(played: PlayedSessionPage, program: OpenedProgram) -> None:
    played.open_form()
    played.form.choose(3)
    played.form.cancel_button.click()
    assert not played.form.isVisible()
    assert played.correct_button.isVisible()
    assert played.view is not None
    session = program.store.record.session(played.view.id)
    assert session is not None
    assert session.corrections == ()
    played.open_form()
    assert not any(chip.isChecked() for chip in played.form.values.values())


def test_the_history_fits_twice_the_text_size(qtbot: QtBot, program: OpenedProgram) -> None:
    window = window_of(qtbot, program, 2.0)
    window.open_history()
    QApplication.processEvents()
    page = window.page
    assert isinstance(page, HistoryPage)
    for tab in Tab:
        page.choose_tab(tab)
        QApplication.processEvents()
        assert window.width() == 1280
        wide = [one for one in focusable(page) if one.mapTo(page, one.rect().topRight()).x() > 1280]
        assert wide == []
    window.close()
    window.deleteLater()
