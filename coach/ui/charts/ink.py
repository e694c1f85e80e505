"""A painter's hand for charts: colours and text sizes of a look, and words as text or outlines."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QRawFont,
    QTransform,
)

from coach.ui.tokens import FAMILIES, THEMES, Theme, ThemeName, Type

FINE, THICK = 1.0, 2.4
"""Widths of lines, pixels at 100 % text."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a chart is painted with.

    text_px: height of its words, pixels. outlined: words are drawn as outlines, so that a picture
    looks the same where the typeface is missing.
    """

    theme: Theme
    text_px: float = Type.CAPTION
    outlined: bool = False

    @property
    def scale(self) -> float:
        """Text size, 1.0 is 100 %."""
        return self.text_px / Type.CAPTION


def printed(text_px: float = Type.CAPTION) -> Look:
    """The look on paper."""
    return Look(THEMES[ThemeName.LIGHT], text_px, outlined=True)


class Ink:
    """Draws on a painter in a look."""

    def __init__(self, painter: QPainter, look: Look) -> None:
        self.painter = painter
        self.look = look
        self.theme = look.theme
        self.unit = look.scale

    def colour(self, name: str, share: float = 1.0) -> QColor:
        """A colour of the theme, ``share`` of it covering what is beneath."""
        made = QColor(getattr(self.theme, name))
        made.setAlphaF(share)
        return made

    def pen(self, name: str, width: float = FINE, *, dash: tuple[float, ...] = ()) -> QPen:
        """A pen in a colour of the theme; width and dashes in pixels at 100 % text."""
        made = QPen(self.colour(name), width * self.unit)
        made.setCapStyle(Qt.PenCapStyle.RoundCap)
        made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dash:
            made.setCapStyle(Qt.PenCapStyle.FlatCap)
            made.setDashPattern([length / width for length in dash])
        return made

    def font(self, *, bold: bool = False, size: float = 1.0) -> QFont:
        """The typeface at a share of the look's text size."""
        made = QFont()
        made.setFamilies(list(FAMILIES))
        made.setPixelSize(max(round(self.look.text_px * size), 6))
        made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return made

    def width(self, text: str, *, bold: bool = False, size: float = 1.0) -> float:
        """How wide a text is, pixels."""
        font, share = self._measured(self.font(bold=bold, size=size))
        return QFontMetricsF(font).horizontalAdvance(text) * share

    @property
    def line(self) -> float:
        """The height of a line of text, pixels."""
        return QFontMetricsF(self.font()).height()

    def fitting(self, text: str, room: float, *, bold: bool = False, size: float = 1.0) -> str:
        """The text, shortened where it is wider than ``room`` pixels."""
        metrics = QFontMetricsF(self.font(bold=bold, size=size))
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def write(
        self,
        text: str,
        box: QRectF,
        align: Qt.AlignmentFlag,
        *,
        colour: str = "soft",
        bold: bool = False,
        size: float = 1.0,
    ) -> None:
        """Write one line into a box; what has no room sticks out."""
        font = self.font(bold=bold, size=size)
        large, share = self._measured(font)
        metrics = QFontMetricsF(font)
        across = QFontMetricsF(large).horizontalAdvance(text) * share
        x = box.left()
        if align & Qt.AlignmentFlag.AlignRight:
            x = box.right() - across
        elif align & Qt.AlignmentFlag.AlignHCenter:
            x = box.center().x() - across / 2
        y = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
        if align & Qt.AlignmentFlag.AlignTop:
            y = box.top() + metrics.ascent()
        elif align & Qt.AlignmentFlag.AlignBottom:
            y = box.bottom() - metrics.descent()
        if self.look.outlined:
            path = QPainterPath()
            path.addText(QPointF(), large, text)
            placed = QTransform.fromTranslate(x, y).scale(share, share)
            self.painter.fillPath(placed.map(path), self.colour(colour))
        else:
            self.painter.setFont(font)
            self.painter.setPen(self.colour(colour))
            self.painter.drawText(QPointF(x, y), text)

    def _measured(self, font: QFont) -> tuple[QFont, float]:
        """The font to measure with, and what its pixels are worth.

        Outlines are taken at the size the typeface was drawn at, where every length is a whole
        number: at another size the last digit depends on what else was written before.
        """
        if not self.look.outlined:
            return font, 1.0
        drawn = round(QRawFont.fromFont(font).unitsPerEm()) or font.pixelSize()
        large = QFont(font)
        large.setPixelSize(drawn)
        return large, font.pixelSize() / drawn
