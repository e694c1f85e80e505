"""What a decision rests on, what it says, and what it leaves for the sets after it."""

from dataclasses import replace

import pytest

from coach.domain.action import Action, Tier
from coach.domain.decision import Decision
from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, Place, RestAnswer, SetAnswers
from coach.domain.side import Side
from coach.engine.control import (
    Control,
    LeadIn,
    Paused,
    Rate,
    Recover,
    RestPosition,
    Settle,
    WarmUp,
)
from coach.engine.decide import (
    action_message,
    new_exercise,
    outcome_message,
    remembered,
    rest_s,
    settled_after,
    tier_message,
)
from coach.engine.effects import ReportJudged
from coach.engine.inputs import Report, SomethingWrong
from coach.rules.after_set import History, Settled
from coach.rules.check_in import Clearance
from playing import Playing, plan_of

NOTHING = History()
BURNING = Report(SetAnswers(feels=frozenset({Feel.BURNING})))


def decided(playing: Playing) -> Decision:
    decision = playing.ledger.sets[-1].decision
    assert decision is not None
    return decision


def one_set(playing: Playing, tingling: int, pain: int = 0, *, slowly: bool = False) -> Decision:
    """Play the next set; slowly: tingling has settled at 120 seconds only."""
    playing.until(Rate).rate(tingling, pain)
    if slowly:
        playing.until(Settle).rest_reply(9)
        playing.until(Settle).rest_reply(9)
    playing.until(Settle).rest_reply(0)
    return decided(playing)


def keys(decision: Decision) -> list[str]:
    return [phrase.key for phrase in decision.words]


@pytest.mark.parametrize(("start", "action"), [(0, Action.EASE2), (1, Action.EASE1)])
@pytest.mark.parametrize("pain", [False, True])
def test_a_rating_is_compared_with_the_one_at_check_in(
    start: int, action: Action, pain: bool
) -> None:
    """A four is four points of rise from none, and only three from one (SET-06)."""
    playing = Playing(plan_of('id = "S3", side = "left", level = "B"'))
    playing.check_in(*((0, start) if pain else (start, 0)))

    assert one_set(playing, *((0, 4) if pain else (4, 0))).action is action


def test_before_the_last_set_what_gets_easier_is_said_and_after_it_not() -> None:
    """No next set is promised where none follows (promise 3)."""
    playing = Playing(plan_of('id = "S3", side = "left", level = "B", sets = 2')).check_in(2)

    assert keys(one_set(playing, 4)) == ["decision.ease1", "lever.RNG", "why.SET-03"]
    assert keys(one_set(playing, 4)) == ["decision.last_set", "why.SET-03"]


def test_an_action_that_does_not_ease_has_its_own_words_after_the_last_set_too() -> None:
    playing = Playing(plan_of('id = "S3", side = "left", level = "A"')).check_in(2)

    assert keys(one_set(playing, 1))[0] == "decision.continue"


def test_a_report_between_sets_promises_what_it_changes() -> None:
    """A set follows, so the lever is named."""
    playing = Playing(plan_of('id = "S3", side = "left", level = "B"')).check_in(2)
    one_set(playing, 2)
    playing.until(LeadIn).give(SomethingWrong())
    (report,) = [e for e in playing.give(BURNING) if isinstance(e, ReportJudged)]

    assert keys(report.decision) == ["decision.ease1", "lever.RNG", "why.CHR-02"]


def test_a_report_no_set_follows_is_kept_with_its_own_action() -> None:
    """In the rest position nothing can get easier; the record says what was reported."""
    playing = Playing(plan_of('id = "S3", side = "left"')).check_in(2)
    one_set(playing, 2)
    playing.until(RestPosition).give(SomethingWrong())
    (report,) = [e for e in playing.give(BURNING) if isinstance(e, ReportJudged)]

    assert report.decision.action is Action.EASE1
    assert (report.decision.rules, report.decision.levers) == (("CHR-02",), ())
    assert keys(report.decision) == ["decision.ease1", "why.CHR-02"]


def test_a_mild_report_in_the_warm_up_goes_on() -> None:
    """No set has been played yet, so nothing is eased or ended."""
    playing = Playing(plan_of('id = "W1"', 'id = "S3", side = "left"')).check_in(2)
    playing.give(SomethingWrong())
    playing.give(BURNING)

    assert playing.stage == Paused(WarmUp())


def test_tingling_that_rises_twice_running_eases() -> None:
    """TRD-01 counts a rise only where there was one: 2, 2, 3 is none twice."""
    plan = plan_of('id = "S3", side = "left", level = "B", sets = 3')
    rising, level = Playing(plan).check_in(1), Playing(plan).check_in(1)

    assert "TRD-01" in [one_set(rising, rating) for rating in (1, 2, 3)][-1].rules
    assert "TRD-01" not in [one_set(level, rating) for rating in (2, 2, 3)][-1].rules


def test_two_slow_rests_end_the_session_and_a_quick_one_does_not_count() -> None:
    """TRD-06, over the session."""
    plan = plan_of('id = "S3", side = "left", level = "B", sets = 3')
    twice, once = Playing(plan).check_in(1), Playing(plan).check_in(1)

    assert one_set(twice, 3, slowly=True).action is Action.EASE1
    assert one_set(twice, 3, slowly=True).action is Action.END_SESSION
    assert one_set(once, 3, slowly=True).action is Action.EASE1
    assert one_set(once, 3).action is Action.HOLD


@pytest.mark.parametrize(
    ("before", "now", "rose"),
    [(None, 3, False), (3, None, False), (2, 3, True), (3, 3, False), (3, 2, False)],
)
def test_a_rise_needs_two_ratings(before: int | None, now: int | None, rose: bool) -> None:
    answers = SetAnswers(now, 0)
    after = remembered(History(tingling=before), answers, Settled.BY_60, Action.CONTINUE)

    assert (after.tingling, after.rose) == (now, rose)


@pytest.mark.parametrize(
    ("before", "where", "zone"),
    [
        (0, {Place.THIGH}, 3),
        (3, set(), 3),
        (3, {Place.CALF}, 4),
        (4, {Place.BACK}, 1),
        (0, set(), 0),
    ],
)
def test_the_zone_named_last_is_kept(before: int, where: set[Place], zone: int) -> None:
    answers = SetAnswers(1, 0, where=frozenset(where))

    assert remembered(History(zone=before), answers, None, Action.CONTINUE).zone == zone


@pytest.mark.parametrize(
    ("settled", "slow"),
    [
        (None, 0),
        (Settled.BY_60, 0),
        (Settled.BY_120, 1),
        (Settled.BY_600, 1),
        (Settled.NOT_BY_600, 1),
    ],
)
def test_slow_rests_are_counted_up_to_one(settled: Settled | None, slow: int) -> None:
    """One before is all a rule asks for, so the state of a session stays small."""
    answers = SetAnswers(1, 0)

    assert remembered(NOTHING, answers, settled, Action.CONTINUE).unsettled == slow
    assert remembered(History(unsettled=1), answers, settled, Action.CONTINUE).unsettled == 1


def test_electric_feelings_are_counted_up_to_one() -> None:
    electric = SetAnswers(1, 0, feels=frozenset({Feel.ELECTRIC}))
    once = remembered(NOTHING, electric, None, Action.END_EXERCISE)

    assert once.electric == 1
    assert remembered(once, electric, None, Action.END_EXERCISE).electric == 1
    assert remembered(once, SetAnswers(1, 0), None, Action.CONTINUE).electric == 1
    assert remembered(NOTHING, SetAnswers(1, 0), None, Action.CONTINUE).electric == 0


@pytest.mark.parametrize(
    ("action", "eases", "ended"),
    [
        (Action.CONTINUE, 0, 0),
        (Action.HOLD, 0, 0),
        (Action.EASE1, 1, 0),
        (Action.EASE2, 1, 0),
        (Action.END_EXERCISE, 0, 1),
        (Action.END_SESSION, 0, 0),
    ],
)
def test_eases_and_ended_exercises_are_counted(action: Action, eases: int, ended: int) -> None:
    after = remembered(History(eases_here=1, eases=2), SetAnswers(1, 0), None, action)

    assert (after.eases_here, after.eases, after.ended) == (1 + eases, 2 + eases, ended)


def test_a_new_exercise_on_the_same_leg_goes_on_comparing() -> None:
    before = History(tingling=2, rose=True, zone=3, eases_here=2, eases=2, ended=1)

    same = new_exercise(before, other_side=False)
    other = new_exercise(before, other_side=True)

    assert same == replace(before, eases_here=0)
    assert other == History(eases=2, ended=1)


@pytest.mark.parametrize(
    ("planned", "action", "rules", "seconds"),
    [
        (45, Action.CONTINUE, ("SET-01",), 45),
        (45, Action.HOLD, ("SET-02",), 60),
        (45, Action.EASE1, ("REC-02",), 120),
        (150, Action.EASE1, ("REC-02",), 150),
        (45, Action.HOLD, ("REC-02", "SET-02"), 135),
        (170, Action.HOLD, ("SET-02",), 180),
        (165, Action.HOLD, ("SET-02",), 180),
        (180, Action.CONTINUE, ("SET-01",), 180),
    ],
)
def test_how_long_a_rest_lasts(
    planned: int, action: Action, rules: tuple[str, ...], seconds: int
) -> None:
    """15 seconds more to hold, two minutes after slow settling, three at most."""
    assert rest_s(planned, action, rules) == seconds


@pytest.mark.parametrize(
    ("peak", "now", "waited_s", "settled"),
    [
        (2, None, 30, None),
        (5, 3, 30, None),
        (5, 2, 30, Settled.BY_60),
        (5, 2, 61, Settled.BY_120),
        (2, 2, 300, Settled.BY_60),
        (3, 2, 300, Settled.BY_600),
        (None, 0, 300, Settled.BY_60),
    ],
)
def test_settled_is_one_point_above_the_check_in_or_less(
    peak: int | None, now: int | None, waited_s: int, settled: Settled | None
) -> None:
    """What never rose above that needs no time to settle (clinical.md 9.1 Q5)."""
    control = Control(Settle(), Clearance(tingling=1, pain=0), answers=SetAnswers(peak, 0))

    assert settled_after(control, RestAnswer(now), waited_s) is settled


def test_without_a_check_in_rating_settled_means_one_or_less() -> None:
    assert settled_after(Control(Settle()), RestAnswer(1), 30) is Settled.BY_60
    assert settled_after(Control(Settle()), RestAnswer(2), 30) is None


def test_every_tier_and_every_stop_has_its_message() -> None:
    stops = [action for action in Action if action >= Action.END_SESSION]

    assert [tier_message(tier).key for tier in Tier][-1] == "tier.emergency"
    assert [action_message(action).key for action in stops] == [
        "tier.end_session",
        "tier.clearance",
        "tier.urgent",
        "tier.emergency",
    ]


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_an_outcome_that_sent_for_help_has_the_message_of_its_stop(outcome: Outcome | None) -> None:
    """What is told once more at the end is what was said at the stop."""
    messages = {
        Outcome.CLINICIAN: action_message(Action.SEE_CLINICIAN),
        Outcome.URGENT: action_message(Action.URGENT),
        Outcome.EMERGENCY: action_message(Action.EMERGENCY),
    }
    assert outcome_message(outcome) == messages.get(outcome)


def test_a_longer_lead_in_comes_only_with_another_exercise() -> None:
    playing = Playing(plan_of('id = "S3", side = "left", level = "B"')).check_in(2)
    one_set(playing, 4)
    assert isinstance(playing.stage, Recover)
    assert not playing.stage.moves
    assert playing.run.script.course(playing.run.control.clearance).blocks[0].side is Side.LEFT

    assert playing.until(LeadIn).stage == LeadIn(5_000)
