"""Keys that belong to what has the focus, before they are the page's."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def claimed(event: QEvent, keys: frozenset[Qt.Key]) -> bool:
    """Claim keys that would be the page's otherwise; to be asked first in a widget's ``event``."""
    wanted = event.type() is QEvent.Type.ShortcutOverride
    if wanted and isinstance(event, QKeyEvent) and event.key() in keys:
        event.accept()
        return True
    return False
