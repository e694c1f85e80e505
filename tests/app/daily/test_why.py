"""Why today is as it is: reasons in words, and the days they are about."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coach.app.daily.why import sentences
from coach.app.phrasing import Phrasing
from coach.domain.side import Side
from coach.rules.todays_dose import Reason
from playing import SHIPPED

TODAY = date(2026, 11, 21)  # a Saturday
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "days_ago", "said"),
    [
        ("PRG-02", 0, "Same as earlier today. 3 more calm days"),
        ("PRG-02", 1, "Same as Friday. 3 more calm days"),
        ("PRG-02", 7, "Same as 14 November. 3 more calm days"),
        ("REC-04", 0, "Tingling was slow to settle after today's session"),
    ],
)
def test_a_session_of_today_is_not_called_by_its_date(rule: str, days_ago: int, said: str) -> None:
    reason = Reason(rule, ("S3", Side.LEFT), count=3, moment=NOON - timedelta(days=days_ago))
    phrasing = Phrasing(SHIPPED.phrases, "112")
    (told,) = sentences([reason], phrasing, TODAY, first=None)
    assert told.startswith(said)
