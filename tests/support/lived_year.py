"""A year of one believable person, really played.

It comes from the engine, the rules and the locks of the program: tingling that slowly eases,
mostly the left leg, now and then the right one, days missed and two weeks away, a spell in which
sets were eased, a session stopped early, a clinician's lock lifted ten days later, two answers
corrected.
"""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

from coach.app.session.headers import session_header
from coach.app.session.keeping import set_row
from coach.app.session.recorder import Recorder
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.app.simulation.simulated_home import Home
from coach.app.simulation.simulated_person import answer_to
from coach.domain.past import Morning, PastSession
from coach.domain.rating import Feel, Place, RestAnswer, SetAnswers
from coach.domain.record import Asked, Correction, Moment
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.engine.inputs import BaselinePain, BaselineTingling, Replied, Stop
from coach.engine.run import Run, advance, give
from coach.engine.script import Script
from coach.formats.answers_file import Answers, CheckIn, SetScript
from coach.formats.plan_file import read_plan
from coach.rules.locks import Assessment
from coach.store.records import SetRow

LAST_DAY = date(2025, 11, 18)
"""The day before the day before a test's clock begins: nothing is due any more but a session."""

_DAYS = 364  # whole weeks, so that a copy falls on the same weekdays
LENGTH = timedelta(days=_DAYS)
_ZONE = timezone(timedelta(hours=1))
_STOPPED_DAY, _NUMB_DAY = 75, 200
_SEEN_AFTER = timedelta(days=9)
_AWAY = range(128, 142)
_EASED = range(84, 100)
_MISSED = 0.14

PLAN = """\
#:schema plan.schema.json
format = "nerve-coach.plan/1"
title = "Slider and stretch"
author = "Anna Berg, physiotherapist"
revision = 2
language = "en"

[[exercise]]
id = "W1"
[[exercise]]
id = "S3"
side = "left"
level = "A"
sets = 2
reps = 8
[[exercise]]
id = "H1"
side = "left"
level = "A"
[[exercise]]
id = "R1"
"""


@dataclass(frozen=True)
class LaterRow:
    """What was said after a session."""

    kind: str
    said: datetime
    tingling: int | None
    pain: int | None
    woken: bool | None = None
    numb: bool | None = None

    @property
    def values(self) -> tuple[int | None, ...]:
        """The last columns of its row."""
        return self.tingling, self.pain, self.woken, self.numb


@dataclass
class Kept:
    """One closed session with the rows of every table; moments instead of wall times."""

    began: datetime
    closed: datetime
    past: PastSession
    log: tuple[tuple[str, int, dict[str, object]], ...]
    sets: tuple[SetRow, ...]
    answers: tuple[tuple[int, str, str], ...]
    locks: list[tuple[str, str, datetime, datetime | None]]
    later: list[LaterRow]
    corrections: list[Correction]


@lru_cache(maxsize=1)
def shipped() -> Shipped:
    """What ships with the program."""
    return Shipped(shipped_root())


class _Person:
    """Somebody whose leg slowly gets better, with days that are worse."""

    def __init__(self, day: int) -> None:
        self.day = day
        self._chance = random.Random(f"long record, day {day}")
        eased = 0.9 if day in _EASED else 0.4 if _AWAY.stop <= day < _AWAY.stop + 7 else 0
        self._level = 2.4 - 2.1 * day / _DAYS + eased

    def _rated(self, more: float, most: int = 6) -> int:
        return max(0, min(round(self._level + more + self._chance.gauss(0, 0.45)), most))

    @property
    def answers(self) -> Answers:
        """What this day's session is answered with."""
        start, pain = self._rated(0, 4), self._rated(-0.4, 3)
        no = CheckIn(Reply.NO, tingling=start, pain=pain, where=frozenset(self._places()))
        side = Side.RIGHT if self.day % 7 == 5 and self.day % 3 else Side.LEFT
        sets = tuple(self._set(start, pain) for _ in range(8))
        return Answers(replace(no, sore_side=side), sets)

    def _set(self, start: int, pain: int) -> SetScript:
        strong = self.day in _EASED and self._chance.random() < 0.5
        rise = self._chance.choice((0, 0, 0, 0, 1))
        tingling = min(start + (2 if strong else rise), 6)
        felt = max(0, min(pain + self._chance.choice((-1, 0, 0, 0, 0, 0, 1)), 4))
        feels = frozenset({Feel.MILD_PINS} if tingling > 1 else {Feel.PULL})
        where = frozenset(self._places()) if tingling else frozenset()
        settled = 95 if strong else self._chance.choice((15, 20, 30, 45))
        return SetScript(SetAnswers(tingling, felt, where, feels), settled)

    def _places(self) -> tuple[Place, ...]:
        """From the calf up to the buttock as the months go by."""
        way = (self.day - 30 * (self.day in _EASED)) / _DAYS
        if way < 0.2:
            return Place.THIGH, Place.CALF
        if way < 0.45:
            return Place.THIGH, Place.BEHIND_KNEE
        if way < 0.7:
            return (Place.BUTTOCK, Place.THIGH) if self.day % 3 else (Place.THIGH,)
        return (Place.BUTTOCK,) if self.day % 4 else (Place.BUTTOCK, Place.THIGH)

    @property
    def ten_minutes(self) -> RestAnswer | None:
        """What is said ten minutes after the session."""
        if self._chance.random() < 0.3 and self.day != _NUMB_DAY:
            return None
        return RestAnswer(self._rated(-0.3, 3), self._rated(-0.4, 3), self.day == _NUMB_DAY)

    @property
    def morning(self) -> Morning | None:
        """What is said next morning; None when the question was skipped."""
        if self._chance.random() < 0.13:
            return None
        woken = self.day in _EASED and self._chance.random() < 0.15
        return Morning(self._rated(-0.2, 4), self._rated(-0.5, 3), woken)


def _start(day: int) -> datetime:
    chance = random.Random(f"long record, evening {day}")
    first = LAST_DAY - timedelta(days=_DAYS - 1)
    evening = time(18, chance.randrange(5, 55), chance.randrange(60))
    return datetime.combine(first + timedelta(days=day), evening, _ZONE)


def training_days() -> Iterator[int]:
    """The days, counted from the first, on which a session is meant to be."""
    chance = random.Random("long record, days")
    for day in range(_DAYS):
        missed = chance.random() < _MISSED or day % 7 in (2, 6)
        away = day in _AWAY
        if day in (_STOPPED_DAY, _NUMB_DAY) or not (missed or away):
            yield day


def session_id(profile: str, began: datetime) -> str:
    """The same id for the same session."""
    made = hashlib.sha256(f"{profile} {began.isoformat()}".encode()).hexdigest()
    return f"{began:%Y%m%dT%H%M%S}-{made[:8]}"


@lru_cache(maxsize=4)
def played(most: int) -> tuple[Kept, ...]:
    """The first sessions of the year, at most so many."""
    files = shipped()
    home = Home(files, read_plan(PLAN, "lived year", files.catalogue), PLAN)
    kept: list[Kept] = []
    for day in training_days():
        if len(kept) == most:
            break
        now, person = _start(day), _Person(day)
        _answer_morning(home, kept, now)
        if any(now - one.set_at > _SEEN_AFTER for one in home.diary.active):
            home.unlock(Assessment("Dr Weiss", now.date(), cleared=True), now)
            for one in kept:
                one.locks = [(*lock[:3], lock[3] or now) for lock in one.locks]
        answers = person.answers
        today = home.outlook(now, answers.check_in.sore_side)
        if home.may_begin(today):
            kept.append(_session(home, person, answers, now))
    _answer_morning(home, kept, _start(_DAYS))
    if len(kept) > 10:
        _correct(kept[len(kept) // 3], kept[len(kept) // 2])
    return tuple(kept)


def _correct(slip: Kept, doubt: Kept) -> None:
    """A number that was pressed by mistake, and an answer that is taken back."""
    said = slip.sets[0].tingling or 0
    for one, moment, n, value, reason in (
        (slip, Moment.SET, 1, said + 1, "I pressed the wrong number"),
        (doubt, Moment.CHECK_IN, 0, None, "I was thinking of the day before"),
    ):
        made = one.closed + timedelta(hours=2)
        one.corrections.append(Correction(moment, n, Asked.TINGLING, value, reason, made))


def _answer_morning(home: Home, kept: list[Kept], now: datetime) -> None:
    day = home.diary.due_morning(now.date())
    if day is None:
        return
    first = LAST_DAY - timedelta(days=_DAYS - 1)
    morning = _Person((day - first).days).morning or Morning()
    home.answer_morning(morning, now)
    woke = min(datetime.combine(day + timedelta(days=1), time(7, 40), _ZONE), now)
    said = LaterRow("morning", woke, morning.tingling, morning.pain, woken=morning.woken)
    for one in kept:
        if one.past.day == day and one.past.played:
            one.later.append(said)


def _session(home: Home, person: _Person, answers: Answers, now: datetime) -> Kept:
    today = home.outlook(now, answers.check_in.sore_side)
    script = home.script(today, answers.check_in.sore_side)
    header = session_header(
        home.shipped,
        script,
        home.plan_text,
        session=session_id("", now),
        profile="",
        wall=now.isoformat(),
        rules=today.standing.rules,
    )
    run, recorder = _run(script, answers, header, now, stopped=person.day == _STOPPED_DAY)
    past = home.close(script, run.ledger, recorder.records, now)
    closed = now + timedelta(milliseconds=recorder.records[-1].ms)
    kept = Kept(
        began=now,
        closed=closed,
        past=past,
        log=tuple((one.type, one.ms, one.data) for one in recorder.records),
        sets=tuple(set_row(one, home.shipped.catalogue) for one in run.ledger.sets),
        answers=tuple(_said(recorder)),
        locks=[(one.tier.name.lower(), one.rule, closed, None) for one in run.ledger.locks],
        later=[],
        corrections=[],
    )
    later = person.ten_minutes
    if later is not None and past.outcome.asked_afterwards(played=past.played):
        at = closed + timedelta(minutes=10, seconds=20)
        home.answer_ten_minutes(later, at)
        row = LaterRow("ten_minutes", at, later.tingling, later.pain, numb=later.numb)
        kept.later.append(row)
        if later.numb:
            kept.locks.append(("clearance", "CHR-04", at, None))
    return kept


def _run(
    script: Script, answers: Answers, header: dict[str, object], now: datetime, *, stopped: bool
) -> tuple[Run, Recorder]:
    recorder = Recorder(lambda ms: (now + timedelta(milliseconds=ms)).isoformat())
    recorder.header(header)
    run = Run(script)
    while not run.closed:
        reply = answer_to(run, answers)
        if stopped and len(run.ledger.sets) == 2:
            stopped, reply = False, (4_000, Stop())
        if reply is None:
            assert run.deadline_ms is not None
            run, moments = advance(run, run.deadline_ms)
            recorder.moments(moments, None)
        else:
            delay, given = reply
            run, moments = give(run, given, run.now_ms + delay)
            recorder.moments(moments, given)
    return run, recorder


_BASELINE = {BaselineTingling.__name__: "T0", BaselinePain.__name__: "P0"}


def _said(recorder: Recorder) -> Iterator[tuple[int, str, str]]:
    for one in recorder.records:
        kind = one.data.get("kind")
        if one.type == "input" and kind == Replied.__name__:
            yield one.seq, one.data["question"], one.data["reply"]
        elif one.type == "input" and kind in _BASELINE:
            yield one.seq, _BASELINE[kind], str(one.data["rating"])
