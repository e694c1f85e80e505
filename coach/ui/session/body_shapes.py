"""The outline of a body from the lower back to the toes, lying face down and seen from above.

Units of the drawing: the spine is x = 0, the right half has x > 0; y runs from 0 (lower back) to
``LENGTH`` (tips of the toes). Lying face down shows the sole as well, so that every place from
back to toes stands in one picture, from top to bottom.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform

from coach.domain.rating import Place
from coach.domain.side import Side

HALF_WIDTH, LENGTH = 210.0, 1028.0
_CROTCH, _BALL, _STEP = 286.0, 966.0, 6.0

Knots = Sequence[tuple[float, float]]
#: Distance of the outer and the inner edge of one half from the spine, at heights y.
_OUTER: Knots = (
    (0, 150), (70, 141), (130, 157), (195, 189), (250, 192), (300, 182), (380, 173), (450, 164),
    (510, 155), (552, 152), (600, 156), (655, 166), (715, 158), (770, 141), (806, 135), (838, 144),
    (868, 147), (900, 146), (935, 154), (966, 160), (992, 158),
)  # fmt: skip
_INNER: Knots = (
    (286, 0), (300, 10), (380, 27), (450, 48), (510, 64), (552, 68), (600, 66), (655, 62),
    (715, 71), (770, 87), (806, 93), (838, 86), (868, 84), (900, 96), (935, 92), (966, 76),
    (992, 77),
)  # fmt: skip
#: Middle and size of each toe, the big one on the inner side.
_TOES = (
    (91, 1000, 17, 28), (114, 1004, 11, 22), (130, 999, 10, 20), (144, 991, 9, 18),
    (155, 981, 8, 16),
)  # fmt: skip
#: From where to where a place reaches; a boundary sags by the third number in its middle.
_BANDS: dict[Place, tuple[tuple[float, float], tuple[float, float]]] = {
    Place.BACK: ((-10, 0), (132, 14)),
    Place.BUTTOCK: ((132, 14), (276, 34)),
    Place.THIGH: ((276, 34), (508, 0)),
    Place.BEHIND_KNEE: ((508, 0), (598, 0)),
    Place.CALF: ((598, 0), (796, 0)),
    Place.HEEL: ((796, 0), (880, 16)),
    Place.SOLE: ((880, 16), (968, -8)),
    Place.TOES: ((968, -8), (LENGTH + 10, 0)),
}
LEG_PLACES = tuple(_BANDS)
"""The places of one leg from top to bottom."""


def _along(knots: Knots, y: float) -> float:
    """The edge at a height: a cubic through the knots, with the slopes between neighbours."""
    if y <= knots[0][0]:
        return knots[0][1]
    for n, ((y0, x0), (y1, x1)) in enumerate(pairwise(knots)):
        if y <= y1:
            before, after = knots[max(n - 1, 0)], knots[min(n + 2, len(knots) - 1)]
            start = (x1 - before[1]) / (y1 - before[0]) * (y1 - y0)
            end = (after[1] - x0) / (after[0] - y0) * (y1 - y0)
            t = (y - y0) / (y1 - y0)
            return (
                (2 * t**3 - 3 * t**2 + 1) * x0
                + (t**3 - 2 * t**2 + t) * start
                + (3 * t**2 - 2 * t**3) * x1
                + (t**3 - t**2) * end
            )
    return knots[-1][1]


@cache
def layer(side: Side, share: float = 1.0) -> QPainterPath:
    """One half of the body; below share 1 it is narrower, for shading from the edge inwards."""
    path = QPainterPath()
    heights = [n * _STEP for n in range(int(_BALL / _STEP) + 5)]
    outer, inner = [], []
    for y in heights:
        out, into = _along(_OUTER, y), _along(_INNER, y) if y > _CROTCH else 0.0
        middle = (out + into) / 2 if y > _CROTCH else out * 0.52
        hollow = min(max((y - 60) / 120, 0.0), 1.0)  # the back has no edge along the spine
        outer.append(QPointF(middle + (out - middle) * share, y))
        inner.append(QPointF(into + (middle - into) * (1 - share) * hollow, y))
    path.moveTo(outer[0])
    for point in (*outer[1:], *reversed(inner)):
        path.lineTo(point)
    path.closeSubpath()
    for x, y, wide, high in _TOES:
        toe = QPainterPath()
        toe.addEllipse(QPointF(x, y), wide * share, high * share)
        path = path.united(toe)
    return path if side is Side.RIGHT else QTransform.fromScale(-1, 1).map(path)


@cache
def area(place: Place, side: Side) -> QPainterPath:
    """The outline of a place of the leg on that side; the lower back belongs to both.

    ``OTHER_LEG`` is the whole leg on that side, with its buttock.
    """
    if place is Place.BACK:
        return _band(place, layer(Side.LEFT).united(layer(Side.RIGHT)))
    if place is Place.OTHER_LEG:
        below = QPainterPath()
        below.addRect(QRectF(-HALF_WIDTH, 140, 2 * HALF_WIDTH, LENGTH))
        return layer(side).intersected(below)
    return _band(place, layer(side))


def _band(place: Place, whole: QPainterPath) -> QPainterPath:
    (top, top_sag), (low, low_sag) = _BANDS[place]
    path = QPainterPath(QPointF(-HALF_WIDTH, top))
    for left, right in ((-HALF_WIDTH, 0.0), (0.0, HALF_WIDTH)):
        path.quadTo(QPointF((left + right) / 2, top + 2 * top_sag), QPointF(right, top))
    path.lineTo(HALF_WIDTH, low)
    for right, left in ((HALF_WIDTH, 0.0), (0.0, -HALF_WIDTH)):
        path.quadTo(QPointF((left + right) / 2, low + 2 * low_sag), QPointF(left, low))
    path.closeSubpath()
    return whole.intersected(path)


def middle(place: Place, side: Side) -> QPointF:
    """Where a tick stands and a line ends: the middle of the place at half its height."""
    top, low = _BANDS[Place.THIGH if place is Place.OTHER_LEG else place]
    y = (max(top[0], 0.0) + top[1] / 2 + min(low[0], LENGTH - 8) + low[1] / 2) / 2
    if place is Place.BACK:
        return QPointF(0, y)
    inner = _along(_INNER, y) if y > _CROTCH else 0.0
    x = (_along(_OUTER, y) + inner) / 2
    return QPointF(x if side is Side.RIGHT else -x, y)
