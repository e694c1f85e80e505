"""Whether a session may begin now (clinical.md 7.0 caps, 8 B*, 9.4 gaps)."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.outcome import Outcome
from coach.domain.past import PastSession
from coach.rules.check_in import BASELINE_RULE
from coach.rules.opening import NotYet, not_yet
from days import TABLE, at, morning, past, plan

SECOND = timedelta(seconds=1)


def reasons(
    pasts: list[PastSession], now: datetime, sessions_per_day: int = 2
) -> tuple[NotYet, ...]:
    return not_yet(pasts, plan(sessions_per_day), now, TABLE)


def rules(pasts: list[PastSession], now: datetime, sessions_per_day: int = 2) -> list[str]:
    return [reason.rule for reason in reasons(pasts, now, sessions_per_day)]


def test_the_very_first_session_may_begin() -> None:
    assert reasons([], at(0)) == ()


@pytest.mark.rule("CAP-01")
@pytest.mark.hazard("H15")
def test_a_third_session_in_a_day_is_refused() -> None:
    """Two are the most, whatever the plan would like."""
    two = [past(0, hour=7), past(0, hour=12)]

    assert rules(two[:1], at(0, 18)) == []
    assert reasons(two, at(0, 18)) == (NotYet("CAP-01", at(1, 5)),)
    assert rules(two, at(0, 18), sessions_per_day=5) == ["CAP-01"]


@pytest.mark.rule("CAP-01")
@pytest.mark.hazard("H15")
def test_missed_days_are_not_caught_up() -> None:
    """A week away leaves two sessions a day as before."""
    assert rules([past(0, hour=7), past(9, hour=7), past(9, hour=12)], at(9, 18)) == ["CAP-01"]


@pytest.mark.rule("CAP-01")
def test_a_plan_may_ask_for_fewer_sessions_a_day() -> None:
    one = [past(0, hour=7)]

    assert rules(one, at(0, 18), sessions_per_day=1) == ["CAP-01"]
    assert rules(one, at(0, 18), sessions_per_day=2) == []


@pytest.mark.rule("CAP-01")
def test_a_night_belongs_to_the_day_before_it_until_five() -> None:
    two = [past(0, hour=7), past(0, hour=12)]

    assert rules(two, at(1, 5) - SECOND) == ["CAP-01"]
    assert rules(two, at(1, 5)) == []


@pytest.mark.rule("CAP-02")
@pytest.mark.hazard("H15")
def test_a_clock_set_back_a_little_opens_nothing() -> None:
    """The session dated ahead of now counts as one of today, and its gap is still to come."""
    assert rules([past(0, hour=12)], at(0, 11)) == ["CAP-02"]
    assert "CAP-01" in rules([past(0, hour=12), past(0, hour=13)], at(0, 11))


def test_a_session_in_which_nothing_was_played_does_not_count() -> None:
    closed = [past(0, hour=hour, played=False, outcome=Outcome.INCOMPLETE) for hour in (7, 12, 17)]

    assert rules(closed, at(0, 18)) == []


@pytest.mark.rule("CAP-02")
@pytest.mark.hazard("H15")
def test_four_hours_lie_between_the_starts_of_two_sessions() -> None:
    opens = at(0, 11)

    assert reasons([past(0, hour=7)], opens - SECOND) == (NotYet("CAP-02", opens),)
    assert reasons([past(0, hour=7)], opens) == ()
    assert rules([past(0, hour=7)], at(0, 7)) == ["CAP-02"]


@pytest.mark.rule("CAP-02")
def test_four_hours_count_over_midnight() -> None:
    assert rules([past(0, hour=22)], at(1, 1.9)) == ["CAP-02"]
    assert rules([past(0, hour=22)], at(1, 2)) == []


@pytest.mark.rule("CAP-04")
def test_a_plan_ends_with_its_last_valid_day() -> None:
    """It opens by no waiting, so it is named first."""
    until = plan(valid_until=at(5).date())

    assert not_yet([], until, at(5, 23.9), TABLE) == ()
    assert not_yet([], until, at(6, 0), TABLE) == (NotYet("CAP-04", None),)
    waiting = not_yet([past(6, hour=1)], until, at(6, 2), TABLE)
    assert [reason.rule for reason in waiting] == ["CAP-04", "CAP-02"]
    assert not_yet([], plan(), at(9000), TABLE) == ()


@pytest.mark.parametrize(
    ("points", "rule", "hours"),
    [
        pytest.param(2, "DAY-02", 24, marks=pytest.mark.rule("DAY-02")),
        pytest.param(3, "DAY-03", 48, marks=pytest.mark.rule("DAY-03")),
        pytest.param(4, "DAY-04", 48, marks=pytest.mark.rule("DAY-04")),
    ],
)
def test_the_gap_after_a_bad_morning_is_kept_to_the_second(
    points: int, rule: str, hours: int
) -> None:
    flared = [past(0, morning=morning(points))]
    opens = at(0) + timedelta(hours=hours)

    assert reasons(flared, opens - SECOND) == (NotYet(rule, opens),)
    assert reasons(flared, opens) == ()


@pytest.mark.rule("REC-04")
def test_two_days_lie_after_a_session_that_did_not_settle() -> None:
    slow = [past(0, unsettled=True)]

    assert reasons(slow, at(2) - SECOND) == (NotYet("REC-04", at(2)),)
    assert reasons(slow, at(2)) == ()


def test_a_later_session_does_not_shorten_an_earlier_gap() -> None:
    """One that was allowed before the morning was answered, as on a changed clock."""
    pasts = [past(0, morning=morning(4)), past(1, hour=9)]

    assert rules(pasts, at(1, 16)) == ["DAY-04"]


@pytest.mark.parametrize(
    ("tingling", "pain", "closed"), [(5, 5, False), (6, 0, True), (0, 6, True)]
)
def test_a_check_in_that_was_too_strong_closes_its_day(
    tingling: int, pain: int, closed: bool
) -> None:
    """clinical.md 8 B*: 6 or more means no session today."""
    session = past(0, hour=9, tingling=tingling, pain=pain, played=False, outcome=Outcome.REFUSED)
    expected = (NotYet("B", at(1, 5)),) if closed else ()

    assert reasons([session], at(0, 23.9)) == expected
    assert reasons([session], at(1, 5)) == ()


def test_a_session_refused_because_nothing_was_left_to_play_closes_nothing() -> None:
    assert reasons([past(0, hour=9, played=False, outcome=Outcome.REFUSED)], at(0, 10)) == ()


def test_the_longest_wait_is_named_first() -> None:
    pasts = [past(0, hour=9), past(0, hour=14, unsettled=True)]

    assert rules(pasts, at(0, 15)) == ["REC-04", "CAP-01", "CAP-02"]


def test_a_session_of_tomorrow_makes_nobody_wait() -> None:
    """A clock that was wrong must not close the program for a year; it restarts the levels."""
    assert reasons([past(400, unsettled=True)], at(0)) == ()


@pytest.mark.hazard("H15")
@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 23.9)), max_size=40))
def test_whoever_tries_at_any_hour_plays_twice_a_day_at_most(
    tries: list[tuple[int, float]],
) -> None:
    pasts: list[PastSession] = []
    for day, hour in sorted(tries):
        if not reasons(pasts, at(day, hour)):
            pasts.append(past(day, hour=hour))

    days = [session.day for session in pasts]
    begins = [session.began for session in pasts]
    assert all(days.count(day) <= 2 for day in days)
    assert all(later - earlier >= timedelta(hours=4) for earlier, later in pairwise(begins))


def test_a_session_dated_a_day_ahead_still_counts_and_a_second_more_does_not() -> None:
    """Further ahead nobody knows its day (clinical.md 9.5 PRG-11)."""
    assert "CAP-02" in rules([past(1)], at(0))
    assert rules([past(1)], at(0) - SECOND) == []


def test_a_plan_that_is_valid_longer_closes_nothing() -> None:
    assert not_yet([], plan(valid_until=at(9).date()), at(5), TABLE) == ()


@pytest.mark.parametrize("rating", [6, 8, 10])
def test_any_rating_of_six_or_more_closes_the_day(rating: int) -> None:
    """At the check-in, before anything was played (clinical.md 8 B*)."""
    refused = past(0, hour=9, played=False, tingling=rating, outcome=Outcome.REFUSED)
    assert BASELINE_RULE in rules([refused], at(0, 18))
    assert rules([refused], at(1, 18)) == []


@pytest.mark.rule("CAP-01")
def test_more_sessions_than_allowed_close_the_day_like_the_last_allowed_one() -> None:
    """However they came about, and on a day that a wrong clock dated ahead."""
    three = [past(0, hour=hour) for hour in (6, 10, 14)]
    assert "CAP-01" in rules(three, at(0, 23))
    ahead = [past(1, hour=7), past(1, hour=12)]
    assert "CAP-01" in rules(ahead, at(0, 18))
