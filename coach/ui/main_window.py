"""The window: pages in a stack, one timer, and keys that reach the page or the session."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QStackedWidget,
    QWidget,
)

from coach.app.library import Entry, LevelRow
from coach.app.session.session_view import SessionView
from coach.domain.side import Side
from coach.engine.control import (
    CheckIn,
    LeadIn,
    Message,
    Move,
    Paused,
    Rate,
    Recover,
    Rest,
    RestPosition,
    Settle,
    Stage,
    Summary,
    SwitchSides,
    TenMinutes,
    WarmUp,
    Wrong,
)
from coach.engine.effects import Refusal
from coach.engine.inputs import Again, Input, Leave, Next, Pause, Resume, SomethingWrong, Stop
from coach.formats.bad_file import BadFile
from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.desktop import Desktop
from coach.ui.full_screen import fill_screen
from coach.ui.header import Header
from coach.ui.keys import Asked, Command
from coach.ui.notice import Notice
from coach.ui.page import Page, SessionPage
from coach.ui.page_maker import Ways, made_page
from coach.ui.pages.today import TodayActions, TodayPage
from coach.ui.parts import column, forget_focus
from coach.ui.ports import CoachApp, LiveSession
from coach.ui.reminder_bar import framed
from coach.ui.reminding import Reminding
from coach.ui.session.caption_strip import CaptionStrip
from coach.ui.shortcuts import Shortcuts
from coach.ui.speech import Speech
from coach.ui.theme import Choice, Wardrobe
from coach.ui.wake_lock import LEFT_ALONE_MS, WakeLock
from coach.ui.wheel import WheelGuard

MOVING_MS, STILL_MS = 33, 200
"""Between two looks at the session: while something moves, and while a person is waited for."""

AFTERWARDS_MS = 10_000
"""Between two looks for a question that comes after the session, while its end is shown."""

_WITHOUT_HEADER = ("floor", "welcome", "hear_and_see")

_PLAYED = (WarmUp, SwitchSides, LeadIn, Move, RestPosition)
_PAGE_OF: dict[type, str] = {
    CheckIn: "check_in",
    Rate: "rating",
    Rest: "decision",
    Settle: "decision",
    Recover: "decision",
    Wrong: "wrong",
    Message: "message",
    TenMinutes: "summary",
    Summary: "summary",
}


class MainWindow(QWidget):
    """All of the window but its frame. Pages are made when they are first needed."""

    def __init__(
        self,
        coach: CoachApp,
        wardrobe: Wardrobe,
        wake_lock: WakeLock,
        desktop: Desktop | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._coach = coach
        self._wardrobe = wardrobe
        self._wake_lock = wake_lock
        self._session: LiveSession | None = None
        self._floor = False
        self._over = ""
        self._beneath = "today"
        self._page_name = ""
        desktop = desktop or Desktop()
        self.speech = Speech(self, coach, lambda: self._session)
        self.speech.hushed = desktop.in_tray
        self._desk = Desk(
            coach,
            wardrobe,
            self.give,
            self.ask,
            self.speech.read_aloud,
            self.speech.say_back,
            self.speech.say_reply_back,
        )
        self._pages: dict[str, Page] = {}
        self._stack = QStackedWidget()
        self._header = Header(
            self._desk,
            {
                "today": self.open_today,
                "library": self.open_library,
                "history": self.open_history,
                "settings": self.open_settings,
            },
            self.open_stop_signs,
        )
        self._ways = Ways(
            TodayActions(self.begin, self.resume, self.finish_unfinished, self.open_today),
            welcomed=self._welcomed,
            stop_signs=self.open_stop_signs,
            library=self.open_library,
            demonstrate=self.demonstrate,
            hide_header=self._header.setHidden,
            history=self.open_history,
            played=self.open_played,
            export=self.open_export,
            setting_changed=self._setting_changed,
            check=self.open_check,
            checked=self._checked,
            close_over=self._close_over,
            stop_early=self._stop_early,
            leave_session=self._leave_session,
        )
        self.reminding = Reminding(
            self,
            self._desk,
            desktop,
            lambda: self._session is not None and not self._session.closed,
            self.open_today,
            lambda: self._page_name == "today",
        )
        layout = column(spacing=0)
        layout.addWidget(self._header)
        layout.addWidget(framed(self.reminding.bar))
        layout.addWidget(self._stack, 1)
        strip = CaptionStrip(self._desk)
        self.speech.caption_on(strip)
        layout.addWidget(strip)
        self.setLayout(layout)
        self._notice = Notice(self)
        coach.told = self._notice.tell
        self._wheel = WheelGuard(self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._check_leads_to: Callable[[], None] = self.open_settings
        self._shortcuts = Shortcuts(self, self.ask)
        self.open_today()

    # Pages ----------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._pages[self._page_name]

    @property
    def page_name(self) -> str:
        """The name of the page in front."""
        return self._page_name

    @property
    def session(self) -> LiveSession | None:
        """The session that is open."""
        return self._session

    @property
    def timer_interval(self) -> int | None:
        """Milliseconds between two looks at the session, None when the timer stands."""
        return self._timer.interval() if self._timer.isActive() else None

    def _welcomed(self) -> None:
        self._coach.change_setting("welcomed", True)
        self._open("today")

    def open_today(self) -> None:
        """Today, outside a session; before anything else comes what is to be read."""
        if self._session is not None and self._session.closed:
            self._end_session()
        else:
            self._open(self._first_page)

    @property
    def _first_page(self) -> str:
        return "today" if self._coach.settings.welcomed else "welcome"

    def open_library(self) -> None:
        """Every exercise, moving."""
        self._open("library")

    def open_history(self) -> None:
        """What was played and answered so far."""
        self._open("history")

    def open_played(self, session_id: str) -> None:
        """One session of the history."""
        from coach.ui.pages.played_session import PlayedSessionPage

        self._open("played")
        if isinstance(self.page, PlayedSessionPage):
            self.page.show_session(session_id)

    def demonstrate(self, entry: Entry, level: LevelRow, side: Side) -> None:
        """An exercise shown to somebody; nothing of it is recorded."""
        from coach.ui.pages.demonstrate import DemonstratePage

        self._open("demonstrate")
        if isinstance(self.page, DemonstratePage):
            self.page.show_entry(entry, level, side)

    def open_settings(self) -> None:
        """Settings, outside a session."""
        self._open("settings")

    def open_export(self) -> None:
        """Taking the record away as files."""
        self._open("export")

    def open_check(self) -> None:
        """Whether one hears and sees from the floor, tried from the settings."""
        self._check_leads_to = self.open_settings
        self._open("hear_and_see")

    def open_stop_signs(self) -> None:
        """The stop signs, over whatever is open; a movement pauses meanwhile."""
        if self._session is not None:
            _pause_quietly(self._session)
            self._over = "stop_signs"
            self._show_session()
        else:
            if self._page_name != "stop_signs":
                self._beneath = self._page_name
            self._open("stop_signs")

    def _open(self, name: str, *, puts_away: bool = True) -> None:
        """Bring a page to the front; puts_away: whoever asked for it has seen the reminder."""
        page = self._pages.get(name)
        if page is None:
            page = made_page(name, self._desk, self._ways)
            page.wants_changed.connect(lambda: self._shortcuts.serve(self.page))
            self._pages[name] = page
            self._stack.addWidget(page)
        forget_focus(self)
        self._notice.hide()
        if puts_away:
            self.reminding.dismiss()
        self.speech.turn_to(name)
        self._page_name = name
        self._stack.setCurrentWidget(page)
        self._shortcuts.serve(page)
        page.enter()
        self._header.show_place(name, in_session=self._session is not None)
        welcomed = self._coach.settings.welcomed
        self._header.setVisible(welcomed and name not in _WITHOUT_HEADER)
        self.speech.caption()

    # The session ----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Start today's session; before the very first comes the check from the floor."""
        if self._coach.check_due:
            self._check_leads_to = self._begin_checked
            self._open("hear_and_see")
        else:
            self._take(self._coach.begin)

    def _begin_checked(self) -> None:
        self._open("today")
        self._take(self._coach.begin)

    def _checked(self) -> None:
        """The check is over, or was left out: it is not asked for again."""
        self._coach.change_setting("heard_and_seen", True)
        self._check_leads_to()

    def resume(self) -> None:
        """Go on with the session that was cut off."""
        self._take(self._coach.resume_unfinished)

    def finish_unfinished(self) -> None:
        """Close the session that was cut off, and offer today's."""
        try:
            self._coach.finish_unfinished()
        except KnownError as error:
            self._today_tells(str(error))
        else:
            self._open("today")

    def _today_tells(self, trouble: str) -> None:
        if isinstance(self.page, TodayPage):
            self.page.tell(trouble)

    def _take(self, opened: Callable[[], LiveSession]) -> None:
        try:
            self._session = opened()
        except (BadFile, KnownError) as error:
            self._today_tells(str(error))
            return
        self._forget_pages(SessionPage)  # no answer of the last session waits on them
        self._floor = self._coach.settings.floor_view
        self._over = ""
        self._show_session()

    def tick(self) -> None:
        """Let session time move on, and show where it has got to."""
        if self._session is not None:
            self._session.tick()
            self._show_session()

    def give(self, given: Input) -> Refusal | None:
        """Hand an input to the session, show what follows; a refusal is told in words."""
        if self._session is None:
            return Refusal.CLOSED
        refusal = self._session.give(given)
        if refusal is not None:
            words = self._desk.say(f"refused.{refusal}")
            trouble = self._session.trouble if refusal is Refusal.NOT_SAVED else None
            self._notice.tell(f"{words} {trouble}" if trouble else words)
        self._show_session()
        return refusal

    def _show_session(self) -> None:
        session = self._session
        if session is None:
            return
        view = session.view()
        name = self._over or self._page_for(view.stage)
        before = self.page
        if name != self._page_name:
            self._open(name)
        page = self.page
        if isinstance(page, SessionPage):
            page.show_session(view, session)
        if page is not before:
            announce(self, page.title)
        self.speech.caption()
        self._pace(view, page, session)

    def _page_for(self, stage: Stage) -> str:
        if isinstance(stage, (*_PLAYED, Paused)):
            return "floor" if self._floor else "player"
        return _PAGE_OF[type(stage)]

    def _pace(self, view: SessionView, page: Page, session: LiveSession) -> None:
        """Run the timer as fast as something moves, and not at all once nothing more can come.

        The screen stays awake until then, but not for a person who has left.
        """
        if session.closed and isinstance(view.stage, Summary):
            self._wake_lock.release()
            if session.trouble or (isinstance(page, SessionPage) and page.waits):
                self._run_timer(AFTERWARDS_MS)
            else:
                self._timer.stop()
            return
        if view.left_ms is None and view.elapsed_ms >= LEFT_ALONE_MS:
            self._wake_lock.release()
        else:
            self._wake_lock.hold()
        moving = isinstance(view.stage, Move | LeadIn | WarmUp) and not self._over
        self._run_timer(MOVING_MS if moving else STILL_MS)

    def _run_timer(self, interval: int) -> None:
        if not self._timer.isActive() or self._timer.interval() != interval:
            self._timer.start(interval)

    def _end_session(self) -> None:
        self._timer.stop()
        self._wake_lock.release()
        self._session = None
        self._over = ""
        self._notice.hide()
        fill_screen(self, fill=False)
        self._open("today")

    # Commands -------------------------------------------------------------------------------------

    def ask(self, asked: Asked) -> None:
        """Carry out a command: a reminder that has the focus, the page, then the window."""
        if asked.command is Command.GO and self.reminding.bar.press_focused():
            return
        if self.page.obey(asked):
            return
        match asked.command:
            case Command.WRONG if self._session is None or self._is_over(self._session):
                self.open_stop_signs()
            case Command.LEAVE:
                self._leave_or_back()
            case Command.FLOOR if self._session is not None:
                self._toggle_floor()
            case Command.STOP if self._session is not None:
                self._stop(self._session)
            case Command.REPEAT if self._session is not None:
                self._session.repeat_cue()
                self._show_session()
            case Command.PAUSE if self._session is not None:
                paused = isinstance(self._session.view().stage, Paused)
                self.give(Resume() if paused else Pause())
            case Command.WRONG:
                self._over = ""
                self.give(SomethingWrong())
            case Command.NEXT:
                self.give(Next())
            case Command.PREVIOUS:
                self.give(Again())
            case _:
                pass

    @staticmethod
    def _is_over(session: LiveSession) -> bool:
        return session.closed or isinstance(session.view().stage, Message)

    def _stop(self, session: LiveSession) -> None:
        """Stop; a check-in is left only after asking, because that loses its answers."""
        if isinstance(session.view().stage, CheckIn):
            self._ask_to_leave()
        else:
            self.give(Stop())

    def _leave_or_back(self) -> None:
        if self._session is None:
            self.open_today()
        elif self._session.closed:
            self._end_session()
        elif self.window().isFullScreen() or self._floor:
            self._floor = False
            fill_screen(self, fill=False)
            self._show_session()
        else:
            self._ask_to_leave()

    def _ask_to_leave(self) -> None:
        if self._session is not None:
            _pause_quietly(self._session)
        self._over = "leave"
        self._show_session()

    def _close_over(self) -> None:
        self._over = ""
        if self._session is None:
            self._open(self._beneath)
        else:
            self._show_session()

    def _stop_early(self) -> None:
        self._over = ""
        self.give(Stop())

    def _leave_session(self) -> None:
        self._over = ""
        self.give(Leave())

    def _toggle_floor(self) -> None:
        self._floor = not self._floor
        fill_screen(self, fill=self._floor)
        self._show_session()

    def _setting_changed(self, name: str) -> None:
        settings = self._coach.settings
        if name in ("theme", "text_scale"):
            self._wardrobe.choose(Choice(settings.theme), settings.text_scale / 100)
        if name == "text_scale":
            self._forget_pages()
        if name.startswith(("remind", "stay")):
            self.reminding.settings_changed()

    def _forget_pages(self, kind: type[Page] = Page) -> None:
        """Every page of that kind but the open one is made anew when it is next needed."""
        behind = [name for name in self._pages if name != self._page_name]
        for name in [name for name in behind if isinstance(self._pages[name], kind)]:
            page = self._pages.pop(name)
            self._stack.removeWidget(page)
            page.deleteLater()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on there is a window whose wheel can be looked after.

        Where it was hidden, what it showed may be of another day.
        """
        super().showEvent(event)
        self._wheel.watch(self.window())
        if self.speech.hushed and not self.window().isMinimized():
            self.speech.hushed = False
            self._open(self._first_page, puts_away=False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The first attempt during a session asks; the session is then offered again."""
        if self._session is not None and not self._session.closed and self._over != "leave":
            event.ignore()
            self._ask_to_leave()
            return
        if self.reminding.stays:
            event.ignore()
            if self._session is not None:
                self._end_session()
            self.speech.hushed = True
            self._coach.sound.stop()
            self.window().hide()
            return
        self._timer.stop()
        self.reminding.close()
        self.speech.close()
        self._wake_lock.release()
        super().closeEvent(event)


def _pause_quietly(session: LiveSession) -> None:
    """Pause what can be paused before something covers it."""
    if isinstance(session.view().stage, (*_PLAYED, Recover)):
        session.give(Pause())
