"""Whether a session may begin now (clinical.md 7.0 caps, 8 B*, 9.4 gaps). Locks are separate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.domain.day_rule import DayTable
from coach.domain.past import NIGHT_ENDS_AT, PastSession, lived_day
from coach.domain.plan import Plan
from coach.rules.check_in import BASELINE_RULE, NO_SESSION_FROM
from coach.rules.next_day import gap_ends


@dataclass(frozen=True, slots=True)
class NotYet:
    """Why no session may begin: the rule, and when it stops applying (None: not by waiting)."""

    rule: str
    opens: datetime | None


def _tomorrow(now: datetime) -> datetime:
    """When the next day begins: a night belongs to the day before it."""
    return datetime.combine(lived_day(now) + timedelta(days=1), NIGHT_ENDS_AT, now.tzinfo)


def not_yet(
    pasts: Sequence[PastSession], plan: Plan, now: datetime, table: DayTable
) -> tuple[NotYet, ...]:
    """Every reason why a session may not begin now, the longest wait first.

    pasts: closed sessions in the order they happened. now: local time with offset. A session dated
    a little later than now says that a clock was set back: it counts as one of today. One dated
    far ahead makes nobody wait; its day is not known (PRG-11).
    """
    known = [past for past in pasts if past.began <= now + timedelta(days=table["PRG-11"].days)]
    reasons = [NotYet("CAP-04", None)] if plan.valid_until and now.date() > plan.valid_until else []
    today = [past for past in known if past.day >= lived_day(now)]
    if sum(past.played for past in today) >= min(
        plan.limits.sessions_per_day, table["CAP-01"].times
    ):
        reasons.append(NotYet("CAP-01", _tomorrow(now)))
    if any(not past.played and _too_strong(past) for past in today):
        reasons.append(NotYet(BASELINE_RULE, _tomorrow(now)))
    played = [past for past in known if past.played]
    if played:
        opens = played[-1].began + timedelta(hours=table["CAP-02"].gap_h)
        reasons.append(NotYet("CAP-02", opens))
    for past in played:
        gap = gap_ends(past, lived_day(now), table)
        if gap is not None:
            reasons.append(NotYet(*gap))
    waiting = [reason for reason in reasons if reason.opens is None or reason.opens > now]
    return tuple(sorted(waiting, key=lambda reason: _later_first(reason, now)))


def _too_strong(past: PastSession) -> bool:
    return max(past.tingling or 0, past.pain or 0) >= NO_SESSION_FROM


def _later_first(reason: NotYet, now: datetime) -> float:
    return float("-inf") if reason.opens is None else (now - reason.opens).total_seconds()
