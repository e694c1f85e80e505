"""H20: a plan edited by hand is read within the limits or refused, never played beyond them."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from coach.domain.exercise import Kind
from coach.domain.plan import Plan
from coach.domain.side import Sides
from coach.formats.bad_file import BadFile, FileFault
from coach.formats.plan_file import read_plan
from playing import SHIPPED

_HEAD = """format = "nerve-coach.plan/1"
title = "Edited"
author = "Somebody"
revision = 1
language = "en"
"""
_IDS = ("W1", "R1", *(f"S{n}" for n in range(1, 10)), "H1", "H2", "H3", "BR1", "DB1", "SP1", "BD1")


def usually(good: st.SearchStrategy[str], odd: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Mostly what a plan may say, so that plans of several exercises are accepted as well."""
    return st.integers(0, 9).flatmap(lambda n: odd if n == 0 else good)


def _number(low: int, high: int) -> st.SearchStrategy[str]:
    beyond = st.integers(-3, 10**6) | st.integers(high, 2 * high)
    return usually(st.integers(low, high).map(str), beyond.map(str))


def _line(key: str, value: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return value.map(lambda text: f"{key} = {text}\n" if text else "")


_side = usually(st.sampled_from(['"left"', '"right"', '"both"']), st.sampled_from(["", "1"]))
_level = usually(st.sampled_from(["", '"A"', '"B"']), st.sampled_from(['"C"', '"D"', '"E"']))
_item = st.tuples(
    _line("id", usually(st.sampled_from(_IDS), st.text("SH129", max_size=3)).map('"{}"'.format)),
    _line("side", _side),
    _line("level", _level),
    _line("sets", st.just("") | _number(1, 3)),
    _line("reps", st.just("") | _number(5, 8)),
    usually(st.just(""), st.sampled_from(["rest_s = 0\n", "hold_s = 600\n", "[limits]\n"])),
).map("".join)
_limits = st.fixed_dictionaries(
    {}, optional={"end_exercise_at": _number(1, 6), "sessions_per_day": _number(1, 2)}
)


@st.composite
def plan_texts(draw: st.DrawFn) -> str:
    text = _HEAD
    if limits := draw(_limits):
        text += "[limits]\n" + "".join(f"{key} = {value}\n" for key, value in limits.items())
    for item in draw(st.lists(_item, min_size=1, max_size=4)):
        text += f"[[exercise]]\n{item}"
    return text


def within_limits(plan: Plan) -> None:
    """The caps of clinical.md 7.0 and 9.5, counted here anew."""
    assert 1 <= plan.limits.end_exercise_at <= 6
    assert 1 <= plan.limits.sessions_per_day <= 2
    slides: Counter[Sides] = Counter()
    holds: Counter[Sides] = Counter()
    seconds = 0
    for item in plan.items:
        exercise = SHIPPED.catalogue[item.exercise]
        assert exercise.home_ceiling is not None
        assert item.level <= exercise.home_ceiling
        level = next(one for one in exercise.levels if one.name is item.level)
        sets, reps = item.sets or level.sets, item.reps or level.reps
        assert 1 <= sets <= 3
        assert 1 <= reps <= max(one.reps for one in exercise.levels)
        one_ms = sum(level.hold_s * 1000 if p.hold else p.ms for p in exercise.phases)
        legs = [Sides.LEFT, Sides.RIGHT] if item.sides is Sides.BOTH else [item.sides]
        for leg in legs if exercise.sided else [Sides.LEFT, Sides.RIGHT]:
            slides[leg] += sets * reps * (exercise.kind is Kind.SLIDER)
            holds[leg] += sets * reps * level.hold_s * (exercise.kind is Kind.STRETCH)
        times = len(legs) if exercise.sided else 1
        seconds += times * sets * (reps * one_ms // 1000 + level.rest_s)
    assert max(slides.values()) <= 60
    assert max(holds.values()) <= 60
    assert seconds <= 25 * 60


def read(text: str) -> tuple[Plan | None, tuple[FileFault, ...]]:
    """The plan, or what is wrong with it."""
    try:
        return read_plan(text, "edited.toml", SHIPPED.catalogue), ()
    except BadFile as refused:
        return None, refused.faults


@pytest.mark.hazard("H20")
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(text=plan_texts())
def test_an_edited_plan_is_within_the_limits_or_refused_with_its_lines(text: str) -> None:
    """Whoever wrote it, by hand or with an editor; what is refused says where."""
    plan, faults = read(text)
    assert (plan is None) is bool(faults)
    event("refused" if faults else "accepted")
    if plan is not None:
        within_limits(plan)
    lines = len(text.splitlines())
    assert all(1 <= fault.line <= lines and fault.message for fault in faults)
