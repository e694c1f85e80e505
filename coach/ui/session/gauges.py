"""Two bars that move with the figure: how taut the nerve is, and how far the hamstrings."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.body.nerve import Nerve
from coach.ui.desk import Desk
from coach.ui.figure.nerve_line import nerve_colour
from coach.ui.parts import column, label, row
from coach.ui.tokens import Space

BANDS = (30.0, 60.0, 85.0)
"""Where calm, light, firm and strong meet, 0-100: choices of drawing (nerve-model.md 2.3)."""

_WORDS = ("calm", "light", "firm", "strong")


def band(level: float) -> str:
    """The name of a level's band."""
    return _WORDS[sum(level >= edge for edge in BANDS)]


class Bar(QWidget):
    """A level 0-100 with marks where the bands meet; the word beside it says the same."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._name = desk.say(name)
        self._level = 0.0
        self._before: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._name)

    @property
    def words(self) -> str:
        """The band in words."""
        return self._desk.say(f"ui.gauge.{band(self._level)}")

    def sizeHint(self) -> QSize:
        """A line of text over a bar."""
        return QSize(200, round(self.fontMetrics().height() * 1.15 + 18 * self._desk.scale))

    def show_level(self, level: float) -> None:
        """Move the bar; level is 0-100 and may pass 100 a little."""
        if round(level * 2) != round(self._level * 2):
            before, self._level = self.words, level
            if self.words != before:
                self.setAccessibleDescription(self.words)
            self.update()

    def show_before(self, level: float | None) -> None:
        """Mark where the level was, to compare with; None marks nothing."""
        self._before = level
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Name and band, the track, what is filled, the marks."""
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = round(11 * self._desk.scale)
        text = QRectF(0, 0, self.width(), self.height() - height - Space.HAIR)
        painter.setPen(QColor(theme.text))
        metrics = painter.fontMetrics()
        room = round(text.width()) - metrics.horizontalAdvance(self.words) - Space.SMALL
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(QColor(theme.soft))
        painter.drawText(
            text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.words
        )
        track = QRectF(0.5, self.height() - height - 0.5, self.width() - 1, height)
        painter.setPen(QColor(theme.edge))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(track, height / 2, height / 2)
        share = min(max(self._level / 100, 0.0), 1.0)
        filled = QRectF(track)
        filled.setWidth(max(track.width() * share, height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(nerve_colour(self._level)))
        painter.drawRoundedRect(filled, height / 2, height / 2)
        painter.setPen(QColor(theme.text))
        for edge in BANDS:
            x = track.left() + track.width() * edge / 100
            painter.drawLine(round(x), round(track.top()), round(x), round(track.bottom()))
        if self._before is not None:
            x = track.left() + track.width() * min(max(self._before / 100, 0.0), 1.0)
            painter.setPen(QPen(QColor(theme.text), 2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, track.top() - 5), QPointF(x, track.bottom() + 1))
        painter.end()


class Gauges(QWidget):
    """Nerve and hamstrings, and that both are an illustration.

    across: the bars stand in one row, and ``short`` says the note beside them in few words; who
    points at it or has it read aloud gets it whole. note: whether it is said here at all.
    """

    def __init__(
        self, desk: Desk, *, across: bool = False, note: bool = True, short: bool = False
    ) -> None:
        super().__init__()
        self.nerve = Bar(desk, "ui.gauge.nerve")
        self.hamstrings = Bar(desk, "ui.gauge.hamstrings")
        bars = row(spacing=Space.WIDE) if across else column(spacing=Space.SNUG)
        bars.addWidget(self.nerve)
        bars.addWidget(self.hamstrings)
        layout = column(spacing=Space.SMALL if across else Space.SNUG)
        layout.addLayout(bars)
        if short:
            few = label(desk.say("ui.gauge.illustration_short"), "caption", wrap=False)
            for one in (self, few):
                one.setToolTip(desk.say("ui.gauge.illustration"))
                one.setAccessibleDescription(desk.say("ui.gauge.illustration"))
            bars.addWidget(few, 0, Qt.AlignmentFlag.AlignBottom)
        elif note:
            layout.addWidget(label(desk.say("ui.gauge.illustration"), "caption"))
        self.setLayout(layout)

    def show_before(self, found: Nerve | None) -> None:
        """Mark on both bars where they were; None marks nothing."""
        self.nerve.show_before(found.gauge if found else None)
        self.hamstrings.show_before(found.hamstring_index if found else None)

    def show_nerve(self, found: Nerve | None) -> None:
        """Move both bars; without a nerve there is nothing to show."""
        self.setVisible(found is not None)
        if found is not None:
            self.nerve.show_level(found.gauge)
            self.hamstrings.show_level(found.hamstring_index)
