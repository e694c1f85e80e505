"""A look at what an export would hold, before anything is written.

Each is made by what writes the format, of as much of the record as it takes. A generator that
pauses before and in what takes a while, so that a window stays awake and can choose otherwise.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias, assert_never

from coach.app.export.exporting import Format, Job, Source, Wish, in_background
from coach.app.export.tables import set_rows, tables_of
from coach.formats.report_page import Block, Report
from coach.formats.tables.csv_text import cells
from coach.store.errors import KnownError
from coach.store.staged_files import StagedFiles

MOST_ROWS = 6
"""Rows of a table that are shown."""

MOST_LOGS = 3
"""Logs of a zip that are named."""

MOST_LETTERS = 400
"""Letters of a log's first line that are shown; it holds the whole plan."""

MOST_COUNTED = 100
"""Sessions whose resources are counted: a quarter of a second's work."""

DOTS_PER_INCH = 144
"""Of the picture of a page: sharp at the width of a window."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: the first rows of one that will be written, or a count of what will be.

    title: what it shows.
    """

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Lines:
    """Names, one a line, and the beginning of what is in the first."""

    title: str
    names: tuple[str, ...]
    beginning: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a PNG; alt says in words what stands on it first."""

    title: str
    alt: str
    png: bytes


Preview: TypeAlias = Rows | Lines | Picture
Looking: TypeAlias = Generator[None, None, Preview | None]


def previewing(source: Source, wish: Wish) -> Looking:
    """Make the look at a wish; None where there is nothing to show.

    Raises KnownError, in plain words, where the wish cannot be written.
    """
    job = Job(source, wish, StagedFiles())
    match wish.format:
        case Format.CSV | Format.XLSX:
            return _table(job)
        case Format.JSON:
            return (yield from _zip(job))
        case Format.FHIR:
            return (yield from _bundle(job))
        case Format.PDF:
            return (yield from _page(job))
        case _ as never:
            assert_never(never)


def _table(job: Job) -> Rows | None:
    tables = tables_of(job.source.shipped, job.wish)
    rows = (cells(tables.sets, row) for session in job.sessions() for row in set_rows(session))
    shown = list(islice(rows, MOST_ROWS))
    if not shown:
        return None
    headings = tuple(column.name for column in tables.sets)
    return Rows(job.source.shipped.phrases.say("export.look.rows"), headings, shown)


def _zip(job: Job) -> Looking:
    from coach.app.export.json_writer import log_name, log_of
    from coach.formats.log_archive import LATER, MANIFEST

    say = job.source.shipped.phrases.say
    names: list[str] = []
    first = ""
    for session, original in islice(job.with_originals(), MOST_LOGS):
        yield
        log = log_of(job, session, original)
        if log is not None:
            first = first or log.partition("\n")[0]
            names.append(log_name(session))
    beyond = job.total - min(job.total, MOST_LOGS)
    if beyond:
        more = say("export.look.more_logs", n=f"{beyond:,}")
        names.append(say("export.look.one_more_log") if beyond == 1 else more)
    names += [LATER, MANIFEST]
    beginning = ""
    if first:
        shown = first if len(first) <= MOST_LETTERS else first[:MOST_LETTERS] + " …"
        beginning = say("export.look.first_line", line=shown)
    return Lines(say("export.look.files"), tuple(names), beginning)


def _bundle(job: Job) -> Looking:
    from coach.app.export.fhir_writer import pieces, writer_of

    yield
    say, writer = job.source.shipped.phrases.say, writer_of(job)
    try:
        for _ in pieces(job, writer, MOST_COUNTED):
            yield
    except ValueError as error:
        raise KnownError(str(error)) from error
    if not writer.written:
        return None
    kind = say("export.look.document" if job.wish.document else "export.look.transaction")
    if job.mask is not None:
        kind = say("export.look.masked", kind=kind)
    number = f"{writer.written.total():,}"
    if job.total > MOST_COUNTED:
        title = say("export.look.resources_of_first", kind=kind, n=number, first=MOST_COUNTED)
    else:
        title = say("export.look.resources", kind=kind, n=number)
    headings = (say("export.look.type"), say("export.look.number"))
    return Rows(title, headings, [(one, f"{n:,}") for one, n in writer.written.items()])


def _page(job: Job) -> Looking:
    from coach.app.export.pdf_writer import person_of, report_of
    from coach.formats.report_page import report_picture

    yield
    say, layout = job.source.shipped.phrases.say, job.source.shipped.report_layout
    report = yield from report_of(job, person_of(job), appendix=False)
    png = yield from in_background(
        lambda: report_picture(report, layout, DOTS_PER_INCH), awaited=False
    )
    title = "export.look.page_and_more" if job.wish.appendix else "export.look.page"
    return Picture(say(title), " ".join(_said(report)), png)


def _said(report: Report) -> Iterator[str]:
    """What a clinician sees first, in words."""
    yield f"{report.title}, {report.person}, {report.period}."
    for block in (report.stops, report.done):
        yield f"{block.title}:"
        yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    yield from block.lines
    for row in block.table.rows if block.table is not None else ():
        yield ", ".join(cell.text for cell in row if cell.text) + "."
    yield from block.below
