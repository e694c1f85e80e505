"""Walking every state of every ready-made plan."""

import time
from collections.abc import Iterator

from row import Row, at_most

from coach.engine.walk import walk
from playing import SHIPPED, script_of, shipped_plan


def rows() -> Iterator[Row]:
    """All plans, one after the other."""
    states = edges = 0
    began = time.perf_counter()
    for path in sorted(SHIPPED.plans_folder.glob("*.toml")):
        walked = walk(script_of(shipped_plan(path.stem), full=True))
        states, edges = states + walked.states, edges + walked.edges
    took = time.perf_counter() - began
    note = f"{states:,} states, {edges:,} edges"
    yield at_most("walking every state of every plan", took, 60, "s", note)
