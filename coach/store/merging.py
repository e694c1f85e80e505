"""Sessions that were played elsewhere, brought in beside those of this data file.

Nothing that is here is overwritten: a log takes the place of another only where it says all that
the other said, and more.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from coach.store.database import Database
from coach.store.errors import BugError
from coach.store.order_of_pasts import put_in_order
from coach.store.records import (
    AfterwardsRow,
    AnswerRow,
    LockRow,
    LogEntry,
    Profile,
    SessionHeader,
    SetRow,
    read,
    write,
)

_SAID_LATER = "kind, wall, tingling, pain, woken, numb"
#: What two files have to agree on to mean one stop.
_SAME_STOP = ("profile", "session", "tier", "rule")
_CORRECTED = "moment, n, asked, value, reason, wall"
_Row = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A session that is here: whose, whether it is closed, and the chain values of its log.

    ended: the log itself says that the session was over, so nothing can continue it.
    """

    person: str
    closed: bool
    chain: tuple[str, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class SessionRows:
    """Everything a closed session consists of; past: canonical JSON of what it leaves."""

    header: SessionHeader
    entries: Sequence[LogEntry]
    sets: Sequence[SetRow]
    answers: Sequence[AnswerRow]
    outcome: str
    closed_wall: str
    past: str

    @property
    def head(self) -> str:
        """The chain value of the log's last line."""
        return self.entries[-1].h


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A rating said differently later (see ``coach.domain.record.Correction``)."""

    session: str
    moment: str
    n: int
    asked: str
    value: int | None
    reason: str
    wall: str


class Merging:
    """What is here already, and batches of what is brought in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def batch(self) -> Iterator["Batch"]:
        """Everything added inside is on disk afterwards, or nothing of it."""
        with self._database.transaction() as connection:
            yield Batch(connection)

    def person(self, pseudonym: str) -> Profile | None:
        """The profile with a pseudonym, None when there is none."""
        rows = self._database.query(
            "SELECT * FROM profile WHERE pseudonym = ? ORDER BY id LIMIT 1", (pseudonym,)
        )
        return read(Profile, rows[0]) if rows else None

    def whose(self, session: str) -> str | None:
        """The profile id of a closed session, None when there is none."""
        rows = self._database.query(
            "SELECT profile FROM session WHERE id = ? AND closed_wall IS NOT NULL", (session,)
        )
        return rows[0]["profile"] if rows else None

    def known(self, session: str) -> Known | None:
        """What is here of a session, None when it is new."""
        rows = self._database.query(
            "SELECT pseudonym, closed_wall FROM session JOIN profile ON profile.id ="
            " session.profile WHERE session.id = ?",
            (session,),
        )
        if not rows:
            return None
        log = self._database.query(
            "SELECT type, h FROM event WHERE session = ? ORDER BY seq", (session,)
        )
        return Known(
            rows[0]["pseudonym"],
            rows[0]["closed_wall"] is not None,
            tuple(row["h"] for row in log),
            bool(log) and log[-1]["type"] == "closed",
        )

    def active(self, lock: str) -> bool:
        """Whether a lock stands here."""
        found = self._database.query(
            "SELECT 1 FROM lock WHERE id = ? AND lifted_wall IS NULL", (lock,)
        )
        return bool(found)


class Batch:
    """Adds inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add_person(self, profile: Profile) -> None:
        """Keep somebody who is new here."""
        write(self._connection, profile)

    def adopt(self, profile: str, pseudonym: str) -> bool:
        """Let a profile without any session be a person of elsewhere; False when it has some."""
        changed = self._connection.execute(
            "UPDATE profile SET pseudonym = ? WHERE id = ?"
            " AND NOT EXISTS (SELECT 1 FROM session WHERE session.profile = profile.id)",
            (pseudonym, profile),
        )
        return changed.rowcount == 1

    def add(self, rows: SessionRows) -> None:
        """Keep a session that is new here, closed."""
        header = rows.header
        _keep_plan(self._connection, header)
        self._connection.execute(
            "INSERT INTO session (id, profile, plan_title, plan_sha256, engine_version,"
            " rules_sha256, tz, started_wall, started_utc, closed_wall, outcome, log_head,"
            " demo) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (
                *(header.id, header.profile, header.plan_title, header.plan_sha256),
                *(header.engine_version, header.rules_sha256, header.tz),
                *(header.started_wall, _utc(header.started_wall)),
                *(rows.closed_wall, rows.outcome, rows.head),
            ),
        )
        _write_content(self._connection, rows)

    def go_on(self, rows: SessionRows) -> None:
        """Put a log in place of the one it continues. What was said later stays."""
        name = rows.header.id
        for table in ("event", "set_row", "answer"):
            self._connection.execute(f"DELETE FROM {table} WHERE session = ?", (name,))  # noqa: S608 (names from this line)
        self._connection.execute(
            "UPDATE session SET closed_wall = ?, outcome = ?, log_head = ? WHERE id = ?",
            (rows.closed_wall, rows.outcome, rows.head, name),
        )
        _write_content(self._connection, rows)

    def add_conflict(self, session: str, log: str, found_wall: str) -> bool:
        """Keep a log that contradicts the one that is here, beside it; False when it is kept.

        Of two such logs where one continues the other the longer is kept.
        """
        kept = self._connection.execute(
            "SELECT log_head, log FROM conflict WHERE session = ?", (session,)
        ).fetchall()
        if any(row["log"].startswith(log) for row in kept):
            return False
        for row in kept:
            if log.startswith(row["log"]):
                self._connection.execute(
                    "DELETE FROM conflict WHERE session = ? AND log_head = ?",
                    (session, row["log_head"]),
                )
        self._connection.execute(
            "INSERT INTO conflict (session, log_head, found_wall, log) VALUES (?, ?, ?, ?)",
            (session, _head_of(log), found_wall, log),
        )
        return True

    def set_locks(self, locks: Iterable[LockRow]) -> None:
        """Set locks. One that stands here stays, and one that was lifted here stays lifted."""
        for lock in locks:
            _set_lock(self._connection, lock)

    def add_later(
        self, said: Iterable[AfterwardsRow], corrections: Iterable[CorrectionRow]
    ) -> None:
        """Add what was said about closed sessions: each answer once, in the order of its time."""
        rows: dict[str, list[_Row]] = {}
        for one in said:
            row = (one.kind, one.wall, one.tingling, one.pain, _flag(one.woken), _flag(one.numb))
            rows.setdefault(one.session, []).append(row)
        for session, came in rows.items():
            _join(self._connection, session, "afterwards", _SAID_LATER, came)
        made: dict[str, list[_Row]] = {}
        for change in corrections:
            about = (change.moment, change.n, change.asked)
            made.setdefault(change.session, []).append(
                (*about, change.value, change.reason, change.wall)
            )
        for session, came in made.items():
            _join(self._connection, session, "correction", _CORRECTED, came)

    def put_in_order(self, profile: str, came: Collection[str]) -> None:
        """Give sessions that came their place among a person's sessions.

        Those that were here keep their order, which is the one they were closed in even where a
        clock was wrong; each that came goes before the first that began later.
        """
        put_in_order(self._connection, profile, came)


def _flag(value: bool | None) -> int | None:  # noqa: FBT001 - what was answered
    return None if value is None else int(value)


def _write_content(connection: sqlite3.Connection, rows: SessionRows) -> None:
    name = rows.header.id
    for part in (rows.entries, rows.sets, rows.answers):
        for row in part:
            write(connection, row, name)
    connection.execute(
        "INSERT INTO past (session, data) VALUES (?, ?)"
        " ON CONFLICT (session) DO UPDATE SET data = excluded.data",
        (name, rows.past),
    )


def _keep_plan(connection: sqlite3.Connection, header: SessionHeader) -> None:
    row = connection.execute(
        "SELECT text FROM plan WHERE sha256 = ?", (header.plan_sha256,)
    ).fetchone()
    if row is None:
        connection.execute(
            "INSERT INTO plan (sha256, text) VALUES (?, ?)", (header.plan_sha256, header.plan_text)
        )
    elif row["text"] != header.plan_text:
        raise BugError(f"plan {header.plan_sha256}: this hash already belongs to another text")


def _set_lock(connection: sqlite3.Connection, lock: LockRow) -> None:
    kept = _kept(connection, lock.id)
    if kept is not None and any(kept[name] != getattr(lock, name) for name in _SAME_STOP):
        # Its id is another stop's here, so it gets one of its own: both stand.
        lock = replace(lock, id=f"{lock.id}-{lock.profile}-{lock.rule}-{lock.tier}")
        kept = _kept(connection, lock.id)
    if kept is None:
        write(connection, lock)
        if lock.lifted_wall is not None:
            connection.execute("INSERT INTO lifted_elsewhere (lock) VALUES (?)", (lock.id,))
    elif kept["elsewhere"]:
        _weigh(connection, lock, read(LockRow, kept))


def _kept(connection: sqlite3.Connection, lock: str) -> sqlite3.Row | None:
    """What is here under the id of a lock, and whether it was lifted elsewhere."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT lock.*, lifted_elsewhere.lock IS NOT NULL AS elsewhere FROM lock"
        " LEFT JOIN lifted_elsewhere ON lifted_elsewhere.lock = lock.id WHERE id = ?",
        (lock,),
    ).fetchone()
    return row


def _weigh(connection: sqlite3.Connection, lock: LockRow, kept: LockRow) -> None:
    """Two files know one lock: it stands where one of them says so.

    Nobody has lifted it here. Where both say that it was lifted, the first lifting counts.
    """
    lifted: tuple[str | None, ...] = None, None, None
    if lock.lifted_wall is None or kept.lifted_wall is None:
        connection.execute("DELETE FROM lifted_elsewhere WHERE lock = ?", (lock.id,))
    else:
        lifted = min(
            (lock.lifted_wall, lock.lifted_by or "", lock.note or ""),
            (kept.lifted_wall, kept.lifted_by or "", kept.note or ""),
        )
    connection.execute(
        "UPDATE lock SET lifted_wall = ?, lifted_by = ?, note = ? WHERE id = ?", (*lifted, lock.id)
    )


def _join(
    connection: sqlite3.Connection, session: str, table: str, columns: str, came: Sequence[_Row]
) -> None:
    """Bring rows of one session together, each once, by the time they were said."""
    found = connection.execute(
        f"SELECT {columns} FROM {table} WHERE session = ? ORDER BY seq",  # noqa: S608 (names of this file)
        (session,),
    )
    here = [tuple(row) for row in found]
    new = set(came) - set(here)
    if not new:
        return
    names = columns.split(", ")
    wall = names.index("wall")
    whole = sorted((*here, *new), key=lambda row: (_utc(str(row[wall])), json.dumps(row)))
    connection.execute(f"DELETE FROM {table} WHERE session = ?", (session,))  # noqa: S608 (as above)
    marks = ", ".join("?" * (len(names) + 2))
    connection.executemany(
        f"INSERT INTO {table} (session, seq, {columns}) VALUES ({marks})",  # noqa: S608 (as above)
        [(session, seq, *row) for seq, row in enumerate(whole)],
    )


def _head_of(log: str) -> str:
    head: str = json.loads(log.splitlines()[-1])["h"]
    return head


def _utc(wall: str) -> str:
    return datetime.fromisoformat(wall).astimezone(UTC).isoformat(timespec="milliseconds")
