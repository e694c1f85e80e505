"""The trend of tingling and pain: every answer, or means of weeks and months."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from coach.app.chart import Mark, Point, Series, Stroke, Table, TrendChart, Words
from coach.app.history_words import DayWords, Grain, grain_of, number
from coach.domain.record import Asked, Moment
from coach.formats.phrases import Phrases
from coach.store.history_reader import CorrectedValue, RatedMorning, RatedSet

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
class _Heap:
    """The answers of a stretch of days."""

    values: list[int] = field(default_factory=list)
    missing: int = 0
    corrected: bool = False


def grained(said: Sequence[Said], grain: Grain) -> list[Point]:
    """Points of a chart: the answers themselves, or means."""
    if grain is Grain.EACH:
        return [
            Point(one.day, one.value, one.within, first=one.first, corrected=one.corrected)
            for one in said
        ]
    heaps: dict[date, _Heap] = {}
    for one in said:
        heap = heaps.setdefault(grain.begins(one.day), _Heap())
        heap.corrected = heap.corrected or one.corrected
        if one.value is None:
            heap.missing += 1
        else:
            heap.values.append(one.value)
    points = []
    for begins, heap in heaps.items():
        middle = grain.days(begins) / 2
        if heap.values:
            mean = sum(heap.values) / len(heap.values)
            low, high = min(heap.values), max(heap.values)
            points.append(Point(begins, mean, middle, low, high, corrected=heap.corrected))
        else:
            points.append(Point(begins, None, middle))
    return points


class TrendMaker:
    """Makes the chart of answers in words."""

    def __init__(self, phrases: Phrases) -> None:
        self._say = phrases.say
        self._days = DayWords(phrases)

    def chart(
        self,
        per: str,
        period: tuple[date, date],
        said: Mapping[Asked, Sequence[Said]],
        stops: Sequence[date],
    ) -> TrendChart:
        """The chart of a period. per: set, session or morning; stops: days of locks."""
        grain = grain_of(*period)
        series = tuple(
            Series(self._say(f"ui.history.{asked}"), stroke, tuple(grained(said[asked], grain)))
            for asked, stroke in ((Asked.TINGLING, Stroke.FIRST), (Asked.PAIN, Stroke.SECOND))
        )
        points = [point for one in series for point in one.points]
        unanswered = any(point.value is None for point in points)
        corrected = any(point.corrected for point in points)
        locked = self._say("ui.history.locked")
        return TrendChart(
            words=Words(
                self._say(f"ui.history.trend.title_{per}"),
                self._say(f"ui.history.trend.{grain}"),
                self._summary(said, stops, period),
            ),
            axis=self._days.axis(*period, grain),
            series=series,
            table=self._table(said, series, grain, numbered=per == "set"),
            joins=_JOINS[grain],
            marks=tuple(Mark(day, "S", locked) for day in stops),
            unanswered=self._say("ui.history.not_answered") if unanswered else "",
            corrected=self._say("ui.history.corrected") if corrected else "",
        )

    def _summary(
        self, said: Mapping[Asked, Sequence[Said]], stops: Sequence[date], period: tuple[date, date]
    ) -> str:
        parts = [self._days.stretch(*period) + "."]
        for asked, answers in said.items():
            name = self._say(f"ui.history.{asked}")
            values = [one.value for one in answers if one.value is not None]
            if not values:
                parts.append(self._say("ui.history.trend.summary_none", name=name))
                continue
            text = self._say(
                "ui.history.trend.summary",
                name=name,
                n=len(values),
                low=min(values),
                high=max(values),
                mean=number(sum(values) / len(values)),
                last=values[-1],
            )
            parts.append(text)
            missing = len(answers) - len(values)
            if missing:
                parts.append(self._say("ui.history.trend.missing", n=missing))
            changed = sum(one.corrected for one in answers)
            if changed:
                parts.append(self._say("ui.history.trend.changed", n=changed))
        if stops:
            days = ", ".join(self._days.dated(day) for day in stops)
            parts.append(self._say("ui.history.trend.closed", days=days))
        return " ".join(parts)

    def _table(
        self,
        said: Mapping[Asked, Sequence[Said]],
        series: Sequence[Series],
        grain: Grain,
        *,
        numbered: bool,
    ) -> Table:
        names = tuple(one.name for one in series)
        head = {Grain.EACH: "day", Grain.WEEK: "week", Grain.MONTH: "month"}[grain]
        columns = (self._say(f"ui.history.column_{head}"), *names)
        if grain is Grain.EACH:
            pairs = list(zip(said[Asked.TINGLING], said[Asked.PAIN], strict=True))
            days = [self._days.named(one.day) for one, _ in pairs]
            if numbered:
                counted = [one.place for one, _ in pairs]
                days = [f"{day} · {n}" for day, n in zip(days, counted, strict=True)]
            rows = [
                (day, self._answer(one), self._answer(other))
                for day, (one, other) in zip(days, pairs, strict=True)
            ]
            return Table(columns, tuple(rows))
        counts = [_counts(answers, grain) for answers in said.values()]
        both = zip(*(one.points for one in series), strict=True)
        means = [
            (
                self._days.grained(points[0].day, grain),
                *(self._mean(one, n[one.day]) for one, n in zip(points, counts, strict=True)),
            )
            for points in both
        ]
        return Table(columns, tuple(means))

    def _answer(self, one: Said) -> str:
        if one.value is None:
            if one.first is not None:
                return self._say("ui.history.taken_back", first=one.first)
            return self._say("ui.history.not_answered")
        if one.first is not None:
            return self._say("ui.history.was", value=one.value, first=one.first)
        return str(one.value)

    def _mean(self, point: Point, count: int) -> str:
        if point.value is None or point.low is None or point.high is None:
            return self._say("ui.history.not_answered")
        mean = number(point.value)
        if count == 1:
            return self._say("ui.history.mean_one", mean=mean)
        low, high = number(point.low), number(point.high)
        return self._say("ui.history.mean", mean=mean, low=low, high=high, n=count)


def _counts(answers: Sequence[Said], grain: Grain) -> dict[date, int]:
    counts: dict[date, int] = {}
    for one in answers:
        begins = grain.begins(one.day)
        counts[begins] = counts.get(begins, 0) + (one.value is not None)
    return counts
