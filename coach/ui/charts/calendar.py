"""Months of days: sessions, sessions that ended early, rest; told apart by shape."""

from PySide6.QtCore import QPointF, QRectF, Qt

from coach.app.history.chart import CalendarChart, CalendarDay, CalendarMonth, DayKind
from coach.ui.charts.ink import Ink

_WEEKS = 6
_COLUMNS = 7


def month_size(ink: Ink) -> tuple[float, float]:
    """Width and height of one month, pixels."""
    cell = ink.line * 1.75
    return cell * _COLUMNS, cell * _WEEKS + ink.line * 2.9


def calendar_height(ink: Ink, chart: CalendarChart, width: float) -> float:
    """How tall the calendar is at a width, pixels."""
    _, tall = month_size(ink)
    rows = -(-len(chart.months) // columns_at(ink, width, len(chart.months)))
    return rows * (tall + ink.line * 0.6) + ink.line * 2


def columns_at(ink: Ink, width: float, many: int) -> int:
    """How many months lie side by side."""
    wide, _ = month_size(ink)
    return max(1, min(int((width + ink.line) // (wide + ink.line)), max(many, 1)))


def paint_calendar(ink: Ink, rect: QRectF, chart: CalendarChart) -> None:
    """Paint the months without the title, the newest last."""
    wide, tall = month_size(ink)
    across = columns_at(ink, rect.width(), len(chart.months))
    _legend(ink, rect, chart)
    room = rect.width() / across
    for n, month in enumerate(chart.months):
        left = rect.left() + (n % across) * min(room, wide + ink.line * 2.4)
        top = rect.top() + ink.line * 2 + (n // across) * (tall + ink.line * 0.6)
        _month(ink, QRectF(left, top, wide, tall), month, chart.weekdays)


def _month(ink: Ink, box: QRectF, month: CalendarMonth, weekdays: tuple[str, ...]) -> None:
    head = QRectF(box.left(), box.top(), box.width(), ink.line * 1.4)
    ink.write(month.name, head, Qt.AlignmentFlag.AlignLeft, colour="text", bold=True)
    cell = box.width() / _COLUMNS
    for n, name in enumerate(weekdays):
        place = QRectF(box.left() + n * cell, head.bottom(), cell, ink.line)
        ink.write(name, place, Qt.AlignmentFlag.AlignHCenter, size=0.85)
    top = head.bottom() + ink.line * 1.2
    for w, week in enumerate(month.weeks):
        for d, day in enumerate(week):
            if day is not None and day.kind is not DayKind.OUTSIDE:
                middle = QPointF(box.left() + (d + 0.5) * cell, top + (w + 0.5) * cell)
                paint_day(ink, middle, cell, day.kind, _number(day))


def _number(day: CalendarDay) -> str:
    return str(day.day.day)


def paint_day(ink: Ink, middle: QPointF, cell: float, kind: DayKind, text: str) -> None:
    """One day: filled for a session, a filled half for an early end, square where help was due."""
    half = cell * 0.42
    box = QRectF(middle.x() - half, middle.y() - half, half * 2, half * 2)
    tone, bold = "soft", False
    if kind in (DayKind.SESSION, DayKind.EARLY):
        ink.painter.setPen(ink.pen("accent", 1.8))
        ink.painter.setBrush(ink.colour("accent" if kind is DayKind.SESSION else "surface"))
        ink.painter.drawEllipse(box)
        tone, bold = "on_accent" if kind is DayKind.SESSION else "accent", True
    elif kind is DayKind.HELP:
        ink.painter.setPen(ink.pen("warn", 1.8))
        ink.painter.setBrush(ink.colour("warn_soft"))
        ink.painter.drawRoundedRect(box, 4 * ink.unit, 4 * ink.unit)
        tone, bold = "warn", True
    elif kind is DayKind.AHEAD:
        tone = "edge"
    ink.write(text, box, Qt.AlignmentFlag.AlignHCenter, colour=tone, bold=bold, size=0.9)


def _legend(ink: Ink, rect: QRectF, chart: CalendarChart) -> None:
    x, y = rect.left(), rect.top() + ink.line * 0.7
    cell = ink.line * 1.4
    for kind, text in chart.legend:
        paint_day(ink, QPointF(x + cell / 2, y), cell, kind, "1" if kind is DayKind.REST else "")
        word = QRectF(x + cell * 1.2, y - ink.line, ink.width(text), ink.line * 2)
        ink.write(text, word, Qt.AlignmentFlag.AlignLeft, colour="text")
        x = word.right() + 20 * ink.unit
