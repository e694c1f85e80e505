"""Life files: many days of answers in one home, for playing weeks without waiting for them."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Annotated

from pydantic import AfterValidator, Field

from coach.domain.past import Morning
from coach.domain.rating import RestAnswer
from coach.formats.answers_file import Answers, CheckInShape, SetsField
from coach.formats.fields import RatingField, Words
from coach.formats.reading import Reading, Shape

FORMAT = "nerve-coach.life/1"
MOST_SESSIONS = 1000
LAST_DAY = 3660


_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def _time_of_day(text: str) -> str:
    if not _TIME.fullmatch(text):
        raise ValueError('must be a time such as "18:30"')
    return text


@dataclass(frozen=True, slots=True)
class Unlock:
    """What the person entered to clear a lock: who assessed them, and whether they said go on."""

    who: str
    cleared: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One session of a life and what came after it.

    day: days since the first; time: wall time of the start.
    ten_minutes: the answer ten minutes after the session, None when there was none.
    """

    day: int
    time: time
    answers: Answers
    ten_minutes: RestAnswer | None = None
    morning: Morning | None = None
    unlock: Unlock | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """Sessions in the order they happen."""

    days: tuple[Day, ...]


class _TenMinutesShape(Shape):
    tingling: RatingField | None = None
    pain: RatingField | None = None
    numb: bool | None = None

    def value(self) -> RestAnswer:
        return RestAnswer(self.tingling, self.pain, self.numb)


class _MorningShape(Shape):
    tingling: RatingField | None = None
    pain: RatingField | None = None
    woken: bool | None = None

    def value(self) -> Morning:
        return Morning(self.tingling, self.pain, self.woken)


class _UnlockShape(Shape):
    who: Words
    cleared: bool

    def value(self) -> Unlock:
        return Unlock(self.who, self.cleared)


class _DayShape(Shape):
    day: Annotated[int, Field(ge=0, le=LAST_DAY)]
    time: Annotated[str, AfterValidator(_time_of_day)]
    check_in: CheckInShape = CheckInShape()
    sets: Annotated[SetsField, Field(alias="set")] = []
    ten_minutes: _TenMinutesShape | None = None
    morning: _MorningShape | None = None
    unlock: _UnlockShape | None = None

    def value(self) -> Day:
        return Day(
            day=self.day,
            time=time.fromisoformat(self.time),
            answers=Answers(self.check_in.check_in(), tuple(s.script() for s in self.sets)),
            ten_minutes=self.ten_minutes.value() if self.ten_minutes else None,
            morning=self.morning.value() if self.morning else None,
            unlock=self.unlock.value() if self.unlock else None,
        )


class _LifeShape(Shape):
    format: str
    day: Annotated[list[_DayShape], Field(min_length=1, max_length=MOST_SESSIONS)]


def read_life(text: bytes | str, name: str) -> Life:
    """The life of one file. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    shape = reading.shaped(_LifeShape, reading.content)
    for place, entry in enumerate(shape.day if shape else ()):
        entry.check_in.check_ids(reading, ("day", place, "check_in"))
        if shape and place and (entry.day, entry.time) <= _moment(shape.day[place - 1]):
            reading.fault(("day", place, "day"), "must come after the session before it")
    return Life(tuple(entry.value() for entry in reading.accepted(shape).day))


def _moment(entry: _DayShape) -> tuple[int, str]:
    return entry.day, entry.time
