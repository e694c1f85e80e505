"""Copies of the database: which exist, which to keep, which to go back to."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coach.store.connection import check_intact, connect_to_read, explained, is_encrypted
from coach.store.errors import KnownError
from coach.store.migrations import refuse_newer
from coach.store.private_file import create_private, free_name, sync_file, sync_folder
from coach.store.seals import Broken, broken, has_seals

DAILY_KEPT = 7
WEEKLY_KEPT = 4

_NAME = re.compile(r"nerve-coach-(\d{4}-\d{2}-\d{2})(-before-format-\d+)?(-\d+)?\.db")


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy; day is when it was made, routine is False for one made before a migration."""

    path: Path
    day: date
    routine: bool


def found_in(folder: Path, today: date = date.max) -> list[Backup]:
    """Every backup in a folder, newest first; other files are left alone.

    Those of days after today come last: the clock was ahead then, and nobody knows how far.
    """
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match is None:
            continue
        try:
            day = date.fromisoformat(match[1])
        except ValueError:
            continue
        found.append(Backup(path, day, routine=match[2] is None))
    # Two of one day: the one written later is the newer state.
    return sorted(
        found,
        key=lambda one: (one.day <= today, one.day, one.path.stat().st_mtime_ns),
        reverse=True,
    )


def days_to_keep(days: Iterable[date]) -> set[date]:
    """The seven newest days, and the newest day of each of the four newest weeks."""
    newest_first = sorted(set(days), reverse=True)
    weeks: dict[tuple[int, int], date] = {}
    for day in newest_first:
        year, week, _ = day.isocalendar()
        weeks.setdefault((year, week), day)
    return {*newest_first[:DAILY_KEPT], *list(weeks.values())[:WEEKLY_KEPT]}


def back_up_daily(
    connection: sqlite3.Connection,
    folder: Path,
    today: date,
    key: bytes | None = None,
    *,
    anew: bool = False,
) -> Path | None:
    """Make today's copy unless there is one, then drop those too old; None when there was one.

    anew: replace today's copy, because what happened since must not be lost. Copies of days after
    today are counted for themselves, so that a clock set back drops no new one for their sake.
    key: that of the file, which is the copy's too.
    """
    target = folder / f"nerve-coach-{today.isoformat()}.db"
    if target.exists() and not anew:
        return None
    _copy(connection, target, key)
    routine = [backup for backup in found_in(folder) if backup.routine]
    days = {backup.day for backup in routine}
    ahead = {day for day in days if day > today}
    keep = days_to_keep(days - ahead) | days_to_keep(ahead)
    for backup in routine:
        if backup.day not in keep:
            backup.path.unlink(missing_ok=True)
    return target


def back_up_before_step(
    connection: sqlite3.Connection,
    folder: Path,
    today: date,
    number: int,
    key: bytes | None = None,
) -> None:
    """Copy a file of an old format before it is changed; these are never dropped."""
    name = f"nerve-coach-{today.isoformat()}-before-format-{number + 1}.db"
    _copy(connection, free_name(folder / name), key)


def newest_good(
    folder: Path, newest_format: int, today: date, key: bytes | None = None
) -> Backup | None:
    """The newest backup that is whole and that this program can read.

    Where every one has a row that does not fit its seal, the newest that can be read.
    """
    readable = None
    for backup in found_in(folder, today):
        try:
            with closing(connect_to_read(backup.path, key)) as connection:
                check_intact(connection, backup.path)
                refuse_newer(connection, backup.path, newest_format)
                readable = readable or backup
                if not has_seals(connection) or broken(connection) == Broken():
                    return backup
        except (KnownError, sqlite3.Error, ValueError):
            continue
    return readable


def _copy(source: sqlite3.Connection, target: Path, key: bytes | None) -> None:
    temporary = target.with_suffix(".part")
    try:
        temporary.unlink(missing_ok=True)
        create_private(temporary)
        # Neither can be copied into the other's kind.
        key = key if is_encrypted(source) else None
        with explained(temporary), closing(_empty(temporary, key)) as copy:
            source.backup(copy)
        sync_file(temporary)
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise KnownError(f"{target}: cannot write this backup: {error.strerror}") from error
    finally:
        temporary.unlink(missing_ok=True)


def _empty(path: Path, key: bytes | None) -> sqlite3.Connection:
    if key is None:
        return sqlite3.connect(path)
    from coach.store.sqlcipher import open_encrypted

    return open_encrypted(path, key)
