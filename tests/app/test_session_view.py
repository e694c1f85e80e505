"""What there is to show of a running session."""

import pytest

from coach.app.session_view import look
from coach.domain.rating import Feel
from coach.engine.control import Rate, Settle, TenMinutes, WarmUp
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
    assert look(playing.run).left_ms == 150_000
