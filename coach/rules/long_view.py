"""What several sessions say together (clinical.md 9.4 DAY-04, DAY-05, DAY-07 to DAY-09)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import fmean

from coach.domain.action import Tier
from coach.domain.day_rule import DayTable
from coach.domain.past import PastSession, lived_day
from coach.domain.screening import Lock
from coach.rules.check_in import StillUp
from coach.rules.next_day import aftermath


def locks_due(
    pasts: Sequence[PastSession], now: datetime, table: DayTable, since: datetime | None = None
) -> tuple[Lock, ...]:
    """The locks that the sessions after ``since`` ask for together.

    pasts: closed sessions, oldest first. since: when somebody was last assessed and allowed to go
    on; what led to that is settled.
    """
    fresh = [past for past in pasts if since is None or past.began > since]
    asked = (
        ("DAY-04", _bad_mornings(fresh, now, table)),
        ("DAY-05", _marks(fresh, table)[1] >= table["DAY-05"].times),
        ("DAY-07", _rising(fresh, now, table)),
        ("DAY-08", _often_stopped(fresh, table)),
    )
    return tuple(Lock(Tier.CLEARANCE, rule) for rule, due in asked if due)


def _within(moments: Iterable[datetime], days: int, times: int) -> bool:
    """Whether some ``times`` of the moments lie within ``days`` days."""
    ordered = sorted(moments)
    spans = zip(ordered, ordered[times - 1 :], strict=False)
    return any(last - first <= timedelta(days=days) for first, last in spans)


def _bad_mornings(pasts: Sequence[PastSession], now: datetime, table: DayTable) -> bool:
    """DAY-04 twice in 7 days; two sessions of one day share their morning."""
    rule = table["DAY-04"]
    days = {
        past.day: past.began
        for past in pasts
        if "DAY-04" in aftermath(past, lived_day(now), table).rules
    }
    return _within(days.values(), rule.days, rule.times)


def _often_stopped(pasts: Sequence[PastSession], table: DayTable) -> bool:
    rule = table["DAY-08"]
    stopped = [past.began for past in pasts if past.stopped_by_rules]
    recent = _within(stopped, rule.days, rule.times)
    return recent or _within(stopped, rule.long_days, rule.long_times)


def _marks(pasts: Sequence[PastSession], table: DayTable) -> tuple[PastSession | None, int]:
    """The session to compare with next, and how often running its ratings were still up."""
    rule = table["DAY-05"]
    rated = [past for past in pasts if past.tingling is not None or past.pain is not None]
    start = rated[0] if rated else None
    marks = 0
    for before, past in pairwise(rated):
        if start is None or not _limit(start, table).reached(past.tingling, past.pain):
            start, marks = past, 0
        elif past.began - before.began > timedelta(hours=rule.hours):
            marks += 1
            if marks >= rule.times:
                break
    return start, marks


def _limit(start: PastSession, table: DayTable) -> StillUp:
    points = table["DAY-05"].low
    return StillUp((start.tingling or 0) + points, (start.pain or 0) + points)


def still_up(
    pasts: Sequence[PastSession], now: datetime, table: DayTable, since: datetime | None = None
) -> StillUp | None:
    """The ratings at which today's check-in would be the second one running that is still up."""
    fresh = [past for past in pasts if since is None or past.began > since]
    rule = table["DAY-05"]
    start, marks = _marks(fresh, table)
    if start is None or marks != rule.times - 1:
        return None
    last = [past.began for past in fresh if past.tingling is not None or past.pain is not None][-1]
    return _limit(start, table) if now - last > timedelta(hours=rule.hours) else None


def _rising(pasts: Sequence[PastSession], now: datetime, table: DayTable) -> bool:
    """DAY-07: the mean check-in tingling of the last days against that of the days before."""
    rule = table["DAY-07"]
    week = timedelta(days=rule.days)
    given = [(past.began, past.tingling) for past in pasts if past.tingling is not None]
    last = [rating for began, rating in given if now - week < began <= now]
    before = [rating for began, rating in given if now - 2 * week < began <= now - week]
    if min(len(last), len(before)) < rule.entries:
        return False
    return fmean(last) - fmean(before) >= rule.low


def review_advised(pasts: Sequence[PastSession], now: datetime, table: DayTable) -> bool:
    """DAY-09: four weeks and enough sessions, and the week's highest rating has not come down."""
    rule = table["DAY-09"]
    month, week = timedelta(days=rule.days), timedelta(days=7)
    played = [past for past in pasts if past.played and past.began <= now]
    recent = [past for past in played if past.began >= now - month]
    if len(recent) < rule.sessions or not any(past.began <= now - month for past in played):
        return False
    first = _worst(past for past in recent if past.began <= now - month + week)
    last = _worst(past for past in recent if past.began > now - week)
    if first is None:
        first = _worst(past for past in played if past.began <= now - month + week)
    if first is None or last is None:
        return False
    fall = first - last
    return not (fall >= rule.low or fall * 100 >= rule.share * first)


def _worst(pasts: Iterable[PastSession]) -> int | None:
    """The highest rating there is: check-in, sets, morning."""
    ratings = [
        rating
        for past in pasts
        for rating in (
            *(past.tingling, past.pain, past.worst),
            *((past.morning.tingling, past.morning.pain) if past.morning else ()),
        )
        if rating is not None
    ]
    return max(ratings, default=None)
