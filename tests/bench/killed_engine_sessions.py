"""Ten sessions of twenty minutes during which voice and sound are killed at random."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from row import Row, at_most

from killed_engine import killed_session
from sound_session import long_plan, silent_session

SESSIONS = 10
SLOWEST_S = 30
"""A session on a virtual clock takes two to eight seconds; one that hangs would take for ever."""


def rows() -> Iterator[Row]:
    """The log of each is held against the same session without any sound."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = long_plan(folder)
        undisturbed = silent_session(folder / "undisturbed", plan)
        changed, orphans, kills, took = 0, 0, 0, []
        for seed in range(SESSIONS):
            began = time.perf_counter()
            outcome = killed_session(folder / str(seed), plan, seed)
            took.append(time.perf_counter() - began)
            changed += outcome.played.log != undisturbed.log
            orphans += len(outcome.orphans)
            kills += outcome.kills
    note = f"{kills} helpers killed in {SESSIONS} sessions"
    yield at_most("sessions changed by a killed engine", changed, 0, "sessions", note)
    yield at_most("helpers left behind", orphans, 0, "processes", note)
    yield at_most("slowest session with a killed engine", max(took), SLOWEST_S, "s")
