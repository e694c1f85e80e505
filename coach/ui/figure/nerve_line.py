"""The nerve drawn over the figure: colour and width tell how taut it is, a bead how it slides.

Where it is slack the line is dotted, so that colour is never the only sign. Widths are metres of
the figure; the bands are choices of drawing, no clinical thresholds (nerve-model.md 2.3).
"""

from functools import cache
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF, QRadialGradient

from coach.body import nerve, nerve_route
from coach.body.skeleton import Skeleton
from coach.ui.figure.canvas import Op
from coach.ui.figure.look import mixed
from coach.ui.figure.mapping import Mapping
from coach.ui.tokens import ThemeName

BEAD_AT = nerve.SLIDE_AT["midthigh"]
BEAD_GAIN = 3.5
"""How much further than in the model the bead travels, to be seen (nerve-model.md 2.3)."""

BEAD_REACH = (775.0, 1055.0)
"""The thigh's part of the strand, in mm, which the bead does not leave."""

SLACK_BELOW = 3.0
"""Colour 0-100 below which the line is dotted."""

_RAMP = (
    (0.0, "#dba016"),
    (30.0, "#ef9a1e"),
    (60.0, "#ea701c"),
    (85.0, "#d33d1c"),
    (100.0, "#a81d22"),
)
_CASING = {
    ThemeName.LIGHT: "#fffdf6",
    ThemeName.DARK: "#1a1408",
    ThemeName.CONTRAST: "#000000",
}
_THIN, _THICK, _CASED, _BEAD = 0.0090, 0.0190, 0.0085, 0.023
_CHUNK = 4
"""Samples of the route drawn with one pen."""

_LEVELS = 5
"""Colours are told apart in steps of so much of 100."""


def nerve_ops(
    body: Skeleton, found: nerve.Nerve, bead_rest_mm: float, mapping: Mapping, theme: ThemeName
) -> list[Op]:
    """What to paint over the figure; bead_rest_mm is the thigh's slide half way through."""
    points = nerve_route.route(body)
    xs = mapping.left + mapping.scale * mapping.way * points[:, 0]
    ys = mapping.base - mapping.scale * points[:, 1]
    line = [QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
    along = np.linspace(0, nerve.LENGTH, len(line))
    local = np.interp(along, found.middles_mm, found.local_colour).tolist()
    casing: list[Op] = []
    core: list[Op] = []
    for first in range(0, len(line) - 1, _CHUNK):
        path = QPainterPath()
        path.addPolygon(QPolygonF(line[first : first + _CHUNK + 1]))
        level = round(sum(local[first : first + _CHUNK]) / len(local[first : first + _CHUNK]))
        pens = _pens(
            min(level // _LEVELS * _LEVELS, 100), level < SLACK_BELOW, mapping.scale, theme
        )
        casing.append((path, None, pens[0]))
        core.append((path, None, pens[1]))
    at = BEAD_AT + BEAD_GAIN * (found.slide_mm["midthigh"] - bead_rest_mm)
    middle = mapping.at(nerve_route.place(points, min(max(at, BEAD_REACH[0]), BEAD_REACH[1])))
    return [*casing, *core, *_bead(middle, mapping.scale, theme)]


def nerve_colour(level: float) -> str:
    """The colour of a local tension 0-100, ``#rrggbb``."""
    level = min(max(level, 0.0), 100.0)
    for (low, one), (high, other) in pairwise(_RAMP):
        if level <= high:
            return mixed(one, other, (level - low) / (high - low))
    return _RAMP[-1][1]


@cache
def _pens(level: int, slack: bool, scale: float, theme: ThemeName) -> tuple[QPen, QPen]:  # noqa: FBT001
    """Casing and core of a piece of the line."""
    width = _THIN + (_THICK - _THIN) * level / 100
    casing = QPen(QColor(_CASING[theme]), (width + _CASED) * scale)
    core = QPen(QColor(nerve_colour(level)), width * scale)
    for pen in (casing, core):
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if slack:
        core.setDashPattern([0.01, 2.2])
    return casing, core


def _bead(middle: QPointF, scale: float, theme: ThemeName) -> list[Op]:
    radius = _BEAD * scale
    rim = QPainterPath()
    rim.addEllipse(middle, radius, radius)
    ball = QPainterPath()
    ball.addEllipse(middle, radius * 0.78, radius * 0.78)
    light = QRadialGradient(middle - QPointF(radius * 0.25, radius * 0.3), radius)
    for share, colour in ((0.0, "#fffdf4"), (0.5, "#f4cf6a"), (1.0, "#a86f12")):
        light.setColorAt(share, QColor(colour))
    return [(rim, QBrush(QColor(_CASING[theme])), None), (ball, QBrush(light), None)]
