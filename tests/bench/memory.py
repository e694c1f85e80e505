"""Memory of the window's process (PSS), against a minimal program.

Another Qt program that runs meanwhile shares libraries with both and makes the ratio look worse, so
the row names how many there were.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from row import Row, at_most
from window_processes import usage


def _strangers() -> int:
    """How many other processes have Qt loaded; those of other users cannot be seen."""
    found = 0
    for maps in Path("/proc").glob("[0-9]*/maps"):
        with suppress(OSError):
            found += "libQt6Core" in maps.read_text(errors="replace")
    return found


def rows() -> Iterator[Row]:
    """While a figure moves, and on today's page."""
    strangers = _strangers()
    beside = f", beside {strangers} other Qt programs" if strangers else ""
    minimal = usage("minimal_program", "idle")["pss_kib"] / 1024
    for name, task, limit in (("playing", "play", 2.0), ("idle", "idle", 1.5)):
        whole = usage("whole_program", task)["pss_kib"] / 1024
        note = f"{whole:.0f} MiB against {minimal:.0f} MiB{beside}"
        yield at_most(f"memory while {name}", whole / minimal, limit, "x", note)
