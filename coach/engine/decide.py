"""From answers to a decision: the rules' verdict, the levers it pulls and the words for it."""

from dataclasses import replace

from coach.domain.action import Action, Tier
from coach.domain.decision import Decision, Phrase
from coach.domain.lever import Lever, LeverStep
from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, RestAnswer, SetAnswers
from coach.engine.control import Control
from coach.engine.course import Block
from coach.engine.script import Script
from coach.engine.timing import HOLD_EXTRA_S, LONGEST_REST_S, SLOW_REST_S
from coach.rules.after_set import (
    REST_JUDGED_S,
    Baseline,
    History,
    SetContext,
    Settled,
    is_settled,
    settled_class,
)

_LEVERS_FOR = {Action.EASE1: 1, Action.EASE2: 2}
#: How a session ends that sends the person for help.
HELP_OUTCOME = {
    Action.SEE_CLINICIAN: Outcome.CLINICIAN,
    Action.URGENT: Outcome.URGENT,
    Action.EMERGENCY: Outcome.EMERGENCY,
}


def merged(answers: SetAnswers, reported: SetAnswers) -> SetAnswers:
    """The answers with everything that was reported on the way added; ratings stay."""
    return replace(
        answers,
        where=answers.where | reported.where,
        feels=answers.feels | reported.feels,
        new=answers.new | reported.new,
    )


def _context(script: Script, control: Control, answers: SetAnswers, *, left: bool) -> SetContext:
    found = control.clearance
    return SetContext(
        answers=answers,
        baseline=Baseline(found.tingling or 0, found.pain or 0, found.zone),
        history=control.history,
        settled=control.settled,
        numb=control.numb,
        pain_after_rest=control.pain_after_rest,
        levers_left=left,
        stopped=control.stopped,
        end_exercise_at=script.plan.limits.end_exercise_at,
    )


def _words(
    action: Action, rules: tuple[str, ...], levers: tuple[LeverStep, ...], *, last: bool = False
) -> list[Phrase]:
    """How it is said; after an exercise's last set no next set is promised to be easier."""
    promises = not (last and action.eases)
    words = [Phrase(f"decision.{action.name.lower()}" if promises else "decision.last_set")]
    for step in levers if promises else ():
        blanks = (("exercise", f"@{step.target}.name"),) if step.lever is Lever.POS else ()
        words.append(Phrase(f"lever.{step.lever}", blanks))
    if rules:
        words.append(Phrase(f"why.{rules[0]}"))
    return words


def decide(script: Script, control: Control, block: Block) -> tuple[Decision, int]:
    """The decision for the set in ``control.answers``, and the ease order used after it."""
    ready, _ = script.levers(block, control.used, 1)
    answers = merged(control.answers or SetAnswers(), control.reported)
    verdict = script.after_set.judge(_context(script, control, answers, left=bool(ready)))
    levers, used = script.levers(block, control.used, _LEVERS_FOR.get(verdict.action, 0))
    last = control.answers is not None and control.set_n + 1 >= script.dose(block, used).sets
    words = tuple(_words(verdict.action, verdict.rules, levers, last=last))
    return Decision(verdict.action, verdict.rules, levers, words), used


def judge_report(script: Script, control: Control) -> Decision:
    """What was reported outside the questions asks for by itself."""
    verdict = script.after_set.judge(_context(script, control, control.reported, left=True))
    words = tuple(_words(verdict.action, verdict.rules, ()))
    return Decision(verdict.action, verdict.rules, (), words)


def judge_ten_minutes(
    script: Script, control: Control, settled: Settled, *, numb: bool
) -> Decision:
    """What the ten-minute answer adds to a session that has already ended (REC-04, CHR-04)."""
    asked = replace(control, settled=settled, numb=numb)
    answers = SetAnswers(feels=frozenset({Feel.NUMB} if numb else ()))
    verdict = script.after_set.judge(_context(script, asked, answers, left=True))
    return Decision(
        verdict.action, verdict.rules, (), tuple(_words(verdict.action, verdict.rules, ()))
    )


def settled_after(control: Control, answer: RestAnswer, waited_s: int) -> Settled | None:
    """The settling class this answer proves, None while it has not settled."""
    if answer.tingling is None or not is_settled(answer.tingling, control.clearance.tingling):
        return None
    peak = (control.answers or SetAnswers()).tingling or 0
    never_rose = is_settled(peak, control.clearance.tingling) and not control.rose_later
    return Settled.BY_60 if never_rose else settled_class(waited_s)


def rest_s(planned_s: int, action: Action, rules: tuple[str, ...]) -> int:
    """Seconds of rest after a set: 15 more for HOLD, 120 when it settled slowly (REC-02)."""
    if "REC-02" in rules:
        planned_s = max(planned_s, SLOW_REST_S)
    if action is Action.HOLD:
        planned_s += HOLD_EXTRA_S
    return min(planned_s, LONGEST_REST_S)


def remembered(
    history: History, answers: SetAnswers, settled: Settled | None, action: Action
) -> History:
    """The history once this set is part of it."""
    now, before = answers.tingling, history.tingling
    slow = settled is not None and settled.value > REST_JUDGED_S
    return History(
        tingling=now,
        rose=now is not None and before is not None and now > before,
        zone=answers.zone or history.zone,
        eases_here=history.eases_here + action.eases,
        eases=history.eases + action.eases,
        ended=history.ended + (action is Action.END_EXERCISE),
        electric=min(history.electric + (Feel.ELECTRIC in answers.feels), 1),
        unsettled=min(history.unsettled + slow, 1),
    )


def new_exercise(history: History, *, other_side: bool) -> History:
    """The history a new exercise starts with; the other leg's ratings are not compared."""
    if other_side:
        return replace(history, eases_here=0, tingling=None, rose=False, zone=0)
    return replace(history, eases_here=0)


def tier_message(tier: Tier) -> Phrase:
    """The message of a check-in tier (clinical.md 8, tier messages)."""
    return Phrase(f"tier.{tier.name.lower()}")


def action_message(action: Action) -> Phrase:
    """The message of an action that stops the session."""
    names = {
        Action.END_SESSION: "end_session",
        Action.SEE_CLINICIAN: "clearance",
        Action.URGENT: "urgent",
        Action.EMERGENCY: "emergency",
    }
    return Phrase(f"tier.{names[action]}")


def outcome_message(outcome: Outcome | None) -> Phrase | None:
    """The message of a session that has sent the person for help; None of one that has not."""
    asked = (action for action, ends in HELP_OUTCOME.items() if ends is outcome)
    return next(map(action_message, asked), None)
