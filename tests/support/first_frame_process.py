"""Nerve Coach opened in a process of its own; tells which modules are loaded, then closes.

One JSON line when the frame was painted, one when it is filled, or one with the words it tells.
"""

import json
import sys
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from coach.cli import main
from coach.ui.frame import Frame


def tell(what: object) -> None:
    print(json.dumps(what), flush=True)


class Told(Frame):
    """A frame that tells what happens to it, and closes once nothing more will."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self._closing = QTimer(self, singleShot=True, interval=0)
        self._closing.timeout.connect(self.close)
        self.painted.connect(self._first)

    def _first(self) -> None:
        self.painted.disconnect(self._first)
        tell(sorted(sys.modules))

    def hold(self, content: QWidget, leave: Callable[[], object] | None = None) -> None:
        super().hold(content, leave)
        tell(sorted(sys.modules))
        self._closing.start()

    def tell(self, trouble: str) -> None:
        super().tell(trouble)
        tell([one.text() for one in self.centralWidget().findChildren(QLabel)])
        self._closing.start()


# Loaded already, because this class derives from it; nothing else is.
sys.modules["coach.ui.frame"].Frame = Told
sys.exit(main(sys.argv[1:]))
