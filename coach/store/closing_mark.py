"""What the data file was like when it was last closed: one SHA-256 over all its bytes.

It lies beside the file from a clean close until the first write of the next run. So a run that
was cut off leaves none, and a file that does not fit its mark was changed by something else.
"""

import contextlib
from hashlib import file_digest
from pathlib import Path

from coach.store.errors import KnownError
from coach.store.private_file import sync_folder, write_private


class ClosingMark:
    """The mark of one data file."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self.path = database.with_name(f"{database.name}.sha256")

    def differs(self) -> bool:
        """Whether there is a mark and the file does not fit it."""
        try:
            mark = self.path.read_bytes()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise KnownError(f"{self.path}: cannot read this file: {error.strerror}") from error
        return mark != self._digest()

    def remove(self) -> None:
        """The file is about to be written to."""
        try:
            self.path.unlink()
        except FileNotFoundError:
            return
        except OSError as error:
            raise KnownError(f"{self.path}: cannot remove this file: {error.strerror}") from error
        sync_folder(self.path.parent)

    def make(self) -> None:
        """The file has been closed. Without a mark the next start only looks less closely."""
        if not self.path.exists():
            with contextlib.suppress(KnownError):
                write_private(self.path, self._digest())

    def _digest(self) -> bytes:
        try:
            with self._database.open("rb") as file:
                return f"{file_digest(file, 'sha256').hexdigest()}\n".encode()
        except OSError as error:
            raise KnownError(f"{self._database}: cannot be read: {error.strerror}") from error
