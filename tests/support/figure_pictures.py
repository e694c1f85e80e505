"""Pictures of the figure without any text, and contact sheets of all exercises.

``python tests/support/figure_pictures.py [FOLDER]`` paints every exercise at its highest level, at
the start, in the middle and at the end, facing both ways, in light, dark and high contrast.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication, QImage, QPainter

from coach.body import nerve
from coach.body.motion import march_pose
from coach.body.nerve_pose import nerve_pose, shows_nerve
from coach.domain.pose import Joint, Pose
from coach.ui.figure.canvas import paint
from coach.ui.figure.nerve_line import nerve_ops
from coach.ui.figure.painter import FigurePainter
from coach.ui.tokens import THEMES, ThemeName
from figure_cases import CASES, ROOT, Case

SHARES = (0.0, 0.5, 1.0)
CELL = (480, 300)
"""Pixels of one picture of a sheet."""

_MARCH_S = (0.0, 0.6, 1.8)
"""Seconds of the march at the three moments."""


def picture(
    case: Case, share: float, theme: ThemeName, size: tuple[int, int], *, mirrored: bool = False
) -> QImage:
    """The figure at a share 0-1 of the way from home to out, with its nerve where it has one."""
    pose = case.dose.home.toward(case.dose.out, tuple(Joint), share)
    other = Pose()
    if case.marches:
        stride = march_pose(_MARCH_S[SHARES.index(share)])
        pose, other = stride.near, stride.far
    body = case.stage.skeleton(pose, other)
    painter_of = FigurePainter(case.stage, THEMES[theme], *size, samples=(body,), mirrored=mirrored)
    image = QImage(*size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter_of.paint_background(painter)
    painter_of.paint(painter, body)
    if shows_nerve(case.exercise):
        ends = [_solved(case, end).slide_mm["midthigh"] for end in (case.dose.home, case.dose.out)]
        found = _solved(case, pose)
        paint(painter, nerve_ops(body, found, sum(ends) / 2, painter_of.mapping, theme))
    painter.end()
    return image


def _solved(case: Case, pose: Pose) -> nerve.Nerve:
    return nerve.solve(nerve_pose(case.exercise, pose))


def highest() -> Iterator[Case]:
    """Every exercise at its highest level."""
    levels = {case.exercise.id: case for case in CASES}
    yield from levels.values()


def sheet(theme: ThemeName, *, mirrored: bool) -> QImage:
    """All exercises below each other, three moments each."""
    cases = list(highest())
    wide, tall = CELL
    whole = QImage(wide * len(SHARES), tall * len(cases), QImage.Format.Format_RGB32)
    painter = QPainter(whole)
    for row, case in enumerate(cases):
        for column, share in enumerate(SHARES):
            one = picture(case, share, theme, CELL, mirrored=mirrored)
            painter.drawImage(column * wide, row * tall, one)
    painter.end()
    return whole


def main(folder: Path) -> None:
    """Write a sheet for each theme and side."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication([])
    for theme in ThemeName:
        for mirrored in (False, True):
            path = folder / f"figures-{theme}-{'left' if mirrored else 'right'}.png"
            if not sheet(theme, mirrored=mirrored).save(str(path)):
                sys.exit(f"{path} cannot be written")
            print(path)
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / "figures")
