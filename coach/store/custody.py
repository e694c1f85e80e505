"""What the owner of the data may do with all of it: copy it, go back, delete it."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coach.store.backups import Backup, found_in
from coach.store.connection import check_intact, connect_to_read, explained
from coach.store.database import Database
from coach.store.deletion import Deleted, delete_files
from coach.store.encryption import Encryption, forget_key, state, turn_off, turn_on
from coach.store.errors import KnownError
from coach.store.recovery import Recovery


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A backup: when it was made, how large it is (bytes), how many sessions are in it.

    sessions: None when it cannot be read.
    """

    backup: Backup
    size: int
    sessions: int | None


class Custody:
    """One data file and its copies."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._home = database.home

    @property
    def folder(self) -> Path:
        """Where everything is."""
        return self._home.data

    @property
    def recovery(self) -> Recovery | None:
        """What was done about a damaged file when it was opened, None when nothing had to be."""
        return self._database.recovery

    def back_up(self, today: date) -> Path:
        """Make today's copy anew."""
        made = self._database.back_up(today, anew=True)
        if made is None:
            raise KnownError(f"{self._home.backups}: there is nothing to copy any more")
        return made

    def last_backup(self) -> date | None:
        """The day of the newest copy."""
        found = found_in(self._home.backups)
        return found[0].day if found else None

    def copies(self) -> list[KeptCopy]:
        """Every backup, newest first."""
        return [
            KeptCopy(one, one.path.stat().st_size, _sessions_of(one.path, self._home.opener.key))
            for one in found_in(self._home.backups)
        ]

    def restore(self, copy: Path, today: date) -> Path:
        """Put a copy in place of the data file; where the file of before is kept comes back.

        Raises KnownError when the copy is damaged; then nothing was changed.
        """
        return self._database.restore(copy, today)

    @property
    def encryption(self) -> Encryption:
        """Whether the data are encrypted."""
        return state(self._home)

    def encrypt(self, key: bytes, passphrase: str | None, today: date) -> None:
        """Encrypt the data file and its copies; see ``coach.store.encryption.turn_on``."""
        self._database.rewrite(lambda: turn_on(self._home, key, passphrase), today)

    def decrypt(self, today: date) -> tuple[Path, ...]:
        """Make everything plain again; copies that cannot be opened come back."""
        return self._database.rewrite(lambda: turn_off(self._home), today)

    def delete_everything(self) -> Deleted:
        """Delete the data, their copies, the settings and the cache.

        What is left of this run has an empty record in memory and leaves nothing behind.
        """
        forget_key(self._home)
        self._database.forget()
        return delete_files(self._home)


def _sessions_of(path: Path, key: bytes | None) -> int | None:
    try:
        with closing(connect_to_read(path, key)) as connection, explained(path):
            check_intact(connection, path)
            count: int = connection.execute("SELECT count(*) FROM session").fetchone()[0]
            return count
    except KnownError:
        return None
