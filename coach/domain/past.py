"""What a finished session leaves behind for the next days. Missing is None, never zero."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coach.domain.dose import Dose
from coach.domain.outcome import Outcome
from coach.domain.rating import Rating
from coach.domain.side import Side

#: The hour until which a night belongs to the day before it. Our own convention.
NIGHT_ENDS_AT = time(5)


def lived_day(moment: datetime) -> date:
    """The day a moment belongs to: after midnight it is still the same evening until five."""
    day = moment.date()
    return day if moment.time() >= NIGHT_ENDS_AT else day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Morning:
    """The next morning (clinical.md 9.1 M1-M3): tingling and pain 0-10, woken by leg symptoms.

    What is None was not answered.
    """

    tingling: Rating | None = None
    pain: Rating | None = None
    woken: bool | None = None

    @property
    def complete(self) -> bool:
        """True when all three were answered."""
        return None not in (self.tingling, self.pain, self.woken)


@dataclass(frozen=True, slots=True)
class Worked:
    """What one leg did of one exercise of the plan.

    exercise: as the plan names it; the doses name what was really played.
    side: None for exercises without sides.
    began, ended: the dose of the first set, and the one the next session may begin with.
    calm: every set done whole, rated 0-2 and settled within 60 s (clinical.md 9.3 SET-01, REC-01).
    own: False when an easy day played something gentler in its place (clinical.md 8 B*).
    """

    exercise: str
    side: Side | None
    began: Dose
    ended: Dose
    calm: bool
    own: bool = True


@dataclass(frozen=True, slots=True)
class PastSession:
    """One closed session, as far as a later day may look at it.

    id: the session's own. began: local time with offset. plan: fingerprint of the plan's text.
    tingling, pain: check-in ratings T0 and P0 (0-10); worst: highest rating of its sets.
    played: at least one set began.
    stopped_by_rules: a rule ended it (END_SESSION, clinical.md 9.2).
    unsettled: tingling had not settled within ten minutes (clinical.md 9.3 REC-04).
    dizzy: NEW-03 was reported. morning: None until answered, and for good when it never was.
    """

    began: datetime
    plan: str
    outcome: Outcome
    tingling: Rating | None = None
    pain: Rating | None = None
    easy_day: bool = False
    worked: tuple[Worked, ...] = ()
    worst: Rating | None = None
    played: bool = False
    stopped_by_rules: bool = False
    unsettled: bool = False
    dizzy: bool = False
    morning: Morning | None = None
    id: str = ""

    @property
    def day(self) -> date:
        """The day it began on, as the person lived it."""
        return lived_day(self.began)
