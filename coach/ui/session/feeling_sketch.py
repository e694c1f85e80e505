"""Two small drawings that tell tingling (extra feeling) from numbness (less feeling)."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.ui.desk import Desk

_WIDE, _HIGH = 120.0, 150.0
#: Where sparks stand on and around the foot, in the drawing's own units, with their size.
_SPARKS = (
    (20, 128, 5), (40, 118, 4), (58, 134, 5), (82, 124, 6), (100, 136, 4),
    (34, 100, 4), (12, 104, 4), (56, 96, 5), (74, 104, 4), (96, 112, 4), (26, 78, 4), (60, 72, 4),
)  # fmt: skip


class Feeling(StrEnum):
    """What a drawing shows."""

    TINGLING = "tingling"
    NUMB = "numb"


def _lower_leg() -> QPainterPath:
    """A shin and foot seen from the side."""
    path = QPainterPath(QPointF(22, 0))
    path.cubicTo(12, 40, 16, 80, 20, 104)
    path.cubicTo(16, 116, 12, 132, 18, 140)
    path.cubicTo(30, 146, 84, 146, 104, 142)
    path.cubicTo(114, 138, 108, 126, 96, 122)
    path.cubicTo(78, 116, 62, 110, 56, 98)
    path.cubicTo(54, 70, 64, 36, 60, 0)
    path.closeSubpath()
    return path


def _foot_only() -> QPainterPath:
    below = QPainterPath()
    below.addRect(QRectF(0, 92, _WIDE, _HIGH))
    return _lower_leg().intersected(below)


class FeelingSketch(QWidget):
    """One of the two drawings."""

    def __init__(self, desk: Desk, feeling: Feeling) -> None:
        super().__init__()
        self._desk = desk
        self._feeling = feeling
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(desk.say(f"feel_help.{feeling}"))

    def sizeHint(self) -> QSize:
        """The size it likes best."""
        return QSize(72, 90)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the present state."""
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / _WIDE, self.height() / _HIGH)
        painter.setPen(QPen(QColor(theme.edge), 2))
        painter.setBrush(QColor(theme.raised))
        painter.drawPath(_lower_leg())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._feeling is Feeling.TINGLING:
            painter.setPen(QPen(QColor(theme.accent), 3.2, c=Qt.PenCapStyle.RoundCap))
            for x, y, size in _SPARKS:
                painter.drawLine(QPointF(x - size, y), QPointF(x + size, y))
                painter.drawLine(QPointF(x, y - size), QPointF(x, y + size))
        else:
            painter.setPen(QPen(QColor(theme.surface), 4))
            painter.setBrush(QColor(theme.surface))
            painter.drawPath(_foot_only())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = QPen(QColor(theme.soft), 3)
            pen.setDashPattern([2, 2.2])
            painter.setPen(pen)
            painter.drawPath(_foot_only())
        painter.end()
