"""Pausing, taking a repetition again and stopping: what goes on, and from where."""

from dataclasses import replace

import pytest

from coach.domain.outcome import Outcome
from coach.engine.control import LeadIn, Move, Paused, Rate, RestPosition, Settle, WarmUp
from coach.engine.course import Course
from coach.engine.effects import Refusal, Refused, SetBegins, SetEnds
from coach.engine.inputs import Again, Next, Pause, Resume, Stop
from playing import Playing, plan_of

S3 = plan_of('id = "S3", side = "left", level = "B"')
H1 = plan_of('id = "H1", side = "left"')
EASE_IN, HOLD, EASE_OUT = range(3)


def in_phase(playing: Playing, rep: int, phase: int) -> Playing:
    """Go on until a phase of a repetition has begun."""
    playing.until(Move)
    for _ in range(100):
        if playing.stage == Move(rep, phase):
            return playing
        assert playing.run.deadline_ms is not None
        playing.wait(playing.run.deadline_ms - playing.run.now_ms)
    raise AssertionError(f"{rep}, {phase} never came")


def held_three_times() -> Playing:
    """A set of three holds, which no level of the catalogue has."""
    playing = Playing(H1).check_in(1)
    script, found = playing.run.script, playing.run.control.clearance
    (block,) = script.course(found).blocks
    thrice = replace(block, dose=replace(block.dose, reps=3))
    script._courses[found.easy_day, found.bars] = Course((thrice,))
    return playing


def test_again_takes_the_same_repetition_from_its_beginning() -> None:
    playing = in_phase(Playing(S3).check_in(1), 3, 1)
    playing.give(Again(), after_ms=200)

    assert playing.stage == LeadIn(3_000, 3, begun=True)
    playing.wait(3_000)
    assert playing.stage == Move(3, 0)
    assert not any(isinstance(effect, SetBegins) for effect in playing.effects)
    assert len(playing.ledger.sets) == 1


@pytest.mark.parametrize("phase", [HOLD, EASE_OUT])
def test_a_hold_is_not_taken_again(phase: int) -> None:
    """clinical.md 10 H09: it would be held for longer than was allowed."""
    playing = in_phase(Playing(H1).check_in(1), 0, phase)
    playing.give(Again(), after_ms=200)

    assert playing.effects == (Refused(Refusal.NOT_NOW),)
    assert playing.stage == Move(0, phase)


def test_what_has_not_been_held_yet_is_held_after_a_pause() -> None:
    playing = in_phase(Playing(H1).check_in(1), 0, EASE_IN)
    playing.give(Pause(), after_ms=1_000)

    assert playing.stage == Paused(LeadIn(3_000, 0, begun=True))


@pytest.mark.parametrize("phase", [HOLD, EASE_OUT])
def test_after_a_pause_in_a_hold_the_next_one_follows(phase: int) -> None:
    first = in_phase(held_three_times(), 0, phase)
    first.give(Pause(), after_ms=500)
    assert first.stage == Paused(LeadIn(3_000, 1, begun=True))

    last = in_phase(held_three_times(), 2, phase)
    last.give(Pause(), after_ms=500)
    assert isinstance(last.stage, Rate)


@pytest.mark.parametrize("paused", [False, True])
def test_stop_before_a_set_goes_on_asks_about_the_part_that_was_done(paused: bool) -> None:
    """Two repetitions were done, so their questions come first, and then the session ends."""
    playing = in_phase(Playing(S3).check_in(1), 2, 0)
    playing.give(Pause())
    if not paused:
        playing.give(Resume())
    playing.give(Stop())

    assert isinstance(playing.stage, Rate)
    assert SetEnds(2, stopped=True) in playing.effects
    playing.rate(1).until(Settle).rest_reply(1)
    assert isinstance(playing.stage, RestPosition)
    assert len(playing.ledger.sets) == 1


def test_stop_in_a_pause_between_sets_leads_to_the_rest_position() -> None:
    playing = Playing(plan_of('id = "W1"', 'id = "S3", side = "left"')).check_in(1)
    assert isinstance(playing.stage, WarmUp)
    playing.give(Pause())
    playing.give(Stop())

    assert isinstance(playing.stage, RestPosition)
    playing.give(Next())
    assert playing.ledger.outcome is Outcome.ENDED


def test_a_pause_before_the_first_set_leads_into_it_afresh() -> None:
    playing = Playing(S3).check_in(1)
    playing.give(Pause(), after_ms=4_000)
    playing.give(Resume())

    assert playing.stage == LeadIn(3_000)
    playing.wait(3_000)
    assert playing.stage == Move(0)
    assert any(isinstance(effect, SetBegins) for effect in playing.effects)


def test_in_the_lead_in_again_gives_the_whole_time() -> None:
    playing = Playing(S3).check_in(1)
    playing.give(Again(), after_ms=9_000)

    assert playing.stage == LeadIn(15_000)
    assert playing.run.deadline_ms == playing.run.now_ms + 15_000
