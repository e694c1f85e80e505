"""Session time: when a stage began, what an interruption leaves of it, what an answer waited."""

import pytest

from coach.engine.control import LeadIn, Paused, Rate, Rest, Settle, WarmUp, Wrong
from coach.engine.effects import RestAnswered
from coach.engine.inputs import Again, Next, NothingWrong, Pause, Resume, SomethingWrong
from coach.engine.run import Run
from playing import Playing, plan_of, script_of

S3 = plan_of('id = "S3", side = "left", level = "B", sets = 3')
WARM = plan_of('id = "W1"', 'id = "S3", side = "left"')


def left_ms(playing: Playing) -> int:
    """Milliseconds until the stage ends by itself."""
    assert playing.run.deadline_ms is not None
    return playing.run.deadline_ms - playing.run.now_ms


def test_a_session_begins_at_nought() -> None:
    run = Run(script_of(S3))
    assert (run.now_ms, run.began_ms, run.set_ended_ms, run.elapsed_ms) == (0, 0, 0, 0)


def test_elapsed_counts_from_the_beginning_of_the_stage() -> None:
    playing = Playing(S3).check_in(1).until(LeadIn)
    assert playing.run.now_ms > 0
    playing.wait(1_234)
    assert playing.run.elapsed_ms == 1_234


def test_a_stage_gone_back_to_has_left_what_it_had() -> None:
    playing = Playing(WARM).check_in(1).until(WarmUp)
    playing.wait(40_000)
    playing.give(Pause())
    playing.give(Resume(), after_ms=25_000)
    assert playing.stage == WarmUp()
    assert left_ms(playing) == 110_000
    playing.give(Pause(), after_ms=10_000)
    playing.give(Resume(), after_ms=7_000)
    assert left_ms(playing) == 100_000


def test_opening_the_list_in_a_pause_changes_nothing_about_it() -> None:
    playing = Playing(WARM).check_in(1).until(WarmUp)
    playing.wait(40_000)
    playing.give(Pause())
    playing.give(SomethingWrong(), after_ms=3_000)
    assert isinstance(playing.stage, Wrong)
    playing.give(NothingWrong(), after_ms=5_000)
    assert isinstance(playing.stage, Paused)
    playing.give(Resume(), after_ms=7_000)
    assert left_ms(playing) == 110_000


def test_resting_goes_on_while_the_list_is_open() -> None:
    playing = Playing(S3).check_in(1).until(Rate).rate(1).until(Rest)
    playing.wait(5_000)
    before = playing.run.deadline_ms
    playing.give(SomethingWrong())
    playing.give(NothingWrong(), after_ms=4_000)
    assert isinstance(playing.stage, Rest)
    assert playing.run.deadline_ms == before


def test_a_question_gone_back_to_waits_its_whole_time() -> None:
    playing = Playing(S3).check_in(1).until(Rate)
    whole = left_ms(playing)
    playing.give(SomethingWrong(), after_ms=20_000)
    playing.give(NothingWrong(), after_ms=4_000)
    assert isinstance(playing.stage, Rate)
    assert left_ms(playing) == whole


def test_again_begins_a_lead_in_anew_and_nothing_else_does() -> None:
    playing = Playing(S3).check_in(1).until(LeadIn)
    whole = left_ms(playing)
    playing.give(Resume(), after_ms=2_000)
    assert left_ms(playing) == whole - 2_000
    playing.give(Again())
    lead_in = playing.stage
    assert isinstance(lead_in, LeadIn)
    assert left_ms(playing) == lead_in.ms


def test_again_is_no_way_to_gain_time_for_a_question() -> None:
    playing = Playing(S3).check_in(1).until(Rate)
    before = playing.run.deadline_ms
    playing.give(Again(), after_ms=2_000)
    assert playing.run.deadline_ms == before


@pytest.mark.parametrize(("after_ms", "waited_s"), [(59_999, 59), (60_000, 60), (60_999, 60)])
def test_an_answer_has_waited_whole_seconds_since_the_set(after_ms: int, waited_s: int) -> None:
    playing = Playing(S3).check_in(1).until(Rate)
    ended_ms = playing.run.set_ended_ms
    assert ended_ms == playing.run.now_ms
    playing.rate(1).until(Settle)
    playing.wait(ended_ms + after_ms - 1_000 - playing.run.now_ms)
    playing.rest_reply(1)
    (answered,) = [one for one in playing.effects if isinstance(one, RestAnswered)]
    assert answered.waited_s == waited_s


def test_what_is_refused_takes_no_time() -> None:
    playing = Playing(S3).check_in(1).until(Rate)
    before = playing.run
    playing.give(Next())
    assert playing.run == before
