"""The one database: opened checked, migrated and, when it must be, restored."""

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from coach.store.backups import back_up_before_step, back_up_daily, found_in
from coach.store.connection import check_intact, connect, explained, transaction
from coach.store.errors import DamagedError
from coach.store.migrations import migrate, refuse_newer
from coach.store.paths import Home
from coach.store.private_file import create_private
from coach.store.recovery import Recovery, recover
from coach.store.schema import MIGRATIONS, Step

Value = str | int | None


class Database:
    """One connection to one file; use it from the thread that opened it.

    recovery: what was done about a damaged file while opening; None when nothing had to be.
    """

    def __init__(
        self, home: Home, connection: sqlite3.Connection, recovery: Recovery | None
    ) -> None:
        self.home = home
        self.recovery = recovery
        self._connection = connection

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """All of it or none of it; on disk when the block has been left without an error."""
        return transaction(self._connection, self.home.database)

    def query(self, sql: str, values: Sequence[Value] = ()) -> list[sqlite3.Row]:
        """Every row a SELECT finds."""
        with explained(self.home.database):
            return self._connection.execute(sql, tuple(values)).fetchall()

    def back_up(self, today: date, *, anew: bool = False) -> Path | None:
        """Make today's backup unless there is one; of older ones 7 days and 4 weeks are kept.

        anew: replace today's backup.
        """
        return back_up_daily(self._connection, self.home.backups, today, anew=anew)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def open_database(home: Home, today: date, steps: tuple[Step, ...] = MIGRATIONS) -> Database:
    """Open the data file, making, migrating or restoring it first where that is needed.

    Hold the single-instance lock before calling: restoring replaces the file.
    today names the backups; steps are the migrations. Raises KnownError with plain words when
    the file is newer than the program, belongs to another one, or cannot be reached.
    """
    home.prepare()
    if _lost(home):
        return Database(home, *_restored(home, today, steps))
    try:
        return Database(home, _ready(home, today, steps), None)
    except DamagedError:
        return Database(home, *_restored(home, today, steps))


def _lost(home: Home) -> bool:
    """No data although there are backups: somebody or something has removed the file."""
    path = home.database
    return (not path.exists() or path.stat().st_size == 0) and bool(found_in(home.backups))


def _restored(
    home: Home, today: date, steps: tuple[Step, ...]
) -> tuple[sqlite3.Connection, Recovery]:
    recovery = recover(home, today, steps)
    return _ready(home, today, steps), recovery


def _ready(home: Home, today: date, steps: tuple[Step, ...]) -> sqlite3.Connection:
    create_private(home.database)
    connection = connect(home.database)
    try:
        # First, so that a newer program's file is never mistaken for a damaged one.
        refuse_newer(connection, home.database, len(steps))
        check_intact(connection, home.database)
        migrate(
            connection,
            home.database,
            steps,
            lambda number: back_up_before_step(connection, home.backups, today, number),
        )
    except BaseException:
        connection.close()
        raise
    return connection
