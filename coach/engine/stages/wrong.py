"""The list behind "Something is wrong": open from anywhere, and what a report leads to."""

from dataclasses import replace

from coach.domain.action import Action
from coach.domain.rating import SetAnswers
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
    SwitchSides,
    TenMinutes,
    WarmUp,
    Wrong,
)
from coach.engine.decide import (
    action_message,
    judge_report,
    merged,
)
from coach.engine.effects import (
    Hush,
    Judged,
    Refusal,
    Say,
)
from coach.engine.inputs import (
    ClockGap,
    Input,
    NothingWrong,
    Report,
    Tick,
)
from coach.engine.script import Script
from coach.engine.stages.closing import rest_position, stop_for_help
from coach.engine.stages.going import end_set
from coach.engine.stages.judging import provisional
from coach.engine.stages.moving import where_to_resume
from coach.engine.stages.stepped import Stepped, at, refuse, say
from coach.engine.timing import (
    LEAD_IN_RESUME_MS,
)
from coach.engine.view import dose_of


def open_list(script: Script, control: Control) -> Stepped:
    """Something is wrong: silence and rest first, whatever was going on."""
    stage = control.stage
    if isinstance(stage, Move):
        rep = where_to_resume(script, control, stage)
        if rep >= dose_of(script, control).reps:
            ended = end_set(control, rep, stopped=True)
            return Stepped(at(ended.control, Wrong(Rate())), ended.effects)
        begun = LeadIn(LEAD_IN_RESUME_MS, rep, begun=True)
        opened = Wrong(Paused(begun))
        return Stepped(at(control, opened), (Hush(), say("cue.leg_to_rest")))
    if isinstance(stage, LeadIn):
        back = Paused(replace(stage, ms=LEAD_IN_RESUME_MS))
        return Stepped(at(control, Wrong(back)), (Hush(),))
    if isinstance(stage, WarmUp | SwitchSides | Recover | RestPosition):
        return Stepped(at(control, Wrong(Paused(stage))), (Hush(),))
    if isinstance(stage, Rate | Settle):
        # Going back asks the question afresh.
        return Stepped(at(control, Wrong(type(stage)())), (Hush(),))
    if isinstance(stage, CheckIn | Paused | Rest | TenMinutes):
        return Stepped(at(control, Wrong(stage)), (Hush(),))
    return refuse(control, Refusal.CLOSED)


def in_wrong(script: Script, control: Control, stage: Wrong, given: Input) -> Stepped:
    """The list is open: take a report, or go back."""
    match given:
        case Report(report):
            return _reported(script, control, stage, report)
        case NothingWrong():
            return Stepped(at(control, stage.back))
        case Tick() | ClockGap():
            return Stepped(control)
        case _:
            return refuse(control, Refusal.ANSWER_FIRST)


def _reported(script: Script, control: Control, stage: Wrong, report: SetAnswers) -> Stepped:
    told = replace(control, reported=merged(control.reported, report))
    decision = judge_report(script, told, report)
    if decision.action >= Action.SEE_CLINICIAN:
        if control.answers is not None:
            rated = replace(told, answers=merged(control.answers, report))
            return provisional(script, rated, 0, ())
        stopped = stop_for_help(told, decision.action, decision.rules[0])
        judged = Judged(decision, final=True, rest_s=0)
        return Stepped(stopped.control, (judged, *stopped.effects))
    back = stage.back
    if isinstance(back, Paused) and isinstance(back.back, LeadIn) and back.back.begun:
        return end_set(told, back.back.rep, stopped=True)
    if isinstance(back, Rest | Settle) and control.answers is not None:
        told = replace(told, answers=merged(control.answers, report))
    if decision.action is Action.END_SESSION and not isinstance(back, Rate | Rest | Settle):
        ended = replace(told, stage=back, verdict=Action.END_SESSION, leaving=True)
        resting = rest_position(ended)
        judged = Judged(decision, final=True, rest_s=0)
        message = Say(action_message(Action.END_SESSION))
        return Stepped(resting.control, (judged, message, *resting.effects))
    return Stepped(at(told, back))
