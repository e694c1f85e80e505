"""Collecting what to fill, back to front, and filling it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QRadialGradient

from coach.body.kinematics import Point
from coach.ui.figure.look import Look, Tone, brush, layer_brushes
from coach.ui.figure.mapping import Mapping
from coach.ui.figure.ribbon import Outline, Ribbon

LIGHT = (-0.52, 0.85)
"""Direction towards the light, metres; mirrored with the figure."""

Op = tuple[QPainterPath, QBrush | None, QPen | None]

NO_PEN = QPen(Qt.PenStyle.NoPen)
NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)


class Canvas:
    """Collects fills; what is painted first lies underneath."""

    def __init__(self, mapping: Mapping, look: Look) -> None:
        self.map = mapping
        self.look = look
        self.ops: list[Op] = []
        # Steps between layers show on a large figure and cost time for nothing on a small one.
        self._detail = min(max((mapping.scale / 540) ** 0.5, 0.55), 1.6)

    def fill(self, path: QPainterPath, paint: QBrush | str, pen: QPen | None = None) -> None:
        """Fill a path given in device pixels."""
        self.ops.append((path, brush(paint) if isinstance(paint, str) else paint, pen))

    def line(self, path: QPainterPath, colour: str, width: float) -> None:
        """Draw along a path; width in metres."""
        pen = QPen(QColor(colour), width * self.map.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.ops.append((path, None, pen))

    def limb(self, ribbon: Ribbon, joints: tuple[Point, ...], tone: Tone, layers: int) -> None:
        """A shaded limb: a dark silhouette, then ever narrower opaque layers towards the light.

        layers: how many at an ordinary size.
        """
        way = self.map.way
        layers = max(2, round(layers * self._detail))
        sections = ribbon.sections(joints, self.map, LIGHT)
        if tone.rim:
            self.fill(smooth(ribbon.outline(sections, 1.07, 0.0, way)), tone.rim)
        self.fill(smooth(ribbon.outline(sections, 1.0, 0.0, way)), tone.edge)
        for layer, paint in enumerate(layer_brushes(tone, layers), 1):
            u = layer / layers
            outline = ribbon.outline(sections, 0.975 - 0.74 * u**1.12, 0.02 + 0.40 * u, way)
            self.fill(smooth(outline), paint)

    def rim(self, tone: Tone) -> QPen | None:
        """The pen that outlines a material, where the theme asks for one."""
        return QPen(QColor(tone.rim), 0.006 * self.map.scale) if tone.rim else None

    def glow(self, centre: Point, radius: float, tone: Tone) -> QBrush:
        """A radial gradient lit from the side of the light, for round things."""
        middle = self.map.at((centre.x + LIGHT[0] * 0.045, centre.y + LIGHT[1] * 0.045))
        gradient = QRadialGradient(middle, radius * self.map.scale)
        gradient.setColorAt(0.0, QColor(tone.light))
        gradient.setColorAt(0.55, QColor(tone.base))
        gradient.setColorAt(1.0, QColor(tone.shade))
        return QBrush(gradient)


def smooth(points: Outline) -> QPainterPath:
    """A closed path of Catmull-Rom curves through an outline, sharp where a point comes twice."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    count = len(points)
    xa, ya = points[-1]
    xb, yb = points[0]
    path.moveTo(xb, yb)
    cubic = path.cubicTo
    for i in range(count):
        xc, yc = points[i + 1 - count]
        xd, yd = points[i + 2 - count]
        if xb != xc or yb != yc:
            cubic(
                xb + (xc - xa) / 6,
                yb + (yc - ya) / 6,
                xc - (xd - xb) / 6,
                yc - (yd - yb) / 6,
                xc,
                yc,
            )
        xa, ya, xb, yb = xb, yb, xc, yc
    path.closeSubpath()
    return path


def paint(painter: QPainter, ops: list[Op]) -> None:
    """Fill everything in order."""
    for path, fill, pen in ops:
        painter.setPen(pen or NO_PEN)
        painter.setBrush(fill or NO_BRUSH)
        painter.drawPath(path)
