"""A button with its key drawn on it, for lists from which one key chooses."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton

from coach.ui.desk import Desk
from coach.ui.keys import sequence
from coach.ui.parts import folded
from coach.ui.tokens import Space


class KeyedButton(QPushButton):
    """Its key works wherever the focus is, while the button can be seen."""

    def __init__(self, desk: Desk, text: str, key: str, pressed: Callable[[], object]) -> None:
        super().__init__(folded(text) if desk.compact else text)
        self._desk = desk
        self.key = key
        self.setProperty("role", "item")
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setAccessibleDescription(desk.say("ui.key", name=key))
        self.clicked.connect(lambda _on: pressed())
        shortcut = QShortcut(sequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.click)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and its key in a small frame before the words."""
        super().paintEvent(event)
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.fontMetrics().height() * 1.35
        cap = QRectF(Space.SMALL * 1.25 * self._desk.scale, (self.height() - side) / 2, side, side)
        painter.setPen(QColor(theme.edge))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(cap, 5, 5)
        painter.setPen(QColor(theme.text))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)
        painter.end()
