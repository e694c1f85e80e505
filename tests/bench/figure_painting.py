"""Paint the figure with its nerve at a size such as 1280x800; prints the median milliseconds."""

import sys
import time
from statistics import median

from PySide6.QtWidgets import QApplication

from coach.domain.exercise import LevelName
from coach.domain.side import Side
from coach.rules.levers import base_dose
from coach.ui.figure.view import FigureView
from coach.ui.tokens import THEMES, ThemeName
from playing import SHIPPED

FRAMES = 60


def main(size: str) -> None:
    """Every frame shows another moment."""
    application = QApplication([])
    exercise = SHIPPED.catalogue["S3"]
    view = FigureView()
    view.resize(*map(int, size.split("x")))
    view.set_nerve(True)
    dose = base_dose(exercise, LevelName.C)
    view.show_exercise(exercise, dose, Side.RIGHT, THEMES[ThemeName.LIGHT])
    view.grab()  # the background is painted once
    took = []
    for frame in range(FRAMES):
        view.set_moment(0, frame / FRAMES)
        began = time.perf_counter()
        view.grab()
        took.append(1000 * (time.perf_counter() - began))
    print(f"{median(took):.3f}")
    application.quit()


main(sys.argv[1])
