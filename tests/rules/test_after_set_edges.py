"""The rows of the decision table far from their boundaries, and rows with other numbers.

The numbers are data, so a row must read its own, not those that happen to be shipped.
"""

from dataclasses import replace

import pytest

from asking_rules import after
from coach.domain.action import Action
from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.domain.rule import Rule
from coach.rules.after_set import (
    AfterSet,
    Baseline,
    History,
    SetContext,
    Settled,
    Verdict,
    is_settled,
)
from playing import SHIPPED

TABLE = SHIPPED.after_set.table
QUIET = SetContext(SetAnswers(0, 0), Baseline(0, 0))


def with_rows(action: Action, rule_id: str, **numbers: int | None) -> AfterSet:
    """The table in which one row, found by its id and action, has other numbers."""

    def changed(rule: Rule) -> Rule:
        if (rule.id, rule.action) == (rule_id, action):
            return replace(rule, **numbers)  # type: ignore[arg-type]
        return rule

    return AfterSet(tuple(map(changed, TABLE)))


def rated(tingling: int, pain: int = 0, *, t0: int = 0) -> SetContext:
    return SetContext(SetAnswers(tingling, pain), Baseline(t0, 0), settled=Settled.BY_60)


def test_what_nobody_told_makes_no_row_fire() -> None:
    """Nothing was stopped, levers are left, the plan sets no limit, no place was named."""
    easing = SHIPPED.after_set.judge(SetContext(SetAnswers(4, 0), Baseline(2, 0)))
    assert easing == Verdict(Action.EASE1, ("SET-03",))

    five = SHIPPED.after_set.judge(SetContext(SetAnswers(5, 0), Baseline(2, 0)))
    assert five == Verdict(Action.EASE2, ("SET-04",))

    for place in (Place.BACK, Place.THIGH):
        named = SetContext(SetAnswers(1, 0, where=frozenset({place})), Baseline(1, 0))
        assert SHIPPED.after_set.judge(named) == Verdict(Action.CONTINUE, ("SET-01",))


@pytest.mark.parametrize("rating", [3, 4, 5, 6])
def test_an_easing_row_covers_its_whole_band(rating: int) -> None:
    wide = with_rows(Action.EASE1, "SET-03", low=3, high=6)

    assert "SET-03" in wide.judge(rated(rating, t0=2)).rules


def test_a_rise_may_have_a_band_as_well() -> None:
    wide = with_rows(Action.EASE2, "SET-06", low=2, high=4)

    assert all("SET-06" in wide.judge(rated(rating)).rules for rating in (2, 3, 4))
    assert "SET-06" not in wide.judge(rated(1)).rules


@pytest.mark.parametrize(("rating", "excused"), [(3, True), (4, True), (5, True), (6, False)])
def test_an_easy_day_excuses_the_whole_band_of_an_easing_row(rating: int, excused: bool) -> None:
    """Two rows that ease, one of them wide; on an easy day with 6 nothing excuses a 6."""
    wide = with_rows(Action.EASE1, "SET-03", low=3, high=6)
    verdict = wide.judge(rated(rating, t0=5))

    assert ("SET-07" in verdict.rules) is excused
    assert ("SET-03" in verdict.rules) is not excused


def test_a_row_on_settling_covers_every_class_up_to_its_end() -> None:
    wide = with_rows(Action.CONTINUE, "REC-01", up_to_s=120)

    for settled in (Settled.BY_60, Settled.BY_120):
        assert "REC-01" in wide.judge(replace(rated(1), settled=settled)).rules
    assert "REC-01" not in wide.judge(replace(rated(1), settled=Settled.BY_600)).rules


@pytest.mark.parametrize("answers", [SetAnswers(5, 0), SetAnswers(0, 4), SetAnswers(6, 2)])
@pytest.mark.parametrize("start", [0, 4, 5])
def test_the_order_of_the_rows_decides_nothing(answers: SetAnswers, start: int) -> None:
    context = SetContext(answers, Baseline(start, 0), settled=Settled.BY_60)
    backwards = AfterSet(TABLE[::-1]).judge(context)
    forwards = SHIPPED.after_set.judge(context)

    assert backwards.action is forwards.action
    assert set(backwards.rules) == set(forwards.rules)


@pytest.mark.parametrize(
    ("settled", "after_s", "stays"),
    [
        (None, 60, False),
        (Settled.BY_60, 60, False),
        (Settled.BY_60, 120, False),
        (Settled.BY_120, 60, True),
        (Settled.BY_120, 120, False),
        (Settled.NOT_BY_600, 600, True),
    ],
)
def test_only_what_is_known_to_last_stays(
    settled: Settled | None, after_s: int, stays: bool
) -> None:
    assert replace(QUIET, settled=settled).stays(after_s) is stays


@pytest.mark.rule("SET-08")
@pytest.mark.parametrize(("later", "stays"), [(7, True), (6, False), (5, False), (0, False)])
def test_pain_that_falls_by_three_or_more_does_not_stay(later: int, stays: bool) -> None:
    verdict = after(0, 9, pain_after_rest=later)

    assert (verdict.action is Action.URGENT) is stays


@pytest.mark.rule("LOC-01")
@pytest.mark.parametrize("place", [Place.BACK, Place.BUTTOCK, Place.TOES])
def test_every_place_can_be_the_same_place(place: Place) -> None:
    assert "LOC-01" in after(1, where=[place], zone=place.zone).rules


@pytest.mark.rule("CHR-03")
def test_electric_with_weakness_is_its_own_reason_the_second_time_too() -> None:
    for before in (0, 1):
        verdict = after(
            1, feels=[Feel.ELECTRIC], new=[News.ONE_LEG_WEAK], history=History(electric=before)
        )

        assert verdict.action is Action.URGENT
        assert verdict.rules[0] == "CHR-03"


@pytest.mark.rule("CHR-05")
@pytest.mark.parametrize(
    ("pain", "action"),
    [(6, Action.URGENT), (7, Action.EMERGENCY), (8, Action.EMERGENCY), (10, Action.EMERGENCY)],
)
def test_a_tight_swollen_leg_with_strong_pain_is_an_emergency(pain: int, action: Action) -> None:
    assert after(0, pain, feels=[Feel.TIGHT_SWOLLEN]).action is action


@pytest.mark.rule("TRD-01")
@pytest.mark.parametrize(("before", "now"), [(4, 3), (3, 3), (2, None), (None, 3)], ids=str)
def test_only_a_rating_above_the_one_before_is_a_rise(before: int | None, now: int | None) -> None:
    verdict = after(now, 0, t0=3, history=History(tingling=before, rose=True))

    assert "TRD-01" not in verdict.rules


@pytest.mark.rule("TRD-02")
@pytest.mark.parametrize("rise", [2, 3, 4])
def test_any_rise_by_two_or_more_on_the_set_before_eases(rise: int) -> None:
    assert "TRD-02" in after(1 + rise, t0=1, history=History(tingling=1)).rules


@pytest.mark.rule("TRD-03")
@pytest.mark.rule("TRD-04")
@pytest.mark.rule("TRD-05")
@pytest.mark.rule("TRD-06")
@pytest.mark.parametrize("more", [0, 1, 5])
def test_a_count_beyond_its_number_still_counts(more: int) -> None:
    """Whatever a session remembers, more of it is never milder."""
    here = after(4, t0=2, history=History(eases_here=2 + more))
    session = after(4, t0=2, history=History(eases=3 + more))
    ended = after(6, t0=2, history=History(ended=1 + more))
    slow = after(1, settled=Settled.BY_120, history=History(unsettled=1 + more))

    assert "TRD-03" in here.rules
    assert "TRD-04" in session.rules
    assert "TRD-05" in ended.rules
    assert "TRD-06" in slow.rules


@pytest.mark.rule("LIMIT")
@pytest.mark.parametrize("limit", [6, 7, 9])
def test_a_plan_cannot_loosen_the_built_in_limit(limit: int) -> None:
    """A limit that is not stricter is no limit of the plan's own."""
    verdict = after(9, t0=3, end_exercise_at=limit)

    assert verdict.action is Action.END_SESSION
    assert "LIMIT" not in verdict.rules


@pytest.mark.parametrize("start", [0, None])
def test_one_more_than_at_the_check_in_counts_as_settled(start: int | None) -> None:
    """Where none was said there, it is taken for none: two is too much then."""
    assert is_settled(1, start)
    assert not is_settled(2, start)


def test_a_session_begins_with_nothing_behind_it() -> None:
    begins = History()
    assert (begins.eases, begins.eases_here, begins.ended) == (0, 0, 0)
    assert (begins.electric, begins.unsettled, begins.zone) == (0, 0, 0)


def test_without_the_row_about_strong_pain_no_pain_is_asked_about_again() -> None:
    """Ten is the highest there is."""
    without = AfterSet(tuple(rule for rule in TABLE if rule.id != "SET-08"))
    assert without.strong_pain_from == 11
    assert AfterSet(TABLE).strong_pain_from <= 10
