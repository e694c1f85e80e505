"""The list behind "Something is wrong": open from anywhere, and what a report leads to."""

from dataclasses import replace

from coach.domain.action import Action
from coach.domain.decision import Decision
from coach.domain.rating import Feel, SetAnswers
from coach.engine.control import (
    CheckIn,
    Control,
    LeadIn,
    Move,
    Paused,
    Rate,
    Recover,
    Rest,
    RestPosition,
    Settle,
    Stage,
    SwitchSides,
    TenMinutes,
    WarmUp,
    Wrong,
)
from coach.engine.decide import (
    action_message,
    decide,
    judge_report,
    merged,
    remembered,
)
from coach.engine.effects import Effect, Hush, Refusal, ReportJudged, Say
from coach.engine.inputs import ClockGap, Input, NothingWrong, Report, Tick
from coach.engine.script import Script
from coach.engine.stages.announcing import resting_words
from coach.engine.stages.closing import rest_position, stopped_by_report
from coach.engine.stages.going import end_set
from coach.engine.stages.judging import provisional
from coach.engine.stages.moving import where_to_resume
from coach.engine.stages.stepped import Stepped, at, refuse, say
from coach.engine.timing import LEAD_IN_RESUME_MS, READING_S
from coach.engine.view import block_of, dose_of, place_of

_ASKED = say("ask.wrong")


def open_list(script: Script, control: Control) -> Stepped:
    """Something is wrong: silence and rest first, whatever was going on."""
    stage = control.stage
    if isinstance(stage, Move):
        rep = where_to_resume(script, control, stage)
        if rep >= dose_of(script, control).reps:
            ended = end_set(control, rep, stopped=True)
            *cut, _question = ended.effects  # the rating is asked for once the list is closed
            return Stepped(at(ended.control, Wrong(Rate())), (*cut, _ASKED))
        begun = LeadIn(LEAD_IN_RESUME_MS, rep, begun=True)
        opened = Wrong(Paused(begun))
        return Stepped(at(control, opened), (Hush(), say("cue.leg_to_rest"), _ASKED))
    if isinstance(stage, LeadIn):
        back = Paused(replace(stage, ms=LEAD_IN_RESUME_MS))
        return Stepped(at(control, Wrong(back)), (Hush(), _ASKED))
    if isinstance(stage, WarmUp | SwitchSides | Recover | RestPosition):
        return Stepped(at(control, Wrong(Paused(stage))), (Hush(), _ASKED))
    if isinstance(stage, Rate | Settle):
        # Going back asks the question afresh.
        return Stepped(at(control, Wrong(type(stage)())), (Hush(), _ASKED))
    if isinstance(stage, CheckIn | Paused | Rest | TenMinutes):
        return Stepped(at(control, Wrong(stage)), (Hush(), _ASKED))
    return refuse(control, Refusal.CLOSED)


def in_wrong(script: Script, control: Control, stage: Wrong, given: Input) -> Stepped:
    """The list is open: take a report, or go back."""
    match given:
        case Report(report):
            return _reported(script, control, stage, report)
        case NothingWrong():
            return _back_to(control, stage.back)
        case Tick() | ClockGap():
            return Stepped(control)
        case _:
            return refuse(control, Refusal.ANSWER_FIRST)


def _back_to(control: Control, stage: Stage) -> Stepped:
    """Close the list; what waits for the person is said again."""
    said: tuple[Say, ...] = ()
    match stage:
        case Rate():
            said = (say("ask.tingling"),)
        case Settle() | TenMinutes(asking=True):
            said = (say("ask.settle"),)
        case Paused():
            said = (say("cue.paused"),)
        case _:
            pass
    return Stepped(at(control, stage), said)


def _reported(script: Script, control: Control, stage: Wrong, report: SetAnswers) -> Stepped:
    """Act on a report at once, or put it beside the answers of the set it belongs to."""
    back = stage.back
    told = replace(control, reported=merged(control.reported, report))
    decision = judge_report(script, told)
    if decision.action >= Action.SEE_CLINICIAN:
        if control.answers is not None:
            rated = replace(told, answers=merged(control.answers, report))
            return provisional(script, rated, 0, ())
        return stopped_by_report(script, told, decision)
    if isinstance(back, Rate):
        return _back_to(told, back)
    if isinstance(back, Rest | Settle):
        answers = merged(control.answers or SetAnswers(), report)
        return _back_to(replace(told, answers=answers), back)
    waiting = back.back if isinstance(back, Paused) else back
    if isinstance(waiting, LeadIn) and waiting.begun:
        return end_set(told, waiting.rep, stopped=True)
    if isinstance(waiting, RestPosition | TenMinutes) and decision.action < Action.END_SESSION:
        stays = _back_to(told, back)
        judged = ReportJudged(decision, place_of(script, told))
        return Stepped(stays.control, (judged, *stays.effects))
    if isinstance(waiting, LeadIn | Recover | SwitchSides) and block_of(script, told).kind.rated:
        return _between_sets(script, told, back)
    if decision.action >= Action.END_EXERCISE:
        return _end_session(script, told, decision)
    return _back_to(told, back)


def _between_sets(script: Script, told: Control, back: Stage) -> Stepped:
    """A report while no set is under way changes the very next one."""
    decision, used = decide(script, replace(told, answers=None), block_of(script, told))
    if decision.action is Action.END_SESSION:
        return _end_session(script, told, decision)
    kept = remembered(told.history, told.reported, None, decision.action)
    numb = told.reported.feels & {Feel.NUMB}  # asked about again when the next set has settled
    after = replace(
        told,
        used=used,
        history=replace(kept, tingling=told.history.tingling, rose=told.history.rose),
        reported=SetAnswers(feels=numb),
    )
    judged: tuple[Effect, ...] = (ReportJudged(decision, place_of(script, told)),)
    if decision.action is Action.END_EXERCISE:
        left = replace(after, stage=Recover(READING_S), verdict=Action.END_EXERCISE)
        return Stepped(left, (*judged, *map(Say, resting_words(script, after, decision))))
    return Stepped(at(after, back), (*judged, *map(Say, decision.words)))


def _end_session(script: Script, told: Control, decision: Decision) -> Stepped:
    resting = rest_position(replace(told, verdict=Action.END_SESSION, leaving=True))
    message = Say(action_message(Action.END_SESSION))
    judged = ReportJudged(decision, place_of(script, told))
    return Stepped(resting.control, (judged, message, *resting.effects))
