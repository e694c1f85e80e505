"""What every page of the window has in common."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from coach.app.session.session_view import SessionView
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.parts import set_role
from coach.ui.ports import LiveSession

#: Width of a page (pixels at 100 % text) from which its questions are larger.
ROOMY_FROM = 1600


class Page(QWidget):
    """A page of the window.

    wants: the commands whose keys this page listens to, besides those the window handles. repeats:
    those that a held key gives again and again. scrolls: the page keys, Home and End move it.
    """

    wants_changed = Signal()
    """Another set of keys is wanted from now on."""

    wants: frozenset[Command] = frozenset({Command.GO})
    repeats: frozenset[Command] = frozenset()
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._desk = desk

    @property
    def title(self) -> str:
        """What a screen reader is told when the page opens."""
        return ""

    def enter(self) -> None:
        """The page has come to the front."""

    def obey(self, asked: Asked) -> bool:
        """Carry out a command; False leaves it to the window."""
        if asked.command is Command.GO:
            return self.press_focused()
        return False

    def press_focused(self) -> bool:
        """Press the button or box that has the focus, if one of this page has."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and self.isAncestorOf(focused):
            focused.click()
            return True
        return False

    def move_focus(self, buttons: list[QPushButton], step: int) -> None:
        """Move the focus along a row of buttons; with none focused, to its first or last."""
        shown = [one for one in buttons if one.isVisible() and one.isEnabled()]
        if not shown:
            return
        here = next((n for n, one in enumerate(shown) if one.hasFocus()), None)
        start = -1 if step > 0 else 0
        there = shown[((start if here is None else here) + step) % len(shown)]
        there.setFocus()
        for scroll in self.findChildren(QScrollArea):
            if scroll.isAncestorOf(there):
                scroll.ensureWidgetVisible(there)


class SessionPage(Page):
    """A page that shows a running session.

    Its questions are larger in a large window, because the person may lie two metres away.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sized: list[QLabel] = []

    @property
    def waits(self) -> bool:
        """Whether a session that is over is still looked at for a question to come."""
        return False

    def sized(self, shown: QLabel) -> QLabel:
        """Let a label follow the size of the window."""
        self._sized.append(shown)
        return shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the size of what follows the window."""
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY_FROM * self._desk.scale
        role = "title" if self._desk.compact else "display" if roomy else "headline"
        for shown in self._sized:
            set_role(shown, role)

    def show_session(self, view: SessionView, session: LiveSession) -> None:
        """Bring everything on the page up to date; called on every tick."""
        raise NotImplementedError
