"""Looking whether the data can be read and kept."""

import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date

from coach.store.backups import found_in
from coach.store.close_look import look_closely
from coach.store.closing_mark import ClosingMark
from coach.store.connection import check_intact, connect
from coach.store.encryption import find_key
from coach.store.errors import KnownError
from coach.store.opener import LockedError
from coach.store.paths import Home
from coach.store.schema import MIGRATIONS
from coach.store.single_instance import AlreadyRunningError, SingleInstance

MEGABYTE = 1_000_000
ENOUGH_BYTES = 50 * MEGABYTE
"""Room for years of sessions and the cache of spoken cues. Our own convention."""


@dataclass(frozen=True, slots=True)
class DataHealth:
    """Room left on the disk in bytes, and whether there is a data file yet.

    last_backup: the day of the newest copy. aside: data files that were moved aside and kept.
    """

    free_bytes: int
    begun: bool
    last_backup: date | None = None
    aside: int = 0

    @property
    def enough(self) -> bool:
        """Whether there is room to go on."""
        return self.free_bytes >= ENOUGH_BYTES


def check_up(home: Home) -> DataHealth:
    """Try to write into every folder and read the data file.

    Raises KnownError in plain words when something cannot be written or is damaged. In the data
    file only what a crash left half done is put right, as opening it would.
    """
    home.prepare()
    for folder in (home.data, home.settings, home.cache, home.logs):
        try:
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(bytes(4096))
        except OSError as error:
            raise KnownError(f"{folder}: cannot be written: {error.strerror}") from error
    begun = home.database.exists() and home.database.stat().st_size > 0
    if begun:
        # A running program has looked at its file itself, and may be writing to it now.
        with contextlib.suppress(AlreadyRunningError), SingleInstance(home.lock_file):
            _read(home)
    copies = found_in(home.backups)
    aside = [*home.data.glob("*-damaged-*.db"), *home.data.glob("*-replaced-*.db")]
    free = shutil.disk_usage(home.data).free
    return DataHealth(free, begun, copies[0].day if copies else None, len(aside))


def _read(home: Home) -> None:
    try:
        find_key(home)
    except LockedError:  # nobody is asked here, and what is locked is not damaged
        return
    differs = ClosingMark(home.database).differs()
    with contextlib.closing(connect(home.database, home.opener.key)) as connection:
        if differs:
            look_closely(connection, home.database, MIGRATIONS)
        check_intact(connection, home.database)
