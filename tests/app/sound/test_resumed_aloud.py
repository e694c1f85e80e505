"""A session that goes on after it was cut off says what it waits for."""

from collections.abc import Callable

import pytest

from coach.domain.decision import Phrase
from coach.domain.rating import News, SetAnswers
from coach.engine.control import (
    CheckIn,
    Message,
    Move,
    Paused,
    Rate,
    Recover,
    Rest,
    Settle,
    Stage,
    WarmUp,
    Wrong,
)
from coach.engine.inputs import Pause, Report, SomethingWrong
from live_player import LivePlayer
from opened_program import OpenedProgram

Open = Callable[..., OpenedProgram]


def reach(player: LivePlayer, stage: type[Stage]) -> None:
    if stage not in (Paused, Wrong, Message):
        player.until(stage)
        if stage is Settle:  # that it was asked is on disk once it was asked again
            player.wait(61_000)
        return
    player.until(Move)
    if stage is Paused:
        player.live.give(Pause())
        return
    player.live.give(SomethingWrong())
    if stage is Message:
        player.live.give(Report(SetAnswers(new=frozenset({News.SADDLE_OR_TOILET}))))


@pytest.mark.hazard("H11")
@pytest.mark.parametrize(
    ("stage", "key"),
    [
        (CheckIn, None),
        (Rate, "ask.tingling"),
        (Settle, "ask.settle"),
        (Wrong, "ask.wrong"),
        (Message, "tier.emergency"),
        *((stage, "cue.paused") for stage in (WarmUp, Move, Recover, Paused)),
    ],
)
def test_a_resumed_session_says_once_what_it_waits_for(
    player: LivePlayer, opened: Open, stage: type[Stage], key: str | None
) -> None:
    """Spoken, captioned, and said again when asked to."""
    reach(player, stage)
    program = opened()
    resumed = LivePlayer(program.app.resume_unfinished(), program.clock, player.answers)
    resumed.wait(500)
    if key is None:
        words = program.app.question_text(str(resumed.live.view().question))
    else:
        words = program.app.words(Phrase(key))
    assert resumed.live.caption == words
    assert " ".join(program.voice.texts) == words
    resumed.live.repeat_cue()
    assert " ".join(program.voice.texts) == f"{words} {words}"


@pytest.mark.parametrize("away_s", [40, 100, 20 * 60])
@pytest.mark.parametrize(("stage", "key"), [(Rate, "ask.tingling"), (Rest, "ask.settle")])
def test_what_passed_while_nobody_was_there_is_not_said(
    player: LivePlayer, opened: Open, stage: type[Stage], key: str, away_s: int
) -> None:
    """The question that is open on coming back, once, and nothing of what led to it."""
    player.until(stage)
    program = opened()
    program.clock.pass_ms(away_s * 1000)
    resumed = LivePlayer(program.app.resume_unfinished(), program.clock, player.answers)
    resumed.wait(500)
    assert program.voice.texts == [program.app.words(Phrase(key))]
