"""Moving along the course: blocks, lead-ins, phases and the end of a set."""

from dataclasses import replace

from coach.domain.exercise import Exercise, Kind
from coach.engine.control import (
    Control,
    LeadIn,
    Move,
    Rate,
    SwitchSides,
    WarmUp,
)
from coach.engine.decide import (
    new_exercise,
)
from coach.engine.effects import (
    Effect,
    Hush,
    Reached,
    Say,
    SetBegins,
    SetEnds,
)
from coach.engine.script import Script
from coach.engine.stages.announcing import announcement
from coach.engine.stages.closing import rest_position
from coach.engine.stages.stepped import Stepped, at, say
from coach.engine.timing import (
    FEW_REPS,
    LEAD_IN_NEXT_MS,
)
from coach.engine.view import block_of, dose_of, exercise_of


def begin_block(script: Script, control: Control) -> Stepped:
    """Start the block ``control.block``, or the rest position after the last one."""
    blocks = script.course(control.clearance).blocks
    if control.block >= len(blocks):
        return rest_position(control)
    block = blocks[control.block]
    if block.kind is Kind.WARM_UP:
        start = script.exercises[block.exercise].cue("start")
        how = (say(start),) if start else ()
        return Stepped(at(control, WarmUp()), (say("cue.warm_up"), *how))
    before = next((b for b in reversed(blocks[: control.block]) if b.side), None)
    if before is not None and block.side not in (None, before.side):
        side = f"@side.{block.side}"
        return Stepped(at(control, SwitchSides()), (say("cue.switch_sides", side=side),))
    return lead_in(script, control, LeadIn(script.lead_in_ms))


def lead_in(script: Script, control: Control, lead: LeadIn) -> Stepped:
    """Get into position, or go on after a pause."""
    moved = at(control, lead)
    if lead.begun:
        return Stepped(moved, (say("cue.resume"),))
    side, exercise = block_of(script, control).side, exercise_of(script, control)
    sets = dose_of(script, control).sets
    if control.set_n and lead.ms == LEAD_IN_NEXT_MS:
        numbers = {"n": str(control.set_n + 1), "m": str(sets)}
        of = say("cue.set_of_side", side=f"@side.{side}", **numbers) if side else None
        return Stepped(moved, (of or say("cue.set_of", **numbers),))
    return Stepped(moved, tuple(map(Say, announcement(exercise, side))))


def next_block(script: Script, control: Control) -> Stepped:
    """Leave this exercise for the next one."""
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
    return begin_block(script, moved)


def _at_repetition(exercise: Exercise, reps: int, rep: int) -> str | None:
    """What is said in place of a repetition's first cue: half way, the last one, a reminder."""
    if rep == reps - 1 and reps > 1:
        return "cue.last_one"
    if reps <= FEW_REPS:
        return None
    if rep == reps // 2:
        return "cue.halfway"
    return exercise.cue("reminder") if rep in (reps // 4, reps * 3 // 4) else None


def enter_phase(script: Script, control: Control, move: Move) -> Stepped:
    """Start a phase and say its cue; the first phase of a set announces the set."""
    exercise, dose = exercise_of(script, control), dose_of(script, control)
    phase = exercise.phases[move.phase]
    effects: list[Effect] = []
    if isinstance(control.stage, LeadIn) and not control.stage.begun:
        block = block_of(script, control)
        effects.append(SetBegins(block.side, dose, block.item))
    elif move.phase == 0 or phase.hold:
        effects.append(Reached(move.rep, move.phase))
    key = (_at_repetition(exercise, dose.reps, move.rep) if move.phase == 0 else None) or (
        exercise.cue(phase.name)
    )
    if key is not None:
        effects.append(say(key))
    return Stepped(at(control, move), tuple(effects))


def end_set(control: Control, reps_done: int, *, stopped: bool) -> Stepped:
    """The set is over: leg to rest, then the questions."""
    waiting = replace(control, stage=Rate(), stopped=stopped)
    cut = (say("cue.leg_to_rest"),) if stopped else ()
    return Stepped(waiting, (Hush(), SetEnds(reps_done, stopped), *cut, say("ask.tingling")))


def next_phase(script: Script, control: Control, stage: Move) -> Stepped:
    """The next phase, the next repetition, or the end of the set."""
    exercise, dose = exercise_of(script, control), dose_of(script, control)
    if stage.phase + 1 < len(exercise.phases):
        return enter_phase(script, control, Move(stage.rep, stage.phase + 1))
    if stage.rep + 1 < dose.reps:
        return enter_phase(script, control, Move(stage.rep + 1))
    return end_set(control, dose.reps, stopped=False)
