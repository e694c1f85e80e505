"""Keeping a running session in the store; a demonstration is kept nowhere."""

import json
from collections.abc import Callable, Mapping, Sequence

from coach.app.ports import Clock
from coach.domain.exercise import Exercise
from coach.domain.past import PastSession
from coach.domain.pose import Pose
from coach.domain.screening import Lock
from coach.engine.inputs import BaselinePain, BaselineTingling, Replied
from coach.engine.ledger import SetRecord
from coach.formats.bad_file import BadFile, FileFault
from coach.formats.past_text import past_text
from coach.formats.session_log import LogRecord, canonical, log_text, plain
from coach.rules.after_set import Settled
from coach.rules.repetition import repetition_ms
from coach.store.paths import Home
from coach.store.records import AnswerRow, LockRow, LogEntry, SetRow
from coach.store.sessions import SessionStore, keep_log

NEVER_SETTLED = -1  # DESIGN 4, answers file
_CHECK_IN_VALUE = {
    Replied.__name__: ("question", "reply"),
    BaselineTingling.__name__: (None, "rating"),
    BaselinePain.__name__: (None, "rating"),
}
_BASELINE_NAME = {BaselineTingling.__name__: "T0", BaselinePain.__name__: "P0"}


def _settled_s(record: SetRecord) -> int | None:
    """Seconds until settled as stored: -1 for not within ten minutes, None while unknown."""
    if record.settled is Settled.NOT_BY_600:
        return NEVER_SETTLED
    within = Settled.BY_600.value  # the question after ten minutes may come a little later
    return None if record.settled_s is None else min(record.settled_s, within)


def _angles(pose: Pose) -> Mapping[str, float]:
    return pose.as_dict()


def set_row(record: SetRecord, exercises: Mapping[str, Exercise]) -> SetRow:
    """A set of the ledger as the store keeps it."""
    dose, answers, decision = record.dose, record.answers, record.decision
    planned = repetition_ms(exercises[dose.exercise], dose) * dose.reps
    ended = record.began_ms if record.ended_ms is None else record.ended_ms
    return SetRow(
        n=record.n,
        exercise=dose.exercise,
        side=None if record.side is None else record.side.value,
        level=dose.level.value,
        reps=record.reps_done,
        rest_s=record.rest_s,
        home=_angles(dose.home),
        out=_angles(dose.out),
        planned_ms=planned,
        done_ms=ended - record.began_ms,
        tingling=None if answers is None else answers.tingling,
        pain=None if answers is None else answers.pain,
        where=() if answers is None else tuple(plain(answers.where)),
        feels=() if answers is None else tuple(plain(answers.feels)),
        new=() if answers is None else tuple(plain(answers.new)),
        settled_s=_settled_s(record),
        action=None if decision is None else decision.action.name,
        rules=() if decision is None else decision.rules,
        levers=() if decision is None else tuple(str(step) for step in decision.levers),
    )


def answer_row(record: LogRecord) -> AnswerRow | None:
    """The check-in answer that a log record holds, None when it holds none."""
    kind = record.data.get("kind")
    if record.type != "input" or kind not in _CHECK_IN_VALUE:
        return None
    name_field, value_field = _CHECK_IN_VALUE[kind]
    name = record.data[name_field] if name_field else _BASELINE_NAME[kind]
    return AnswerRow(record.seq, name, str(record.data[value_field]))


def entry(record: LogRecord) -> LogEntry:
    """A log record as the store keeps it."""
    return LogEntry(
        record.seq, record.type, record.ms, record.wall, canonical(record.data), record.h
    )


def kept_records(store: SessionStore, session: str) -> list[LogRecord]:
    """A session's log as the store has it. Raises BadFile where a row cannot be read."""
    kept = [_record(stored, session) for stored in store.entries(session)]
    if not kept:
        raise BadFile([FileFault(session, 1, "line", "is missing")])
    return kept


def _record(stored: LogEntry, session: str) -> LogRecord:
    try:
        data = json.loads(stored.data)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise BadFile([FileFault(session, stored.seq + 1, "data", "is not a JSON object")])
    return LogRecord(stored.seq, stored.type, stored.ms, stored.wall, data, stored.h)


class StoreKeeper:
    """Keeps one session in the database, one transaction a step."""

    def __init__(
        self,
        store: SessionStore,
        home: Home,
        session: str,
        profile: str,
        exercises: Mapping[str, Exercise],
        clock: Clock,
        *,
        closed: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._home = home
        self._session = session
        self._profile = profile
        self._exercises = exercises
        self._clock = clock
        self._closed = closed

    def keep(
        self,
        records: Sequence[LogRecord],
        *,
        sets: Sequence[SetRecord] = (),
        locks: Sequence[Lock] = (),
    ) -> None:
        """Append to the log, with the rows that belong to it, in one durable transaction."""
        answers = [row for record in records if (row := answer_row(record)) is not None]
        rows = [
            LockRow(
                id=f"{self._session}-{lock.rule}",
                profile=self._profile,
                session=self._session,
                tier=lock.tier.name.lower(),
                rule=lock.rule,
                set_wall=self._clock.wall(),
            )
            for lock in locks
        ]
        self._store.append(
            self._session,
            [entry(record) for record in records],
            sets=[set_row(record, self._exercises) for record in sets],
            answers=answers,
            locks=rows,
        )

    def close(self, records: Sequence[LogRecord], past: PastSession) -> None:
        """Write the log as a file of its own, then close the session with what it leaves.

        In this order a session cut off between the two still counts as unfinished and is closed
        at the next start, so no closed session is without its file,
        but where the data are encrypted (see ``keep_log``).
        """
        keep_log(self._home, self._session, log_text(records))
        self._store.close_session(
            self._session,
            past.outcome.value,
            self._clock.wall(),
            records[-1].h,
            past_text(past),
        )
        self._closed()


class DemoKeeper:
    """Keeps nothing: a demonstration leaves no record."""

    def keep(
        self,
        records: Sequence[LogRecord],
        *,
        sets: Sequence[SetRecord] = (),
        locks: Sequence[Lock] = (),
    ) -> None:
        """Nothing is kept."""

    def close(self, records: Sequence[LogRecord], past: PastSession) -> None:
        """Nothing was kept."""
