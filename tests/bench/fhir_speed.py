"""How fast a record becomes FHIR, and whether ten times the sessions take ten times as long."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from row import Row, at_least, at_most

from coach.app.export.exporting import Format, Source, Wish, export
from coach.domain.record import Selection
from fake_clock import FakeClock
from long_record import write_long_record
from opened_program import SHIPPED, OpenedProgram

FEW, MANY = 1_000, 10_000
#: Ours: a year of daily sessions is taken away within two seconds.
LEAST_A_SECOND = 200
#: Ours: reading, building and writing are one pass, so nothing may grow faster than the record.
MOST_GROWTH = 1.3


def rows() -> Iterator[Row]:
    """Transactions of two records, and how the time for a session grows between them."""
    few, size = _seconds(FEW)
    many, _ = _seconds(MANY)
    note = f"{size / FEW / 1000:.0f} kB a session"
    yield at_least(f"FHIR, {FEW:,} sessions", FEW / few, LEAST_A_SECOND, "sessions/s", note)
    yield at_least(f"FHIR, {MANY:,} sessions", MANY / many, LEAST_A_SECOND, "sessions/s")
    growth = (many / MANY) / (few / FEW)
    yield at_most("FHIR, time for a session, ten times the record", growth, MOST_GROWTH, "x")


def _seconds(sessions: int) -> tuple[float, int]:
    """Seconds for one export, and its bytes."""
    with (
        TemporaryDirectory() as folder,
        OpenedProgram(Path(folder) / "home", FakeClock()) as opened,
    ):
        write_long_record(opened.store, opened.profile, sessions, whole_logs=False)
        out = Path(folder) / "record.json"
        new_id = partial(str, "bench")
        source = Source(opened.store, SHIPPED, opened.home, opened.clock.wall(), new_id)
        began = time.perf_counter()
        done = export(source, Wish(Format.FHIR, Selection(), out))
        seconds = time.perf_counter() - began
        if done is None or done.sessions != sessions:
            raise RuntimeError(f"{sessions} sessions were to be exported: {done}")
        return seconds, out.stat().st_size
