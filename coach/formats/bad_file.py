"""What is wrong with a file, and where."""

from collections.abc import Iterable
from typing import NamedTuple


class FileFault(NamedTuple):
    """One mistake: the file's display name, line from 1, dotted field, and what is wrong.

    Places in lists count from 1, as in ``exercise.2.reps``.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class BadFile(Exception):  # noqa: N818 - a name the rest of the program reads aloud
    """A file that cannot be used, with every mistake found in it."""

    def __init__(self, faults: Iterable[FileFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
