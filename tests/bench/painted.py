"""For the measured programs: tell the parent of the first painted frame, and of numbers."""

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

SETTLING_MS = 4_000
WATCHED_MS = 10_000


def tell(*words: object) -> None:
    """One line to the parent, at once."""
    os.write(sys.stdout.fileno(), (" ".join(map(str, words)) + "\n").encode())


def pss_kib() -> int:
    """This process's share of memory: its own pages, and its part of those it shares."""
    with open("/proc/self/smaps_rollup", encoding="ascii") as lines:  # noqa: PTH123 - no more imports
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


class FirstPaint(QObject):
    """Calls ``then`` when the window has been painted once and its frame has been handed over."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(then)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._timer.start()
        return False


class Watch(QObject):
    """Tells memory and processor time of a while, after a while to settle, then ends."""

    def __init__(self, parent: QObject, end: Callable[[], None]) -> None:
        super().__init__(parent)
        self._end = end
        self._began = 0.0
        self._used = 0.0
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settling.timeout.connect(self._begin)
        self._watching = QTimer(self, singleShot=True, interval=WATCHED_MS)
        self._watching.timeout.connect(self._finish)
        self._settling.start()

    def _begin(self) -> None:
        self._began, self._used = time.perf_counter(), time.process_time()
        self._watching.start()

    def _finish(self) -> None:
        used = time.process_time() - self._used
        tell("share", used / (time.perf_counter() - self._began))
        tell("pss_kib", pss_kib())
        self._end()
