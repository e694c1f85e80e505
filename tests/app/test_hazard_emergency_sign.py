"""H01, H03: a stop sign closes the program, and stays closed after a restart."""

from collections.abc import Callable

import pytest

from coach.domain.action import Action
from coach.domain.decision import Phrase
from coach.domain.rating import News, SetAnswers
from coach.domain.screening import Reply
from coach.engine.control import CheckIn, Message, Move
from coach.engine.inputs import (
    Acknowledge,
    BaselinePain,
    BaselineTingling,
    Replied,
    Report,
    SomethingWrong,
)
from coach.store.errors import KnownError
from live_player import LivePlayer
from opened_program import SHIPPED, OpenedProgram
from ordered_voice import Hushed

Open = Callable[..., OpenedProgram]
SIGNS = [q.id for q in SHIPPED.screen if q.id.startswith("E")]


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("reply", [Reply.YES, Reply.NOT_SURE])
@pytest.mark.parametrize("sign", SIGNS)
def test_each_emergency_sign_locks_and_the_lock_survives_a_restart(
    opened: Open, sign: str, reply: Reply
) -> None:
    """Yes is an emergency, not sure is urgent; nothing moves, and no later start begins."""
    tier = "emergency" if reply is Reply.YES else "urgent"
    program = opened()
    live = program.app.begin()
    while isinstance(live.view().stage, CheckIn):
        name = str(live.view().question)
        program.clock.pass_ms(2_000)
        given = {"T0": BaselineTingling(0), "P0": BaselinePain(0)}.get(name)
        assert live.give(given or Replied(name, reply if name == sign else Reply.NO)) is None
    assert live.view().stage == Message(Action[tier.upper()])
    assert live.caption == program.app.words(Phrase(f"tier.{tier}"))
    assert program.on_disk("SELECT tier, rule FROM lock") == [(tier, sign)]
    live.give(Acknowledge())
    assert live.view().ledger.sets == ()

    for _ in range(2):
        again = opened()
        assert again.app.today().lock is not None
        with pytest.raises(KnownError) as caught:
            again.app.begin()
        assert str(caught.value) == again.app.phrases.say("lock.closed")


@pytest.mark.hazard("H03")
def test_weakness_reported_in_a_set_is_urgent_within_a_second_and_silent_first(
    program: OpenedProgram, player: LivePlayer
) -> None:
    """Two presses: the first silences the voice, the second brings the message, time stands."""
    live = player.until(Move)
    began = program.clock.now_ms
    for given in (SomethingWrong(), Report(SetAnswers(new=frozenset({News.ONE_LEG_WEAK})))):
        program.voice.calls.clear()
        assert live.give(given) is None
        assert program.voice.calls[0] == Hushed()
    assert live.view().stage == Message(Action.URGENT)
    assert live.caption == program.app.phrases.say("tier.urgent")
    assert program.clock.now_ms == began
    assert program.on_disk("SELECT tier, rule FROM lock") == [("urgent", "NEW-01")]


@pytest.mark.hazard("H03")
def test_weakness_is_asked_about_before_every_session() -> None:
    """U1 is one of the questions that never wait for the full check-in."""
    assert "U1" in {question.id for question in SHIPPED.questions(full=False)}
