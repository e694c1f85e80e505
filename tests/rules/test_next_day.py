"""The morning after (clinical.md 9.4 DAY-01 to DAY-06, 9.3 REC-04)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.past import Morning
from coach.rules.next_day import Aftermath, aftermath, gap_ends, rise
from days import GOOD, TABLE, at, morning, past

YESTERDAY, TODAY = 0, at(1).date()
RATING = st.none() | st.integers(0, 10)


def rules(said: Morning | None, *, tingling: int | None = 2, pain: int | None = 2) -> list[str]:
    session = past(YESTERDAY, tingling=tingling, pain=pain, morning=said)
    return list(aftermath(session, TODAY, TABLE).rules)


@pytest.mark.parametrize(
    ("points", "rule"),
    [
        *((better, "DAY-01") for better in (-2, -1)),
        pytest.param(0, "DAY-01", marks=pytest.mark.rule("DAY-01")),
        pytest.param(1, "DAY-01", marks=[pytest.mark.rule("DAY-01"), pytest.mark.rule("DAY-02")]),
        pytest.param(2, "DAY-02", marks=[pytest.mark.rule("DAY-01"), pytest.mark.rule("DAY-02")]),
        pytest.param(3, "DAY-03", marks=[pytest.mark.rule("DAY-02"), pytest.mark.rule("DAY-03")]),
        pytest.param(4, "DAY-04", marks=[pytest.mark.rule("DAY-03"), pytest.mark.rule("DAY-04")]),
        *((worse, "DAY-04") for worse in (5, 8)),
    ],
)
def test_the_rise_over_the_check_in_decides(points: int, rule: str) -> None:
    """Either rating may be the one that rose, and less than at the check-in is no rise."""
    assert rules(morning(2 + points, 0)) == [rule]
    assert rules(morning(0, 2 + points)) == [rule]


def test_the_worse_of_tingling_and_pain_counts_each_against_its_own_check_in() -> None:
    session = past(0, tingling=1, pain=4)

    assert rise(session, morning(3, 4)) == 2
    assert rise(session, morning(1, 7)) == 3
    assert rise(session, morning(None, 7)) == 3
    assert rise(session, morning(None, None)) is None
    assert rise(past(0, tingling=None, pain=4), morning(9, 5)) == 1


@pytest.mark.rule("DAY-04")
def test_a_night_broken_by_the_leg_is_the_worst_morning() -> None:
    """Even without any rise."""
    assert rules(morning(2, 2, woken=True)) == ["DAY-04"]
    assert rules(morning(2, 2, woken=False)) == ["DAY-01"]
    assert rules(morning(5, 2, woken=True)) == ["DAY-04", "DAY-03"]


@pytest.mark.rule("DAY-06")
def test_a_morning_nobody_told_about_is_missing_and_not_good() -> None:
    """Asked about on the next day only: before that nothing is missing."""
    session = past(YESTERDAY, morning=None)

    assert aftermath(session, at(YESTERDAY, 23.9).date(), TABLE) == Aftermath()
    assert aftermath(session, at(YESTERDAY).date(), TABLE).open
    assert aftermath(session, TODAY, TABLE).rules == ("DAY-06",)


@pytest.mark.rule("DAY-06")
@pytest.mark.parametrize(
    "half", [Morning(2, 2, None), Morning(2, None, woken=False), Morning(None, 2, woken=False)]
)
def test_half_an_answer_earns_nothing(half: Morning) -> None:
    assert rules(half) == ["DAY-06"]
    assert not aftermath(past(0, tingling=2, pain=2, morning=half), TODAY, TABLE).calm


def test_half_an_answer_can_be_stricter() -> None:
    """What was said is not unsaid by what was left out."""
    assert rules(Morning(5, None, None)) == ["DAY-03", "DAY-06"]
    assert rules(Morning(None, None, woken=True)) == ["DAY-04", "DAY-06"]


def test_a_morning_with_nothing_to_compare_it_to_is_missing() -> None:
    assert rules(GOOD, tingling=None, pain=None) == ["DAY-06"]


@pytest.mark.rule("REC-04")
def test_what_had_not_settled_restarts_before_any_morning() -> None:
    session = past(YESTERDAY, unsettled=True, morning=None)
    same_day = aftermath(session, at(YESTERDAY).date(), TABLE)

    assert same_day.rules == ("REC-04",)
    assert same_day.restarts
    assert aftermath(past(YESTERDAY, unsettled=True), TODAY, TABLE).rules == ("REC-04",)
    assert aftermath(past(YESTERDAY), TODAY, TABLE).rules == ("DAY-01",)


@pytest.mark.parametrize(
    ("said", "restarts", "down", "calm"),
    [
        (morning(1), False, False, True),
        (morning(2), False, False, False),
        (morning(3), False, True, False),
        (morning(4), True, False, False),
        (None, False, False, False),
    ],
)
def test_what_a_morning_asks_of_the_next_session(
    said: Morning | None, restarts: bool, down: bool, calm: bool
) -> None:
    after = aftermath(past(0, morning=said), TODAY, TABLE)

    assert (after.restarts, after.level_down, after.calm) == (restarts, down, calm)
    assert not after.open


@pytest.mark.parametrize(
    ("said", "rule", "hours"),
    [
        pytest.param(morning(2), "DAY-02", 24, marks=pytest.mark.rule("DAY-02")),
        pytest.param(morning(3), "DAY-03", 48, marks=pytest.mark.rule("DAY-03")),
        pytest.param(morning(4), "DAY-04", 48, marks=pytest.mark.rule("DAY-04")),
    ],
)
def test_a_bad_morning_keeps_the_next_session_waiting(said: Morning, rule: str, hours: int) -> None:
    """Counted from the start of the session before it."""
    waits = gap_ends(past(0, morning=said), TODAY, TABLE)

    assert waits == (rule, at(0) + timedelta(hours=hours))


def test_of_several_waits_the_longest_counts() -> None:
    said = morning(2, woken=True)

    assert gap_ends(past(0, morning=said), TODAY, TABLE) == ("DAY-04", at(2))
    assert gap_ends(past(0, morning=morning(2), unsettled=True), TODAY, TABLE) == ("REC-04", at(2))


@pytest.mark.parametrize("said", [morning(1), None])
def test_a_good_or_missing_morning_makes_nobody_wait(said: Morning | None) -> None:
    assert gap_ends(past(0, morning=said), TODAY, TABLE) is None


@given(st.integers(0, 10), st.integers(0, 10), RATING, RATING, st.none() | st.booleans())
def test_every_morning_has_a_rule_and_never_a_milder_one_for_more(
    tingling: int, pain: int, now: int | None, ache: int | None, woken: bool | None
) -> None:
    """One point more is never gentler, and a good morning stands alone."""
    mild_first = ("DAY-01", "DAY-06", "DAY-02", "DAY-03", "REC-04", "DAY-04")

    def strongest(said: Morning) -> int:
        found = aftermath(past(0, tingling=tingling, pain=pain, morning=said), TODAY, TABLE)
        assert found.rules
        assert "DAY-01" not in found.rules or found.calm
        assert not found.calm or said.complete
        return mild_first.index(found.rules[0])

    felt = strongest(Morning(now, ache, woken))
    if now is not None:
        assert strongest(Morning(min(now + 1, 10), ache, woken)) >= felt
    if ache is not None:
        assert strongest(Morning(now, min(ache + 1, 10), woken)) >= felt
    assert strongest(Morning(now, ache, woken=True)) >= felt


def test_what_is_open_is_not_calm() -> None:
    assert Aftermath().open and not Aftermath().calm
    assert Aftermath(("DAY-01",)).calm


def test_a_session_dated_later_than_today_misses_no_morning() -> None:
    """A clock was set back."""
    assert aftermath(past(3, morning=None), at(2).date(), TABLE).open
