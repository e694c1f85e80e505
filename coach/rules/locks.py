"""When a lock may be lifted (clinical.md 8, Unlock)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from coach.domain.action import Tier
from coach.domain.screening import Lock

#: Numbness that stays after rest asks for a clinician (clinical.md 9.3 CHR-04).
NUMB = Lock(Tier.CLEARANCE, "CHR-04")
#: Dizziness keeps neck movement out until somebody was seen, and closes no session (clinical.md 9.3
#: NEW-03).
NECK_OFF = Lock(Tier.ADVISE, "NEW-03")
CLOSED_FOR = timedelta(hours=24)  # clinical.md 8: EMERGENCY and URGENT, not before 24 h
#: Check-in items about how somebody lives, not about what has just happened (clinical.md 8): an
#: assessment from before they were named has already been about them. Our own reading.
STANDING = frozenset({"C1", "C2", "C3", "C4", "C5", "C6", "C7", "C9"})


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
    lock: Lock, set_at: datetime, now: datetime, assessment: Assessment
) -> StillLocked | None:
    """Why the lock stays, or None when it may be lifted.

    What happened asks for an assessment made since, on the same day at the earliest; for a
    clearance about a standing condition an earlier one counts. A clock that stands before the lock
    proves nothing, so the lock stays.
    """
    if now < set_at:
        return StillLocked.CLOCK
    if now < opens_at(lock.tier, set_at):
        return StillLocked.TOO_SOON
    if not assessment.who.strip():
        return StillLocked.WHO
    standing = lock.tier < Tier.URGENT and lock.rule in STANDING
    earliest = date.min if standing else set_at.date()
    if assessment.day is None or not earliest <= assessment.day <= now.date():
        return StillLocked.WHEN
    if not assessment.cleared:
        return StillLocked.NOT_CLEARED
    return None
