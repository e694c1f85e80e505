"""A ring that fills or empties, with a big number or word in its middle."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.ui.desk import Desk
from coach.ui.tokens import ThemeName

_THICK = 0.075  # of the diameter


class Ring(QWidget):
    """Share 0-1 of a ring, in a colour of the theme."""

    def __init__(self, desk: Desk, *, smallest: int = 120, largest: int = 1000) -> None:
        super().__init__()
        self._desk = desk
        self._smallest = smallest
        self._state = (0.0, "", "", "accent")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(round(largest * desk.scale))

    def sizeHint(self) -> QSize:
        """The size it likes best."""
        side = round(self._smallest * 1.4)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """The size below which it cannot be read."""
        return QSize(self._smallest, self._smallest)

    def show_share(self, share: float, big: str, small: str = "", colour: str = "accent") -> None:
        """Show a share with a big text and a small one under it.

        colour: the name of a colour of :class:`coach.ui.tokens.Theme`.
        """
        state = (min(max(share, 0.0), 1.0), big, small, colour)
        if state != self._state:
            self._state = state
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the present state."""
        share, big, small, colour = self._state
        theme = self._desk.theme
        side = min(self.width(), self.height())
        thick = side * _THICK
        box = QRectF(0, 0, side - thick - 2, side - thick - 2)
        box.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = theme.raised if theme.name is ThemeName.CONTRAST else theme.border
        pen = QPen(QColor(track), thick)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(box)
        if share > 0:
            pen.setColor(QColor(getattr(theme, colour)))
            painter.setPen(pen)
            painter.drawArc(box, 90 * 16, -round(share * 360 * 16))
        inside = box.adjusted(thick * 1.6, thick * 1.6, -thick * 1.6, -thick * 1.6)
        painter.setPen(QColor(theme.text))
        middle = inside.adjusted(0, 0, 0, -inside.height() * (0.2 if small else 0))
        painter.setFont(fitting(painter.font(), big, middle.width(), inside.height() * 0.62))
        painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, big)
        if small:
            under = inside.adjusted(0, inside.height() * 0.7, 0, -inside.height() * 0.06)
            painter.setPen(QColor(theme.soft))
            largest = under.height() * 0.6
            painter.setFont(fitting(painter.font(), small, under.width() * 0.86, largest))
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, small)
        painter.end()


def fitting(font: QFont, text: str, width: float, height: float) -> QFont:
    """The largest size of a font, up to ``height`` pixels, in which the text is that wide."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    made.setPixelSize(max(round(height), 8))
    wide = QFontMetricsF(made).horizontalAdvance(text)
    if wide > width:
        made.setPixelSize(max(round(height * width / wide), 8))
    return made
