"""Walking every state of every ready-made plan."""

import time
from collections.abc import Iterator

from row import Row, at_most

from walking import walk_every_plan


def rows() -> Iterator[Row]:
    """All plans, two at a time as in the tests."""
    began = time.perf_counter()
    walked = walk_every_plan().values()
    took = time.perf_counter() - began
    states, edges = sum(w.states for w in walked), sum(w.edges for w in walked)
    note = f"{states:,} states, {edges:,} edges"
    yield at_most("walking every state of every plan", took, 60, "s", note)
