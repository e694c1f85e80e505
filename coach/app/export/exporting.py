"""Taking the record away as files: chosen, written step by step, whole at the end or not at all.

A format is a `Writer`: a generator that writes into the files of its `Job` and pauses after each
small piece of work, so that a window stays awake and can give up half way.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

from coach.app.history.chart import TrendChart
from coach.app.shipped import Shipped
from coach.domain.action import Tier
from coach.domain.record import PlayedSession, Selection, SetLock
from coach.formats.deidentified import Deidentifier
from coach.store.errors import KnownError
from coach.store.paths import Home
from coach.store.records import LockRow
from coach.store.sessions import SessionStore
from coach.store.staged_files import StagedFiles


class Format(StrEnum):
    """What the record can be taken away as; the values are those of the command line."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    PDF = "pdf"
    FHIR = "fhir"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted, and where.

    fields: names of the groups of columns (CSV, XLSX), None for all. semicolon: parts the columns
    of CSV, as German and French spreadsheets expect. document: a FHIR document instead of a
    transaction. appendix: a PDF with every session. name: whose name a PDF bears, "" for the one
    under which the sessions are kept.
    """

    format: Format
    selection: Selection
    out: Path
    deidentify: bool = False
    semicolon: bool = False
    fields: tuple[str, ...] | None = None
    document: bool = False
    appendix: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What an export is made from.

    wall: local time with offset at which it is made. new_id: makes a random id of letters and
    digits, another one each time. draw: draws a chart as SVG, for the PDF.
    """

    store: SessionStore
    shipped: Shipped
    home: Home
    wall: str
    new_id: Callable[[], str]
    draw: Callable[[TrendChart], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were written, the main one first, and how many sessions are in them.

    left_out: what could not be taken in because it is damaged, a sentence each.
    """

    files: tuple[Path, ...]
    sessions: int
    left_out: tuple[str, ...] = ()


class Progress(NamedTuple):
    """How many sessions have been taken in, of how many."""

    done: int
    total: int


class Job:
    """One export under way, as its writer sees it.

    mask: replaces what names a person, None when the export is not de-identified. total, done:
    sessions wanted, and taken in so far. left_out: what had to be left out, a sentence each.
    """

    def __init__(self, source: Source, wish: Wish, staged: StagedFiles) -> None:
        self.source = source
        self.wish = wish
        self.mask = Deidentifier(source.new_id()) if wish.deidentify else None
        self.total = source.store.record.count(wish.selection)
        self.done = 0
        self.left_out: list[str] = []
        self._staged = staged

    def sessions(self) -> Iterator[PlayedSession]:
        """The sessions wanted, oldest first, de-identified where that is wished. Read them once."""
        for session, _ in self.with_originals():
            yield session

    def with_originals(self) -> Iterator[tuple[PlayedSession, PlayedSession]]:
        """Each session as it is to be exported, and as it really is: the same, or masked."""
        for original in self.source.store.record.sessions(self.wish.selection):
            yield (self.mask.session(original) if self.mask else original), original
            self.done += 1

    def folder(self, path: Path) -> None:
        """Make the folder in which files are to be, where there is none yet."""
        self._staged.folder(path)

    def file(self, path: Path) -> BinaryIO:
        """A private file to write, which appears under its name when the whole export is done."""
        home, place = self.source.home, path.resolve()
        for kept in (home.data, home.settings, home.cache, home.logs):
            if place.is_relative_to(kept.resolve()):
                raise KnownError(f"{path}: the program keeps its own files there; choose another")
        return self._staged.open(path)


_Made = TypeVar("_Made")

Writer = Callable[[Job], Iterator[object]]
"""Writes a format; yields after every small piece of work."""


def in_background(
    work: Callable[[], _Made], *, awaited: bool = True
) -> Generator[None, None, _Made]:
    """Do what cannot be done in steps beside the window; it may not touch the store.

    Given up half way, it is still waited for, so that nothing writes into files that are gone;
    not awaited, it ends by itself and nobody asks what came of it.
    """
    beside = ThreadPoolExecutor(1)
    try:
        doing = beside.submit(work)
        while not doing.done():
            wait([doing], _A_WHILE_S)
            yield
        return doing.result()
    finally:
        beside.shutdown(wait=awaited)


_A_WHILE_S = 0.02
"""How long a step waits for what is done in the background."""


def stop_of(row: LockRow) -> SetLock:
    """A stop that the store keeps, as the record shows it."""
    lifted = None if row.lifted_wall is None else datetime.fromisoformat(row.lifted_wall)
    set_at, tier = datetime.fromisoformat(row.set_wall), Tier[row.tier.upper()]
    return SetLock(row.id, tier, row.rule, set_at, lifted, row.lifted_by, row.note)


def _csv(job: Job) -> Iterator[object]:
    from coach.app.export.csv_writer import write

    return write(job)


def _xlsx(job: Job) -> Iterator[object]:
    from coach.app.export.xlsx_writer import write

    return write(job)


def _json(job: Job) -> Iterator[object]:
    from coach.app.export.json_writer import write

    return write(job)


def _pdf(job: Job) -> Iterator[object]:
    from coach.app.export.pdf_writer import write

    return write(job)


def _fhir(job: Job) -> Iterator[object]:
    from coach.app.export.fhir_writer import write

    return write(job)


#: How each format is written; a format missing here cannot be asked for.
WRITERS: Mapping[Format, Writer] = {
    Format.CSV: _csv,
    Format.XLSX: _xlsx,
    Format.JSON: _json,
    Format.PDF: _pdf,
    Format.FHIR: _fhir,
}


def steps(source: Source, wish: Wish) -> Generator[Progress, None, Exported]:
    """Write an export a little at a time; close the generator to give up, and nothing is left.

    Raises KnownError, in plain words, when the record or the place for the files cannot be used.
    """
    with StagedFiles() as staged:
        job = Job(source, wish, staged)
        try:
            for _ in WRITERS[wish.format](job):
                yield Progress(job.done, job.total)
        except OSError as error:
            why = error.strerror or error
            raise KnownError(f"{wish.out}: cannot write this file: {why}") from error
        return Exported(staged.publish(), job.done, tuple(job.left_out))


def export(source: Source, wish: Wish) -> Exported:
    """Write an export whole. Raises KnownError as `steps` does."""
    work = steps(source, wish)
    while True:
        try:
            next(work)
        except StopIteration as end:
            exported: Exported = end.value
            return exported


def person_named(store: SessionStore, name: str) -> str:
    """The id of the profile of that name. Raises KnownError that lists the names there are."""
    people = store.profiles()
    for profile in people:
        if profile.name == name:
            return profile.id
    names = ", ".join(profile.name for profile in people) or "nobody yet"
    raise KnownError(f"--profile {name}: there is nobody of that name; there are: {names}")
