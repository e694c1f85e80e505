"""What is announced besides the stages themselves: what comes next, and what falls within one."""

from coach.domain.action import Action
from coach.domain.decision import Decision, Phrase
from coach.domain.exercise import Exercise, Kind, Posture
from coach.domain.side import Side
from coach.engine.control import Control, Move, RestPosition, WarmUp
from coach.engine.script import Script
from coach.engine.view import block_of, dose_of, duration_ms, exercise_of

REST_EXERCISE = "R1"
#: A hold this long, in milliseconds, has room for a reminder after its prompt at half time.
LONG_HOLD_MS = 20_000


def _set_ahead(exercise: str, side: Side | None, n: int, m: int) -> Phrase:
    numbers = (("m", str(m)), ("n", str(n)))
    name = ("exercise", f"@{exercise}.name")
    if side is None:
        return Phrase("cue.next_set_plain", (name, *numbers))
    return Phrase("cue.next_set", (name, *numbers, ("side", f"@side.{side}")))


def next_up(script: Script, control: Control, *, ended: bool) -> Phrase:
    """What follows the set of this control: its exercise, leg, and which set of how many.

    ended: no further set of this exercise follows.
    """
    block, dose = block_of(script, control), dose_of(script, control)
    if control.set_n + 1 < dose.sets and not ended:
        return _set_ahead(dose.exercise, block.side, control.set_n + 2, dose.sets)
    blocks = script.course(control.clearance).blocks
    if control.block + 1 < len(blocks):
        following = blocks[control.block + 1]
        return _set_ahead(following.exercise, following.side, 1, following.dose.sets)
    return Phrase("cue.next", (("exercise", f"@{REST_EXERCISE}.name"),))


def resting_words(script: Script, control: Control, decision: Decision) -> tuple[Phrase, ...]:
    """The decision, and what the rest leads to unless this was the last set."""
    if control.leaving or decision.action >= Action.END_SESSION:
        return decision.words
    ended = decision.action is Action.END_EXERCISE
    return (*decision.words, next_up(script, control, ended=ended))


def lying_side(exercise: Exercise, side: Side | None) -> Phrase | None:
    """Which side to lie on, or to hold on with, where the working leg decides it (7.3b)."""
    if side is None:
        return None
    if exercise.posture is Posture.SIDE_LYING:
        under = side if exercise.kind is Kind.CORE else side.other
        return Phrase("cue.lie_on", (("side", f"@side.{under}"),))
    if exercise.posture is Posture.STANDING:
        return Phrase("cue.hold_on", (("side", f"@side.{side.other}"),))
    return None


def announcement(exercise: Exercise, side: Side | None) -> tuple[Phrase, ...]:
    """How an exercise begins: its name and leg, how to lie, and what to mind."""
    name = ("exercise", f"@{exercise.id}.name")
    ready = Phrase("cue.get_ready_plain", (name,))
    if side is not None:
        ready = Phrase("cue.get_ready", (name, ("side", f"@side.{side}")))
    lies, start = lying_side(exercise, side), exercise.cue("start")
    return (ready, *((lies,) if lies else ()), *((Phrase(start),) if start else ()))


def said_within(script: Script, control: Control) -> tuple[tuple[int, Phrase], ...]:
    """What is said while a stage lasts: milliseconds from its beginning, and the words.

    A stretch asks at half time about tingling (clinical.md 7.3).
    """
    stage, length = control.stage, duration_ms(script, control) or 0
    if isinstance(stage, RestPosition):
        return ((length // 2, Phrase(f"{REST_EXERCISE}.reminder")),)
    if isinstance(stage, WarmUp) and not stage.second_half:
        reminder = exercise_of(script, control).cue("reminder")
        return ((length // 2, Phrase(reminder)),) if reminder else ()
    if not isinstance(stage, Move):
        return ()
    exercise = exercise_of(script, control)
    if not exercise.phases[stage.phase].hold:
        return ()
    stretch = exercise.kind is Kind.STRETCH
    half = (length // 2, Phrase("cue.hold_half" if stretch else "cue.halfway"))
    reminder = exercise.cue("reminder")
    if reminder is None or length < LONG_HOLD_MS:
        return (half,)
    return half, (length * 3 // 4, Phrase(reminder))
