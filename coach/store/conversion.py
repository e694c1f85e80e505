"""One file from plain to encrypted or back: a new one is made, looked at, and takes its place."""

import sqlite3
from contextlib import closing
from pathlib import Path

from coach.store.connection import connect, explain, explained, is_plain
from coach.store.errors import DamagedError, KnownError
from coach.store.private_file import create_private, sync_file, sync_folder

#: Marks an encrypted file that only holds the bytes of another ("NvPk").
_PACKED = 0x4E76506B
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"


def encrypt(path: Path, key: bytes) -> None:
    """Encrypt a database. Raises DamagedError, changing nothing, when it cannot be read whole."""
    _convert(path, key, to_encrypted=True)


def decrypt(path: Path, key: bytes) -> None:
    """Make an encrypted database or packed file plain again. Raises DamagedError as above."""
    packed = _unpacked(path, key)
    if packed is None:
        _convert(path, key, to_encrypted=False)
        return
    name, content = packed
    part = _part(path)
    try:
        with part.open("wb") as file:
            file.write(content)
        _publish(part, path.with_name(name))
        if name != path.name:
            path.unlink()
    finally:
        part.unlink(missing_ok=True)


def pack(path: Path, target: Path, key: bytes) -> None:
    """Keep the bytes of any file in an encrypted one, and remove it: no reader needs to know it."""
    part = _part(target)
    content = path.read_bytes()
    try:
        with explained(path), closing(connect(part, key)) as connection:
            connection.execute("CREATE TABLE packed (name TEXT NOT NULL, content BLOB NOT NULL)")
            connection.execute("INSERT INTO packed VALUES (?, ?)", (path.name, content))
            connection.execute(f"PRAGMA application_id = {_PACKED}")
        if _unpacked(part, key) != (path.name, content):
            raise KnownError(f"{path}: its encrypted copy is not the same; nothing was changed")
        _publish(part, target)
        if target != path:
            path.unlink()
    finally:
        part.unlink(missing_ok=True)


def _convert(path: Path, key: bytes, *, to_encrypted: bool) -> None:
    from coach.store.sqlcipher import export

    part = _part(path)
    try:
        try:
            export(path, part, key, encrypt=to_encrypted)
            _compare(path, part, key)
        except ValueError as error:
            raise DamagedError(f"{path}: this file is damaged ({error})", str(error)) from error
        except sqlite3.Error as error:
            told = explain(error, path)
            if isinstance(told, KnownError):
                raise told from error
            raise DamagedError(f"{path}: this file is damaged ({error})", str(error)) from error
        if is_plain(part) is to_encrypted:
            raise KnownError(f"{path}: its copy did not become what it should; nothing was changed")
        # A journal of the old file would be played into the new one.
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        _publish(part, path)
    finally:
        part.unlink(missing_ok=True)
        part.with_name(f"{part.name}-journal").unlink(missing_ok=True)


def _compare(path: Path, part: Path, key: bytes) -> None:
    """Raise ValueError unless the copy is whole and every row, seals too, is as it was."""
    with closing(connect(path, key)) as old, closing(connect(part, key)) as new:
        for one in (old, new):
            if one.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise ValueError("it is not whole")
        for sql in ("PRAGMA user_version", "PRAGMA application_id", _SCHEMA):
            if _rows(old, sql) != _rows(new, sql):
                raise ValueError("its copy has another form")
        for table in _rows(old, "SELECT name FROM sqlite_schema WHERE type = 'table'"):
            sql = f'SELECT * FROM "{table[0]}"'  # noqa: S608 (names of the schema)
            for one_row, other in zip(old.execute(sql), new.execute(sql), strict=True):
                if tuple(one_row) != tuple(other):
                    raise ValueError(f"its copy has another row in {table[0]}")


def _rows(connection: sqlite3.Connection, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(sql)]


def _unpacked(path: Path, key: bytes) -> tuple[str, bytes] | None:
    """Name and bytes that a packed file holds, None when it is none."""
    try:
        with closing(connect(path, key)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != _PACKED:
                return None
            row = connection.execute("SELECT name, content FROM packed").fetchone()
            return str(row[0]), bytes(row[1])
    except (KnownError, sqlite3.Error):
        return None


def _part(path: Path) -> Path:
    """An empty private file beside another, to become it."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    create_private(part)
    return part


def _publish(part: Path, path: Path) -> None:
    sync_file(part)
    part.replace(path)
    sync_folder(path.parent)
