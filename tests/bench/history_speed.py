"""How fast the history opens, and five years of it are drawn, where 100,000 sessions are kept."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from row import Row, at_most, percentile

from coach.app.history.history import Per, Period, Shown
from fake_clock import FakeClock
from long_record import write_long_record
from opened_program import OpenedProgram

SESSIONS = int(os.environ.get("BENCH_SESSIONS", "100000"))
TIMES = 7


class _NoKeeper:
    """No screen is kept awake."""

    name = "none"

    def hold(self) -> bool:
        return True

    def release(self) -> None:
        """Nothing was held."""


def _took_ms(done: Callable[[], object]) -> float:
    began = time.perf_counter()
    done()
    return (time.perf_counter() - began) * 1000


def rows() -> Iterator[Row]:
    """One person's record, so that nothing is faster for being somebody else's."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with (
        tempfile.TemporaryDirectory() as folder,
        OpenedProgram(Path(folder), FakeClock()) as program,
    ):
        write_long_record(program.store, program.profile, SESSIONS, whole_logs=False)
        program.app.change_setting("welcomed", True)
        yield from _measured(program)


def _measured(program: OpenedProgram) -> Iterator[Row]:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtWidgets import QApplication

    from coach.ui.charts.ink import Look
    from coach.ui.charts.painter import paint
    from coach.ui.main_window import MainWindow
    from coach.ui.theme import Choice, Wardrobe
    from coach.ui.tokens import THEMES, ThemeName
    from coach.ui.wake_lock import WakeLock

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    window = MainWindow(program.app, Wardrobe(app, Choice.LIGHT), WakeLock((_NoKeeper(),)))
    window.resize(1280, 800)
    window.show()
    app.processEvents()

    def open_history() -> None:
        window.open_history()
        app.processEvents()

    note = f"first time, {SESSIONS:,} sessions"
    yield at_most("history open", _took_ms(open_history), 300, "ms", note)
    window.close()
    history = program.app.history()
    shown = Shown(*history.period(Period.YEARS_5))
    picture = QImage(1000, 360, QImage.Format.Format_RGB32)

    def draw_five_years(per: Per) -> None:
        chart = history.trend(shown, per)
        painter = QPainter(picture)
        paint(painter, QRectF(picture.rect()), chart, Look(THEMES[ThemeName.LIGHT]))
        painter.end()

    for per in Per:
        took = [_took_ms(lambda per=per: draw_five_years(per)) for _ in range(TIMES)]
        yield at_most(f"five years drawn, each {per}", percentile(took, 0.5), 50, "ms", "median")
