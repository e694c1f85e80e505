"""The one function that moves a session: step(script, control, input) -> (control, effects).

Two rules hold here and in ``stages``. Nothing that decides what happens next lives anywhere else.
Every input is answered in every stage: what does not fit is refused with a reason, and the control
comes back unchanged.
"""

from typing import assert_never

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
from coach.engine.effects import (
    Refusal,
)
from coach.engine.inputs import (
    Input,
    Leave,
    SomethingWrong,
    Stop,
    Tick,
)
from coach.engine.script import Script
from coach.engine.stages.check_in import in_check_in
from coach.engine.stages.closing import in_message, in_rest_position, in_ten_minutes, leave
from coach.engine.stages.judging import in_rate, in_recover, in_rest, in_settle
from coach.engine.stages.moving import in_lead_in, in_move, in_paused, in_switch_sides, in_warm_up
from coach.engine.stages.stepped import Stepped, at, refuse
from coach.engine.stages.wrong import in_wrong, open_list


def step(script: Script, control: Control, given: Input) -> Stepped:
    """The session after one input. Total over every control and input; never raises.

    A control that comes back unchanged with a :class:`Refused` effect was not touched.
    """
    stage = control.stage
    if isinstance(stage, Summary):
        return Stepped(control) if isinstance(given, Tick) else refuse(control, Refusal.CLOSED)
    if isinstance(stage, Message):
        return in_message(control, given)
    if isinstance(given, SomethingWrong) and not isinstance(stage, Wrong):
        return open_list(script, control)
    if isinstance(stage, Wrong) and isinstance(given, Stop):
        return step(script, at(control, stage.back), given)
    if isinstance(given, Leave):
        return leave(script, control)
    match stage:
        case CheckIn():
            return in_check_in(script, control, stage, given)
        case WarmUp():
            return in_warm_up(script, control, stage, given)
        case SwitchSides():
            return in_switch_sides(script, control, stage, given)
        case LeadIn():
            return in_lead_in(script, control, stage, given)
        case Move():
            return in_move(script, control, stage, given)
        case Rate():
            return in_rate(script, control, stage, given)
        case Rest():
            return in_rest(script, control, given)
        case Settle():
            return in_settle(script, control, stage, given)
        case Recover():
            return in_recover(script, control, stage, given)
        case RestPosition():
            return in_rest_position(script, control, stage, given)
        case TenMinutes():
            return in_ten_minutes(script, control, stage, given)
        case Paused():
            return in_paused(script, control, stage, given)
        case Wrong():
            return in_wrong(script, control, stage, given)
        case _:
            assert_never(stage)
