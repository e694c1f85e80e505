"""Memory of the window's process (PSS), against a minimal program."""

from collections.abc import Iterator

from row import Row, at_most
from window_processes import usage


def rows() -> Iterator[Row]:
    """While a figure moves, and on today's page."""
    minimal = usage("minimal_program", "idle")["pss_kib"] / 1024
    for name, task, limit in (("playing", "play", 2.0), ("idle", "idle", 1.5)):
        whole = usage("whole_program", task)["pss_kib"] / 1024
        note = f"{whole:.0f} MiB against {minimal:.0f} MiB"
        yield at_most(f"memory while {name}", whole / minimal, limit, "x", note)
