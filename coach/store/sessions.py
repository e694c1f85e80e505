"""Sessions, their logs, answers and locks: written as they happen, on disk before going on."""

import contextlib
import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from coach.domain.record import Correction, Moment
from coach.store.custody import Custody
from coach.store.database import Database
from coach.store.errors import BugError, KnownError
from coach.store.history_reader import HistoryReader
from coach.store.merging import Merging
from coach.store.paths import Home
from coach.store.physio_code import PhysioCode
from coach.store.private_file import write_private
from coach.store.record_reader import RecordReader
from coach.store.records import (
    AfterwardsRow,
    AllowanceRow,
    AnswerRow,
    LockRow,
    LogEntry,
    Profile,
    SessionHeader,
    SessionSummary,
    SetRow,
    read,
    write,
)

CHANGED = (
    "Something outside this program has changed the data file since it was last closed. Every"
    " session in it was checked and is as it was kept."
)


class SessionStore:
    """The sessions in a database. Every call that writes is one transaction, on disk on return.

    A call that returned is never lost; one that raised has changed nothing.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.physio_code = PhysioCode(database)
        self.record = RecordReader(database)
        self.history = HistoryReader(database)
        self.merging = Merging(database)
        self.custody = Custody(database)

    def add_profile(self, profile: Profile) -> None:
        """Keep a new profile. Raises BugError when its id or name is taken."""
        with self._database.transaction() as connection:
            write(connection, profile)

    def profiles(self) -> list[Profile]:
        """Every profile by name."""
        rows = self._database.query("SELECT * FROM profile ORDER BY name")
        return [read(Profile, row) for row in rows]

    def rename_profile(self, profile: str, name: str) -> None:
        """Give a profile another name. Raises BugError when that is another's."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE profile SET name = ? WHERE id = ?", (name, profile))

    def open_session(self, header: SessionHeader, entries: Sequence[LogEntry] = ()) -> None:
        """Begin a session of an existing profile, with the first entries of its log."""
        with self._database.transaction() as connection:
            _keep_plan(connection, header.plan_sha256, header.plan_text)
            connection.execute(
                "INSERT INTO session (id, profile, plan_title, plan_sha256, engine_version,"
                " rules_sha256, tz, started_wall, started_utc, demo)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(header.id, header.profile, header.plan_title, header.plan_sha256),
                    *(header.engine_version, header.rules_sha256, header.tz),
                    *(header.started_wall, _utc(header.started_wall), header.demo),
                ),
            )
            _append(connection, header.id, entries)

    def append(
        self,
        session_id: str,
        entries: Sequence[LogEntry],
        *,
        sets: Sequence[SetRow] = (),
        answers: Sequence[AnswerRow] = (),
        locks: Sequence[LockRow] = (),
    ) -> None:
        """Add log entries and, in the same transaction, what follows from them.

        A set row replaces an earlier one with the same n: its rating comes before its action.
        Raises BugError when the session is closed or the entries do not continue its log.
        """
        with self._database.transaction() as connection:
            _require_open(connection, session_id)
            _append(connection, session_id, entries)
            for row in sets:
                connection.execute(
                    "DELETE FROM set_row WHERE session = ? AND n = ?", (session_id, row.n)
                )
                write(connection, row, session_id)
            for answer in answers:
                write(connection, answer, session_id)
            _lock(connection, locks)

    def close_session(
        self,
        session_id: str,
        outcome: str,
        closed_wall: str,
        log_head: str,
        past: str | None = None,
    ) -> None:
        """End a session; from now on nothing of it changes.

        past: canonical JSON of what it leaves for the next days; None leaves it to `keep_past`.
        """
        with self._database.transaction() as connection:
            _require_open(connection, session_id)
            if past is not None:
                _keep_past(connection, session_id, past)
            connection.execute(
                "UPDATE session SET outcome = ?, closed_wall = ?, log_head = ? WHERE id = ?",
                (outcome, closed_wall, log_head, session_id),
            )
        stops = "SELECT 1 FROM lock WHERE session = ? LIMIT 1"
        if self._database.query(stops, (session_id,)):
            self.back_up_stops(closed_wall)

    def keep_past(self, session_id: str, data: str) -> None:
        """Keep what a closed session leaves for the next days, as worked out from its log.

        It replaces an earlier one, since it says nothing that the log does not say.
        """
        with self._database.transaction() as connection:
            _require_closed(connection, session_id)
            _keep_past(connection, session_id, data)

    def add_afterwards(self, *rows: AfterwardsRow, locks: Sequence[LockRow] = ()) -> None:
        """Add what was said about closed sessions and, in the same transaction, what it locks.

        Raises BugError while one of the sessions is open.
        """
        with self._database.transaction() as connection:
            for row in rows:
                _require_closed(connection, row.session)
                connection.execute(
                    "INSERT INTO afterwards (session, seq, kind, wall, tingling, pain, woken, numb)"
                    " SELECT ?, count(*), ?, ?, ?, ?, ?, ? FROM afterwards WHERE session = ?",
                    (
                        *(row.session, row.kind, row.wall),
                        *(row.tingling, row.pain, row.woken, row.numb),
                        row.session,
                    ),
                )
            _lock(connection, locks)
        if locks:
            self.back_up_stops(locks[0].set_wall)

    def add_correction(self, session_id: str, made: Correction) -> None:
        """Add what an answer of a closed session should have been, as a line of its own.

        What was first said stays, and so does everything that was decided by it. Raises BugError
        when the session is open, ValueError when its answer does not exist or no reason is given.
        """
        if not made.reason.strip():
            raise ValueError("reason: must say something")
        with self._database.transaction() as connection:
            _require_closed(connection, session_id)
            _require_asked(connection, session_id, made)
            connection.execute(
                "INSERT INTO correction (session, seq, moment, n, asked, value, reason, wall)"
                " SELECT ?, count(*), ?, ?, ?, ?, ?, ? FROM correction WHERE session = ?",
                (
                    *(session_id, made.moment.value, made.n, made.asked.value, made.value),
                    *(made.reason.strip(), made.made.isoformat(timespec="milliseconds")),
                    session_id,
                ),
            )

    def set_locks(self, locks: Sequence[LockRow]) -> None:
        """Set locks that come from no running session, all or none."""
        with self._database.transaction() as connection:
            _lock(connection, locks)
        if locks:
            self.back_up_stops(locks[0].set_wall)

    def back_up_stops(self, wall: str) -> None:
        """A stop is in a backup at once. Without one it still stands in the file itself."""
        with contextlib.suppress(KnownError):
            self._database.back_up(date.fromisoformat(wall[:10]), anew=True)

    def note_left_logs(
        self,
        profile: str,
        sessions: Collection[str],
        found_wall: str,
        *,
        locks: Sequence[LockRow] = (),
    ) -> None:
        """Remember logs of sessions that are in none of the tables, with the locks in them."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO left_log (profile, session, found_wall) VALUES (?, ?, ?)",
                [(profile, session, found_wall) for session in sorted(sessions)],
            )
            _lock(connection, locks)
        if locks:
            self.back_up_stops(found_wall)

    def left_logs(self, profile: str) -> dict[str, str]:
        """Session ids of the logs noted for a profile, and when each was found (wall time)."""
        rows = self._database.query(
            "SELECT session, found_wall FROM left_log WHERE profile = ?", (profile,)
        )
        return {row["session"]: row["found_wall"] for row in rows}

    def allow(self, row: AllowanceRow) -> None:
        """Note what a physiotherapist has allowed."""
        with self._database.transaction() as connection:
            write(connection, row)

    def take_back(self, profile: str, exercise: str) -> None:
        """Forget what a physiotherapist has allowed about an exercise."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM allowance WHERE profile = ? AND exercise = ?", (profile, exercise)
            )

    def header(self, session_id: str) -> SessionHeader:
        """What a session was opened with. Raises BugError when there is none of that id."""
        rows = self._database.query(
            "SELECT session.*, plan.text AS plan_text FROM session"
            " JOIN plan ON plan.sha256 = session.plan_sha256 WHERE session.id = ?",
            (session_id,),
        )
        if not rows:
            raise BugError(f"session {session_id}: there is none")
        return read(SessionHeader, rows[0])

    def unfinished(self, profile: str) -> SessionHeader | None:
        """The newest session that was cut off before it was closed; demonstrations aside."""
        rows = self._database.query(
            "SELECT id FROM session WHERE profile = ? AND demo = 0 AND closed_wall IS NULL"
            " ORDER BY started_utc DESC, id DESC LIMIT 1",
            (profile,),
        )
        return self.header(rows[0]["id"]) if rows else None

    def sessions(
        self,
        profile: str,
        *,
        since: date | None = None,
        until: date | None = None,
        demo: bool = False,
        limit: int | None = None,
    ) -> list[SessionSummary]:
        """A profile's sessions, newest first.

        since, until: first and last day as the person lived it, both included.
        demo: demonstrations instead of real sessions.
        """
        rows = self._database.query(
            "SELECT * FROM session WHERE profile = ? AND demo = ?"
            " AND substr(started_wall, 1, 10) BETWEEN ? AND ?"
            " ORDER BY started_utc DESC, id DESC LIMIT ?",
            (
                *(profile, demo),
                *((since or date.min).isoformat(), (until or date.max).isoformat()),
                -1 if limit is None else limit,
            ),
        )
        return [read(SessionSummary, row) for row in rows]

    def session_ids(self) -> frozenset[str]:
        """The id of every session there is."""
        return frozenset(row["id"] for row in self._database.query("SELECT id FROM session"))

    def last_restored(self) -> date | None:
        """The day on which a backup last took the place of a damaged or lost data file."""
        rows = self._database.query("SELECT max(day) AS day FROM restored")
        return date.fromisoformat(rows[0]["day"]) if rows and rows[0]["day"] else None

    @property
    def recovery_report(self) -> tuple[str, ...]:
        """What was done about a damaged file when it was opened, in plain sentences."""
        recovery = self._database.recovery
        if recovery is not None:
            return recovery.report
        return (CHANGED,) if self._database.changed else ()

    def last_session(self, profile: str) -> SessionSummary | None:
        """The newest closed session; demonstrations aside."""
        rows = self._database.query(
            "SELECT * FROM session WHERE profile = ? AND demo = 0 AND closed_wall IS NOT NULL"
            " ORDER BY started_utc DESC, id DESC LIMIT 1",
            (profile,),
        )
        return read(SessionSummary, rows[0]) if rows else None

    def pasts(self, profile: str) -> list[tuple[str, str]]:
        """Session id and JSON of what each closed session left, in the order they closed.

        That is the order they happened in even where a clock was wrong; demonstrations aside.
        """
        rows = self._database.query(
            "SELECT id, data FROM session JOIN past ON past.session = session.id"
            " WHERE profile = ? AND demo = 0 ORDER BY seq",
            (profile,),
        )
        return [(row["id"], row["data"]) for row in rows]

    def without_past(self, profile: str) -> list[str]:
        """Closed sessions of which only the log is kept, oldest first; demonstrations aside."""
        rows = self._database.query(
            "SELECT id FROM session WHERE profile = ? AND demo = 0 AND closed_wall IS NOT NULL"
            " AND id NOT IN (SELECT session FROM past) ORDER BY started_utc, id",
            (profile,),
        )
        return [row["id"] for row in rows]

    def afterwards(self, profile: str) -> list[AfterwardsRow]:
        """What was said after a profile's sessions: oldest session first, then as it was said."""
        rows = self._database.query(
            "SELECT afterwards.* FROM session JOIN afterwards ON afterwards.session = session.id"
            " WHERE profile = ? AND demo = 0 ORDER BY started_utc, id, seq",
            (profile,),
        )
        return [read(AfterwardsRow, row) for row in rows]

    def allowances(self, profile: str) -> list[AllowanceRow]:
        """What physiotherapists have allowed a profile."""
        rows = self._database.query(
            "SELECT * FROM allowance WHERE profile = ? ORDER BY id", (profile,)
        )
        return [read(AllowanceRow, row) for row in rows]

    def last_full_check_in(self, profile: str, questions: Collection[str]) -> str | None:
        """When (wall time of the session's start) all these questions were last answered."""
        asked = sorted(set(questions))
        rows = self._database.query(
            "SELECT started_wall FROM session WHERE profile = ? AND demo = 0 AND ? = ("
            " SELECT count(DISTINCT question) FROM answer WHERE answer.session = session.id"
            " AND value IS NOT NULL AND question IN (SELECT value FROM json_each(?)))"
            " ORDER BY started_utc DESC, id DESC LIMIT 1",
            (profile, len(asked), json.dumps(asked)),
        )
        return str(rows[0]["started_wall"]) if rows else None

    def last_answer(self, profile: str, question: str) -> str | None:
        """What was last answered to a check-in question, None when it never was."""
        rows = self._database.query(
            "SELECT value FROM session JOIN answer ON answer.session = session.id"
            " WHERE profile = ? AND demo = 0 AND question = ? AND value IS NOT NULL"
            " ORDER BY started_utc DESC, session.id DESC, seq DESC LIMIT 1",
            (profile, question),
        )
        return str(rows[0]["value"]) if rows else None

    def entries(self, session_id: str) -> list[LogEntry]:
        """A session's log in order."""
        rows = self._database.query(
            "SELECT * FROM event WHERE session = ? ORDER BY seq", (session_id,)
        )
        return [read(LogEntry, row) for row in rows]

    def sets(self, session_id: str) -> list[SetRow]:
        """A session's sets in order."""
        rows = self._database.query(
            "SELECT * FROM set_row WHERE session = ? ORDER BY n", (session_id,)
        )
        return [read(SetRow, row) for row in rows]

    def answers(self, session_id: str) -> list[AnswerRow]:
        """A session's check-in answers in the order given, corrections included."""
        rows = self._database.query(
            "SELECT * FROM answer WHERE session = ? ORDER BY seq, question", (session_id,)
        )
        return [read(AnswerRow, row) for row in rows]

    def active_locks(self, profile: str) -> list[LockRow]:
        """Every lock of a profile that nobody has lifted."""
        rows = self._database.query(
            "SELECT * FROM lock WHERE profile = ? AND lifted_wall IS NULL ORDER BY id", (profile,)
        )
        return [read(LockRow, row) for row in rows]

    def lifted_locks(self, profile: str) -> list[LockRow]:
        """Every lock of a profile that was lifted."""
        rows = self._database.query(
            "SELECT * FROM lock WHERE profile = ? AND lifted_wall IS NOT NULL ORDER BY id",
            (profile,),
        )
        return [read(LockRow, row) for row in rows]

    def lift_locks(
        self, ids: Sequence[str], *, lifted_wall: str, lifted_by: str, note: str = ""
    ) -> None:
        """Note who lifted these locks and when, all of them or none.

        Raises BugError when one is not active.
        """
        with self._database.transaction() as connection:
            for lock in ids:
                changed = connection.execute(
                    "UPDATE lock SET lifted_wall = ?, lifted_by = ?, note = ?"
                    " WHERE id = ? AND lifted_wall IS NULL",
                    (lifted_wall, lifted_by, note, lock),
                ).rowcount
                if changed != 1:
                    raise BugError(f"lock {lock}: there is no active one")


def keep_log(home: Home, session: str, text: str) -> None:
    """Write a closed session's log beside the data file.

    Where that is encrypted there is no such file: the data file holds every line of it.
    """
    path = home.session_log(session)
    if home.opener.key is None:
        log_file(path, text)


def log_file(path: Path, text: str) -> None:
    """Write a closed session's log (see ``Home.session_log``), whole or not at all, mode 0600."""
    write_private(path, text.encode())


def _keep_plan(connection: sqlite3.Connection, sha256: str, text: str) -> None:
    kept = connection.execute("SELECT text FROM plan WHERE sha256 = ?", (sha256,)).fetchone()
    if kept is None:
        connection.execute("INSERT INTO plan (sha256, text) VALUES (?, ?)", (sha256, text))
    elif kept["text"] != text:
        raise BugError(f"plan {sha256}: this hash already belongs to another text")


def _require_open(connection: sqlite3.Connection, session_id: str) -> None:
    if _is_closed(connection, session_id):
        raise BugError(f"session {session_id}: it is closed, nothing can be added")


def _require_closed(connection: sqlite3.Connection, session_id: str) -> None:
    if not _is_closed(connection, session_id):
        raise BugError(f"session {session_id}: it is still open, nothing comes after it")


_ASKED = {
    Moment.CHECK_IN: "SELECT 1 FROM answer WHERE session = ? AND question IN ('T0', 'P0')",
    Moment.SET: "SELECT 1 FROM set_row WHERE session = ? AND n = ?",
    Moment.TEN_MINUTES: "SELECT 1 FROM afterwards WHERE session = ? AND kind = 'ten_minutes'",
    Moment.MORNING: "SELECT 1 FROM afterwards WHERE session = ? AND kind = 'morning'",
}


def _require_asked(connection: sqlite3.Connection, session_id: str, made: Correction) -> None:
    values = (session_id, made.n) if made.moment is Moment.SET else (session_id,)
    if (made.moment is not Moment.SET and made.n != 0) or not connection.execute(
        _ASKED[made.moment], values
    ).fetchone():
        about = f"{made.moment} {made.n}".removesuffix(" 0")
        raise ValueError(f"session {session_id}: nothing was asked at {about}")


def _is_closed(connection: sqlite3.Connection, session_id: str) -> bool:
    row = connection.execute(
        "SELECT closed_wall FROM session WHERE id = ?", (session_id,)
    ).fetchone()
    if row is None:
        raise BugError(f"session {session_id}: there is none")
    return row["closed_wall"] is not None


def _keep_past(connection: sqlite3.Connection, session_id: str, data: str) -> None:
    connection.execute(
        "INSERT INTO past (session, data) VALUES (?, ?)"
        " ON CONFLICT (session) DO UPDATE SET data = excluded.data",
        (session_id, data),
    )


def _lock(connection: sqlite3.Connection, locks: Sequence[LockRow]) -> None:
    for lock in locks:
        write(connection, lock)


def _append(connection: sqlite3.Connection, session_id: str, entries: Sequence[LogEntry]) -> None:
    expected = _length(connection, session_id)
    for entry in entries:
        if entry.seq != expected:
            raise BugError(f"session {session_id}: log entry {entry.seq} where {expected} is next")
        write(connection, entry, session_id)
        expected += 1


def _length(connection: sqlite3.Connection, session_id: str) -> int:
    length: int = connection.execute(
        "SELECT coalesce(max(seq) + 1, 0) FROM event WHERE session = ?", (session_id,)
    ).fetchone()[0]
    return length


def _utc(wall: str) -> str:
    moment = datetime.fromisoformat(wall)
    if moment.tzinfo is None:
        raise BugError(f"wall time {wall!r}: it needs an offset such as +01:00")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
