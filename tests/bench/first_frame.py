"""Start to first painted frame, against a minimal program measured in turns."""

import random
from collections.abc import Iterator
from statistics import median

from row import Row, at_most
from window_processes import place

ROUNDS = 11
PROGRAMS = ["minimal_program", "whole_program"]


def rows() -> Iterator[Row]:
    """The first round fills caches and makes the home; it is not counted."""
    took: dict[str, list[float]] = {"minimal": [], "painted": [], "filled": []}
    order = random.Random(8)
    with place() as here:
        for counted in range(-1, ROUNDS):
            found = {program: here.start_s(program) for program in order.sample(PROGRAMS, 2)}
            if counted >= 0:
                took["minimal"].append(found["minimal_program"]["painted"])
                for name, seconds in found["whole_program"].items():
                    took[name].append(seconds)
    minimal, whole, filled = (median(seconds) * 1000 for seconds in took.values())
    platform = here.environment["QT_QPA_PLATFORM"]
    note = f"{whole:.0f} ms against {minimal:.0f} ms, today's page at {filled:.0f} ms, {platform}"
    yield at_most("start to first painted frame", whole / minimal, 1.6, "x", note)
