"""Scrolling what has just opened into view."""

from PySide6.QtWidgets import QWidget

from coach.ui.parts import Scroll


def bring_into_view(shown: QWidget) -> None:
    """Let the page that a widget is in scroll to it; where nothing scrolls, all is seen."""
    area = area_of(shown)
    if area is not None:
        area.bring(shown)


def area_of(shown: QWidget) -> Scroll | None:
    """The scrolling column a widget is in, None when it is in none."""
    around = shown.parentWidget()
    while around is not None and not isinstance(around, Scroll):
        around = around.parentWidget()
    return around
