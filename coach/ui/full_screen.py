"""Filling the screen, and being afterwards what it was before: maximised, minimised or hidden."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def fill_screen(inside: QWidget, *, fill: bool) -> None:
    """Let the window around a widget fill the screen, or no longer."""
    _set_state(inside.window(), Qt.WindowState.WindowFullScreen, on=fill)


def bring_back(window: QWidget) -> None:
    """Let a minimised window be as it was before."""
    _set_state(window, Qt.WindowState.WindowMinimized, on=False)


def _set_state(window: QWidget, state: Qt.WindowState, *, on: bool) -> None:
    """Change this alone; ``showNormal`` would also show what is hidden, and shrink it."""
    now = window.windowState()
    window.setWindowState(now | state if on else now & ~state)
