"""Rests and settle checks: which question comes when, and what the next set starts from."""

from coach.domain.lever import Lever
from coach.domain.rating import Feel, News, SetAnswers
from coach.engine.control import LeadIn, Message, Rate, Recover, Rest, RestPosition, Settle
from coach.engine.effects import Judged, ReportJudged
from coach.engine.inputs import Next, Report, Resume, SomethingWrong
from playing import Playing, plan_of

S3 = plan_of('id = "S3", side = "left", level = "B", sets = 3')
BURNING = Report(SetAnswers(feels=frozenset({Feel.BURNING})))


def judged(playing: Playing) -> Judged:
    (found,) = [effect for effect in playing.effects if isinstance(effect, Judged)]
    return found


def report_burning(playing: Playing) -> ReportJudged:
    playing.give(SomethingWrong())
    (found,) = [e for e in playing.give(BURNING) if isinstance(e, ReportJudged)]
    return found


def test_a_call_for_help_is_final_and_rests_nobody() -> None:
    playing = Playing(S3).check_in(1).until(Rate).rate(1, new=[News.ONE_LEG_WEAK])

    assert isinstance(playing.stage, Message)
    assert (judged(playing).final, judged(playing).rest_s) == (True, 0)


def test_numbness_is_asked_about_again_at_sixty_seconds() -> None:
    """Settled or not: whether the feeling is back is what the next check is for (CHR-04)."""
    playing = Playing(S3).check_in(1).until(Rate).rate(3, feels=[Feel.NUMB])
    playing.until(Settle).rest_reply(1, numb=True)

    assert playing.stage == Rest(60 - 36)


def test_strong_pain_that_has_settled_waits_for_its_two_minutes() -> None:
    playing = Playing(S3).check_in(1, 3).until(Rate).rate(1, 8)
    playing.until(Settle).rest_reply(1)

    assert playing.stage == Rest(120 - 36)


def test_strong_pain_that_has_not_settled_is_asked_about_at_sixty_seconds_first() -> None:
    playing = Playing(S3).check_in(1, 3).until(Rate).rate(5, 8)
    playing.until(Settle).rest_reply(5)

    assert playing.stage == Rest(60 - 36)


def test_strong_pain_with_numbness_is_asked_about_at_sixty_seconds_too() -> None:
    playing = Playing(S3).check_in(1, 3).until(Rate).rate(1, 8, feels=[Feel.NUMB])
    playing.until(Settle).rest_reply(1, numb=True)

    assert playing.stage == Rest(60 - 36)


def test_a_report_after_a_stopped_set_is_judged_by_itself() -> None:
    """That the set before was stopped has been judged with that set (SYS-01)."""
    playing = Playing(S3).check_in(1)
    playing.until(Rate).rate(1).until(Settle).rest_reply(1)
    playing.until(LeadIn).give(Next())
    playing.give(Next(), after_ms=7_000)
    playing.rate(1).until(Settle).rest_reply(1)
    assert isinstance(playing.stage, Recover)

    assert report_burning(playing).decision.rules == ("CHR-02",)


def test_when_a_report_takes_away_sets_the_one_that_plays_is_the_last() -> None:
    """Two of three bridges are done and the report leaves two: the third is not followed."""
    playing = Playing(plan_of('id = "BR1", level = "B", sets = 3, reps = 5')).check_in(2)
    for _ in range(2):
        playing.until(Rate).rate(2).until(Settle).rest_reply(2)
    playing.until(LeadIn)
    levers = report_burning(playing).decision.levers
    assert [step.lever for step in levers] == [Lever.SET]
    playing.give(Resume())
    playing.until(Rate).rate(2).until(Settle).rest_reply(2)

    assert isinstance(playing.until(LeadIn, RestPosition).stage, RestPosition)
    assert len(playing.ledger.sets) == 3
