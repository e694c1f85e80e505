"""One decision after a set: the rules alone, and with its levers and words."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median

from row import Row, at_most

from coach.domain.rating import Feel, Place, SetAnswers
from coach.engine.control import Rate
from coach.engine.decide import decide
from coach.engine.view import block_of
from coach.rules.after_set import Baseline, SetContext, Settled
from playing import SHIPPED, Playing, shipped_plan

TIMES = 3_000


def _median_us(call: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter_ns()
        call()
        took.append(time.perf_counter_ns() - began)
    return median(took) / 1000


def rows() -> Iterator[Row]:
    """A set that asks for two levers, so that everything has to be done."""
    playing = Playing(shipped_plan("first-week")).check_in(tingling=1).until(Rate)
    answers = SetAnswers(5, 2, frozenset({Place.CALF}), frozenset({Feel.MILD_PINS}))
    script = playing.run.script
    control = replace(playing.run.control, answers=answers, settled=Settled.BY_120)
    block = block_of(script, control)
    context = SetContext(answers, Baseline(1, 0, 0), settled=Settled.BY_120)
    judged = _median_us(lambda: SHIPPED.after_set.judge(context))
    decided = _median_us(lambda: decide(script, control, block))
    yield at_most("rules of one set", judged, 50, "µs")
    yield at_most("decision with levers and words", decided, 50, "µs")
