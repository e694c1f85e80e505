"""The trend of tingling and pain: every answer, or means of weeks and months."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from coach.app.history.chart import Mark, Point, Series, Stroke, Table, TrendChart, Words
from coach.app.history.words import DayWords, Grain, grain_of, number
from coach.domain.rating import HIGHEST, LOWEST
from coach.domain.record import Asked, Moment
from coach.formats.phrases import Phrases
from coach.store.history_reader import CorrectedValue, RatedMorning, RatedSet, Tally

#: Two answers further apart than this are not joined by a line. Our own convention.
_JOINS = {Grain.EACH: 7, Grain.WEEK: 7, Grain.MONTH: 31}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: what it is now, what was first said where it was corrected, and where it lies."""

    day: date
    within: float
    value: int | None
    first: int | None = None
    corrected: bool = False
    place: str = ""


Corrections = Mapping[tuple[str, str, int, str], CorrectedValue]


def by_answer(made: Iterable[CorrectedValue]) -> Corrections:
    """Corrections by the answer they are about."""
    return {(one.session, one.moment, one.n, one.asked): one for one in made}


def said_of(
    day: date, within: float, value: int | None, made: CorrectedValue | None, place: str = ""
) -> Said:
    """An answer as it stands now."""
    if made is None:
        return Said(day, within, value, place=place)
    return Said(day, within, made.value, value, corrected=True, place=place)


def of_sets(sets: Sequence[RatedSet], made: Corrections, asked: Asked) -> list[Said]:
    """An answer for each set."""
    found = []
    for day, same in groupby(sets, key=lambda one: one.day):
        those = list(same)
        for n, one in enumerate(those):
            value = one.tingling if asked is Asked.TINGLING else one.pain
            about = made.get((one.session, Moment.SET, one.n, asked)) if made else None
            within = (n + 0.5) / len(those)
            found.append(said_of(day, within, value, about, str(one.n)))
    return found


def of_sessions(sets: Sequence[RatedSet], made: Corrections, asked: Asked) -> list[Said]:
    """The highest answer of each session."""
    found = []
    for _, same in groupby(sets, key=lambda one: one.session):
        said = of_sets(list(same), made, asked)
        now = [one.value for one in said if one.value is not None]
        corrected = any(one.corrected for one in said)
        before = [v for one in said if (v := one.first if one.corrected else one.value) is not None]
        highest, first = max(now, default=None), max(before, default=None)
        changed = corrected and first != highest
        found.append(Said(said[0].day, 0.5, highest, first if changed else None, corrected))
    return found


def of_mornings(rows: Sequence[RatedMorning], made: Corrections, asked: Asked) -> list[Said]:
    """One answer for each morning, also where it followed two sessions."""
    found = []
    for day, same in groupby(rows, key=lambda one: one.day):
        one = list(same)[-1]
        value = one.tingling if asked is Asked.TINGLING else one.pain
        about = made.get((one.session, Moment.MORNING, 0, asked)) if made else None
        found.append(said_of(day, 0.5, value, about))
    return found


@dataclass
class Heap:
    """The answers of a stretch of days; total: their sum."""

    n: int = 0
    total: int = 0
    low: int = HIGHEST
    high: int = LOWEST
    missing: int = 0
    corrected: int = 0

    def add(self, one: Said) -> None:
        """One answer more."""
        self.corrected += one.corrected
        if one.value is None:
            self.missing += 1
        else:
            self.take(1, one.value, one.value, one.value)

    def take(self, n: int, total: int, low: int, high: int, missing: int = 0) -> None:
        """Several answers more."""
        self.n, self.total, self.missing = self.n + n, self.total + total, self.missing + missing
        self.low, self.high = min(self.low, low), max(self.high, high)

    @property
    def mean(self) -> float:
        """The mean of what was answered."""
        return self.total / self.n


Heaps = dict[date, Heap]


def heaped(said: Iterable[Said], grain: Grain, heaps: Heaps | None = None) -> Heaps:
    """Answers by the stretch of days they belong to, added to what is there."""
    heaps = {} if heaps is None else heaps
    for one in said:
        heaps.setdefault(grain.begins(one.day), Heap()).add(one)
    return heaps


def heaps_of(tallies: Iterable[Tally]) -> Heaps:
    """What the store has counted already."""
    heaps: Heaps = {}
    for one in tallies:
        heap = heaps.setdefault(one.begins, Heap(missing=one.missing))
        if one.total is not None and one.low is not None and one.high is not None:
            heap.take(one.n, one.total, one.low, one.high)
    return heaps


def single_points(said: Iterable[Said]) -> tuple[Point, ...]:
    """A point for every answer."""
    return tuple(
        Point(one.day, one.value, one.within, first=one.first, corrected=one.corrected)
        for one in said
    )


def mean_points(heaps: Heaps, grain: Grain) -> tuple[Point, ...]:
    """A point for every stretch of days."""
    points = []
    for begins, heap in sorted(heaps.items()):
        middle, corrected = grain.days(begins) / 2, heap.corrected > 0
        if heap.n:
            at = (begins, heap.mean, middle, heap.low, heap.high)
            points.append(Point(*at, corrected=corrected))
        else:
            points.append(Point(begins, None, middle, corrected=corrected))
    return tuple(points)


class TrendMaker:
    """Makes the chart of answers in words."""

    def __init__(self, phrases: Phrases) -> None:
        self._say = phrases.say
        self._days = DayWords(phrases)

    def single(
        self,
        per: str,
        period: tuple[date, date],
        said: Mapping[Asked, Sequence[Said]],
        stops: Sequence[date],
    ) -> TrendChart:
        """The chart of every answer. per: set, session or morning; stops: days of locks."""
        points = {asked: single_points(answers) for asked, answers in said.items()}
        whole = {asked: heaped(answers, Grain.MONTH) for asked, answers in said.items()}
        lasts = {asked: _last(answers) for asked, answers in said.items()}
        pairs = list(zip(said[Asked.TINGLING], said[Asked.PAIN], strict=True))
        rows = tuple(
            (self._place(one, numbered=per == "set"), self._answer(one), self._answer(other))
            for one, other in pairs
        )
        summary = self._summary(whole, lasts, stops, period)
        return self._chart(per, period, Grain.EACH, points, rows, summary, stops)

    def means(
        self,
        per: str,
        period: tuple[date, date],
        heaps: Mapping[Asked, Heaps],
        newest: Mapping[Asked, Sequence[Said]],
        stops: Sequence[date],
    ) -> TrendChart:
        """The chart of means of weeks or months. newest: the last answers one by one."""
        grain = grain_of(*period)
        points = {asked: mean_points(heap, grain) for asked, heap in heaps.items()}
        lasts = {asked: _last(answers) for asked, answers in newest.items()}
        rows = tuple(
            (
                self._days.grained(begins, grain),
                *(self._mean(heaps[asked].get(begins, Heap())) for asked in heaps),
            )
            for begins in sorted(heaps[Asked.TINGLING])
        )
        summary = self._summary(heaps, lasts, stops, period)
        return self._chart(per, period, grain, points, rows, summary, stops)

    def _chart(
        self,
        per: str,
        period: tuple[date, date],
        grain: Grain,
        points: Mapping[Asked, tuple[Point, ...]],
        rows: tuple[tuple[str, ...], ...],
        summary: str,
        stops: Sequence[date],
    ) -> TrendChart:
        series = tuple(
            Series(self._say(f"ui.history.{asked}"), stroke, points[asked])
            for asked, stroke in ((Asked.TINGLING, Stroke.FIRST), (Asked.PAIN, Stroke.SECOND))
        )
        every = [point for one in series for point in one.points]
        unanswered = any(point.value is None for point in every)
        corrected = any(point.corrected for point in every)
        head = self._say(f"ui.history.column_{_HEADS[grain]}")
        locked = self._say("ui.history.locked")
        return TrendChart(
            words=Words(
                self._say(f"ui.history.trend.title_{per}"),
                self._say(f"ui.history.trend.{grain}"),
                summary,
            ),
            axis=self._days.axis(*period, grain),
            series=series,
            table=Table((head, *(one.name for one in series)), rows),
            joins=_JOINS[grain],
            marks=tuple(Mark(day, "S", locked) for day in stops),
            unanswered=self._say("ui.history.not_answered") if unanswered else "",
            corrected=self._say("ui.history.corrected") if corrected else "",
        )

    def _summary(
        self,
        heaps: Mapping[Asked, Heaps],
        lasts: Mapping[Asked, int | None],
        stops: Sequence[date],
        period: tuple[date, date],
    ) -> str:
        parts = [self._days.stretch(*period) + "."]
        for asked, stretches in heaps.items():
            parts += self._told(asked, list(stretches.values()), lasts[asked])
        if stops:
            days = ", ".join(self._days.dated(day) for day in stops)
            parts.append(self._say("ui.history.trend.closed", days=days))
        return " ".join(parts)

    def _told(self, asked: Asked, heaps: Sequence[Heap], last: int | None) -> Iterator[str]:
        name = self._say(f"ui.history.{asked}")
        whole = Heap()
        for one in heaps:
            whole.take(one.n, one.total, one.low, one.high, one.missing)
            whole.corrected += one.corrected
        if whole.n:
            yield self._say(
                "ui.history.trend.summary",
                name=name,
                n=whole.n,
                low=whole.low,
                high=whole.high,
                mean=number(whole.mean),
                last=self._say("ui.history.not_answered") if last is None else last,
            )
        else:
            yield self._say("ui.history.trend.summary_none", name=name)
        if whole.missing:
            yield self._say("ui.history.trend.missing", n=whole.missing)
        if whole.corrected:
            yield self._say("ui.history.trend.changed", n=whole.corrected)

    def _place(self, one: Said, *, numbered: bool) -> str:
        day = self._days.named(one.day)
        return f"{day} · {one.place}" if numbered else day

    def _answer(self, one: Said) -> str:
        if one.value is None:
            if one.first is not None:
                return self._say("ui.history.taken_back", first=one.first)
            return self._say("ui.history.not_answered")
        if one.first is not None:
            return self._say("ui.history.was", value=one.value, first=one.first)
        return str(one.value)

    def _mean(self, heap: Heap) -> str:
        if not heap.n:
            return self._say("ui.history.not_answered")
        mean = number(heap.mean)
        if heap.n == 1:
            return self._say("ui.history.mean_one", mean=mean)
        return self._say("ui.history.mean", mean=mean, low=heap.low, high=heap.high, n=heap.n)


_HEADS = {Grain.EACH: "day", Grain.WEEK: "week", Grain.MONTH: "month"}


def _last(said: Sequence[Said]) -> int | None:
    return next((one.value for one in reversed(said) if one.value is not None), None)
