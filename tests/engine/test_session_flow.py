"""Whole sessions on a virtual clock: the order of things, and what a decision changes."""

import pytest

from coach.domain.action import Action, Tier
from coach.domain.decision import Phrase
from coach.domain.exercise import Tag
from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, News, Place, RestAnswer
from coach.domain.screening import Lock, Reply
from coach.domain.side import Side
from coach.engine.control import (
    CheckIn,
    LeadIn,
    Message,
    Move,
    Rate,
    Recover,
    Rest,
    RestPosition,
    Settle,
    Stage,
    Summary,
    SwitchSides,
    TenMinutes,
    WarmUp,
)
from coach.engine.effects import Hush, Judged, Locked, Refused, Say, SetBegins
from coach.engine.inputs import Acknowledge, Next, Pause, RestReply, Stop
from coach.engine.ledger import SetRecord
from coach.rules.after_set import Settled
from playing import Playing, plan_of, shipped_plan

S3_THREE_SETS = plan_of('id = "S3", side = "left", level = "B", sets = 3')


def one_set(playing: Playing, tingling: int, pain: int = 0) -> SetRecord:
    """Play the next set; it settles by the end of the rest."""
    playing.until(Rate).rate(tingling, pain).until(Settle).rest_reply(0)
    return playing.ledger.sets[-1]


def action_of(record: SetRecord) -> Action:
    """What was decided after a set."""
    assert record.decision is not None
    return record.decision.action


def stages_of(playing: Playing) -> list[type[Stage]]:
    """The kinds of stage a calm person goes through, repeats in a row once."""
    seen: list[type[Stage]] = [type(playing.stage)]
    for _ in range(1000):
        if playing.run.closed:
            return seen
        stage = playing.stage
        if isinstance(stage, CheckIn):
            playing.check_in(1)
        elif isinstance(stage, Rate):
            playing.rate(1)
        elif isinstance(stage, Settle):
            playing.rest_reply(0)
        else:
            assert playing.run.deadline_ms is not None
            playing.wait(playing.run.deadline_ms - playing.run.now_ms)
        if type(playing.stage) is not seen[-1]:
            seen.append(type(playing.stage))
    raise AssertionError(f"the session never ended; still in {playing.stage}")


def ten_minutes_later(playing: Playing) -> Playing:
    """Wait until the last question is asked."""
    deadline = playing.until(TenMinutes).run.deadline_ms
    assert deadline is not None
    playing.wait(deadline - playing.run.now_ms)
    assert playing.stage == TenMinutes(asking=True)
    return playing


def test_a_calm_first_week_goes_from_check_in_to_summary() -> None:
    one = [LeadIn, Move, Rate, Rest, Settle, Recover]
    playing = Playing(shipped_plan("first-week"), full=True)
    seen = stages_of(playing)
    assert seen == [CheckIn, WarmUp, *one * 4, RestPosition, Summary]
    assert playing.ledger.outcome is Outcome.COMPLETED
    assert [(r.dose.exercise, r.side) for r in playing.ledger.sets] == [
        ("S3", Side.LEFT),
        ("S3", Side.LEFT),
        ("H1", Side.LEFT),
        ("H1", Side.LEFT),
    ]
    assert all(r.decision and r.decision.action is Action.CONTINUE for r in playing.ledger.sets)


def test_both_legs_have_a_switch_between_them_and_the_comfortable_one_rehearses() -> None:
    plan = plan_of('id = "S3", side = "both", level = "B"')
    playing = Playing(plan, sore=Side.LEFT).check_in()
    for _ in range(2):
        one_set(playing, 1)
    assert isinstance(playing.until(SwitchSides, LeadIn).stage, SwitchSides)
    playing.wait(10_000)
    assert isinstance(playing.stage, LeadIn)
    for _ in range(2):
        one_set(playing, 1)
    sets = playing.ledger.sets
    assert [record.side for record in sets] == [Side.RIGHT, Side.RIGHT, Side.LEFT, Side.LEFT]
    assert [record.dose.reps for record in sets] == [5, 8, 8, 8]


def test_a_set_lasts_as_long_as_its_repetitions() -> None:
    """Eight repetitions of 2.5 + 0.5 + 2.5 + 0.5 seconds, whenever the clock is looked at."""
    playing = Playing(S3_THREE_SETS).check_in().until(Move)
    began = playing.run.now_ms
    playing.wait(7_777)
    playing.until(Rate)
    assert playing.run.now_ms - began == 8 * 6_000
    assert playing.ledger.sets[0].reps_done == 8


def test_deadlines_do_not_add_up_lateness() -> None:
    """Looked at in odd steps or in one go, the set begins and ends at the same millisecond."""
    fine, coarse = (Playing(S3_THREE_SETS).check_in() for _ in range(2))
    for _ in range(300):
        fine.wait(337)
    coarse.wait(300 * 337)
    assert fine.ledger == coarse.ledger
    assert fine.run.control == coarse.run.control


@pytest.mark.parametrize(
    ("tingling", "rest_s", "levers"),
    [(1, 45, ()), (3, 60, ()), (4, 45, ("RNG",)), (5, 45, ("RNG", "HIP"))],
)
def test_a_decision_is_what_the_next_set_does(
    tingling: int, rest_s: int, levers: tuple[str, ...]
) -> None:
    """The levers named, and nothing else, differ in the next set; a hold rests 15 s longer."""
    playing = Playing(S3_THREE_SETS).check_in(1)
    playing.until(Rate).rate(tingling).rest_reply(0)
    first = playing.ledger.sets[-1]
    assert first.decision is not None
    assert tuple(map(str, first.decision.levers)) == levers
    assert first.rest_s == rest_s
    assert first.ended_ms is not None
    playing.until(LeadIn)
    assert playing.run.now_ms - first.ended_ms == rest_s * 1000
    playing.until(Move)
    second = playing.ledger.sets[1]
    before, after = first.dose.out, second.dose.out
    assert after.knee - before.knee == (15 if "RNG" in levers else 0)
    assert before.hip - after.hip == (10 if "HIP" in levers else 0)
    assert (second.dose.reps, second.dose.level) == (first.dose.reps, first.dose.level)


def test_slow_settling_rests_two_minutes_and_eases() -> None:
    playing = Playing(S3_THREE_SETS).check_in(1)
    playing.until(Rate).rate(3).until(Settle).rest_reply(3)
    assert playing.stage == Rest(24)
    playing.until(Settle).rest_reply(3)
    playing.until(Settle).rest_reply(2)
    record = playing.ledger.sets[-1]
    assert record.decision is not None
    assert record.decision.action is Action.EASE1
    assert "REC-02" in record.decision.rules
    assert [waited for waited, _ in record.checks] == [36, 61, 121]
    playing.until(LeadIn)
    assert record.ended_ms is not None
    assert playing.run.now_ms - record.ended_ms == 127_000  # six seconds to hear what changes


@pytest.mark.parametrize(
    ("late_s", "at_60", "at_120"),
    [
        (0, Settled.BY_60, Settled.BY_120),
        (1, Settled.BY_60, Settled.BY_120),
        (15, Settled.BY_60, Settled.BY_120),
        (16, Settled.BY_120, Settled.BY_600),
    ],
)
def test_a_prompt_answer_counts_as_of_its_check(
    late_s: int, at_60: Settled, at_120: Settled
) -> None:
    """Answering takes a moment; only who takes long is judged by when the answer came."""
    plan = plan_of('id = "S5", side = "left"')
    answer = RestReply(RestAnswer(1))
    still = RestReply(RestAnswer(4))
    first = Playing(plan).check_in(1).until(Rate).rate(4).until(Settle)
    first.give(still)
    first.until(Settle)
    first.give(answer, after_ms=late_s * 1000)
    assert first.ledger.sets[-1].settled is at_60
    second = Playing(plan).check_in(1).until(Rate).rate(4).until(Settle)
    second.give(still)
    second.until(Settle).give(still)
    second.until(Settle).give(answer, after_ms=late_s * 1000)
    assert second.ledger.sets[-1].settled is at_120


def test_an_early_answer_counts_as_of_itself() -> None:
    """Unsettled at 60 s and settled at 70 s is slow, although 70 is close to 60."""
    playing = Playing(plan_of('id = "S5", side = "left"')).check_in(1).until(Rate).rate(4)
    playing.until(Settle).rest_reply(4)
    playing.until(Settle).rest_reply(4)
    playing.give(RestReply(RestAnswer(1)), after_ms=9000)
    assert playing.ledger.sets[-1].settled is Settled.BY_120


def test_what_ends_an_exercise_leads_to_the_next_one() -> None:
    plan = plan_of('id = "S3", side = "left", level = "B", sets = 3', 'id = "H1", side = "left"')
    playing = Playing(plan).check_in(2)
    record = one_set(playing, 6)
    assert record.decision is not None
    assert record.decision.action is Action.END_EXERCISE
    playing.until(Move)
    assert playing.ledger.sets[-1].dose.exercise == "H1"


def test_seven_ends_the_session_in_the_rest_position_and_asks_after_ten_minutes() -> None:
    playing = Playing(S3_THREE_SETS).check_in(1)
    record = one_set(playing, 7)
    assert record.decision is not None
    assert record.decision.action is Action.END_SESSION
    assert isinstance(playing.stage, RestPosition)
    assert Hush() in playing.effects
    ten_minutes_later(playing)
    assert record.ended_ms is not None
    assert 600_000 <= playing.run.now_ms - record.ended_ms <= 615_000
    playing.rest_reply(1)
    assert playing.ledger.outcome is Outcome.ENDED
    assert playing.ledger.locks == ()


def test_tingling_after_ten_minutes_is_noted_for_next_time() -> None:
    playing = Playing(S3_THREE_SETS).check_in(1)
    one_set(playing, 7)
    ten_minutes_later(playing).rest_reply(5)
    decision = playing.ledger.sets[-1].decision
    assert decision is not None
    assert "REC-04" in decision.rules
    assert playing.ledger.outcome is Outcome.ENDED


def test_numbness_that_outlasts_the_rest_sends_to_a_clinician() -> None:
    playing = Playing(S3_THREE_SETS).check_in(1)
    playing.until(Rate).rate(3, feels=[Feel.NUMB]).until(Settle)
    playing.rest_reply(1)
    assert any(isinstance(effect, Refused) for effect in playing.effects)  # numb was not answered
    playing.rest_reply(1, numb=True)
    playing.until(Settle).rest_reply(1, numb=True)
    assert playing.stage == Message(Action.SEE_CLINICIAN)
    assert playing.ledger.locks == (Lock(Tier.CLEARANCE, "CHR-04"),)


def test_numbness_that_has_gone_does_not() -> None:
    playing = Playing(S3_THREE_SETS).check_in(1)
    playing.until(Rate).rate(3, feels=[Feel.NUMB]).until(Settle).rest_reply(1, numb=False)
    assert isinstance(playing.stage, Recover)


@pytest.mark.parametrize(("later", "urgent"), [(6, True), (5, False)])
def test_strong_pain_is_asked_again_after_two_minutes(later: int, urgent: bool) -> None:
    playing = Playing(S3_THREE_SETS).check_in(1, 3)
    playing.until(Rate).rate(1, 8).until(Settle).rest_reply(1, pain=8)
    playing.until(Settle).rest_reply(1)
    assert any(isinstance(effect, Refused) for effect in playing.effects)  # pain was not answered
    playing.rest_reply(1, pain=later)
    if urgent:
        assert playing.stage == Message(Action.URGENT)
        assert playing.ledger.locks == (Lock(Tier.URGENT, "SET-08"),)
    else:
        assert isinstance(playing.stage, RestPosition)


@pytest.mark.parametrize(
    ("news", "tier", "outcome", "rule"),
    [
        (News.ONE_LEG_WEAK, Tier.URGENT, Outcome.URGENT, "NEW-01"),
        (News.CHEST_BREATH, Tier.EMERGENCY, Outcome.EMERGENCY, "NEW-02"),
        (News.BOTH_LEGS, Tier.EMERGENCY, Outcome.EMERGENCY, "LOC-05"),
    ],
)
def test_a_stop_sign_after_a_set_locks_before_it_speaks(
    news: News, tier: Tier, outcome: Outcome, rule: str
) -> None:
    """And the message stands: nothing but reading it leads on, and then the session is over."""
    playing = Playing(S3_THREE_SETS).check_in(1)
    playing.until(Rate).rate(0, 0, new=[news])
    kinds = [type(effect) for effect in playing.effects]
    assert kinds.index(Locked) < kinds.index(Hush) < kinds.index(Say)
    assert playing.ledger.locks == (Lock(tier, rule),)
    stopped = playing.stage
    for given in (Next(), Stop(), Pause()):
        playing.give(given, after_ms=5000)
        assert playing.stage == stopped
    playing.give(Acknowledge())
    assert isinstance(playing.stage, Summary)
    assert playing.ledger.outcome is outcome


def test_dizziness_ends_the_session() -> None:
    playing = Playing(S3_THREE_SETS).check_in(1)
    playing.until(Rate).rate(0, 0, new=[News.DIZZY]).until(Settle).rest_reply(0)
    assert isinstance(playing.stage, RestPosition)
    assert playing.run.control.verdict is Action.END_SESSION


def test_three_times_easier_ends_the_exercise_and_two_ended_exercises_the_session() -> None:
    plan = plan_of(
        'id = "S3", side = "left", level = "B", sets = 3',
        'id = "S6", side = "left", level = "B", sets = 3',
        'id = "H1", side = "left"',
    )
    playing = Playing(plan).check_in(2)
    actions = []
    for rating in (4, 4, 4, 6):
        decision = one_set(playing, rating).decision
        assert decision is not None
        actions.append((decision.action, decision.rules[0]))
    assert actions == [
        (Action.EASE1, "SET-03"),
        (Action.EASE1, "SET-03"),
        (Action.END_EXERCISE, "TRD-03"),
        (Action.END_SESSION, "TRD-05"),
    ]


def test_the_fourth_ease_ends_the_session() -> None:
    plan = plan_of(
        'id = "S3", side = "left", level = "B"',
        'id = "S6", side = "left", level = "B"',
        'id = "H1", side = "left"',
    )
    playing = Playing(plan).check_in(2)
    actions = [action_of(one_set(playing, 4)) for _ in range(4)]
    assert actions == [Action.EASE1] * 3 + [Action.END_SESSION]


def test_electric_twice_ends_the_session_even_in_another_exercise() -> None:
    plan = plan_of('id = "S3", side = "left", level = "B"', 'id = "S6", side = "left", level = "B"')
    playing = Playing(plan).check_in(1)
    actions = []
    for _ in range(2):
        playing.until(Rate).rate(1, feels=[Feel.ELECTRIC]).until(Settle).rest_reply(1)
        decision = playing.ledger.sets[-1].decision
        assert decision is not None
        actions.append(decision.action)
    assert actions == [Action.END_EXERCISE, Action.END_SESSION]


def test_the_other_legs_ratings_are_not_compared() -> None:
    """A 2 after a 0 on the same leg eases (TRD-02); on the other leg it does not."""
    same = Playing(plan_of('id = "S3", side = "left", level = "B"')).check_in(0)
    one_set(same, 0)
    assert action_of(one_set(same, 2)) is Action.EASE1
    other = Playing(plan_of('id = "H1", side = "both", sets = 1')).check_in(0)
    one_set(other, 0)
    assert action_of(one_set(other, 2)) is Action.CONTINUE


def test_a_lever_that_changes_the_exercise_announces_it_with_time_to_move() -> None:
    """S9 eased four levers far becomes the side-lying S2."""
    playing = Playing(plan_of('id = "S9", side = "left", sets = 3')).check_in(2)
    one_set(playing, 5)
    last = one_set(playing, 5)
    assert last.decision is not None
    steps = [str(step) for step in last.decision.levers]
    assert steps[-1] == "POS:S2"
    assert Phrase("lever.POS", (("exercise", "@S2.name"),)) in last.decision.words
    playing.until(LeadIn)
    assert playing.stage == LeadIn(15_000)
    playing.until(Move)
    assert playing.ledger.sets[-1].dose.exercise == "S2"


def test_left_out_exercises_are_named_with_the_tag() -> None:
    playing = Playing(shipped_plan("desk-day"), full=True).check_in(replies={"A3": Reply.YES})
    assert playing.ledger.left_out == (("S9", Tag.NO_STAND),)
    assert playing.run.script.course(playing.run.control.clearance).blocks[0].exercise == "S6"


def test_a_plan_of_which_nothing_is_left_is_refused() -> None:
    playing = Playing(plan_of('id = "S9", side = "left"'), full=True)
    playing.check_in(replies={"A3": Reply.YES})
    assert playing.ledger.outcome is Outcome.REFUSED
    assert playing.ledger.sets == ()


@pytest.mark.parametrize(
    ("replies", "action"), [((0,), Action.EASE1), ((3, 3, 0), Action.END_EXERCISE)]
)
def test_lower_down_the_leg_ends_the_exercise_only_when_it_stays(
    replies: tuple[int, ...], action: Action
) -> None:
    playing = Playing(S3_THREE_SETS).check_in(1, where=[Place.THIGH])
    playing.until(Rate).rate(3, where=[Place.CALF])
    for reply in replies:
        playing.until(Settle).rest_reply(reply)
    assert action_of(playing.ledger.sets[-1]) is action


def test_a_set_begins_with_the_dose_it_is_played_with() -> None:
    playing = Playing(S3_THREE_SETS).check_in(1).until(Move)
    (begins,) = [effect for effect in playing.effects if isinstance(effect, SetBegins)]
    assert begins.dose == playing.ledger.sets[0].dose
    assert begins.side is Side.LEFT


def test_provisional_and_final_decisions_are_told_apart() -> None:
    playing = Playing(S3_THREE_SETS).check_in(1).until(Rate)
    (early,) = [e for e in playing.rate(4).effects if isinstance(e, Judged)]
    assert (early.final, early.decision.action) == (False, Action.EASE1)
    (late,) = [e for e in playing.until(Settle).rest_reply(0).effects if isinstance(e, Judged)]
    assert (late.final, late.decision.action) == (True, Action.EASE1)


def test_an_answer_given_early_settles_the_rest_but_does_not_shorten_it() -> None:
    playing = Playing(S3_THREE_SETS).check_in(1).until(Rate).rate(2)
    assert isinstance(playing.stage, Rest)
    playing.rest_reply(0)
    assert isinstance(playing.stage, Recover)
    record = playing.ledger.sets[-1]
    playing.until(LeadIn)
    assert record.ended_ms is not None
    assert playing.run.now_ms - record.ended_ms == 45_000


def test_waiting_times_come_from_the_clock_not_from_the_answer() -> None:
    playing = Playing(S3_THREE_SETS).check_in(1).until(Rate).rate(2).until(Settle)
    playing.give(RestReply(RestAnswer(0), waited_s=7), after_ms=2000)
    assert playing.ledger.sets[-1].checks == ((37, RestAnswer(0)),)
