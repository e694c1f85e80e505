"""The keys of the window: commands for the page in front, and scrolling where keys are free."""

from collections.abc import Callable

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractSlider, QScrollArea, QWidget

from coach.ui.keys import KEYS, Asked, Command, sequence
from coach.ui.page import Page

_SCROLLS = {
    "PgDown": QAbstractSlider.SliderAction.SliderPageStepAdd,
    "PgUp": QAbstractSlider.SliderAction.SliderPageStepSub,
    "Home": QAbstractSlider.SliderAction.SliderToMinimum,
    "End": QAbstractSlider.SliderAction.SliderToMaximum,
}
"""Keys that move a page too long for the window, where they have no other use on it."""

_ALWAYS = (Command.LEAVE, Command.WRONG)


class Shortcuts:
    """Every key of ``KEYS``, told to ``ask``; a page hears those it wants."""

    def __init__(self, window: QWidget, ask: Callable[[Asked], None]) -> None:
        self._page: Page | None = None
        self._commands: dict[str, QShortcut] = {}
        for key, asked in KEYS.items():
            shortcut = QShortcut(sequence(key), window)
            shortcut.activated.connect(lambda asked=asked: ask(asked))
            self._commands[key] = shortcut
        self._scrolling: dict[str, QShortcut] = {}
        for key, step in _SCROLLS.items():
            shortcut = QShortcut(sequence(key), window)
            shortcut.activated.connect(lambda step=step: self._scroll(step))
            self._scrolling[key] = shortcut

    def __getitem__(self, key: str) -> QShortcut:
        """The shortcut of a key of ``KEYS``."""
        return self._commands[key]

    def values(self) -> tuple[QShortcut, ...]:
        """Every shortcut that stands for a command."""
        return tuple(self._commands.values())

    def serve(self, page: Page) -> None:
        """Listen for what this page wants from now on."""
        self._page = page
        for key, shortcut in self._commands.items():
            command = KEYS[key].command
            shortcut.setEnabled(command in page.wants or command in _ALWAYS)
            shortcut.setAutoRepeat(command in page.repeats)
        for key, shortcut in self._scrolling.items():
            used = key in self._commands and self._commands[key].isEnabled()
            shortcut.setEnabled(page.scrolls and not used)

    def _scroll(self, step: QAbstractSlider.SliderAction) -> None:
        if self._page is None:
            return
        for one in self._page.findChildren(QScrollArea):
            if one.isVisible():
                one.verticalScrollBar().triggerAction(step)
