"""The record as an Excel workbook: a sheet of sets, one of sessions, and what both mean."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.app.export.exporting import Job, in_background
from coach.app.export.tables import Tables, set_rows, tables_of
from coach.app.shipped import Shipped
from coach.formats.tables.column import Column
from coach.formats.tables.workbook import MOST_ROWS, FullSheetError, Workbook
from coach.store.errors import KnownError


def write(job: Job) -> Iterator[None]:
    """Write the workbook."""
    tables = tables_of(job.source.shipped, job.wish)
    file = job.file(job.wish.out)
    scratch = Path(tempfile.mkdtemp(prefix="nerve-coach-"))
    book = Workbook(scratch, title=tables.title)
    try:
        yield from _written(job, tables, book)
        file.write(book.content)
    finally:
        book.drop()
        shutil.rmtree(scratch, ignore_errors=True)


def _written(job: Job, tables: Tables, book: Workbook) -> Iterator[None]:
    shipped = job.source.shipped
    say = shipped.phrases.say
    sets = book.sheet(say("export.sheet_sets"), tables.sets)
    sessions = book.sheet(say("export.sheet_sessions"), tables.sessions)
    try:
        for session in job.sessions():
            for row in set_rows(session):
                sets.add(row)
            sessions.add(session)
            yield
    except FullSheetError:
        raise KnownError(
            f"{job.wish.out}: a sheet holds at most {MOST_ROWS} rows; choose a shorter period, or"
            " CSV"
        ) from None
    sets.finish()
    sessions.finish()
    book.about(say("export.sheet_about"), *_about(shipped, tables))
    yield from in_background(book.close)


def _about(shipped: Shipped, tables: Tables) -> tuple[list[str], list[Sequence[str]]]:
    """What is said above, and the meaning of every column."""
    say = shipped.phrases.say
    named: tuple[tuple[str, Sequence[Column]], ...] = (
        (say("export.sheet_sets"), tables.sets),
        (say("export.sheet_sessions"), tables.sessions),
    )
    meanings: list[Sequence[str]] = [
        (say("export.about_sheet"), say("export.about_column"), say("export.about_meaning"))
    ]
    meanings += [(name, one.name, one.about) for name, columns in named for one in columns]
    return [tables.title, *tables.about], meanings
