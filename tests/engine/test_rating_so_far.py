"""A rating that is never finished: what was answered of it counts, and what was not is no zero."""

from datetime import UTC, datetime

import pytest

from coach.domain.action import Action, Tier
from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.engine.control import Message, Rate, Rest, Summary
from coach.engine.effects import Closed, Refusal, Refused
from coach.engine.inputs import Leave, NothingWrong, Rated, RatedSoFar, Report, SomethingWrong
from coach.engine.looking_back import past_of
from playing import Playing, plan_of

S3 = plan_of('id = "S3", side = "left", level = "B", sets = 3')


def asked() -> Playing:
    return Playing(S3).check_in(1).until(Rate)


def decided(playing: Playing) -> Action | None:
    """What the last set was judged as."""
    decision = playing.ledger.sets[-1].decision
    return None if decision is None else decision.action


def test_a_high_rating_without_the_other_ends_the_session_when_nothing_more_comes() -> None:
    """clinical.md 9.3 SET-05; after five minutes the session is incomplete all the same."""
    playing = asked()
    playing.give(RatedSoFar(SetAnswers(tingling=9)))
    playing.until(Summary)

    assert decided(playing) is Action.END_SESSION
    assert "SET-05" in playing.ledger.sets[-1].decision.rules
    assert playing.ledger.outcome is Outcome.INCOMPLETE
    assert playing.ledger.sets[-1].answers == SetAnswers(tingling=9)
    assert playing.ledger.reports == ()


def test_who_leaves_after_a_high_rating_leaves_it_behind() -> None:
    playing = asked()
    playing.give(RatedSoFar(SetAnswers(tingling=9)))
    playing.give(Leave())

    assert decided(playing) is Action.END_SESSION
    assert (playing.ledger.sets[-1].final, playing.ledger.sets[-1].rest_s) == (False, 0)
    assert Closed(Outcome.INCOMPLETE) in playing.effects


@pytest.mark.parametrize(
    "answers", [SetAnswers(2, 0), SetAnswers(3, 0), SetAnswers(5, 0), SetAnswers(4, 6)]
)
def test_both_ratings_leave_the_same_behind_whether_or_not_the_last_question_was_answered(
    answers: SetAnswers,
) -> None:
    """The same decision with the same levers, and no report beside it."""
    left, whole = asked(), asked()
    left.give(RatedSoFar(answers))
    left.give(Leave())
    whole.give(Rated(answers))
    whole.give(Leave())

    one, other = left.ledger.sets[-1].decision, whole.ledger.sets[-1].decision
    assert (one.action, one.rules, one.levers) == (other.action, other.rules, other.levers)
    assert left.ledger.reports == whole.ledger.reports == ()


@pytest.mark.parametrize("so_far", [SetAnswers(tingling=3), SetAnswers(pain=0)])
def test_a_calm_rating_without_the_other_is_kept_and_decides_nothing(so_far: SetAnswers) -> None:
    """A rating that is missing is never taken for a calm one."""
    playing = asked()
    playing.give(RatedSoFar(so_far))
    playing.until(Summary)

    assert playing.ledger.reports == ()
    assert playing.ledger.sets[-1].answers == so_far
    assert decided(playing) is None


STOP_SIGNS = [
    SetAnswers(new=frozenset({News.BOTH_LEGS_WEAK})),
    SetAnswers(tingling=4, pain=0, where=frozenset({Place.SADDLE})),
]


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("so_far", STOP_SIGNS)
def test_a_stop_sign_that_is_chosen_counts_when_nothing_more_is_said(
    so_far: SetAnswers,
) -> None:
    """It may be a slip while it is being chosen; after a minute without a word it is none."""
    playing = asked()
    playing.give(RatedSoFar(so_far))
    assert playing.stage == Rate()
    playing.until(Message)

    assert playing.stage == Message(Action.EMERGENCY)
    assert playing.run.now_ms - playing.run.set_ended_ms == 60_000
    assert playing.ledger.locks[-1].tier is Tier.EMERGENCY
    assert decided(playing) is Action.EMERGENCY


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("so_far", STOP_SIGNS)
def test_who_leaves_with_a_stop_sign_chosen_is_told(so_far: SetAnswers) -> None:
    playing = asked()
    playing.give(RatedSoFar(so_far))
    playing.give(Leave())

    assert playing.stage == Message(Action.EMERGENCY)
    assert (playing.ledger.sets[-1].final, playing.ledger.sets[-1].rest_s) == (True, 0)


def test_a_stop_sign_that_was_taken_back_is_none() -> None:
    playing = asked()
    playing.give(RatedSoFar(SetAnswers(2, 0, new=frozenset({News.BOTH_LEGS_WEAK}))))
    playing.give(RatedSoFar(SetAnswers(2, 0)))
    playing.wait(61_000)

    assert playing.stage == Rate(again=True)
    playing.rate(2, 0)
    assert isinstance(playing.stage, Rest)


@pytest.mark.parametrize("rating", [-1, 11])
def test_what_is_not_on_the_scale_is_refused(rating: int) -> None:
    playing = asked()
    before = playing.run.control
    for so_far in (SetAnswers(tingling=rating), SetAnswers(tingling=2, pain=rating)):
        assert playing.give(RatedSoFar(so_far)) == (Refused(Refusal.NOT_A_RATING),)
    assert playing.run.control == before


def test_what_was_taken_back_before_the_last_answer_is_gone() -> None:
    """A place that is chosen no more is none; a rating stays until another takes its place."""
    playing = asked()
    playing.give(RatedSoFar(SetAnswers(tingling=8)))
    playing.give(RatedSoFar(SetAnswers(3, 1, where=frozenset({Place.TOES}))))
    playing.give(RatedSoFar(SetAnswers(tingling=3)))
    assert playing.ledger.sets[-1].answers == SetAnswers(3, 1)

    playing.give(Rated(SetAnswers(3, 1)))
    assert isinstance(playing.stage, Rest)
    assert playing.run.control.answers == SetAnswers(3, 1)


def test_what_was_reported_beside_it_stays() -> None:
    playing = asked()
    playing.give(SomethingWrong())
    playing.give(Report(SetAnswers(feels=frozenset({Feel.BURNING}))))
    playing.give(RatedSoFar(SetAnswers(tingling=2)))
    playing.give(Rated(SetAnswers(2, 0)))
    assert playing.run.control.answers == SetAnswers(2, 0, feels=frozenset({Feel.BURNING}))


def test_the_whole_answer_puts_what_was_answered_so_far_away() -> None:
    """A higher number that was corrected no longer decides when the session is left."""
    playing = asked()
    playing.give(RatedSoFar(SetAnswers(tingling=9)))
    playing.rate(2, 0)
    playing.give(Leave())

    assert decided(playing) is Action.CONTINUE
    assert playing.ledger.sets[-1].answers == SetAnswers(2, 0)


def test_looking_at_the_list_of_what_is_wrong_forgets_no_rating() -> None:
    playing = asked()
    playing.give(RatedSoFar(SetAnswers(tingling=9)))
    playing.give(SomethingWrong())
    playing.give(NothingWrong())
    playing.until(Summary)
    assert decided(playing) is Action.END_SESSION

    playing = asked()
    playing.give(RatedSoFar(SetAnswers(tingling=9)))
    playing.give(SomethingWrong())
    playing.give(Report(SetAnswers(tingling=0, feels=frozenset({Feel.BURNING}))))
    playing.until(Summary)
    assert decided(playing) is Action.END_SESSION
    assert playing.ledger.reports == ()


def test_the_day_after_knows_of_it() -> None:
    """What ends a session in the first of two answers counts like any other end (DAY rules)."""
    playing = asked()
    playing.give(RatedSoFar(SetAnswers(tingling=9)))
    playing.until(Summary)
    past = past_of(playing.run.script, playing.ledger, datetime(2026, 1, 1, tzinfo=UTC), "")

    assert (past.worst, past.stopped_by_rules) == (9, True)
