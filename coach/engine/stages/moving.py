"""Warm-up, lead-in, the set itself, and pausing."""

from dataclasses import replace

from coach.engine.control import (
    Control,
    LeadIn,
    Move,
    Paused,
    SwitchSides,
    WarmUp,
)
from coach.engine.effects import (
    Refusal,
)
from coach.engine.inputs import (
    Again,
    ClockGap,
    Input,
    Next,
    Pause,
    Resume,
    Stop,
    Tick,
)
from coach.engine.script import Script
from coach.engine.stages.closing import leave_early, pause
from coach.engine.stages.going import end_set, enter_phase, lead_in, next_block, next_phase
from coach.engine.stages.stepped import Stepped, at, is_over, refuse, say
from coach.engine.timing import (
    LEAD_IN_RESUME_MS,
)
from coach.engine.view import dose_of, exercise_of


def in_warm_up(script: Script, control: Control, stage: WarmUp, given: Input) -> Stepped:
    """The warm-up runs its time; it may be left early."""
    match given:
        case Tick() if not is_over(script, control, given):
            return Stepped(control)
        case Tick() if not stage.second_half:
            half = at(control, WarmUp(second_half=True))
            return Stepped(half, (say("cue.warm_up_half"),))
        case Tick() | Next():
            return next_block(script, control)
        case Pause() | ClockGap():
            return pause(control, stage)
        case Stop():
            return leave_early(script, control)
        case _:
            return refuse(control, Refusal.NOT_NOW)


def in_switch_sides(script: Script, control: Control, stage: SwitchSides, given: Input) -> Stepped:
    """Ten seconds to turn to the other leg."""
    match given:
        case Tick() if not is_over(script, control, given):
            return Stepped(control)
        case Tick() | Next():
            return lead_in(script, control, LeadIn(script.lead_in_ms))
        case Pause() | ClockGap():
            return pause(control, stage)
        case Stop():
            return leave_early(script, control)
        case _:
            return refuse(control, Refusal.NOT_NOW)


def in_lead_in(script: Script, control: Control, stage: LeadIn, given: Input) -> Stepped:
    """Count down to the first repetition."""
    match given:
        case Tick() if not is_over(script, control, given):
            return Stepped(control)
        case Tick() | Next():
            return enter_phase(script, control, Move(stage.rep))
        case Pause() | ClockGap():
            return pause(control, replace(stage, ms=LEAD_IN_RESUME_MS))
        case Again():
            return lead_in(script, control, replace(stage, ms=script.lead_in_ms))
        case Stop():
            if stage.begun:
                return end_set(replace(control, leaving=True), stage.rep, stopped=True)
            return leave_early(script, control)
        case _:
            return refuse(control, Refusal.NOT_NOW)


def where_to_resume(script: Script, control: Control, stage: Move) -> int:
    """The repetition to go on with: a hold that had begun is not held a second time (H09)."""
    phases = exercise_of(script, control).phases
    held = any(phase.hold for phase in phases[: stage.phase + 1])
    return stage.rep + 1 if held else stage.rep


def _interrupt(script: Script, control: Control, stage: Move) -> Stepped:
    rep = where_to_resume(script, control, stage)
    if rep >= dose_of(script, control).reps:
        return end_set(control, rep, stopped=True)
    return pause(control, LeadIn(LEAD_IN_RESUME_MS, rep, begun=True))


def in_move(script: Script, control: Control, stage: Move, given: Input) -> Stepped:
    """A phase of a repetition: it runs its time unless the person or a gap interrupts it."""
    match given:
        case Tick() if not is_over(script, control, given):
            return Stepped(control)
        case Tick():
            return next_phase(script, control, stage)
        case Pause() | ClockGap():
            return _interrupt(script, control, stage)
        case Again():
            rep = where_to_resume(script, control, stage)
            if rep != stage.rep:
                return refuse(control, Refusal.NOT_NOW)
            return lead_in(script, control, LeadIn(LEAD_IN_RESUME_MS, rep, begun=True))
        case Next():
            return end_set(control, stage.rep, stopped=True)
        case Stop():
            return end_set(replace(control, leaving=True), stage.rep, stopped=True)
        case _:
            return refuse(control, Refusal.NOT_NOW)


def in_paused(script: Script, control: Control, stage: Paused, given: Input) -> Stepped:
    """Wait for the person to go on or to stop."""
    match given:
        case Resume() | Next():
            if isinstance(stage.back, LeadIn):
                return lead_in(script, control, stage.back)
            return Stepped(at(control, stage.back), (say("cue.resume"),))
        case Stop():
            if isinstance(stage.back, LeadIn):
                return in_lead_in(script, control, stage.back, given)
            return leave_early(script, control)
        case Tick() | ClockGap() | Pause():
            return Stepped(control)
        case _:
            return refuse(control, Refusal.NOT_NOW)
