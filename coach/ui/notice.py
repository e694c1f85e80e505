"""A short note at the foot of the window, such as why something is not possible now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from coach.ui.announce import announce
from coach.ui.parts import label, row
from coach.ui.tokens import Space

#: How long a note stays, milliseconds of the session.
STAYS_MS = 4000


class Notice(QFrame):
    """Floats over the page, so that nothing jumps when it comes and goes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = label("", "lead", wrap=False)
        inside = row(margin=Space.SNUG)
        inside.addWidget(self._words)
        self.setLayout(inside)
        self._since_ms: int | None = None
        self.hide()

    def tell(self, text: str) -> None:
        """Show a note."""
        self._words.setText(text)
        self._since_ms = None
        self.adjustSize()
        around = self._under.rect()
        self.move((around.width() - self.width()) // 2, around.height() - self.height() - 96)
        self.show()
        self.raise_()
        announce(self, text)

    def pass_time(self, session_ms: int) -> None:
        """Session time has moved on; an old note goes."""
        if self.isHidden():
            return
        if self._since_ms is None:
            self._since_ms = session_ms
        if session_ms - self._since_ms >= STAYS_MS:
            self.hide()
