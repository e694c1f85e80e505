"""The two small charts of the page as values: ratings during sets, and of next mornings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.app.clinician_report.numbers import Spread, during, nights, spread
from coach.app.clinician_report.words import ReportWords
from coach.app.history.chart import (
    Axis,
    Mark,
    Point,
    Series,
    Stroke,
    Table,
    Tick,
    TrendChart,
    Words,
)
from coach.domain.past import lived_day
from coach.domain.rating import Rating
from coach.domain.record import Asked, Moment, PlayedSession, SetLock

MOST_POINTS = 40
"""As many points as a line of that width can show apart; a longer record has one a week or more."""
_WEEK, _DAY = 7, 1
_STEPS = (_DAY, _WEEK, 2 * _WEEK, 4 * _WEEK)
_STROKES = {Asked.TINGLING: Stroke.FIRST, Asked.PAIN: Stroke.SECOND}
_TICKS = 6


@dataclass(frozen=True, slots=True)
class _Span:
    """The days of the record, cut into steps of so many days. since, until: included."""

    since: date
    until: date
    step: int

    def start(self, day: date) -> date:
        """The first day of the step a day lies in."""
        return day - timedelta(days=(day - self.since).days % self.step)


def report_charts(
    sessions: Sequence[PlayedSession], stops: Iterable[SetLock], words: ReportWords
) -> tuple[TrendChart, ...]:
    """Both charts; none for a single day, which has no course to show."""
    lived = [one.day for one in sessions]
    if len(set(lived)) < 2:
        return ()
    days = (max(lived) - min(lived)).days + 1
    span = _Span(min(lived), max(lived), _step(days))
    grouped: dict[date, list[PlayedSession]] = {}
    for one in sessions:
        grouped.setdefault(span.start(one.day), []).append(one)
    marks = tuple(_marks(stops, span, words))
    return tuple(
        chart
        for moment in (Moment.SET, Moment.MORNING)
        if (chart := _chart(moment, grouped, span, marks, words)) is not None
    )


def _step(days: int) -> int:
    """Days behind one point; a record of years takes as many times four weeks as it needs."""
    short = next((step for step in _STEPS if days <= step * MOST_POINTS), None)
    return short or -(-days // (_STEPS[-1] * MOST_POINTS)) * _STEPS[-1]


def _caption(step: int, words: ReportWords) -> str:
    say = words.phrases.say
    if step == _DAY:
        return say("report.chart.daily")
    if step == _WEEK:
        return say("report.chart.weekly")
    return say("report.chart.by_weeks", n=step // _WEEK)


def _chart(
    moment: Moment,
    grouped: Mapping[date, Sequence[PlayedSession]],
    span: _Span,
    marks: tuple[Mark, ...],
    words: ReportWords,
) -> TrendChart | None:
    say = words.phrases.say
    series = tuple(
        Series(
            say(f"report.chart.{asked}"),
            _STROKES[asked],
            tuple(_points(moment, asked, grouped, span)),
        )
        for asked in Asked
    )
    points = [point for one in series for point in one.points]
    if not points:
        return None
    said = Words(
        say(f"report.chart.{moment}"),
        _caption(span.step, words),
        _summary(moment, grouped, span, words),
    )
    missing = any(point.value is None for point in points)
    corrected = any(point.corrected for point in points)
    return TrendChart(
        said,
        Axis(span.since, span.until, tuple(_ticks(span, words))),
        series,
        _table(series, words),
        joins=_WEEK if span.step == _DAY else 2 * span.step,
        marks=marks,
        unanswered=say("report.chart.unanswered") if missing else "",
        corrected=say("report.chart.corrected") if corrected else "",
    )


def _points(
    moment: Moment, asked: Asked, grouped: Mapping[date, Sequence[PlayedSession]], span: _Span
) -> Iterator[Point]:
    for start, sessions in sorted(grouped.items()):
        ratings = _ratings(sessions, moment, asked)
        if not ratings:
            continue
        found = spread(ratings)
        middle = start + timedelta(days=span.step // 2)
        if found is None:
            yield Point(min(middle, span.until), None)
            continue
        corrected = any(
            (one.moment, one.asked) == (moment, asked)
            for session in sessions
            for one in session.corrections
        )
        yield Point(
            min(middle, span.until),
            found.median,
            low=found.low,
            high=found.high,
            corrected=corrected,
        )


def _ratings(
    sessions: Iterable[PlayedSession], moment: Moment, asked: Asked
) -> list[Rating | None]:
    if moment is Moment.SET:
        return during(sessions, asked)
    return [night.said(asked) for night in nights(sessions)]


def _summary(
    moment: Moment,
    grouped: Mapping[date, Sequence[PlayedSession]],
    span: _Span,
    words: ReportWords,
) -> str:
    """What there is to see, in sentences: the first point and the last of each line."""
    say = words.phrases.say
    told = [say("report.chart.about", days=words.between(span.since, span.until))]
    starts = sorted(grouped)
    for asked in Asked:
        found = [spread(_ratings(grouped[start], moment, asked)) for start in starts]
        known = [(start, one) for start, one in zip(starts, found, strict=True) if one is not None]
        name = say(f"report.chart.{asked}")
        if not known:
            told.append(say("report.chart.never", name=name))
            continue
        (first_day, first), (last_day, last) = known[0], known[-1]
        highest = max(one.high for _, one in known)
        told.append(
            say(
                "report.chart.line",
                name=name,
                first=_middle(first),
                first_day=words.day(first_day),
                last=_middle(last),
                last_day=words.day(last_day),
                highest=highest,
            )
        )
    return " ".join(told)


def _middle(found: Spread) -> str:
    return f"{found.median:g}"


def _marks(stops: Iterable[SetLock], span: _Span, words: ReportWords) -> Iterator[Mark]:
    say = words.phrases.say
    for day in sorted({lived_day(lock.set_at) for lock in stops}):
        if span.since <= day <= span.until:
            yield Mark(day, say("report.chart.stop_letter"), say("report.chart.stop"))


def _ticks(span: _Span, words: ReportWords) -> Iterator[Tick]:
    """Whole weeks apart, about as many as a narrow chart can name."""
    days = (span.until - span.since).days + 1
    apart = _DAY if days <= _WEEK else _WEEK * max(1, round(days / _WEEK / _TICKS))
    for n in range(0, days, apart):
        day = span.since + timedelta(days=n)
        yield Tick(day, words.short_day(day))


def _table(series: Sequence[Series], words: ReportWords) -> Table:
    say = words.phrases.say
    rows = tuple(
        (words.day(point.day), one.name, _number(point, words))
        for one in series
        for point in one.points
    )
    columns = ("day", "rating", "median")
    return Table(tuple(say(f"report.chart.column_{column}") for column in columns), rows)


def _number(point: Point, words: ReportWords) -> str:
    return words.rating(None) if point.value is None else f"{point.value:g}"
