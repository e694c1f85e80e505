"""The program's mark, painted by us: a leg bent at the knee, and the line along it that glides."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from coach.ui.tokens import THEMES, ThemeName

#: Sizes (pixels) that system trays ask for.
_SIZES = (16, 22, 24, 32, 48, 64, 128)


def program_mark() -> QIcon:
    """The mark in every size a tray may want; the same on light and dark."""
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_painted(size))
    return icon


def _painted(size: int) -> QPixmap:
    theme = THEMES[ThemeName.LIGHT]
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 64, size / 64)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(QRectF(2, 2, 60, 60), 15, 15)
    leg = QPainterPath(QPointF(14, 44))
    leg.cubicTo(QPointF(20, 20), QPointF(34, 10), QPointF(38, 26))
    leg.cubicTo(QPointF(41, 38), QPointF(42, 46), QPointF(51, 46))
    pen = QPen(QColor(theme.on_accent), 7 if size > 24 else 8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(leg)
    painter.end()
    return picture
