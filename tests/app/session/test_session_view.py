"""What there is to show of a running session."""

import pytest

from coach.app.session.session_view import look
from coach.domain.rating import Feel
from coach.engine.control import Rate, Settle, TenMinutes, WarmUp
from coach.engine.inputs import Pause, Resume
from playing import Playing, plan_of


@pytest.mark.parametrize("felt", [[Feel.NUMB], [Feel.PULL]])
def test_less_feeling_in_a_set_is_asked_about_after_ten_minutes(felt: list[Feel]) -> None:
    """When it is still there then somebody has to look at it (clinical.md 9.3 CHR-04)."""
    playing = Playing(plan_of('id = "S3", side = "left"')).check_in(1)
    playing.until(Rate).rate(7, feels=felt).until(Settle).rest_reply(1, numb=False)
    deadline = playing.until(TenMinutes).run.deadline_ms
    assert deadline is not None
    playing.wait(deadline - playing.run.now_ms)

    assert playing.stage == TenMinutes(asking=True)
    assert look(playing.run).asks_numb is (Feel.NUMB in felt)


def test_the_walk_counts_down_as_one() -> None:
    """It is told of its half, but to whoever walks it is one (clinical.md 7.1 W1)."""
    playing = Playing(plan_of('id = "W1"', 'id = "S3", side = "left"')).check_in(1).until(WarmUp)
    assert look(playing.run).left_ms == 300_000
    playing.wait(149_000)
    assert look(playing.run).left_ms == 151_000
    playing.wait(1_000)
    assert playing.stage == WarmUp(second_half=True)
    view = look(playing.run)
    assert view.left_ms == 150_000
    assert view.elapsed_ms == 150_000
    playing.wait(71_000)
    view = look(playing.run)
    assert (view.elapsed_ms, view.left_ms) == (221_000, 79_000)


def test_a_pause_says_how_much_is_left_once_it_is_over() -> None:
    """As much as the clock showed before and shows when it goes on, also of the second half."""
    playing = Playing(plan_of('id = "W1"', 'id = "S3", side = "left"')).check_in(1).until(WarmUp)
    for waited_ms in (20_000, 160_000):
        playing.wait(waited_ms)
        before = look(playing.run)
        assert before.resumes_ms is None and before.left_ms is not None
        playing.give(Pause())
        paused = look(playing.run)
        assert paused.left_ms is None and paused.resumes_ms == before.left_ms
        assert paused.share == pytest.approx(1 - before.left_ms / 300_000)
        playing.wait(3_000)
        playing.give(Resume())
        assert look(playing.run).left_ms == before.left_ms
