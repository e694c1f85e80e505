"""Rests and settle checks: which question comes when, and what the next set starts from."""

import pytest

from coach.domain.action import Action
from coach.domain.lever import Lever
from coach.domain.rating import Feel, News, Place, RestAnswer, SetAnswers
from coach.engine.control import LeadIn, Message, Rate, Recover, Rest, RestPosition, Settle
from coach.engine.effects import Judged, Refusal, Refused, ReportJudged, Say
from coach.engine.inputs import Next, Rated, Report, RestReply, Resume, SomethingWrong
from coach.rules.after_set import Settled
from playing import Playing, plan_of

S3 = plan_of('id = "S3", side = "left", level = "B", sets = 3')
BURNING = Report(SetAnswers(feels=frozenset({Feel.BURNING})))


def judged(playing: Playing) -> Judged:
    (found,) = [effect for effect in playing.effects if isinstance(effect, Judged)]
    return found


def said(playing: Playing) -> list[str]:
    return [effect.phrase.key for effect in playing.effects if isinstance(effect, Say)]


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


def exactly_at(playing: Playing, check_s: int) -> Playing:
    """Wait until the settle question stands, ``check_s`` seconds after the set."""
    playing.until(Settle)
    assert playing.run.now_ms - (playing.ledger.sets[-1].ended_ms or 0) == check_s * 1000
    return playing


def test_who_answers_late_is_asked_at_once_how_it_is_now() -> None:
    """The rest counts from the end of the set, not from the answer."""
    late = Playing(S3).check_in(1).until(Rate).rate(2, after_ms=50_000)
    prompt = Playing(S3).check_in(1).until(Rate).rate(2, after_ms=20_000)

    assert (late.stage, prompt.stage) == (Rest(0), Rest(15))


def test_what_is_expected_and_what_is_decided_are_told_with_what_comes_next() -> None:
    told = ["decision.ease1", "lever.RNG", "why.SET-03", "cue.next_set"]
    playing = Playing(S3).check_in(2).until(Rate).rate(4)
    assert said(playing) == told

    playing.until(Settle).rest_reply(1)
    assert said(playing) == told


def test_at_two_minutes_all_is_decided() -> None:
    playing = Playing(S3).check_in(1).until(Rate).rate(4)
    playing.until(Settle).give(RestReply(RestAnswer(4)))
    exactly_at(playing, 60).give(RestReply(RestAnswer(4)))
    exactly_at(playing, 120).give(RestReply(RestAnswer(4)))

    assert judged(playing).final
    assert isinstance(playing.stage, RestPosition)


def test_numbness_at_sixty_seconds_is_decided_then() -> None:
    playing = Playing(S3).check_in(1).until(Rate).rate(3, feels=[Feel.NUMB])
    playing.until(Settle).give(RestReply(RestAnswer(1, numb=True)))
    exactly_at(playing, 60).give(RestReply(RestAnswer(1, numb=True)))

    assert playing.stage == Message(Action.SEE_CLINICIAN)


def test_pain_has_stayed_only_when_two_minutes_have_passed() -> None:
    """At one minute numbness decides, and the pain is still given its time (SET-08)."""
    playing = Playing(S3).check_in(1).until(Rate).rate(1, 8, feels=[Feel.NUMB])
    playing.until(Settle).rest_reply(1, pain=8, numb=True)
    playing.until(Settle).rest_reply(1, pain=8, numb=True)

    assert playing.stage == Message(Action.SEE_CLINICIAN)


@pytest.mark.parametrize(("pain", "action"), [(8, Action.URGENT), (10, Action.URGENT)])
def test_any_strong_pain_is_asked_about_after_two_minutes(pain: int, action: Action) -> None:
    playing = Playing(S3).check_in(1, 3).until(Rate).rate(1, pain)
    playing.until(Settle).rest_reply(1)
    playing.until(Settle).rest_reply(1, pain=pain)

    assert playing.stage == Message(action)


def test_a_rest_that_is_over_when_it_has_settled_is_over() -> None:
    """Forty-five seconds of rest, settled at sixty: the next set comes at once."""
    playing = Playing(S3).check_in(1).until(Rate).rate(2)
    playing.until(Settle).rest_reply(3)
    playing.until(Settle).rest_reply(1)

    assert playing.stage == Recover(0)


@pytest.mark.hazard("H01")
@pytest.mark.parametrize(
    "answers",
    [
        SetAnswers(new=frozenset({News.SADDLE_OR_TOILET})),
        SetAnswers(tingling=1, new=frozenset({News.BOTH_LEGS_WEAK})),
        SetAnswers(pain=0, where=frozenset({Place.SADDLE})),
    ],
)
def test_a_stop_sign_beside_a_missing_rating_stops(answers: SetAnswers) -> None:
    """A rating is asked for again; a stop sign is not."""
    playing = Playing(S3).check_in(1).until(Rate)
    playing.give(Rated(answers))

    assert playing.stage == Message(Action.EMERGENCY)


def test_what_is_no_stop_sign_waits_for_both_ratings() -> None:
    playing = Playing(S3).check_in(1).until(Rate)
    before = playing.run.control
    given = playing.give(Rated(SetAnswers(tingling=9, feels=frozenset({Feel.BURNING}))))

    assert (playing.run.control, given) == (before, (Refused(Refusal.NOT_A_RATING),))


@pytest.mark.rule("REC-02")
def test_tingling_that_rises_after_a_calm_rating_has_to_settle_like_any_other() -> None:
    """T 2 on T0 1 counts as settled, but not once the rest has said 3 (clinical.md 9.1 Q5)."""
    playing = Playing(S3).check_in(1).until(Rate).rate(2)
    playing.until(Settle).rest_reply(3).until(Settle).rest_reply(3).until(Settle).rest_reply(2)

    assert playing.ledger.sets[-1].settled is Settled.BY_120
    assert "REC-02" in judged(playing).decision.rules
    assert judged(playing).decision.action is Action.EASE1


@pytest.mark.rule("REC-01")
def test_tingling_that_never_rose_has_settled_however_late_it_is_asked() -> None:
    playing = Playing(S3).check_in(1).until(Rate).rate(2)
    playing.until(Settle).wait(40_000)
    playing.rest_reply(2)

    assert playing.ledger.sets[-1].settled is Settled.BY_60


def test_a_set_forgets_how_the_one_before_it_settled() -> None:
    playing = Playing(S3).check_in(1).until(Rate).rate(2)
    playing.until(Settle).rest_reply(3).until(Settle).rest_reply(2)

    assert not playing.run.control.rose_later
