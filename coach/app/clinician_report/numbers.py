"""The numbers of the page for a clinician: what the ratings of some days come to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from coach.domain.rating import Place, Rating
from coach.domain.record import Asked, Moment, PlayedSession, PlayedSet, SaidLater

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Spread:
    """Ratings 0-10 by their middle and their ends; answers: how many were given."""

    median: float
    low: Rating
    high: Rating
    answers: int


def spread(ratings: Iterable[Rating | None]) -> Spread | None:
    """What these ratings come to; None when not one was given. Missing is never zero."""
    given = [rating for rating in ratings if rating is not None]
    if not given:
        return None
    return Spread(median(given), min(given), max(given), len(given))


def rating(
    session: PlayedSession, moment: Moment, asked: Asked, first: Rating | None, n: int = 0
) -> Rating | None:
    """An answer as it stands now: as first said, or as corrected later."""
    correction = session.corrected(moment, asked, n)
    return first if correction is None else correction.value


def first_said(session: PlayedSession, moment: Moment, asked: Asked, n: int = 0) -> Rating | None:
    """An answer as it was first said, which a correction never changes."""
    if moment is Moment.CHECK_IN:
        return _of(session, asked)
    if moment is Moment.SET:
        played = next((one for one in session.sets if one.n == n), None)
        return None if played is None else _of(played, asked)
    said = last_said(session, moment)
    return None if said is None else _of(said, asked)


def before(sessions: Iterable[PlayedSession], asked: Asked) -> list[Rating | None]:
    """Check-in ratings (T0 or P0), one a session."""
    return [rating(one, Moment.CHECK_IN, asked, _of(one, asked)) for one in sessions]


def during(sessions: Iterable[PlayedSession], asked: Asked) -> list[Rating | None]:
    """Ratings of the strongest moment of each set."""
    return [
        rating(one, Moment.SET, asked, _of(played, asked), played.n)
        for one in sessions
        for played in one.sets
    ]


@dataclass(frozen=True, slots=True)
class Night:
    """One morning's answers, said once though there may have been several sessions before it."""

    tingling: Rating | None
    pain: Rating | None
    woken: bool | None

    def said(self, asked: Asked) -> Rating | None:
        """The rating of this kind."""
        return self.tingling if asked is Asked.TINGLING else self.pain


def nights(sessions: Iterable[PlayedSession]) -> list[Night]:
    """The mornings after these sessions; the last answer about a session counts."""
    found: dict[object, Night] = {}
    for session in sessions:
        said = last_said(session, Moment.MORNING)
        if said is None:
            continue
        tingling, pain = (
            rating(session, Moment.MORNING, asked, _of(said, asked)) for asked in Asked
        )
        corrected = any(one.moment is Moment.MORNING for one in session.corrections)
        if corrected or said.said not in found:
            found[said.said] = Night(tingling, pain, said.woken)
    return list(found.values())


def last_said(session: PlayedSession, moment: Moment) -> SaidLater | None:
    """The last answer about a session at this moment."""
    said = [one for one in session.later if one.moment is moment]
    return said[-1] if said else None


def places(sessions: Iterable[PlayedSession]) -> Counter[Place]:
    """In how many sets each place was named."""
    return Counter(
        place for session in sessions for played in session.sets for place in played.where
    )


def rated_sets(sessions: Iterable[PlayedSession]) -> int:
    """Sets after which at least one rating was given: where a place could be asked about."""
    return sum(_rated(played) for session in sessions for played in session.sets)


def _rated(played: PlayedSet) -> bool:
    return played.tingling is not None or played.pain is not None


def _of(said: PlayedSession | PlayedSet | SaidLater, asked: Asked) -> Rating | None:
    return said.tingling if asked is Asked.TINGLING else said.pain


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sessions of some days, from first to last."""

    first: date
    last: date
    sessions: tuple[PlayedSession, ...]

    @property
    def days(self) -> int:
        """How many days, the ones without a session included."""
        return (self.last - self.first).days + 1


def compared(sessions: Sequence[PlayedSession]) -> tuple[Stretch, ...]:
    """The first week and the last one, which never share a day.

    A record of eight to thirteen days has a shorter last stretch; one of up to seven days is one
    stretch. Weeks are counted from the first session and back from the last.
    """
    lived = [one.day for one in sessions]
    first, last = min(lived), max(lived)
    if last < first + WEEK:
        return (Stretch(first, last, tuple(sessions)),)
    starts = (first, max(last - WEEK + timedelta(days=1), first + WEEK))
    ends = (first + WEEK - timedelta(days=1), last)
    return tuple(
        Stretch(start, end, tuple(one for one in sessions if start <= one.day <= end))
        for start, end in zip(starts, ends, strict=True)
    )
