"""Rules on how sets follow each other: TRD-01 to TRD-06."""

import pytest

from asking_rules import after
from coach.domain.action import Action
from coach.domain.rating import Feel
from coach.rules.after_set import History, Settled


@pytest.mark.rule("TRD-01")
@pytest.mark.parametrize(
    ("before", "rose", "now", "fires"),
    [
        (2, True, 3, True),
        (2, False, 3, False),
        (1, True, 2, False),
        (3, True, 3, False),
        (3, True, 4, True),
        (None, False, 3, False),
    ],
)
def test_rising_twice_to_three_or_more_eases(
    before: int | None, rose: bool, now: int, fires: bool
) -> None:
    verdict = after(now, 0, t0=2, history=History(tingling=before, rose=rose))
    assert ("TRD-01" in verdict.rules) is fires
    if fires:
        assert verdict.action is Action.EASE1


@pytest.mark.rule("TRD-02")
@pytest.mark.parametrize(
    ("before", "now", "fires"),
    [(0, 1, False), (0, 2, True), (1, 2, False), (1, 3, True), (3, 1, False), (None, 2, False)],
)
def test_two_points_above_the_set_before_ease(before: int | None, now: int, fires: bool) -> None:
    verdict = after(now, 0, t0=2, history=History(tingling=before))
    assert ("TRD-02" in verdict.rules) is fires
    assert (verdict.action is Action.EASE1) is fires


@pytest.mark.rule("TRD-03")
@pytest.mark.parametrize(
    ("eases", "rating", "action"),
    [
        (1, 4, Action.EASE1),
        (2, 4, Action.END_EXERCISE),
        (2, 5, Action.END_EXERCISE),
        (2, 3, Action.HOLD),
    ],
)
def test_the_third_ease_of_an_exercise_ends_it(eases: int, rating: int, action: Action) -> None:
    verdict = after(rating, 0, t0=2, history=History(eases_here=eases, eases=eases))
    assert verdict.action is action
    assert ("TRD-03" in verdict.rules) is (action is Action.END_EXERCISE)


@pytest.mark.rule("TRD-04")
@pytest.mark.parametrize(
    ("eases", "rating", "action"),
    [
        (2, 4, Action.EASE1),
        (3, 4, Action.END_SESSION),
        (3, 5, Action.END_SESSION),
        (3, 6, Action.END_SESSION),
        (2, 6, Action.END_EXERCISE),
        (3, 3, Action.HOLD),
    ],
)
def test_the_fourth_ease_of_a_session_ends_it(eases: int, rating: int, action: Action) -> None:
    """A rating that would end the exercise never gets a milder answer than one that eases."""
    verdict = after(rating, 0, t0=2, history=History(eases_here=1, eases=eases))
    assert verdict.action is action
    assert ("TRD-04" in verdict.rules) is (action is Action.END_SESSION)


@pytest.mark.rule("TRD-05")
@pytest.mark.parametrize(
    ("ended", "rating", "feels", "action"),
    [
        (0, 6, (), Action.END_EXERCISE),
        (1, 6, (), Action.END_SESSION),
        (1, 5, (), Action.EASE2),
        (1, 0, (Feel.ELECTRIC,), Action.END_SESSION),
    ],
)
def test_the_second_ended_exercise_ends_the_session(
    ended: int, rating: int, feels: tuple[Feel, ...], action: Action
) -> None:
    verdict = after(rating, 0, t0=2, feels=feels, history=History(ended=ended))
    assert verdict.action is action
    assert ("TRD-05" in verdict.rules) is (action is Action.END_SESSION)


@pytest.mark.rule("TRD-05")
@pytest.mark.rule("TRD-03")
@pytest.mark.rule("SET-09")
@pytest.mark.parametrize(
    ("history", "left"),
    [(History(eases_here=2, eases=2, ended=1), True), (History(ended=1), False)],
)
def test_an_exercise_ended_for_want_of_levers_counts_as_ended(history: History, left: bool) -> None:
    verdict = after(4, 0, t0=2, history=history, levers_left=left)
    assert verdict.action is Action.END_SESSION
    assert verdict.rules[0] == "TRD-05"


@pytest.mark.rule("TRD-06")
@pytest.mark.parametrize(
    ("earlier", "settled", "fires"),
    [
        (0, Settled.BY_120, False),
        (1, Settled.BY_60, False),
        (1, Settled.BY_120, True),
        (1, None, False),
    ],
)
def test_slow_to_settle_twice_ends_the_session(
    earlier: int, settled: Settled | None, fires: bool
) -> None:
    """Settled means no more than one point above the check-in, so two points are unsettled."""
    verdict = after(1, 0, t0=1, settled=settled, history=History(unsettled=earlier))
    assert ("TRD-06" in verdict.rules) is fires
    assert (verdict.action is Action.END_SESSION) is fires
