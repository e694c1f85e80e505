"""Days, ratings and periods in words, and the words along an axis of days."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from coach.app.history.chart import Axis, Tick
from coach.domain.exercise import Catalogue
from coach.domain.side import Side
from coach.formats.phrases import Phrases

_MOST_TICKS = 14
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200)


class Grain(StrEnum):
    """How much one point of a chart stands for."""

    EACH = "each"
    WEEK = "week"
    MONTH = "month"

    def begins(self, day: date) -> date:
        """The first day of the stretch a day belongs to."""
        match self:
            case Grain.EACH:
                return day
            case Grain.WEEK:
                return day - timedelta(days=day.weekday())
            case Grain.MONTH:
                return day.replace(day=1)

    def days(self, begins: date) -> int:
        """How long the stretch is that begins on a day."""
        match self:
            case Grain.EACH:
                return 1
            case Grain.WEEK:
                return 7
            case Grain.MONTH:
                return (_next_month(begins) - begins).days


_EACH_UP_TO, _WEEK_UP_TO = timedelta(days=100), timedelta(days=800)


def grain_of(since: date, until: date) -> Grain:
    """Every answer for a season, weeks for a year or two, months beyond."""
    apart = until - since
    return (
        Grain.EACH if apart <= _EACH_UP_TO else Grain.WEEK if apart <= _WEEK_UP_TO else Grain.MONTH
    )


class DayWords:
    """Days as the history names them: with their year, because it goes back far."""

    def __init__(self, phrases: Phrases) -> None:
        self._say = phrases.say

    def dated(self, day: date) -> str:
        """18 November 2025."""
        month = self._say(f"month.{day.month}")
        return self._say("ui.history.dated", day=day.day, month=month, year=day.year)

    def named(self, day: date) -> str:
        """Tuesday, 18 November 2025."""
        weekday = self._say(f"weekday.{day.isoweekday()}")
        return self._say("ui.history.named_day", weekday=weekday, date=self.dated(day))

    def at(self, moment: datetime) -> str:
        """Tuesday, 18 November 2025, 18:30."""
        return self._say("ui.history.at", day=self.named(moment.date()), time=f"{moment:%H:%M}")

    def short(self, day: date) -> str:
        """18 Nov."""
        return self._say("ui.history.short_day", day=day.day, month=self.short_month(day))

    def short_month(self, day: date) -> str:
        """Nov."""
        return self._say(f"ui.history.month.{day.month}")

    def month(self, day: date) -> str:
        """November 2025."""
        name = self._say(f"month.{day.month}")
        return self._say("ui.history.month_of", month=name, year=day.year)

    def stretch(self, since: date, until: date) -> str:
        """18 August 2025 to 18 November 2025."""
        return self._say("ui.history.stretch", since=self.dated(since), until=self.dated(until))

    def grained(self, begins: date, grain: Grain) -> str:
        """The name of a stretch of days."""
        match grain:
            case Grain.EACH:
                return self.named(begins)
            case Grain.WEEK:
                return self._say("ui.history.week_of", day=self.dated(begins))
            case Grain.MONTH:
                return self.month(begins)

    def axis(self, since: date, until: date, grain: Grain) -> Axis:
        """The axis of a period in whole stretches, with words that are easy to read."""
        since, last = grain.begins(since), grain.begins(until)
        until = last + timedelta(days=grain.days(last) - 1)
        days = (until - since).days + 1
        if days <= 100:
            every = max(1, -(-days // _MOST_TICKS))
            every = 7 if every <= 7 < days else every
            shown = (since + timedelta(days=n) for n in range(0, days, every))
            return Axis(since, until, tuple(Tick(day, self.short(day)) for day in shown))
        months = (until.year - since.year) * 12 + until.month - since.month
        step = next(one for one in _MONTH_STEPS if months <= one * _MOST_TICKS)
        ticks = [Tick(day, self._month_word(day, step)) for day in _months(since, until, step)]
        return Axis(since, until, tuple(ticks))

    def _month_word(self, day: date, step: int) -> str:
        if step >= 12:
            return str(day.year)
        short = self.short_month(day)
        return short if day.month != 1 else str(day.year)


def _months(since: date, until: date, step: int) -> Iterator[date]:
    day = since.replace(day=1)
    if day < since:
        day = _next_month(day)
    while day <= until:
        if (day.year * 12 + day.month - 1) % step == 0:
            yield day
        day = _next_month(day)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def number(value: float) -> str:
    """A rating, or a mean with one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def leg_name(phrases: Phrases, exercise: str, side: Side | None) -> str:
    """An exercise and the leg it works."""
    name = phrases.say(f"{exercise}.name")
    if side is None:
        return name
    leg = phrases.say("side.leg", side=phrases.say(f"side.{side}"))
    return f"{name}, {leg}"


def known_name(phrases: Phrases, catalogue: Catalogue, exercise: str) -> str:
    """The name of an exercise; its id where an import brought one that is not ours."""
    return phrases.say(f"{exercise}.name") if exercise in catalogue else exercise
