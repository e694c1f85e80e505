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
    took: dict[str, list[float]] = {program: [] for program in PROGRAMS}
    order = random.Random(8)
    with place() as here:
        for counted in range(-1, ROUNDS):
            for program in order.sample(PROGRAMS, 2):
                seconds = here.first_frame_s(program)
                if counted >= 0:
                    took[program].append(seconds)
    minimal, whole = (median(took[program]) * 1000 for program in PROGRAMS)
    note = f"{whole:.0f} ms against {minimal:.0f} ms, {here.environment['QT_QPA_PLATFORM']}"
    yield at_most("start to first painted frame", whole / minimal, 1.6, "x", note)
