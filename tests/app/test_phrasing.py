"""Names of days in sentences."""

from datetime import date, datetime, timedelta

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


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-21T18:05", "today at 18:05"),
        ("2026-11-22T08:05", "tomorrow at 08:05"),
        ("2026-11-20T23:59", "yesterday at 23:59"),
        ("2026-11-23T08:05", "23 November at 08:05"),
        ("2026-11-19T08:05", "19 November at 08:05"),
        ("2027-01-01T00:00", "1 January at 00:00"),
    ],
)
def test_a_moment_is_told_as_one_would_say_it(moment: str, said: str) -> None:
    """By the day where that is near, else by its date; never in figures alone."""
    phrasing = Phrasing(SHIPPED.phrases, "112")
    now = datetime.fromisoformat("2026-11-21T17:00")
    assert phrasing.moment(datetime.fromisoformat(moment), now) == said
