"""From metres to device pixels.

Paths are built in device pixels: letting the painter scale metre-sized paths costs twice as much
(gui.md 3).
"""

from dataclasses import dataclass
from math import cos, radians, sin

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

from coach.body.kinematics import Point
from coach.body.stage import Frame


@dataclass(frozen=True, slots=True)
class Mapping:
    """Metres to device pixels: x = left + scale * way * metres, y downwards."""

    scale: float
    left: float
    base: float
    way: int

    @classmethod
    def fitting(cls, frame: Frame, width: int, height: int, *, mirrored: bool) -> "Mapping":
        """The frame as large as it fits, in the middle, standing low."""
        wide, tall = frame.right - frame.left, frame.top - frame.bottom
        scale = min(width * 0.94 / wide, height * 0.92 / tall)
        way = -1 if mirrored else 1
        middle = (frame.left + frame.right) / 2
        spare = height - scale * tall
        base = height - spare * 0.50 + scale * frame.bottom
        return cls(scale, width / 2 - way * scale * middle, base, way)

    def at(self, point: Point | tuple[float, float]) -> QPointF:
        """A point in device pixels."""
        x, y = point
        return QPointF(self.left + self.scale * self.way * x, self.base - self.scale * y)

    def transform(self, origin: Point, angle: float, size: float = 1.0) -> QTransform:
        """Places a shape drawn round its own origin at a point, turned by degrees."""
        c, s = cos(radians(angle)) * self.scale * size, sin(radians(angle)) * self.scale * size
        at = self.at(origin)
        return QTransform(self.way * c, -s, -self.way * s, -c, at.x(), at.y())
