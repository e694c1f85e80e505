"""One running program for each data folder."""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from coach.store.errors import KnownError
from coach.store.private_file import FILE_MODE

if sys.platform == "win32":
    import msvcrt

    #: Windows locks bytes; this one lies far behind the text, so that others can read who holds it.
    _FAR = 1 << 30

    def _try_lock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class AlreadyRunningError(KnownError):
    """Another program holds the data folder; process is its number, where it could be read."""

    def __init__(self, folder: Path, process: int | None) -> None:
        who = "another program" if process is None else f"process {process}"
        super().__init__(
            f"{folder}: Nerve Coach is already running with this data ({who}). Use that window,"
            " or close it first."
        )
        self.process = process


class SingleInstance:
    """A lock on a file, let go by the system when its holder ends in any way, even by kill -9.

    The file itself stays: only the lock on it means something. Child programs do not inherit it.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock at once. Raises AlreadyRunningError when somebody else has it."""
        if self._handle is not None:
            return
        try:
            handle = os.open(self._file, os.O_RDWR | os.O_CREAT, FILE_MODE)
        except OSError as error:
            raise KnownError(f"{self._file}: cannot open this file: {error.strerror}") from error
        try:
            _try_lock(handle)
        except (BlockingIOError, PermissionError):
            os.close(handle)
            raise AlreadyRunningError(self._file.parent, self._holder()) from None
        except OSError as error:
            os.close(handle)
            raise KnownError(
                f"{self._file}: this disk cannot lock files ({error.strerror}); use --home with a"
                " folder on another one"
            ) from error
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, f"{os.getpid()}\n".encode())
        self._handle = handle

    def release(self) -> None:
        """Let go; harmless when nothing is held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _holder(self) -> int | None:
        try:
            return int(self._file.read_bytes())
        except (OSError, ValueError):
            return None
