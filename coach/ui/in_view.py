"""Scrolling what has just opened into view."""

from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from coach.ui.tokens import Space


def bring_into_view(shown: QWidget) -> None:
    """Scroll until a widget is seen whole, or from its top where it is taller than the window.

    Done a moment later, when there is room for it: what has just been shown has no place yet.
    """
    QTimer.singleShot(0, shown, partial(_scroll_to, shown))


def _scroll_to(shown: QWidget) -> None:
    area = _area_of(shown)
    if area is None or not shown.isVisible():
        return
    bar, tall = area.verticalScrollBar(), area.viewport().height()
    top = shown.mapTo(area.widget(), QPoint()).y() - Space.BASE
    bottom = top + shown.height() + 2 * Space.BASE
    bar.setValue(min(max(bar.value(), bottom - tall), top))


def _area_of(shown: QWidget) -> QScrollArea | None:
    around = shown.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around
