"""The data of a home encrypted at rest, where somebody wishes it; off unless turned on.

Every file is plain or encrypted by itself and opened as what it is, so an interruption at any
moment leaves all of them usable; the next start goes on with what is left (see ``finish``).
"""

import contextlib
import json
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from coach.store.backups import found_in
from coach.store.closing_mark import ClosingMark
from coach.store.connection import connect, is_plain
from coach.store.conversion import decrypt, encrypt, pack
from coach.store.errors import DamagedError, KnownError
from coach.store.key_file import (
    KeyFile,
    Towards,
    Way,
    read_key_file,
    remove_key_file,
    there_is_one,
    with_keyring,
    with_passphrase,
    write_key_file,
)
from coach.store.opener import KEY_BYTES, LockedError
from coach.store.paths import Home
from coach.store.private_file import sync_folder
from coach.store.recovery_code import key_of
from coach.store.system_keyring import (
    forget_in_keyring,
    found_in_keyring,
    keep_in_keyring,
    keyring_there,
)

#: Fewer letters are too easy to guess by trying. Our own convention.
SHORTEST_PASSPHRASE = 10
INSTALL = "python -m pip install keyring sqlcipher3"
_LOCKED = ".locked"


@dataclass(frozen=True, slots=True)
class Encryption:
    """How the data are kept. left: files that are still plain though they should not be."""

    on: bool
    way: Way | None = None
    left: int = 0


def installed() -> bool:
    """Whether the two optional libraries are there."""
    return all(find_spec(name) is not None for name in ("keyring", "sqlcipher3"))


def require_installed() -> None:
    """Raise KnownError, which says what to install, unless they are."""
    if not installed():
        raise KnownError(
            "Encryption needs two libraries that are not installed here. Install them with:"
            f" {INSTALL}"
        )


def state(home: Home) -> Encryption:
    """How it is now."""
    if not there_is_one(home):
        return Encryption(on=False)
    left = sum(map(is_plain, _databases(home))) + len(list(home.session_logs.glob("*.jsonl")))
    return Encryption(on=True, way=read_key_file(home).way, left=left)


def find_key(home: Home) -> None:
    """Take the key of encrypted data from the system's keyring; plain data need none.

    Raises LockedError when somebody has to be asked.
    """
    if home.opener.key is not None or not there_is_one(home):
        return
    require_installed()
    kept = read_key_file(home)
    if kept.way is Way.KEYRING:
        key = found_in_keyring(kept.id)
        if key is not None and kept.fits(key):
            home.opener.key = key
            return
        raise LockedError(
            f"{home.database}: the data are encrypted and the system's keyring does not give their"
            " key. Log in to the keyring, or open the data with the recovery code: start the"
            " window, or this command on a terminal.",
            by_passphrase=False,
        )
    raise LockedError(
        f"{home.database}: the data are encrypted. Start the window, or this command on a"
        " terminal, and enter the passphrase.",
        by_passphrase=True,
    )


def unlock(home: Home, typed: str) -> None:
    """Open the data with a passphrase or the recovery code.

    Raises KnownError when it is neither; then nothing is changed. A keyring that has lost the key
    gets it again.
    """
    kept = read_key_file(home)
    key = key_of(typed)
    if key is None or not kept.fits(key):
        key = kept.unwrapped(typed)
    if key is None:
        what = "passphrase or recovery code" if kept.way is Way.PASSPHRASE else "recovery code"
        raise KnownError(f"This is not the {what} of these data. Nothing was changed.")
    home.opener.key = key
    if kept.way is Way.KEYRING:
        with contextlib.suppress(KnownError):
            keep_in_keyring(kept.id, key)


def new_key() -> bytes:
    """A key that nobody can guess."""
    return secrets.token_bytes(KEY_BYTES)


def require_passphrase(passphrase: str | None) -> None:
    """Raise KnownError unless the key has a place: a keyring, or else a passphrase."""
    if passphrase is None and not keyring_there():
        raise KnownError("There is no keyring here. Choose a passphrase.")
    if passphrase is not None and len(passphrase) < SHORTEST_PASSPHRASE:
        raise KnownError(f"The passphrase needs at least {SHORTEST_PASSPHRASE} characters.")


def turn_on(home: Home, key: bytes, passphrase: str | None) -> None:
    """Encrypt everything. The data file is to be closed; the recovery code is with its owner.

    Stops in logs that the data file does not know are to be brought back before.
    Without a passphrase the key goes to the keyring. Raises DamagedError when the data file is not
    whole, KnownError when there is no room; nothing is encrypted then.
    """
    require_installed()
    if there_is_one(home):
        raise KnownError("The data are encrypted already. Nothing was changed.")
    require_passphrase(passphrase)
    _require_room(home)
    _require_whole(home)
    if passphrase is None:
        kept = with_keyring(key, secrets.token_hex(8))
        keep_in_keyring(kept.id, key)
    else:
        kept = with_passphrase(key, passphrase)
    write_key_file(home, kept)
    home.opener.key = key
    _told(home, kept)


def turn_off(home: Home) -> tuple[Path, ...]:
    """Make everything plain again. The data file is to be closed.

    Copies too damaged to be opened stay as they are and come back.
    """
    kept = replace(read_key_file(home), towards=Towards.PLAIN)
    write_key_file(home, kept)
    _told(home, kept)
    return tuple(path for path in _databases(home) if not is_plain(path) and path.stat().st_size)


def finish(home: Home) -> None:
    """Go on with what an interruption left half done; what cannot be done now waits."""
    if there_is_one(home):
        with contextlib.suppress(KnownError, OSError):
            _go_on(home, read_key_file(home))


def forget_key(home: Home) -> None:
    """Take the key out of the keyring, because the data are to be deleted."""
    if there_is_one(home):
        with contextlib.suppress(KnownError, ImportError):
            forget_in_keyring(read_key_file(home).id)


def _told(home: Home, kept: KeyFile) -> None:
    try:
        _go_on(home, kept, every_log=True)
    except (KnownError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise KnownError(
            f"Not every file could be rewritten ({reason}). What is left can be used as it is, and"
            " is tried again at each start."
        ) from error


def _go_on(home: Home, kept: KeyFile, *, every_log: bool = False) -> None:
    key = home.opener.key
    if key is None:
        return
    for path in _leftovers(home):
        path.unlink()
    if kept.towards is Towards.ENCRYPTED:
        _encrypt_all(home, key, every_log=every_log)
    else:
        _decrypt_all(home, key)
        remove_key_file(home)
        home.opener.key = None
        if kept.way is Way.KEYRING:
            forget_in_keyring(kept.id)


def _encrypt_all(home: Home, key: bytes, *, every_log: bool) -> None:
    for path in _copies(home):
        if _has_content(path) and not _is_encrypted(path, key):
            try:
                encrypt(path, key)
            except DamagedError:
                pack(path, path, key)
    if is_plain(home.database):
        ClosingMark(home.database).remove()
        encrypt(home.database, key)
    _take_in_logs(home, key, every=every_log)


def _decrypt_all(home: Home, key: bytes) -> None:
    for path in (*_copies(home), *sorted(home.session_logs.glob(f"*{_LOCKED}"))):
        if _has_content(path) and not is_plain(path):
            with contextlib.suppress(DamagedError):
                decrypt(path, key)
    if _has_content(home.database) and not is_plain(home.database):
        ClosingMark(home.database).remove()
        decrypt(home.database, key)


def _take_in_logs(home: Home, key: bytes, *, every: bool) -> None:
    """Remove each log of which the data file holds the last line, and pack the others.

    every: also those that nobody has noted. Such a log may hold a stop, so at a start it stays
    until it has been looked at (clinical.md 10 H01), and the next start packs it.
    """
    logs = sorted(home.session_logs.glob("*.jsonl"))
    if not logs or not _has_content(home.database):
        return
    with _whole(home.database), closing(connect(home.database, key)) as connection:
        held = {
            path
            for path in logs
            if (head := _head(path)) is not None
            and connection.execute(
                "SELECT 1 FROM event WHERE session = ? AND h = ?", (path.stem, head)
            ).fetchone()
        }
        noted = {row[0] for row in connection.execute("SELECT session FROM left_log")}
    for path in logs:
        if path in held:
            path.unlink()
        elif every or path.stem in noted:
            pack(path, path.with_name(f"{path.name}{_LOCKED}"), key)
    sync_folder(home.session_logs)


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[None]:
    """What cannot be asked is damaged, and opening it will see to that."""
    try:
        yield
    except sqlite3.Error as error:
        raise DamagedError(f"{path}: this file is damaged ({error})", str(error)) from error


def _head(path: Path) -> str | None:
    """The hash in the last line of a log, which stands for every line before it."""
    try:
        head = json.loads(path.read_bytes().splitlines()[-1])["h"]
    except (OSError, ValueError, IndexError, KeyError, TypeError):
        return None
    return head if isinstance(head, str) else None


def _is_encrypted(path: Path, key: bytes) -> bool:
    """Whether this key opens a file; what neither is plain nor opens is damaged."""
    if is_plain(path):
        return False
    try:
        with closing(connect(path, key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except (KnownError, sqlite3.Error):
        return False
    return True


def _copies(home: Home) -> Iterator[Path]:
    """Backups, and data files that were moved aside."""
    yield from (one.path for one in found_in(home.backups))
    for kind in ("damaged", "replaced"):
        yield from sorted(home.data.glob(f"{home.database.stem}-{kind}-*.db"))


def _databases(home: Home) -> list[Path]:
    return [*_copies(home), home.database]


def _leftovers(home: Home) -> list[Path]:
    """What interrupted writing left: halves that nobody reads."""
    name = home.database.stem
    found: list[Path] = []
    for folder, patterns in (
        (home.data, (f"{name}*.part", f"{name}.restored*", f".{name}.db*", f".{name}-*.db.*")),
        (home.backups, (f"{name}-*.part",)),
        (home.session_logs, ("*.part", ".*.jsonl.*")),
    ):
        found += [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    return found


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _require_room(home: Home) -> None:
    largest = max((path.stat().st_size for path in _databases(home) if path.exists()), default=0)
    if shutil.disk_usage(home.data).free < 2 * largest:
        raise KnownError(f"{home.data}: the disk is too full; make room and try again")


def _require_whole(home: Home) -> None:
    from coach.store.close_look import look_closely
    from coach.store.schema import MIGRATIONS

    with closing(connect(home.database)) as connection:
        look_closely(connection, home.database, MIGRATIONS)
