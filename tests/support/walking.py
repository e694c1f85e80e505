"""Walking all shipped plans, two at a time."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from coach.engine.walk import Walked, walk
from playing import SHIPPED, script_of, shipped_plan

PLANS = sorted(path.stem for path in SHIPPED.plans_folder.glob("*.toml"))


def _walked(name: str) -> Walked:
    return walk(script_of(shipped_plan(name), full=True))


def walk_every_plan() -> dict[str, Walked]:
    """What each walk saw, by the plan's name."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        return dict(zip(PLANS, pool.map(_walked, PLANS), strict=True))
