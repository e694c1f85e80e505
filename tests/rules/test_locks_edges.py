"""A lock that may be lifted stays so, and an emergency asks for no less than an urgent stop."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coach.domain.action import Tier
from coach.domain.screening import Lock
from coach.rules.locks import Assessment, StillLocked, opens_at, why_still_locked

SET = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
EMERGENCY = Lock(Tier.EMERGENCY, "E1")


@pytest.mark.parametrize("tier", [Tier.URGENT, Tier.EMERGENCY])
@pytest.mark.parametrize("later", [timedelta(seconds=1), timedelta(days=400)])
def test_a_lock_can_be_lifted_at_any_time_after_it_may(tier: Tier, later: timedelta) -> None:
    """Nobody has to come back at the very second."""
    now = opens_at(tier, SET) + later

    assert (
        why_still_locked(Lock(tier, "U1"), SET, now, Assessment("GP", now.date(), cleared=True))
        is None
    )


def test_an_assessment_from_before_an_emergency_does_not_count() -> None:
    earlier = Assessment("GP", date(2026, 2, 28), cleared=True)
    now = opens_at(Tier.EMERGENCY, SET)

    assert why_still_locked(EMERGENCY, SET, now, earlier) is StillLocked.WHEN
