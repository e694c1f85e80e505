"""What a chart shows, as values: the same for the window, its table view, and a printed page.

A painter adds no word and no number of its own. Days run from left to right; a day nobody answered
stays empty, and a line never crosses it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stroke(StrEnum):
    """How a series is drawn: told apart by line and marker, not by colour alone.

    FIRST: a solid line with round markers. SECOND: a dashed line with square ones.
    """

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Table:
    """A chart in rows, as somebody reads it who sees no picture."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A word on the axis of days."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day, drawn as a line across with a letter at its top."""

    day: date
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """An answer, or all answers of a week or a month.

    within: where in its day it lies, 0 to 1. value: 0-10, None was asked and not answered.
    low, high: the range of the answers a value is the mean of. first: what was said first, where
    the value is a correction; corrected: True when any answer in it was corrected.
    """

    day: date
    value: float | None
    within: float = 0.5
    low: float | None = None
    high: float | None = None
    first: float | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Points in the order of time, their name, and how they are drawn."""

    name: str
    stroke: Stroke
    points: tuple[Point, ...]

    @property
    def last(self) -> Point | None:
        """The newest point with a value."""
        return next((one for one in reversed(self.points) if one.value is not None), None)


@dataclass(frozen=True, slots=True)
class Axis:
    """The days a chart covers, both included, and the words along it."""

    since: date
    until: date
    ticks: tuple[Tick, ...]

    def share(self, day: date, within: float = 0.5) -> float:
        """How far along the axis a moment lies, 0 to 1."""
        days = (self.until - self.since).days + 1
        return ((day - self.since).days + within) / days


@dataclass(frozen=True, slots=True)
class Words:
    """What every chart says of itself.

    caption: what is counted, under the title. summary: what there is to see, in sentences, for
    screen readers and as the alternative text of a printed picture.
    """

    title: str
    caption: str
    summary: str


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Ratings 0-10 over days.

    joins: two points further apart than so many days are not joined by a line.
    unanswered, corrected: what the markers for a missing and for a corrected answer mean; "" when
    the chart has none.
    """

    words: Words
    axis: Axis
    series: tuple[Series, ...]
    table: Table
    joins: int
    marks: tuple[Mark, ...] = ()
    unanswered: str = ""
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """How often something was named in a stretch of days: share 0-1 of its answers."""

    day: date
    days: int
    share: float


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of spots."""

    name: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class SpotChart:
    """Rows of round spots over days: the larger, the more often."""

    words: Words
    axis: Axis
    lanes: tuple[Lane, ...]
    table: Table


class Turn(StrEnum):
    """Which way a change went."""

    START = "start"
    HARDER = "harder"
    EASIER = "easier"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on: the level's letter, its height among the levels (0 is the lowest)."""

    day: date
    letter: str
    height: int
    turn: Turn


@dataclass(frozen=True, slots=True)
class Stairs:
    """One row of steps; until: the last day it is known for."""

    name: str
    steps: tuple[Step, ...]
    until: date


@dataclass(frozen=True, slots=True)
class StairChart:
    """Levels over days, a row each; heights: how many there are from lowest to highest."""

    words: Words
    axis: Axis
    rows: tuple[Stairs, ...]
    heights: int
    table: Table


class DayKind(StrEnum):
    """What a day was; AHEAD has not come yet, OUTSIDE is not shown."""

    SESSION = "session"
    EARLY = "early"
    HELP = "help"
    REST = "rest"
    AHEAD = "ahead"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of the calendar; text says it in words."""

    day: date
    kind: DayKind
    sessions: int
    text: str


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month by weeks of seven days, Monday first; None fills up its first and last week."""

    name: str
    weeks: tuple[tuple[CalendarDay | None, ...], ...]


@dataclass(frozen=True, slots=True)
class CalendarChart:
    """Months side by side. legend: each kind that occurs, in words."""

    words: Words
    weekdays: tuple[str, ...]
    months: tuple[CalendarMonth, ...]
    legend: tuple[tuple[DayKind, str], ...]
    table: Table


Chart = TrendChart | SpotChart | StairChart | CalendarChart


def gaps(points: Sequence[Point], joins: int) -> tuple[tuple[Point, ...], ...]:
    """The runs of points that a line joins: each ends at a missing answer or missing days."""
    runs: list[list[Point]] = [[]]
    for point in points:
        run = runs[-1]
        if point.value is None or (run and (point.day - run[-1].day).days > joins):
            runs.append([])
        if point.value is not None:
            runs[-1].append(point)
    return tuple(tuple(run) for run in runs if run)
