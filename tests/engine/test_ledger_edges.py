"""The ledger of a session: what a set's record says before, while and after it is played."""

import pytest

from coach.domain.action import Action
from coach.domain.decision import Decision
from coach.domain.rating import RestAnswer, SetAnswers
from coach.engine.control import LeadIn, Move, Rate, Settle
from coach.engine.effects import Answered, Effect, Judged, RestAnswered, SetEnds
from coach.engine.ledger import Ledger, fold
from coach.rules.after_set import Settled
from playing import Playing, plan_of

PLAN = plan_of('id = "S3", side = "left", level = "B", sets = 3')


def test_sets_are_numbered_from_one() -> None:
    playing = Playing(PLAN).check_in(1)
    for _ in range(3):
        playing.until(Rate).rate(1).until(Settle).rest_reply(1)

    assert [record.n for record in playing.ledger.sets] == [1, 2, 3]


def test_a_set_that_has_just_begun_has_nothing_to_show() -> None:
    playing = Playing(PLAN).check_in(1).until(Move)
    (record,) = playing.ledger.sets

    assert (record.began_ms, record.ended_ms) == (playing.run.now_ms, None)
    assert (record.reps_done, record.stopped, record.rest_s) == (0, False, 0)
    assert record.answers is record.settled is record.decision is None


@pytest.mark.parametrize(
    "effect",
    [
        SetEnds(3, stopped=True),
        Answered(SetAnswers(1, 0)),
        RestAnswered(RestAnswer(0), 30, Settled.BY_60),
        Judged(Decision(Action.CONTINUE), final=True, rest_s=45),
    ],
)
def test_what_belongs_to_a_set_needs_one(effect: Effect) -> None:
    """A log cut short at its beginning still folds."""
    assert fold(Ledger(), 5, [effect]) == Ledger()


def test_a_set_is_judged_only_once_it_has_ended() -> None:
    playing = Playing(PLAN).check_in(1).until(LeadIn).until(Move)
    judged = Judged(Decision(Action.CONTINUE), final=True, rest_s=45)

    assert fold(playing.ledger, 5, [judged]) == playing.ledger


def test_what_was_decided_and_done_stays_when_something_is_added_later() -> None:
    """A report in the rest may have ended the session; ten minutes later it has not settled."""
    playing = Playing(PLAN).check_in(1).until(Rate).rate(1)
    final = Judged(Decision(Action.CONTINUE, ("SET-01",)), final=True, rest_s=45)
    late = Judged(Decision(Action.END_SESSION, ("REC-04",)), final=True, rest_s=0)

    record = fold(playing.ledger, 5, [final, late]).sets[-1]
    assert record.decision == Decision(Action.END_SESSION, ("SET-01", "REC-04"))
    assert record.rest_s == 45


def test_what_was_only_announced_gives_way_to_what_is_done() -> None:
    playing = Playing(PLAN).check_in(1).until(Rate).rate(1)
    first = Judged(Decision(Action.HOLD, ("SET-02",)), final=False, rest_s=60)
    final = Judged(Decision(Action.CONTINUE, ("SET-01",)), final=True, rest_s=45)

    record = fold(playing.ledger, 5, [first, final]).sets[-1]
    assert (record.decision, record.rest_s) == (final.decision, 45)


def test_when_a_set_had_settled_is_told_by_the_first_answer_that_says_so() -> None:
    """Back within one of where the session began; before that it is not known."""
    playing = Playing(PLAN).check_in(3).until(Rate).rate(5).until(Settle).rest_reply(5)
    assert playing.ledger.sets[-1].settled_s is None
    playing.until(Settle).rest_reply(4)
    record = playing.ledger.sets[-1]
    assert record.settled_s == record.checks[-1][0] >= 60


def test_a_later_answer_does_not_change_when_a_set_had_settled() -> None:
    """Strong pain is asked about again at two minutes; the tingling had settled before."""
    playing = Playing(PLAN).check_in(1, 3).until(Rate).rate(1, 8).until(Settle).rest_reply(1)
    first = playing.ledger.sets[-1].settled_s
    playing.until(Settle).rest_reply(1, pain=3)
    record = playing.ledger.sets[-1]
    assert first == record.settled_s == record.checks[0][0] < record.checks[-1][0]
