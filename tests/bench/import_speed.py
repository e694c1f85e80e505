"""Bringing sessions in, how it grows with what is there, and what a closer look costs a start."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from row import Row, at_least, at_most

from coach.app.export.exporting import Format, Source, Wish, export
from coach.app.incoming.importing import Importer
from coach.domain.record import Selection
from coach.store.close_look import look_closely
from coach.store.closing_mark import ClosingMark
from coach.store.connection import check_intact, connect_to_read
from coach.store.database import open_database
from coach.store.paths import Home
from coach.store.records import Profile
from coach.store.schema import MIGRATIONS
from coach.store.sessions import SessionStore
from long_record import LAST_DAY, write_long_record
from playing import SHIPPED

FEW, MANY = 60, 240
#: Sessions of a large file; their logs are short, as in a clinic that keeps years.
LARGE = 10_000
WALL = "2025-11-20T09:00:00.000+01:00"


@contextmanager
def _store(folder: Path) -> Iterator[tuple[Home, SessionStore]]:
    home = Home.under(folder)
    database = open_database(home, LAST_DAY)
    try:
        yield home, SessionStore(database)
    finally:
        database.close()


def _zip(folder: Path, sessions: int) -> Path:
    """A zip of somebody's sessions, of every line."""
    with _store(folder / "from") as (home, store):
        store.add_profile(Profile("p1", "Ada", "p-7c1f"))
        write_long_record(store, "p1", sessions)
        source = Source(store, SHIPPED, home, WALL, lambda: "abcd")
        export(source, Wish(Format.JSON, Selection(), folder / "all.zip"))
    return folder / "all.zip"


def _seconds(folder: Path, sessions: int) -> tuple[float, float]:
    """How long it takes to bring sessions in, and to bring the same file in again."""
    path = _zip(folder, sessions)
    with _store(folder / "to") as (home, store):
        importer = Importer(store, SHIPPED, home, lambda: WALL)
        began = time.perf_counter()
        report = importer.bring_in(path)
        first = time.perf_counter() - began
        began = time.perf_counter()
        again = importer.bring_in(path)
        second = time.perf_counter() - began
    if not report.clean or report.new != again.here:
        raise RuntimeError(f"brought in {report.new} of {sessions}")
    return first / report.new, second / report.new


def _looks(folder: Path) -> tuple[float, float, float, float]:
    """Megabytes of a large file; seconds of a quick check, of its mark, and of every row of it."""
    with _store(folder) as (home, store):
        store.add_profile(Profile("p1", "Ada", "p-7c1f"))
        write_long_record(store, "p1", LARGE, whole_logs=False)
    path = home.database
    connection = connect_to_read(path)
    took = []
    for look in (
        lambda: check_intact(connection, path),
        lambda: ClosingMark(path).differs(),
        lambda: look_closely(connection, path, MIGRATIONS),
    ):
        began = time.perf_counter()
        look()
        took.append(time.perf_counter() - began)
    connection.close()
    return path.stat().st_size / 1e6, took[0], took[1], took[2]


def rows() -> Iterator[Row]:
    """Few sessions and four times as many; a start with a large file."""
    with tempfile.TemporaryDirectory() as first:
        _seconds(Path(first), 2)  # reads the catalogue and the rules
    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
        small, _ = _seconds(Path(few), FEW)
        large, again = _seconds(Path(many), MANY)
    yield at_least("sessions brought in a second", 1 / large, 30, "/s", f"{MANY} of them")
    yield at_most("the same, each of four times as many", large / small, 1.5, "× each of few")
    yield at_least("sessions recognised a second", 1 / again, 40, "/s")
    with tempfile.TemporaryDirectory() as folder:
        size, quick, mark, close = _looks(Path(folder))
    yield at_most("mark of the closed file", mark / quick, 3, "× quick check", f"{size:.0f} MB")
    yield at_most("every row after damage", close / size * 50, 60, "s for 50 MB")
