"""Charts in rows over days: spots that grow with how often, and levels as stairs."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from coach.app.history.chart import Axis, SpotChart, StairChart, Stairs, Turn
from coach.ui.charts.ink import FINE, THICK, Ink
from coach.ui.charts.trend import days, triangle

_LARGEST = 0.46
"""Half the width of the largest spot, as a share of its row."""


def rows_box(ink: Ink, rect: QRectF, names: tuple[str, ...]) -> QRectF:
    """Where the rows lie beside their names."""
    widest = max((ink.width(name) for name in names), default=0.0)
    left = min(widest + 16 * ink.unit, rect.width() * 0.4)
    return rect.adjusted(left, 4 * ink.unit, -ink.width("00 Mon") / 2, -ink.line * 1.7)


def _row(ink: Ink, rect: QRectF, box: QRectF, n: int, many: int, name: str) -> QRectF:
    tall = box.height() / max(many, 1)
    one = QRectF(box.left(), box.top() + n * tall, box.width(), tall)
    word = QRectF(rect.left(), one.top(), box.left() - rect.left() - 12 * ink.unit, tall)
    text = ink.fitting(name, word.width())
    ink.write(text, word, Qt.AlignmentFlag.AlignRight, colour="text")
    ink.painter.setPen(ink.pen("border"))
    ink.painter.drawLine(one.bottomLeft(), one.bottomRight())
    return one


def paint_spots(ink: Ink, rect: QRectF, chart: SpotChart) -> None:
    """Paint rows of spots without the title."""
    box = rows_box(ink, rect, tuple(lane.name for lane in chart.lanes))
    days(ink, rect, box, chart.axis)
    for n, lane in enumerate(chart.lanes):
        one = _row(ink, rect, box, n, len(chart.lanes), lane.name)
        for spot in lane.spots:
            if spot.share <= 0:
                continue
            wide = spot.days / ((chart.axis.until - chart.axis.since).days + 1) * box.width()
            room = min(one.height() * _LARGEST, max(wide * 0.5, 2.5 * ink.unit))
            x = box.left() + chart.axis.share(spot.day, spot.days / 2) * box.width()
            half = max(room * spot.share**0.5, 1.6 * ink.unit)
            ink.painter.setPen(Qt.PenStyle.NoPen)
            ink.painter.setBrush(ink.colour("accent"))
            ink.painter.drawEllipse(QPointF(x, one.center().y()), half, half)


def paint_stairs(ink: Ink, rect: QRectF, chart: StairChart) -> None:
    """Paint rows of levels without the title."""
    box = rows_box(ink, rect, tuple(row.name for row in chart.rows))
    days(ink, rect, box, chart.axis)
    for n, stairs in enumerate(chart.rows):
        one = _row(ink, rect, box, n, len(chart.rows), stairs.name)
        inside = one.adjusted(0, ink.line * 0.9, 0, -7 * ink.unit)
        _stairs(ink, inside, stairs, chart.axis, chart.heights)


def _stairs(ink: Ink, box: QRectF, stairs: Stairs, axis: Axis, heights: int) -> None:
    def x(share: float) -> float:
        return box.left() + min(max(share, 0.0), 1.0) * box.width()

    def y(height: int) -> float:
        return box.bottom() - height / max(heights - 1, 1) * box.height()

    for height in range(heights):
        ink.painter.setPen(ink.pen("border", FINE, dash=(1.0, 4.0)))
        ink.painter.drawLine(QPointF(box.left(), y(height)), QPointF(box.right(), y(height)))
    if not stairs.steps:
        return
    path = QPainterPath(QPointF(x(axis.share(stairs.steps[0].day)), y(stairs.steps[0].height)))
    for step in stairs.steps[1:]:
        path.lineTo(x(axis.share(step.day)), path.currentPosition().y())
        path.lineTo(x(axis.share(step.day)), y(step.height))
    path.lineTo(x(axis.share(stairs.until)), path.currentPosition().y())
    ink.painter.setBrush(Qt.BrushStyle.NoBrush)
    ink.painter.setPen(ink.pen("accent", THICK))
    ink.painter.drawPath(path)
    letter, free = "", box.left() - ink.line
    for step in stairs.steps:
        place = QPointF(x(axis.share(step.day)), y(step.height))
        _turn(ink, place, step.turn)
        if step.letter != letter and place.x() > free:
            left = place.x() + (4 if step is not stairs.steps[0] else -4) * ink.unit
            word = QRectF(left, place.y() - ink.line * 1.25, ink.line * 2, ink.line)
            ink.write(step.letter, word, Qt.AlignmentFlag.AlignLeft, colour="text", bold=True)
            letter, free = step.letter, place.x() + ink.line


def _turn(ink: Ink, place: QPointF, turn: Turn) -> None:
    """Up is harder, down is easier; a round spot is neither."""
    ink.painter.setPen(ink.pen("accent", 1.6))
    ink.painter.setBrush(ink.colour("surface" if turn is Turn.EASIER else "accent"))
    half = 4.2 * ink.unit
    if turn in (Turn.HARDER, Turn.EASIER):
        ink.painter.drawPolygon(triangle(place, half, up=turn is Turn.HARDER))
    else:
        ink.painter.drawEllipse(place, half * 0.8, half * 0.8)
