"""The check-in: questions, ratings, and what they open or close."""

from dataclasses import replace

from coach.domain.action import Tier
from coach.domain.outcome import Outcome
from coach.domain.rating import HIGHEST, LOWEST
from coach.domain.screening import Reply
from coach.engine.control import (
    CheckIn,
    Control,
)
from coach.engine.decide import (
    tier_message,
)
from coach.engine.effects import (
    CheckedIn,
    Refusal,
    Say,
)
from coach.engine.inputs import (
    BaselinePain,
    BaselinePlaces,
    BaselineTingling,
    Input,
    Leave,
    Replied,
    Stop,
    Tick,
)
from coach.engine.script import Script
from coach.engine.stages.closing import close, stop_at_check_in, unanswered
from coach.engine.stages.going import begin_block
from coach.engine.stages.stepped import Stepped, at, refuse, say
from coach.rules.check_in import answered, compared, placed, rated, tier_of


def in_check_in(script: Script, control: Control, stage: CheckIn, given: Input) -> Stepped:
    """Take answers one item at a time, in the order asked; but for a stop sign all else waits."""
    count = len(script.questions)
    match given:
        case Replied(name, reply):
            return _replied(script, control, stage.item, name, reply)
        case BaselineTingling(rating) if stage.item == count:
            if not LOWEST <= rating <= HIGHEST:
                return refuse(control, Refusal.NOT_A_RATING)
            found = compared(rated(control.clearance, rating, None), script.still_up)
            return _asked(script, replace(control, clearance=found), stage.item + 1)
        case BaselinePain(rating) if stage.item == count + 1:
            if not LOWEST <= rating <= HIGHEST:
                return refuse(control, Refusal.NOT_A_RATING)
            given_both = rated(control.clearance, control.clearance.tingling or 0, rating)
            found = compared(given_both, script.still_up)
            return _asked(script, replace(control, clearance=found), stage.item + 1)
        case BaselinePlaces(where) if stage.item == count + 2:
            told = replace(control, clearance=placed(control.clearance, where, script.cleared))
            if told.clearance.tier.locks:
                return stop_at_check_in(told)
            return _checked_in(script, told)
        case Tick():
            return unanswered(script, control, given, replace(stage, again=True), again=stage.again)
        case Stop() | Leave():
            return close(script, control, Outcome.INCOMPLETE)
        case _:
            return refuse(control, Refusal.ANSWER_FIRST)


def _replied(script: Script, control: Control, item: int, name: str, reply: Reply) -> Stepped:
    """The answer to the item asked; a stop sign counts also before it is asked for."""
    ahead = {question.id: question for question in script.questions[item:]}
    question = ahead.get(name)
    in_turn = question is not None and question is script.questions[item]
    if question is None or not (in_turn or tier_of(question, reply).locks):
        return refuse(control, Refusal.ANSWER_FIRST)
    found = answered(control.clearance, question, reply, script.cleared)
    return _asked(script, replace(control, clearance=found), item + in_turn)


def _asked(script: Script, control: Control, item: int) -> Stepped:
    """Go to the next item, or stop when no later answer could change what is asked for.

    The items that ask for a clinician are all asked, so that one visit can settle them all. Pain
    is asked after a tingling of 6, which closes the session by itself: it may ask for more (C8).
    """
    found = control.clearance
    ahead = [question.tier for question in script.questions[item:]]
    telling = [tier for tier in ahead if tier > found.tier or tier is found.tier is Tier.CLEARANCE]
    if found.tier.locks and not telling:
        return stop_at_check_in(control)
    if found.no_session and found.worst is not None:
        closed = close(script, control, Outcome.REFUSED)
        return Stepped(closed.control, (CheckedIn(found), *closed.effects))
    if found.worst == 0:
        return _checked_in(script, control)  # nothing is felt, so there is no place to ask for
    return Stepped(at(control, CheckIn(item)))


def _checked_in(script: Script, control: Control) -> Stepped:
    found = control.clearance
    control = replace(control, clearance=replace(found, tags=found.tags | script.tags))
    course = script.course(control.clearance)
    checked = CheckedIn(control.clearance, course.left_out)
    if not course.playable:
        closed = close(script, control, Outcome.REFUSED)
        return Stepped(closed.control, (checked, *closed.effects))
    begun = begin_block(script, control)
    tier = Say(tier_message(control.clearance.tier))
    easy = (say("ui.check_in.easy_day"),) if control.clearance.easy_day else ()
    return Stepped(begun.control, (checked, tier, *easy, *begun.effects))
