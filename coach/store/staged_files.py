"""Files that are written piece by piece beside their place and appear there together."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self

from coach.store.errors import KnownError
from coach.store.private_file import FOLDER_MODE, sync_folder


class StagedFiles:
    """Private files (0600) on their way; left without `publish`, nothing of them stays.

    Each is whole under its name, or what was there before is. Raises KnownError in plain words.
    """

    def __init__(self) -> None:
        self._staged: list[tuple[IO[bytes], Path, Path]] = []
        self._folders: list[Path] = []

    def folder(self, path: Path) -> None:
        """Make a folder for its owner alone where there is none; the one above it has to exist."""
        if path.is_dir():
            return
        with _told(path, "make this folder"):
            path.mkdir(FOLDER_MODE)
        self._folders.append(path)

    def open(self, path: Path) -> BinaryIO:
        """A file to write and read, which becomes ``path`` when all are published."""
        if path.is_dir():
            raise KnownError(f"{path}: this is a folder; name a file in it")
        if path.exists() and not path.is_file():
            raise KnownError(f"{path}: this is no file that could be replaced; name another")
        if not path.parent.is_dir():
            raise KnownError(f"{path.parent}: this folder does not exist")
        with _told(path, "write this file"):
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        file = os.fdopen(handle, "w+b")
        self._staged.append((file, Path(name), path))
        return file

    def publish(self) -> tuple[Path, ...]:
        """Put every file in its place, on disk when this returns; their places, in order."""
        for file, _, path in self._staged:
            with _told(path, "write this file"):
                file.flush()
                os.fsync(file.fileno())
                file.close()
        paths = tuple(path for _, _, path in self._staged)
        for _, temporary, path in self._staged:
            with _told(path, "write this file"):
                temporary.replace(path)
        for folder in {path.parent for path in paths}:
            sync_folder(folder)
        self._staged.clear()
        self._folders.clear()
        return paths

    def drop(self) -> None:
        """Leave nothing behind."""
        for file, temporary, _ in self._staged:
            with contextlib.suppress(OSError):  # a full disk refuses what was not yet written
                file.close()
            temporary.unlink(missing_ok=True)
        for folder in self._folders:
            with contextlib.suppress(OSError):  # somebody else has put something in it
                folder.rmdir()
        self._staged.clear()
        self._folders.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.drop()


@contextlib.contextmanager
def _told(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KnownError(f"{path}: cannot {what}: {error.strerror or error}") from error
