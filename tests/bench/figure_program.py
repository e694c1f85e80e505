"""The figure alone in a window of 1280x800, moving, with its nerve; or a plain widget instead."""

import sys
import time
from statistics import median

from painted import FirstPaint, tell
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from coach.app.daily.today import course_of
from coach.ui.figure.view import FigureView
from coach.ui.tokens import THEMES, ThemeName
from opened_program import SHIPPED
from playing import script_of, shipped_plan

PAINTED_AT_ONCE = 200
SECONDS_A_RATE = 5


class Plain(QWidget):
    """Fills itself with one colour at each moment: what redrawing a window costs at least."""

    def set_moment(self, _phase: int, share: float) -> None:
        """Another colour."""
        self._grey = round(255 * share)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One rectangle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._grey, 128, 128))
        painter.end()

    _grey = 0


class Moving:
    """Shows the moment of the clock at each tick, as the player does."""

    def __init__(self, app: QApplication, view: FigureView | Plain, phases: list[int]) -> None:
        self._app = app
        self._view = view
        self._phases = phases
        self._clock = QElapsedTimer()
        self._frames = QTimer(view)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._show)
        self._end = QTimer(view, singleShot=True, interval=SECONDS_A_RATE * 1000)
        self._end.timeout.connect(self._next)
        self._rates = [30, 60]

    def _moment(self, ms: int) -> None:
        ms %= sum(self._phases)
        for index, length in enumerate(self._phases):
            if ms < length:
                self._view.set_moment(index, ms / length)
                return
            ms -= length

    def _show(self) -> None:
        self._moment(self._clock.elapsed())

    def paint_at_once(self) -> None:
        """Time of a frame from asking for it to its being in the window."""
        took = []
        for frame in range(PAINTED_AT_ONCE):
            self._moment(frame * 33)
            began = time.perf_counter()
            self._view.repaint()
            took.append(time.perf_counter() - began)
        tell("frame_ms", median(took) * 1000)
        self._start()

    def _start(self) -> None:
        self._clock.start()
        self._used = time.process_time()
        self._frames.start(1000 // self._rates[0])
        self._end.start()

    def _next(self) -> None:
        used = time.process_time() - self._used
        tell(f"share_{self._rates.pop(0)}", used / (self._clock.elapsed() / 1000))
        if self._rates:
            self._start()
        else:
            self._app.quit()


def main() -> int:
    """Play the first moving exercise of the first plan; with "plain" nothing but a rectangle.

    With "start" it ends at its first frame.
    """
    app = QApplication(sys.argv[:1])
    script = script_of(shipped_plan("first-week"))
    block = next(block for block in course_of(script).blocks if block.kind.rated)
    exercise = SHIPPED.catalogue[block.exercise]
    assert block.side is not None
    view: FigureView | Plain = Plain()
    if sys.argv[1] != "plain":
        view = FigureView()
        view.set_nerve(True)
        view.show_exercise(exercise, block.dose, block.side, THEMES[ThemeName.LIGHT])
    view.resize(1280, 800)
    moving = Moving(app, view, [phase.ms for phase in exercise.phases if phase.ms])

    def painted() -> None:
        tell("painted")
        app.quit() if sys.argv[1] == "start" else moving.paint_at_once()

    FirstPaint(view, painted)
    view.show()
    return app.exec()


sys.exit(main())
