"""Names of days in sentences."""

from datetime import date, timedelta

import pytest

from coach.app.phrasing import Phrasing
from playing import SHIPPED

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("days_ago", "name"), [(1, "Friday"), (6, "Sunday"), (7, "14 November"), (0, "21 November")]
)
def test_a_weekday_names_one_day_only(days_ago: int, name: str) -> None:
    """A week ago it was the weekday that it is today."""
    phrasing = Phrasing(SHIPPED.phrases, "112")
    assert phrasing.day(TODAY - timedelta(days=days_ago), TODAY) == name
