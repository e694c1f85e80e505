"""One SQLite connection, set up so that a commit is on disk, with errors in plain words."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from coach.store.errors import BugError, DamagedError, KnownError

#: Marks a SQLite file as ours ("NvCo").
APPLICATION_ID = 0x4E76436F
#: STRICT tables came with this version of SQLite.
OLDEST_SQLITE = (3, 37, 0)
#: Seconds to wait for another program that is writing.
_PATIENCE_S = 2.0

#: What SQLite's primary result codes mean for the person in front of the screen.
_PLAIN = {
    sqlite3.SQLITE_BUSY: "another program is using this file; close it and try again",
    sqlite3.SQLITE_LOCKED: "another program is using this file; close it and try again",
    sqlite3.SQLITE_READONLY: "this file may not be changed; check its permissions",
    sqlite3.SQLITE_PERM: "this file may not be opened; check its permissions",
    sqlite3.SQLITE_CANTOPEN: "this file cannot be opened; check its folder and permissions",
    sqlite3.SQLITE_IOERR: "the disk reported an error while reading or writing this file",
    sqlite3.SQLITE_FULL: "the disk is full; make room and try again",
    sqlite3.SQLITE_NOMEM: "there is not enough memory; close other programs and try again",
}
#: What every SQLite file begins with, and no encrypted one.
_MAGIC = b"SQLite format 3\0"
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

#: Of a file whose damage SQLite tells in bytes that are no text.
UNREADABLE = "its tables cannot be read"


def explain(error: sqlite3.Error, path: Path) -> KnownError | BugError:
    """The error to raise instead: the world's fault in plain words, or a bug of ours."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in _DAMAGE:
        return DamagedError(f"{path}: this file is damaged ({error})")
    if primary in _PLAIN:
        return KnownError(f"{path}: {_PLAIN[primary]}")
    return BugError(f"{path}: {error}")


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Every SQLite error inside comes out as KnownError or BugError."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error
    except UnicodeDecodeError as error:
        # SQLite's own message quotes a damaged schema, which Python then cannot read.
        raise DamagedError(f"{path}: this file is damaged ({UNREADABLE})", UNREADABLE) from error


def is_plain(path: Path) -> bool:
    """Whether a file begins as a database that anybody can read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def is_encrypted(connection: sqlite3.Connection) -> bool:
    """Whether SQLCipher answers behind a connection."""
    return type(connection) is not sqlite3.Connection


def connect(path: Path, key: bytes | None = None) -> sqlite3.Connection:
    """Open an existing file for writing; nothing is read from it beyond its header.

    key: opens an encrypted file and encrypts an empty one; a plain file is opened as it is.

    A rollback journal and ``synchronous=EXTRA`` put a commit on disk before it returns and
    leave one file to copy (no write-ahead log, whose reset can corrupt older SQLite).
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise KnownError(
            f"this Python comes with SQLite {sqlite3.sqlite_version}; Nerve Coach needs 3.37"
        )
    with explained(path):
        if key is None or is_plain(path):
            connection = sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)
            connection.row_factory = sqlite3.Row
        else:
            from coach.store.sqlcipher import open_encrypted

            connection = open_encrypted(path, key, timeout=_PATIENCE_S)
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA fullfsync = ON")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def connect_to_read(path: Path, key: bytes | None = None) -> sqlite3.Connection:
    """Open a file that nobody writes (a backup, a damaged file) without touching it."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with explained(path):
        if key is not None and not is_plain(path):
            from coach.store.sqlcipher import open_encrypted

            return open_encrypted(address, key)
        connection = sqlite3.connect(address, uri=True)
        connection.row_factory = sqlite3.Row
        return connection


def format_number(connection: sqlite3.Connection) -> int:
    """How many migration steps a file has been through."""
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def check_intact(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedError when the file is torn, KnownError when another program made it."""
    with explained(path):
        if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            return
        verdict: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise DamagedError(f"{path}: this file is damaged ({verdict})")
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise KnownError(
                f"{path}: this is not a Nerve Coach data file; move it away, or use --home with"
                " another folder"
            )


@contextlib.contextmanager
def transaction(
    connection: sqlite3.Connection, path: Path, kind: str = "IMMEDIATE"
) -> Iterator[sqlite3.Connection]:
    """All of it or none of it; on disk when the block has been left without an error."""
    with explained(path):
        connection.execute(f"BEGIN {kind}")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
