"""What holds on every edge of every session: numbered laws over (before, input, after, effects).

The walk checks them on every reachable edge of every shipped plan. Each law names the promise or
hazard it stands for.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from coach.domain.action import Action, Tier
from coach.domain.exercise import Kind
from coach.domain.outcome import Outcome
from coach.domain.pose import Joint
from coach.domain.rating import SetAnswers
from coach.engine.control import (
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
from coach.engine.effects import (
    Answered,
    Closed,
    Effect,
    Hush,
    Judged,
    Locked,
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
from coach.engine.view import dose_of, exercise_of

END_SESSION_RATING = 7  # clinical.md 9.3 SET-05
END_EXERCISE_RATING = 6


@dataclass(frozen=True, slots=True)
class Edge:
    """One step of a session."""

    script: Script
    before: Control
    given: Input
    after: Control
    effects: tuple[Effect, ...]

    kinds: frozenset[type]

    def has(self, kind: type) -> bool:
        """Whether an effect of this kind was asked for."""
        return kind in self.kinds


def edge_of(
    script: Script, before: Control, given: Input, after: Control, effects: tuple[Effect, ...]
) -> Edge:
    """The edge of one step."""
    return Edge(script, before, given, after, effects, frozenset(map(type, effects)))


Law = Callable[[Edge], bool]


def _innermost(stage: Stage) -> Stage:
    while isinstance(stage, Paused | Wrong):
        stage = stage.back
    return stage


def a_closed_session_stays_closed(edge: Edge) -> bool:
    """1. Promise 1: from a stop message or the summary nothing leads back to an exercise."""
    if isinstance(edge.before.stage, Summary):
        return edge.after == edge.before
    if isinstance(edge.before.stage, Message):
        return isinstance(edge.after.stage, Message | Summary)
    return True


def a_lock_comes_before_its_message(edge: Edge) -> bool:
    """2. H01, SYS-02: the lock is asked for first, then silence, then words."""
    if not isinstance(edge.after.stage, Message) or isinstance(edge.before.stage, Message):
        return True
    kinds = [type(e) for e in edge.effects if isinstance(e, Locked | Hush | Say)]
    return kinds[:3] == [Locked, Hush, Say]


def only_a_stop_locks(edge: Edge) -> bool:
    """3. A lock is asked for exactly when a stop message begins."""
    begins = isinstance(edge.after.stage, Message) and not isinstance(edge.before.stage, Message)
    return edge.has(Locked) == begins


def nothing_moves_without_a_check_in(edge: Edge) -> bool:
    """4. H01, H05: movement needs both check-in ratings below 6 and no tier that locks."""
    if not isinstance(edge.after.stage, WarmUp | SwitchSides | LeadIn | Move):
        return True
    found = edge.after.clearance
    return found.worst is not None and not found.no_session and not found.tier.locks


def a_refusal_changes_nothing(edge: Edge) -> bool:
    """5. What is refused leaves the control as it was, and asks for nothing else."""
    if not edge.has(Refused):
        return True
    return edge.after == edge.before and len(edge.effects) == 1


def no_set_without_the_answers_before(edge: Edge) -> bool:
    """6. H10: after a set, movement needs ratings and a settle answer (or the session ends)."""
    unanswered = isinstance(_innermost(edge.before.stage), Rate | Rest | Settle)
    moves = isinstance(edge.after.stage, LeadIn | Move | SwitchSides | WarmUp)
    return not (unanswered and moves)


def recovery_follows_a_settle_answer(edge: Edge) -> bool:
    """7. H10: the rest that leads on follows a settle answer or an ending report."""
    if not isinstance(edge.after.stage, Recover):
        return True
    if isinstance(edge.given, Report) and edge.after.verdict is Action.END_EXERCISE:
        return True
    return isinstance(_innermost(edge.before.stage), Recover) or edge.has(RestAnswered)


def _final(edge: Edge) -> Judged | None:
    if Judged not in edge.kinds:
        return None
    return next((e for e in edge.effects if isinstance(e, Judged) and e.final), None)


def _rated_worst(control: Control) -> int | None:
    answers = control.answers
    if answers is None or answers.tingling is None or answers.pain is None:
        return None
    return max(answers.tingling, answers.pain)


def seven_ends_the_session(edge: Edge) -> bool:
    """8. H04, SET-05: a rating of 7 or more never leads to another set."""
    judged, worst = _final(edge), _rated_worst(edge.before)
    if judged is None or worst is None or worst < END_SESSION_RATING:
        return True
    return judged.decision.action >= Action.END_SESSION


def six_ends_the_exercise(edge: Edge) -> bool:
    """9. H04, SET-05: a rating of 6 or more never continues the exercise."""
    judged, worst = _final(edge), _rated_worst(edge.before)
    if judged is None or worst is None or worst < END_EXERCISE_RATING:
        return True
    return judged.decision.action >= Action.END_EXERCISE


def an_ended_exercise_is_left(edge: Edge) -> bool:
    """10. After END_EXERCISE the next lead-in belongs to a later block."""
    if edge.before.verdict is not Action.END_EXERCISE:
        return True
    if not isinstance(edge.after.stage, LeadIn | SwitchSides | WarmUp):
        return True
    return edge.after.block > edge.before.block


def within_a_session_only_easier(edge: Edge) -> bool:
    """11. Promise 4: inside one block no joint is loaded more and no dose grows."""
    same_block = edge.after.block == edge.before.block
    playing = isinstance(edge.after.stage, LeadIn | Move | Recover | Rate | Rest | Settle)
    if not (same_block and playing) or edge.after.used == edge.before.used:
        return True  # the dose depends on the block and on the levers used, on nothing else
    # Compared at the same set number: a rehearsal set is shorter than the ones after it.
    before = dose_of(edge.script, replace(edge.before, set_n=edge.after.set_n))
    after = dose_of(edge.script, edge.after)
    if after.exercise != before.exercise:
        ranks = edge.script.exercises
        return ranks[after.exercise].rank < ranks[before.exercise].rank
    return (
        after.out[Joint.KNEE] >= before.out[Joint.KNEE]
        and after.out[Joint.HIP] <= before.out[Joint.HIP]
        and max(after.out[Joint.ANKLE], after.home[Joint.ANKLE])
        <= max(before.out[Joint.ANKLE], before.home[Joint.ANKLE])
        and after.reps <= before.reps
        and after.sets <= before.sets
        and after.hold_s <= before.hold_s
        and after.slow >= before.slow
    )


def a_lever_changes_the_next_set(edge: Edge) -> bool:
    """12. Promise 3: levers are named exactly when the dose really changes."""
    judged = _final(edge)
    if judged is None or not isinstance(edge.after.stage, Recover):
        return True
    changed = dose_of(edge.script, edge.after) != dose_of(edge.script, edge.before)
    return changed == bool(judged.decision.levers)


def easing_names_its_levers(edge: Edge) -> bool:
    """13. EASE1 pulls one lever, EASE2 one or two, any other action none."""
    judged = _final(edge)
    if judged is None:
        return True
    pulled = len(judged.decision.levers)
    allowed = {Action.EASE1: (1,), Action.EASE2: (1, 2)}
    return pulled in allowed.get(judged.decision.action, (0,))


def silence_missing_is_never_zero(edge: Edge) -> bool:
    """14. Promise 2: time alone never produces a rating, a settle answer or what follows from one.

    What was answered so far is judged when the rest of the answers does not come.
    """
    if not isinstance(edge.given, Tick | ClockGap):
        return True
    judged = edge.has(Judged) and edge.before.so_far == SetAnswers()
    return not (edge.has(Answered) or edge.has(RestAnswered) or judged)


def an_unanswered_question_ends_incomplete(edge: Edge) -> bool:
    """15. Promise 2: a session that time alone closes is incomplete, unless it was over already.

    A check-in rating of 6 or more has closed it, whatever else is not answered.
    """
    if not isinstance(edge.given, Tick) or not edge.has(Closed):
        return True
    over = isinstance(edge.before.stage, RestPosition | TenMinutes)
    over = over or edge.before.clearance.no_session
    return over or edge.after.outcome is Outcome.INCOMPLETE


def interrupting_a_set_is_silent_at_once(edge: Edge) -> bool:
    """16. H11: pause, stop, gap and "something is wrong" in a set cut all sound first."""
    if not isinstance(edge.before.stage, Move) or edge.has(Refused):
        return True
    if not isinstance(edge.given, Pause | Stop | ClockGap | SomethingWrong):
        return True
    return bool(edge.effects) and isinstance(edge.effects[0], Hush)


def something_wrong_opens_from_everywhere(edge: Edge) -> bool:
    """17. Issue of every screen: the list opens at once wherever a session is going on."""
    if not isinstance(edge.given, SomethingWrong):
        return True
    if isinstance(edge.before.stage, Summary | Message | Wrong):
        return True
    return isinstance(edge.after.stage, Wrong)


def a_hold_is_not_held_twice(edge: Edge) -> bool:
    """18. H09: an interrupted hold is never begun again in the same repetition."""
    stage = edge.before.stage
    if not isinstance(stage, Move) or isinstance(edge.after.stage, Move):
        return True
    phases = exercise_of(edge.script, edge.before).phases
    if not any(phase.hold for phase in phases[: stage.phase + 1]):
        return True
    again = _innermost(edge.after.stage)
    return not (isinstance(again, LeadIn) and again.rep <= stage.rep)


def an_easy_day_is_easy(edge: Edge) -> bool:
    """19. clinical.md 8 B*: an easy day plays S1 and S2 at level A only."""
    if not edge.has(SetBegins) or not edge.after.clearance.easy_day:
        return True
    dose = dose_of(edge.script, edge.after)
    return dose.exercise in ("S1", "S2") and dose.level.value == "A"


def tags_keep_exercises_out(edge: Edge) -> bool:
    """20. H12, H14: an exercise that a tag bars never begins."""
    if not edge.has(SetBegins):
        return True
    exercise = exercise_of(edge.script, edge.after)
    return not exercise.barred_by & edge.after.clearance.bars


def a_set_that_ends_is_asked_about(edge: Edge) -> bool:
    """21. SYS-01: however a set ends, its questions come next (or the list that led there)."""
    if not edge.has(SetEnds):
        return True
    return isinstance(_innermost(edge.after.stage), Rate)


def sets_begin_before_they_move(edge: Edge) -> bool:
    """22. Every set announces itself once, when its first repetition starts."""
    begins = isinstance(edge.after.stage, Move) and isinstance(edge.before.stage, LeadIn)
    fresh = begins and isinstance(edge.before.stage, LeadIn) and not edge.before.stage.begun
    return edge.has(SetBegins) == fresh


def counts_stay_bounded(edge: Edge) -> bool:
    """23. TRD-03..05: at most two eases in an exercise, three in a session, one ended exercise."""
    history = edge.after.history
    if edge.after.verdict is Action.END_SESSION:
        return True
    return history.eases_here <= 2 and history.eases <= 3 and history.ended <= 1


def the_emergency_answer_stops_at_once(edge: Edge) -> bool:
    """24. Promise 1: an answer that asks for help stops on the very edge it is given."""
    if not isinstance(edge.given, Rated | RatedSoFar | Report | RestReply):
        return True
    judged = [effect for effect in edge.effects if isinstance(effect, Judged | ReportJudged)]
    helped = any(one.decision.action >= Action.SEE_CLINICIAN for one in judged)
    return isinstance(edge.after.stage, Message) or not helped


def only_rated_work_is_eased(edge: Edge) -> bool:
    """25. A set that begins is of an exercise with ratings."""
    return not edge.has(SetBegins) or exercise_of(edge.script, edge.after).kind is not Kind.REST


def the_outcome_is_said_once(edge: Edge) -> bool:
    """26. A session closes once, with the outcome it keeps."""
    closes = [effect for effect in edge.effects if isinstance(effect, Closed)]
    if not closes:
        return True
    acknowledged = isinstance(edge.given, Acknowledge | Leave)
    opened = edge.before.outcome is None or acknowledged
    return len(closes) == 1 and opened and edge.after.outcome is closes[0].outcome


def the_tier_never_softens(edge: Edge) -> bool:
    """27. Nothing makes a check-in milder once an answer has made it serious."""
    worse: Tier = max(edge.before.clearance.tier, edge.after.clearance.tier)
    return edge.after.clearance.tier is worse


def a_rating_alone_still_counts(edge: Edge) -> bool:
    """28. SET-05: a session that closes on a rating of 7 or more without the other judges it."""
    given = (edge.before.so_far.tingling, edge.before.so_far.pain)
    worst = max((rating for rating in given if rating is not None), default=0)
    if worst < END_SESSION_RATING or not edge.has(Closed):
        return True
    judged = [effect for effect in edge.effects if isinstance(effect, Judged)]
    return any(one.decision.action >= Action.END_SESSION for one in judged)


LAWS: tuple[Law, ...] = (
    a_closed_session_stays_closed,
    a_lock_comes_before_its_message,
    only_a_stop_locks,
    nothing_moves_without_a_check_in,
    a_refusal_changes_nothing,
    no_set_without_the_answers_before,
    recovery_follows_a_settle_answer,
    seven_ends_the_session,
    six_ends_the_exercise,
    an_ended_exercise_is_left,
    within_a_session_only_easier,
    a_lever_changes_the_next_set,
    easing_names_its_levers,
    silence_missing_is_never_zero,
    an_unanswered_question_ends_incomplete,
    interrupting_a_set_is_silent_at_once,
    something_wrong_opens_from_everywhere,
    a_hold_is_not_held_twice,
    an_easy_day_is_easy,
    tags_keep_exercises_out,
    a_set_that_ends_is_asked_about,
    sets_begin_before_they_move,
    counts_stay_bounded,
    the_emergency_answer_stops_at_once,
    only_rated_work_is_eased,
    the_outcome_is_said_once,
    the_tier_never_softens,
    a_rating_alone_still_counts,
)


#: What can still be wrong with an edge on which nothing happened.
_LAWS_OF_STANDING_STILL: tuple[Law, ...] = (
    a_refusal_changes_nothing,
    interrupting_a_set_is_silent_at_once,
    something_wrong_opens_from_everywhere,
)


def broken_laws(edge: Edge) -> list[str]:
    """The names of the laws this edge breaks."""
    still = edge.after is edge.before and all(isinstance(e, Refused) for e in edge.effects)
    laws = _LAWS_OF_STANDING_STILL if still else LAWS
    return [law.__name__ for law in laws if not law(edge)]
