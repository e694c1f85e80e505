"""What a report leads to, from wherever the list was opened."""

import pytest

from coach.domain.action import Action
from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, News, SetAnswers
from coach.engine.control import (
    CheckIn,
    LeadIn,
    Message,
    Move,
    Rate,
    Recover,
    Rest,
    RestPosition,
    Settle,
    TenMinutes,
    WarmUp,
    Wrong,
)
from coach.engine.effects import Refusal, Refused, SetEnds
from coach.engine.inputs import Report, Resume, SomethingWrong
from playing import Playing, plan_of

S3 = plan_of('id = "S3", side = "left", level = "B", sets = 3')


def report(
    playing: Playing, *, feels: tuple[Feel, ...] = (), new: tuple[News, ...] = ()
) -> Playing:
    playing.give(SomethingWrong())
    playing.give(Report(SetAnswers(feels=frozenset(feels), new=frozenset(new))))
    return playing


def recovering() -> Playing:
    return Playing(S3).check_in(1).until(Rate).rate(1).until(Settle).rest_reply(1)


def test_in_the_last_hold_the_list_ends_the_set() -> None:
    """It would be held a second time otherwise (clinical.md 10 H09)."""
    playing = Playing(plan_of('id = "H1", side = "left"')).check_in(1).until(Move)
    playing.wait(5_000)
    assert playing.stage == Move(0, 1)
    playing.give(SomethingWrong())

    assert playing.stage == Wrong(Rate())
    assert SetEnds(1, stopped=True) in playing.effects


def test_the_lock_is_named_after_the_strongest_rule() -> None:
    """Dizziness ends a session; trouble with the breath is an emergency."""
    playing = report(recovering(), new=(News.DIZZY, News.CHEST_BREATH))

    assert playing.stage == Message(Action.EMERGENCY)
    assert playing.ledger.locks[-1].rule == "NEW-02"


def test_numbness_told_again_while_it_lasts_is_not_waited_for() -> None:
    """The check before has already found it (CHR-04)."""
    playing = Playing(S3).check_in(1).until(Rate).rate(2, feels=[Feel.NUMB])
    playing.until(Settle).rest_reply(1, numb=True)
    assert isinstance(playing.stage, Rest)

    assert report(playing, feels=(Feel.NUMB,)).stage == Message(Action.SEE_CLINICIAN)


@pytest.mark.parametrize("kind", [Rest, Settle])
def test_a_report_in_a_rest_is_judged_together_with_the_ratings(kind: type) -> None:
    playing = report(Playing(S3).check_in(2).until(Rate).rate(5).until(kind), feels=(Feel.BURNING,))
    playing.until(Settle).rest_reply(2)
    decision = playing.ledger.sets[-1].decision

    assert decision is not None
    assert decision.action is Action.EASE2
    assert {"SET-04", "CHR-02"} <= set(decision.rules)


def test_dizziness_in_the_rest_position_ends_a_session_that_was_nearly_complete() -> None:
    playing = Playing(plan_of('id = "S3", side = "left"')).check_in(1)
    playing.until(Rate).rate(1).until(Settle).rest_reply(1)
    playing.until(RestPosition).wait(60_000)
    report(playing, new=(News.DIZZY,))

    assert playing.stage == RestPosition()
    playing.until(TenMinutes)
    playing.wait(2_000_000)
    assert playing.ledger.outcome is Outcome.ENDED


def test_a_mild_report_at_check_in_changes_nothing_yet() -> None:
    """No set has been played, so none can be made easier."""
    playing = report(Playing(S3), feels=(Feel.BURNING,))

    assert playing.stage == CheckIn()
    assert playing.run.control.used == 0
    assert playing.run.control.history.eases == 0


@pytest.mark.parametrize("begin", [False, True])
def test_what_ends_an_exercise_ends_a_session_that_has_none_yet(begin: bool) -> None:
    playing = Playing(plan_of('id = "W1"', 'id = "S3", side = "left"'))
    if begin:
        assert isinstance(playing.check_in(1).stage, WarmUp)
    report(playing, feels=(Feel.ELECTRIC,))

    assert isinstance(playing.stage, RestPosition)
    playing.until(TenMinutes)


def test_numbness_between_sets_is_asked_about_after_the_next_one() -> None:
    """What else was told has been judged at once."""
    playing = report(recovering(), feels=(Feel.NUMB, Feel.BURNING))
    assert playing.run.control.reported == SetAnswers(feels=frozenset({Feel.NUMB}))
    playing.give(Resume())
    playing.until(Rate).rate(1).until(Settle).rest_reply(1)

    assert playing.effects == (Refused(Refusal.NOT_A_RATING),)


def test_an_exercise_ended_between_sets_is_left_after_time_to_hear_it() -> None:
    playing = recovering().until(LeadIn)
    report(playing, feels=(Feel.ELECTRIC,))

    assert playing.stage == Recover(6)
    assert isinstance(playing.until(LeadIn, RestPosition).stage, RestPosition)
