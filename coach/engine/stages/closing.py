"""How a session ends: rest position, stop messages, the last questions."""

from dataclasses import replace

from coach.domain.action import LOCK_TIER, Action, Tier
from coach.domain.decision import Decision
from coach.domain.outcome import Outcome
from coach.domain.rating import SetAnswers
from coach.domain.screening import Lock
from coach.engine.control import (
    CheckIn,
    Control,
    LeadIn,
    Message,
    Paused,
    Recover,
    RestPosition,
    Stage,
    Summary,
    SwitchSides,
    TenMinutes,
    WarmUp,
    Wrong,
)
from coach.engine.decide import (
    HELP_OUTCOME,
    action_message,
    decide,
    judge_report,
    judge_ten_minutes,
    settled_after,
)
from coach.engine.effects import (
    AskedAgain,
    CheckedIn,
    Closed,
    Effect,
    Hush,
    Judged,
    Locked,
    Refusal,
    ReportJudged,
    RestAnswered,
    Say,
)
from coach.engine.inputs import (
    Acknowledge,
    ClockGap,
    Input,
    Leave,
    Next,
    Pause,
    RestReply,
    Stop,
    Tick,
)
from coach.engine.script import Script
from coach.engine.stages.stepped import Stepped, at, is_over, on_scale, refuse, say
from coach.engine.view import block_of, place_of
from coach.rules.after_set import Settled

_ACTION_OF_TIER = {
    Tier.CLEARANCE: Action.SEE_CLINICIAN,
    Tier.URGENT: Action.URGENT,
    Tier.EMERGENCY: Action.EMERGENCY,
}


def _at_rest(control: Control, stage: Stage) -> Control:
    """No set follows: what the sets left behind no longer decides anything."""
    return Control(
        stage=stage,
        clearance=control.clearance,
        block=control.block,
        leaving=control.leaving,
        verdict=control.verdict,
        outcome=control.outcome,
    )


def close(script: Script, control: Control, outcome: Outcome) -> Stepped:
    """End the session with an outcome.

    A check-in that is left half way keeps its ratings and the stop they already asked for, and a
    set that is left half rated what was reported in it and answered so far.
    """
    if control.clearance.tier.locks:
        return stop_at_check_in(control)
    known: tuple[Effect, ...] = ()
    for judged in unjudged(script, control):
        known, decision = (judged,), judged.decision
        if decision.action >= Action.SEE_CLINICIAN:
            stopped = stop_for_help(control, decision.action, decision.rules[0])
            return Stepped(stopped.control, (*known, *stopped.effects))
    if outcome is Outcome.INCOMPLETE and control.clearance.tingling is not None:
        stage = control.stage.back if isinstance(control.stage, Wrong) else control.stage
        if isinstance(stage, CheckIn):
            known = (CheckedIn(control.clearance),)
            outcome = Outcome.REFUSED if control.clearance.no_session else outcome
    closed = replace(_at_rest(control, Summary()), outcome=outcome)
    return Stepped(closed, (*known, Hush(), say(f"outcome.{outcome}"), Closed(outcome)))


def unjudged(script: Script, control: Control) -> tuple[Judged | ReportJudged, ...]:
    """What was answered so far or reported, and waited for an answer that will not come any more.

    Half an answer is judged as far as it goes, but never as a good one.
    """
    if control.so_far != SetAnswers():
        decision = _decided_so_far(script, control)
        if decision.action <= Action.HOLD and not control.so_far.complete:
            return ()
        final = decision.action >= Action.SEE_CLINICIAN
        return (Judged(decision, final=final, rest_s=0),)
    place = place_of(script, control)
    if place is None or control.reported == SetAnswers():
        return ()
    decision = judge_report(script, control)
    return () if decision.action is Action.CONTINUE else (ReportJudged(decision, place),)


def needs_help(script: Script, control: Control) -> bool:
    """Whether what is answered so far is a stop sign."""
    if control.so_far == SetAnswers():
        return False
    return _decided_so_far(script, control).action >= Action.SEE_CLINICIAN


def _decided_so_far(script: Script, control: Control) -> Decision:
    rated = replace(control, answers=control.so_far)
    decision, _ = decide(script, rated, block_of(script, rated))
    return decision


def stop_for_help(control: Control, action: Action, rule: str) -> Stepped:
    """Lock first, then silence, then the message (clinical.md 9.1 SYS-02)."""
    stopped = replace(
        _at_rest(control, Message(action)), verdict=action, outcome=HELP_OUTCOME[action]
    )
    lock = Lock(LOCK_TIER[action], rule)
    return Stepped(stopped, (Locked(lock), Hush(), Say(action_message(action))))


def stopped_by_report(script: Script, told: Control, decision: Decision) -> Stepped:
    """Stop for what was reported outside the questions."""
    stopped = stop_for_help(told, decision.action, decision.rules[0])
    judged = ReportJudged(decision, place_of(script, told))
    return Stepped(stopped.control, (judged, *stopped.effects))


def stop_at_check_in(control: Control) -> Stepped:
    """Lock and say what the tier of the check-in asks for."""
    found = control.clearance
    stopped = stop_for_help(control, _ACTION_OF_TIER[found.tier], found.reason)
    return Stepped(stopped.control, (CheckedIn(found), *stopped.effects))


def rest_position(control: Control) -> Stepped:
    """Bring the legs to rest on their support."""
    return Stepped(_at_rest(control, RestPosition()), (say("cue.rest_position"), say("R1.start")))


def leave_early(script: Script, control: Control) -> Stepped:
    """Stop between sets: nothing to rate, the session ends in the rest position."""
    resting = rest_position(replace(control, leaving=True))
    return Stepped(resting.control, (Hush(), *unjudged(script, control), *resting.effects))


def leaving_soon(control: Control) -> Stepped:
    """Stop while a set is being judged: the questions come first, then the session ends."""
    return Stepped(replace(control, leaving=True), (say("cue.finishing"),))


def pause(
    control: Control, back: WarmUp | SwitchSides | LeadIn | Recover | RestPosition
) -> Stepped:
    """Silence, and wait; ``back`` is where resuming leads."""
    return Stepped(at(control, Paused(back)), (Hush(), say("cue.paused")))


def unanswered(
    script: Script, control: Control, given: Tick, asked_again: Stage, *, again: bool
) -> Stepped:
    """A question without an answer: asked again after 60 s, incomplete after 5 minutes."""
    if not is_over(script, control, given):
        return Stepped(control)
    if again:
        return close(script, control, Outcome.INCOMPLETE)
    return Stepped(at(control, asked_again), (AskedAgain(), say("cue.asked_again")))


def leave(script: Script, control: Control) -> Stepped:
    """Close the session as it stands: complete only when nothing but rest was left."""
    stage = control.stage
    while isinstance(stage, Paused | Wrong):
        stage = stage.back
    if not isinstance(stage, RestPosition | TenMinutes):
        return close(script, control, Outcome.INCOMPLETE)
    return close(script, control, outcome_at_rest(control))


def outcome_at_rest(control: Control) -> Outcome:
    """How a session that has reached the rest position ends."""
    early = control.leaving or control.verdict is Action.END_SESSION
    return Outcome.ENDED if early else Outcome.COMPLETED


def in_rest_position(
    script: Script, control: Control, stage: RestPosition, given: Input
) -> Stepped:
    """Two minutes of rest, then the ten-minute question or the end."""
    match given:
        case Tick() if not is_over(script, control, given):
            return Stepped(control)
        case Tick() | Next() | Stop():
            if control.verdict is Action.END_SESSION:
                return Stepped(at(control, TenMinutes()))
            return close(script, control, outcome_at_rest(control))
        case Pause() | ClockGap():
            return pause(control, stage)
        case _:
            return refuse(control, Refusal.NOT_NOW)


def in_ten_minutes(script: Script, control: Control, stage: TenMinutes, given: Input) -> Stepped:
    """Wait for ten minutes after the set, ask once more, and close."""
    match given:
        case RestReply(answer, waited_s) if stage.asking:
            if not on_scale(answer.tingling):
                return refuse(control, Refusal.NOT_A_RATING)
            settled = settled_after(control, answer, 0) or Settled.NOT_BY_600
            known: tuple[Effect, ...] = (RestAnswered(answer, waited_s, settled),)
            decision = judge_ten_minutes(script, control, settled, numb=bool(answer.numb))
            if decision.action >= Action.SEE_CLINICIAN:
                stopped = stop_for_help(control, decision.action, decision.rules[0])
                judged = ReportJudged(decision)
                return Stepped(stopped.control, (*known, judged, *stopped.effects))
            if settled is Settled.NOT_BY_600:
                known = (*known, Judged(decision, final=True, rest_s=0))
            closed = close(script, control, Outcome.ENDED)
            return Stepped(closed.control, (*known, *closed.effects))
        case Tick() if not is_over(script, control, given):
            return Stepped(control)
        case Tick() if not stage.asking:
            return Stepped(at(control, TenMinutes(asking=True)), (say("ask.settle"),))
        case Tick() | Stop():
            return close(script, control, Outcome.ENDED)
        case _:
            return refuse(control, Refusal.NOT_NOW)


def in_message(control: Control, given: Input) -> Stepped:
    """The stop message stands until it is acknowledged; nothing else gets through."""
    match given:
        case Acknowledge() | Leave():
            outcome = control.outcome or Outcome.ENDED
            return Stepped(at(control, Summary()), (Closed(outcome),))
        case Tick() | ClockGap():
            return Stepped(control)
        case _:
            return refuse(control, Refusal.CLOSED)
