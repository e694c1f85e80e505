"""One painter for every chart, on the screen and for print."""

from typing import assert_never

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from coach.app.history.chart import CalendarChart, Chart, SpotChart, StairChart, TrendChart
from coach.ui.charts.calendar import calendar_height, paint_calendar
from coach.ui.charts.ink import Ink, Look
from coach.ui.charts.rows import paint_spots, paint_stairs
from coach.ui.charts.trend import paint_trend


def paint(painter: QPainter, rect: QRectF, chart: Chart, look: Look) -> None:
    """Paint a chart into a rectangle; its title stands outside."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = Ink(painter, look)
    match chart:
        case TrendChart():
            paint_trend(ink, rect, chart)
        case SpotChart():
            paint_spots(ink, rect, chart)
        case StairChart():
            paint_stairs(ink, rect, chart)
        case CalendarChart():
            paint_calendar(ink, rect, chart)
        case _:
            assert_never(chart)
    painter.restore()


def height_of(chart: Chart, look: Look, width: float) -> float:
    """The height (pixels) at which a chart is easy to read."""
    ink = Ink(QPainter(), look)
    match chart:
        case TrendChart():
            return max(ink.line * 14, min(width * 0.26, ink.line * 22))
        case SpotChart():
            return ink.line * (1.9 * len(chart.lanes) + 2)
        case StairChart():
            return ink.line * (4.2 * len(chart.rows) + 2)
        case CalendarChart():
            return calendar_height(ink, chart, width)
        case _:
            assert_never(chart)
