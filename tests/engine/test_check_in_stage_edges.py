"""The check-in takes each answer in its turn, asks no more than it needs, and stops in time."""

from dataclasses import replace

import pytest

from coach.domain.action import Action, Tier
from coach.domain.rating import Place
from coach.domain.screening import Lock, Reply
from coach.engine.control import CheckIn, Control, LeadIn, Message
from coach.engine.effects import Refusal, Refused
from coach.engine.inputs import (
    BaselinePain,
    BaselinePlaces,
    BaselineTingling,
    Input,
    Replied,
)
from coach.engine.step import step
from playing import Playing, plan_of, script_of

PLAN = plan_of('id = "S3", side = "left"')
SCRIPT = script_of(PLAN, full=True)
NAMES = [question.id for question in SCRIPT.questions]
ANSWERS: tuple[Input, ...] = (
    *(Replied(name, Reply.NO) for name in NAMES),
    BaselineTingling(1),
    BaselinePain(1),
    BaselinePlaces(frozenset({Place.THIGH})),
)


@pytest.mark.parametrize("turn", range(len(ANSWERS)))
def test_an_answer_out_of_turn_is_refused(turn: int) -> None:
    """Total over every input: nothing is taken for the answer to another question."""
    asked = Control(CheckIn(turn))
    for given in (*ANSWERS[:turn], *ANSWERS[turn + 1 :], Replied("", Reply.YES)):
        after, effects = step(SCRIPT, asked, given)

        assert after == asked
        assert effects == (Refused(Refusal.ANSWER_FIRST),)


AHEAD = Control(CheckIn(2))


@pytest.mark.hazard("H01")
@pytest.mark.parametrize(
    ("name", "reply", "action"),
    [
        ("E5", Reply.YES, Action.EMERGENCY),
        ("E10", Reply.YES, Action.EMERGENCY),
        ("E10", Reply.NOT_SURE, None),
        ("U4", Reply.YES, None),
        ("C7", Reply.NOT_SURE, None),
    ],
)
def test_a_stop_sign_counts_before_it_is_asked_for(
    name: str, reply: Reply, action: Action | None
) -> None:
    """The strongest stops at once; otherwise what may ask for more is still asked first."""
    after, _ = step(SCRIPT, AHEAD, Replied(name, reply))

    assert after.clearance.rules == (name,)
    assert after.clearance.tier.locks
    assert after.stage == (AHEAD.stage if action is None else Message(action))


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("denied", [Reply.NO, Reply.YES])
def test_a_stop_sign_told_early_is_not_taken_back_in_its_turn(denied: Reply) -> None:
    told, _ = step(SCRIPT, AHEAD, Replied("U1", Reply.YES))
    again, _ = step(SCRIPT, replace(told, stage=CheckIn(NAMES.index("U1"))), Replied("U1", denied))

    assert (again.clearance.tier, again.clearance.rules) == (Tier.URGENT, ("U1",))


@pytest.mark.hazard("H05")
def test_a_stop_sign_told_early_outlasts_an_item_without_an_answer() -> None:
    """Missing answers end the check-in, and what is known by then still closes the sessions."""
    playing = Playing(PLAN, full=True)
    playing.give(Replied("U3", Reply.YES))
    playing.wait(6 * 60_000)

    assert playing.stage == Message(Action.URGENT)
    assert playing.ledger.locks == (Lock(Tier.URGENT, "U3"),)


@pytest.mark.parametrize("name", ["A1", "A7"])
def test_what_only_advises_waits_for_its_turn(name: str) -> None:
    assert step(SCRIPT, AHEAD, Replied(name, Reply.YES)) == (
        AHEAD,
        (Refused(Refusal.ANSWER_FIRST),),
    )


def replying(**replies: Reply) -> Playing:
    """Answer the questions until one reply stops the check-in; "no" where none is named."""
    playing = Playing(PLAN, full=True)
    for name in NAMES:
        if not isinstance(playing.stage, CheckIn):
            break
        playing.give(Replied(name, replies.get(name, Reply.NO)))
    return playing


@pytest.mark.parametrize("name", ["E1", "E10", "U1", "U10", "C9"])
def test_a_stop_for_help_comes_at_once(name: str) -> None:
    """No later answer could make it more serious."""
    playing = Playing(PLAN, full=True)
    for asked in NAMES:
        playing.give(Replied(asked, Reply.YES if asked == name else Reply.NO))
        if asked == name:
            break

    assert isinstance(playing.stage, Message)


def test_every_question_for_a_clinician_is_asked_before_the_check_in_stops() -> None:
    """One visit can settle them all; what only advises is not asked any more."""
    clinician = [q.id for q in SCRIPT.questions if q.id.startswith("C")]
    playing = Playing(PLAN, full=True)
    answered = []
    for name in NAMES:
        playing.give(Replied(name, Reply.YES if name == "C1" else Reply.NO))
        answered.append(name)
        if isinstance(playing.stage, Message):
            break

    assert set(clinician) <= set(answered)
    assert not any(name.startswith("A") for name in answered)


def test_where_it_is_felt_is_asked_only_when_something_is_felt() -> None:
    for tingling, pain, asked in ((0, 0, False), (1, 0, True), (0, 1, True)):
        playing = replying()
        playing.give(BaselineTingling(tingling))
        assert playing.stage == CheckIn(len(NAMES) + 1)
        playing.give(BaselinePain(pain))

        assert isinstance(playing.stage, CheckIn if asked else LeadIn)


@pytest.mark.parametrize("rating", [-1, 11])
def test_a_check_in_rating_lies_on_the_scale(rating: int) -> None:
    playing = replying()
    playing.give(BaselineTingling(rating))
    assert playing.effects == (Refused(Refusal.NOT_A_RATING),)
    playing.give(BaselineTingling(1))
    playing.give(BaselinePain(rating))

    assert playing.effects == (Refused(Refusal.NOT_A_RATING),)
    assert playing.stage == CheckIn(len(NAMES) + 1)


def test_the_ends_of_the_scale_are_ratings() -> None:
    for tingling, pain in ((10, None), (0, 10)):
        playing = replying()
        playing.give(BaselineTingling(tingling))
        if pain is not None:
            playing.give(BaselinePain(pain))

        assert isinstance(playing.stage, Message)
