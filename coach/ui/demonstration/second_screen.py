"""The figure in a window of its own that fills a second screen, while the controls stay here."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QScreen
from PySide6.QtWidgets import QWidget

from coach.ui.keys import KEYS, Asked, sequence
from coach.ui.parts import column
from coach.ui.tokens import Space, Type

_LETTERS = 0.023
"""Height of its letters as a share of the screen: it is looked at from further away."""


def other_screen(here: QWidget) -> QScreen | None:
    """A screen on which ``here`` is not, None when there is only one."""
    mine = here.screen()
    return next((one for one in QGuiApplication.screens() if one is not mine), None)


class SecondScreen(QWidget):
    """Holds what it is lent until it is closed; keys pressed in it do what they do elsewhere."""

    closed = Signal()
    """It has been closed from outside: whoever lent the widget takes it back."""

    def __init__(self, title: str, ask: Callable[[Asked], None]) -> None:
        super().__init__()
        self._ask = ask
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(title)
        self._inside = column(margin=Space.ROOMY)
        self.setLayout(self._inside)

    def show_on(self, screen: QScreen, held: QWidget) -> None:
        """Fill a screen with a widget."""
        letters = max(round(screen.geometry().height() * _LETTERS), Type.BODY)
        self.setStyleSheet(f"* {{ font-size: {letters}px; }}")
        self._inside.addWidget(held)
        held.show()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand a key of the table to the program."""
        pressed = QKeySequence(event.keyCombination())
        for key, asked in KEYS.items():
            if sequence(key) == pressed:
                self._ask(asked)
                return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that it closes."""
        self.closed.emit()
        super().closeEvent(event)
