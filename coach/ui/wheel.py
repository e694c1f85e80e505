"""The wheel turns pages, never settings: a closed list, slider or number field lets it pass."""

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QWheelEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollBar,
    QWidget,
)

_FIELDS = (QComboBox, QAbstractSpinBox, QAbstractSlider)


class WheelGuard(QObject):
    """Watches a window's wheel before any field sees it. An open list is a window of its own."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._watched: QWindow | None = None

    def watch(self, window: QWidget) -> None:
        """Look after a window from now on; it has been shown."""
        handle = window.windowHandle()
        if handle is not self._watched:
            handle.installEventFilter(self)
            self._watched = handle

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Hand a wheel over a field to the page that can be scrolled."""
        if not isinstance(event, QWheelEvent):
            return False
        page = self.parent()
        window = page.window() if isinstance(page, QWidget) else None
        field = _field_at(window.childAt(event.position().toPoint())) if window else None
        if field is None:
            return False
        behind = _viewport_of(field)
        if behind is None:
            return True
        passed = QWheelEvent(
            QPointF(behind.mapFromGlobal(event.globalPosition())),
            event.globalPosition(),
            event.pixelDelta(),
            event.angleDelta(),
            event.buttons(),
            event.modifiers(),
            event.phase(),
            event.inverted(),
        )
        QApplication.sendEvent(behind, passed)
        return True


def _viewport_of(field: QWidget) -> QWidget | None:
    """What scrolls with the field in it."""
    around = field.parentWidget()
    while around is not None and not isinstance(around, QAbstractScrollArea):
        around = around.parentWidget()
    return around.viewport() if around is not None else None


def _field_at(widget: QWidget | None) -> QWidget | None:
    """The field that a widget is, or is part of."""
    while widget is not None and not widget.isWindow():
        if isinstance(widget, _FIELDS) and not isinstance(widget, QScrollBar):
            return widget
        widget = widget.parentWidget()
    return None
