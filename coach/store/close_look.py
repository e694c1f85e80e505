"""Looking at every row of a data file that is not as it was left."""

import sqlite3
from contextlib import closing
from pathlib import Path

from coach.store import seals
from coach.store.connection import APPLICATION_ID, UNREADABLE, format_number, is_encrypted
from coach.store.errors import DamagedError
from coach.store.schema import Step

#: So many days of damaged sessions are named.
_NAMED = 10
_VERSIONS = slice(18, 20)
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"


def look_closely(connection: sqlite3.Connection, path: Path, steps: tuple[Step, ...]) -> None:
    """Raise DamagedError, which says what was found, unless everything in the file is as sealed.

    A file that a newer program or another one wrote is left for others to refuse.
    """
    try:
        found = _found(connection, steps)
        if is_encrypted(connection):  # every page is signed
            torn = connection.execute("PRAGMA cipher_integrity_check").fetchone()
            found = found or (str(torn[0]) if torn else "")
        else:
            with path.open("rb") as file:
                # How a file may be read and written; other numbers there make it read-only.
                if file.read(_VERSIONS.stop)[_VERSIONS] != b"\x01\x01" and not found:
                    found = "its header has changed"
    except (sqlite3.Error, OSError, ValueError, OverflowError) as error:
        found = UNREADABLE if isinstance(error, UnicodeDecodeError) else str(error)
    if found:
        raise DamagedError(f"{path}: this file is damaged ({found})", found)


def _found(connection: sqlite3.Connection, steps: tuple[Step, ...]) -> str:
    """What is wrong, "" when nothing is."""
    number = format_number(connection)
    schema = [tuple(row) for row in connection.execute(_SCHEMA)]
    if number > len(steps):
        # Our own newest tables under a number that is not theirs: the number has changed.
        return "its format number has changed" if schema == _schema_of(steps) else ""
    marked = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if not marked and not {row[1] for row in schema} & {row[1] for row in _schema_of(steps)}:
        return ""  # another program's, for others to refuse
    if schema != _schema_of(steps[:number]):
        return "its tables are not those of its format"
    if number == 0:
        return ""
    if not marked:
        return "its mark has changed"
    verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if verdict != "ok":
        return str(verdict)
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        return "something in it points at nothing"
    if not seals.has_seals(connection):
        return ""
    wrong = seals.broken(connection)
    parts = [_of_sessions(connection, wrong.sessions)] if wrong.sessions else []
    parts += ["stops, plans or people have changed by themselves"] if wrong.small else []
    return "; ".join(parts)


def _of_sessions(connection: sqlite3.Connection, sessions: tuple[str, ...]) -> str:
    days = []
    for session in sessions[:_NAMED]:
        row = connection.execute(
            "SELECT started_wall FROM session WHERE id = ?", (session,)
        ).fetchone()
        days.append(session if row is None else str(row[0])[:10])
    more = f" and {len(sessions) - _NAMED} more" if len(sessions) > _NAMED else ""
    return f"sessions have changed by themselves: of {', '.join(days)}{more}"


def _schema_of(steps: tuple[Step, ...]) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(":memory:")) as empty:
        for step in steps:
            for statement in step:
                empty.execute(statement)
        return [tuple(row) for row in empty.execute(_SCHEMA)]
