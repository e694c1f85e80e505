"""Everything a screen may show of a running session, taken from one run."""

from dataclasses import dataclass, replace

from coach.domain.action import Action
from coach.domain.decision import Decision, Phrase
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, LevelName, Phase
from coach.domain.rating import Feel, SetAnswers
from coach.domain.side import Side
from coach.engine.control import (
    CheckIn,
    LeadIn,
    Move,
    Paused,
    Recover,
    Rest,
    RestPosition,
    Settle,
    Stage,
    TenMinutes,
    WarmUp,
    Wrong,
)
from coach.engine.ledger import Ledger
from coach.engine.run import Run
from coach.engine.stages.announcing import REST_EXERCISE, next_up
from coach.engine.timing import SETTLE_CHECKS_S
from coach.engine.view import block_of, dose_of, duration_ms, exercise_of
from coach.rules.levers import base_dose

PAIN_ASKED_AFTER_MS = SETTLE_CHECKS_S[-1] * 1000
#: The check-in items after the screening questions, in order.
TINGLING_ITEM, PAIN_ITEM, PLACES_ITEM = "T0", "P0", "W0"


@dataclass(frozen=True, slots=True)
class SessionView:
    """One instant of a session, as data.

    question: id of the check-in item being asked, with its 1-based number and their count.
    block, blocks: 1-based exercise number and count. set_n, sets, rep, reps: 1-based.
    share: how much of the present phase, or of what is paused, has passed, 0-1. left_ms: until the
    stage ends by itself, None when it waits for a person; elapsed_ms: since it began. A walk is one
    stage here, though it is told of its half. resumes_ms: how much is left of what is paused, None
    when nothing is. decision: about the set just rated; final once the settle
    check is in. next_up: what follows this set.
    """

    stage: Stage
    ledger: Ledger
    session_ms: int
    elapsed_ms: int
    left_ms: int | None
    resumes_ms: int | None = None
    question: str | None = None
    question_n: int = 0
    questions: int = 0
    exercise: Exercise | None = None
    dose: Dose | None = None
    side: Side | None = None
    block: int = 0
    blocks: int = 0
    set_n: int = 0
    sets: int = 0
    rep: int = 0
    reps: int = 0
    phase: Phase | None = None
    phase_index: int = 0
    share: float = 0.0
    answers: SetAnswers | None = None
    decision: Decision | None = None
    decision_final: bool = False
    asks_numb: bool = False
    asks_pain: bool = False
    next_up: Phrase | None = None


def question_id(run: Run, stage: CheckIn) -> str:
    """The check-in item being asked: a screening question, T0, P0 or the place."""
    questions = run.script.questions
    if stage.item < len(questions):
        return questions[stage.item].id
    return (TINGLING_ITEM, PAIN_ITEM, PLACES_ITEM)[stage.item - len(questions)]


def _next_up(run: Run, decision: Decision | None) -> Phrase:
    resting = isinstance(run.control.stage, Rest | Settle | Recover)
    ended = resting and decision is not None and decision.action is Action.END_EXERCISE
    return next_up(run.script, run.control, ended=ended)


def _left_ms(run: Run, stage: Stage, elapsed_ms: int) -> int | None:
    """How much is left of a stage; to the person a walk is one, though it is told of its half."""
    planned = duration_ms(run.script, replace(run.control, stage=stage))
    if planned is None:
        return None
    rest = planned if isinstance(stage, WarmUp) and not stage.second_half else 0
    return max(planned - elapsed_ms, 0) + rest


def _paused(basis: SessionView, run: Run, stage: Paused) -> SessionView:
    used = 0 if isinstance(stage.back, LeadIn) else run.used_ms  # a lead-in is given whole again
    left = _left_ms(run, stage.back, used)
    whole = _left_ms(run, WarmUp() if isinstance(stage.back, WarmUp) else stage.back, 0)
    return replace(basis, resumes_ms=left, share=1 - left / whole if left and whole else 0.0)


def look(run: Run) -> SessionView:
    """What there is to show at this instant of a run."""
    control, script = run.control, run.script
    stage = control.stage
    planned = duration_ms(script, control)
    elapsed, left = run.elapsed_ms, _left_ms(run, stage, run.elapsed_ms)
    if isinstance(stage, WarmUp) and stage.second_half and planned is not None:
        elapsed += planned
    basis = SessionView(stage, run.ledger, run.now_ms, elapsed, left)
    if isinstance(stage, Paused):
        basis = _paused(basis, run, stage)
    asking = stage.back if isinstance(stage, Wrong) else stage
    if isinstance(asking, CheckIn):
        return replace(
            basis,
            question=question_id(run, asking),
            question_n=asking.item + 1,
            questions=len(script.questions) + 2,
        )
    course = script.course(control.clearance)
    if not course.blocks:
        return basis
    waiting = stage.back if isinstance(stage, Paused) else stage
    if isinstance(waiting, RestPosition | TenMinutes):
        lying = script.exercises[REST_EXERCISE]
        rated = (record.answers for record in run.ledger.sets if record.answers)
        return replace(
            basis,
            exercise=lying,
            dose=base_dose(lying, LevelName.A),
            asks_numb=any(Feel.NUMB in answers.feels for answers in rated),
        )
    block, dose = block_of(script, control), dose_of(script, control)
    exercise = exercise_of(script, control)
    moving = stage if isinstance(stage, Move) else None
    rep = moving.rep if moving else waiting.rep if isinstance(waiting, LeadIn) else 0
    phase = exercise.phases[moving.phase] if moving else None
    share = min(run.elapsed_ms / planned, 1.0) if moving and planned else basis.share
    record = run.ledger.sets[-1] if run.ledger.sets else None
    answers = record.answers if record else None
    decision = record.decision if record else None
    strong_pain = bool(answers and (answers.pain or 0) >= script.after_set.strong_pain_from)
    return replace(
        basis,
        exercise=exercise,
        dose=dose,
        side=block.side,
        block=min(control.block, len(course.blocks) - 1) + 1,
        blocks=len(course.blocks),
        set_n=control.set_n + 1,
        sets=dose.sets,
        rep=rep + 1,
        reps=dose.reps,
        phase=phase,
        phase_index=moving.phase if moving else 0,
        share=share,
        answers=answers,
        decision=decision,
        decision_final=control.verdict is not None,
        asks_numb=bool(answers and Feel.NUMB in answers.feels),
        asks_pain=strong_pain and run.now_ms - run.set_ended_ms >= PAIN_ASKED_AFTER_MS,
        next_up=_next_up(run, decision),
    )
