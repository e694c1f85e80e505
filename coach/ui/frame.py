"""The window's frame: on the screen before the rest of the program is even loaded."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from coach.store.errors import KnownError
from coach.store.private_file import write_private
from coach.ui.parts import button, column, label, row
from coach.ui.tokens import Space

#: The smallest window, pixels; larger text scrolls. A window without it would follow its pages.
SMALLEST = QSize(880, 600)
_AT_FIRST = QSize(1280, 800)

Say = Callable[[str], str]


class Frame(QMainWindow):
    """Shows a quiet page until there is something to hold, and remembers where it stood."""

    painted = Signal()
    """Sent after each time the frame itself was painted."""

    def __init__(self, say: Say, place_file: Path) -> None:
        super().__init__()
        self._say = say
        self._place_file = place_file
        self._held: QWidget | None = None
        self.setWindowTitle(say("ui.header.name"))
        self.setMinimumSize(SMALLEST)
        self._leave: Callable[[], object] = self.close
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self._quit)
        self.setCentralWidget(self._waiting())
        if not self.restoreGeometry(self._place()):
            self.resize(_AT_FIRST.boundedTo(QApplication.primaryScreen().availableSize()))

    @property
    def held(self) -> QWidget | None:
        """What fills the frame, once there is something."""
        return self._held

    def hold(self, content: QWidget, leave: Callable[[], object] | None = None) -> None:
        """Fill the frame; whether it may close is then the content's to say.

        leave: ends the program, where closing the window may only hide it.
        """
        self._held = content
        self._leave = leave or self.close
        self.setCentralWidget(content)

    def ask(self, form: QWidget) -> None:
        """Show what has to be filled in before there is something to hold."""
        inside = column(spacing=Space.WIDE)
        inside.addWidget(form)
        self.setCentralWidget(self._page(inside))

    def wait(self) -> None:
        """Show the quiet page again."""
        self.setCentralWidget(self._waiting())

    def tell(self, trouble: str) -> None:
        """Say why there will be nothing to hold."""
        said = label(trouble, "lead")
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = button(self._say("ui.opening.close"), self.close, "primary")
        across = row()
        across.addWidget(close)
        across.addStretch(1)
        inside = column(spacing=Space.WIDE)
        inside.addWidget(label(self._say("ui.opening.failed"), "headline"))
        inside.addWidget(said)
        inside.addLayout(across)
        self.setCentralWidget(self._page(inside))
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), close).activated.connect(self.close)
        close.setFocus()

    def _quit(self) -> None:
        self._leave()

    def _place(self) -> bytes:
        """Where it stood; nothing when that is not known."""
        try:
            return self._place_file.read_bytes()
        except OSError:
            return b""

    def _waiting(self) -> QWidget:
        inside = column(spacing=Space.HAIR)
        inside.addWidget(label(self._say("ui.today.title"), "caption"))
        inside.addWidget(label(self._say("ui.opening.wait"), "headline", tone="soft"))
        return self._page(inside)

    def _page(self, inside: QVBoxLayout) -> QWidget:
        """A page below the program's name, as wide as today's."""
        inside.addStretch(1)
        middle = row()
        middle.setContentsMargins(Space.ROOMY, Space.BASE, Space.ROOMY, Space.BASE)
        middle.addStretch(1)
        middle.addLayout(inside, 4)
        middle.addStretch(1)
        whole = column(spacing=0)
        name = label(self._say("ui.header.name"), "lead", tone="accent", wrap=False)
        name.setContentsMargins(Space.WIDE, Space.SNUG, Space.WIDE, Space.SNUG)
        whole.addWidget(name)
        whole.addLayout(middle, 1)
        page = QWidget()
        page.setProperty("role", "page")
        page.setLayout(whole)
        return page

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and say so."""
        super().paintEvent(event)
        self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when what is held agrees; a full screen is not where the window stands."""
        if self._held is not None and not self._held.close():
            event.ignore()
            return
        if not self.isFullScreen():
            with contextlib.suppress(KnownError):  # it then opens where it would the first time
                write_private(self._place_file, bytes(self.saveGeometry().data()))
        super().closeEvent(event)
