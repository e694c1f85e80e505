"""Looks at the clock for reminders, and brings them: into the window, and to the tray."""

from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from coach.app.daily.reminders import Due, Kind, Snooze
from coach.formats.bad_file import BadFile
from coach.store.errors import KnownError
from coach.ui.desk import Desk
from coach.ui.desktop import Desktop, Tray, TrayActions
from coach.ui.full_screen import bring_back
from coach.ui.reminder_bar import ReminderBar, told

#: The first look after the start: the page of today comes before it.
_FIRST_MS = 3_000
#: Seconds to the next look when one failed, such as on a disk that does not answer.
_AFTER_TROUBLE_S = 60


class Reminding(QObject):
    """Its timer stands still while no reminder is wanted.

    running: whether a session is open. open_today: brings that page to the front; at_today:
    whether it is there.
    """

    def __init__(
        self,
        content: QWidget,
        desk: Desk,
        desktop: Desktop,
        running: Callable[[], bool],
        open_today: Callable[[], object],
        at_today: Callable[[], bool],
    ) -> None:
        super().__init__(content)
        self._content = content
        self._desk = desk
        self._desktop = desktop
        self._running = running
        self._open_today = open_today
        self._at_today = at_today
        self._reminders = desk.coach.reminders
        self._quitting = False
        self._due: Due | None = None
        self.bar = ReminderBar(desk, self._follow, self.snooze, self.dismiss)
        self._tray: Tray | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.pass_time)
        self._calls: QFileSystemWatcher | None = None
        if desktop.call_file is not None:
            self._calls = QFileSystemWatcher([str(desktop.call_file)], self)
            self._calls.fileChanged.connect(lambda _path: self.show_window())
        self.settings_changed()

    @property
    def interval(self) -> int | None:
        """Milliseconds to the next look, None when none is needed."""
        return self._timer.interval() if self._timer.isActive() else None

    @property
    def has_tray(self) -> bool:
        """Whether our icon is in a system tray."""
        return self._tray is not None and self._tray.shown

    @property
    def stays(self) -> bool:
        """Whether closing the window only hides it."""
        return not self._quitting and self._reminders.in_tray and self.has_tray

    def settings_changed(self) -> None:
        """Something about reminders was chosen anew."""
        self._keep_tray()
        if not self._reminders.wanted:
            self._timer.stop()
            self.dismiss()
        elif not self._timer.isActive():
            self._timer.start(_FIRST_MS)

    def pass_time(self) -> None:
        """Look whether something is due, and when to look again."""
        self._keep_tray()
        if self._content.window().isHidden() and not self.has_tray:
            self._content.window().showMinimized()  # nothing else would lead back to it
        if self._due is not None and not self._reminders.stands(self._due):
            self.dismiss()
        again: int | None = _AFTER_TROUBLE_S
        try:
            seen = self._reminders.look(running=self._running(), disturbs=self._desktop.disturbs)
        except (KnownError, BadFile):
            pass  # whatever it is, today's page says it; a reminder can wait
        else:
            again = seen.again_s
            if seen.due is not None:
                self._tell(seen.due)
        if again is None:
            self._timer.stop()
        else:
            self._timer.start(again * 1000)

    def snooze(self, how_long: Snooze) -> None:
        """Put reminders off."""
        self._reminders.snooze(how_long)
        self._put_away()

    def dismiss(self) -> None:
        """Whatever was told last is seen to."""
        self._reminders.followed()
        self._put_away()

    def show_window(self) -> None:
        """Bring the window to the front."""
        window = self._content.window()
        bring_back(window)
        window.show()
        window.raise_()
        window.activateWindow()

    def quit(self) -> None:
        """Close the window and the program, unless a running session wants to be asked first."""
        self._quitting = True
        closed = self._content.window().close()
        self._quitting = False
        if closed:
            self._desktop.end()
        else:
            self.show_window()

    def close(self) -> None:
        """The program ends."""
        self._timer.stop()
        if self._tray is not None:
            self._tray.hide()

    def _put_away(self) -> None:
        self._due = None
        self.bar.hide()

    def _tell(self, due: Due) -> None:
        """In the window, and from the tray or the task bar to somebody who looks elsewhere."""
        self._due = due
        self.bar.tell(due, leads=due.kind is not Kind.BREAK and not self._at_today())
        window = self._content.window()
        if window.isActiveWindow():
            return
        title = self._desk.say("ui.header.name")
        if self._tray is None or not self._tray.tell(title, told(self._desk, due)):
            QApplication.alert(window)

    def _follow(self) -> None:
        """What was told is opened; a break has no page."""
        due = self._due
        self.dismiss()
        self.show_window()
        if due is not None and due.kind is not Kind.BREAK and not self._running():
            self._open_today()

    def _keep_tray(self) -> None:
        """The icon is there while something could come from it."""
        wanted = self._reminders.wanted or self._reminders.in_tray or self._desktop.in_tray
        if wanted and self._tray is None:
            actions = TrayActions(self._follow, self.snooze, self.quit)
            self._tray = self._desktop.tray(self._desk.say, actions)
        if self._tray is not None:
            if wanted:
                self._tray.show()
            else:
                self._tray.hide()
