"""Processor time of the window on today's page."""

from collections.abc import Iterator

from row import Row, at_most
from window_processes import usage


def rows() -> Iterator[Row]:
    """Nothing moves, so nothing should run."""
    share = usage("whole_program", "idle")["share"]
    yield at_most("idle processor time", share * 100, 0.1, "% of a core")
