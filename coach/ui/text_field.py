"""A line that is typed into."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit

from coach.ui.own_keys import ENTER, claimed


class TextField(QLineEdit):
    """Enter is its own while it has the focus, and no key of the page."""

    def event(self, event: QEvent) -> bool:
        """Claim Enter before the page's keys do."""
        return claimed(event, ENTER) or super().event(event)
