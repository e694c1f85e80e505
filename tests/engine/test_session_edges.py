"""Times, numbers and words of a session right where they change."""

from coach.engine.control import LeadIn, Rate, Settle, TenMinutes, WarmUp
from coach.engine.effects import Judged, Say
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


def test_the_answer_after_ten_minutes_is_final_and_asks_for_no_rest() -> None:
    """Nobody is kept waiting once the session has ended (clinical.md 9.3 REC-04)."""
    playing = Playing(plan_of('id = "S3", side = "left"')).check_in(1)
    playing.until(Rate).rate(7).until(Settle).rest_reply(1)
    deadline = playing.until(TenMinutes).run.deadline_ms
    assert deadline is not None
    playing.wait(deadline - playing.run.now_ms)
    playing.rest_reply(5)

    (judged,) = [effect for effect in playing.effects if isinstance(effect, Judged)]
    assert (judged.final, judged.rest_s) == (True, 0)
    assert judged.decision.rules[0] in ("REC-03", "REC-04")
