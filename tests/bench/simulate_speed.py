"""How much faster than life a plan is played without a window."""

import time
from collections.abc import Iterator

from row import Row, at_least

from coach.app.simulation.simulate import simulate
from live_player import shipped_answers
from playing import SHIPPED, shipped_plan

TIMES = 3


def rows() -> Iterator[Row]:
    """Every ready-made plan on a calm day, its log included."""
    answers = shipped_answers("calm-day")
    plans = [shipped_plan(path.stem) for path in SHIPPED.plans_folder.glob("*.toml")]
    lived = 0
    began = time.perf_counter()
    for plan in plans * TIMES:
        played = simulate(SHIPPED, plan, "", answers, lambda ms: f"+{ms}")
        lived += played.seconds
    speed = lived / (time.perf_counter() - began)
    yield at_least("simulate", speed, 2000, "x real time")
