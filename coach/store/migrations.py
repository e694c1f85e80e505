"""From whatever format a data file has to the one this program reads."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from coach.store.connection import APPLICATION_ID, explained, format_number, transaction
from coach.store.errors import BugError, KnownError
from coach.store.schema import Step
from coach.store.seals import has_seals, seal_everything


def refuse_newer(connection: sqlite3.Connection, path: Path, newest: int) -> None:
    """Raise KnownError for a file that a newer program has written; nothing is changed."""
    with explained(path):
        found = format_number(connection)
    if found > newest:
        raise KnownError(
            f"{path}: a newer Nerve Coach wrote this file (its format is {found}, this program"
            f" reads up to {newest}). Nothing was changed. Install the newer program, or use"
            " --home with another folder."
        )


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    steps: tuple[Step, ...],
    back_up: Callable[[int], None],
) -> None:
    """Take every missing step, each whole or not at all.

    back_up: called with the old format number before each step on a file that held something.
    """
    refuse_newer(connection, path, len(steps))
    found = format_number(connection)
    for number in range(found, len(steps)):
        if found > 0:
            back_up(number)
        _take(connection, path, number, steps[number])


def _take(connection: sqlite3.Connection, path: Path, number: int, step: Step) -> None:
    # SQLite ignores this switch inside a transaction, so it stands outside.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with transaction(connection, path, "EXCLUSIVE"):
            # Another program may have taken the step while this one waited for the lock.
            if format_number(connection) != number:
                return
            for statement in step:
                connection.execute(statement)
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            if broken is not None:
                raise BugError(
                    f"{path}: step {number + 1} leaves {broken['table']} pointing at nothing"
                )
            if has_seals(connection):
                seal_everything(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number + 1}")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
