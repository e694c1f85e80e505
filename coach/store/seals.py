"""SHA-256 over what is kept, so that a row that changed by itself is noticed.

SQLite finds torn pages; a single flipped bit inside a number it does not find. Every closed
session has a seal over all its rows, and everything that belongs to no session has one together.
While the file is open, triggers of this connection note what was touched, and each transaction
renews those seals before it is committed.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

#: The tables a session consists of: name, column with the session's id, and their order in it.
SESSION_TABLES = (
    ("session", "id", "id"),
    ("event", "session", "seq"),
    ("set_row", "session", "n"),
    ("answer", "session", "seq, question"),
    ("past", "session", "seq"),
    ("afterwards", "session", "seq"),
    ("correction", "session", "seq"),
    ("conflict", "session", "log_head"),
)
#: Under this name stands the seal over everything that belongs to no session.
SMALL = ""
_BATCH = 200
_MANY = "SELECT value FROM json_each(?)"


@dataclass(frozen=True, slots=True)
class Broken:
    """What its seal does not fit: sessions by id, and whether anything else."""

    sessions: tuple[str, ...] = ()
    small: bool = False


def has_seals(connection: sqlite3.Connection) -> bool:
    """Whether the form of this file knows seals."""
    found = connection.execute("SELECT 1 FROM main.sqlite_schema WHERE name = 'seal'").fetchone()
    return found is not None


def watch(connection: sqlite3.Connection) -> None:
    """Note from now on what is touched. Nothing of this is written to the file."""
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("CREATE TEMP TABLE touched (what TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID")
    keys = {table: key for table, key, _ in SESSION_TABLES}
    for table in (*keys, *small_tables(connection)):
        for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            what = f'{row}."{keys[table]}"' if table in keys else f"'{SMALL}'"
            connection.execute(
                f'CREATE TEMP TRIGGER "{table}_{event}" AFTER {event} ON main."{table}"'  # noqa: S608 (names of the schema)
                # Not OR IGNORE: inside a trigger the outer statement's way with conflicts holds.
                f" BEGIN INSERT INTO touched SELECT {what}"
                f" WHERE NOT EXISTS (SELECT 1 FROM touched WHERE what = {what}); END"
            )


def renew(connection: sqlite3.Connection) -> None:
    """Seal anew what this transaction has touched; a session that is still open has no seal."""
    touched = [row[0] for row in connection.execute("SELECT what FROM temp.touched")]
    if not touched:
        return
    connection.execute("DELETE FROM temp.touched")
    if SMALL in touched:
        _put(connection, SMALL, _small(connection))
    _seal(connection, [what for what in touched if what != SMALL])


def seal_everything(connection: sqlite3.Connection) -> None:
    """Seal all there is, such as after the form of the tables has changed."""
    connection.execute("DELETE FROM seal")
    _put(connection, SMALL, _small(connection))
    _seal(connection, _ids(connection))


def broken(connection: sqlite3.Connection) -> Broken:
    """Everything that does not fit its seal. sqlite3.Error and ValueError pass through."""
    kept = {row[0]: row[1] for row in connection.execute("SELECT what, sha256 FROM seal")}
    small = kept.pop(SMALL, None) != _small(connection)
    closed = _ids(connection)
    wrong = kept.keys() - set(closed)
    for name, digest in _sessions(connection, closed):
        if kept.get(name) != digest:
            wrong.add(name)
    return Broken(tuple(sorted(wrong)), small)


def holding(connection: sqlite3.Connection) -> Iterator[str]:
    """Ids of the closed sessions that fit their seals; torn ones are passed over.

    For a file that is damaged: whatever part of it can be read is looked at.
    """
    try:
        closed = _ids(connection)
    except (sqlite3.Error, ValueError):
        return
    for name in closed:
        try:
            row = connection.execute("SELECT sha256 FROM seal WHERE what = ?", (name,)).fetchone()
            found = dict(_sessions(connection, [name]))
        except (sqlite3.Error, ValueError):
            continue
        if row is not None and found.get(name) == row[0]:
            yield name


def small_holds(connection: sqlite3.Connection) -> bool:
    """Whether everything that belongs to no session fits its seal."""
    try:
        row = connection.execute("SELECT sha256 FROM seal WHERE what = ?", (SMALL,)).fetchone()
        return row is not None and bool(row[0] == _small(connection))
    except (sqlite3.Error, ValueError):
        return False


def holds(connection: sqlite3.Connection, sessions: Sequence[str]) -> bool:
    """Whether these closed sessions fit their seals."""
    kept = connection.execute(
        f"SELECT what, sha256 FROM seal WHERE what IN ({_MANY})",  # noqa: S608 (words of this file)
        (json.dumps(sessions),),
    )
    return {row[0]: row[1] for row in kept} == dict(_sessions(connection, sessions))


def small_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that belong to no session, as far as this file has them."""
    apart = {"seal", *(table for table, _, _ in SESSION_TABLES)}
    rows = connection.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' ORDER BY name"
    )
    return [row[0] for row in rows if row[0] not in apart]


def _seal(connection: sqlite3.Connection, sessions: Sequence[str]) -> None:
    for start in range(0, len(sessions), _BATCH):
        wanted = sessions[start : start + _BATCH]
        many = (json.dumps(wanted),)
        connection.execute(f"DELETE FROM seal WHERE what IN ({_MANY})", many)  # noqa: S608 (as above)
        closed = connection.execute(
            f"SELECT id FROM session WHERE closed_wall IS NOT NULL AND id IN ({_MANY})",  # noqa: S608 (as above)
            many,
        )
        for name, digest in _sessions(connection, [row[0] for row in closed.fetchall()]):
            _put(connection, name, digest)


def _put(connection: sqlite3.Connection, what: str, digest: bytes) -> None:
    connection.execute("INSERT OR REPLACE INTO seal (what, sha256) VALUES (?, ?)", (what, digest))


def _ids(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT id FROM session WHERE closed_wall IS NOT NULL ORDER BY id")
    return [row[0] for row in rows]


def _sessions(
    connection: sqlite3.Connection, sessions: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """The digest of each session that is there."""
    for start in range(0, len(sessions), _BATCH):
        wanted = sessions[start : start + _BATCH]
        digests = {name: sha256() for name in wanted}
        for table, key, order in SESSION_TABLES:
            rows = connection.execute(
                f'SELECT * FROM "{table}" WHERE "{key}" IN ({_MANY}) ORDER BY "{key}", {order}',  # noqa: S608 (as above)
                (json.dumps(wanted),),
            )
            place = [column[0] for column in rows.description].index(key)
            for row in rows:
                digest = digests.get(row[place])
                if digest is None:
                    raise ValueError(f"{table} answers with another session")
                digest.update(_bytes(table, row))
        yield from ((name, made.digest()) for name, made in digests.items())


def _small(connection: sqlite3.Connection) -> bytes:
    digest = sha256()
    for table in small_tables(connection):
        for line in sorted(
            _bytes(table, row)
            for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names of the schema)
        ):
            digest.update(line)
    return digest.digest()


def _bytes(table: str, row: Sequence[object]) -> bytes:
    # JSON in ASCII is the same on every Python; only the salt and the hash of a code are bytes.
    return json.dumps([table, *row], default=bytes.hex).encode() + b"\n"
