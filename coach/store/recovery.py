"""Going back to the newest good backup when the data file is damaged or gone."""

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coach.store.backups import newest_good
from coach.store.connection import check_intact, connect, connect_to_read, explained, transaction
from coach.store.errors import DamagedError, KnownError
from coach.store.migrations import migrate, refuse_newer
from coach.store.paths import Home
from coach.store.private_file import copy_private, create_private, free_name, sync_file, sync_folder
from coach.store.salvage import (
    UNREADABLE,
    keep_physio,
    keep_stops,
    logged_stops,
    sessions_in,
    take_over,
)
from coach.store.schema import Step
from coach.store.seals import Broken, broken, has_seals, seal_everything

_CODE = "id, salt, hash, wrong, closed_until_ms"
#: Stands for bytes that are no text any more.
_LOST_LETTER = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was done about a data file that could not be used.

    damaged: where the damaged file is kept; None when there was no file at all.
    backup: the day of the backup now in its place; None when no good one was found.
    locks_complete: True when every lock of the damaged file was carried over.
    lost: id and day of each session that the damaged file names and the new one does not hold.
    why: what was found wrong, "" when there was no file.
    """

    damaged: Path | None
    backup: date | None
    locks_complete: bool
    lost: tuple[tuple[str, str], ...] = ()
    why: str = ""

    @property
    def report(self) -> tuple[str, ...]:
        """The same in plain sentences."""
        happened = (
            "The data file was gone."
            if self.damaged is None
            else f"The data file was damaged{self._found}. It is kept as {self.damaged}."
        )
        restored = (
            "There is no backup that can be read, so the history starts empty."
            if self.backup is None
            else f"The backup of {self.backup.isoformat()} is in its place, with whatever of the"
            " damaged file was still whole; sessions since then may be missing."
        )
        locks = (
            ()
            if self.locks_complete
            else ("A stop that was set since then may be missing: do the full check-in.",)
        )
        return (happened, restored, *locks)

    @property
    def _found(self) -> str:
        return f" ({self.why})" if self.why else ""


def recover(home: Home, today: date, steps: tuple[Step, ...], why: str = "") -> Recovery:
    """Put the newest good backup (or an empty file) in place and keep the damaged file aside.

    The new file is made complete under another name first: a power cut at any moment leaves
    either the damaged file or the finished one under the real name. why: what was found wrong.
    """
    backup = newest_good(home.backups, len(steps), today, home.opener.key)
    fresh = home.database.with_suffix(".restored")
    with _restoring(home):
        _remove_with_journal(fresh)
        if backup is None:
            create_private(fresh)
        else:
            copy_private(backup.path, fresh)
        damaged = home.database if _holds_something(home.database) else None
        with closing(connect(fresh, home.opener.key)) as connection:
            # The backup is itself the copy from before the change of format.
            migrate(connection, fresh, steps, back_up=lambda _: None)
            complete = damaged is not None and _carry_over(damaged, home, connection, fresh)
            lost = () if damaged is None else _saved(damaged, home, connection, fresh)
            _remember(connection, fresh, today)
            seal_all(connection, fresh)
            check_intact(connection, fresh)
        sync_file(fresh)
        kept = None if damaged is None else _keep_aside(damaged, today)
        # A journal left beside the old file would be played into the new one.
        _journal(home.database).unlink(missing_ok=True)
        fresh.replace(home.database)
        sync_folder(home.data)
    return Recovery(kept, backup.day if backup else None, complete, lost, why if kept else "")


def prepared(home: Home, backup: Path, today: date, steps: tuple[Step, ...]) -> Path:
    """A backup that somebody chose, made ready to take the data file's place.

    Stops, the physiotherapist's code and what was taken back of what they allowed stand in it as
    they stand now, so that going back lifts none. Raises KnownError
    when it is damaged.
    """
    fresh = home.database.with_suffix(".restored")
    with _restoring(home):
        _remove_with_journal(fresh)
        copy_private(backup, fresh)
        with closing(connect(fresh, home.opener.key)) as connection:
            check_intact(connection, backup)
            refuse_newer(connection, backup, len(steps))
            if has_seals(connection) and broken(connection) != Broken():
                raise DamagedError(f"{backup}: this backup is damaged; choose another")
            migrate(connection, fresh, steps, back_up=lambda _: None)
            with (
                transaction(connection, fresh),
                closing(connect_to_read(home.database, home.opener.key)) as now,
                explained(fresh),
            ):
                keep_stops(now, connection)
                keep_physio(now, connection)
            _remember(connection, fresh, today)
            seal_all(connection, fresh)
        sync_file(fresh)
    return fresh


def keep_replaced(home: Home, fresh: Path, today: date) -> Path:
    """Copy the data file aside, since a file that is ready takes its place; where to comes back.

    Raises KnownError when that cannot be done; then nothing is left behind.
    """
    with _restoring(home):
        named = f"{home.database.stem}-replaced-{today.isoformat()}"
        kept = free_name(home.database.with_stem(named))
        try:
            copy_private(home.database, kept)
        except (KnownError, OSError):
            fresh.unlink(missing_ok=True)
            raise
    return kept


def put_in_place(home: Home, fresh: Path) -> None:
    """Let a file that is ready take the place of the data file, which is closed."""
    with _restoring(home):
        _journal(home.database).unlink(missing_ok=True)
        fresh.replace(home.database)
        sync_folder(home.data)


@contextlib.contextmanager
def _restoring(home: Home) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KnownError(f"{home.data}: cannot restore a backup: {error.strerror}") from error


def seal_all(connection: sqlite3.Connection, path: Path) -> None:
    """Seal everything in a file that was put together anew."""
    with transaction(connection, path):
        seal_everything(connection)


def _saved(
    damaged: Path, home: Home, connection: sqlite3.Connection, path: Path
) -> tuple[tuple[str, str], ...]:
    """Take over what still fits its seal; id and day of what is missing all the same."""
    with closing(connect_to_read(damaged, home.opener.key)) as old:
        named = sessions_in(old)
        with transaction(connection, path):
            take_over(old, connection)
            logged_stops(connection)
        here = {row[0] for row in connection.execute("SELECT id FROM session")}
    return tuple((name, day) for name, day in named.items() if name not in here)


def _carry_over(damaged: Path, home: Home, connection: sqlite3.Connection, path: Path) -> bool:
    """Copy what can be read of profiles, locks and the physiotherapist's code.

    A lock in the backup stays as it is there: that can bring a lifted one back, which is the
    safe mistake. True when every lock was read.
    """
    complete = True
    with transaction(connection, path), closing(connect_to_read(damaged, home.opener.key)) as old:
        old.text_factory = _letters
        for table, columns in (
            ("profile", "id, name, pseudonym"),
            ("lock", "id, profile, session, tier, rule, set_wall, lifted_wall, lifted_by, note"),
        ):
            marks = ", ".join("?" * len(columns.split(",")))
            insert = f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608 (names from this file)
            try:
                rows = old.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 (as above)
                for row in rows:
                    complete &= _inserted(connection, insert, tuple(row))
            except UNREADABLE:
                complete = False
        # Its wrong tries go with it. A file of an older format has no such table.
        with contextlib.suppress(*UNREADABLE):
            for row in old.execute(f"SELECT {_CODE} FROM physio_code"):  # noqa: S608 (as above)
                connection.execute(
                    f"INSERT OR REPLACE INTO physio_code ({_CODE}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 (as above)
                    tuple(row),
                )
    return complete


def _inserted(connection: sqlite3.Connection, insert: str, row: tuple[object, ...]) -> bool:
    """Whether a row of a damaged file could be kept, whole; one bad row keeps no other out."""
    try:
        connection.execute(insert, row)
    except sqlite3.Error:
        return False
    return not any(isinstance(value, str) and _LOST_LETTER in value for value in row)


def _letters(content: bytes) -> str:
    return content.decode(errors="replace")


def _remember(connection: sqlite3.Connection, path: Path, today: date) -> None:
    """Note in the file itself that sessions may be missing from it."""
    with transaction(connection, path):
        connection.execute("INSERT OR IGNORE INTO restored (day) VALUES (?)", (today.isoformat(),))


def _keep_aside(damaged: Path, today: date) -> Path:
    kept = free_name(damaged.with_stem(f"{damaged.stem}-damaged-{today.isoformat()}"))
    copy_private(damaged, kept)
    return kept


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _remove_with_journal(path: Path) -> None:
    path.unlink(missing_ok=True)
    _journal(path).unlink(missing_ok=True)


def _holds_something(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
