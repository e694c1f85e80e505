"""How fast a record becomes tables and a zip of logs, and how that grows with its length."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from row import Row, at_least, at_most

from coach.app.export.exporting import Format, Source, Wish, export
from coach.domain.record import Selection
from fake_clock import FakeClock
from long_record import write_long_record
from opened_program import SHIPPED, OpenedProgram

FEW, MANY = 1_000, int(os.environ.get("BENCH_SESSIONS", "100000"))
#: Ours: five years with two sessions a day are tables within five seconds, and a zip within ten.
LEAST_A_SECOND = {Format.CSV: 700, Format.XLSX: 250, Format.JSON: 120}
#: Ours: everything is one pass, so nothing may grow faster than the record.
MOST_GROWTH = 1.3
#: Whole logs are ten times the record, so fewer of them show how a zip grows.
MANY_LOGS = min(MANY, 5 * FEW)


def rows() -> Iterator[Row]:
    """Each format at both lengths, and the time for a session at the one against the other."""
    tables = (Format.CSV, Format.XLSX)
    few = _seconds(tables, FEW)
    many = _seconds(tables, MANY)
    for kind in tables:
        yield from _compared(kind, few[kind], MANY, many[kind])
    logs, more = (_seconds((Format.JSON,), count) for count in (FEW, MANY_LOGS))
    yield from _compared(Format.JSON, logs[Format.JSON], MANY_LOGS, more[Format.JSON])


Took = tuple[float, int]
"""Seconds for an export, and its bytes."""


def _compared(kind: Format, few: Took, count: int, many: Took) -> Iterator[Row]:
    least = LEAST_A_SECOND[kind]
    for sessions, (seconds, size) in ((FEW, few), (count, many)):
        note = f"{size / sessions / 1000:.2g} kB a session"
        name = f"{kind} export, {sessions:,} sessions"
        yield at_least(name, sessions / seconds, least, "sessions/s", note)
    growth = (many[0] / count) / (few[0] / FEW)
    name = f"{kind} export, time for a session, {count // FEW} times the record"
    yield at_most(name, growth, MOST_GROWTH, "x")


def _seconds(kinds: tuple[Format, ...], sessions: int) -> dict[Format, Took]:
    with (
        TemporaryDirectory() as folder,
        OpenedProgram(Path(folder) / "home", FakeClock()) as opened,
    ):
        whole = Format.JSON in kinds
        write_long_record(opened.store, opened.profile, sessions, whole_logs=whole)
        took = {}
        for kind in kinds:
            out = Path(folder) / f"record.{kind}"
            source = Source(opened.store, SHIPPED, opened.home, opened.clock.wall(), lambda: "b")
            began = time.perf_counter()
            done = export(source, Wish(kind, Selection(), out))
            seconds = time.perf_counter() - began
            if done is None or done.sessions != sessions or done.left_out:
                raise RuntimeError(f"{sessions} sessions were to be exported: {done}")
            took[kind] = seconds, sum(path.stat().st_size for path in done.files)
        return took
