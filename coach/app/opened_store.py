"""The store opened for a command of the terminal, while no window has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from coach.store.database import open_database
from coach.store.paths import Home
from coach.store.sessions import SessionStore
from coach.store.single_instance import SingleInstance


@contextmanager
def opened_store(home: Home, today: date) -> Iterator[SessionStore]:
    """The sessions of a home. Raises KnownError, as when a window is open with the same data.

    A damaged file is for the window to put right: there the person is told and asked again.
    """
    home.prepare()
    with SingleInstance(home.lock_file):
        database = open_database(home, today, restore=False)
        try:
            yield SessionStore(database)
        finally:
            database.close()
