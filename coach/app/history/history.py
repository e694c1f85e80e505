"""The history of one person, as values a page shows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from coach.app.history.chart import CalendarChart, SpotChart, StairChart, TrendChart
from coach.app.history.days import CalendarMaker, PlacesMaker
from coach.app.history.levels import LevelsMaker
from coach.app.history.played_view import Correctable, PlayedMaker, PlayedView
from coach.app.history.trend import (
    Corrections,
    Said,
    TrendMaker,
    by_answer,
    heaped,
    heaps_of,
    of_mornings,
    of_sessions,
    of_sets,
)
from coach.app.history.words import DayWords, Grain, grain_of, known_name
from coach.app.phrasing import Phrasing
from coach.app.ports import Clock
from coach.app.shipped import Shipped
from coach.domain.action import Tier
from coach.domain.past import lived_day
from coach.domain.rating import Rating
from coach.domain.record import Asked, Correction, Moment, Selection
from coach.domain.side import Side
from coach.store.errors import DamagedError
from coach.store.history_reader import SessionLine
from coach.store.sessions import SessionStore

P = ParamSpec("P")
T = TypeVar("T")

PAGE = 40
"""Sessions listed at once."""


class Per(StrEnum):
    """What a point of the trend is about."""

    SET = "set"
    SESSION = "session"
    MORNING = "morning"


class Period(StrEnum):
    """A period that ends today."""

    WEEKS_4 = "weeks_4"
    WEEKS_12 = "weeks_12"
    YEAR = "year"
    YEARS_5 = "years_5"
    ALL = "all"


_LENGTHS = {
    Period.WEEKS_4: timedelta(weeks=4),
    Period.WEEKS_12: timedelta(weeks=12),
    Period.YEAR: timedelta(days=365),
    Period.YEARS_5: timedelta(days=5 * 365 + 1),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Which part of the history is looked at; side, exercise: None for all."""

    since: date
    until: date
    side: Side | None = None
    exercise: str | None = None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session of the list, in words."""

    id: str
    began: datetime
    when: str
    outcome: str
    facts: str
    rated: str
    note: str


@dataclass(frozen=True, slots=True)
class SessionRows:
    """Part of the list of sessions, newest first; more: older ones follow."""

    rows: tuple[SessionRow, ...]
    more: bool


def _readable(
    read: Callable[Concatenate["History", P], T],
) -> Callable[Concatenate["History", P], T]:
    """Say which file cannot be read where a value in it is none that was ever written."""

    @wraps(read)
    def reading(history: "History", /, *given: P.args, **named: P.kwargs) -> T:
        try:
            return read(history, *given, **named)
        except ValueError as error:
            raise DamagedError(f"{history.path}: this file is damaged ({error})") from error

    return reading


class History:
    """Reads one profile's history. Raises DamagedError naming what cannot be read."""

    def __init__(
        self,
        store: SessionStore,
        shipped: Shipped,
        phrasing: Phrasing,
        profile: str,
        clock: Clock,
    ) -> None:
        self._store = store
        self._reader = store.history
        self._profile = profile
        self._clock = clock
        self._phrases = phrasing.phrases
        self._say = phrasing.phrases.say
        self._catalogue = shipped.catalogue
        self._days = DayWords(phrasing.phrases)
        self._trend = TrendMaker(phrasing.phrases)
        self._places = PlacesMaker(phrasing.phrases)
        self._calendar = CalendarMaker(phrasing.phrases)
        self._levels = LevelsMaker(phrasing.phrases, shipped.catalogue, store.history)
        self._played = PlayedMaker(store, shipped, phrasing)

    @property
    def path(self) -> Path:
        """The file that is read."""
        return self._reader.path

    @property
    def today(self) -> date:
        """The day it is, which lasts until the night's end."""
        return lived_day(datetime.fromisoformat(self._clock.wall()))

    @property
    def first_day(self) -> date | None:
        """The day of the first session, None while there is none."""
        return self._reader.first_day(self._profile)

    @_readable
    def fitting_period(self) -> Period:
        """The shortest period, from 12 weeks on, in which there is a session."""
        newest = self._reader.lines(Selection(self._profile), limit=1)
        last = lived_day(newest[0].began) if newest else self.today
        wanted = (one for one in Period if one is not Period.WEEKS_4)
        return next(one for one in wanted if self.period(one)[0] <= last)

    def exercises(self) -> tuple[tuple[str, str], ...]:
        """Ids and names of the exercises there are to choose from."""
        ids = self._reader.exercises(self._profile)
        return tuple((one, known_name(self._phrases, self._catalogue, one)) for one in ids)

    def period(self, period: Period) -> tuple[date, date]:
        """First and last day of a period that ends today."""
        today = self.today
        first = self.first_day or today
        if period is Period.ALL:
            return min(first, today), today
        return today - _LENGTHS[period] + timedelta(days=1), today

    # What a page shows

    @_readable
    def trend(self, shown: Shown, per: Per) -> TrendChart:
        """Tingling and pain over the period."""
        selection, period = self._selection(shown), (shown.since, shown.until)
        grain = grain_of(*period)
        made = by_answer(self._reader.corrections(selection))
        stops = [day for day in self._stops() if shown.since <= day <= shown.until]
        if grain is not Grain.EACH and per is not Per.MORNING:
            return self._means(selection, per, grain, made, stops)
        said = self._said(selection, per, made)
        if grain is Grain.EACH:
            return self._trend.single(per, period, said, stops)
        heaps = {asked: heaped(answers, grain) for asked, answers in said.items()}
        return self._trend.means(per, period, heaps, said, stops)

    def _said(
        self, selection: Selection, per: Per, made: Corrections, *, corrected: bool = False
    ) -> dict[Asked, list[Said]]:
        """Answers one by one; corrected: those of sessions with a correction only."""
        if per is Per.MORNING:
            mornings = self._reader.mornings(selection)
            return {asked: of_mornings(mornings, made, asked) for asked in Asked}
        sets = self._reader.sets(selection, corrected=corrected)
        answers = of_sets if per is Per.SET else of_sessions
        return {asked: answers(sets, made, asked) for asked in Asked}

    def _means(
        self, selection: Selection, per: Per, grain: Grain, made: Corrections, stops: list[date]
    ) -> TrendChart:
        """Means as the store counts them, with what was corrected added one by one."""
        counted = self._reader.tallies(
            selection, weeks=grain is Grain.WEEK, highest=per is Per.SESSION
        )
        slips = self._said(selection, per, made, corrected=True)
        heaps = {
            asked: heaped(slips[asked], grain, heaps_of(both[n] for both in counted))
            for n, asked in enumerate(Asked)
        }
        period = (selection.since or date.min, selection.until or date.max)
        newest = max(heaps[Asked.TINGLING], default=period[0])
        lately = replace(selection, since=max(newest, period[0]))
        said = self._said(lately, per, made)
        return self._trend.means(per, period, heaps, said, stops)

    @_readable
    def places(self, shown: Shown) -> SpotChart:
        """Where it was felt over the period."""
        counts = self._reader.places(self._selection(shown))
        return self._places.chart((shown.since, shown.until), counts)

    @_readable
    def calendar(self, shown: Shown) -> CalendarChart:
        """Sessions and rest days of the period."""
        lines = self._reader.days(self._selection(shown))
        return self._calendar.chart((shown.since, shown.until), lines, self.today)

    @_readable
    def levels(self, shown: Shown) -> StairChart:
        """Levels over the period, with every change and its reason."""
        lines = self._reader.worked(self._selection(shown))
        return self._levels.chart(
            (shown.since, shown.until), lines, side=shown.side, exercise=shown.exercise
        )

    @_readable
    def sessions(self, shown: Shown, after: SessionRow | None = None) -> SessionRows:
        """Sessions newest first, those older than ``after`` where there is one."""
        before = None if after is None else (after.began, after.id)
        found = self._reader.lines(self._selection(shown), limit=PAGE + 1, before=before)
        return SessionRows(tuple(map(self._row, found[:PAGE])), more=len(found) > PAGE)

    @_readable
    def session(self, session_id: str) -> PlayedView | None:
        """One session's own page, None when there is none of that id."""
        played = self._store.record.session(session_id)
        return None if played is None else self._played.view(played)

    # Corrections

    def correct(
        self, session_id: str, answer: Correctable, value: Rating | None, reason: str
    ) -> None:
        """Keep that an answer should have been another one; what follows from it stays.

        Raises ValueError without a reason.
        """
        made = datetime.fromisoformat(self._clock.wall())
        correction = Correction(answer.moment, answer.n, answer.asked, value, reason, made)
        self._store.add_correction(session_id, correction)

    def _selection(self, shown: Shown) -> Selection:
        return Selection(self._profile, shown.since, shown.until, shown.side, shown.exercise)

    def _stops(self) -> list[date]:
        """The days on which sessions were closed."""
        rows = (
            *self._store.active_locks(self._profile),
            *self._store.lifted_locks(self._profile),
        )
        days = {
            lived_day(datetime.fromisoformat(row.set_wall))
            for row in rows
            if Tier[row.tier.upper()].locks
        }
        return sorted(days)

    def _row(self, line: SessionLine) -> SessionRow:
        say = self._say
        sets = (
            say("ui.history.sessions.sets_one")
            if line.sets == 1
            else say("ui.history.sessions.sets", n=line.sets)
        )
        minutes = round((line.closed - line.began) / timedelta(minutes=1))
        return SessionRow(
            id=line.id,
            began=line.began,
            when=self._days.at(line.began),
            outcome=say(f"outcome.{line.outcome}"),
            facts=say("ui.played.facts", plan=line.plan_title, minutes=minutes, sets=sets),
            rated=self._rated(line),
            note=say("ui.history.corrected") if line.corrected else "",
        )

    def _rated(self, line: SessionLine) -> str:
        """The highest ratings of a session's sets, with what was first said where it differs."""
        first = {Asked.TINGLING: line.worst_tingling, Asked.PAIN: line.worst_pain}
        last = self._corrected(line, first) if line.corrected else first
        if all(one is None for one in (*first.values(), *last.values())):
            return self._say("ui.history.sessions.unrated")
        tingling, pain = (self._shown(last[asked], first[asked]) for asked in Asked)
        return self._say("ui.history.sessions.rated", tingling=tingling, pain=pain)

    def _shown(self, last: int | None, first: int | None) -> str:
        dash = self._say("ui.history.not_answered")
        said = dash if last is None else str(last)
        if last == first:
            return said
        return self._say("ui.history.was", value=said, first=dash if first is None else first)

    def _corrected(
        self, line: SessionLine, first: dict[Asked, int | None]
    ) -> dict[Asked, int | None]:
        played = self._store.record.session(line.id)
        if played is None:
            return first
        found: dict[Asked, int | None] = {}
        for asked in Asked:
            values = []
            for one in played.sets:
                made = played.corrected(Moment.SET, asked, one.n)
                said = one.tingling if asked is Asked.TINGLING else one.pain
                values.append(said if made is None else made.value)
            found[asked] = max((one for one in values if one is not None), default=None)
        return found
