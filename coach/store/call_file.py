"""How a second start reaches the program that runs already: it writes into a file that is watched.

The file is there only while somebody watches it.
"""

import os
from pathlib import Path

from coach.store.private_file import create_private


class CallFile:
    """The file, from when it is watched until the program ends."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Path:
        """Make the file; it is to be watched from now on. Raises KnownError when it cannot be."""
        create_private(self._path)
        return self._path

    def __exit__(self, *_raised: object) -> None:
        self._path.unlink(missing_ok=True)


def call(path: Path) -> bool:
    """Ask the running program to show its window; False where nobody watches."""
    try:
        with path.open("r+", encoding="utf-8") as file:
            file.write(f"{os.getpid()}\n")
    except OSError:
        return False
    return True
