"""Reminders in the window and from the tray, on a clock that the test moves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.app.daily.reminders import Facts, Snooze
from coach.app.daily.today import Ask, AskView
from coach.engine.control import CheckIn, Move
from coach.store.call_file import call
from coach.store.errors import KnownError
from coach.ui.desktop import Desktop, Say, TrayActions
from coach.ui.main_window import MainWindow
from coach.ui.theme import Choice
from coach.ui.tray import SystemTray
from coach.ui.wake_lock import WakeLock
from coach_fake import FakeCoach
from window_driver import Driver, play_to

MINUTE_MS = 60_000
#: The clock of the tests begins on a Thursday at half past six in the evening.
CHOSEN = {"remind_session": True, "remind_days": "thu", "remind_at": "18:30"}


@dataclass
class FakeTray:
    """A tray that writes down what it is asked for; `there` is whether the desktop has one."""

    say: Say
    actions: TrayActions
    there: bool = True
    shown: bool = False
    told: list[str] = field(default_factory=list)

    def show(self) -> None:
        self.shown = self.there

    def hide(self) -> None:
        self.shown = False

    def tell(self, title: str, text: str) -> bool:
        self.told.append(f"{title}: {text}")
        return self.there


class FakeDesktop:
    """Makes trays and answers whether somebody may be disturbed."""

    def __init__(self) -> None:
        self.trays: list[FakeTray] = []
        self.busy = False
        self.there = True
        self.ended = 0

    def end(self) -> None:
        self.ended += 1

    def tray(self, say: Say, actions: TrayActions) -> FakeTray:
        self.trays.append(FakeTray(say, actions, self.there))
        return self.trays[-1]

    def as_desktop(self, **more: object) -> Desktop:
        return Desktop(self.tray, lambda: self.busy, self.end, **more)  # type: ignore[arg-type]


@pytest.fixture
def outside() -> FakeDesktop:
    return FakeDesktop()


@pytest.fixture
def reminded(make_driver: Callable[..., Driver], coach: FakeCoach, outside: FakeDesktop) -> Driver:
    """A window whose session reminder is due now."""
    for name, value in CHOSEN.items():
        coach.change_setting(name, value)
    return make_driver(coach, desktop=outside.as_desktop())


def looks_elsewhere(driver: Driver) -> None:
    """Another program has the keyboard."""
    driver.window.hide()
    QApplication.processEvents()


# In the window


def test_a_reminder_comes_as_a_strip_that_takes_no_focus(reminded: Driver) -> None:
    """Whoever types goes on typing."""
    reminded.window.open_settings()
    before = QApplication.focusWidget()
    reminded.window.reminding.pass_time()
    bar = reminded.window.reminding.bar
    assert bar.isVisible()
    assert bar.words.text() == "It is the time you chose for a session."
    assert QApplication.focusWidget() is before


def test_it_leads_to_today_and_is_gone(reminded: Driver) -> None:
    """Reached by keys alone."""
    reminded.window.open_settings()
    reminded.window.reminding.pass_time()
    bar = reminded.window.reminding.bar
    bar.open_button.setFocus()
    reminded.press(Qt.Key.Key_Return)
    assert reminded.window.page_name == "today"
    assert not bar.isVisible()
    assert reminded.coach.sessions == []


def test_on_todays_page_it_offers_no_way_there(reminded: Driver) -> None:
    """The page has its own button."""
    reminded.window.reminding.pass_time()
    assert reminded.window.reminding.bar.isVisible()
    assert not reminded.window.reminding.bar.open_button.isVisible()


def test_a_snooze_brings_it_again_after_ten_minutes(reminded: Driver, coach: FakeCoach) -> None:
    """And not before."""
    reminding = reminded.window.reminding
    reminding.pass_time()
    reminding.bar.snooze_buttons[Snooze.TEN_MINUTES].setFocus()
    reminded.press(Qt.Key.Key_Return)
    assert not reminding.bar.isVisible()
    coach.clock.pass_ms(9 * MINUTE_MS)
    reminding.pass_time()
    assert not reminding.bar.isVisible()
    coach.clock.pass_ms(MINUTE_MS)
    reminding.pass_time()
    assert reminding.bar.isVisible()


def test_a_closed_reminder_does_not_come_back(reminded: Driver, coach: FakeCoach) -> None:
    """Closing it is an answer."""
    reminding = reminded.window.reminding
    reminding.pass_time()
    reminding.bar.close_button.click()
    for _ in range(5):
        coach.clock.pass_ms(10 * MINUTE_MS)
        reminding.pass_time()
        assert not reminding.bar.isVisible()


def test_going_to_another_page_puts_it_away(reminded: Driver) -> None:
    """What stood under it may have changed what is due."""
    reminded.window.reminding.pass_time()
    reminded.window.open_library()
    assert not reminded.window.reminding.bar.isVisible()


def test_the_next_day_it_is_gone_by_itself(reminded: Driver, coach: FakeCoach) -> None:
    """Nobody was there all night."""
    reminded.window.reminding.pass_time()
    coach.clock.pass_ms(8 * 60 * MINUTE_MS)
    reminded.window.reminding.pass_time()
    assert not reminded.window.reminding.bar.isVisible()


def test_at_twice_the_text_its_buttons_stand_below_its_words(
    reminded: Driver, coach: FakeCoach
) -> None:
    """Also where the size was changed since the window opened; nothing is lost at the side."""
    reminding = reminded.window.reminding
    reminding.pass_time()
    bar = reminding.bar

    def place() -> QRect:
        return QRect(bar.close_button.mapTo(bar, QPoint(0, 0)), bar.close_button.size())

    assert place().top() < bar.words.geometry().bottom()
    reminding.snooze(Snooze.TEN_MINUTES)
    reminded.wardrobe.choose(Choice.LIGHT, 2.0)
    coach.clock.pass_ms(10 * MINUTE_MS)
    reminding.pass_time()
    QApplication.processEvents()
    assert place().top() >= bar.words.geometry().bottom()
    assert bar.rect().contains(place())


@pytest.mark.parametrize("stage", [CheckIn, Move])
def test_nothing_comes_during_a_session(
    reminded: Driver, outside: FakeDesktop, stage: type
) -> None:
    """From its first question on."""
    if stage is CheckIn:
        reminded.press(Qt.Key.Key_Return)
    else:
        play_to(reminded, Move)
    reminded.window.reminding.pass_time()
    assert not reminded.window.reminding.bar.isVisible()
    assert outside.trays[0].told == []


def test_a_reminder_goes_when_a_session_begins(reminded: Driver) -> None:
    """It has done what it can."""
    reminded.window.reminding.pass_time()
    reminded.press(Qt.Key.Key_Return)
    assert isinstance(reminded.stage, CheckIn)
    assert not reminded.window.reminding.bar.isVisible()


@pytest.mark.hazard("H01")
def test_nothing_comes_while_sessions_are_locked(reminded: Driver, coach: FakeCoach) -> None:
    """As the diary says at that moment."""
    coach.reminder_facts = Facts(locked=True)
    reminded.window.reminding.pass_time()
    assert not reminded.window.reminding.bar.isVisible()


def test_somebody_who_is_busy_is_told_afterwards(reminded: Driver, outside: FakeDesktop) -> None:
    """As far as the desktop tells."""
    outside.busy = True
    reminded.window.reminding.pass_time()
    assert not reminded.window.reminding.bar.isVisible()
    outside.busy = False
    reminded.window.reminding.pass_time()
    assert reminded.window.reminding.bar.isVisible()


def test_a_disk_that_fails_brings_nothing_and_is_tried_again(
    reminded: Driver, coach: FakeCoach
) -> None:
    """Today's page has the words for it."""

    def failing() -> Facts:
        raise KnownError("the disk reported an error")

    coach.reminders._facts = failing
    reminded.window.reminding.pass_time()
    assert reminded.window.reminding.interval == MINUTE_MS


# From the tray


def test_a_session_that_is_over_holds_no_reminder_back(reminded: Driver) -> None:
    """Its last page may stay open for days; the way from the reminder leads on to today."""
    play_to(reminded, Move)
    reminded.window.reminding.pass_time()
    assert not reminded.window.reminding.bar.isVisible()
    reminded.press(Qt.Key.Key_Escape, "l")
    assert reminded.window.page_name == "summary"
    reminded.window.reminding.pass_time()
    bar = reminded.window.reminding.bar
    assert bar.isVisible()
    bar.open_button.setFocus()
    reminded.press(Qt.Key.Key_Return)
    assert reminded.window.page_name == "today"
    assert reminded.window.session is None
    assert not bar.isVisible()
    assert not reminded.window._header.leave_button.isVisible()


def test_there_is_no_icon_while_nothing_is_wanted(
    make_driver: Callable[..., Driver], coach: FakeCoach, outside: FakeDesktop
) -> None:
    """It comes with the first reminder and goes with the last."""
    driver = make_driver(coach, desktop=outside.as_desktop())
    assert outside.trays == []
    coach.change_setting("remind_morning", True)
    driver.window.reminding.settings_changed()
    assert outside.trays[0].shown
    coach.change_setting("remind_morning", False)
    driver.window.reminding.settings_changed()
    assert not outside.trays[0].shown


def test_somebody_at_another_program_is_told_by_the_tray(
    reminded: Driver, outside: FakeDesktop
) -> None:
    """Once; and by the window alone when it is in front."""
    reminded.window.reminding.pass_time()
    assert outside.trays[0].told == []
    reminded.window.reminding.snooze(Snooze.TEN_MINUTES)
    reminded.coach.clock.pass_ms(10 * MINUTE_MS)
    looks_elsewhere(reminded)
    reminded.window.reminding.pass_time()
    assert outside.trays[0].told == ["Nerve Coach: It is the time you chose for a session."]


def test_without_a_tray_the_task_bar_calls(
    make_driver: Callable[..., Driver],
    coach: FakeCoach,
    outside: FakeDesktop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To a window behind others; the words are in it."""
    outside.there = False
    for name, value in CHOSEN.items():
        coach.change_setting(name, value)
    driver = make_driver(coach, desktop=outside.as_desktop())
    called: list[object] = []
    monkeypatch.setattr(QApplication, "alert", called.append)
    driver.window.reminding.pass_time()
    assert called == []
    driver.window.reminding.snooze(Snooze.TEN_MINUTES)
    coach.clock.pass_ms(10 * MINUTE_MS)
    driver.window.setWindowState(Qt.WindowState.WindowMinimized)
    monkeypatch.setattr(driver.window, "isActiveWindow", lambda: False, raising=False)
    driver.window.reminding.pass_time()
    assert called == [driver.window]


def test_pressing_the_message_opens_today(
    reminded: Driver, outside: FakeDesktop, qtbot: QtBot
) -> None:
    """The window comes back first."""
    reminded.window.open_settings()
    looks_elsewhere(reminded)
    reminded.window.reminding.pass_time()
    with qtbot.waitActive(reminded.window):
        outside.trays[0].actions.open()
    assert reminded.window.isVisible()
    assert reminded.window.page_name == "today"


def test_closing_ends_the_program_unless_it_was_told_to_stay(
    reminded: Driver, outside: FakeDesktop
) -> None:
    """The setting is off on the first day."""
    assert not reminded.window.reminding.stays
    event = QCloseEvent()
    reminded.window.closeEvent(event)
    assert event.isAccepted()
    assert reminded.window.reminding.interval is None
    assert not outside.trays[0].shown


@pytest.fixture
def staying(reminded: Driver, coach: FakeCoach) -> Driver:
    coach.change_setting("stay_in_tray", True)
    reminded.window.reminding.settings_changed()
    return reminded


def test_a_window_that_stays_is_only_hidden(staying: Driver, outside: FakeDesktop) -> None:
    """And its reminders go on."""
    assert not staying.window.close()
    assert not staying.window.isVisible()
    staying.window.reminding.pass_time()
    assert outside.trays[0].told != []
    outside.trays[0].actions.quit()


def test_a_running_session_asks_before_the_window_goes_to_the_tray(staying: Driver) -> None:
    """The second attempt leaves it as one that was cut off; nothing runs on unseen."""
    play_to(staying, Move)
    assert not staying.window.close()
    assert staying.window.isVisible()
    assert staying.window.page_name == "leave"
    assert not staying.window.close()
    assert not staying.window.isVisible()
    assert staying.window.session is None
    staying.window.reminding.quit()


def test_quit_ends_a_window_that_stays(staying: Driver, outside: FakeDesktop) -> None:
    """From the tray, also while it is hidden."""
    staying.window.close()
    assert outside.ended == 0
    outside.trays[0].actions.quit()
    assert outside.ended == 1
    assert staying.window.reminding.interval is None
    assert not outside.trays[0].shown


def test_quit_during_a_session_asks_first(staying: Driver, outside: FakeDesktop) -> None:
    """And the window is there to be answered in."""
    play_to(staying, Move)
    outside.trays[0].actions.quit()
    assert staying.window.isVisible()
    assert staying.window.page_name == "leave"
    assert outside.ended == 0
    outside.trays[0].actions.quit()
    assert outside.ended == 1


def test_without_a_tray_closing_always_closes(
    make_driver: Callable[..., Driver], coach: FakeCoach, outside: FakeDesktop
) -> None:
    """A hidden window could not be reached again."""
    outside.there = False
    coach.change_setting("stay_in_tray", True)
    driver = make_driver(coach, desktop=outside.as_desktop())
    assert not driver.window.reminding.stays


def test_a_hidden_window_comes_back_when_the_tray_goes(
    staying: Driver, outside: FakeDesktop
) -> None:
    """Minimised: nothing else would lead to it."""
    staying.window.close()
    outside.trays[0].there = outside.trays[0].shown = False
    staying.window.reminding.pass_time()
    assert staying.window.isMinimized()
    staying.window.reminding.quit()


def test_a_window_looked_at_again_shows_the_present_day(staying: Driver, qtbot: QtBot) -> None:
    """Settings were open yesterday."""
    staying.window.open_settings()
    staying.window.close()
    assert staying.window.speech.hushed
    with qtbot.waitActive(staying.window):
        staying.window.reminding.show_window()
    assert staying.window.page_name == "today"
    assert not staying.window.speech.hushed


def test_a_reminder_told_to_a_hidden_window_is_there_when_it_opens(
    staying: Driver, outside: FakeDesktop, qtbot: QtBot
) -> None:
    """Whoever did not see the message of the desktop sees it now."""
    staying.window.close()
    staying.window.reminding.pass_time()
    assert outside.trays[0].told != []
    with qtbot.waitActive(staying.window):
        staying.window.reminding.show_window()
    assert staying.window.reminding.bar.isVisible()


def test_a_second_start_brings_the_window_to_the_front(
    make_driver: Callable[..., Driver],
    coach: FakeCoach,
    outside: FakeDesktop,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    """It writes into the file that is watched."""
    file = tmp_path / "call"
    file.write_text("")
    driver = make_driver(coach, desktop=outside.as_desktop(call_file=file))
    driver.window.hide()
    assert call(file)
    qtbot.waitUntil(driver.window.isVisible)


def test_the_real_icon_offers_what_it_should(qtbot: QtBot) -> None:
    """Where there is no tray it is not shown and tells nothing."""
    asked: list[object] = []
    actions = TrayActions(lambda: asked.append("open"), asked.append, lambda: asked.append("quit"))
    tray = SystemTray(lambda key: key.removeprefix("ui.reminders."), actions)
    opened, later, _, ended = tray.menu.actions()
    opened.trigger()
    menu = later.menu()
    for action in menu.actions():
        action.trigger()
    ended.trigger()
    assert asked == ["open", *Snooze, "quit"]
    tray.show()
    assert not tray.shown
    assert not tray.tell("title", "text")
    tray.hide()
    tray.menu.deleteLater()


def test_a_program_whose_data_were_deleted_does_not_stay(staying: Driver) -> None:
    """There is nothing left to come back to."""
    staying.coach.reminders.end()
    assert not staying.window.reminding.stays


def test_nothing_is_read_aloud_before_somebody_looks(driver: Driver, coach: FakeCoach) -> None:
    """A window that began in the tray has a question; it is read when the window opens."""
    coach.ask = AskView(Ask.MORNING, "About Thursday", ("thursday",))
    window = MainWindow(coach, driver.wardrobe, WakeLock(()), Desktop(in_tray=True))
    assert coach.sound.caption == ""
    window.show()
    QApplication.processEvents()
    assert coach.sound.caption != ""
    window.close()
    window.deleteLater()
