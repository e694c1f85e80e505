"""When a lock may be lifted (clinical.md 8, Unlock)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from coach.domain.action import Tier

CLOSED_FOR = timedelta(hours=24)  # clinical.md 8: EMERGENCY and URGENT, not before 24 h


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the person enters: who assessed them, on which day, and that exercise was allowed."""

    who: str
    day: date | None
    cleared: bool


class StillLocked(StrEnum):
    """Why a lock stays; each has words at ``lock.<value>``."""

    TOO_SOON = "too_soon"
    WHO = "who"
    WHEN = "when"
    NOT_CLEARED = "not_cleared"
    CLOCK = "clock"


def opens_at(tier: Tier, set_at: datetime) -> datetime:
    """The earliest moment at which a lock of this tier may be lifted."""
    return set_at + CLOSED_FOR if tier >= Tier.URGENT else set_at


def why_still_locked(
    tier: Tier, set_at: datetime, now: datetime, assessment: Assessment
) -> StillLocked | None:
    """Why the lock stays, or None when it may be lifted.

    An emergency or same-day stop asks for an assessment made since; for a clearance an earlier
    one counts. A clock that stands before the lock proves nothing, so the lock stays.
    """
    if now < set_at:
        return StillLocked.CLOCK
    if now < opens_at(tier, set_at):
        return StillLocked.TOO_SOON
    if not assessment.who.strip():
        return StillLocked.WHO
    earliest = set_at.date() if tier >= Tier.URGENT else date.min
    if assessment.day is None or not earliest <= assessment.day <= now.date():
        return StillLocked.WHEN
    if not assessment.cleared:
        return StillLocked.NOT_CLEARED
    return None
