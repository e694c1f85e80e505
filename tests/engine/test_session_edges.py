"""Times, numbers and words of a session right where they change."""

from coach.engine.control import LeadIn, WarmUp
from coach.engine.effects import Say
from playing import Playing, plan_of


def said(playing: Playing) -> list[str]:
    return [effect.phrase.key for effect in playing.effects if isinstance(effect, Say)]


def test_the_warm_up_is_announced_at_its_start_and_half_way() -> None:
    """Five minutes of walking (clinical.md 7.1 W1)."""
    playing = Playing(plan_of('id = "W1"', 'id = "S3", side = "left"')).check_in()
    assert "cue.warm_up" in said(playing)
    began = playing.run.now_ms

    playing.wait(149_999)
    assert playing.stage == WarmUp()
    playing.wait(1)
    assert playing.stage == WarmUp(second_half=True)
    assert said(playing) == ["cue.warm_up_half"]
    playing.until(LeadIn)
    assert playing.run.now_ms - began == 300_000
