"""SQLCipher behind the face of sqlite3: the same calls, the same errors.

Only this file knows the library; import it where a key is at hand, since it is optional.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from sqlcipher3 import dbapi2

P = ParamSpec("P")
T = TypeVar("T")


def _same(error: Exception) -> sqlite3.Error:
    kind = getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError)
    made: sqlite3.Error = kind(*error.args)
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        made.sqlite_errorcode = code
        made.sqlite_errorname = getattr(error, "sqlite_errorname", "")
    return made


def _translated(call: Callable[P, T]) -> Callable[P, T]:
    def answer(*args: P.args, **named: P.kwargs) -> T:
        try:
            return call(*args, **named)
        except dbapi2.Error as error:
            raise _same(error) from error

    return answer


class _Cursor(dbapi2.Cursor):  # type: ignore[misc] # the library ships no types
    execute = _translated(dbapi2.Cursor.execute)
    executemany = _translated(dbapi2.Cursor.executemany)
    fetchone = _translated(dbapi2.Cursor.fetchone)
    fetchall = _translated(dbapi2.Cursor.fetchall)
    __next__ = _translated(dbapi2.Cursor.__next__)


class _Connection(dbapi2.Connection):  # type: ignore[misc] # as above
    backup = _translated(dbapi2.Connection.backup)

    def cursor(self, factory: type[Any] = _Cursor) -> Any:
        return super().cursor(factory)


_opened = _translated(dbapi2.connect)


def open_encrypted(path: Path | str, key: bytes, *, timeout: float = 5) -> sqlite3.Connection:
    """A connection to an encrypted file, or to an empty one that will be; path may be a URI."""
    connection = _opened(
        path, timeout=timeout, isolation_level=None, factory=_Connection, uri=isinstance(path, str)
    )
    connection.row_factory = dbapi2.Row
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f'PRAGMA key = "{_raw(key)}"')
    connection.execute("PRAGMA temp_store = MEMORY")
    return cast("sqlite3.Connection", connection)


def export(source: Path, target: Path, key: bytes, *, encrypt: bool) -> None:
    """Copy everything of a database into an empty file, encrypted or plain.

    A journal beside the source is played back first. sqlite3.Error passes through.
    """
    connection = _opened(source, isolation_level=None, factory=_Connection)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        if not encrypt:
            connection.execute(f'PRAGMA key = "{_raw(key)}"')
        connection.execute("PRAGMA temp_store = MEMORY")
        numbers = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("user_version", "application_id")
        }
        copy_key = f'"{_raw(key)}"' if encrypt else "''"
        connection.execute(f"ATTACH DATABASE ? AS copy KEY {copy_key}", (str(target),))
        connection.execute("SELECT sqlcipher_export('copy')").fetchall()
        for name, number in numbers.items():
            connection.execute(f"PRAGMA copy.{name} = {number}")
    finally:
        connection.close()


def _raw(key: bytes) -> str:
    return f"x'{key.hex()}'"
