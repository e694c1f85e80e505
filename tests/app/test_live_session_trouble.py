"""When the disk fails: nothing is taken that is not kept, and the next try works."""

from coach.app.replaying import replay
from coach.domain.action import Action
from coach.domain.outcome import Outcome
from coach.domain.rating import News, SetAnswers
from coach.engine.control import Message, Move, Paused, Rate, Rest, RestPosition
from coach.engine.inputs import Acknowledge, Pause, Rated, Report, SomethingWrong
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
    live.give(Rated(answers))
    assert live.view().stage == Rate()
    assert live.view().ledger.sets[-1].answers is None
    assert live.trouble == live.voice_note == FULL
    assert program.voice.texts == said

    keeper.broken = None
    live.give(Rated(answers))
    assert isinstance(live.view().stage, Rest)
    assert live.view().ledger.sets[-1].answers == answers
    assert live.trouble is None


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


def test_a_session_that_cannot_be_closed_says_so_and_is_closed_later(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """Its log is complete; today's page closes it once the log folder can be written again."""
    live = player.until(RestPosition)
    folder = program.home.session_logs
    folder.rmdir()
    folder.write_text("in the way")
    player.play()
    assert live.view().ledger.outcome is Outcome.COMPLETED
    assert live.trouble is not None
    assert str(folder) in live.trouble
    assert program.app.today().unfinished is not None

    folder.unlink()
    folder.mkdir(mode=0o700)
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
