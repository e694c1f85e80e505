"""A short note at the foot of the window, such as why something is not possible now."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QWidget

from coach.ui.announce import announce
from coach.ui.parts import label, row
from coach.ui.tokens import Space

#: How long a note stays at least, and for each of its words, milliseconds.
STAYS_MS = 4000
WORD_MS = 400


class Notice(QFrame):
    """Floats over the page, so that nothing jumps when it comes and goes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = label("", "lead")
        inside = row(margin=Space.SNUG)
        inside.addWidget(self._words)
        self.setLayout(inside)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def words(self) -> str:
        """The note."""
        return self._words.text()

    @property
    def stays_ms(self) -> int | None:
        """Milliseconds that it stays, None once it is gone."""
        return self._timer.interval() if self._timer.isActive() else None

    def tell(self, text: str) -> None:
        """Show a note, by its own clock: that of a session may stand still."""
        self._words.setText(text)
        around = self._under.rect()
        one_line = self._words.fontMetrics().horizontalAdvance(text)
        self._words.setMinimumWidth(min(one_line, around.width() - 2 * Space.VAST))
        self.adjustSize()
        self.move((around.width() - self.width()) // 2, around.height() - self.height() - 96)
        self.show()
        self.raise_()
        self._timer.start(max(STAYS_MS, WORD_MS * len(text.split())))
        announce(self, text)

    def hideEvent(self, event: QHideEvent) -> None:
        """Its time is over, or another page has come."""
        super().hideEvent(event)
        self._timer.stop()
