"""From an answer to its being durable on disk and the next view being there."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from row import Row, at_most, percentile

from coach.engine.effects import Refusal
from coach.engine.inputs import Input
from fake_clock import FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import OpenedProgram

SESSIONS = 8


def rows() -> Iterator[Row]:
    """Every answer of some whole sessions on a real disk; the clock alone is not real."""
    took: list[float] = []
    clock = FakeClock()
    with (
        tempfile.TemporaryDirectory() as folder,
        OpenedProgram(Path(folder), clock) as program,
    ):
        for _ in range(SESSIONS):
            live = program.app.begin()
            give = live.give

            def timed(given: Input) -> Refusal | None:
                began = time.perf_counter()
                refused = give(given)  # noqa: B023 - called before the next session begins
                live.view()  # noqa: B023
                took.append(time.perf_counter() - began)
                return refused

            live.give = timed
            LivePlayer(live, clock, shipped_answers("calm-day")).play()
    note = f"{len(took)} answers, median {percentile(took, 0.5) * 1000:.1f} ms"
    yield at_most(
        "answer on disk and next view, p99", percentile(took, 0.99) * 1000, 50, "ms", note
    )
