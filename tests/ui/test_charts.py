"""Charts as painted: told apart without colour, never joined over a gap, the same for print."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from coach.app.history.chart import (
    Axis,
    CalendarChart,
    CalendarDay,
    CalendarMonth,
    Chart,
    DayKind,
    Lane,
    Point,
    Series,
    Spot,
    SpotChart,
    StairChart,
    Stairs,
    Step,
    Stroke,
    Table,
    Tick,
    TrendChart,
    Turn,
    Words,
)
from coach.ui.charts.ink import Ink, Look
from coach.ui.charts.painter import height_of, paint
from coach.ui.charts.svg import svg_of
from coach.ui.charts.trend import Plot, plot_of
from coach.ui.tokens import THEMES, ThemeName, Type

DAY = date(2025, 11, 1)
WORDS = Words("A title", "What is counted", "What there is to see")
AXIS = Axis(DAY, DAY + timedelta(days=29), (Tick(DAY, "1 Nov"), Tick(date(2025, 11, 15), "15 Nov")))
NONE = Table(("Day",), ())
WIDE, TALL = 900, 300
LIGHT = Look(THEMES[ThemeName.LIGHT])


def point(day: int, value: float | None, **more: float | bool) -> Point:
    return Point(DAY + timedelta(days=day), value, **more)  # type: ignore[arg-type]


def trend(*points: Point, stroke: Stroke = Stroke.FIRST, **more: object) -> TrendChart:
    series = Series("Tingling", stroke, points)
    return replace(TrendChart(WORDS, AXIS, (series,), NONE, joins=7), **more)


CALENDAR = CalendarChart(
    WORDS,
    ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
    (
        CalendarMonth(
            "November 2025",
            (
                tuple(
                    CalendarDay(DAY + timedelta(days=n), kind, 1, "")
                    for n, kind in enumerate(DayKind)
                ),
            ),
        ),
    ),
    ((DayKind.SESSION, "Session"),),
    NONE,
)
SPOTS = SpotChart(WORDS, AXIS, (Lane("Thigh", (Spot(DAY, 7, 0.5), Spot(DAY, 7, 1.0))),), NONE)
STEPS = (Step(DAY, "A", 1, Turn.START), Step(date(2025, 11, 9), "B", 2, Turn.HARDER))
STAIRS = StairChart(WORDS, AXIS, (Stairs("Slider", STEPS, date(2025, 11, 20)),), 5, NONE)
EVERY: dict[str, Chart] = {
    "trend": trend(point(1, 3), point(2, 4), point(3, None)),
    "spots": SPOTS,
    "stairs": STAIRS,
    "calendar": CALENDAR,
}


def painted(chart: Chart, look: Look = LIGHT, wide: int = WIDE, tall: int = TALL) -> QImage:
    picture = QImage(wide, tall, QImage.Format.Format_RGB32)
    picture.fill(QColor(look.theme.surface))
    painter = QPainter(picture)
    paint(painter, QRectF(0, 0, wide, tall), chart, look)
    painter.end()
    return picture


def plot(chart: TrendChart) -> Plot:
    return plot_of(Ink(QPainter(), LIGHT), QRectF(0, 0, WIDE, TALL), chart)


def colours(picture: QImage, box: QRectF) -> set[str]:
    inside = box.toRect()
    return {
        picture.pixelColor(x, y).name()
        for x in range(inside.left(), inside.right() + 1)
        for y in range(inside.top(), inside.bottom() + 1)
    }


def around(middle: tuple[float, float], half: float) -> QRectF:
    return QRectF(middle[0] - half, middle[1] - half, 2 * half, 2 * half)


@pytest.mark.parametrize("theme", list(ThemeName))
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("name", EVERY)
def test_every_chart_is_painted_in_every_look(
    qtbot: QtBot, name: str, theme: ThemeName, scale: float
) -> None:
    look = Look(THEMES[theme], Type.CAPTION * scale)
    chart = EVERY[name]
    tall = round(height_of(chart, look, WIDE))
    picture = painted(chart, look, tall=tall)
    found = colours(picture, QRectF(0, 0, WIDE, tall))
    assert {look.theme.surface, look.theme.accent} <= found


def test_a_line_joins_two_answers_and_leaves_a_gap_empty(qtbot: QtBot) -> None:
    """The same two days: joined when they are near enough, not over a missing answer."""
    joined, missing = (
        trend(point(5, 5), point(11, 5)),
        trend(point(5, 5), point(8, None), point(11, 5)),
    )
    apart = replace(joined, joins=3)
    accent = LIGHT.theme.accent

    def between(chart: TrendChart) -> set[str]:
        where = plot(chart)
        middle = (where.x(point(8, 5)), where.y(5))
        return colours(painted(chart), around(middle, 3))

    assert accent in between(joined)
    assert accent not in between(missing)
    assert accent not in between(apart)


def test_a_missing_answer_is_marked_below_the_axis(qtbot: QtBot) -> None:
    """Where nothing can be mistaken for a rating."""
    chart = trend(point(5, 5), point(8, None), unanswered="not answered")
    where = plot(chart)
    below = QRectF(where.x(point(8, 0)) - 4, where.box.bottom() + 2, 8, 10)
    assert len(colours(painted(chart), below)) > 1
    inside = QRectF(where.x(point(8, 0)) - 4, where.box.top() + 2, 8, where.box.height() - 6)
    bare = painted(trend(point(5, 5), unanswered="not answered"))
    assert colours(painted(chart), inside) == colours(bare, inside)


def test_the_second_series_has_hollow_markers_and_a_dashed_line(qtbot: QtBot) -> None:
    for stroke, filled in ((Stroke.FIRST, True), (Stroke.SECOND, False)):
        chart = trend(point(5, 5), point(11, 5), point(13, 5), stroke=stroke)
        where, picture = plot(chart), painted(chart)
        middle = picture.pixelColor(round(where.x(point(5, 5))), round(where.y(5)))
        assert (middle.name() != LIGHT.theme.surface) is filled
        row = round(where.y(5))
        start, end = round(where.x(point(5, 5))) + 8, round(where.x(point(11, 5))) - 8
        along = {picture.pixelColor(x, row).name() == "#ffffff" for x in range(start, end)}
        grid_free = {False} if filled else {True, False}
        assert along == grid_free


def test_a_corrected_answer_has_a_ring_and_its_first_value(qtbot: QtBot) -> None:
    chart = trend(point(5, 2, first=8, corrected=True))
    plain = trend(point(5, 2))
    where = plot(chart)
    for value in (8, 5):
        box = around((where.x(point(5, 8)), where.y(value)), 4)
        assert colours(painted(chart), box) != colours(painted(plain), box)
    ring = QRectF(where.x(point(5, 2)) - 9, where.y(2) - 9, 18, 4)
    assert LIGHT.theme.text in {
        QColor(one).name() for one in colours(painted(chart), ring)
    } or colours(painted(chart), ring) != colours(painted(plain), ring)


def test_the_last_values_never_lie_on_each_other(qtbot: QtBot) -> None:
    """Two series that end at the same rating have their badges one above the other."""
    pain = Series("Pain", Stroke.SECOND, (point(29, 0),))
    chart = trend(point(29, 0))
    both = replace(chart, series=(*chart.series, pain))
    one, two = painted(chart), painted(both)
    badges = QRectF(WIDE - 30, 0, 20, TALL)
    filled = LIGHT.theme.accent
    assert filled in colours(one, badges)
    assert {filled, LIGHT.theme.phase_back} <= colours(two, badges)


def test_a_larger_spot_is_more_often(qtbot: QtBot) -> None:
    def inked(share: float) -> int:
        chart = SpotChart(WORDS, AXIS, (Lane("Thigh", (Spot(DAY, 7, share),)),), NONE)
        picture = painted(chart, tall=120)
        return sum(
            picture.pixelColor(x, y) != QColor(LIGHT.theme.surface)
            for x in range(60, 300)
            for y in range(60)
        )

    assert inked(0.1) < inked(0.5) < inked(1.0)


def test_up_and_down_and_session_and_early_differ_in_shape(qtbot: QtBot) -> None:
    """The same picture in shades of grey still tells them apart."""

    def grey(chart: Chart) -> QImage:
        return painted(chart, tall=160).convertToFormat(QImage.Format.Format_Grayscale8)

    def stairs(turn: Turn) -> StairChart:
        steps = (STEPS[0], replace(STEPS[1], turn=turn))
        return replace(STAIRS, rows=(Stairs("Slider", steps, date(2025, 11, 20)),))

    def month(kind: DayKind) -> CalendarChart:
        week = (CalendarDay(DAY, kind, 1, ""), *(None,) * 6)
        return replace(CALENDAR, months=(CalendarMonth("November", (week,)),), legend=())

    assert grey(stairs(Turn.HARDER)) != grey(stairs(Turn.EASIER))
    shapes = [
        grey(month(kind)) for kind in (DayKind.SESSION, DayKind.EARLY, DayKind.HELP, DayKind.REST)
    ]
    assert all(a != b for n, a in enumerate(shapes) for b in shapes[:n])


@pytest.mark.parametrize("name", EVERY)
def test_a_chart_as_svg_is_the_same_each_time_without_a_typeface(qtbot: QtBot, name: str) -> None:
    """Whatever was written before, and however large: letters share what is known of a typeface."""
    first = svg_of(EVERY[name], (600, 300))
    for text_px in range(6, 40):
        painted(EVERY[name], replace(LIGHT, text_px=text_px))
        assert svg_of(EVERY[name], (600, 300)) == first
    root = ET.fromstring(first)
    assert root.get("viewBox") == "0 0 600 300"
    assert [one for one in root.iter() if one.tag.endswith("}text")] == []
    assert any(one.text == "What there is to see" for one in root.iter())


@pytest.mark.parametrize("make", [trend, lambda: replace(SPOTS, lanes=())])
def test_a_chart_without_anything_in_it_is_painted_too(
    qtbot: QtBot, make: Callable[[], Chart]
) -> None:
    assert not painted(make()).isNull()
