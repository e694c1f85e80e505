"""Everything that can happen to a session. Time arrives as input too."""

from dataclasses import dataclass

from coach.domain.rating import Place, RestAnswer, SetAnswers
from coach.domain.screening import Reply


@dataclass(frozen=True, slots=True)
class Tick:
    """Session time has moved on; elapsed_ms counts from the start of the present stage."""

    elapsed_ms: int


@dataclass(frozen=True, slots=True)
class ClockGap:
    """The machine slept or stalled: nobody knows what happened meanwhile."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A screening question was answered."""

    question: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class BaselineTingling:
    """Tingling now, before the session (T0, 0-10)."""

    rating: int


@dataclass(frozen=True, slots=True)
class BaselinePain:
    """Pain now, before the session (P0, 0-10)."""

    rating: int


@dataclass(frozen=True, slots=True)
class BaselinePlaces:
    """Where it is felt before the session; may be empty."""

    where: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Rated:
    """The questions after a set were answered, waited_s seconds after the set ended."""

    answers: SetAnswers
    waited_s: int = 0


@dataclass(frozen=True, slots=True)
class RatedSoFar:
    """What has been answered so far of the questions after a set; counts if no more follows."""

    answers: SetAnswers


@dataclass(frozen=True, slots=True)
class RestReply:
    """The settle check was answered, waited_s seconds after the set ended."""

    answer: RestAnswer
    waited_s: int = 0


@dataclass(frozen=True, slots=True)
class Pause:
    """Pause now."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after a pause, with a short lead-in."""


@dataclass(frozen=True, slots=True)
class Next:
    """Leave this stage early: start now, or end this set."""


@dataclass(frozen=True, slots=True)
class Again:
    """Take the present repetition from its beginning."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop the session; the questions after a set are still asked."""


@dataclass(frozen=True, slots=True)
class SomethingWrong:
    """The person says something is wrong: stop moving and ask what."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong: any of the answers to Q3, Q4 and Q6; the ratings in it are not used."""

    answers: SetAnswers


@dataclass(frozen=True, slots=True)
class NothingWrong:
    """The list was opened by mistake."""


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The message was read."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Close the session as it stands; what was not answered stays unanswered."""


Input = (
    Tick
    | ClockGap
    | Replied
    | BaselineTingling
    | BaselinePain
    | BaselinePlaces
    | Rated
    | RatedSoFar
    | RestReply
    | Pause
    | Resume
    | Next
    | Again
    | Stop
    | SomethingWrong
    | Report
    | NothingWrong
    | Acknowledge
    | Leave
)
