"""Pictures for a slide, written whole or not at all."""

import shutil
import tempfile
from collections.abc import Generator, Iterable
from pathlib import Path

from coach.store.errors import KnownError
from coach.store.private_file import free_name, write_private


def save_picture(path: Path, content: bytes) -> None:
    """Write a file; afterwards it holds all of it, or what it held before.

    Raises KnownError, in plain words, when the disk is full or may not be written to.
    """
    write_private(path, content)


def saving_series(folder: Path, stem: str, pictures: Iterable[bytes]) -> Generator[int, None, None]:
    """Write numbered PNG files into a new folder; yields how many there are after each.

    They are collected beside it, and the folder appears when all are there. Given up half way, or
    when one cannot be written, nothing is left. Raises KnownError, in plain words, for the latter.
    """
    collected = _beside(folder)
    try:
        count = 0
        for count, content in enumerate(pictures, 1):
            write_private(collected / f"{stem}-{count:03}.png", content)
            yield count
        if count:
            _appear(collected, folder)
    finally:
        shutil.rmtree(collected, ignore_errors=True)


def new_folder(folder: Path) -> Path:
    """A name for a folder of pictures that nothing has yet: its own, or with a number."""
    return free_name(folder)


def _beside(folder: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        raise KnownError(f"{folder}: cannot make this folder: {error.strerror}") from error


def _appear(collected: Path, folder: Path) -> None:
    try:
        collected.rename(folder)
    except OSError as error:
        raise KnownError(f"{folder}: cannot make this folder: {error.strerror}") from error
