"""Stopping, pausing, missing answers and lost time, from every stage of a session."""

from collections.abc import Callable

import pytest

from coach.domain.action import Action, Tier
from coach.domain.exercise import Kind
from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.domain.screening import Lock
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
    Summary,
    SwitchSides,
    TenMinutes,
    WarmUp,
    Wrong,
)
from coach.engine.effects import (
    AskedAgain,
    Hush,
    Locked,
    Refusal,
    Refused,
    ReportJudged,
    Say,
    SetEnds,
)
from coach.engine.inputs import (
    Acknowledge,
    Again,
    ClockGap,
    Leave,
    Next,
    NothingWrong,
    Pause,
    Rated,
    Report,
    Resume,
    SomethingWrong,
    Stop,
)
from playing import Playing, plan_of

PLAN = plan_of(
    'id = "W1"',
    'id = "S3", side = "both", level = "B"',
    'id = "H1", side = "left"',
)

Reach = Callable[[], Playing]


def _begun() -> Playing:
    return Playing(PLAN).check_in(1)


def _rated() -> Playing:
    return _begun().until(Rate).rate(2)


def _recovering() -> Playing:
    return _rated().rest_reply(0)


def _second_leg() -> Playing:
    playing = _recovering()
    return playing.until(Rate).rate(2).until(Settle).rest_reply(0).until(SwitchSides)


def _ended() -> Playing:
    return _begun().until(Rate).rate(7).until(Settle).rest_reply(0)


REACH: dict[type, Reach] = {
    CheckIn: lambda: Playing(PLAN),
    WarmUp: _begun,
    LeadIn: lambda: _begun().until(LeadIn),
    Move: lambda: _begun().until(Move),
    Rate: lambda: _begun().until(Rate),
    Rest: _rated,
    Settle: lambda: _rated().until(Settle),
    Recover: _recovering,
    SwitchSides: _second_leg,
    RestPosition: _ended,
    TenMinutes: lambda: _ended().until(TenMinutes),
}


def refusals(playing: Playing) -> list[Refusal]:
    return [effect.reason for effect in playing.effects if isinstance(effect, Refused)]


@pytest.fixture(params=REACH, ids=lambda kind: kind.__name__)
def anywhere(request: pytest.FixtureRequest) -> Playing:
    playing = REACH[request.param]()
    assert isinstance(playing.stage, request.param)
    return playing


STOP_SIGNS = [
    (SetAnswers(new=frozenset({News.BOTH_LEGS_WEAK})), Action.EMERGENCY, "NEW-02"),
    (SetAnswers(where=frozenset({Place.SADDLE})), Action.EMERGENCY, "LOC-06"),
    (SetAnswers(new=frozenset({News.ONE_LEG_WEAK})), Action.URGENT, "NEW-01"),
    (SetAnswers(feels=frozenset({Feel.TIGHT_SWOLLEN})), Action.URGENT, "CHR-05"),
]


@pytest.mark.hazard("H01")
@pytest.mark.parametrize(("report", "action", "rule"), STOP_SIGNS)
def test_a_stop_sign_reported_anywhere_stops_everything(
    anywhere: Playing, report: SetAnswers, action: Action, rule: str
) -> None:
    """Something is wrong, one answer: silence, the lock, the message, and no way on."""
    anywhere.give(SomethingWrong(), after_ms=500)
    assert isinstance(anywhere.stage, Wrong)
    assert Hush() in anywhere.effects
    effects = anywhere.give(Report(report), after_ms=1500)
    assert anywhere.stage == Message(action)
    kinds = [type(effect) for effect in effects]
    assert kinds.index(Locked) < kinds.index(Say)
    assert anywhere.ledger.locks[-1].rule == rule
    sets = len(anywhere.ledger.sets)
    for given in (Resume(), Next(), NothingWrong(), Stop(), Pause(), SomethingWrong()):
        anywhere.give(given, after_ms=60_000)
        assert anywhere.stage == Message(action)
    anywhere.give(Acknowledge())
    assert isinstance(anywhere.stage, Summary)
    anywhere.wait(3_600_000)
    assert len(anywhere.ledger.sets) == sets
    assert anywhere.ledger.outcome in (Outcome.EMERGENCY, Outcome.URGENT)


def test_nothing_wrong_leads_back_and_moves_only_when_asked(anywhere: Playing) -> None:
    """Opened by mistake: what waited for an answer waits again, what moved is paused."""
    before = anywhere.stage
    anywhere.give(SomethingWrong(), after_ms=100)
    anywhere.wait(600_000)
    assert isinstance(anywhere.stage, Wrong)
    anywhere.give(NothingWrong())
    if isinstance(before, CheckIn | Rate | Rest | Settle | TenMinutes):
        assert anywhere.stage == before
    else:
        assert isinstance(anywhere.stage, Paused)


def test_stop_ends_the_session_but_never_skips_the_questions(anywhere: Playing) -> None:
    """A set that had begun is still rated; from a rest its settle check is still asked."""
    before = anywhere.stage
    sets = len(anywhere.ledger.sets)
    anywhere.give(Stop(), after_ms=100)
    if isinstance(before, CheckIn):
        assert anywhere.ledger.outcome is Outcome.INCOMPLETE
        return
    if isinstance(before, Move):
        assert isinstance(anywhere.stage, Rate)
        assert isinstance(anywhere.effects[0], Hush)
        anywhere.rate(2)
    elif isinstance(before, Rate):
        assert anywhere.stage == before
        anywhere.rate(2)
    if isinstance(anywhere.stage, Rest | Settle):
        anywhere.until(Settle).rest_reply(0)
    anywhere.until(Summary)
    assert anywhere.ledger.outcome is Outcome.ENDED
    assert len(anywhere.ledger.sets) == sets


@pytest.mark.rule("SYS-01")
def test_a_set_stopped_half_way_is_silenced_first_and_holds_at_least() -> None:
    playing = _begun().until(Move)
    playing.wait(13_000)
    effects = playing.give(Stop())
    assert isinstance(effects[0], Hush)
    assert SetEnds(2, stopped=True) in effects
    playing.rate(0).until(Settle).rest_reply(0)
    decision = playing.ledger.sets[-1].decision
    assert decision is not None
    assert decision.action is Action.HOLD
    assert "SYS-01" in decision.rules
    assert isinstance(playing.stage, RestPosition)


@pytest.mark.rule("SYS-01")
def test_a_set_left_early_with_next_is_a_stopped_set_too() -> None:
    playing = _begun().until(Move)
    playing.give(Next(), after_ms=7_000)
    assert isinstance(playing.stage, Rate)
    playing.rate(1).until(Settle).rest_reply(0)
    decision = playing.ledger.sets[-1].decision
    assert decision is not None
    assert decision.action is Action.HOLD
    assert isinstance(playing.stage, Recover)


@pytest.mark.hazard("H03")
def test_one_leg_weak_in_the_middle_of_a_set_is_urgent_at_once() -> None:
    playing = _begun().until(Move)
    playing.give(SomethingWrong(), after_ms=4_000)
    began = playing.run.now_ms
    playing.give(Report(SetAnswers(new=frozenset({News.ONE_LEG_WEAK}))), after_ms=900)
    assert playing.stage == Message(Action.URGENT)
    assert playing.run.now_ms - began == 900
    assert playing.ledger.locks == (Lock(Tier.URGENT, "NEW-01"),)
    assert not any(record.answers for record in playing.ledger.sets)


def test_a_milder_report_in_a_set_ends_it_and_counts_with_its_answers() -> None:
    playing = _begun().until(Move)
    playing.give(SomethingWrong(), after_ms=13_000)
    playing.give(Report(SetAnswers(feels=frozenset({Feel.BURNING}))))
    assert isinstance(playing.stage, Rate)
    playing.rate(1).until(Settle).rest_reply(0)
    record = playing.ledger.sets[-1]
    assert record.stopped
    assert record.reps_done == 2
    assert record.decision is not None
    assert record.decision.action is Action.EASE1
    assert "CHR-02" in record.decision.rules


def test_dizziness_reported_in_the_warm_up_ends_the_session() -> None:
    playing = _begun()
    playing.give(SomethingWrong())
    effects = playing.give(Report(SetAnswers(new=frozenset({News.DIZZY}))))
    assert isinstance(playing.stage, RestPosition)
    (judged,) = [effect for effect in effects if isinstance(effect, ReportJudged)]
    assert judged.decision.action is Action.END_SESSION
    assert playing.ledger.sets == ()


@pytest.mark.parametrize("kind", [Rate, Settle])
def test_no_answer_for_a_minute_is_asked_again_and_for_five_is_incomplete(kind: type) -> None:
    playing = REACH[kind]()
    playing.wait(59_999)
    assert playing.stage == kind(again=False)
    assert AskedAgain() in playing.wait(1)
    assert playing.stage == kind(again=True)
    playing.wait(239_999)
    assert not playing.run.closed
    playing.wait(1)
    assert playing.ledger.outcome is Outcome.INCOMPLETE


def test_a_missing_rating_leaves_no_rating_behind() -> None:
    playing = _begun().until(Rate)
    playing.wait(300_000)
    assert playing.ledger.outcome is Outcome.INCOMPLETE
    (record,) = playing.ledger.sets
    assert record.answers is None
    assert record.decision is None
    assert playing.run.control.history.tingling is None


@pytest.mark.parametrize(
    ("tingling", "pain"), [(None, 0), (0, None), (None, None), (11, 0), (0, -1)]
)
def test_half_a_rating_and_one_off_the_scale_are_refused(
    tingling: int | None, pain: int | None
) -> None:
    playing = _begun().until(Rate)
    before = playing.run.control
    playing.rate(tingling, pain)
    assert playing.run.control == before
    assert refusals(playing) == [Refusal.NOT_A_RATING]


def test_a_settle_answer_without_a_rating_is_refused() -> None:
    playing = REACH[Settle]()
    before = playing.run.control
    playing.rest_reply(None)
    assert playing.run.control == before
    assert refusals(playing) == [Refusal.NOT_A_RATING]


@pytest.mark.hazard("H10")
@pytest.mark.parametrize("given", [Next(), Resume(), Again(), Rated(SetAnswers(0, 0))])
def test_a_rest_cannot_be_clicked_away(given: Next | Resume | Again | Rated) -> None:
    """clinical.md 10 H10: neither the rest, nor its question, nor what is left of it."""
    for kind in (Rest, Settle, Recover):
        playing = REACH[kind]()
        before = playing.run.control
        playing.give(given)
        assert playing.run.control == before
        assert refusals(playing) in ([Refusal.REST_FIRST], [Refusal.ANSWER_FIRST])


def test_a_pause_stands_still_and_leads_in_before_the_same_repetition() -> None:
    playing = _begun().until(Move)
    playing.wait(14_000)
    assert playing.stage == Move(2, 0)
    playing.give(Pause())
    playing.wait(3_600_000)
    assert isinstance(playing.stage, Paused)
    playing.give(Resume())
    assert playing.stage == LeadIn(3_000, rep=2, begun=True)
    playing.wait(3_000)
    assert playing.stage == Move(2, 0)
    playing.until(Rate)
    assert playing.ledger.sets[0].reps_done == playing.ledger.sets[0].dose.reps
    assert len(playing.ledger.sets) == 1


@pytest.mark.hazard("H09")
@pytest.mark.parametrize("kind", [WarmUp, LeadIn, Move, SwitchSides, Recover, RestPosition])
def test_lost_time_pauses_whatever_was_going_on(kind: type) -> None:
    playing = REACH[kind]()
    playing.give(ClockGap(), after_ms=100)
    assert isinstance(playing.stage, Paused)
    assert Hush() in playing.effects


def test_a_pause_keeps_the_time_a_stage_had_used() -> None:
    playing = _second_leg()
    playing.give(Pause(), after_ms=4_000)
    playing.wait(60_000)
    playing.give(Resume())
    assert playing.stage == SwitchSides()
    assert playing.run.deadline_ms == playing.run.now_ms + 6_000


@pytest.mark.hazard("H09")
def test_a_hold_is_not_held_longer_after_lost_time() -> None:
    """clinical.md 10 H09: a stretch interrupted in its hold ends; it is not held again."""
    playing = Playing(plan_of('id = "H1", side = "left"')).check_in(1).until(Move)
    exercise = playing.run.script.exercises["H1"]
    assert exercise.kind is Kind.STRETCH
    holding = next(n for n, phase in enumerate(exercise.phases) if phase.hold)
    while playing.stage != Move(0, holding):
        playing.wait(500)
    playing.give(ClockGap(), after_ms=2_000)
    assert isinstance(playing.stage, Rate)
    assert playing.ledger.sets[0].stopped
    assert playing.ledger.sets[0].ended_ms == playing.run.now_ms


def test_leaving_closes_at_once_from_anywhere(anywhere: Playing) -> None:
    anywhere.give(Leave())
    assert isinstance(anywhere.stage, Summary)
    assert anywhere.ledger.outcome in (Outcome.INCOMPLETE, Outcome.ENDED)


@pytest.mark.parametrize("kind", [CheckIn, Rate, Settle])
def test_leaving_a_question_open_is_incomplete(kind: type) -> None:
    playing = REACH[kind]()
    playing.give(Leave())
    assert playing.ledger.outcome is Outcome.INCOMPLETE


def test_a_closed_session_takes_nothing_more() -> None:
    playing = _begun()
    playing.give(Leave())
    before = playing.run.control
    for given in (Resume(), Next(), SomethingWrong(), Rated(SetAnswers(1, 1)), Stop()):
        playing.give(given, after_ms=1000)
        assert playing.run.control == before
        assert refusals(playing) == [Refusal.CLOSED]


def test_a_report_between_sets_changes_the_very_next_one() -> None:
    """Burning told while recovering eases before the next set, not after it."""
    playing = _begun()
    playing.until(Rate).rate(1).until(Settle).rest_reply(0).until(Recover)
    before = playing.ledger.sets[-1].dose
    playing.give(SomethingWrong())
    effects = playing.give(Report(SetAnswers(feels=frozenset({Feel.BURNING}))))
    (judged,) = [effect for effect in effects if isinstance(effect, ReportJudged)]
    assert judged.decision.action is Action.EASE1
    playing.give(Resume())
    playing.until(Rate)

    assert playing.ledger.sets[-1].dose.out.knee > before.out.knee
    assert playing.ledger.sets[0].decision is not None
    assert playing.ledger.sets[0].decision.action is Action.CONTINUE


def test_an_electric_report_between_sets_leaves_the_exercise() -> None:
    playing = _begun()
    playing.until(Rate).rate(1).until(Settle).rest_reply(0).until(Recover)
    playing.give(SomethingWrong())
    playing.give(Report(SetAnswers(feels=frozenset({Feel.ELECTRIC}))))
    playing.until(Rate)

    first, second = playing.ledger.sets
    assert (first.dose.sets, second.side) == (2, first.side.other if first.side else None)


def test_sudden_unbearable_pain_between_sets_is_an_emergency() -> None:
    """No rating follows that could ask again in two minutes."""
    playing = _begun()
    playing.give(SomethingWrong())
    playing.give(Report(SetAnswers(new=frozenset({News.SUDDEN_SEVERE_PAIN}))))

    assert playing.stage == Message(Action.EMERGENCY)
