"""The one database: opened checked, migrated and, when it must be, restored."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

from coach.store import seals
from coach.store.backups import back_up_before_step, back_up_daily, found_in
from coach.store.close_look import look_closely
from coach.store.closing_mark import ClosingMark
from coach.store.connection import (
    check_intact,
    connect,
    explained,
    format_number,
    transaction,
)
from coach.store.encryption import find_key, finish
from coach.store.errors import BugError, DamagedError, KnownError
from coach.store.migrations import migrate, refuse_newer
from coach.store.paths import Home
from coach.store.private_file import create_private
from coach.store.recovery import Recovery, keep_replaced, prepared, put_in_place, recover
from coach.store.schema import MIGRATIONS, Step

Value = str | int | None
T = TypeVar("T")

#: Some five years of one person's sessions.
_SOON_BYTES = 32_000_000
_OPEN_FIRST = (
    "Nothing was changed. Open the window of Nerve Coach first: it goes back to the newest backup,"
    " brings back what it can, and says what it did."
)


class Database:
    """One connection to one file; use it from the thread that opened it.

    recovery: what was done about a damaged file while opening; None when nothing had to be.
    changed: something else has changed the file since it was last closed, and every row is whole.
    forgotten: the file is to be deleted; nothing is written any more.
    """

    def __init__(
        self,
        home: Home,
        connection: sqlite3.Connection,
        recovery: Recovery | None,
        *,
        changed: bool = False,
    ) -> None:
        self.home = home
        self.recovery = recovery
        self.changed = changed
        self.closed = self.forgotten = False
        self._marked = True
        self._sealed = False
        self._connection = connection
        self._mark = ClosingMark(home.database)
        self._take(connection)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or none of it; on disk when the block has been left without an error."""
        if self._marked:
            self._mark.remove()
            self._marked = False
        with transaction(self._connection, self.home.database) as connection:
            yield connection
            if self._sealed:
                seals.renew(connection)

    def query(self, sql: str, values: Sequence[Value] = ()) -> list[sqlite3.Row]:
        """Every row a SELECT finds."""
        with explained(self.home.database):
            return self._connection.execute(sql, tuple(values)).fetchall()

    def back_up(self, today: date, *, anew: bool = False) -> Path | None:
        """Make today's backup unless there is one; of older ones 7 days and 4 weeks are kept.

        anew: replace today's backup.
        """
        if self.forgotten:
            return None
        return back_up_daily(
            self._connection, self.home.backups, today, self.home.opener.key, anew=anew
        )

    def holds(self, sessions: Sequence[str]) -> bool:
        """Whether these closed sessions are as they were when they were sealed."""
        with explained(self.home.database):
            return seals.holds(self._connection, sessions)

    def restore(self, backup: Path, today: date) -> Path:
        """Put a backup in the place of the data file, which is kept aside: where comes back.

        Every stop that stands now stands afterwards. Raises KnownError when the backup is damaged;
        then nothing was changed.
        """
        fresh = prepared(self.home, backup, today, MIGRATIONS)
        kept = keep_replaced(self.home, fresh, today)
        self.close()
        try:
            self._mark.remove()
            put_in_place(self.home, fresh)
        finally:  # on a full disk the program goes on with the file that it has
            self._take(_ready(self.home, today, MIGRATIONS, look=False))
        return kept

    def rewrite(self, change: Callable[[], T], today: date) -> T:
        """Let go of the file while it is written anew in another way, then go on with it."""
        self.close()
        self._mark.remove()
        try:
            return change()
        finally:
            self._take(_ready(self.home, today, MIGRATIONS, look=False))

    def forget(self) -> None:
        """Let go of the file for good, so that it can be deleted; what follows is in memory."""
        self.close()
        self.forgotten = True
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.row_factory = sqlite3.Row
        migrate(connection, self.home.database, MIGRATIONS, lambda _: None)
        self._take(connection)

    def _take(self, connection: sqlite3.Connection) -> None:
        self.closed = False
        self._marked = True
        self._connection = connection
        with explained(self.home.database):
            self._sealed = seals.has_seals(connection)
            if self._sealed:
                seals.watch(connection)

    def close(self) -> None:
        """Let go of the file."""
        if not self.closed:
            self.closed = True
            self._connection.close()
            if not self.forgotten:
                self._mark.make()


def open_database(
    home: Home, today: date, steps: tuple[Step, ...] = MIGRATIONS, *, restore: bool = True
) -> Database:
    """Open the data file, making, migrating or restoring it first where that is needed.

    Hold the single-instance lock before calling: restoring replaces the file.
    today names the backups; steps are the migrations. Raises KnownError with plain words when
    the file is newer than the program, belongs to another one, or cannot be reached; LockedError
    when it is encrypted and somebody has to be asked.
    restore: False where nobody is there to be told and asked again; a damaged or lost file is
    then a KnownError too, and left as it is.
    """
    home.prepare()
    find_key(home)
    finish(home)
    mark = ClosingMark(home.database)
    if _lost(home):
        if not restore:
            raise KnownError(f"{home.database}: this file is gone. {_OPEN_FIRST}")
        return _restored(home, mark, today, steps)
    if not home.database.exists():
        mark.remove()
    changed = mark.differs()
    look = changed or (not mark.path.exists() and _soon_looked_at(home))
    try:
        connection = _ready(home, today, steps, look=look)
    except DamagedError as error:
        if not restore:
            raise KnownError(f"{error}. {_OPEN_FIRST}") from error
        return _restored(home, mark, today, steps, error.found)
    if changed:
        mark.remove()
    return Database(home, connection, None, changed=changed)


def _soon_looked_at(home: Home) -> bool:
    """Whether every row can be looked at in about a second, as after a run that was cut off.

    Power cuts damage files; a clinic's large file is still checked for torn pages.
    """
    path = home.database
    return path.exists() and 0 < path.stat().st_size <= _SOON_BYTES


def _lost(home: Home) -> bool:
    """No data although there are backups: somebody or something has removed the file."""
    path = home.database
    return (not path.exists() or path.stat().st_size == 0) and bool(found_in(home.backups))


def _restored(
    home: Home, mark: ClosingMark, today: date, steps: tuple[Step, ...], why: str = ""
) -> Database:
    recovery = recover(home, today, steps, why)
    mark.remove()
    return Database(home, _ready(home, today, steps, look=False), recovery)


def _ready(home: Home, today: date, steps: tuple[Step, ...], *, look: bool) -> sqlite3.Connection:
    create_private(home.database)
    try:
        connection = connect(home.database, home.opener.key)
    except BugError as error:
        # SQLite does not call every damage of a header by its name.
        if look:
            raise DamagedError(str(error), str(error.__cause__)) from error
        raise
    try:
        if look:
            look_closely(connection, home.database, steps)
        # First, so that a newer program's file is never mistaken for a damaged one.
        refuse_newer(connection, home.database, len(steps))
        check_intact(connection, home.database)
        if format_number(connection) < len(steps):
            ClosingMark(home.database).remove()
        migrate(
            connection,
            home.database,
            steps,
            lambda number: back_up_before_step(
                connection, home.backups, today, number, home.opener.key
            ),
        )
    except BaseException:
        connection.close()
        raise
    return connection
