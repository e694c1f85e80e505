"""The state of a session: all that a transition may depend on, frozen and hashable."""

from dataclasses import dataclass, field

from coach.domain.action import Action
from coach.domain.outcome import Outcome
from coach.domain.rating import SetAnswers
from coach.rules.after_set import History, Settled
from coach.rules.check_in import Clearance


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Asking item ``item``: a screening question, or after them T0, P0 and the place."""

    item: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class WarmUp:
    """The warm-up block runs; it is announced again at half time."""

    second_half: bool = False


@dataclass(frozen=True, slots=True)
class SwitchSides:
    """Ten seconds to turn to the other leg."""


@dataclass(frozen=True, slots=True)
class LeadIn:
    """Getting into position; ``ms`` long, then repetition ``rep`` (0-based) starts.

    begun: this set had begun before, so stopping now still asks its questions.
    """

    ms: int
    rep: int = 0
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """Phase ``phase`` of repetition ``rep``, both 0-based."""

    rep: int
    phase: int = 0


@dataclass(frozen=True, slots=True)
class Rate:
    """Waiting for the answers after a set."""

    again: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """Resting; how it is now is asked in ``seconds``."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Settle:
    """Asking how it is now: at the rest's end, at 60 s, at 120 s, until it has settled."""

    again: bool = False


@dataclass(frozen=True, slots=True)
class Recover:
    """Settled and decided; the rest of the rest, in seconds.

    moves: the next set is another exercise, so it needs a longer lead-in.
    """

    seconds: int
    moves: bool = False


@dataclass(frozen=True, slots=True)
class RestPosition:
    """Two minutes with the legs supported, at the end of every session."""


@dataclass(frozen=True, slots=True)
class TenMinutes:
    """After a session that ended early: waiting for, then asking, the ten-minute question."""

    asking: bool = False


@dataclass(frozen=True, slots=True)
class Paused:
    """Nothing moves and nobody speaks; ``back`` is where resuming leads."""

    back: "WarmUp | SwitchSides | LeadIn | Recover | RestPosition"


@dataclass(frozen=True, slots=True)
class Wrong:
    """The list behind "Something is wrong" is open; ``back`` is where it was opened."""

    back: "CheckIn | Paused | Rate | Rest | Settle | TenMinutes"


@dataclass(frozen=True, slots=True)
class Message:
    """A stop message stands until it is acknowledged."""

    action: Action


@dataclass(frozen=True, slots=True)
class Summary:
    """The session is over; nothing changes any more."""


Stage = (
    CheckIn
    | WarmUp
    | SwitchSides
    | LeadIn
    | Move
    | Rate
    | Rest
    | Settle
    | Recover
    | RestPosition
    | TenMinutes
    | Paused
    | Wrong
    | Message
    | Summary
)


@dataclass(frozen=True, slots=True)
class Control:
    """One instant of a session.

    block, set_n: where in the course, both 0-based; used: entries of the block's ease order used.
    answers: the set being judged; so_far: what is answered of it while not all is; reported: what
    "Something is wrong" added to it.
    stopped: the set was ended early; leaving: the session ends once the questions are answered.
    settled, pain_after_rest, numb: what the settle checks of this set gave; rose_later: they gave
    more tingling than its rating, which by itself would have counted as settled.
    verdict: the final action of the set just judged, None before.
    """

    stage: Stage = field(default_factory=CheckIn)
    clearance: Clearance = field(default_factory=Clearance)
    block: int = 0
    set_n: int = 0
    used: int = 0
    history: History = field(default_factory=History)
    answers: SetAnswers | None = None
    so_far: SetAnswers = field(default_factory=SetAnswers)
    reported: SetAnswers = field(default_factory=SetAnswers)
    stopped: bool = False
    leaving: bool = False
    settled: Settled | None = None
    rose_later: bool = False
    numb: bool | None = None
    pain_after_rest: int | None = None
    verdict: Action | None = None
    outcome: Outcome | None = None
