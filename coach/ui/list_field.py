"""A list of which one line is chosen."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox

from coach.ui.own_keys import ENTER, claimed

_KEYS = ENTER | {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space}


class ListField(QComboBox):
    """Up and Down choose while it has the focus, Space and Enter open it, whatever the page wants.

    The keys that turn pages stay the page's.
    """

    def setAccessibleName(self, name: str) -> None:
        """What it is for; some systems name a list by the line chosen in it instead."""
        super().setAccessibleName(name)
        self.setAccessibleDescription(name)

    def leave_keys(self) -> None:
        """Be focused by Tab alone: after a choice by mouse the keys are the page's, as before."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def event(self, event: QEvent) -> bool:
        """Claim its keys before the page does."""
        return claimed(event, _KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the list, as Space does."""
        if event.key() in ENTER:
            self.showPopup()
        else:
            super().keyPressEvent(event)
