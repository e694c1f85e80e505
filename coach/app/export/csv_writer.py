"""The record as CSV: a table of sets, one of sessions beside it, and what describes both."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from coach.app.export.exporting import Job
from coach.app.export.tables import set_rows, tables_of
from coach.formats.tables.column import Column
from coach.formats.tables.csv_text import BYTE_ORDER_MARK, COMMA, SEMICOLON, cells, csv_bytes
from coach.formats.tables.descriptor import (
    SESSIONS,
    SETS,
    CsvFile,
    describes,
    package_text,
)
from coach.store.errors import KnownError

SESSIONS_FILE, PACKAGE_FILE = "sessions.csv", "datapackage.json"


def csv_places(out: Path) -> tuple[Path, Path, Path]:
    """Where the sets, the sessions and the description go: a name ending in .csv, or a folder.

    Beside the files of an export with another name, the two get that of the sets in front.
    """
    sets = out if out.suffix.lower() == ".csv" and not out.is_dir() else out / "sets.csv"
    package = sets.with_name(PACKAGE_FILE)
    theirs = describes(_text(package))
    before = f"{sets.stem}-" if theirs and sets.name not in theirs else ""
    return sets, sets.with_name(before + SESSIONS_FILE), sets.with_name(before + PACKAGE_FILE)


def _text(place: Path) -> str:
    return place.read_text("utf-8", "replace") if place.is_file() else ""


def write(job: Job) -> Iterator[None]:
    """Write the three files."""
    sets_place, sessions_place, package_place = csv_places(job.wish.out)
    _refuse_foreign(job.wish.out, sets_place, sessions_place, package_place)
    tables = tables_of(job.source.shipped, job.wish)
    separator = SEMICOLON if job.wish.semicolon else COMMA
    job.folder(sets_place.parent)
    sets = _Table(job.file(sets_place), tables.sets, separator)
    sessions = _Table(job.file(sessions_place), tables.sessions, separator)
    package = job.file(package_place)
    for session in job.sessions():
        sets.add(cells(tables.sets, row) for row in set_rows(session))
        sessions.add([cells(tables.sessions, session)])
        yield
    written = (sets.described(SETS, sets_place), sessions.described(SESSIONS, sessions_place))
    about = " ".join((*tables.about, job.source.shipped.phrases.say("export.about_texts")))
    text = package_text(written, separator, title=tables.title, about=about)
    package.write(text.encode())


def _refuse_foreign(named: Path, sets: Path, sessions: Path, package: Path) -> None:
    """Files that were not named themselves are written over only where an export made them."""
    if sets == sessions:
        raise KnownError(f"{sets}: this name is for the sessions; choose another for the sets")
    ours = sets.name in describes(_text(package))
    for place in (*(() if sets == named else (sets,)), sessions, package):
        if place.exists() and not ours:
            raise KnownError(
                f"{place}: this file is there already, and not from an earlier export; choose"
                " another folder"
            )


class _Table:
    """One file on its way, with its size and fingerprint so far."""

    def __init__(self, file: BinaryIO, columns: Sequence[Column], separator: str) -> None:
        self._file = file
        self._columns = columns
        self._separator = separator
        self._size = 0
        self._hash = sha256()
        self._write(BYTE_ORDER_MARK)
        self.add([[column.name for column in columns]])

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Append rows."""
        self._write(csv_bytes(rows, self._separator))

    def described(self, table: str, place: Path) -> CsvFile:
        """What the description says about the file as it is now."""
        return CsvFile(table, place.name, self._columns, self._size, self._hash.hexdigest())

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._hash.update(content)
        self._size += len(content)
