"""The store opened for a command of the terminal, while no window has it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from coach.store.database import open_database
from coach.store.encryption import find_key, unlock
from coach.store.opener import LockedError
from coach.store.paths import Home
from coach.store.sessions import SessionStore
from coach.store.single_instance import SingleInstance

Ask = Callable[[str], str]
"""Asks for something that is not shown while it is typed."""


@contextmanager
def opened_store(home: Home, today: date, ask: Ask | None = None) -> Iterator[SessionStore]:
    """The sessions of a home. Raises KnownError, as when a window is open with the same data.

    A damaged file is for the window to put right: there the person is told and asked again.
    ask: called for what opens encrypted data; None where nobody can be asked.
    """
    home.prepare()
    with SingleInstance(home.lock_file):
        try:
            find_key(home)
        except LockedError as error:
            if ask is None:
                raise
            wanted = "Passphrase or recovery code" if error.by_passphrase else "Recovery code"
            unlock(home, ask(f"{wanted}: "))
        database = open_database(home, today, restore=False)
        try:
            yield SessionStore(database)
        finally:
            database.close()
