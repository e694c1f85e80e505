"""Ratings 0-10 over days: a solid and a dashed line, their markers, gaps, and the last values."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QLinearGradient, QPainterPath, QPolygonF

from coach.app.history.chart import Axis, Point, Series, Stroke, Tick, TrendChart, gaps
from coach.ui.charts.ink import FINE, THICK, Ink

TOP_RATING = 10
_COLOURS = {Stroke.FIRST: "accent", Stroke.SECOND: "phase_back"}
_DASHES: dict[Stroke, tuple[float, ...]] = {Stroke.FIRST: (), Stroke.SECOND: (6.0, 4.0)}
_MARKER = 3.4
"""Half the width of a marker, pixels at 100 % text."""
_CROWDED = 7.0
"""Points closer together than this (pixels at 100 % text) have no marker of their own."""


class Plot:
    """Where days and ratings lie within a chart."""

    def __init__(self, box: QRectF, axis: Axis) -> None:
        self.box = box
        self.axis = axis

    def x(self, point: Point) -> float:
        """The place of a point along the days."""
        return self.box.left() + self.axis.share(point.day, point.within) * self.box.width()

    def y(self, value: float) -> float:
        """The height of a rating."""
        return self.box.bottom() - value / TOP_RATING * self.box.height()

    def at(self, point: Point, value: float) -> QPointF:
        """The place of a rating at a point."""
        return QPointF(self.x(point), self.y(value))


def plot_of(ink: Ink, rect: QRectF, chart: TrendChart) -> Plot:
    """The plot inside a chart's rectangle."""
    legend = ink.line * 1.6
    foot = ink.line * (2.3 if chart.unanswered else 1.7)
    left, right = ink.width("10") + 12 * ink.unit, ink.width("10.0", bold=True) + 26 * ink.unit
    return Plot(rect.adjusted(left, legend + ink.line * 0.9, -right, -foot), chart.axis)


def paint_trend(ink: Ink, rect: QRectF, chart: TrendChart) -> None:
    """Paint the chart without its title."""
    plot = plot_of(ink, rect, chart)
    _scale(ink, rect, plot)
    days(ink, rect, plot.box, chart.axis)
    _marks(ink, plot, chart)
    for series in chart.series:
        _ranges(ink, plot, series, len(chart.series))
    for series in chart.series:
        _line(ink, plot, series, chart.joins)
    for series in chart.series:
        _markers(ink, plot, series)
    _badges(ink, rect, plot, chart)
    _legend(ink, rect, chart)


def _scale(ink: Ink, rect: QRectF, plot: Plot) -> None:
    step = 2 if plot.box.height() > ink.line * 7 else 5
    for value in range(0, TOP_RATING + 1, step):
        y = plot.y(value)
        ink.painter.setPen(ink.pen("edge" if value == 0 else "border"))
        ink.painter.drawLine(QPointF(plot.box.left(), y), QPointF(plot.box.right(), y))
        label = QRectF(rect.left(), y - ink.line, plot.box.left() - rect.left() - 9 * ink.unit, 0)
        label.setHeight(ink.line * 2)
        ink.write(str(value), label, Qt.AlignmentFlag.AlignRight)


def days(ink: Ink, rect: QRectF, box: QRectF, axis: Axis) -> None:
    """The words along the days, as many as there is room for."""
    foot = QRectF(box.left(), rect.bottom() - ink.line * 1.2, box.width(), ink.line * 1.2)
    shown = _roomy(ink, axis, box.width())
    for tick in shown:
        x = box.left() + axis.share(tick.day, 0.0) * box.width()
        ink.painter.setPen(ink.pen("border"))
        ink.painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + 5 * ink.unit))
        wide = ink.width(tick.text)
        start = min(max(x - wide / 2, rect.left()), rect.right() - wide)
        word = QRectF(start, foot.top(), wide, foot.height())
        ink.write(tick.text, word, Qt.AlignmentFlag.AlignLeft)


def _roomy(ink: Ink, axis: Axis, width: float) -> list[Tick]:
    """Every tick, or every second, third and so on, so that none touches another."""
    for every in range(1, len(axis.ticks) + 1):
        shown = list(axis.ticks[::every])
        apart = all(
            (axis.share(b.day, 0) - axis.share(a.day, 0)) * width
            > (ink.width(a.text) + ink.width(b.text)) / 2 + 10 * ink.unit
            for a, b in pairwise(shown)
        )
        if apart:
            return shown
    return []


def _marks(ink: Ink, plot: Plot, chart: TrendChart) -> None:
    taken = plot.box.left() - ink.line
    for mark in chart.marks:
        x = plot.box.left() + chart.axis.share(mark.day) * plot.box.width()
        ink.painter.setPen(ink.pen("warn", 1.4, dash=(2.0, 3.0)))
        ink.painter.drawLine(QPointF(x, plot.box.top()), QPointF(x, plot.box.bottom()))
        if x - taken < ink.line:
            continue
        taken = x
        flag = QRectF(0, 0, ink.line * 1.05, ink.line * 1.05)
        flag.moveCenter(QPointF(x, plot.box.top() - ink.line * 0.5))
        ink.painter.setPen(ink.pen("warn", 1.4))
        ink.painter.setBrush(ink.colour("warn_soft"))
        ink.painter.drawRoundedRect(flag, 4 * ink.unit, 4 * ink.unit)
        ink.write(mark.letter, flag, Qt.AlignmentFlag.AlignHCenter, colour="warn", bold=True)


def _ranges(ink: Ink, plot: Plot, series: Series, many: int) -> None:
    """The range of the answers behind each mean, beside that of the other series."""
    beside = 0.0 if many == 1 else 2.4 if series.stroke is Stroke.SECOND else -2.4
    pen = ink.pen(_COLOURS[series.stroke], 2.4)
    colour = pen.color()
    colour.setAlphaF(0.9 if ink.theme.border == ink.theme.text else 0.28)
    pen.setColor(colour)
    ink.painter.setPen(pen)
    for point in series.points:
        if point.low is None or point.high is None or point.low == point.high:
            continue
        x = plot.x(point) + beside * ink.unit
        ink.painter.drawLine(QPointF(x, plot.y(point.low)), QPointF(x, plot.y(point.high)))


def _line(ink: Ink, plot: Plot, series: Series, joins: int) -> None:
    for run in gaps(series.points, joins):
        places = [plot.at(one, one.value or 0) for one in run]
        if len(places) < 2:
            continue
        path = _smooth(places) if run[0].low is not None else _straight(places)
        if series.stroke is Stroke.FIRST:
            under = QPainterPath(path)
            under.lineTo(places[-1].x(), plot.box.bottom())
            under.lineTo(places[0].x(), plot.box.bottom())
            under.closeSubpath()
            fade = QLinearGradient(plot.box.topLeft(), plot.box.bottomLeft())
            fade.setColorAt(0, ink.colour("accent", 0.34))
            fade.setColorAt(1, ink.colour("accent", 0.02))
            ink.painter.fillPath(under, QBrush(fade))
        ink.painter.setBrush(Qt.BrushStyle.NoBrush)
        ink.painter.setPen(ink.pen(_COLOURS[series.stroke], THICK, dash=_DASHES[series.stroke]))
        ink.painter.drawPath(path)


def _straight(places: list[QPointF]) -> QPainterPath:
    path = QPainterPath(places[0])
    for place in places[1:]:
        path.lineTo(place)
    return path


def _smooth(places: list[QPointF]) -> QPainterPath:
    """A line through all places that never rises above or falls below two neighbours."""
    path = QPainterPath(places[0])
    for a, b in pairwise(places):
        half = (b.x() - a.x()) / 2
        path.cubicTo(QPointF(a.x() + half, a.y()), QPointF(b.x() - half, b.y()), b)
    return path


def _markers(ink: Ink, plot: Plot, series: Series) -> None:
    given = [one for one in series.points if one.value is not None]
    spread = plot.box.width() / max(len(given), 1)
    crowded = spread < _CROWDED * ink.unit
    alone = {run[0] for run in gaps(series.points, 10**6) if len(run) == 1}
    for point in series.points:
        if point.value is None:
            _unanswered(ink, plot, point, series.stroke)
            continue
        place = plot.at(point, point.value)
        if point.first is not None:
            _first_said(ink, plot, point, place)
        if point.corrected or not crowded or point in alone:
            marker(ink, place, series.stroke)
        if point.corrected:
            _corrected(ink, place)


def marker(ink: Ink, place: QPointF, stroke: Stroke, size: float = 1.0) -> None:
    """A round marker for the first series, a hollow square for the second."""
    half = _MARKER * ink.unit * size
    ink.painter.setPen(ink.pen(_COLOURS[stroke], 1.8))
    if stroke is Stroke.FIRST:
        ink.painter.setBrush(ink.colour(_COLOURS[stroke]))
        ink.painter.drawEllipse(place, half, half)
    else:
        ink.painter.setBrush(ink.colour("surface"))
        ink.painter.drawRect(QRectF(place.x() - half, place.y() - half, half * 2, half * 2))


def _first_said(ink: Ink, plot: Plot, point: Point, place: QPointF) -> None:
    before = plot.at(point, point.first or 0)
    ink.painter.setPen(ink.pen("text", FINE, dash=(1.5, 2.5)))
    ink.painter.drawLine(before, place)
    ink.painter.setPen(ink.pen("text", 1.2))
    ink.painter.setBrush(Qt.BrushStyle.NoBrush)
    ink.painter.drawEllipse(before, 3 * ink.unit, 3 * ink.unit)


def _corrected(ink: Ink, place: QPointF) -> None:
    """A ring round the marker."""
    ink.painter.setPen(ink.pen("text", 1.5))
    ink.painter.setBrush(Qt.BrushStyle.NoBrush)
    ink.painter.drawEllipse(place, 7 * ink.unit, 7 * ink.unit)


def _unanswered(ink: Ink, plot: Plot, point: Point, stroke: Stroke) -> None:
    """A small cross below the axis, where no line can be mistaken for an answer."""
    lower = 0.45 if stroke is Stroke.FIRST else 0.85
    _cross(ink, QPointF(plot.x(point), plot.box.bottom() + ink.line * lower))


def _cross(ink: Ink, place: QPointF) -> None:
    half = 2.4 * ink.unit
    ink.painter.setPen(ink.pen("soft", 1.3))
    for up in (half, -half):
        ink.painter.drawLine(
            QPointF(place.x() - half, place.y() - up), QPointF(place.x() + half, place.y() + up)
        )


def _badges(ink: Ink, rect: QRectF, plot: Plot, chart: TrendChart) -> None:
    """The last value of each series at the right edge, moved apart where they would overlap."""
    tall = ink.line * 1.35
    lasts = [(series, series.last) for series in chart.series]
    shown = [(s, one, plot.y(one.value)) for s, one in lasts if one and one.value is not None]
    shown.sort(key=lambda each: each[2])
    taken = plot.box.top() - tall
    for n, (series, point, y) in enumerate(shown):
        below = (len(shown) - n - 1) * (tall + 4 * ink.unit)
        middle = min(max(y, taken + tall + 4 * ink.unit), plot.box.bottom() + tall / 2 - below)
        taken = middle
        left = plot.box.right() + 12 * ink.unit
        badge = QRectF(left, middle - tall / 2, rect.right() - left, tall)
        place = plot.at(point, point.value or 0)
        colour = _COLOURS[series.stroke]
        ink.painter.setPen(ink.pen(colour, FINE, dash=(1.5, 3.0)))
        ink.painter.drawLine(place, QPointF(badge.left(), middle))
        marker(ink, place, series.stroke, 1.35)
        ink.painter.setPen(ink.pen(colour, 1.6))
        filled = series.stroke is Stroke.FIRST
        ink.painter.setBrush(ink.colour(colour if filled else "surface"))
        ink.painter.drawRoundedRect(badge, 7 * ink.unit, 7 * ink.unit)
        tone = "on_accent" if filled else colour
        ink.write(
            number(point.value or 0), badge, Qt.AlignmentFlag.AlignHCenter, colour=tone, bold=True
        )


def number(value: float) -> str:
    """A rating or a mean of some, with one decimal where it has one."""
    return f"{value:.1f}".removesuffix(".0")


def _legend(ink: Ink, rect: QRectF, chart: TrendChart) -> None:
    x, y = rect.left(), rect.top() + ink.line * 0.7
    gap, sample = 20 * ink.unit, 30 * ink.unit
    for series in chart.series:
        ink.painter.setPen(ink.pen(_COLOURS[series.stroke], THICK, dash=_DASHES[series.stroke]))
        ink.painter.drawLine(QPointF(x, y), QPointF(x + sample, y))
        marker(ink, QPointF(x + sample / 2, y), series.stroke)
        x = _said(ink, x + sample, y, series.name) + gap
    if chart.unanswered:
        _cross(ink, QPointF(x + 4 * ink.unit, y))
        x = _said(ink, x + 8 * ink.unit, y, chart.unanswered) + gap
    if chart.corrected:
        _corrected(ink, QPointF(x + 8 * ink.unit, y))
        x = _said(ink, x + 16 * ink.unit, y, chart.corrected) + gap
    for letter, text in {mark.letter: mark.text for mark in chart.marks}.items():
        ink.write(
            letter, _beside(ink, x, y, letter), Qt.AlignmentFlag.AlignLeft, colour="warn", bold=True
        )
        x = _said(ink, x + ink.width(letter, bold=True), y, text) + gap


def _beside(ink: Ink, x: float, y: float, text: str) -> QRectF:
    return QRectF(x, y - ink.line, ink.width(text), ink.line * 2)


def _said(ink: Ink, x: float, y: float, text: str) -> float:
    start = x + 7 * ink.unit
    ink.write(text, _beside(ink, start, y, text), Qt.AlignmentFlag.AlignLeft, colour="text")
    return start + ink.width(text)


def triangle(place: QPointF, half: float, *, up: bool) -> QPolygonF:
    """A small triangle that points up or down."""
    way = -half if up else half
    return QPolygonF(
        [
            QPointF(place.x(), place.y() + way),
            QPointF(place.x() - half, place.y() - way),
            QPointF(place.x() + half, place.y() - way),
        ]
    )
