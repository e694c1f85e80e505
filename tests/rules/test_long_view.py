"""What several sessions say together (clinical.md 9.4 DAY-04, DAY-05, DAY-07 to DAY-09)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import pytest

from coach.domain.action import Tier
from coach.domain.past import PastSession
from coach.domain.screening import Lock
from coach.rules.check_in import StillUp
from coach.rules.long_view import locks_due, review_advised, still_up
from days import TABLE, at, morning, past

MINUTE = 1 / 60  # hours
LATER, FOUR_WEEKS = at(60), at(28)


def due(
    pasts: Iterable[PastSession], now: datetime = LATER, since: datetime | None = None
) -> list[str]:
    found = locks_due(list(pasts), now, TABLE, since)
    assert all(lock.tier is Tier.CLEARANCE for lock in found)
    return [lock.rule for lock in found]


def test_nothing_has_happened_and_nothing_is_due() -> None:
    assert locks_due([], at(0), TABLE) == ()
    assert not review_advised([], at(0), TABLE)
    assert still_up([], at(0), TABLE) is None


# DAY-04: the second bad morning in a week


def bad(day: float, hour: float = 18) -> PastSession:
    return past(day, hour=hour, morning=morning(4))


@pytest.mark.rule("DAY-04")
def test_a_second_bad_morning_within_seven_days_asks_for_a_clinician() -> None:
    assert due([bad(0)]) == []
    assert due([bad(0), bad(7)]) == ["DAY-04"]
    assert due([bad(0), bad(7, 18 + MINUTE)]) == []


@pytest.mark.rule("DAY-04")
def test_good_days_between_two_bad_mornings_change_nothing() -> None:
    assert due([bad(0), past(2), past(4), bad(6)]) == ["DAY-04"]


@pytest.mark.rule("DAY-04")
def test_two_sessions_of_one_day_share_their_morning() -> None:
    assert due([bad(0, 8), bad(0, 18)]) == []


def test_what_an_assessment_has_settled_is_not_asked_again() -> None:
    assert due([bad(0), bad(3)], since=at(0)) == []
    assert due([bad(0), bad(3)], since=at(-1)) == ["DAY-04"]
    assert locks_due([bad(0), bad(3)], at(5), TABLE) == (Lock(Tier.CLEARANCE, "DAY-04"),)


# DAY-05: still up more than a day later, twice running


@pytest.mark.rule("DAY-05")
def test_two_check_ins_running_that_are_still_two_points_up_ask_for_a_clinician() -> None:
    assert due([past(0, tingling=1), past(2, tingling=3), past(4, tingling=3)]) == ["DAY-05"]
    assert due([past(0, tingling=1), past(2, tingling=3), past(4, tingling=2)]) == []
    assert due([past(0, tingling=1), past(2, tingling=2), past(4, tingling=3)]) == []
    assert due([past(0, tingling=1), past(2, tingling=3)]) == []


@pytest.mark.rule("DAY-05")
def test_pain_that_is_still_up_counts_like_tingling() -> None:
    assert due([past(0, pain=0), past(2, pain=2), past(4, pain=2)]) == ["DAY-05"]
    assert due([past(0, pain=0), past(2, pain=2), past(4, pain=1)]) == []
    assert due([past(0), past(2, pain=2), past(4, tingling=2)]) == ["DAY-05"]


@pytest.mark.rule("DAY-05")
def test_a_check_in_within_24_hours_neither_counts_nor_clears() -> None:
    base = past(0, tingling=1)

    assert due([base, past(1, tingling=3), past(3, tingling=3)]) == []
    assert due([base, past(1, hour=18 + MINUTE, tingling=3), past(3, tingling=3)]) == ["DAY-05"]
    assert due([base, past(2, tingling=3), past(3, tingling=3), past(5, tingling=3)]) == ["DAY-05"]


@pytest.mark.rule("DAY-05")
def test_one_check_in_that_came_down_starts_the_count_anew() -> None:
    ups = [past(0, tingling=1), past(2, tingling=3), past(4, tingling=2), past(6, tingling=4)]

    assert due(ups) == []
    assert due([*ups, past(8, tingling=4)]) == ["DAY-05"]
    assert due([*ups, past(8, tingling=3)]) == []


def test_that_it_came_down_later_does_not_undo_what_was_due() -> None:
    """Somebody has to be seen once it was up twice."""
    assert due([past(0, tingling=1), past(2, tingling=3), past(4, tingling=3), past(6)]) == [
        "DAY-05"
    ]


def test_one_rating_of_two_is_enough_to_compare() -> None:
    def half(*ratings: int) -> list[PastSession]:
        return [past(2 * n, tingling=rating, pain=None) for n, rating in enumerate(ratings)]

    assert due(half(1, 3, 3)) == ["DAY-05"]
    assert due(half(1, 3, 2)) == []
    assert still_up(half(1, 3), at(4), TABLE) == StillUp(tingling=3, pain=2)
    only_pain = [past(2 * n, tingling=None, pain=pain) for n, pain in enumerate((1, 3))]
    assert still_up(only_pain, at(4), TABLE) == StillUp(tingling=2, pain=3)


def test_check_ins_without_ratings_are_passed_over() -> None:
    blank = past(3, tingling=None, pain=None)

    assert due([past(0, tingling=1), past(2, tingling=3), blank, past(4.5, tingling=3)]) == [
        "DAY-05"
    ]


@pytest.mark.rule("DAY-05")
def test_today_is_told_from_which_ratings_on_it_would_be_the_second_time() -> None:
    """So that the check-in itself can send the person to somebody before any set."""
    up_once = [past(0, tingling=1, pain=0), past(2, tingling=3)]

    assert still_up(up_once, at(4), TABLE) == StillUp(tingling=3, pain=2)
    assert still_up(up_once, at(3), TABLE) is None
    assert still_up(up_once, at(3, 18 + MINUTE), TABLE) is not None
    assert still_up(up_once[:1], at(4), TABLE) is None
    assert still_up([past(0, tingling=1), past(2, tingling=2)], at(4), TABLE) is None
    assert still_up(up_once, at(4), TABLE, since=at(2)) is None
    assert still_up(up_once, at(4), TABLE, since=at(0)) is None
    blank = past(3, tingling=None, pain=None)
    assert still_up([*up_once, blank], at(3, 18 + MINUTE), TABLE) is not None
    twice = [*up_once, past(4, tingling=3)]
    assert still_up(twice, at(6), TABLE) is None  # it has asked for a clinician already


@pytest.mark.rule("DAY-05")
def test_a_day_counts_from_the_last_rating_of_all() -> None:
    up = [past(0, tingling=1), past(2, tingling=3), past(2, tingling=3, hour=20)]
    assert still_up(up, at(3, 19), TABLE) is None
    assert still_up(up, at(3, 20 + MINUTE), TABLE) == StillUp(tingling=3, pain=2)


def test_what_lies_before_the_last_assessment_is_settled() -> None:
    """Whatever it was, and however long before."""
    up_once = [past(0, tingling=1, pain=0), past(2, tingling=3)]
    assert still_up(up_once, at(9), TABLE, since=at(8)) is None
    assert due([*up_once, past(4, tingling=3)], since=at(8)) == []


@pytest.mark.rule("DAY-05")
def test_twice_within_a_day_is_once() -> None:
    assert due([past(0, tingling=1), past(2, tingling=3), past(2, tingling=3, hour=20)]) == []


# DAY-07: the week against the week before


def check_ins(days: Iterable[int], tingling: int) -> list[PastSession]:
    return [past(day, tingling=tingling) for day in days]


@pytest.mark.rule("DAY-07")
def test_a_week_two_points_above_the_one_before_asks_for_a_clinician() -> None:
    before = check_ins((1, 3, 5), 1)

    assert due([*before, *check_ins((8, 10, 12), 3)], at(13)) == ["DAY-05", "DAY-07"]
    assert "DAY-07" not in due([*before, *check_ins((8, 10, 12), 2)], at(13))


@pytest.mark.rule("DAY-07")
def test_more_check_ins_than_needed_count_as_well() -> None:
    before, after = check_ins((1, 2, 4, 6), 1), check_ins((8, 9, 11, 12), 3)
    assert "DAY-07" in due([*before, *after], at(13))


@pytest.mark.rule("DAY-07")
def test_the_mean_has_to_rise_by_two_points_in_full() -> None:
    before = check_ins((1, 3, 5), 0)
    mixed = [past(8, tingling=0), past(10, tingling=1)]

    assert due([*before, *mixed, past(12, tingling=5)], at(13)) == ["DAY-07"]
    assert due([*before, *mixed, past(12, tingling=4)], at(13)) == []


@pytest.mark.rule("DAY-07")
def test_two_entries_a_week_are_too_few_to_compare() -> None:
    week, later = check_ins((1, 3, 5), 0), check_ins((8, 10, 12), 4)

    assert "DAY-07" in due([*week, *later], at(13))
    assert "DAY-07" not in due([*week[1:], *later], at(13))
    assert "DAY-07" not in due([*week, *later[1:]], at(13))


@pytest.mark.rule("DAY-07")
def test_a_check_in_without_a_rating_is_no_entry() -> None:
    """Missing is not zero: a zero here would raise the alarm."""
    week = [past(1, tingling=None), *check_ins((3, 5), 0)]

    assert "DAY-07" not in due([*week, *check_ins((8, 10, 12), 4)], at(13))


@pytest.mark.rule("DAY-07")
def test_a_week_is_seven_days_to_the_hour() -> None:
    """Seen from day 14 in the evening, day 7 at six belongs to the week before."""
    week, later = check_ins((1, 3), 0), check_ins((9, 11), 4)
    edge = past(7, tingling=2)

    assert "DAY-07" not in due([*week, edge, *later], at(14))
    assert "DAY-07" in due([*week, edge, *later, past(14, tingling=4)], at(14))
    earlier = check_ins((0, 2, 4), 0)
    assert "DAY-07" not in due([*earlier, edge, *later], at(14))
    assert "DAY-07" in due([*earlier, *check_ins((5,), 0), edge, *later], at(14, 18 - MINUTE))


@pytest.mark.rule("DAY-07")
def test_what_is_older_than_two_weeks_is_not_compared() -> None:
    later = check_ins((8, 10, 12), 3)

    assert "DAY-07" in due([*check_ins((1, 3, 5), 1), *later], at(14))
    assert "DAY-07" not in due([*check_ins((0, 3, 5), 1), *later], at(14))
    assert "DAY-07" in due([*check_ins((-3, -2), 9), *check_ins((1, 3, 5), 1), *later], at(14))


# DAY-08: sessions that a rule ended


def ended(*days: float) -> list[PastSession]:
    return [past(day, stopped_by_rules=True) for day in days]


@pytest.mark.rule("DAY-08")
def test_two_ended_sessions_in_seven_days_ask_for_a_clinician() -> None:
    assert due(ended(0)) == []
    assert due(ended(0, 7)) == ["DAY-08"]
    assert due(ended(0, 7 + 1 / 1440)) == []
    assert due([*ended(0), past(2), past(4), *ended(6)]) == ["DAY-08"]


@pytest.mark.rule("DAY-08")
def test_three_ended_sessions_in_fourteen_days_ask_for_a_clinician() -> None:
    """Two of three in 14 days lie within 7, so this row speaks alone only with a shorter week."""
    short_week = {**TABLE, "DAY-08": replace(TABLE["DAY-08"], days=1)}

    assert due(ended(0, 7, 14)) == ["DAY-08"]
    assert due(ended(0, 7.5, 15)) == []
    assert locks_due(ended(0, 7, 14), at(60), short_week)
    assert not locks_due(ended(0, 7, 14 + 1 / 1440), at(60), short_week)
    assert not locks_due(ended(0, 7), at(60), short_week)


@pytest.mark.rule("DAY-08")
def test_sessions_that_ended_by_themselves_do_not_count() -> None:
    assert due([past(0), past(1), past(2)]) == []


def test_an_assessment_settles_the_ended_sessions_before_it() -> None:
    assert due(ended(0, 1, 2), since=at(1)) == []
    assert due(ended(0, 1, 2), since=at(0)) == ["DAY-08"]


# DAY-09: a month without a change


def month(first: int, last: int, *, days: Iterable[int] = range(0, 29, 4)) -> list[PastSession]:
    """Eight sessions in 28 days: one rating in the first week, another in all that follow."""
    return [past(day, worst=first if day < 7 else last) for day in days]


def advised(pasts: list[PastSession], now: datetime = FOUR_WEEKS) -> bool:
    return review_advised(pasts, now, TABLE)


@pytest.mark.rule("DAY-09")
@pytest.mark.parametrize(
    ("first", "last", "advice"),
    [
        (6, 6, True),
        (6, 8, True),
        (7, 6, True),
        (8, 6, False),
        (3, 2, False),
        (4, 3, True),
        (2, 1, False),
        (1, 1, True),
        (0, 0, False),
        (0, 3, True),
    ],
)
def test_a_month_without_a_fall_of_two_points_or_thirty_percent_advises_a_review(
    first: int, last: int, advice: bool
) -> None:
    """Of nothing at all nothing can fall, but it can rise."""
    assert advised(month(first, last)) is advice


@pytest.mark.rule("DAY-09")
def test_four_weeks_have_to_have_passed() -> None:
    nine = range(0, 28, 3)

    assert advised(month(6, 6, days=nine), at(28))
    assert not advised(month(6, 6, days=nine), at(28, 18 - MINUTE))


@pytest.mark.rule("DAY-09")
def test_seven_sessions_in_four_weeks_are_too_few() -> None:
    assert advised(month(6, 6, days=(0, 4, 8, 12, 16, 20, 24, 28)))
    assert not advised(month(6, 6, days=(0, 4, 8, 12, 16, 20, 24)))
    assert not advised([past(day, played=day != 12, worst=6) for day in range(0, 29, 4)])


@pytest.mark.rule("DAY-09")
def test_every_rating_there_is_counts_for_the_worst_of_a_week() -> None:
    eight = range(0, 29, 4)
    first = [past(day, worst=6 if day < 7 else 0) for day in eight]

    assert not advised(first)
    assert advised([*first[:-1], past(28, tingling=6)])
    assert advised([*first[:-1], past(28, pain=6)])
    assert advised([*first[:-1], past(28, worst=6)])
    assert advised([*first[:-1], past(28, morning=morning(0, 6))])


@pytest.mark.rule("DAY-09")
def test_weeks_without_sessions_are_bridged_by_older_ones_but_today_needs_its_own() -> None:
    """A month that began with a gap is compared to what came before the gap."""
    worse = [past(day, worst=8) for day in (8, 10, 12, 14, 16, 18)]
    gap = [past(-3, worst=6), *worse, past(22, worst=6), past(24, worst=6)]

    assert advised(gap)
    assert not advised([*gap[:-2], past(20, worst=6), past(21, worst=6)])


@pytest.mark.rule("DAY-09")
def test_the_first_week_and_the_last_are_seven_days_to_the_hour() -> None:
    """Day 7 at six still belongs to the first week, day 21 at six no more to the last."""
    between = [past(day, worst=0) for day in (9, 10, 12, 14, 16, 18)]

    assert not advised([past(0, worst=2), past(7, worst=8), *between, past(22, worst=6)])
    assert advised(
        [past(0, worst=2), past(7, hour=18 + MINUTE, worst=8), *between, past(22, worst=2)]
    )
    assert advised([past(0, worst=7), *between, past(21, worst=0), past(22, worst=7)])
    assert advised([past(-9, worst=9), past(0, worst=6), *between, past(22, worst=6)])
    assert not advised([past(0, worst=6), *between, past(21, worst=6)])
