"""A lock is lifted only as clinical.md 8 says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coach.domain.action import Tier
from coach.domain.screening import Lock
from coach.rules.locks import Assessment, StillLocked, opens_at, why_still_locked

SET = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
URGENT = Lock(Tier.URGENT, "U1")
STANDING = Lock(Tier.CLEARANCE, "C7")
NEXT_DAY = SET + timedelta(hours=24)
SEEN = Assessment("GP", date(2026, 3, 2), cleared=True)


@pytest.mark.rule("DAY-10")
@pytest.mark.parametrize("tier", [Tier.URGENT, Tier.EMERGENCY])
def test_a_same_day_stop_stays_for_24_hours(tier: Tier) -> None:
    """Even with an assessment."""
    at_once = Assessment("GP", SET.date(), cleared=True)
    before = NEXT_DAY - timedelta(seconds=1)

    assert opens_at(tier, SET) == NEXT_DAY
    assert why_still_locked(Lock(tier, "U1"), SET, before, at_once) is StillLocked.TOO_SOON
    assert why_still_locked(Lock(tier, "U1"), SET, NEXT_DAY, at_once) is None


@pytest.mark.parametrize("item", ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C9"])
def test_a_standing_condition_opens_as_soon_as_somebody_was_seen(item: str) -> None:
    """A doctor who said yes last month has said yes to it."""
    earlier = Assessment("Physiotherapist", date(2026, 2, 1), cleared=True)

    assert why_still_locked(Lock(Tier.CLEARANCE, item), SET, SET, earlier) is None


@pytest.mark.parametrize("rule", ["C8", "B", "CHR-04", "LOC-05", "NEW-03", "DAY-05", "DAY-08"])
def test_what_happened_asks_for_an_assessment_since(rule: str) -> None:
    """Nobody can have been seen about it before; the day itself counts."""
    lock = Lock(Tier.CLEARANCE, rule)
    day_before = Assessment("Physiotherapist", date(2026, 2, 28), cleared=True)
    same_day = Assessment("Physiotherapist", SET.date(), cleared=True)

    assert why_still_locked(lock, SET, NEXT_DAY, day_before) is StillLocked.WHEN
    assert why_still_locked(lock, SET, SET, same_day) is None


def test_an_urgent_item_is_never_a_standing_one() -> None:
    """A fall of less than three days ago (C9) is as urgent as its tier says."""
    earlier = Assessment("GP", date(2026, 2, 28), cleared=True)
    fall = Lock(Tier.URGENT, "C9")

    assert why_still_locked(fall, SET, NEXT_DAY, earlier) is StillLocked.WHEN


def test_an_assessment_from_before_an_urgent_stop_does_not_count() -> None:
    """It cannot have been about what was reported."""
    earlier = Assessment("GP", date(2026, 2, 28), cleared=True)

    assert why_still_locked(URGENT, SET, NEXT_DAY, earlier) is StillLocked.WHEN


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
    assert why_still_locked(URGENT, SET, NEXT_DAY, entered) is reason


@pytest.mark.hazard("H18")
def test_a_clock_set_back_keeps_the_lock() -> None:
    """Before the lock was set nothing can have been assessed."""
    assert why_still_locked(STANDING, SET, SET - timedelta(hours=1), SEEN) is (StillLocked.CLOCK)
