"""A lock is lifted only as clinical.md 8 says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coach.domain.action import Tier
from coach.rules.locks import Assessment, StillLocked, opens_at, why_still_locked

SET = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
NEXT_DAY = SET + timedelta(hours=24)
SEEN = Assessment("GP", date(2026, 3, 2), cleared=True)


@pytest.mark.rule("DAY-10")
@pytest.mark.parametrize("tier", [Tier.URGENT, Tier.EMERGENCY])
def test_a_same_day_stop_stays_for_24_hours(tier: Tier) -> None:
    """Even with an assessment."""
    at_once = Assessment("GP", SET.date(), cleared=True)
    before = NEXT_DAY - timedelta(seconds=1)

    assert opens_at(tier, SET) == NEXT_DAY
    assert why_still_locked(tier, SET, before, at_once) is StillLocked.TOO_SOON
    assert why_still_locked(tier, SET, NEXT_DAY, at_once) is None


def test_a_clearance_opens_as_soon_as_somebody_was_seen() -> None:
    """A doctor who said yes last month has said yes."""
    earlier = Assessment("Physiotherapist", date(2026, 2, 1), cleared=True)

    assert why_still_locked(Tier.CLEARANCE, SET, SET, earlier) is None


def test_an_assessment_from_before_an_urgent_stop_does_not_count() -> None:
    """It cannot have been about what was reported."""
    earlier = Assessment("GP", date(2026, 2, 28), cleared=True)

    assert why_still_locked(Tier.URGENT, SET, NEXT_DAY, earlier) is StillLocked.WHEN


@pytest.mark.parametrize(
    ("entered", "reason"),
    [
        (Assessment("", SEEN.day, cleared=True), StillLocked.WHO),
        (Assessment("  ", SEEN.day, cleared=True), StillLocked.WHO),
        (Assessment("GP", None, cleared=True), StillLocked.WHEN),
        (Assessment("GP", date(2026, 3, 3), cleared=True), StillLocked.WHEN),
        (Assessment("GP", SEEN.day, cleared=False), StillLocked.NOT_CLEARED),
        (SEEN, None),
    ],
)
def test_who_when_and_the_tick_are_all_asked(
    entered: Assessment, reason: StillLocked | None
) -> None:
    """A day in the future is no day of an assessment."""
    assert why_still_locked(Tier.URGENT, SET, NEXT_DAY, entered) is reason


@pytest.mark.hazard("H18")
def test_a_clock_set_back_keeps_the_lock() -> None:
    """Before the lock was set nothing can have been assessed."""
    assert why_still_locked(Tier.CLEARANCE, SET, SET - timedelta(hours=1), SEEN) is (
        StillLocked.CLOCK
    )
