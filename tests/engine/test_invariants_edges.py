"""Each law of the engine forbids what it names, and nothing beside it.

A law that lets everything pass would keep the walk over all states green, so every law is shown an
edge it forbids and the nearest edges it allows.
"""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from coach.domain.action import Action, Tier
from coach.domain.decision import Decision, Phrase
from coach.domain.dose import Dose
from coach.domain.exercise import Kind, LevelName, Tag
from coach.domain.lever import Lever, LeverStep
from coach.domain.outcome import Outcome
from coach.domain.pose import Joint
from coach.domain.rating import RestAnswer, SetAnswers
from coach.domain.screening import Lock
from coach.domain.side import Side
from coach.engine import invariants as law
from coach.engine.control import (
    CheckIn,
    Control,
    LeadIn,
    Message,
    Move,
    Paused,
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
    Wrong,
)
from coach.engine.course import Block, Course
from coach.engine.effects import (
    Answered,
    CheckedIn,
    Closed,
    Effect,
    Hush,
    Judged,
    Locked,
    Refusal,
    Refused,
    ReportJudged,
    RestAnswered,
    Say,
    SetBegins,
    SetEnds,
)
from coach.engine.inputs import (
    Acknowledge,
    ClockGap,
    Input,
    Leave,
    Next,
    Pause,
    Rated,
    RatedSoFar,
    Report,
    RestReply,
    SomethingWrong,
    Stop,
    Tick,
)
from coach.engine.script import Script
from coach.rules.after_set import History, Settled
from coach.rules.check_in import Clearance
from playing import SHIPPED, plan_of, script_of

CALM = Clearance(tingling=1, pain=0)
SCRIPT = script_of(plan_of('id = "S3", side = "left", level = "B"'))
HUSH, SAY, LOCKED = Hush(), Say(Phrase("cue.paused")), Locked(Lock(Tier.URGENT, "NEW-01"))
REFUSED = Refused(Refusal.NOT_NOW)
ANSWERS = SetAnswers(2, 0)
BEGINS = SetBegins(Side.LEFT, SCRIPT.course(CALM).blocks[0].dose, "S3")
SETTLED = RestAnswered(RestAnswer(0), 30, Settled.BY_60)

MOVING = (WarmUp(), SwitchSides(), LeadIn(5000), Move(0))
WAITING = (Rate(), Rest(30), Settle())
EVERYWHERE: tuple[Stage, ...] = (
    CheckIn(),
    *MOVING,
    *WAITING,
    Recover(5),
    RestPosition(),
    TenMinutes(),
    Paused(LeadIn(3000)),
)


def control(stage: Stage, clearance: Clearance = CALM, **rest: object) -> Control:
    return replace(Control(stage, clearance), **rest)  # type: ignore[arg-type]


def judged(action: Action, *levers: Lever, final: bool = True) -> Judged:
    return Judged(Decision(action, ("SET-03",), tuple(map(LeverStep, levers))), final, 45)


def edge(
    before: Control | Stage,
    given: Input,
    after: Control | Stage,
    *effects: Effect,
    script: Script = SCRIPT,
) -> law.Edge:
    """An edge; a stage alone stands for a calm control in it."""
    ends = [one if isinstance(one, Control) else control(one) for one in (before, after)]
    return law.edge_of(script, ends[0], given, ends[1], effects)


def broken(one: law.Law, edges: Iterable[law.Edge]) -> list[bool]:
    return [not one(each) for each in edges]


def test_from_the_summary_and_a_message_nothing_leads_back() -> None:
    moved = control(Summary(), outcome=Outcome.ENDED)
    message = Message(Action.URGENT)
    forbidden = [
        edge(Summary(), Next(), moved),
        edge(Summary(), Next(), Move(0)),
        edge(message, Next(), RestPosition()),
    ]
    allowed = [
        edge(Summary(), Tick(0), Summary()),
        edge(message, Tick(0), message),
        edge(message, Acknowledge(), Summary()),
        edge(Rate(), Leave(), Summary()),
    ]

    assert all(broken(law.a_closed_session_stays_closed, forbidden))
    assert not any(broken(law.a_closed_session_stays_closed, allowed))


def test_the_lock_comes_first_then_silence_then_words() -> None:
    stop = Message(Action.URGENT)
    orders = [(HUSH, LOCKED, SAY), (LOCKED, SAY, HUSH), (LOCKED, SAY), (HUSH, SAY), (LOCKED,), ()]
    forbidden = [edge(Rate(), Rated(ANSWERS), stop, *order) for order in orders]
    checked = CheckedIn(CALM)
    allowed = [
        edge(Rate(), Rated(ANSWERS), stop, LOCKED, HUSH, SAY),
        edge(Rate(), Rated(ANSWERS), stop, checked, LOCKED, HUSH, SAY, SAY),
        edge(stop, Tick(0), stop),
        edge(Rate(), Rated(ANSWERS), Rest(30), SAY, HUSH),
    ]

    assert all(broken(law.a_lock_comes_before_its_message, forbidden))
    assert not any(broken(law.a_lock_comes_before_its_message, allowed))


def test_a_lock_and_the_beginning_of_a_message_belong_together() -> None:
    stop = Message(Action.URGENT)
    forbidden = [
        edge(Rate(), Rated(ANSWERS), Rest(30), LOCKED),
        edge(Rate(), Rated(ANSWERS), stop, HUSH, SAY),
        edge(stop, Tick(0), stop, LOCKED),
        edge(stop, Acknowledge(), Summary(), LOCKED),
    ]
    allowed = [
        edge(Rate(), Rated(ANSWERS), stop, LOCKED, HUSH, SAY),
        edge(stop, Tick(0), stop),
        edge(Rate(), Rated(ANSWERS), Rest(30)),
    ]

    assert all(broken(law.only_a_stop_locks, forbidden))
    assert not any(broken(law.only_a_stop_locks, allowed))


@pytest.mark.parametrize("stage", MOVING)
def test_movement_needs_a_check_in_that_allows_it(stage: Stage) -> None:
    no = [
        Clearance(),
        Clearance(tingling=1),
        Clearance(tingling=6, pain=0),
        Clearance(tingling=0, pain=6),
        replace(CALM, tier=Tier.CLEARANCE),
    ]
    yes = [CALM, Clearance(tingling=5, pain=5), replace(CALM, tier=Tier.ADVISE)]

    asked = law.nothing_moves_without_a_check_in
    assert all(broken(asked, [edge(CheckIn(), Tick(0), control(stage, c)) for c in no]))
    assert not any(broken(asked, [edge(CheckIn(), Tick(0), control(stage, c)) for c in yes]))
    assert asked(edge(CheckIn(), Tick(0), control(CheckIn(1), Clearance())))


def test_a_refusal_changes_nothing_and_says_nothing_else() -> None:
    forbidden = [
        edge(Rate(), Next(), Rest(30), REFUSED),
        edge(Rate(), Next(), Rate(), REFUSED, SAY),
        edge(Rate(), Next(), Rate(), SAY, REFUSED),
        edge(Rate(), Next(), Rest(30), REFUSED, SAY),
    ]
    allowed = [
        edge(Rate(), Next(), Rate(), REFUSED),
        edge(Rate(), Next(), Rest(30), SAY, HUSH),
        edge(Rate(), Next(), Rest(30)),
    ]

    assert all(broken(law.a_refusal_changes_nothing, forbidden))
    assert not any(broken(law.a_refusal_changes_nothing, allowed))


def test_no_movement_while_a_set_is_unanswered() -> None:
    waiting = [*WAITING, *map(Wrong, WAITING), Wrong(Paused(LeadIn(3000)))]
    forbidden = [edge(before, Next(), after) for before in waiting[:6] for after in MOVING]
    allowed = [edge(before, Next(), Recover(5)) for before in waiting]
    allowed += [edge(waiting[-1], Next(), after) for after in MOVING]
    allowed += [edge(Move(0), Next(), after) for after in MOVING]

    assert all(broken(law.no_set_without_the_answers_before, forbidden))
    assert not any(broken(law.no_set_without_the_answers_before, allowed))


def test_the_rest_that_leads_on_follows_an_answer() -> None:
    ended = control(Recover(6), verdict=Action.END_EXERCISE)
    report = Report(SetAnswers())
    forbidden = [
        edge(Settle(), Tick(0), Recover(6)),
        edge(Settle(), Tick(0), ended),
        edge(Wrong(Paused(LeadIn(3000))), report, Recover(6)),
        edge(Wrong(Rest(30)), report, control(Recover(6), verdict=Action.END_SESSION)),
    ]
    allowed = [
        edge(Settle(), RestReply(RestAnswer(0)), Recover(6), SETTLED),
        edge(Wrong(Paused(LeadIn(3000))), report, ended),
        edge(Paused(Recover(6)), Next(), Recover(6)),
        edge(Recover(6), Tick(0), Recover(6)),
        edge(Settle(), Tick(0), Rest(30)),
    ]

    assert all(broken(law.recovery_follows_a_settle_answer, forbidden))
    assert not any(broken(law.recovery_follows_a_settle_answer, allowed))


def _after(rating: SetAnswers | None, *effects: Effect) -> law.Edge:
    return edge(control(Settle(), answers=rating), Tick(0), Recover(5), *effects)


@pytest.mark.parametrize(
    ("one", "worst", "least"),
    [
        (law.seven_ends_the_session, 7, Action.END_SESSION),
        (law.six_ends_the_exercise, 6, Action.END_EXERCISE),
    ],
)
def test_a_high_rating_asks_for_at_least_its_action(
    one: law.Law, worst: int, least: Action
) -> None:
    milder = judged(Action(least - 1))
    high = [SetAnswers(worst, 0), SetAnswers(0, worst), SetAnswers(10, 10)]
    allowed = [_after(given, judged(least)) for given in high]
    allowed += [_after(given, judged(Action.EMERGENCY)) for given in high]
    allowed += [_after(given, replace(milder, final=False)) for given in high]
    allowed += [_after(given) for given in high]
    below = [
        SetAnswers(worst - 1, worst - 1),
        SetAnswers(worst, None),
        SetAnswers(None, worst),
        None,
    ]
    allowed += [_after(given, milder) for given in below]

    assert all(broken(one, [_after(given, milder) for given in high]))
    assert broken(one, [_after(high[0], replace(milder, final=False), milder)]) == [True]
    assert not any(broken(one, allowed))


def test_an_ended_exercise_is_left_for_a_later_block() -> None:
    left = control(Recover(1), verdict=Action.END_EXERCISE, block=1)
    leads = (LeadIn(5000), SwitchSides(), WarmUp())
    same = [edge(left, Tick(0), control(stage, block=1)) for stage in leads]
    back = [edge(left, Tick(0), control(stage, block=0)) for stage in leads]
    later = [edge(left, Tick(0), control(stage, block=2)) for stage in leads]
    other = control(Recover(1), verdict=Action.END_SESSION, block=1)

    assert all(broken(law.an_ended_exercise_is_left, same + back))
    assert not any(broken(law.an_ended_exercise_is_left, later))
    assert law.an_ended_exercise_is_left(edge(left, Pause(), Paused(Recover(1))))
    assert law.an_ended_exercise_is_left(edge(other, Tick(0), control(LeadIn(5000), block=1)))


def _eased_to(dose: Dose) -> Script:
    """A script whose first lever leads to this dose."""
    script = script_of(plan_of('id = "H1", side = "left", level = "B"'))
    script._doses[script.course(CALM).blocks[0], 1] = dose
    return script


STRETCH = script_of(plan_of('id = "H1", side = "left", level = "B"')).course(CALM).blocks[0].dose
PLAYING = (LeadIn(5000), Move(0), Recover(5), *WAITING)


def _turned(joint: Joint, by: int, *, home: bool = False) -> Dose:
    if home:
        return replace(STRETCH, home=STRETCH.home.moved(joint, STRETCH.home[joint] + by))
    return replace(STRETCH, out=STRETCH.out.moved(joint, STRETCH.out[joint] + by))


HARDER = [
    _turned(Joint.KNEE, -1),
    _turned(Joint.HIP, 1),
    _turned(Joint.ANKLE, 30),
    _turned(Joint.ANKLE, 30, home=True),
    replace(STRETCH, reps=STRETCH.reps + 1),
    replace(STRETCH, sets=STRETCH.sets + 1),
    replace(STRETCH, hold_s=STRETCH.hold_s + 1),
    replace(STRETCH, exercise="H2"),
]
EASIER = [
    STRETCH,
    _turned(Joint.KNEE, 1),
    _turned(Joint.HIP, -1),
    _turned(Joint.ANKLE, -1),
    replace(STRETCH, reps=STRETCH.reps - 1),
    replace(STRETCH, sets=STRETCH.sets - 1),
    replace(STRETCH, hold_s=STRETCH.hold_s - 1),
    replace(STRETCH, slow=True),
]


@pytest.mark.parametrize("stage", PLAYING)
@pytest.mark.parametrize("dose", HARDER)
def test_no_lever_makes_a_block_harder(dose: Dose, stage: Stage) -> None:
    one = edge(Settle(), Tick(0), control(stage, used=1), script=_eased_to(dose))

    assert not law.within_a_session_only_easier(one)


@pytest.mark.parametrize("dose", EASIER)
def test_a_lever_may_make_a_block_easier(dose: Dose) -> None:
    one = edge(Settle(), Tick(0), control(Recover(5), used=1), script=_eased_to(dose))

    assert law.within_a_session_only_easier(one)


def test_a_lever_given_back_makes_a_block_harder() -> None:
    eased = control(Settle(), used=1)
    one = edge(eased, Tick(0), control(Recover(5)), script=_eased_to(_turned(Joint.HIP, -1)))

    assert not law.within_a_session_only_easier(one)


def test_toes_that_point_further_both_ways_are_easier() -> None:
    """The joint's highest position in a repetition counts."""
    lower = _turned(Joint.ANKLE, -5)
    lower = replace(lower, home=lower.home.moved(Joint.ANKLE, lower.home[Joint.ANKLE] - 5))
    one = edge(Settle(), Tick(0), control(Recover(5), used=1), script=_eased_to(lower))

    assert law.within_a_session_only_easier(one)


def test_slow_work_stays_slow() -> None:
    script = _eased_to(replace(STRETCH, slow=True))
    script._doses[script.course(CALM).blocks[0], 2] = STRETCH
    slow = control(Settle(), used=1)

    assert not law.within_a_session_only_easier(
        edge(slow, Tick(0), control(Recover(5), used=2), script=script)
    )


def test_what_is_harder_in_another_block_or_unused_is_no_breach() -> None:
    """Only a lever pulled within one block can break the law."""
    script = _eased_to(HARDER[0])
    over = control(RestPosition(), used=1)
    other_block = control(LeadIn(5000), used=1, block=1)
    earlier = edge(other_block, Tick(0), control(LeadIn(5000), used=1), script=script)

    assert law.within_a_session_only_easier(edge(Settle(), Tick(0), other_block, script=script))
    assert law.within_a_session_only_easier(replace(earlier, before=control(Settle(), block=1)))
    assert law.within_a_session_only_easier(edge(Settle(), Tick(0), over, script=script))


@pytest.mark.parametrize(
    ("target", "allowed"), [("S1", True), ("S4", False), ("S5", False), ("H1", False)]
)
def test_a_lever_changes_the_exercise_only_to_one_lower_on_the_ladder(
    target: str, allowed: bool
) -> None:
    script = script_of(plan_of('id = "S3", side = "left"'))
    block = script.course(CALM).blocks[0]
    assert (script.exercises[target].rank < script.exercises["S3"].rank) is allowed
    script._doses[block, 1] = replace(block.dose, exercise=target)
    one = edge(Settle(), Tick(0), control(Recover(5), used=1), script=script)

    assert law.within_a_session_only_easier(one) is allowed


def test_levers_are_named_exactly_when_the_dose_changes() -> None:
    script = _eased_to(EASIER[1])
    script._doses[script.course(CALM).blocks[0], 2] = EASIER[1]
    named, silent = judged(Action.EASE1, Lever.RNG), judged(Action.CONTINUE)
    changed, same = control(Recover(5), used=1), control(Recover(5), used=0)
    forbidden = [
        edge(Settle(), Tick(0), changed, silent, script=script),
        edge(Settle(), Tick(0), same, named, script=script),
    ]
    allowed = [
        edge(Settle(), Tick(0), changed, named, script=script),
        edge(Settle(), Tick(0), same, silent, script=script),
        edge(Settle(), Tick(0), control(Rest(5), used=1), silent, script=script),
        edge(Settle(), Tick(0), changed, replace(silent, final=False), script=script),
    ]

    assert all(broken(law.a_lever_changes_the_next_set, forbidden))
    assert not any(broken(law.a_lever_changes_the_next_set, allowed))


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        (Action.CONTINUE, {0}),
        (Action.HOLD, {0}),
        (Action.EASE1, {1}),
        (Action.EASE2, {1, 2}),
        (Action.END_EXERCISE, {0}),
        (Action.END_SESSION, {0}),
    ],
)
def test_an_action_pulls_as_many_levers_as_it_may(action: Action, allowed: set[int]) -> None:
    levers = (Lever.RNG, Lever.HIP, Lever.REP)
    for count in range(4):
        said = judged(action, *levers[:count])
        one = edge(Settle(), Tick(0), Recover(5), said)
        early = edge(Rate(), Tick(0), Rest(5), replace(said, final=False))

        assert law.easing_names_its_levers(one) is (count in allowed)
        assert law.easing_names_its_levers(early)


@pytest.mark.parametrize("effect", [Answered(ANSWERS), SETTLED, judged(Action.CONTINUE)])
def test_time_alone_answers_nothing(effect: Effect) -> None:
    one = law.silence_missing_is_never_zero

    assert not one(edge(Rate(), Tick(0), Rest(30), effect))
    assert not one(edge(Rate(), ClockGap(), Rest(30), effect))
    assert one(edge(Rate(), Rated(ANSWERS), Rest(30), effect))
    assert one(edge(Rate(), Tick(0), Rest(30), SAY))


def test_what_time_alone_closes_is_incomplete() -> None:
    one = law.an_unanswered_question_ends_incomplete
    done = control(Summary(), outcome=Outcome.COMPLETED)
    half = control(Summary(), outcome=Outcome.INCOMPLETE)
    closed = Closed(Outcome.COMPLETED)
    forbidden = [edge(stage, Tick(0), done, closed) for stage in (Rate(), Settle(), CheckIn())]
    allowed = [
        edge(Rate(), Tick(0), half, Closed(Outcome.INCOMPLETE)),
        edge(RestPosition(), Tick(0), done, closed),
        edge(TenMinutes(), Tick(0), done, closed),
        edge(Rate(), Leave(), done, closed),
        edge(Rate(), Tick(0), done),
    ]

    assert all(broken(one, forbidden))
    assert not any(broken(one, allowed))


@pytest.mark.parametrize("given", [Pause(), Stop(), ClockGap(), SomethingWrong()])
def test_whoever_interrupts_a_set_hears_nothing_more(given: Input) -> None:
    one = law.interrupting_a_set_is_silent_at_once
    paused = Paused(LeadIn(3000))
    forbidden = [
        edge(Move(0), given, paused),
        edge(Move(0), given, paused, SAY),
        edge(Move(0), given, paused, SAY, HUSH),
    ]
    allowed = [
        edge(Move(0), given, paused, HUSH),
        edge(Move(0), given, paused, HUSH, SAY),
        edge(Move(0), given, Move(0), REFUSED),
        edge(Rate(), given, paused, SAY),
        edge(Move(0), Tick(0), Move(1), SAY),
    ]

    assert all(broken(one, forbidden))
    assert not any(broken(one, allowed))


@pytest.mark.parametrize("stage", EVERYWHERE)
def test_the_list_opens_wherever_a_session_is_going_on(stage: Stage) -> None:
    one = law.something_wrong_opens_from_everywhere

    assert not one(edge(stage, SomethingWrong(), stage, REFUSED))
    assert one(edge(stage, SomethingWrong(), Wrong(Rate()), HUSH))
    assert one(edge(stage, Next(), stage, REFUSED))


@pytest.mark.parametrize("stage", [Summary(), Message(Action.URGENT), Wrong(Rate())])
def test_the_list_cannot_open_where_it_is_open_or_all_is_over(stage: Stage) -> None:
    assert law.something_wrong_opens_from_everywhere(edge(stage, SomethingWrong(), stage, REFUSED))


def test_a_hold_that_began_is_not_begun_again() -> None:
    one = law.a_hold_is_not_held_twice
    script = _eased_to(STRETCH)
    phases = script.exercises["H1"].phases
    hold = next(n for n, phase in enumerate(phases) if phase.hold)
    assert 0 < hold < len(phases) - 1

    def interrupted(rep: int, phase: int, back: Stage) -> law.Edge:
        return edge(Move(rep, phase), Pause(), back, HUSH, script=script)

    again, on = LeadIn(3000, 2, begun=True), LeadIn(3000, 3, begun=True)
    forbidden = [interrupted(2, hold, Paused(again)), interrupted(2, hold + 1, Paused(again))]
    forbidden += [interrupted(2, hold, Wrong(Paused(again))), interrupted(2, hold, again)]
    forbidden += [interrupted(2, hold, Paused(replace(again, rep=1)))]
    allowed = [
        interrupted(2, hold, Paused(on)),
        interrupted(2, hold - 1, Paused(again)),
        interrupted(2, hold, Rate()),
        interrupted(2, hold, Move(2, hold + 1)),
        edge(LeadIn(3000, 2), Pause(), Paused(again), script=script),
    ]

    assert all(broken(one, forbidden))
    assert not any(broken(one, allowed))


def _playing(exercise: str, level: LevelName, clearance: Clearance) -> Script:
    """A script that plays one exercise after this check-in, whatever the rules say."""
    text = f'id = "{exercise}", side = "left", level = "{level}"'
    block = script_of(plan_of(text)).course(CALM).blocks[0]
    script = script_of(plan_of('id = "S3", side = "left"'))
    script._courses[clearance.easy_day, clearance.bars] = Course((block,))
    return script


EASY = Clearance(tingling=4, pain=0)


@pytest.mark.parametrize(
    ("exercise", "level", "easy"),
    [("S1", "A", True), ("S2", "A", True), ("S3", "A", False), ("S1", "B", False)],
)
def test_an_easy_day_begins_only_the_gentlest_sets(exercise: str, level: str, easy: bool) -> None:
    after = control(Move(0), EASY)
    script = _playing(exercise, LevelName(level), EASY)
    begun = edge(LeadIn(5000), Tick(0), after, BEGINS, script=script)

    assert law.an_easy_day_is_easy(begun) is easy
    assert law.an_easy_day_is_easy(replace(begun, kinds=frozenset()))
    assert law.an_easy_day_is_easy(edge(LeadIn(5000), Tick(0), Move(0), BEGINS))


def test_a_barred_exercise_never_begins() -> None:
    exercise = next(e for e in SHIPPED.catalogue.values() if Tag.NO_STAND in e.barred_by)
    tagged = replace(CALM, tags=frozenset({Tag.NO_STAND}))
    other = replace(CALM, tags=frozenset({Tag.JUST_RISEN} - exercise.barred_by))
    for found, allowed in ((tagged, False), (other, True)):
        script = _playing(exercise.id, LevelName.A, found)
        begun = edge(LeadIn(5000), Tick(0), control(Move(0), found), BEGINS, script=script)

        assert law.tags_keep_exercises_out(begun) is allowed
        assert law.tags_keep_exercises_out(replace(begun, kinds=frozenset()))


def test_a_set_that_ends_is_asked_about() -> None:
    one, ends = law.a_set_that_ends_is_asked_about, SetEnds(3, stopped=True)

    assert one(edge(Move(0), Stop(), Rate(), HUSH, ends))
    assert one(edge(Move(0), SomethingWrong(), Wrong(Rate()), HUSH, ends))
    assert one(edge(Move(0), Pause(), Paused(LeadIn(3000)), HUSH))
    assert not one(edge(Move(0), Stop(), RestPosition(), HUSH, ends))
    assert not one(edge(Move(0), SomethingWrong(), Wrong(CheckIn()), HUSH, ends))


def test_a_set_announces_itself_once_when_it_first_moves() -> None:
    one = law.sets_begin_before_they_move
    fresh, begun = LeadIn(5000), LeadIn(3000, 2, begun=True)
    forbidden = [
        edge(fresh, Tick(0), Move(0)),
        edge(begun, Tick(0), Move(2), BEGINS),
        edge(Move(0), Tick(0), Move(1), BEGINS),
        edge(fresh, Pause(), Paused(fresh), BEGINS),
    ]
    allowed = [
        edge(fresh, Tick(0), Move(0), BEGINS),
        edge(begun, Tick(0), Move(2)),
        edge(Move(0), Tick(0), Move(1)),
        edge(fresh, Pause(), Paused(fresh)),
    ]

    assert all(broken(one, forbidden))
    assert not any(broken(one, allowed))


@pytest.mark.parametrize(
    ("history", "bounded"),
    [
        (History(eases_here=2, eases=3, ended=1), True),
        (History(eases_here=3), False),
        (History(eases=4), False),
        (History(ended=2), False),
    ],
)
def test_the_counts_of_a_session_that_goes_on_are_bounded(history: History, bounded: bool) -> None:
    def after(verdict: Action | None) -> law.Edge:
        return edge(Settle(), Tick(0), control(Recover(5), history=history, verdict=verdict))

    assert law.counts_stay_bounded(after(None)) is bounded
    assert law.counts_stay_bounded(after(Action.END_EXERCISE)) is bounded
    assert law.counts_stay_bounded(after(Action.END_SESSION))


@pytest.mark.parametrize(
    "given", [Rated(ANSWERS), RatedSoFar(ANSWERS), Report(ANSWERS), RestReply(RestAnswer(0))]
)
def test_an_answer_that_asks_for_help_stops_at_once(given: Input) -> None:
    one = law.the_emergency_answer_stops_at_once
    for action in (Action.SEE_CLINICIAN, Action.URGENT, Action.EMERGENCY):
        for final in (True, False):
            said = judged(action, final=final)

            assert not one(edge(Rate(), given, Rest(30), said))
            assert one(edge(Rate(), given, Message(action), said))
            assert one(edge(Rate(), Tick(0), Rest(30), said))
        told = ReportJudged(said.decision)
        assert not one(edge(Rate(), given, Rate(), told))
        assert one(edge(Rate(), given, Message(action), told))
    assert one(edge(Rate(), given, Rest(30), judged(Action.END_SESSION)))
    assert one(edge(Rate(), given, Rest(30), SAY))


def test_the_rest_position_is_no_set() -> None:
    rest = SHIPPED.catalogue["R1"]
    assert rest.kind is Kind.REST
    script = script_of(plan_of('id = "S3", side = "left"'))
    usual = script.course(CALM).blocks[0]
    script._courses[CALM.easy_day, CALM.bars] = Course(
        (Block("R1", Kind.REST, replace(usual.dose, exercise="R1")),)
    )
    begun = edge(LeadIn(5000), Tick(0), Move(0), BEGINS, script=script)

    assert not law.only_rated_work_is_eased(begun)
    assert law.only_rated_work_is_eased(replace(begun, kinds=frozenset()))
    assert law.only_rated_work_is_eased(edge(LeadIn(5000), Tick(0), Move(0), BEGINS))


def test_a_session_closes_once_with_the_outcome_it_keeps() -> None:
    one = law.the_outcome_is_said_once
    ended, closed = control(Summary(), outcome=Outcome.ENDED), Closed(Outcome.ENDED)
    stopped = control(Message(Action.URGENT), outcome=Outcome.URGENT)
    urgent = control(Summary(), outcome=Outcome.URGENT)
    forbidden = [
        edge(RestPosition(), Tick(0), ended, closed, closed),
        edge(RestPosition(), Tick(0), ended, Closed(Outcome.COMPLETED)),
        edge(stopped, Tick(0), urgent, Closed(Outcome.URGENT)),
        edge(stopped, Acknowledge(), ended, Closed(Outcome.URGENT)),
        edge(stopped, Acknowledge(), urgent, Closed(Outcome.URGENT), Closed(Outcome.URGENT)),
    ]
    allowed = [
        edge(RestPosition(), Tick(0), ended, closed),
        edge(stopped, Acknowledge(), urgent, Closed(Outcome.URGENT)),
        edge(stopped, Leave(), urgent, Closed(Outcome.URGENT)),
        edge(stopped, Tick(0), ended),
    ]

    assert all(broken(one, forbidden))
    assert not any(broken(one, allowed))


def test_the_tier_of_a_check_in_never_softens() -> None:
    one = law.the_tier_never_softens

    def tiers(before: Tier, after: Tier) -> law.Edge:
        ends = [control(CheckIn(), replace(CALM, tier=tier)) for tier in (before, after)]
        return edge(ends[0], Tick(0), ends[1])

    assert one(tiers(Tier.OK, Tier.URGENT))
    assert one(tiers(Tier.URGENT, Tier.URGENT))
    assert not one(tiers(Tier.URGENT, Tier.CLEARANCE))


def test_a_rating_without_the_other_is_judged_when_the_session_closes() -> None:
    one = law.a_rating_alone_still_counts

    def closing(so_far: SetAnswers, *effects: Effect) -> law.Edge:
        left = replace(control(Rate(again=True)), so_far=so_far)
        after = replace(control(Summary()), outcome=Outcome.INCOMPLETE)
        return edge(left, Tick(0), after, *effects, Closed(Outcome.INCOMPLETE))

    for so_far in (SetAnswers(tingling=7), SetAnswers(pain=10), SetAnswers(0, 8)):
        assert not one(closing(so_far))
        assert not one(closing(so_far, judged(Action.END_EXERCISE)))
        assert one(closing(so_far, judged(Action.END_SESSION)))
        assert one(closing(so_far, judged(Action.URGENT)))
    for so_far in (SetAnswers(), SetAnswers(tingling=6), SetAnswers(pain=6)):
        assert one(closing(so_far))
    waiting = replace(control(Rate()), so_far=SetAnswers(tingling=9))
    assert one(edge(waiting, Tick(0), Rate(again=True)))


def test_every_law_is_asked_on_an_edge_that_leads_somewhere() -> None:
    """The edge moves without a check-in, without an answer, and softens the tier."""
    before = control(Settle(), replace(CALM, tier=Tier.URGENT))
    after = control(LeadIn(5000), Clearance())

    assert law.broken_laws(edge(before, Next(), after)) == [
        "nothing_moves_without_a_check_in",
        "no_set_without_the_answers_before",
        "the_tier_never_softens",
    ]


def test_standing_still_can_break_laws_too() -> None:
    """The list has to open, a set has to fall silent, and a refusal stands alone."""
    still = control(Move(0))

    def stays(given: Input, *effects: Effect) -> list[str]:
        return law.broken_laws(law.edge_of(SCRIPT, still, given, still, effects))

    assert stays(SomethingWrong(), REFUSED) == ["something_wrong_opens_from_everywhere"]
    assert stays(Pause()) == ["interrupting_a_set_is_silent_at_once"]
    assert stays(Next(), REFUSED, REFUSED) == ["a_refusal_changes_nothing"]
    assert stays(Next(), REFUSED) == []
    assert stays(Next(), BEGINS) == ["sets_begin_before_they_move"]
