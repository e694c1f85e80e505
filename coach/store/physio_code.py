"""The code with which a physiotherapist lifts locks and home ceilings; only its hash is kept."""

import hashlib
import secrets
import sqlite3
from enum import StrEnum

from coach.store.database import Database
from coach.store.errors import BugError, KnownError

FEWEST_DIGITS = 6
MOST_DIGITS = 12
#: This many wrong tries in a row close the code for a while.
MOST_WRONG = 5
CLOSED_MS = 15 * 60 * 1000

_SALT_BYTES = 16
#: What scrypt costs: 32 MiB and about a quarter of a second for every try.
_N, _R, _P = 2**15, 8, 3
_MEMORY_LIMIT = 2**26


class Tried(StrEnum):
    """What came of a try; TOO_MANY: the code is closed, so it was not (or is no longer) asked."""

    RIGHT = "right"
    WRONG = "wrong"
    TOO_MANY = "too_many"


class PhysioCode:
    """One code for the whole data file.

    A try is counted on disk before it is looked at, so that ending the program takes none back.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def is_set(self) -> bool:
        """True once there is a code."""
        return bool(self._database.query("SELECT id FROM physio_code"))

    def set(self, code: str, old: str | None, now_utc_ms: int) -> Tried:
        """Set the code. Where there is one, old must be it, and counts as a try.

        Raises KnownError for a code that is not 6 to 12 digits; then nothing was tried.
        """
        if not (code.isascii() and code.isdigit() and FEWEST_DIGITS <= len(code) <= MOST_DIGITS):
            raise KnownError(f"this code needs {FEWEST_DIGITS} to {MOST_DIGITS} digits")
        if self.is_set:
            tried = self.check(old or "", now_utc_ms)
            if tried is not Tried.RIGHT:
                return tried
        salt = secrets.token_bytes(_SALT_BYTES)
        hashed = _hashed(code, salt)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO physio_code (id, salt, hash, wrong, closed_until_ms)"
                " VALUES (1, ?, ?, 0, 0)",
                (salt, hashed),
            )
        return Tried.RIGHT

    def check(self, code: str, now_utc_ms: int) -> Tried:
        """Try a code. The fifth wrong one in a row closes it for 15 minutes of the wall clock.

        now_utc_ms: the wall clock in UTC; set back, it only lengthens the wait.
        Raises BugError when no code is set.
        """
        with self._database.transaction() as connection:
            row = connection.execute("SELECT * FROM physio_code").fetchone()
            if row is None:
                raise BugError("physiotherapist's code: none is set")
            if now_utc_ms < row["closed_until_ms"]:
                return Tried.TOO_MANY
            closes = _count(connection, row["wrong"], now_utc_ms)
        if not secrets.compare_digest(_hashed(code, row["salt"]), row["hash"]):
            return Tried.TOO_MANY if closes else Tried.WRONG
        with self._database.transaction() as connection:
            connection.execute("UPDATE physio_code SET wrong = 0, closed_until_ms = 0")
        return Tried.RIGHT


def _count(connection: sqlite3.Connection, wrong: int, now_utc_ms: int) -> bool:
    """Count one try as wrong; True when it is the one that closes the code."""
    wrong += 1
    closes = wrong == MOST_WRONG
    connection.execute(
        "UPDATE physio_code SET wrong = ?, closed_until_ms = ?",
        (0, now_utc_ms + CLOSED_MS) if closes else (wrong, 0),
    )
    return closes


def _hashed(code: str, salt: bytes) -> bytes:
    # Whatever was typed is hashed: a lone surrogate cannot be encoded, and is no digit.
    typed = code.encode(errors="replace")
    return hashlib.scrypt(typed, salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY_LIMIT)
