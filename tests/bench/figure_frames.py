"""The moving figure at 1280x800: one frame, and a core's share at 30 and 60 frames a second."""

from collections.abc import Iterator

from row import Row, at_most
from window_processes import usage


def rows() -> Iterator[Row]:
    """Measured in a process of its own, on the same screen as the window."""
    told = usage("figure_program", "play")
    yield at_most("figure at 1280x800, median frame", told["frame_ms"], 6, "ms")
    for rate, limit in ((30, 22), (60, 45)):
        share = told[f"share_{rate}"] * 100
        yield at_most(f"figure at {rate} frames/s", share, limit, "% of a core")
