"""Time is honest: a stall or sleep pauses, nothing is held longer, the countdown keeps its time."""

import json

import pytest

from coach.app.session.live_session import GAP_MS, SLEEP_MS
from coach.engine.control import LeadIn, Move, Paused, Rate, Recover, Rest, WarmUp
from coach.engine.inputs import Again, Next, Pause, Resume, Stop
from coach.voice.tones import Tone
from fake_clock import FakeClock
from live_player import LivePlayer
from opened_program import OpenedProgram
from ordered_voice import Hushed
from silent_speaker import Toned

HOUR_MS = 3_600_000
A_WHILE_MS = 20 * 60_000


def gaps_on_disk(program: OpenedProgram) -> int:
    rows = program.on_disk("SELECT data FROM event WHERE type = 'input'")
    return sum(json.loads(row[0])["kind"] == "ClockGap" for row in rows)


def ticks_after(player: LivePlayer, program: OpenedProgram, since: int) -> list[tuple[Tone, float]]:
    """Tones of a countdown from the call `since` on, with their seconds from now, once it is over.

    They are handed to the voice shortly before their time, so the lead-in is played to its end.
    """
    now = program.clock.seconds()
    while isinstance(player.live.view().stage, LeadIn):
        player.wait(500)
    tones = [call for call in program.voice.calls[since:] if isinstance(call, Toned)]
    return [
        (tone.name, round(tone.at - now, 3))
        for tone in tones
        if tone.at is not None and tone.name in (Tone.TICK, Tone.LAST_TICK)
    ]


def test_a_late_tick_is_no_stall(player: LivePlayer, program: OpenedProgram) -> None:
    """Two seconds without a tick are caught up with."""
    live = player.until(Move)
    before = live.view().session_ms
    program.clock.pass_ms(GAP_MS)
    live.tick()
    assert live.view().session_ms == before + GAP_MS
    assert gaps_on_disk(program) == 0


@pytest.mark.parametrize("stage", [WarmUp, LeadIn, Move, Recover])
def test_a_stall_pauses_and_is_logged(
    player: LivePlayer, program: OpenedProgram, stage: type
) -> None:
    """More than two seconds that nobody watched do not count, and what was going on waits."""
    live = player.until(stage)
    before = live.view().session_ms
    program.clock.pass_ms(GAP_MS + 1)
    live.tick()
    assert isinstance(live.view().stage, Paused)
    assert live.view().session_ms == before
    assert gaps_on_disk(program) == 1
    assert live.stalled
    assert program.voice.calls[-2] == Hushed()
    assert live.caption == program.app.phrases.say("cue.paused")


def test_a_pause_somebody_asked_for_is_no_stall(player: LivePlayer, program: OpenedProgram) -> None:
    live = player.until(Move)
    program.clock.pass_ms(GAP_MS + 1)
    live.tick()
    assert live.stalled
    live.give(Resume())
    assert not live.stalled
    live.give(Pause())
    assert isinstance(live.view().stage, Paused)
    assert not live.stalled


@pytest.mark.hazard("H09")
def test_sleep_pauses_and_is_logged(player: LivePlayer, program: OpenedProgram) -> None:
    """The monotonic clock may stand still in sleep; the wall clock gives it away."""
    live = player.until(Move)
    before = live.view().session_ms
    program.clock.suspend(SLEEP_MS + 1)
    player.wait(100)
    assert isinstance(live.view().stage, Paused)
    assert live.view().session_ms == before
    assert gaps_on_disk(program) == 1


@pytest.mark.hazard("H18")
def test_a_corrected_wall_clock_is_no_sleep(player: LivePlayer, program: OpenedProgram) -> None:
    """Five seconds forward, any time back, and slow drift leave the session alone."""
    live = player.until(WarmUp)
    for ms in (SLEEP_MS, -HOUR_MS, *[2_000] * 10):
        program.clock.suspend(ms)
        player.wait(500)
    assert isinstance(live.view().stage, WarmUp)
    assert gaps_on_disk(program) == 0


def test_an_input_that_comes_before_the_tick_finds_the_stall(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """The key that wakes the window does not let the unwatched time pass first."""
    live = player.until(Move)
    before = live.view()
    program.clock.pass_ms(A_WHILE_MS)
    live.give(Pause())
    assert live.view().stage == Paused(LeadIn(3000, before.rep - 1, begun=True))
    assert live.view().session_ms == before.session_ms
    assert gaps_on_disk(program) == 1


def test_a_stall_while_waiting_for_an_answer_asks_on(player: LivePlayer) -> None:
    """There is nothing to pause at a question; however long it was, it can still be answered."""
    live = player.until(Rate)
    player.clock.pass_ms(A_WHILE_MS)
    live.tick()
    assert live.view().stage == Rate(again=True)
    player.play()
    assert live.closed


@pytest.mark.hazard("H09")
def test_a_gap_does_not_lengthen_a_hold(player: LivePlayer, program: OpenedProgram) -> None:
    """A hold interrupted by a stall is not held a second time (clinical.md 11, H09)."""
    live = player.live

    def holding() -> bool:
        phase = live.view().phase
        return phase is not None and phase.hold and live.view().elapsed_ms >= 1_000

    player.play(holding)
    view = live.view()
    program.clock.pass_ms(A_WHILE_MS)
    live.tick()
    held_ms = view.elapsed_ms
    waiting = live.view().stage
    assert waiting == Rate() or waiting == Paused(LeadIn(3000, view.rep, begun=True))
    set_n = len(live.view().ledger.sets)
    while len(live.view().ledger.sets) == set_n and not isinstance(live.view().stage, Rate):
        at = live.view()
        player.move()
        if at.phase and at.phase.hold and at.rep == view.rep:
            held_ms += live.view().session_ms - at.session_ms
    assert view.dose is not None
    assert 0 < held_ms <= view.dose.hold_s * 1000


@pytest.mark.parametrize("stalled_ms", [0, 5_000])
def test_a_resumed_lead_in_takes_its_three_seconds(player: LivePlayer, stalled_ms: int) -> None:
    """Whatever had passed of the interrupted phase, and however long the pause was."""
    live = player.until(Move)
    player.wait(1_500)
    live.give(Pause())
    player.wait(stalled_ms)
    live.give(Resume())
    assert isinstance(live.view().stage, LeadIn)
    assert live.view().left_ms == 3_000
    player.wait(2_500)
    assert isinstance(live.view().stage, LeadIn)
    player.wait(500)
    assert isinstance(live.view().stage, Move)


def test_a_resumed_warm_up_keeps_what_was_done(player: LivePlayer) -> None:
    """Only the time left is still to do."""
    live = player.until(WarmUp)
    player.wait(10_000)
    left = live.view().left_ms
    live.give(Pause())
    player.wait(30_000)
    live.give(Resume())
    assert live.view().left_ms == left


def test_a_lead_in_is_counted_down_to_its_end(player: LivePlayer, program: OpenedProgram) -> None:
    """Ticks 3, 2 and 1 seconds before the movement, and a last one with it."""
    live = player.until(LeadIn)
    left = (live.view().left_ms or 0) / 1000
    assert ticks_after(player, program, 0) == [
        (Tone.TICK, left - 3),
        (Tone.TICK, left - 2),
        (Tone.TICK, left - 1),
        (Tone.LAST_TICK, left),
    ]


def test_the_countdown_does_not_shift_with_a_late_tick(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """A window that noticed the lead-in late still counts to the moment the movement starts."""
    live = player.until(WarmUp)
    player.play(lambda: live.view().left_ms == 500 and live.view().stage == WarmUp(True))
    program.clock.pass_ms(1_700)
    live.tick()
    assert live.view().left_ms == 15_000 - 1_200
    assert ticks_after(player, program, 0)[-1] == (Tone.LAST_TICK, 13.8)


def test_a_resumed_lead_in_is_counted_from_two(player: LivePlayer, program: OpenedProgram) -> None:
    """The third second before the movement is that of the spoken cue."""
    live = player.until(Move)
    live.give(Pause())
    since = len(program.voice.calls)
    live.give(Resume())
    assert ticks_after(player, program, since) == [
        (Tone.TICK, 1.0),
        (Tone.TICK, 2.0),
        (Tone.LAST_TICK, 3.0),
    ]


@pytest.mark.parametrize("given", [Next(), Pause(), Stop()])
def test_a_countdown_ends_with_its_lead_in(
    player: LivePlayer, program: OpenedProgram, given: Next | Pause | Stop
) -> None:
    """No tick of a lead-in sounds after it was left."""
    live = player.until(LeadIn)
    since = len(program.voice.calls)
    live.give(given)
    assert not isinstance(live.view().stage, LeadIn)
    assert program.voice.calls[since] == Hushed()
    assert ticks_after(player, program, since) == []


def test_a_lead_in_begun_again_has_one_countdown(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """The ticks of the shorter one are taken back first."""
    live = player.until(Rate)
    player.until(LeadIn)
    assert live.view().stage == LeadIn(5_000)
    since = len(program.voice.calls)
    live.give(Again())
    assert program.voice.calls[since] == Hushed()
    assert ticks_after(player, program, since)[-1] == (Tone.LAST_TICK, 15.0)


def test_the_rest_goes_on_behind_the_list_of_what_is_wrong(player: LivePlayer) -> None:
    """Session time is the clock's while the window ticks, in every stage."""
    live = player.until(Rest)
    began = live.view().session_ms
    player.wait(3_000)
    assert live.view().session_ms == began + 3_000


def test_two_sessions_with_one_clock_start_at_zero(clock: FakeClock, player: LivePlayer) -> None:
    """Session time counts from the session's own beginning, whatever the clock says."""
    assert player.live.view().session_ms == 0
    player.play()
    assert clock.now_ms > player.live.view().session_ms
