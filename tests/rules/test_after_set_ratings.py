"""Rules on tingling and pain: SET-01 to SET-09, a plan's own limit, a stopped set."""

import pytest

from asking_rules import after
from coach.domain.action import Action
from coach.domain.rating import Feel, News
from coach.rules.after_set import History


@pytest.mark.rule("SET-01")
@pytest.mark.parametrize(("rating", "goes_on"), [(0, True), (1, True), (2, True), (3, False)])
def test_ratings_up_to_two_go_on(rating: int, goes_on: bool) -> None:
    """Both scales have to be low; the higher one counts."""
    for verdict in (after(rating, 0, t0=rating), after(0, rating, p0=rating)):
        assert ("SET-01" in verdict.rules) is goes_on
        assert (verdict.action is Action.CONTINUE) is goes_on


@pytest.mark.hazard("H05")
@pytest.mark.rule("SET-01")
def test_a_missing_rating_is_not_a_calm_one() -> None:
    for verdict in (after(None, 0), after(0, None), after(None, None)):
        assert "SET-01" not in verdict.rules


@pytest.mark.rule("SET-02")
@pytest.mark.parametrize(("rating", "fires"), [(2, False), (3, True), (4, False)])
def test_three_holds(rating: int, fires: bool) -> None:
    for verdict in (after(rating, 0, t0=2), after(0, rating, p0=2)):
        assert ("SET-02" in verdict.rules) is fires
        assert (verdict.action is Action.HOLD) is fires


@pytest.mark.rule("SET-03")
@pytest.mark.parametrize(("rating", "fires"), [(3, False), (4, True), (5, False)])
def test_four_eases_one(rating: int, fires: bool) -> None:
    for verdict in (after(rating, 0, t0=2), after(0, rating, p0=2)):
        assert ("SET-03" in verdict.rules) is fires
        assert (verdict.action is Action.EASE1) is fires


@pytest.mark.rule("SET-04")
@pytest.mark.parametrize(("rating", "fires"), [(4, False), (5, True), (6, False)])
def test_five_eases_two(rating: int, fires: bool) -> None:
    for verdict in (after(rating, 0, t0=2), after(0, rating, p0=2)):
        assert ("SET-04" in verdict.rules) is fires
        assert (verdict.action is Action.EASE2) is fires


@pytest.mark.hazard("H04")
@pytest.mark.rule("SET-05")
@pytest.mark.parametrize(
    ("rating", "action"),
    [
        (5, Action.EASE2),
        (6, Action.END_EXERCISE),
        (7, Action.END_SESSION),
        (10, Action.END_SESSION),
    ],
)
def test_six_ends_the_exercise_and_seven_the_session(rating: int, action: Action) -> None:
    for verdict in (after(rating, 0, t0=3), after(0, rating, p0=3)):
        assert verdict.action is action
        assert ("SET-05" in verdict.rules) is (rating >= 6)


@pytest.mark.rule("SET-06")
@pytest.mark.parametrize(
    ("start", "rating", "action"),
    [
        (0, 3, Action.HOLD),
        (0, 4, Action.EASE2),
        (0, 5, Action.END_EXERCISE),
        (1, 4, Action.EASE1),
        (1, 5, Action.EASE2),
        (1, 6, Action.END_EXERCISE),
    ],
)
def test_a_rise_over_the_check_in_counts_by_itself(start: int, rating: int, action: Action) -> None:
    """Four points of rise ease two, five end the exercise; three points are left to the rating."""
    for verdict in (after(rating, 0, t0=start), after(0, rating, p0=start)):
        assert verdict.action is action
        assert ("SET-06" in verdict.rules) is (rating - start >= 4)


@pytest.mark.rule("SET-06")
def test_each_scale_rises_over_its_own_check_in() -> None:
    assert "SET-06" not in after(4, 4, t0=1, p0=1).rules
    assert "SET-06" in after(4, 4, t0=4, p0=0).rules


@pytest.mark.rule("SET-07")
@pytest.mark.parametrize(
    ("start", "rating", "action", "fires"),
    [
        (3, 4, Action.EASE1, False),
        (4, 3, Action.HOLD, False),
        (4, 4, Action.HOLD, True),
        (4, 5, Action.EASE2, False),
        (5, 4, Action.HOLD, True),
        (5, 5, Action.HOLD, True),
        (5, 6, Action.END_EXERCISE, False),
    ],
)
def test_an_easy_day_holds_at_the_rating_it_began_with(
    start: int, rating: int, action: Action, fires: bool
) -> None:
    for verdict in (after(rating, 0, t0=start), after(0, rating, p0=start)):
        assert verdict.action is action
        assert ("SET-07" in verdict.rules) is fires


@pytest.mark.rule("SET-07")
def test_high_pain_at_check_in_does_not_excuse_tingling() -> None:
    assert after(4, 0, t0=0, p0=4).action is Action.EASE2
    assert after(4, 4, t0=2, p0=4).action is Action.EASE1


@pytest.mark.rule("SET-08")
@pytest.mark.parametrize(
    ("pain", "later", "fires"),
    [(7, 7, False), (8, 6, True), (8, 5, False), (10, 8, True), (10, 7, False), (8, None, False)],
)
def test_strong_pain_that_stays_is_urgent(pain: int, later: int | None, fires: bool) -> None:
    verdict = after(0, pain, p0=5, pain_after_rest=later)
    assert ("SET-08" in verdict.rules) is fires
    assert verdict.action is (Action.URGENT if fires else Action.END_SESSION)


@pytest.mark.rule("SET-08")
@pytest.mark.parametrize(
    ("feels", "new", "action"),
    [
        ((), (), Action.URGENT),
        ((Feel.BURNING,), (), Action.URGENT),
        ((Feel.TIGHT_SWOLLEN,), (), Action.EMERGENCY),
        ((), (News.COLD_PALE_FOOT,), Action.EMERGENCY),
    ],
)
def test_strong_pain_that_stays_with_a_warning_sign_is_an_emergency(
    feels: tuple[Feel, ...], new: tuple[News, ...], action: Action
) -> None:
    verdict = after(0, 8, p0=5, pain_after_rest=6, feels=feels, new=new)
    assert verdict.action is action
    assert "SET-08" in verdict.rules


@pytest.mark.rule("SET-08")
@pytest.mark.parametrize("pain", [0, 3, 7, 8, 10])
def test_sudden_unbearable_pain_is_an_emergency_whatever_its_number(pain: int) -> None:
    """It is said to be constant, so nobody waits two minutes for it."""
    verdict = after(0, pain, new=[News.SUDDEN_SEVERE_PAIN])
    assert (verdict.action, verdict.rules[0]) == (Action.EMERGENCY, "SET-08")


@pytest.mark.rule("SET-09")
@pytest.mark.parametrize(
    ("rating", "left", "action"),
    [
        (3, False, Action.HOLD),
        (4, True, Action.EASE1),
        (4, False, Action.END_EXERCISE),
        (5, True, Action.EASE2),
        (5, False, Action.END_EXERCISE),
    ],
)
def test_with_no_lever_left_easing_ends_the_exercise(
    rating: int, left: bool, action: Action
) -> None:
    verdict = after(rating, 0, t0=2, levers_left=left)
    assert verdict.action is action
    assert ("SET-09" in verdict.rules) is (action is Action.END_EXERCISE)


@pytest.mark.rule("LIMIT")
@pytest.mark.parametrize(
    ("limit", "rating", "action"),
    [
        (5, 4, Action.EASE1),
        (5, 5, Action.END_EXERCISE),
        (3, 2, Action.CONTINUE),
        (3, 3, Action.END_EXERCISE),
        (1, 0, Action.CONTINUE),
        (1, 1, Action.END_EXERCISE),
        (1, 7, Action.END_SESSION),
    ],
)
def test_a_plan_may_end_an_exercise_sooner(limit: int, rating: int, action: Action) -> None:
    for verdict in (
        after(rating, 0, t0=2, end_exercise_at=limit),
        after(0, rating, p0=2, end_exercise_at=limit),
    ):
        assert verdict.action is action
        assert ("LIMIT" in verdict.rules) is (rating >= limit)


@pytest.mark.rule("LIMIT")
def test_a_plan_without_a_limit_of_its_own_never_names_one() -> None:
    assert "LIMIT" not in after(6, 0, t0=2).rules
    assert "LIMIT" not in after(10, 10).rules


@pytest.mark.rule("SYS-01")
@pytest.mark.parametrize(
    ("rating", "action"),
    [(0, Action.HOLD), (2, Action.HOLD), (3, Action.HOLD), (4, Action.EASE1)],
)
def test_a_stopped_set_holds_at_least(rating: int, action: Action) -> None:
    verdict = after(rating, 0, t0=2, stopped=True)
    assert verdict.action is action
    assert "SYS-01" in verdict.rules
    assert "SYS-01" not in after(rating, 0, t0=2).rules


def test_the_rules_named_come_strongest_first() -> None:
    verdict = after(5, 3, t0=1, p0=1, feels=[Feel.CRAMP], history=History(tingling=3))
    assert verdict.action is Action.EASE2
    assert verdict.rules == ("SET-04", "SET-06", "TRD-02", "SET-02", "CHR-01", "REC-01")
