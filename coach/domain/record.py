"""The record of what was played and answered, as it is shown, exported and brought back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from coach.domain.action import Action, Tier
from coach.domain.exercise import LevelName
from coach.domain.outcome import Outcome
from coach.domain.past import lived_day
from coach.domain.pose import Pose
from coach.domain.rating import Feel, News, Place, Rating
from coach.domain.side import Side


class Moment(StrEnum):
    """When a question is asked: what a correction may be about."""

    CHECK_IN = "check_in"
    SET = "set"
    TEN_MINUTES = "ten_minutes"
    MORNING = "morning"


class Asked(StrEnum):
    """What is rated 0-10 (clinical.md 9.1 Q1, Q2)."""

    TINGLING = "tingling"
    PAIN = "pain"


@dataclass(frozen=True, slots=True)
class Correction:
    """A rating that was said differently later. What was first said stays; nothing is unlocked.

    n: the set's number, 0 for every other moment. value: 0-10, None takes the answer back.
    made: local time with offset. reason: the person's own words.
    """

    moment: Moment
    n: int
    asked: Asked
    value: Rating | None
    reason: str
    made: datetime


@dataclass(frozen=True, slots=True)
class PlayedSet:
    """One set as it was really played, what was answered after it, and what followed.

    n: from 1. rest_s: seconds. home, out: joint angles in degrees. planned_ms, done_ms:
    milliseconds. tingling, pain: 0-10 as first said. settled_s: seconds until tingling was back,
    -1 when it was not within ten minutes. levers: written ``RNG`` or ``POS:S2``.
    What is None was not answered.
    """

    n: int
    exercise: str
    side: Side | None
    level: LevelName
    reps: int
    rest_s: int
    home: Pose
    out: Pose
    planned_ms: int
    done_ms: int
    tingling: Rating | None = None
    pain: Rating | None = None
    where: tuple[Place, ...] = ()
    feels: tuple[Feel, ...] = ()
    new: tuple[News, ...] = ()
    settled_s: int | None = None
    action: Action | None = None
    rules: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidLater:
    """What was said about a session once it was closed: ten minutes later or next morning.

    tingling, pain: 0-10; woken: by leg symptoms; numb: the loss of feeling is still there.
    A question that was skipped has None everywhere.
    """

    moment: Moment
    said: datetime
    tingling: Rating | None = None
    pain: Rating | None = None
    woken: bool | None = None
    numb: bool | None = None


@dataclass(frozen=True, slots=True)
class SetLock:
    """A stop: its tier, the rule that caused it, and what opened it again."""

    id: str
    tier: Tier
    rule: str
    set_at: datetime
    lifted_at: datetime | None = None
    lifted_by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PlayedSession:
    """One closed session with everything that is kept about it.

    person: pseudonym of whose it is. began, closed: local time with offset. fingerprint: SHA-256
    of the log's last line. replies: the last answer to each check-in question by id, None where
    none was given. tingling, pain: the check-in ratings T0 and P0, 0-10, as first said.
    later, corrections: in the order they were said.
    """

    id: str
    person: str
    began: datetime
    closed: datetime
    outcome: Outcome
    plan_title: str
    plan_sha256: str
    engine: str
    rules_sha256: str
    fingerprint: str
    replies: Mapping[str, str | None] = field(default_factory=dict)
    tingling: Rating | None = None
    pain: Rating | None = None
    sets: tuple[PlayedSet, ...] = ()
    later: tuple[SaidLater, ...] = ()
    locks: tuple[SetLock, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def day(self) -> date:
        """The day it began on, as the person lived it."""
        return lived_day(self.began)

    def corrected(self, moment: Moment, asked: Asked, n: int = 0) -> Correction | None:
        """The last correction of an answer, None when it stands as first said."""
        about = (moment, asked, n)
        found = [one for one in self.corrections if (one.moment, one.asked, one.n) == about]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of the record is wanted.

    profile: its id, None for everybody. since, until: first and last day as the person lived it,
    both included. side, exercise: sessions with at least one set of it.
    """

    profile: str | None = None
    since: date | None = None
    until: date | None = None
    side: Side | None = None
    exercise: str | None = None
