"""After a set: ratings, settle checks, decision and rest."""

from dataclasses import replace

from coach.domain.action import Action
from coach.domain.rating import Feel, SetAnswers
from coach.engine.control import (
    Control,
    LeadIn,
    Rate,
    Recover,
    Rest,
    Settle,
)
from coach.engine.decide import (
    action_message,
    decide,
    judge_report,
    merged,
    remembered,
    rest_s,
    settled_after,
)
from coach.engine.effects import (
    Answered,
    Effect,
    Hush,
    Judged,
    Refusal,
    RestAnswered,
    Say,
)
from coach.engine.inputs import (
    ClockGap,
    Input,
    Pause,
    Rated,
    RatedSoFar,
    RestReply,
    Stop,
    Tick,
)
from coach.engine.script import Script
from coach.engine.stages.announcing import resting_words
from coach.engine.stages.closing import (
    leave_early,
    leaving_soon,
    needs_help,
    pause,
    rest_position,
    stop_for_help,
    stopped_by_report,
    unanswered,
)
from coach.engine.stages.going import lead_in, next_block
from coach.engine.stages.stepped import Stepped, at, is_over, on_scale, refuse, say
from coach.engine.timing import (
    ANSWERING_S,
    LEAD_IN_NEXT_MS,
    READING_S,
    SETTLE_CHECKS_S,
    first_check_s,
)
from coach.engine.view import block_of, dose_of, exercise_of
from coach.rules.after_set import Settled, is_settled


def in_rate(script: Script, control: Control, stage: Rate, given: Input) -> Stepped:
    """Wait for both ratings; the answers may name places, feelings and news as well."""
    match given:
        case Rated(answers, waited_s):
            if not answers.complete or not on_scale(answers.tingling, answers.pain):
                return _without_a_rating(script, control, answers)
            full = merged(answers, control.reported)
            rated = replace(control, answers=full, so_far=SetAnswers())
            return provisional(script, rated, waited_s, (Answered(full),))
        case RatedSoFar(answers):
            return _rated_so_far(control, answers)
        case Tick():
            # Who has named a stop sign and says no more is not asked for long.
            last = stage.again or needs_help(script, control)
            return unanswered(script, control, given, Rate(again=True), again=last)
        case Stop():
            return leaving_soon(control)
        case _:
            return refuse(control, Refusal.ANSWER_FIRST)


def _without_a_rating(script: Script, control: Control, answers: SetAnswers) -> Stepped:
    """Both ratings are asked for, unless what came with less is a stop sign."""
    told = replace(control, reported=merged(control.reported, answers))
    decision = judge_report(script, told)
    if decision.action >= Action.SEE_CLINICIAN:
        return stopped_by_report(script, told, decision)
    return refuse(control, Refusal.NOT_A_RATING)


def _rated_so_far(control: Control, answers: SetAnswers) -> Stepped:
    """Keep what is known; a rating that was given stays until another takes its place."""
    before = control.so_far
    known = replace(
        answers,
        tingling=before.tingling if answers.tingling is None else answers.tingling,
        pain=before.pain if answers.pain is None else answers.pain,
    )
    given = [one for one in (known.tingling, known.pain) if one is not None]
    if not on_scale(*given):
        return refuse(control, Refusal.NOT_A_RATING)
    answered = Answered(merged(known, control.reported))
    return Stepped(replace(control, so_far=known), (answered,))


def provisional(
    script: Script, control: Control, waited_s: int, before: tuple[Effect, ...]
) -> Stepped:
    """Judge what is known so far; only a call for help does not wait for the settle check."""
    decision, used = decide(script, control, block_of(script, control))
    if decision.action >= Action.SEE_CLINICIAN:
        stopped = stop_for_help(control, decision.action, decision.rules[0])
        judged = Judged(decision, final=True, rest_s=0)
        return Stepped(stopped.control, (*before, judged, *stopped.effects))
    planned = rest_s(dose_of(script, control).rest_s, decision.action, decision.rules)
    resting = Rest(max(first_check_s(dose_of(script, control).rest_s) - waited_s, 0))
    said = map(Say, resting_words(script, replace(control, used=used), decision))
    return Stepped(
        at(control, resting), (*before, Judged(decision, final=False, rest_s=planned), *said)
    )


def in_rest(script: Script, control: Control, given: Input) -> Stepped:
    """Rest; an early "it has settled" is welcome, leaving the rest is not."""
    match given:
        case Tick() if not is_over(script, control, given):
            return Stepped(control)
        case Tick():
            return Stepped(at(control, Settle()), (say("ask.settle"),))
        case RestReply() if control.settled is None:
            return _settle_answer(script, control, given)
        case Stop():
            return leaving_soon(control)
        case _:
            return refuse(control, Refusal.REST_FIRST)


def in_settle(script: Script, control: Control, stage: Settle, given: Input) -> Stepped:
    """Wait for the settle answer."""
    match given:
        case RestReply():
            return _settle_answer(script, control, given)
        case Tick():
            return unanswered(script, control, given, Settle(again=True), again=stage.again)
        case Stop():
            return leaving_soon(control)
        case _:
            return refuse(control, Refusal.ANSWER_FIRST)


def _answers_for_s(control: Control, waited_s: int) -> int:
    """The time since the set, in seconds, that an answer speaks for.

    Nobody answers in the second a question is asked: a prompt answer counts as of its check.
    """
    if isinstance(control.stage, Settle):
        for check in SETTLE_CHECKS_S:
            if check <= waited_s <= check + ANSWERING_S:
                return check
    return waited_s


def _settle_answer(script: Script, control: Control, given: RestReply) -> Stepped:
    """One settle check. Final once it has settled, or at 120 s, or numbness outlasts the rest."""
    answers, answer = control.answers or SetAnswers(), given.answer
    first_check, last_check = SETTLE_CHECKS_S
    last = given.waited_s >= last_check
    strong_pain = (answers.pain or 0) >= script.after_set.strong_pain_from
    numb_asked = Feel.NUMB in answers.feels
    complete = (
        on_scale(answer.tingling)
        and (not numb_asked or answer.numb is not None)
        and (not (strong_pain and last) or on_scale(answer.pain))
    )
    if not complete:
        return refuse(control, Refusal.NOT_A_RATING)
    settled = control.settled or settled_after(
        control, answer, _answers_for_s(control, given.waited_s)
    )
    settled_at_first = is_settled(answers.tingling or 0, control.clearance.tingling)
    if settled is None and last:
        settled = Settled.BY_600
    told = replace(
        control,
        settled=settled,
        rose_later=control.rose_later or (settled is None and settled_at_first),
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
    return Stepped(at(told, Rest(due - given.waited_s)), known)


def _final(script: Script, control: Control, waited_s: int, before: tuple[Effect, ...]) -> Stepped:
    """All is known: decide, remember, and go where the decision leads."""
    answers = control.answers or SetAnswers()
    decision, used = decide(script, control, block_of(script, control))
    action = decision.action
    planned = rest_s(dose_of(script, control).rest_s, action, decision.rules)
    judged = Judged(decision, final=True, rest_s=max(planned, waited_s))
    if action >= Action.SEE_CLINICIAN:
        stopped = stop_for_help(control, action, decision.rules[0])
        return Stepped(stopped.control, (*before, judged, *stopped.effects))
    after = replace(
        control,
        history=remembered(control.history, answers, control.settled, action),
        used=used,
        verdict=action,
        answers=None,
        reported=SetAnswers(),
        stopped=False,
        settled=None,
        rose_later=False,
        numb=None,
        pain_after_rest=None,
    )
    said = map(Say, resting_words(script, after, decision))
    if action is Action.END_SESSION:
        resting = rest_position(after)
        message = Say(action_message(action))
        return Stepped(resting.control, (*before, judged, Hush(), message, *resting.effects))
    if control.leaving:
        resting = rest_position(after)
        return Stepped(resting.control, (*before, judged, *resting.effects))
    moves = exercise_of(script, after).id != exercise_of(script, control).id
    reading = READING_S if decision.levers else 0
    recovering = Recover(max(planned - waited_s, reading), moves)
    return Stepped(at(after, recovering), (*before, judged, *said))


def in_recover(script: Script, control: Control, stage: Recover, given: Input) -> Stepped:
    """The rest of the rest cannot be cut short (H10)."""
    match given:
        case Tick() if not is_over(script, control, given):
            return Stepped(control)
        case Tick():
            return _after_rest(script, control, stage)
        case Pause() | ClockGap():
            return pause(control, stage)
        case Stop():
            return leave_early(script, control)
        case _:
            return refuse(control, Refusal.REST_FIRST)


def _after_rest(script: Script, control: Control, stage: Recover) -> Stepped:
    """The next set of this exercise, or the next exercise."""
    ended = control.verdict is Action.END_EXERCISE
    following = replace(control, set_n=control.set_n + 1, verdict=None)
    if ended or following.set_n >= dose_of(script, control).sets:
        return next_block(script, following)
    ms = script.lead_in_ms if stage.moves else LEAD_IN_NEXT_MS
    return lead_in(script, following, LeadIn(ms))
