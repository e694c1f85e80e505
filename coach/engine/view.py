"""What is going on in a control: block, exercise, dose, and how long the stage lasts."""

from typing import assert_never

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise
from coach.domain.side import Side
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
    Summary,
    SwitchSides,
    TenMinutes,
    WarmUp,
    Wrong,
)
from coach.engine.course import Block, set_dose
from coach.engine.script import Script
from coach.engine.timing import (
    ASK_AGAIN_MS,
    GIVE_UP_MS,
    REST_POSITION_MS,
    SWITCH_SIDES_MS,
    TEN_MINUTE_WAIT_MS,
)
from coach.rules.repetition import phase_ms, repetition_ms


def block_of(script: Script, control: Control) -> Block:
    """The block the session is in; the last one once the course is done."""
    blocks = script.course(control.clearance).blocks
    return blocks[min(control.block, len(blocks) - 1)]


def place_of(script: Script, control: Control) -> tuple[str, Side | None] | None:
    """The plan's exercise and the leg that the session is about; None outside the exercises.

    A warm-up is not rated: what is reported there is about the first exercise it leads to.
    """
    stage = control.stage
    while isinstance(stage, Paused | Wrong):
        stage = stage.back
    if isinstance(stage, CheckIn | RestPosition | TenMinutes | Message | Summary):
        return None
    blocks = script.course(control.clearance).blocks[control.block :]
    return next((block.place for block in blocks if block.kind.rated), None)


def dose_of(script: Script, control: Control) -> Dose:
    """The dose of the present set, levers included."""
    block = block_of(script, control)
    return set_dose(block, script.dose(block, control.used), control.set_n, control.used)


def exercise_of(script: Script, control: Control) -> Exercise:
    """The exercise really played: a POS lever may have changed it."""
    return script.exercises[dose_of(script, control).exercise]


def duration_ms(script: Script, control: Control) -> int | None:
    """How long the present stage lasts in session milliseconds; None when it waits for a person."""
    match control.stage:
        case CheckIn(again=again) | Rate(again) | Settle(again):
            return GIVE_UP_MS if again else ASK_AGAIN_MS
        case WarmUp():
            block = block_of(script, control)
            return repetition_ms(script.exercises[block.exercise], block.dose) // 2
        case SwitchSides():
            return SWITCH_SIDES_MS
        case LeadIn(ms):
            return ms
        case Move(_, phase):
            exercise = exercise_of(script, control)
            return phase_ms(dose_of(script, control), exercise.phases[phase])
        case Rest(seconds) | Recover(seconds):
            return seconds * 1000
        case RestPosition():
            return REST_POSITION_MS
        case TenMinutes(asking):
            return ASK_AGAIN_MS + GIVE_UP_MS if asking else TEN_MINUTE_WAIT_MS
        case Paused() | Wrong() | Message() | Summary():
            return None
        case _:
            assert_never(control.stage)
