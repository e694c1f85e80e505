"""The rows of the store as plain values. Missing is None, never zero.

Wall times are ISO 8601 with an offset; the store never looks at a clock.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, TypeVar

#: A field kept as JSON text: a tuple of words, or angles by joint.
_JSON = {"json": True}


@dataclass(frozen=True, slots=True)
class Profile:
    """A person whose sessions are kept; pseudonym is the only name that logs carry."""

    TABLE: ClassVar[str] = "profile"

    id: str
    name: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class SessionHeader:
    """What is known when a session opens: enough to play its log again without other files."""

    id: str
    profile: str
    plan_title: str
    plan_text: str
    plan_sha256: str
    engine_version: str
    rules_sha256: str
    tz: str
    started_wall: str
    demo: bool = False


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One line of the history.

    closed_wall, outcome, log_head (hash of the log's last line): None while unfinished.
    """

    id: str
    profile: str
    plan_title: str
    plan_sha256: str
    tz: str
    started_wall: str
    closed_wall: str | None
    outcome: str | None
    log_head: str | None
    demo: bool


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of a session's log: data is canonical JSON text, h its place in the hash chain.

    seq counts from 0 without gaps; ms is monotonic time since the session began.
    """

    TABLE: ClassVar[str] = "event"

    seq: int
    type: str
    ms: int
    wall: str
    data: str
    h: str


@dataclass(frozen=True, slots=True)
class SetRow:
    """One set as it was really played, what was answered after it, and what followed.

    n counts the sets of a session from 1; home and out are joint angles in degrees;
    tingling and pain are 0-10 or None (not answered); settled_s is seconds until tingling was
    back, -1 when it was not within ten minutes; levers are written as ``RNG`` or ``POS:S2``.
    """

    TABLE: ClassVar[str] = "set_row"

    n: int
    exercise: str
    side: str | None
    level: str
    reps: int
    rest_s: int
    home: Mapping[str, float] = field(metadata=_JSON)
    out: Mapping[str, float] = field(metadata=_JSON)
    planned_ms: int
    done_ms: int
    tingling: int | None = None
    pain: int | None = None
    where: tuple[str, ...] = field(default=(), metadata=_JSON)
    feels: tuple[str, ...] = field(default=(), metadata=_JSON)
    new: tuple[str, ...] = field(default=(), metadata=_JSON)
    settled_s: int | None = None
    action: str | None = None
    rules: tuple[str, ...] = field(default=(), metadata=_JSON)
    levers: tuple[str, ...] = field(default=(), metadata=_JSON)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of the check-in; seq is the log entry it came with, value None is no answer."""

    TABLE: ClassVar[str] = "answer"

    seq: int
    question: str
    value: str | None


@dataclass(frozen=True, slots=True)
class LockRow:
    """A stop or a restriction that stands until it is lifted.

    tier: ``clearance``, ``urgent`` or ``emergency`` keep sessions closed; ``advise`` only takes
    something out of them (clinical.md 9.3 NEW-03). rule: the id that caused it. id: never used
    before.
    """

    TABLE: ClassVar[str] = "lock"

    id: str
    profile: str
    session: str | None
    tier: str
    rule: str
    set_wall: str
    lifted_wall: str | None = None
    lifted_by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class AfterwardsRow:
    """What was said about a session once it was closed.

    kind: ``morning`` (clinical.md 9.1 M1-M3) or ``ten_minutes`` (9.3 REC-04).
    tingling, pain: 0-10; woken: by leg symptoms; numb: the loss of feeling is still there;
    None for what was not answered, everything None for a question that was skipped.
    """

    TABLE: ClassVar[str] = "afterwards"

    session: str
    kind: str
    wall: str
    tingling: int | None = None
    pain: int | None = None
    woken: bool | None = None
    numb: bool | None = None


@dataclass(frozen=True, slots=True)
class AllowanceRow:
    """A physiotherapist has lifted the home ceiling of an exercise (clinical.md 9.5)."""

    TABLE: ClassVar[str] = "allowance"

    id: str
    profile: str
    exercise: str
    wall: str


Row = Profile | LogEntry | SetRow | AnswerRow | LockRow | AllowanceRow
R = TypeVar(
    "R",
    Profile,
    SessionHeader,
    SessionSummary,
    LogEntry,
    SetRow,
    AnswerRow,
    LockRow,
    AfterwardsRow,
    AllowanceRow,
)


def write(connection: sqlite3.Connection, row: Row, session: str | None = None) -> None:
    """Insert a row, under a session where its table belongs to one."""
    named: dict[str, Any] = {} if session is None else {"session": session}
    for column in fields(row):
        value = getattr(row, column.name)
        named[column.name] = _json(value) if column.metadata.get("json") else value
    columns = ", ".join(f'"{name}"' for name in named)
    marks = ", ".join("?" * len(named))
    connection.execute(
        f"INSERT INTO {row.TABLE} ({columns}) VALUES ({marks})",  # noqa: S608 (names of this file)
        tuple(named.values()),
    )


def read(kind: type[R], row: sqlite3.Row) -> R:
    """The value a row of the database stands for."""
    values: dict[str, Any] = {}
    for column in fields(kind):
        value = row[column.name]
        is_truth = column.type in {bool, bool | None}
        if column.metadata.get("json"):
            value = json.loads(value)
            values[column.name] = tuple(value) if isinstance(value, list) else value
        else:
            values[column.name] = bool(value) if is_truth and value is not None else value
    return kind(**values)


def _json(value: Mapping[str, float] | tuple[str, ...]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
