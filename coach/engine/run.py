"""A session in time: the step function driven by deadlines on one millisecond clock.

The clock is whatever the caller counts: a monotonic clock in the window, a virtual one in
``simulate`` and in replay. Stage deadlines follow each other without adding up lateness, and an
input is applied only after every deadline before it, so the same inputs at the same milliseconds
always give the same decisions.
"""

from dataclasses import dataclass, field, replace

from coach.engine.control import Control, LeadIn, Paused, Rest, Stage, Wrong
from coach.engine.effects import Effect, SetEnds
from coach.engine.inputs import Again, Input, Rated, RestReply, Tick
from coach.engine.ledger import Ledger, fold
from coach.engine.script import Script
from coach.engine.step import step
from coach.engine.view import duration_ms

#: One moment at which the engine asked for something: session milliseconds and the effects.
Moment = tuple[int, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Run:
    """One instant of a running session.

    now_ms: session time reached; began_ms: when the present stage began, moved back by the time
    it had already used before a pause. set_ended_ms: when the last set ended. used_ms: how much of
    a stage had gone by when it was interrupted.
    """

    script: Script
    control: Control = field(default_factory=Control)
    ledger: Ledger = field(default_factory=Ledger)
    now_ms: int = 0
    began_ms: int = 0
    set_ended_ms: int = 0
    used_ms: int = 0

    @property
    def elapsed_ms(self) -> int:
        """Milliseconds since the present stage began."""
        return self.now_ms - self.began_ms

    @property
    def deadline_ms(self) -> int | None:
        """Session time at which the present stage ends by itself, None when it waits."""
        planned = duration_ms(self.script, self.control)
        return None if planned is None else self.began_ms + planned

    @property
    def closed(self) -> bool:
        """True once the session has an outcome and its message was read."""
        return self.ledger.outcome is not None


def _interrupts(stage: Stage) -> bool:
    return isinstance(stage, Paused | Wrong)


def _used_ms(run: Run, stage: Stage, at_ms: int) -> int:
    """How much of a stage had gone by when it was interrupted, for when it is gone back to."""
    first = _interrupts(stage) and not _interrupts(run.control.stage)
    return at_ms - run.began_ms if first else run.used_ms


def _began_ms(run: Run, stage: Stage, at_ms: int) -> int:
    """When the stage just entered began.

    A stage gone back to after a pause keeps the time it had used; resting goes on meanwhile. The
    lead-in after a pause is a new one and is always given whole (DESIGN 6).
    """
    left = run.control.stage
    if not isinstance(left, Paused | Wrong) or left.back != stage or isinstance(stage, LeadIn):
        return at_ms
    if isinstance(left, Paused):
        return at_ms - run.used_ms
    return run.began_ms - run.used_ms if isinstance(stage, Rest) else at_ms


def _stepped(run: Run, given: Input, at_ms: int) -> tuple[Run, Moment]:
    control, effects = step(run.script, run.control, given)
    began, used = run.began_ms, run.used_ms
    restarted = isinstance(given, Again) and isinstance(control.stage, LeadIn)
    if control.stage != run.control.stage or restarted:
        began = _began_ms(run, control.stage, at_ms)
        used = _used_ms(run, control.stage, at_ms)
    ended = at_ms if any(isinstance(effect, SetEnds) for effect in effects) else run.set_ended_ms
    moved = replace(
        run,
        control=control,
        ledger=fold(run.ledger, at_ms, effects),
        now_ms=at_ms,
        began_ms=began,
        used_ms=used,
        set_ended_ms=ended,
    )
    return moved, (at_ms, effects)


def next_deadline(run: Run, to_ms: int) -> tuple[Run, Moment] | None:
    """Let the next deadline pass; None when there is none up to ``to_ms``."""
    deadline = run.deadline_ms
    if deadline is None or deadline > to_ms:
        return None
    return _stepped(run, Tick(deadline - run.began_ms), max(deadline, run.now_ms))


def advance(run: Run, to_ms: int) -> tuple[Run, list[Moment]]:
    """Let every deadline up to ``to_ms`` pass, in order. Time never goes back."""
    moments: list[Moment] = []
    while (passed := next_deadline(run, to_ms)) is not None:
        run, moment = passed
        moments.append(moment)
    return replace(run, now_ms=max(run.now_ms, to_ms)), moments


def give(run: Run, given: Input, at_ms: int) -> tuple[Run, list[Moment]]:
    """Apply an input at ``at_ms``, after the deadlines before it.

    The waiting time of an answer is taken from the clock, whatever the input says.
    """
    run, moments = advance(run, at_ms)
    if isinstance(given, Rated | RestReply):
        given = replace(given, waited_s=(run.now_ms - run.set_ended_ms) // 1000)
    run, moment = _stepped(run, given, run.now_ms)
    return run, [*moments, moment]
