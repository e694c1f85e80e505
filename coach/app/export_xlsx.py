"""The record as an Excel workbook: a sheet of sets, one of sessions, and what both mean."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.app.export_tables import Tables, set_rows, tables_of
from coach.app.exporting import Job, in_background
from coach.app.shipped import Shipped
from coach.formats.tables.column import Column
from coach.formats.tables.workbook import MOST_ROWS, FullSheetError, Workbook
from coach.store.errors import KnownError


def write(job: Job) -> Iterator[None]:
    """Write the workbook."""
    scratch = Path(tempfile.mkdtemp(prefix="nerve-coach-"))
    try:
        yield from _written(job, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _written(job: Job, scratch: Path) -> Iterator[None]:
    from xlsxwriter.exceptions import FileCreateError

    shipped = job.source.shipped
    say = shipped.phrases.say
    tables = tables_of(shipped, job.wish)
    book = Workbook(job.file(job.wish.out), scratch, title=tables.title)
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
    try:
        yield from in_background(book.close)
    except FileCreateError as error:
        raise OSError(*error.args[0].args) from error


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
