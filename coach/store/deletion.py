"""Deleting what the program has written. Files of other names are left alone and named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.store.paths import PROGRAM, Home


@dataclass(frozen=True, slots=True)
class Deleted:
    """The files that are gone, and what is left in the program's folders: not its own, or held."""

    gone: tuple[Path, ...]
    left: tuple[Path, ...]


def delete_files(home: Home) -> Deleted:
    """Delete every file of the program, and its folders where nothing else is in them.

    Links are removed and never followed. Close the data file first. The lock on the data stays, so
    that no second program can begin while this one runs: see ``sweep``.
    """
    gone = _deleted((*_data_files(home), *_other_files(home)))
    folders = (home.data, home.settings, home.cache, home.logs)
    for folder in folders:
        _remove_empty(folder)
    left = [path for folder in folders for path in _files_in(folder) if path != home.lock_file]
    return Deleted(tuple(gone), tuple(left))


def sweep(home: Home) -> None:
    """At the end of a run that deleted everything: what came since, such as the window's place.

    Never data. Then the lock, which the caller still holds.
    """
    _deleted((*_other_files(home), home.lock_file))
    for folder in (home.data, home.settings, home.cache, home.logs):
        _remove_empty(folder)


def _deleted(paths: Iterable[Path]) -> list[Path]:
    gone: list[Path] = []
    for path in paths:
        try:
            path.unlink()
        except OSError:
            continue
        gone.append(path)
    return gone


def _data_files(home: Home) -> Iterator[Path]:
    """The record and its copies, by the names that the program gives them."""
    return _matching(
        (home.data, f"{PROGRAM}.db*"),
        (home.data, f".{PROGRAM}.db*"),
        (home.data, f"{PROGRAM}.restored*"),
        (home.data, f".{PROGRAM}.restored*"),
        (home.data, home.key_file.name),
        (home.data, f".{home.key_file.name}.*"),
        (home.data, f"{PROGRAM}-damaged-*.db*"),
        (home.data, f"{PROGRAM}-replaced-*.db*"),
        (home.data, f".{PROGRAM}-*.db.*"),
        (home.data, f"{PROGRAM}.call*"),
        (home.backups, home.key_file.name),
        (home.backups, f".{home.key_file.name}.*"),
        (home.backups, f"{PROGRAM}-*.db"),
        (home.backups, f"{PROGRAM}-*.part"),
        (home.session_logs, "*.jsonl"),
        (home.session_logs, "*.jsonl.locked*"),
        (home.session_logs, ".*.jsonl.*"),
    )


def _other_files(home: Home) -> Iterator[Path]:
    """Settings, the cache, and what is known of the window."""
    yield from _matching(
        (home.settings, "settings*.toml"),
        (home.settings, ".settings*.toml.*"),
        (home.settings, home.window_file.name),
        (home.settings, f".{home.window_file.name}.*"),
        (home.settings, home.reminded_file.name),
        (home.settings, f".{home.reminded_file.name}.*"),
        (home.logs, "*-helper.log*"),
    )
    for kept in (home.cache / "shipped", home.cache / "voice"):
        yield from _files_in(kept)


def _matching(*wanted: tuple[Path, str]) -> Iterator[Path]:
    for folder, pattern in wanted:
        if not folder.is_symlink():
            yield from sorted(path for path in folder.glob(pattern) if not path.is_dir())


def _files_in(folder: Path) -> list[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        found += _files_in(path) if path.is_dir() and not path.is_symlink() else [path]
    return found


def _remove_empty(folder: Path) -> None:
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.is_dir():
            _remove_empty(path)
    try:
        folder.rmdir()
    except OSError:  # something is left in it
        return
