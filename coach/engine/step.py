"""The one function that moves a session: step(script, control, input) -> (control, effects).

Two rules hold in this file. Nothing that decides what happens next lives anywhere else. Every
input is answered in every stage: what does not fit is refused with a reason, and the control comes
back unchanged. What a stage does with its inputs stands in one function per stage.
"""

from dataclasses import replace
from typing import NamedTuple, assert_never

from coach.domain.action import LOCK_TIER, Action, Tier
from coach.domain.decision import Phrase
from coach.domain.exercise import Kind
from coach.domain.rating import HIGHEST, LOWEST, Feel, RestAnswer, SetAnswers
from coach.domain.screening import Lock
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
from coach.engine.decide import (
    action_message,
    decide,
    judge_report,
    judge_ten_minutes,
    merged,
    new_exercise,
    remembered,
    rest_s,
    tier_message,
)
from coach.engine.effects import (
    Answered,
    AskedAgain,
    CheckedIn,
    Closed,
    Effect,
    Hush,
    Judged,
    Locked,
    Outcome,
    Refusal,
    Refused,
    RestAnswered,
    Say,
    SetBegins,
    SetEnds,
)
from coach.engine.inputs import (
    Acknowledge,
    Again,
    BaselinePain,
    BaselinePlaces,
    BaselineTingling,
    ClockGap,
    Input,
    Leave,
    Next,
    NothingWrong,
    Pause,
    Rated,
    Replied,
    Report,
    RestReply,
    Resume,
    SomethingWrong,
    Stop,
    Tick,
)
from coach.engine.script import Script
from coach.engine.timing import (
    LEAD_IN_FIRST_MS,
    LEAD_IN_NEXT_MS,
    LEAD_IN_RESUME_MS,
    SETTLE_CHECKS_S,
)
from coach.engine.view import block_of, dose_of, duration_ms, exercise_of
from coach.rules.after_set import SETTLED_WITHIN, Settled, settled_class
from coach.rules.check_in import BASELINE_RULE, answered, rated

PAIN_RECHECK_FROM = 8  # clinical.md 9.3 SET-08


class Stepped(NamedTuple):
    """The control after an input, and what it asks of the world, in order."""

    control: Control
    effects: tuple[Effect, ...] = ()


def _refuse(control: Control, reason: Refusal) -> Stepped:
    return Stepped(control, (Refused(reason),))


def _at(control: Control, stage: Stage) -> Control:
    return replace(control, stage=stage)


def _say(key: str, **blanks: str) -> Say:
    return Say(Phrase(key, tuple(sorted(blanks.items()))))


def _is_over(script: Script, control: Control, given: Tick) -> bool:
    planned = duration_ms(script, control)
    return planned is not None and given.elapsed_ms >= planned


# Closing ------------------------------------------------------------------------------------------


def _close(control: Control, outcome: Outcome) -> Stepped:
    closed = replace(control, stage=Summary(), outcome=outcome)
    return Stepped(closed, (Hush(), _say(f"outcome.{outcome}"), Closed(outcome)))


_OUTCOMES = {
    Action.SEE_CLINICIAN: Outcome.CLINICIAN,
    Action.URGENT: Outcome.URGENT,
    Action.EMERGENCY: Outcome.EMERGENCY,
}

_ACTION_OF_TIER = {
    Tier.CLEARANCE: Action.SEE_CLINICIAN,
    Tier.URGENT: Action.URGENT,
    Tier.EMERGENCY: Action.EMERGENCY,
}


def _stop_for_help(control: Control, action: Action, rule: str) -> Stepped:
    """Lock first, then silence, then the message (clinical.md 9.1 SYS-02)."""
    stopped = replace(control, stage=Message(action), verdict=action, outcome=_OUTCOMES[action])
    lock = Lock(LOCK_TIER[action], rule)
    return Stepped(stopped, (Locked(lock), Hush(), Say(action_message(action))))


def _rest_position(control: Control) -> Stepped:
    return Stepped(_at(control, RestPosition()), (_say("R1.start"),))


# Moving along the course --------------------------------------------------------------------------


def _begin_block(script: Script, control: Control) -> Stepped:
    """Start the block ``control.block``, or the rest position after the last one."""
    blocks = script.course(control.clearance).blocks
    if control.block >= len(blocks):
        return _rest_position(control)
    block = blocks[control.block]
    if block.kind is Kind.WARM_UP:
        return Stepped(_at(control, WarmUp()), (_say("W1.start"),))
    before = next((b for b in reversed(blocks[: control.block]) if b.side), None)
    if before is not None and before.side is not block.side:
        assert block.side is not None
        side = f"@side.{block.side}"
        return Stepped(_at(control, SwitchSides()), (_say("cue.switch_sides", side=side),))
    return _lead_in(script, control, LeadIn(LEAD_IN_FIRST_MS))


def _lead_in(script: Script, control: Control, lead: LeadIn) -> Stepped:
    block = block_of(script, control)
    exercise = exercise_of(script, control)
    side = f"@side.{block.side}" if block.side else "@side.none"
    cue = "cue.resume" if lead.begun else "cue.get_ready"
    blanks = {} if lead.begun else {"exercise": f"@{exercise.id}.name", "side": side}
    return Stepped(_at(control, lead), (_say(cue, **blanks),))


def _next_block(script: Script, control: Control) -> Stepped:
    blocks = script.course(control.clearance).blocks
    here, nxt = blocks[control.block], control.block + 1
    other_side = nxt < len(blocks) and blocks[nxt].side is not here.side
    moved = replace(
        control,
        block=nxt,
        set_n=0,
        used=0,
        history=new_exercise(control.history, other_side=other_side),
    )
    return _begin_block(script, moved)


def _enter_phase(script: Script, control: Control, move: Move) -> Stepped:
    """Start a phase and say its cue; the first phase of a set announces the set."""
    exercise, dose = exercise_of(script, control), dose_of(script, control)
    phase = exercise.phases[move.phase]
    effects: list[Effect] = []
    if isinstance(control.stage, LeadIn) and not control.stage.begun:
        effects.append(SetBegins(block_of(script, control).side, dose))
    last = move.phase == 0 and move.rep == dose.reps - 1 and dose.reps > 1
    key = "cue.last_one" if last else exercise.cue(phase.name)
    if key is not None:
        effects.append(_say(key))
    return Stepped(_at(control, move), tuple(effects))


def _end_set(control: Control, reps_done: int, *, stopped: bool) -> Stepped:
    """The set is over: leg to rest, then the questions."""
    waiting = replace(control, stage=Rate(), stopped=stopped)
    cue = "cue.leg_to_rest" if stopped else "ask.tingling"
    return Stepped(waiting, (Hush(), SetEnds(reps_done, stopped), _say(cue)))


# One function per stage ---------------------------------------------------------------------------


def _check_in(script: Script, control: Control, stage: CheckIn, given: Input) -> Stepped:
    count = len(script.questions)
    match given:
        case Replied(name, reply) if stage.item < count and name == script.questions[stage.item].id:
            found = answered(control.clearance, script.questions[stage.item], reply)
            return _asked(script, replace(control, clearance=found), stage.item + 1)
        case BaselineTingling(rating) if stage.item == count:
            if not LOWEST <= rating <= HIGHEST:
                return _refuse(control, Refusal.NOT_A_RATING)
            found = replace(control.clearance, tingling=rating)
            return _asked(script, replace(control, clearance=found), stage.item + 1)
        case BaselinePain(rating) if stage.item == count + 1:
            if not LOWEST <= rating <= HIGHEST:
                return _refuse(control, Refusal.NOT_A_RATING)
            found = rated(control.clearance, control.clearance.tingling or 0, rating)
            return _asked(script, replace(control, clearance=found), stage.item + 1)
        case BaselinePlaces(where) if stage.item == count + 2:
            zone = SetAnswers(where=where).zone
            found = replace(control.clearance, zone=zone)
            return _checked_in(script, replace(control, clearance=found))
        case Tick():
            return _waiting(script, control, given, replace(stage, again=True), again=stage.again)
        case Stop() | Leave():
            return _close(control, Outcome.INCOMPLETE)
        case _:
            return _refuse(control, Refusal.ANSWER_FIRST)


def _asked(script: Script, control: Control, item: int) -> Stepped:
    """Go to the next item, or stop when no later answer could make it more serious."""
    found = control.clearance
    ahead = [question.tier for question in script.questions[item:]]
    if found.tier.locks and all(tier <= found.tier for tier in ahead):
        stopped = _stop_for_help(control, _ACTION_OF_TIER[found.tier], found.rules[-1])
        return Stepped(stopped.control, (CheckedIn(found), *stopped.effects))
    if found.no_session:
        closed = _close(
            replace(control, clearance=replace(found, rules=(*found.rules, BASELINE_RULE))),
            Outcome.REFUSED,
        )
        return Stepped(closed.control, (CheckedIn(closed.control.clearance), *closed.effects))
    after_ratings = item == len(script.questions) + 2
    if after_ratings and found.worst == 0:
        return _checked_in(script, control)
    return Stepped(_at(control, CheckIn(item)))


def _checked_in(script: Script, control: Control) -> Stepped:
    course = script.course(control.clearance)
    checked = CheckedIn(control.clearance, course.left_out)
    if not course.playable:
        closed = _close(control, Outcome.REFUSED)
        return Stepped(closed.control, (checked, *closed.effects))
    begun = _begin_block(script, control)
    return Stepped(
        begun.control, (checked, Say(tier_message(control.clearance.tier)), *begun.effects)
    )


def _waiting(
    script: Script, control: Control, given: Tick, asked_again: Stage, *, again: bool
) -> Stepped:
    """A question without an answer: asked again after 60 s, incomplete after 5 minutes."""
    if not _is_over(script, control, given):
        return Stepped(control)
    if again:
        return _close(control, Outcome.INCOMPLETE)
    return Stepped(_at(control, asked_again), (AskedAgain(), _say("cue.asked_again")))


def _warm_up(script: Script, control: Control, _stage: WarmUp, given: Input) -> Stepped:
    match given:
        case Tick() if not _is_over(script, control, given):
            return Stepped(control)
        case Tick() | Next():
            return _next_block(script, control)
        case Pause() | ClockGap():
            return _pause(control, WarmUp())
        case Stop():
            return _leave_early(control)
        case _:
            return _refuse(control, Refusal.NOT_NOW)


def _switch_sides(script: Script, control: Control, stage: SwitchSides, given: Input) -> Stepped:
    match given:
        case Tick() if not _is_over(script, control, given):
            return Stepped(control)
        case Tick() | Next():
            return _lead_in(script, control, LeadIn(LEAD_IN_FIRST_MS))
        case Pause() | ClockGap():
            return _pause(control, stage)
        case Stop():
            return _leave_early(control)
        case _:
            return _refuse(control, Refusal.NOT_NOW)


def _leave_early(control: Control) -> Stepped:
    """Stop between sets: nothing to rate, the session ends in the rest position."""
    resting = _rest_position(replace(control, leaving=True))
    return Stepped(resting.control, (Hush(), *resting.effects))


def _pause(
    control: Control, back: WarmUp | SwitchSides | LeadIn | Recover | RestPosition
) -> Stepped:
    return Stepped(_at(control, Paused(back)), (Hush(), _say("cue.paused")))


def _lead_in_stage(script: Script, control: Control, stage: LeadIn, given: Input) -> Stepped:
    match given:
        case Tick() if not _is_over(script, control, given):
            return Stepped(control)
        case Tick() | Next():
            return _enter_phase(script, control, Move(stage.rep))
        case Pause() | ClockGap():
            return _pause(control, replace(stage, ms=LEAD_IN_RESUME_MS))
        case Again():
            return _lead_in(script, control, replace(stage, ms=LEAD_IN_FIRST_MS))
        case Stop():
            if stage.begun:
                return _end_set(replace(control, leaving=True), stage.rep, stopped=True)
            return _leave_early(control)
        case _:
            return _refuse(control, Refusal.NOT_NOW)


def _where_to_resume(script: Script, control: Control, stage: Move) -> int:
    """The repetition to go on with: a hold that had begun is not held a second time (H09)."""
    phases = exercise_of(script, control).phases
    held = any(phase.hold for phase in phases[: stage.phase + 1])
    return stage.rep + 1 if held else stage.rep


def _interrupt(script: Script, control: Control, stage: Move) -> Stepped:
    rep = _where_to_resume(script, control, stage)
    if rep >= dose_of(script, control).reps:
        return _end_set(control, rep, stopped=True)
    return _pause(control, LeadIn(LEAD_IN_RESUME_MS, rep, begun=True))


def _move(script: Script, control: Control, stage: Move, given: Input) -> Stepped:
    match given:
        case Tick() if not _is_over(script, control, given):
            return Stepped(control)
        case Tick():
            return _next_phase(script, control, stage)
        case Pause() | ClockGap():
            return _interrupt(script, control, stage)
        case Again():
            rep = _where_to_resume(script, control, stage)
            if rep != stage.rep:
                return _refuse(control, Refusal.NOT_NOW)
            return _lead_in(script, control, LeadIn(LEAD_IN_RESUME_MS, rep, begun=True))
        case Next():
            return _end_set(control, stage.rep, stopped=True)
        case Stop():
            return _end_set(replace(control, leaving=True), stage.rep, stopped=True)
        case _:
            return _refuse(control, Refusal.NOT_NOW)


def _next_phase(script: Script, control: Control, stage: Move) -> Stepped:
    exercise, dose = exercise_of(script, control), dose_of(script, control)
    if stage.phase + 1 < len(exercise.phases):
        return _enter_phase(script, control, Move(stage.rep, stage.phase + 1))
    if stage.rep + 1 < dose.reps:
        return _enter_phase(script, control, Move(stage.rep + 1))
    return _end_set(control, dose.reps, stopped=False)


def _rate(script: Script, control: Control, stage: Rate, given: Input) -> Stepped:
    match given:
        case Rated(answers):
            if not answers.complete or not _on_scale(answers.tingling, answers.pain):
                return _refuse(control, Refusal.NOT_A_RATING)
            full = merged(answers, control.reported)
            return _provisional(script, replace(control, answers=full), (Answered(full),))
        case Tick():
            return _waiting(script, control, given, Rate(again=True), again=stage.again)
        case Stop():
            return Stepped(replace(control, leaving=True))
        case _:
            return _refuse(control, Refusal.ANSWER_FIRST)


def _on_scale(*ratings: int | None) -> bool:
    return all(rating is not None and LOWEST <= rating <= HIGHEST for rating in ratings)


def _provisional(script: Script, control: Control, before: tuple[Effect, ...]) -> Stepped:
    """Judge what is known so far; only a call for help does not wait for the settle check."""
    decision, _ = decide(script, control, block_of(script, control))
    if decision.action >= Action.SEE_CLINICIAN:
        stopped = _stop_for_help(control, decision.action, decision.rules[0])
        judged = Judged(decision, final=True, rest_s=0)
        return Stepped(stopped.control, (*before, judged, *stopped.effects))
    planned = rest_s(dose_of(script, control).rest_s, decision.action, decision.rules)
    resting = Rest(min(dose_of(script, control).rest_s, SETTLE_CHECKS_S[0]))
    said = tuple(Say(words) for words in decision.words[:1])
    return Stepped(
        _at(control, resting), (*before, Judged(decision, final=False, rest_s=planned), *said)
    )


def _rest(script: Script, control: Control, stage: Rest, given: Input) -> Stepped:
    match given:
        case Tick() if not _is_over(script, control, given):
            return Stepped(control)
        case Tick():
            return Stepped(_at(control, Settle()), (_say("ask.settle"),))
        case RestReply() if control.settled is None:
            return _settle_answer(script, control, given)
        case Stop():
            return Stepped(replace(control, leaving=True))
        case _:
            return _refuse(control, Refusal.REST_FIRST)


def _settle(script: Script, control: Control, stage: Settle, given: Input) -> Stepped:
    match given:
        case RestReply():
            return _settle_answer(script, control, given)
        case Tick():
            return _waiting(script, control, given, Settle(again=True), again=stage.again)
        case Stop():
            return Stepped(replace(control, leaving=True))
        case _:
            return _refuse(control, Refusal.ANSWER_FIRST)


def _settle_answer(script: Script, control: Control, given: RestReply) -> Stepped:
    """One settle check. Final once it has settled, or at 120 s, or numbness outlasts the rest."""
    answers, answer = control.answers or SetAnswers(), given.answer
    first_check, last_check = SETTLE_CHECKS_S
    last = given.waited_s >= last_check
    strong_pain = (answers.pain or 0) >= PAIN_RECHECK_FROM
    numb_asked = Feel.NUMB in answers.feels
    complete = (
        _on_scale(answer.tingling)
        and (not numb_asked or answer.numb is not None)
        and (not (strong_pain and last) or _on_scale(answer.pain))
    )
    if not complete:
        return _refuse(control, Refusal.NOT_A_RATING)
    settled = control.settled or _settled(control, answer, given.waited_s)
    if settled is None and last:
        settled = Settled.BY_600
    told = replace(
        control,
        settled=settled,
        numb=answer.numb if numb_asked else None,
        pain_after_rest=answer.pain if strong_pain and last else None,
    )
    known = (RestAnswered(answer, given.waited_s, settled),)
    numb = bool(told.numb)
    if last or (numb and given.waited_s >= first_check):
        return _final(script, told, given.waited_s, known)
    if settled is not None and not numb and not strong_pain:
        return _final(script, told, given.waited_s, known)
    waits = settled is not None and strong_pain and not numb
    due = last_check if waits or given.waited_s >= first_check else first_check
    return Stepped(_at(told, Rest(due - given.waited_s)), known)


def _settled(control: Control, answer: RestAnswer, waited_s: int) -> Settled | None:
    """The settling class this answer proves, None while it has not settled."""
    limit = (control.clearance.tingling or 0) + SETTLED_WITHIN
    if answer.tingling is None or answer.tingling > limit:
        return None
    peak = (control.answers or SetAnswers()).tingling or 0
    return Settled.BY_60 if peak <= limit else settled_class(waited_s)


def _final(script: Script, control: Control, waited_s: int, before: tuple[Effect, ...]) -> Stepped:
    """All is known: decide, remember, and go where the decision leads."""
    answers = control.answers or SetAnswers()
    decision, used = decide(script, control, block_of(script, control))
    action = decision.action
    planned = rest_s(dose_of(script, control).rest_s, action, decision.rules)
    judged = Judged(decision, final=True, rest_s=max(planned, waited_s))
    if action >= Action.SEE_CLINICIAN:
        stopped = _stop_for_help(control, action, decision.rules[0])
        return Stepped(stopped.control, (*before, judged, *stopped.effects))
    after = replace(
        control,
        history=remembered(control.history, answers, control.settled, action),
        used=used,
        verdict=action,
        answers=answers if action is Action.END_SESSION else None,
        reported=SetAnswers(),
        stopped=False,
        settled=None,
        numb=None,
        pain_after_rest=None,
    )
    said = tuple(Say(words) for words in decision.words[:2])
    if action is Action.END_SESSION:
        resting = _rest_position(after)
        message = Say(action_message(action))
        return Stepped(resting.control, (*before, judged, Hush(), message, *resting.effects))
    if control.leaving:
        resting = _rest_position(after)
        return Stepped(resting.control, (*before, judged, *resting.effects))
    moves = exercise_of(script, after).id != exercise_of(script, control).id
    recovering = Recover(max(planned - waited_s, 0), moves)
    return Stepped(_at(after, recovering), (*before, judged, *said))


def _recover(script: Script, control: Control, stage: Recover, given: Input) -> Stepped:
    match given:
        case Tick() if not _is_over(script, control, given):
            return Stepped(control)
        case Tick():
            return _after_rest(script, control, stage)
        case Pause() | ClockGap():
            return _pause(control, stage)
        case Stop():
            return _leave_early(control)
        case _:
            return _refuse(control, Refusal.REST_FIRST)


def _after_rest(script: Script, control: Control, stage: Recover) -> Stepped:
    """The next set of this exercise, or the next exercise."""
    ended = control.verdict is Action.END_EXERCISE
    following = replace(control, set_n=control.set_n + 1, verdict=None)
    if ended or following.set_n >= dose_of(script, control).sets:
        return _next_block(script, following)
    ms = LEAD_IN_FIRST_MS if stage.moves else LEAD_IN_NEXT_MS
    return _lead_in(script, following, LeadIn(ms))


def _rest_position_stage(
    script: Script, control: Control, stage: RestPosition, given: Input
) -> Stepped:
    match given:
        case Tick() if not _is_over(script, control, given):
            return Stepped(control)
        case Tick() | Next() | Stop():
            if control.verdict is Action.END_SESSION:
                return Stepped(_at(control, TenMinutes()))
            return _close(control, Outcome.ENDED if control.leaving else Outcome.COMPLETED)
        case Pause() | ClockGap():
            return _pause(control, stage)
        case _:
            return _refuse(control, Refusal.NOT_NOW)


def _ten_minutes(script: Script, control: Control, stage: TenMinutes, given: Input) -> Stepped:
    match given:
        case RestReply(answer, waited_s) if stage.asking:
            if not _on_scale(answer.tingling):
                return _refuse(control, Refusal.NOT_A_RATING)
            settled = _settled(control, answer, 0) or Settled.NOT_BY_600
            known = RestAnswered(answer, waited_s, settled)
            judged = Judged(judge_ten_minutes(script, control, settled), final=True, rest_s=0)
            closed = _close(control, Outcome.ENDED)
            return Stepped(closed.control, (known, judged, *closed.effects))
        case Tick() if not _is_over(script, control, given):
            return Stepped(control)
        case Tick() if not stage.asking:
            return Stepped(_at(control, TenMinutes(asking=True)), (_say("ask.settle"),))
        case Tick() | Stop():
            return _close(control, Outcome.ENDED)
        case _:
            return _refuse(control, Refusal.NOT_NOW)


def _paused(script: Script, control: Control, stage: Paused, given: Input) -> Stepped:
    match given:
        case Resume() | Next():
            if isinstance(stage.back, LeadIn):
                return _lead_in(script, control, stage.back)
            return Stepped(_at(control, stage.back), (_say("cue.resume"),))
        case Stop():
            if isinstance(stage.back, LeadIn):
                return _lead_in_stage(script, control, stage.back, given)
            return _leave_early(control)
        case Tick() | ClockGap() | Pause():
            return Stepped(control)
        case _:
            return _refuse(control, Refusal.NOT_NOW)


def _wrong(script: Script, control: Control, stage: Wrong, given: Input) -> Stepped:
    match given:
        case Report(report):
            return _reported(script, control, stage, report)
        case NothingWrong():
            return Stepped(_at(control, stage.back))
        case Tick() | ClockGap():
            return Stepped(control)
        case Stop():
            return step(script, _at(control, stage.back), given)
        case _:
            return _refuse(control, Refusal.ANSWER_FIRST)


def _reported(script: Script, control: Control, stage: Wrong, report: SetAnswers) -> Stepped:
    told = replace(control, reported=merged(control.reported, report))
    decision = judge_report(script, told, report)
    if decision.action >= Action.SEE_CLINICIAN:
        if control.answers is not None:
            return _provisional(script, replace(told, answers=merged(control.answers, report)), ())
        stopped = _stop_for_help(told, decision.action, decision.rules[0])
        judged = Judged(decision, final=True, rest_s=0)
        return Stepped(stopped.control, (judged, *stopped.effects))
    back = stage.back
    if isinstance(back, Paused) and isinstance(back.back, LeadIn) and back.back.begun:
        return _end_set(told, back.back.rep, stopped=True)
    if isinstance(back, Rest | Settle) and control.answers is not None:
        told = replace(told, answers=merged(control.answers, report))
    if decision.action is Action.END_SESSION and not isinstance(back, Rate | Rest | Settle):
        ended = replace(told, stage=back, verdict=Action.END_SESSION, leaving=True)
        resting = _rest_position(ended)
        judged = Judged(decision, final=True, rest_s=0)
        message = Say(action_message(Action.END_SESSION))
        return Stepped(resting.control, (judged, message, *resting.effects))
    return Stepped(_at(told, back))


def _message(control: Control, given: Input) -> Stepped:
    match given:
        case Acknowledge() | Leave():
            outcome = control.outcome or Outcome.ENDED
            return Stepped(_at(control, Summary()), (Closed(outcome),))
        case Tick() | ClockGap():
            return Stepped(control)
        case _:
            return _refuse(control, Refusal.CLOSED)


# The step -----------------------------------------------------------------------------------------


def _open_list(script: Script, control: Control) -> Stepped:
    """Something is wrong: silence and rest first, whatever was going on."""
    stage = control.stage
    if isinstance(stage, Move):
        rep = _where_to_resume(script, control, stage)
        if rep >= dose_of(script, control).reps:
            ended = _end_set(control, rep, stopped=True)
            return Stepped(_at(ended.control, Wrong(Rate())), ended.effects)
        begun = LeadIn(LEAD_IN_RESUME_MS, rep, begun=True)
        opened = Wrong(Paused(begun))
        return Stepped(_at(control, opened), (Hush(), _say("cue.leg_to_rest")))
    if isinstance(stage, LeadIn):
        back = Paused(replace(stage, ms=LEAD_IN_RESUME_MS))
        return Stepped(_at(control, Wrong(back)), (Hush(),))
    if isinstance(stage, WarmUp | SwitchSides | Recover | RestPosition):
        return Stepped(_at(control, Wrong(Paused(stage))), (Hush(),))
    if isinstance(stage, CheckIn | Paused | Rate | Rest | Settle | TenMinutes):
        return Stepped(_at(control, Wrong(stage)), (Hush(),))
    return _refuse(control, Refusal.CLOSED)


def step(script: Script, control: Control, given: Input) -> Stepped:
    """The session after one input. Total over every control and input; never raises.

    A control that comes back unchanged with a :class:`Refused` effect was not touched.
    """
    stage = control.stage
    if isinstance(stage, Summary):
        return Stepped(control) if isinstance(given, Tick) else _refuse(control, Refusal.CLOSED)
    if isinstance(stage, Message):
        return _message(control, given)
    if isinstance(given, SomethingWrong) and not isinstance(stage, Wrong):
        return _open_list(script, control)
    if isinstance(given, Leave):
        return _close(control, Outcome.INCOMPLETE)
    match stage:
        case CheckIn():
            return _check_in(script, control, stage, given)
        case WarmUp():
            return _warm_up(script, control, stage, given)
        case SwitchSides():
            return _switch_sides(script, control, stage, given)
        case LeadIn():
            return _lead_in_stage(script, control, stage, given)
        case Move():
            return _move(script, control, stage, given)
        case Rate():
            return _rate(script, control, stage, given)
        case Rest():
            return _rest(script, control, stage, given)
        case Settle():
            return _settle(script, control, stage, given)
        case Recover():
            return _recover(script, control, stage, given)
        case RestPosition():
            return _rest_position_stage(script, control, stage, given)
        case TenMinutes():
            return _ten_minutes(script, control, stage, given)
        case Paused():
            return _paused(script, control, stage, given)
        case Wrong():
            return _wrong(script, control, stage, given)
        case _:
            assert_never(stage)
