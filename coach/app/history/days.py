"""Places on the body over time, and the calendar of sessions and rest days."""

import calendar
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from coach.app.history.chart import (
    CalendarChart,
    CalendarDay,
    CalendarMonth,
    DayKind,
    Lane,
    Spot,
    SpotChart,
    Table,
    Words,
)
from coach.app.history.words import DayWords, grain_of
from coach.domain.outcome import Outcome
from coach.domain.rating import Place
from coach.formats.phrases import Phrases
from coach.store.history_reader import DayLine, PlaceCount

_MONTHS = 12
"""No more months are shown at once."""


class PlacesMaker:
    """Makes the chart of places in words."""

    def __init__(self, phrases: Phrases) -> None:
        self._say = phrases.say
        self._days = DayWords(phrases)

    def chart(self, period: tuple[date, date], counts: Sequence[PlaceCount]) -> SpotChart:
        """The chart of a period; places from the back down to the toes."""
        grain = grain_of(*period)
        times: dict[Place, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        sets: dict[date, dict[date, int]] = defaultdict(dict)
        for one in counts:
            if one.place is not None:
                times[Place(one.place)][grain.begins(one.day)] += one.times
            sets[grain.begins(one.day)][one.day] = one.sets
        asked = {begins: sum(days.values()) for begins, days in sets.items()}
        shown = [place for place in Place if place in times]
        lanes = tuple(
            Lane(
                self._say(f"place.{place}"),
                tuple(
                    Spot(begins, grain.days(begins), min(n / asked[begins], 1.0))
                    for begins, n in sorted(times[place].items())
                ),
            )
            for place in shown
        )
        rows = tuple(
            (self._days.grained(begins, grain), self._say(f"place.{place}"), self._cell(n, all_))
            for begins, all_ in sorted(asked.items())
            for place in shown
            if (n := times[place].get(begins, 0))
        )
        head = self._say(f"ui.history.column_{'day' if grain == 'each' else grain}")
        what = self._say("ui.history.column_what")
        table = Table((head, self._say("ui.history.column_place"), what), rows)
        total = sum(asked.values())
        words = Words(
            self._say("ui.history.places.title"),
            self._say(f"ui.history.places.{grain}"),
            self._summary(period, times, counts, total),
        )
        axis = self._days.axis(*period, grain)
        return SpotChart(words, axis, lanes, table)

    def _cell(self, times: int, sets: int) -> str:
        return self._say("ui.history.places.cell", times=times, sets=sets)

    def _summary(
        self,
        period: tuple[date, date],
        times: dict[Place, dict[date, int]],
        counts: Sequence[PlaceCount],
        total: int,
    ) -> str:
        parts = [self._days.stretch(*period) + "."]
        last = {one.place: one.day for one in counts}
        for place in Place:
            if place in times:
                text = self._say(
                    "ui.history.places.summary",
                    place=self._say(f"place.{place}"),
                    times=sum(times[place].values()),
                    sets=total,
                    day=self._days.dated(last[place]),
                )
                parts.append(text)
        if len(parts) == 1:
            parts.append(self._say("ui.history.places.none"))
        return " ".join(parts)


class CalendarMaker:
    """Makes the calendar in words. It counts no streaks: rest is part of the plan."""

    def __init__(self, phrases: Phrases) -> None:
        self._say = phrases.say
        self._days = DayWords(phrases)

    def chart(
        self, period: tuple[date, date], lines: Sequence[DayLine], today: date
    ) -> CalendarChart:
        """The calendar of a period, its last twelve months at most."""
        since, until = period
        first = _months_before(until, _MONTHS - 1)
        if lines and max(line.day for line in lines) < first:  # long over: the months before that
            until = max(line.day for line in lines)
            first = _months_before(until, _MONTHS - 1)
        shortened = since < first
        since = max(since, first)
        played: dict[date, list[Outcome]] = defaultdict(list)
        for line in lines:
            if since <= line.day <= until:
                played[line.day].append(Outcome(line.outcome))
        months = []
        day = since.replace(day=1)
        while day <= until:
            months.append(self._month(day, (since, until), played, today))
            day = (day + timedelta(days=32)).replace(day=1)
        shown = [one for m in months for week in m.weeks for one in week if one is not None]
        kinds = [kind for kind in _LEGEND if any(one.kind is kind for one in shown)]
        rows = tuple(
            (self._days.named(one.day), one.text)
            for one in shown
            if one.kind not in (DayKind.OUTSIDE, DayKind.AHEAD)
        )
        head = (self._say("ui.history.column_day"), self._say("ui.history.column_what"))
        caption = "last_year" if shortened else "caption"
        return CalendarChart(
            words=Words(
                self._say("ui.history.days.title"),
                self._say(f"ui.history.days.{caption}"),
                self._summary((since, until), played, shown),
            ),
            weekdays=tuple(self._say(f"ui.history.weekday.{n}") for n in range(1, 8)),
            months=tuple(months),
            legend=tuple((kind, self._say(f"ui.history.days.{kind}")) for kind in kinds),
            table=Table(head, rows),
        )

    def _month(
        self,
        first: date,
        period: tuple[date, date],
        played: dict[date, list[Outcome]],
        today: date,
    ) -> CalendarMonth:
        weeks = tuple(
            tuple(
                self._day(day, period, played.get(day, []), today)
                if day.month == first.month
                else None
                for day in week
            )
            for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
        )
        return CalendarMonth(self._days.month(first), weeks)

    def _day(
        self, day: date, period: tuple[date, date], outcomes: list[Outcome], today: date
    ) -> CalendarDay:
        if day > today:
            return CalendarDay(day, DayKind.AHEAD, 0, "")
        if not period[0] <= day <= period[1]:
            return CalendarDay(day, DayKind.OUTSIDE, 0, "")
        begun = [one for one in outcomes if one is not Outcome.REFUSED]
        kind = _kind(begun)
        text = self._say(f"ui.history.days.{kind}")
        if not begun and outcomes:
            text = f"{text}: {self._say('ui.history.days.refused')}"
        if len(begun) > 1:
            text = self._say("ui.history.days.many", text=text, n=len(begun))
        return CalendarDay(day, kind, len(begun), text)

    def _summary(
        self,
        period: tuple[date, date],
        played: dict[date, list[Outcome]],
        shown: Sequence[CalendarDay],
    ) -> str:
        begun = [one for day in played.values() for one in day if one is not Outcome.REFUSED]
        text = self._say(
            "ui.history.days.summary",
            sessions=len(begun),
            days=sum(one.sessions > 0 for one in shown),
            early=sum(one is not Outcome.COMPLETED for one in begun),
            rest=sum(one.kind is DayKind.REST for one in shown),
        )
        return f"{self._days.stretch(*period)}. {text}"


_LEGEND = (DayKind.SESSION, DayKind.EARLY, DayKind.HELP, DayKind.REST)


def _kind(outcomes: Sequence[Outcome]) -> DayKind:
    if any(one.sought_help for one in outcomes):
        return DayKind.HELP
    if any(one is Outcome.COMPLETED for one in outcomes):
        return DayKind.SESSION
    return DayKind.EARLY if outcomes else DayKind.REST


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(max(count // 12, 1), count % 12 + 1, 1)
