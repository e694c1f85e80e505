"""What today's session is, in words."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind
from coach.domain.plan import Plan
from coach.domain.side import Side
from coach.engine.course import Course, build_course
from coach.engine.script import Script
from coach.engine.timing import REST_POSITION_MS
from coach.formats.phrases import Phrases
from coach.rules.check_in import Clearance
from coach.rules.plan_load import Portion, planned_seconds
from coach.rules.repetition import repetition_ms


@dataclass(frozen=True, slots=True)
class TodayStep:
    """One exercise of the session."""

    exercise_name: str
    side_label: str
    level: str
    dose_text: str


@dataclass(frozen=True, slots=True)
class AssessmentDays:
    """The days an assessment may have been on, and both in words ("" for no first one)."""

    first: date
    last: date
    first_text: str
    last_text: str


@dataclass(frozen=True, slots=True)
class LockView:
    """Why sessions are closed, what opens them, and whether that may be entered already.

    reason: the answer or the report behind it, "" where nobody knows.
    """

    title: str
    text: str
    opens: str
    may_open: bool
    days: AssessmentDays
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClosedView:
    """Why no session may begin now although nothing is locked; opens says from when one may."""

    title: str
    text: str
    opens: str


class Ask(StrEnum):
    """What is asked after a session (clinical.md 9.1 M1-M3 and Q5)."""

    MORNING = "morning"
    TEN_MINUTES = "ten_minutes"


@dataclass(frozen=True, slots=True)
class AskView:
    """Questions that are due; text says which sessions they are about, and these are their ids.

    It comes back with the answer, which then belongs there whenever it is given. Two are the same
    question whatever their texts call the day.
    """

    kind: Ask
    text: str = field(compare=False)
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllowedExercise:
    """An exercise with a home limit (clinical.md 9.5), and whether a physiotherapist lifted it."""

    id: str
    name: str
    allowed: bool
    limit_text: str


@dataclass(frozen=True, slots=True)
class PhysioView:
    """Whether there is a physiotherapist's code, what it can allow, and whether it may be set."""

    code_set: bool
    exercises: tuple[AllowedExercise, ...]
    may_set: bool = True


class CodeAnswer(StrEnum):
    """What became of an entered code; each has words at ``ui.code.<value>``."""

    RIGHT = "right"
    WRONG = "wrong"
    TOO_MANY = "too_many"
    NOT_SET = "not_set"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class UnfinishedView:
    """A session that was cut off: when it began, its rated sets, whether it may be resumed."""

    started_wall: str
    sets_done: int
    resumable: bool


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan to choose: its id is a ready-made plan's name or a file's path."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class TodayView:
    """The first page; minutes is the planned length, side the leg one-sided exercises work.

    why: sentences saying why this session is as it is; advice: to book a review (clinical.md 9.4).
    ask: questions to answer or skip before anything may begin.
    neck: why neck movements are left out until somebody was seen (clinical.md 9.3 NEW-03).
    """

    plan_id: str
    plan_title: str
    minutes: int
    steps: tuple[TodayStep, ...]
    why: tuple[str, ...]
    side: Side | None
    one_sided: bool
    lock: LockView | None
    unfinished: UnfinishedView | None
    full_check_in: bool
    advice: str | None = None
    closed: ClosedView | None = None
    ask: AskView | None = None
    neck: LockView | None = None


def course_of(script: Script) -> Course:
    """The session if the check-in finds nothing."""
    return script.course(Clearance(tags=script.tags))


def planned_minutes(script: Script) -> int:
    """About how long the session takes, to the nearest minute."""
    session = [
        Portion(script.exercises[block.exercise], block.dose, block.side)
        for block in course_of(script).blocks
    ]
    return round(planned_seconds(session) / 60)


def dose_text(exercise: Exercise, dose: Dose, phrases: Phrases) -> str:
    """Sets and repetitions, holds, or minutes, in words."""
    if not exercise.kind.rated:
        return phrases.say("dose.minutes", n=repetition_ms(exercise, dose) // 60_000)
    if exercise.kind is Kind.STRETCH or (dose.hold_s and dose.reps == 1):
        return phrases.say("dose.holds", sets=dose.sets, seconds=dose.hold_s)
    if dose.hold_s:
        return phrases.say("dose.reps_held", sets=dose.sets, reps=dose.reps, seconds=dose.hold_s)
    return phrases.say("dose.reps", sets=dose.sets, reps=dose.reps)


def steps(script: Script, phrases: Phrases, *, legs: bool = True) -> tuple[TodayStep, ...]:
    """The session's exercises in order, one line a side; legs: whether to name the leg."""
    lines = []
    for block in course_of(script).blocks:
        exercise = script.exercises[block.exercise]
        named = block.side if legs else None
        side = phrases.say("side.leg", side=phrases.say(f"side.{named}")) if named else ""
        level = block.dose.level.value if len(exercise.levels) > 1 else ""
        name = phrases.say(f"{exercise.id}.name")
        lines.append(TodayStep(name, side, level, dose_text(exercise, block.dose, phrases)))
    rest = phrases.say("dose.minutes", n=REST_POSITION_MS // 60_000)
    lines.append(TodayStep(phrases.say("R1.name"), "", "", rest))
    return tuple(lines)


def one_sided(plan: Plan, script: Script) -> bool:
    """Whether the person may choose the leg: some exercise works one leg only."""
    plain = build_course(plan, script.exercises, Clearance(), sore=None, side=None)
    return len({block.side for block in plain.blocks if block.side}) == 1
