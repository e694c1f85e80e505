"""Deleting what the program has written. Files of other names are left alone and named."""

from collections.abc import Iterator
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

    Links are removed and never followed. Close the data file first.
    """
    gone: list[Path] = []
    for path in _own_files(home):
        try:
            path.unlink()
        except OSError:
            continue
        gone.append(path)
    folders = (home.data, home.settings, home.cache, home.logs)
    for folder in folders:
        _remove_empty(folder)
    left = [path for folder in folders for path in _files_in(folder) if path != home.lock_file]
    return Deleted(tuple(gone), tuple(left))


def _own_files(home: Home) -> Iterator[Path]:
    """What the program writes, by its names; the lock last, since it guards the rest."""
    for folder, pattern in (
        (home.data, f"{PROGRAM}.db*"),
        (home.data, f".{PROGRAM}.db*"),
        (home.data, f"{PROGRAM}.restored*"),
        (home.data, f".{PROGRAM}.restored*"),
        (home.data, f"{PROGRAM}-damaged-*.db"),
        (home.data, f"{PROGRAM}-replaced-*.db"),
        (home.data, f".{PROGRAM}-*.db.*"),
        (home.data, f"{PROGRAM}.call*"),
        (home.backups, f"{PROGRAM}-*.db"),
        (home.backups, f"{PROGRAM}-*.part"),
        (home.session_logs, "*.jsonl"),
        (home.session_logs, ".*.jsonl.*"),
        (home.settings, "settings*.toml"),
        (home.settings, ".settings*.toml.*"),
        (home.settings, home.window_file.name),
        (home.settings, f".{home.window_file.name}.*"),
        (home.settings, home.reminded_file.name),
        (home.settings, f".{home.reminded_file.name}.*"),
        (home.logs, "*-helper.log*"),
    ):
        if not folder.is_symlink():
            yield from sorted(path for path in folder.glob(pattern) if not path.is_dir())
    for kept in (home.cache / "shipped", home.cache / "voice"):
        yield from _files_in(kept)
    yield home.lock_file


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
