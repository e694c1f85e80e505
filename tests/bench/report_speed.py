"""One page for a clinician: how long it takes, how that grows, and what its appendix adds."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from row import Row, at_least, at_most

from coach.app.export.exporting import Format, Source, Wish, export
from coach.bootstrap import drawn_chart
from coach.domain.record import Selection
from fake_clock import FakeClock
from long_record import write_long_record
from opened_program import SHIPPED, OpenedProgram

SHORT, FEW, MANY = 10, 1_000, int(os.environ.get("BENCH_SESSIONS", "100000"))
#: Longer than that (seconds), and somebody wonders whether the button was pressed.
AT_ONCE_S = 1.0
#: Ours: so two years with a session a day are a page at once.
LEAST_A_SECOND = 750
#: Ours: the record is read once and counted, so nothing may grow faster than it.
MOST_GROWTH = 1.3


def rows() -> Iterator[Row]:
    """A short record, one of years and one of many people's years, the charts drawn anew."""
    _seconds(1)  # loads typst and the typefaces
    short, few, many = (_seconds(sessions) for sessions in (SHORT, FEW, MANY))
    yield at_most(f"page for a clinician, {SHORT} sessions", short, AT_ONCE_S, "s")
    for sessions, seconds in ((FEW, few), (MANY, many)):
        name = f"page for a clinician, {sessions:,} sessions"
        yield at_least(name, sessions / seconds, LEAST_A_SECOND, "sessions/s", f"{seconds:.2g} s")
    growth = (many / MANY) / (few / FEW)
    name = f"page for a clinician, time for a session, {MANY // FEW} times the record"
    yield at_most(name, growth, MOST_GROWTH, "x")
    whole = _seconds(FEW, appendix=True)
    yield at_most(f"the page with {FEW:,} sessions behind it", whole, 10, "s")


def _seconds(sessions: int, *, appendix: bool = False) -> float:
    with (
        TemporaryDirectory() as folder,
        OpenedProgram(Path(folder) / "home", FakeClock()) as opened,
    ):
        write_long_record(opened.store, opened.profile, sessions, whole_logs=False)
        wall = opened.clock.wall()
        source = Source(opened.store, SHIPPED, opened.home, wall, lambda: "f00d", drawn_chart)
        wish = Wish(Format.PDF, Selection(), Path(folder) / "page.pdf", appendix=appendix)
        began = time.perf_counter()
        done = export(source, wish)
        seconds = time.perf_counter() - began
        if done.sessions != sessions or done.left_out:
            raise RuntimeError(f"{sessions} sessions were to be on the page: {done}")
        return seconds
