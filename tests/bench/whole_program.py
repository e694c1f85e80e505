"""Nerve Coach as it is, opened as always, and watched from inside its own process."""

import sys

from painted import FirstPaint, Watch, tell
from PySide6.QtWidgets import QApplication

import coach.ui.app
from coach.bootstrap import open_window
from coach.engine.control import CheckIn, Move
from coach.engine.inputs import Next
from coach.ui.main_window import MainWindow


def play(window: MainWindow) -> None:
    """Bring today's session to its first moving set."""
    from coach.app.simulated_person import answer_to
    from live_player import shipped_answers

    answers = shipped_answers("calm-day")
    window.begin()
    session = window.session
    assert session is not None
    while isinstance(session.view().stage, CheckIn):
        reply = answer_to(session._run, answers)
        assert reply is not None
        window.give(reply[1])
    while not isinstance(session.view().stage, Move):
        window.give(Next())


class WatchedApplication(QApplication):
    """Begins to watch when the window is there and the event loop starts.

    It exits rather than quits, which a window with a running session would refuse.
    """

    task = "start"

    def exec(self) -> int:
        (window,) = (one for one in self.topLevelWidgets() if isinstance(one, MainWindow))
        FirstPaint(window, lambda: self._painted(window))
        return super().exec()

    def _painted(self, window: MainWindow) -> None:
        tell("painted")
        if self.task == "start":
            self.exit()
            return
        if self.task == "play":
            play(window)
        Watch(window, self.exit)


def main(task: str, home: str) -> int:
    """Tell of the first frame; stay for ``idle``, and for ``play`` with a moving figure."""
    WatchedApplication.task = task
    coach.ui.app.QApplication = WatchedApplication
    return open_window(plan=None, demo=False, profile=None, home=home)


sys.exit(main(*sys.argv[1:]))
