"""What a closed session leaves for the next days, read off sessions that were really played."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from coach.domain.action import Tier
from coach.domain.dose import Dose
from coach.domain.exercise import LevelName
from coach.domain.outcome import Outcome
from coach.domain.past import PastSession, Worked
from coach.domain.plan import Plan
from coach.domain.rating import Feel, News, SetAnswers
from coach.domain.screening import Lock, Reply
from coach.domain.side import Side
from coach.engine.control import (
    LeadIn,
    Message,
    Move,
    Paused,
    Rate,
    Recover,
    RestPosition,
    Settle,
    SwitchSides,
    TenMinutes,
    WarmUp,
)
from coach.engine.inputs import (
    Acknowledge,
    BaselinePain,
    BaselineTingling,
    Leave,
    NothingWrong,
    Replied,
    Report,
    Resume,
    SomethingWrong,
    Stop,
)
from coach.engine.looking_back import past_of
from coach.engine.run import Run
from coach.rules.check_in import StillUp
from coach.rules.harder import eased_further
from days import LEFT, RIGHT, at, dose, eased
from playing import SHIPPED, Playing, plan_of, script_of, shipped_plan

S3 = plan_of('id = "S3", side = "left", level = "B"')
TWO = plan_of('id = "S3", side = "left", level = "B"', 'id = "H1", side = "left"')
B = dose("S3", "B")


def left_by(playing: Playing) -> PastSession:
    return past_of(playing.run.script, playing.ledger, at(0), "plan", "session")


def one_set(playing: Playing, tingling: int = 0, pain: int = 0, *, later: int = 0) -> Playing:
    """Play the next set and answer what is asked until it has settled."""
    return playing.until(Rate).rate(tingling, pain).until(Settle).rest_reply(later)


def finished(playing: Playing) -> Playing:
    """Play on calmly to the end."""
    for _ in range(60):
        if playing.run.closed:
            return playing
        stage = playing.stage
        if isinstance(stage, Rate):
            playing.rate(0)
        elif isinstance(stage, Settle) or stage == TenMinutes(asking=True):
            playing.rest_reply(0)
        elif isinstance(stage, Message):
            playing.give(Acknowledge())
        elif isinstance(stage, Paused):
            playing.give(Resume())
        else:
            step_on(playing)
    raise AssertionError(f"the session never ended; still in {playing.stage}")


def step_on(playing: Playing) -> None:
    """Let time pass until somebody has to do something."""
    while playing.run.deadline_ms is not None and not isinstance(playing.stage, Rate | Settle):
        if playing.stage == TenMinutes(asking=True):
            return
        playing.wait(playing.run.deadline_ms - playing.run.now_ms)


def only(past: PastSession) -> Worked:
    (one,) = past.worked
    return one


def test_a_calm_session_leaves_what_it_was_and_how_it_began() -> None:
    calm = left_by(finished(Playing(S3).check_in(2, 1)))

    assert calm == PastSession(
        began=at(0),
        plan="plan",
        outcome=Outcome.COMPLETED,
        tingling=2,
        pain=1,
        worked=(Worked("S3", LEFT, B, B, calm=True),),
        worst=0,
        played=True,
        id="session",
    )


def test_the_worst_rating_of_all_sets_is_kept() -> None:
    playing = one_set(one_set(Playing(S3).check_in(3), 1, 3), 2, 0)

    assert left_by(finished(playing)).worst == 3


@pytest.mark.parametrize(
    ("tingling", "pain", "calm"), [(2, 2, True), (3, 0, False), (0, 3, False), (2, 0, True)]
)
def test_a_set_rated_above_two_is_not_calm(tingling: int, pain: int, calm: bool) -> None:
    """clinical.md 9.3 SET-01 and SET-02: 3 earns nothing, and changes nothing."""
    worked = only(left_by(finished(one_set(Playing(S3).check_in(2, 2), tingling, pain))))

    assert worked == Worked("S3", LEFT, B, B, calm=calm)


def test_settling_later_than_a_minute_is_not_calm() -> None:
    playing = Playing(S3).check_in().until(Rate).rate(2).until(Settle).rest_reply(2)
    playing.until(Settle).wait(25_000)
    playing.rest_reply(1)
    worked = only(left_by(finished(playing)))

    assert not worked.calm
    assert worked.ended == eased(B, "RNG")


@pytest.mark.parametrize(("rating", "levers"), [(4, ["RNG"]), (5, ["RNG", "HIP"])])
def test_what_was_eased_is_what_the_next_session_may_begin_with(
    rating: int, levers: list[str]
) -> None:
    """Down at once and kept (clinical.md 9.5)."""
    worked = only(left_by(finished(one_set(Playing(S3).check_in(2), rating))))

    assert (worked.began, worked.ended) == (B, eased(B, *levers))


def test_what_the_last_set_asked_for_counts_as_well() -> None:
    """No set of today is easier for it, but the next session is."""
    playing = one_set(one_set(Playing(S3).check_in(2)), 4)

    assert only(left_by(finished(playing))).ended == eased(B, "RNG")


def test_an_ended_exercise_goes_on_two_levers_gentler() -> None:
    past = left_by(finished(one_set(Playing(TWO).check_in(2), 6)))

    assert [one.ended for one in past.worked] == [eased(B, "RNG", "HIP"), dose("H1")]
    assert [one.calm for one in past.worked] == [False, True]
    assert past.outcome is Outcome.COMPLETED
    assert not past.stopped_by_rules


def test_an_exercise_that_its_second_set_ended_goes_on_gentler_too() -> None:
    playing = one_set(one_set(Playing(TWO).check_in(2)), 6)

    assert left_by(finished(playing)).worked[0].ended == eased(B, "RNG", "HIP")


def test_a_session_that_a_rule_ended_says_so() -> None:
    past = left_by(finished(one_set(Playing(TWO).check_in(2), 7, later=7)))

    assert (past.outcome, past.stopped_by_rules, past.worst) == (Outcome.ENDED, True, 7)
    assert only(past).ended == eased(B, "RNG", "HIP")
    assert not left_by(finished(one_set(Playing(TWO).check_in(2), 6))).stopped_by_rules


def stopped(playing: Playing) -> Playing:
    playing.until(Move).give(Stop())
    return playing


def test_a_set_that_was_stopped_earns_nothing_and_loses_nothing() -> None:
    """clinical.md 9.1 SYS-01: it counts as HOLD at least."""
    past = left_by(finished(one_set(stopped(Playing(S3).check_in(2)))))

    assert only(past) == Worked("S3", LEFT, B, B, calm=False)
    assert (past.played, past.stopped_by_rules) == (True, False)


def test_the_only_set_stopped_and_rated_low_is_not_calm() -> None:
    """Whatever the rules made of it: it was not done whole."""
    playing = one_set(
        stopped(Playing(plan_of('id = "S3", side = "left", sets = 1')).check_in(0)), 0
    )

    assert len(playing.ledger.sets) == 1
    assert not only(left_by(finished(playing))).calm


def test_a_set_without_a_decision_is_not_calm() -> None:
    playing = finished(one_set(Playing(S3).check_in()))
    assert only(left_by(playing)).calm
    open_ended = [replace(record, decision=None) for record in playing.ledger.sets]
    playing.run = replace(playing.run, ledger=replace(playing.ledger, sets=tuple(open_ended)))

    assert not only(left_by(playing)).calm


def test_a_set_that_was_stopped_and_rated_six_goes_on_gentler() -> None:
    past = left_by(finished(one_set(stopped(Playing(S3).check_in(2)), 6)))

    assert only(past).ended == eased(B, "RNG", "HIP")


def test_a_session_that_broke_off_earns_nothing() -> None:
    """One set of two is not the exercise."""
    playing = one_set(Playing(S3).check_in())
    playing.give(Leave())
    past = left_by(playing)

    assert past.outcome is Outcome.INCOMPLETE
    assert only(past) == Worked("S3", LEFT, B, B, calm=False)


def test_a_check_in_that_was_left_plays_nothing() -> None:
    playing = Playing(S3)
    playing.give(Leave())
    past = left_by(playing)

    assert (past.played, past.worked, past.worst) == (False, (), None)
    assert (past.tingling, past.pain) == (None, None)
    assert past.outcome is Outcome.INCOMPLETE


def test_a_session_without_an_end_is_incomplete() -> None:
    assert left_by(one_set(Playing(S3).check_in())).outcome is Outcome.INCOMPLETE


def test_a_check_in_that_was_too_strong_is_kept_with_its_ratings() -> None:
    past = left_by(Playing(S3).check_in(6, 2))

    assert (past.outcome, past.tingling, past.pain) == (Outcome.REFUSED, 6, 2)
    assert not past.played


def asked_pain(tingling: int, still_up: StillUp | None = None) -> Playing:
    """A check-in in which tingling was answered and pain is asked for."""
    playing = Playing(S3)
    playing.run = Run(replace(playing.run.script, still_up=still_up))
    for question in playing.run.script.questions:
        playing.give(Replied(question.id, Reply.NO))
    playing.give(BaselineTingling(tingling))
    return playing


def wrong_and_left(playing: Playing) -> Playing:
    playing.give(SomethingWrong())
    return unrated(playing)


def unrated(playing: Playing) -> Playing:
    playing.give(Leave())
    return playing


def not_answered(playing: Playing) -> Playing:
    playing.wait(600_000)
    return playing


@pytest.mark.parametrize("ends", [unrated, not_answered, wrong_and_left])
@pytest.mark.parametrize(("tingling", "outcome"), [(4, Outcome.INCOMPLETE), (6, Outcome.REFUSED)])
def test_a_check_in_that_is_left_after_one_rating_keeps_it(
    tingling: int, outcome: Outcome, ends: Callable[[Playing], Playing]
) -> None:
    """A rating of 6 closes the session, also when nobody waits for the next question."""
    past = left_by(ends(asked_pain(tingling)))

    assert (past.tingling, past.pain, past.played) == (tingling, None, False)
    assert past.outcome is outcome


def test_pain_is_asked_for_after_a_tingling_of_six() -> None:
    """It may be 7 or more, which asks for a clinician (C8)."""
    playing = asked_pain(6)
    playing.give(BaselinePain(8))
    assert playing.ledger.locks == (Lock(Tier.CLEARANCE, "C8"),)


@pytest.mark.rule("DAY-05")
def test_a_tingling_that_is_still_up_asks_for_a_clinician_at_once() -> None:
    assert asked_pain(4, StillUp(4, 9)).ledger.locks == (Lock(Tier.CLEARANCE, "DAY-05"),)
    assert not asked_pain(3, StillUp(4, 9)).ledger.locks


# Ten minutes later


def slow() -> Playing:
    """A set that has not settled after two minutes; ten minutes after it the question is open."""
    playing = Playing(S3).check_in(0).until(Rate).rate(2)
    while not isinstance(playing.until(Settle, TenMinutes).stage, TenMinutes):
        playing.rest_reply(2)
    step_on(playing)
    assert playing.stage == TenMinutes(asking=True)
    return playing


def left(playing: Playing) -> None:
    playing.give(Leave())


def never(playing: Playing) -> None:
    playing.wait(600_000)


@pytest.mark.rule("REC-04")
@pytest.mark.parametrize(
    ("then", "unsettled"),
    [
        (lambda playing: playing.rest_reply(1), False),
        (lambda playing: playing.rest_reply(2), True),
        (left, True),
        (never, True),
    ],
    ids=["it has settled", "it has not", "the window was closed", "nobody answered"],
)
def test_what_nobody_says_has_settled_has_not(
    then: Callable[[Playing], object], unsettled: bool
) -> None:
    """Missing is never zero (clinical.md 9.1)."""
    playing = slow()
    then(playing)
    past = left_by(playing)

    assert playing.run.closed
    assert past.unsettled is unsettled
    assert past.stopped_by_rules


@pytest.mark.rule("CHR-04")
@pytest.mark.parametrize("later", [0, 2])
def test_feeling_that_is_less_after_ten_minutes_asks_for_a_clinician(later: int) -> None:
    playing = slow().rest_reply(later, numb=True)

    assert playing.ledger.locks == (Lock(Tier.CLEARANCE, "CHR-04"),)
    assert isinstance(playing.stage, Message)
    past = left_by(finished(playing))
    assert past.outcome is Outcome.CLINICIAN
    assert past.stopped_by_rules
    assert past.unsettled is (later == 2)
    assert not slow().rest_reply(later, numb=False).ledger.locks


def test_what_settled_in_time_is_not_unsettled() -> None:
    assert not left_by(finished(Playing(S3).check_in(2))).unsettled


# Something is wrong


def reported(playing: Playing, *feels: Feel, new: frozenset[News] = frozenset()) -> Playing:
    playing.give(SomethingWrong())
    playing.give(Report(SetAnswers(feels=frozenset(feels), new=new)))
    return playing


def test_a_report_after_the_last_set_earns_nothing() -> None:
    """The sets were calm, the session was not."""
    calm, told = (one_set(one_set(Playing(S3).check_in())).until(RestPosition) for _ in range(2))
    reported(told, Feel.BURNING)

    assert only(left_by(finished(calm))).calm
    assert not only(left_by(finished(told))).calm
    assert left_by(told).outcome is Outcome.COMPLETED


@pytest.mark.parametrize(
    ("feel", "levers"), [(Feel.BURNING, ["RNG"]), (Feel.ELECTRIC, ["RNG", "HIP"])]
)
def test_a_report_between_sets_is_kept_like_an_answer(feel: Feel, levers: list[str]) -> None:
    """Burning eases the very next set, electric pain ends the exercise (CHR-02, CHR-03)."""
    playing = reported(one_set(Playing(TWO).check_in()).until(Recover), feel)
    past = left_by(finished(playing))

    assert [one.ended for one in past.worked] == [eased(B, *levers), dose("H1")]
    assert not any(one.calm for one in past.worked)


def test_a_report_after_the_last_set_eases_the_next_session() -> None:
    """It speaks of what was just done; in the rest position no other set is left to ease."""
    cramp = reported(one_set(one_set(Playing(S3).check_in())).until(RestPosition), Feel.CRAMP)
    assert only(left_by(finished(cramp))).ended == B
    once = one_set(one_set(Playing(TWO).check_in())).until(Recover)
    worked = left_by(finished(reported(once, Feel.BURNING))).worked

    assert [one.ended for one in worked] == [eased(B, "RNG"), dose("H1")]
    rest = one_set(one_set(Playing(S3).check_in())).until(RestPosition)
    assert only(left_by(finished(reported(rest, Feel.BURNING)))).ended == eased(B, "RNG")


def both_legs() -> Playing:
    """S3 for both legs, the left one first; its sets are done calmly."""
    plan = plan_of('id = "S3", side = "both", level = "C"')
    playing = Playing(plan, sore=Side.RIGHT).check_in()
    return one_set(one_set(playing))


@pytest.mark.parametrize("stage", [SwitchSides, LeadIn])
def test_a_report_while_getting_ready_is_about_the_leg_that_is_got_ready(stage: type) -> None:
    """That leg goes on gentler although it has not played a set; the other one does not."""
    playing = reported(both_legs().until(stage), Feel.ELECTRIC)
    left_leg, right_leg = left_by(finished(playing)).worked
    began = dose("S3", "C")

    assert [record.side for record in playing.ledger.sets] == [LEFT, LEFT]
    assert (left_leg.side, left_leg.ended) == (LEFT, began)
    assert (right_leg.side, right_leg.began) == (RIGHT, began)
    order = SHIPPED.catalogue["S3"].ease
    assert right_leg.ended == eased_further(began, order, 2, SHIPPED.catalogue)
    assert not left_leg.calm and not right_leg.calm


def test_every_report_before_a_first_set_that_never_came_counts() -> None:
    playing = both_legs().until(SwitchSides)
    for _ in range(2):
        reported(playing, Feel.BURNING).give(NothingWrong())
    playing.give(Leave())
    _, right_leg = left_by(playing).worked

    assert right_leg.ended == eased_further(
        right_leg.began, SHIPPED.catalogue["S3"].ease, 2, SHIPPED.catalogue
    )


def test_a_report_of_nothing_that_matters_leaves_no_leg_behind() -> None:
    playing = reported(both_legs().until(SwitchSides), Feel.PULL)
    playing.give(Leave())

    assert [one.side for one in left_by(playing).worked] == [LEFT]


def test_a_report_in_the_rest_position_is_about_what_was_done_last() -> None:
    """Also when the next leg had been got ready already."""
    playing = both_legs().until(SwitchSides)
    playing.give(Stop())
    reported(playing.until(RestPosition), Feel.BURNING)

    assert only(left_by(finished(playing))).ended != dose("S3", "C")


@pytest.mark.parametrize("ends", [unrated, not_answered])
@pytest.mark.parametrize(
    ("feel", "levers"), [(Feel.BURNING, ["RNG"]), (Feel.ELECTRIC, ["RNG", "HIP"])]
)
def test_what_was_reported_in_a_set_that_was_never_rated_is_kept(
    feel: Feel, levers: list[str], ends: Callable[[Playing], Playing]
) -> None:
    """The next session does not begin unchanged."""
    playing = ends(reported(Playing(S3).check_in().until(Move), feel))
    past = left_by(playing)

    assert past.outcome is Outcome.INCOMPLETE
    assert only(past) == Worked("S3", LEFT, B, eased(B, *levers), calm=False)


@pytest.mark.rule("SET-08")
def test_sudden_severe_pain_reported_in_a_set_stops_at_once() -> None:
    """It does not wait for a rating (clinical.md 9.3 SET-08)."""
    playing = Playing(S3).check_in().until(Move)
    reported(playing, new=frozenset({News.SUDDEN_SEVERE_PAIN}))

    assert playing.ledger.locks == (Lock(Tier.EMERGENCY, "SET-08"),)
    assert isinstance(playing.stage, Message)


def test_a_report_in_a_warm_up_is_about_the_exercise_it_leads_to() -> None:
    plan = plan_of('id = "W1"', 'id = "S3", side = "left", level = "B"')
    for then in (Leave(), Stop()):
        playing = reported(Playing(plan).check_in().until(WarmUp), Feel.BURNING)
        playing.give(then)

        assert only(left_by(playing)) == Worked("S3", LEFT, B, eased(B, "RNG"), calm=False)


@pytest.mark.parametrize("news", [News.DIZZY, News.ONE_LEG_WEAK])
def test_dizziness_is_remembered_for_the_neck(news: News) -> None:
    """clinical.md 9.3 NEW-03: neck movement stays out until somebody was seen."""
    playing = Playing(S3).check_in().until(Rate).rate(0, new=[news])
    past = left_by(finished(playing))

    assert past.dizzy is (news is News.DIZZY)
    assert past.outcome is (Outcome.ENDED if past.dizzy else Outcome.URGENT)


def test_dizziness_reported_while_nothing_moves_is_remembered_too() -> None:
    playing = one_set(Playing(S3).check_in()).until(Recover)
    assert left_by(finished(reported(playing, new=frozenset({News.DIZZY})))).dizzy


# Which leg, which exercise


def test_each_leg_leaves_its_own() -> None:
    plan = plan_of('id = "H1", side = "both", level = "B", sets = 2')
    playing = one_set(Playing(plan, sore=Side.RIGHT).check_in(2), 4)
    worked = left_by(finished(playing)).worked
    began = dose("H1", "B", sets=2)

    assert [(one.side, one.began) for one in worked] == [(LEFT, began), (RIGHT, began)]
    assert worked[0].ended == eased(began, "ANK")
    assert worked[1] == Worked("H1", RIGHT, began, began, calm=True)


def test_a_rehearsal_is_not_gentler_than_the_exercise() -> None:
    """The first set of the more comfortable leg is short on purpose (clinical.md 7.0)."""
    plan = plan_of('id = "S3", side = "both", level = "B"')
    playing = finished(Playing(plan, sore=Side.RIGHT).check_in())

    assert playing.ledger.sets[0].dose.reps == 5
    assert [one.ended for one in left_by(playing).worked] == [B, B]


def test_warm_up_and_rest_leave_nothing() -> None:
    past = left_by(finished(Playing(shipped_plan("first-week"), full=True).check_in()))

    assert [one.exercise for one in past.worked] == ["S3", "H1"]


def test_a_gentler_exercise_is_kept_under_the_one_it_stands_in_for() -> None:
    """S9 has no more levers before it becomes S2."""
    plan = plan_of('id = "S9", side = "left", sets = 3')
    playing = one_set(one_set(Playing(plan).check_in(2), 5), 5)
    worked = only(left_by(finished(playing)))

    assert (worked.exercise, worked.began.exercise, worked.ended.exercise) == ("S9", "S9", "S2")


def beginning(plan: Plan, began: Dose) -> Playing:
    """A session in which S3 begins on the left with what earlier days left."""
    playing = Playing(plan)
    playing.run = Run(replace(script_of(plan), doses={("S3", LEFT): began}))
    return playing


def test_a_session_begins_with_what_earlier_days_left() -> None:
    more = dose("S3", "B", reps=10)
    playing = beginning(S3, more)
    worked = only(left_by(finished(playing.check_in())))

    assert worked == Worked("S3", LEFT, more, more, calm=True)
    assert {record.dose.reps for record in playing.ledger.sets} == {10}


def test_a_stand_in_of_earlier_days_is_kept_under_its_exercise() -> None:
    stand_in = dose("S2")
    playing = beginning(S3, stand_in)
    past = left_by(finished(one_set(playing.check_in(2), 4)))

    assert only(past) == Worked("S3", LEFT, stand_in, eased(stand_in, "RNG"), calm=False)


def test_an_easy_day_is_not_the_exercises_own() -> None:
    """clinical.md 8 B*: another exercise took its place, and it earns nothing."""
    past = left_by(finished(Playing(S3).check_in(4)))
    worked = only(past)

    assert past.easy_day
    assert (worked.exercise, worked.began, worked.own) == ("S1", dose("S1"), False)
    assert not left_by(finished(Playing(S3).check_in(3))).easy_day


def test_levels_are_named_after_what_was_really_played() -> None:
    """A plan's own repetitions do not make a level."""
    plan = plan_of('id = "S3", side = "left", level = "B", sets = 2, reps = 6')
    worked = only(left_by(finished(Playing(plan).check_in())))

    assert (worked.began.level, worked.began.reps) == (LevelName.A, 6)
    assert worked.began.out == B.out
