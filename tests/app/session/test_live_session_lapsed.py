"""A check-in counts for half an hour: a session left alone longer ends as if somebody left it."""

from collections.abc import Callable

import pytest

from coach.app.session.cut_off import RESUME_WITHIN
from coach.app.session.live_session import UNSEEN_COUNTS_MS
from coach.app.session.replaying import replay
from coach.domain.action import Action
from coach.domain.outcome import Outcome
from coach.domain.rating import News, SetAnswers
from coach.domain.screening import Reply
from coach.engine.control import (
    CheckIn,
    LeadIn,
    Message,
    Move,
    Paused,
    Rate,
    Recover,
    Rest,
    RestPosition,
    Settle,
    Stage,
    Summary,
    WarmUp,
    Wrong,
)
from coach.engine.effects import Refusal
from coach.engine.inputs import (
    Acknowledge,
    NothingWrong,
    Pause,
    Rated,
    Replied,
    Report,
    Resume,
    SomethingWrong,
)
from coach.formats.session_log import LogRecord, read_log
from fake_clock import FakeClock
from fake_keepers import WatchedKeeper
from live_player import LivePlayer
from opened_program import SHIPPED, OpenedProgram

LIMIT_MS = int(RESUME_WITHIN.total_seconds() * 1000)
HOUR_MS = 3_600_000
NIGHT_MS = 14 * HOUR_MS
STAGES = (CheckIn, WarmUp, LeadIn, Move, Rate, Rest, Settle, Recover)

Away = Callable[[FakeClock, int], None]


def away_by(name: str) -> Away:
    """How the time goes by that nobody watches, as the clocks see it."""
    return {"asleep": FakeClock.suspend, "stalled": FakeClock.pass_ms}[name]


def records_on_disk(program: OpenedProgram) -> list[LogRecord]:
    last = program.store.last_session(program.profile)
    assert last is not None
    path = program.home.session_log(last.id)
    assert replay(SHIPPED, path.read_bytes(), path.name).differences == ()
    return read_log(path.read_bytes(), path.name)


def arrive(player: LivePlayer, stage: type[Stage]) -> None:
    player.until(stage)
    player.wait(1_000)
    assert isinstance(player.live.view().stage, stage)


@pytest.mark.hazard("H09")
@pytest.mark.parametrize("how", ["asleep", "stalled"])
@pytest.mark.parametrize("stage", STAGES)
def test_a_night_away_ends_the_session_as_leaving_does(
    player: LivePlayer, program: OpenedProgram, stage: type[Stage], how: str
) -> None:
    """In every stage, whichever clock went on; its log decides the same again."""
    arrive(player, stage)
    live = player.live
    known = [(record.answers, record.settled) for record in live.view().ledger.sets]
    away_by(how)(program.clock, NIGHT_MS)
    live.tick()
    assert live.view().stage == Summary()
    assert live.view().ledger.outcome is Outcome.INCOMPLETE
    assert live.closed
    assert live.lapsed
    assert [(record.answers, record.settled) for record in live.view().ledger.sets] == known
    kinds = [record.data.get("kind") for record in records_on_disk(program)]
    assert [kind for kind in kinds if kind][-1] == "Leave"
    assert program.app.today().unfinished is None


@pytest.mark.parametrize("stage", [WarmUp, Move, Rate, Recover])
def test_a_shorter_absence_leaves_the_session_as_it_is(
    player: LivePlayer, program: OpenedProgram, stage: type[Stage]
) -> None:
    arrive(player, stage)
    program.clock.suspend(LIMIT_MS - 2_000)
    player.live.tick()
    assert not player.live.closed
    assert not player.live.lapsed


@pytest.mark.parametrize("key", [Resume(), Rated(SetAnswers(tingling=0, pain=0))])
def test_the_key_that_wakes_the_session_does_not_go_on_with_it(
    player: LivePlayer, program: OpenedProgram, key: Resume | Rated
) -> None:
    """It may come before the first tick; what it says is about another day."""
    arrive(player, Rate if isinstance(key, Rated) else Move)
    live = player.live
    live.give(Pause())
    program.clock.suspend(NIGHT_MS)
    assert live.give(key) is Refusal.CLOSED
    assert live.view().stage == Summary()
    assert live.view().ledger.outcome is Outcome.INCOMPLETE
    assert live.view().ledger.sets[-1].answers is None


def test_a_pause_ends_the_session_after_half_an_hour(player: LivePlayer) -> None:
    """Also on a computer that never slept, and whatever was pressed in vain meanwhile."""
    arrive(player, Move)
    live = player.live
    live.give(Pause())
    player.wait(LIMIT_MS // 2)
    assert live.give(Rated(SetAnswers(tingling=0, pain=0))) is not None
    player.wait(LIMIT_MS // 2)
    assert isinstance(live.view().stage, Paused)
    player.wait(1_000)
    assert live.view().stage == Summary()
    assert live.lapsed


def test_two_sleeps_in_one_pause_add_up(player: LivePlayer, program: OpenedProgram) -> None:
    arrive(player, Move)
    for _ in range(2):
        program.clock.suspend(LIMIT_MS * 2 // 3)
        player.wait(1_000)
    assert player.live.lapsed


@pytest.mark.hazard("H18")
def test_a_wall_clock_set_back_hides_no_absence(player: LivePlayer, program: OpenedProgram) -> None:
    """The longer of the two clocks counts."""
    arrive(player, Move)
    program.clock.suspend(-HOUR_MS)
    player.wait(1_000)
    assert not player.live.lapsed
    player.live.give(Pause())
    program.clock.suspend(-HOUR_MS)
    program.clock.pass_ms(HOUR_MS // 2 + 1_000)
    player.live.tick()
    assert player.live.lapsed


def test_a_long_session_somebody_watches_never_ends_by_itself(player: LivePlayer) -> None:
    """Half an hour counts from when nothing went on any more, not from the check-in."""
    live = player.live
    for stage in (Move, Recover):
        player.until(stage)
        live.give(Pause())
        player.wait(LIMIT_MS * 2 // 3)
        live.give(Resume())
    player.play()
    assert live.view().session_ms > LIMIT_MS
    assert not live.lapsed
    assert live.view().ledger.outcome is Outcome.COMPLETED


def test_after_the_last_set_the_session_counts_as_completed(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """As it does when somebody leaves the rest position."""
    arrive(player, RestPosition)
    program.clock.suspend(NIGHT_MS)
    player.live.tick()
    assert player.live.view().ledger.outcome is Outcome.COMPLETED
    assert records_on_disk(program)[-1].type == "closed"


@pytest.mark.hazard("H01")
def test_a_stop_message_stands_over_any_absence(player: LivePlayer, program: OpenedProgram) -> None:
    """It waits until it was read, and its lock holds."""
    live = player.until(Move)
    live.give(SomethingWrong())
    live.give(Report(SetAnswers(new=frozenset({News.SADDLE_OR_TOILET}))))
    for away in (FakeClock.suspend, FakeClock.pass_ms):
        away(program.clock, NIGHT_MS)
        player.wait(1_000)
        assert live.view().stage == Message(Action.EMERGENCY)
    assert program.on_disk("SELECT tier FROM lock") == [("emergency",)]
    live.give(Acknowledge())
    assert live.view().ledger.outcome is Outcome.EMERGENCY


@pytest.mark.hazard("H01")
def test_a_check_in_left_alone_keeps_the_stop_it_asked_for(program: OpenedProgram) -> None:
    """What was told at night and asks for a clinician is not gone in the morning."""
    live = program.app.begin()
    reply = Reply.NO
    while reply is Reply.NO:
        name = live.view().question
        assert name is not None
        reply = Reply.YES if name.startswith("C") else Reply.NO
        program.clock.pass_ms(2_000)
        live.give(Replied(name, reply))
    assert isinstance(live.view().stage, CheckIn)
    program.clock.suspend(NIGHT_MS)
    live.tick()
    live.tick()
    assert live.view().stage == Message(Action.SEE_CLINICIAN)
    assert program.on_disk("SELECT tier FROM lock") == [("clearance",)]


@pytest.mark.hazard("H01")
def test_what_is_wrong_can_be_told_however_late(player: LivePlayer, program: OpenedProgram) -> None:
    """The open list stays open; a stop that is reported stands, anything else ends the session."""
    live = player.until(Move)
    live.give(SomethingWrong())
    program.clock.suspend(NIGHT_MS)
    player.wait(1_000)
    assert isinstance(live.view().stage, Wrong)
    live.give(Report(SetAnswers(new=frozenset({News.SADDLE_OR_TOILET}))))
    assert live.view().stage == Message(Action.EMERGENCY)


def test_the_key_for_something_wrong_opens_the_list_however_late(
    player: LivePlayer, program: OpenedProgram
) -> None:
    live = player.until(Move)
    program.clock.suspend(NIGHT_MS)
    assert live.give(SomethingWrong()) is None
    assert isinstance(live.view().stage, Wrong)


@pytest.mark.parametrize("given", [NothingWrong(), Report(SetAnswers(new=frozenset()))])
def test_behind_the_list_the_session_is_over_too(
    player: LivePlayer, program: OpenedProgram, given: NothingWrong | Report
) -> None:
    """Going back leads to no movement and to no question of another day."""
    live = player.until(Move)
    live.give(SomethingWrong())
    program.clock.suspend(NIGHT_MS)
    player.wait(1_000)
    live.give(given)
    assert live.view().stage == Summary()
    assert live.view().ledger.outcome is Outcome.INCOMPLETE


def test_behind_the_list_settling_goes_on_while_the_computer_sleeps(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """Whoever slept meanwhile has not settled sooner."""
    live = player.until(Rest)
    began = live.view().session_ms
    live.give(SomethingWrong())
    program.clock.suspend(10 * 60_000)
    live.tick()
    assert live.view().session_ms == began + UNSEEN_COUNTS_MS > began + 120_000


def test_a_full_disk_puts_the_end_off_and_nothing_goes_on_meanwhile(
    player: LivePlayer, program: OpenedProgram
) -> None:
    arrive(player, Move)
    live = player.live
    keeper = WatchedKeeper(live._keeper)
    live._keeper = keeper
    live.give(Pause())
    keeper.broken = "the disk is full"
    program.clock.suspend(NIGHT_MS)
    player.wait(1_000)
    assert live.give(Resume()) is Refusal.NOT_SAVED
    assert isinstance(live.view().stage, Paused)
    keeper.broken = None
    player.wait(1_000)
    assert live.closed
