"""What the engine asks of the world: data, never calls."""

from dataclasses import dataclass
from enum import StrEnum

from coach.domain.decision import Decision, Phrase
from coach.domain.dose import Dose
from coach.domain.exercise import Tag
from coach.domain.outcome import Outcome
from coach.domain.rating import RestAnswer, SetAnswers
from coach.domain.screening import Lock
from coach.domain.side import Side
from coach.rules.after_set import Settled
from coach.rules.check_in import Clearance


class Refusal(StrEnum):
    """Why an input changed nothing; each has words at ``refused.<value>``."""

    NOT_NOW = "not_now"
    ANSWER_FIRST = "answer_first"
    REST_FIRST = "rest_first"
    CLOSED = "closed"
    NOT_A_RATING = "not_a_rating"
    TOO_FAST = "too_fast"
    NOT_SAVED = "not_saved"


@dataclass(frozen=True, slots=True)
class Say:
    """Speak and caption a phrase; it cancels whatever is being said."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Hush:
    """Cut all sound at once."""


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The check-in is over; left_out names exercises removed and the tag that removed each."""

    clearance: Clearance
    left_out: tuple[tuple[str, Tag], ...] = ()


@dataclass(frozen=True, slots=True)
class SetBegins:
    """A set's first repetition starts; item is the plan's exercise that it belongs to."""

    side: Side | None
    dose: Dose
    item: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A further repetition (0-based) or its hold has begun: where a cut-off set goes on from."""

    rep: int
    phase: int


@dataclass(frozen=True, slots=True)
class SetEnds:
    """A set is over, with the repetitions really finished."""

    reps_done: int
    stopped: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """The questions after a set were answered, whole or so far."""

    answers: SetAnswers


@dataclass(frozen=True, slots=True)
class RestAnswered:
    """A settle check was answered; settled is the class once it is known."""

    answer: RestAnswer
    waited_s: int
    settled: Settled | None


@dataclass(frozen=True, slots=True)
class Judged:
    """The rules have spoken; ``final`` once the settle check is in. rest_s: seconds of rest."""

    decision: Decision
    final: bool
    rest_s: int


@dataclass(frozen=True, slots=True)
class ReportJudged:
    """The rules have spoken about a report that belongs to no set being judged.

    place: the plan's exercise and the leg it was about, None for what was done last.
    """

    decision: Decision
    place: tuple[str, Side | None] | None = None


@dataclass(frozen=True, slots=True)
class Locked:
    """Write this lock to disk before anything else is shown."""

    lock: Lock


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Nothing was answered for 60 s; the session waits."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The input changed nothing, and why."""

    reason: Refusal


@dataclass(frozen=True, slots=True)
class Closed:
    """The session is over."""

    outcome: Outcome


Effect = (
    Say
    | Hush
    | CheckedIn
    | SetBegins
    | Reached
    | SetEnds
    | Answered
    | RestAnswered
    | Judged
    | ReportJudged
    | Locked
    | AskedAgain
    | Refused
    | Closed
)
