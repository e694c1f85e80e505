"""When the disk fails: nothing is taken that is not kept, and the next try works."""

import pytest

from coach.app.session.replaying import replay
from coach.app.simulation.simulated_person import answer_to
from coach.domain.action import Action
from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, News, SetAnswers
from coach.engine.control import (
    CheckIn,
    Message,
    Move,
    Paused,
    Rate,
    Rest,
    RestPosition,
    Settle,
    Stage,
    Wrong,
)
from coach.engine.effects import Refusal
from coach.engine.inputs import (
    Acknowledge,
    NothingWrong,
    Pause,
    Rated,
    Report,
    SomethingWrong,
    Stop,
)
from fake_keepers import WatchedKeeper
from live_player import LivePlayer
from opened_program import SHIPPED, OpenedProgram

FULL = "the disk is full; make room and try again"


def watched(player: LivePlayer) -> WatchedKeeper:
    keeper = WatchedKeeper(player.live._keeper)
    player.live._keeper = keeper
    return keeper


def test_an_answer_that_cannot_be_kept_is_not_taken(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """The question stands, nothing is said, the reason is there to read, the next try works."""
    live = player.until(Rate)
    keeper = watched(player)
    keeper.broken = FULL
    said = program.voice.texts[:]
    answers = SetAnswers(tingling=2, pain=1)
    assert live.give(Rated(answers)) is Refusal.NOT_SAVED
    assert live.view().stage == Rate()
    assert live.view().ledger.sets[-1].answers is None
    assert live.trouble == live.voice_note == FULL
    assert program.voice.texts == said

    player.wait(1_000)
    assert live.trouble == FULL, "nothing was written yet"

    keeper.broken = None
    assert live.give(Rated(answers)) is None
    assert isinstance(live.view().stage, Rest)
    assert live.view().ledger.sets[-1].answers == answers
    assert live.trouble is None


@pytest.mark.parametrize("stage", [CheckIn, Rate, Settle])
def test_no_question_takes_an_answer_that_cannot_be_kept(
    player: LivePlayer, stage: type[Stage]
) -> None:
    """Nor a stop at it; each is refused with its reason."""
    live = player.until(stage)
    player.wait(2_000)
    keeper = watched(player)
    keeper.broken = FULL
    reply = answer_to(live._run, player.answers)
    assert reply is not None
    before = live.view().stage
    for given in (reply[1], Stop()):
        assert live.give(given) is Refusal.NOT_SAVED
        assert live.view().stage == before
        assert live.trouble == FULL


def test_something_wrong_is_asked_about_although_it_cannot_be_kept(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """What moves stands still at once; whatever else is told waits for room on the disk."""
    live = player.until(Move)
    keeper = watched(player)
    keeper.broken = FULL
    assert live.give(SomethingWrong()) is None
    assert isinstance(live.view().stage, Wrong)
    assert live.trouble == FULL
    for given in (NothingWrong(), Report(SetAnswers(feels=frozenset({Feel.NUMB})))):
        assert live.give(given) is Refusal.NOT_SAVED
        assert isinstance(live.view().stage, Wrong)

    keeper.broken = None
    assert live.give(NothingWrong()) is None
    assert live.trouble is None
    player.play()
    path = program.home.session_log(program.store.last_session(program.profile).id)
    assert replay(SHIPPED, path.read_bytes(), path.name).differences == ()


@pytest.mark.hazard("H09")
def test_time_nobody_watched_pauses_also_when_that_cannot_be_kept_at_once(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """The movement stands still until the pause is on disk."""
    live = player.until(Move)
    keeper = watched(player)
    keeper.broken = FULL
    program.clock.suspend(60_000)
    player.wait(1_000)
    keeper.broken = None
    player.wait(500)
    assert isinstance(live.view().stage, Paused)


def test_the_chain_is_whole_after_the_trouble(player: LivePlayer, program: OpenedProgram) -> None:
    """What could not be kept leaves no hole in the log, which decides the same again."""
    keeper = watched(player)
    for stage in (Move, Rate, Rest, RestPosition):
        player.until(stage)
        keeper.broken = FULL
        for _ in range(3):
            player.live.give(Pause())
            player.live.give(Rated(SetAnswers(tingling=2, pain=1)))
        keeper.broken = None
    player.play()
    last = program.store.last_session(program.profile)
    assert last is not None
    path = program.home.session_log(last.id)
    assert replay(SHIPPED, path.read_bytes(), path.name).differences == ()
    assert len(program.store.entries(last.id)) == len(path.read_bytes().splitlines())


def test_a_movement_waits_while_nothing_can_be_kept(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """The set does not go on unrecorded: it stands still, then is paused."""
    live = player.until(Move)
    keeper = watched(player)
    player.play(lambda: len(live.view().ledger.sets) == 1 and live.view().rep == 8)
    keeper.broken = FULL
    player.wait(60_000)
    assert isinstance(live.view().stage, Move)
    assert live.view().ledger.sets[-1].ended_ms is None
    assert live.trouble == FULL
    keeper.broken = None
    player.wait(1_000)
    assert isinstance(live.view().stage, Paused)
    assert live.trouble is None


@pytest.mark.parametrize("tries_again", [True, False])
def test_a_session_that_cannot_be_closed_says_so_and_is_closed_later(
    player: LivePlayer, program: OpenedProgram, tries_again: bool
) -> None:
    """Its log is complete; the next tick closes it or, once it is gone, today's page."""
    live = player.until(RestPosition)
    folder = program.home.session_logs
    folder.rmdir()
    folder.write_text("in the way")
    player.play()
    assert live.view().ledger.outcome is Outcome.COMPLETED
    assert live.trouble is not None
    assert str(folder) in live.trouble
    assert program.app.today().unfinished is not None
    player.live.tick()
    assert live.trouble is not None

    folder.unlink()
    folder.mkdir(mode=0o700)
    if tries_again:
        player.live.tick()
        assert live.trouble is None
        path = program.home.session_log(live._recorder.records[0].data["session"])
        assert path.exists()
    assert program.app.today().unfinished is None
    last = program.store.last_session(program.profile)
    assert last is not None
    assert last.outcome == "completed"
    path = program.home.session_log(last.id)
    assert replay(SHIPPED, path.read_bytes(), path.name).differences == ()


def test_a_stop_is_shown_although_it_cannot_be_kept_and_is_written_later(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """A full disk silences no emergency; the lock reaches it as soon as there is room."""
    live = player.until(Move)
    keeper = watched(player)
    keeper.broken = FULL
    live.give(SomethingWrong())
    keeper.broken = None
    live.give(SomethingWrong())
    keeper.broken = FULL
    live.give(Report(SetAnswers(new=frozenset({News.SADDLE_OR_TOILET}))))

    assert live.view().stage == Message(Action.EMERGENCY)
    assert live.trouble == FULL
    assert program.on_disk("SELECT count(*) FROM lock") == [(0,)]

    keeper.broken = None
    player.wait(200)
    assert live.trouble is None
    assert program.on_disk("SELECT tier FROM lock") == [("emergency",)]
    live.give(Acknowledge())
    assert live.closed
