"""Nerve Coach as it is, opened as always, and watched from inside its own process."""

import sys
from typing import Any

from painted import FirstPaint, Watch, tell
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import coach.ui.app
from coach.cli import main as nerve_coach


def play(content: Any) -> None:
    """Bring today's session to its first moving set; everything is answered with no or 1."""
    from coach.app.session import live_session
    from coach.domain.screening import Reply
    from coach.engine.control import CheckIn, Move
    from coach.engine.inputs import BaselinePain, BaselinePlaces, BaselineTingling, Next, Replied

    live_session.SHORTEST_THOUGHT_MS = 0  # nobody is here who has to read the questions
    content.begin()
    session = content.session
    while isinstance(session.view().stage, CheckIn):
        match session.view().question:
            case "T0":
                content.give(BaselineTingling(1))
            case "P0":
                content.give(BaselinePain(1))
            case str(question) if question[0] in "EUCA":
                content.give(Replied(question, Reply.NO))
            case _:
                content.give(BaselinePlaces(frozenset()))
    while not isinstance(session.view().stage, Move):
        content.give(Next())


class WatchedApplication(QApplication):
    """Begins to watch when the frame is there and the event loop starts.

    It exits rather than quits, which a window with a running session would refuse.
    """

    task = "start"

    def exec(self) -> int:
        (self._frame,) = (one for one in self.topLevelWidgets() if one.isVisible())
        FirstPaint(self._frame, self._painted)
        return super().exec()

    def _painted(self) -> None:
        tell("painted")
        self._looking = QTimer(self, interval=1)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    def _look(self) -> None:
        if self._frame.held is not None:
            self._looking.stop()
            FirstPaint(self._frame.held, self._filled)

    def _filled(self) -> None:
        tell("filled")
        if self.task == "start":
            self.exit()
            return
        if self.task == "play":
            play(self._frame.held)
        Watch(self._frame, self.exit)


def main(task: str, home: str) -> int:
    """Tell of the first frame; stay for ``idle``, and for ``play`` with a moving figure."""
    WatchedApplication.task = task
    coach.ui.app.QApplication = WatchedApplication
    return nerve_coach(["--home", home])


sys.exit(main(*sys.argv[1:]))
