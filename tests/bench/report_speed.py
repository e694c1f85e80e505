"""One page for a clinician: how long it takes, how it grows, and what its appendix adds."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from row import Row, at_most

from coach.app.export.exporting import Format, Source, Wish, export
from coach.bootstrap import drawn_chart
from coach.domain.record import Selection
from fake_clock import FakeClock
from long_record import write_long_record
from opened_program import SHIPPED, OpenedProgram

FEW, MANY = 10, 1_000
AT_ONCE_S = 1.0
"""Longer than that, and somebody wonders whether the button was pressed."""


def rows() -> Iterator[Row]:
    """A short record and one of years, the charts drawn anew each time."""
    with tempfile.TemporaryDirectory() as folder:
        _seconds(Path(folder), 1)  # loads typst and the typefaces
        few, many = (_seconds(Path(folder), sessions) for sessions in (FEW, MANY))
        whole = _seconds(Path(folder), MANY, appendix=True)
    yield at_most(f"page for a clinician, {FEW} sessions", few, AT_ONCE_S, "s")
    yield at_most(f"page for a clinician, {MANY:,} sessions", many, AT_ONCE_S, "s")
    yield at_most("the same with every session behind it", whole, 10, "s")
    yield at_most("page, hundred times the sessions", many / few, 100, "times the time")


def _seconds(folder: Path, sessions: int, *, appendix: bool = False) -> float:
    with OpenedProgram(folder / f"{sessions}-{appendix}", FakeClock()) as program:
        write_long_record(program.store, program.profile, sessions, whole_logs=False)
        wall = program.clock.wall()
        source = Source(program.store, SHIPPED, program.home, wall, lambda: "f00d", drawn_chart)
        wish = Wish(Format.PDF, Selection(), folder / "page.pdf", appendix=appendix)
        began = time.perf_counter()
        export(source, wish)
        return time.perf_counter() - began
