"""How much a plan asks for, counted per leg."""

from dataclasses import replace

import pytest

from coach.domain.exercise import Exercise, Kind, Level, LevelName, Phase, Posture, Toward
from coach.domain.plan import Limits, Plan, PlanItem
from coach.domain.pose import Pose
from coach.domain.side import Side, Sides
from coach.rules.plan_load import (
    LONGEST_SESSION_S,
    keeps_legs_apart,
    planned_seconds,
    portions,
    slider_reps,
    stretch_seconds,
    todays_work,
    within_caps,
)

LEVEL = Level(LevelName.A, Pose(80, 90), Pose(80, 45), sets=2, reps=8, rest_s=45)
HELD = Level(LevelName.A, Pose(70, 90), Pose(70, 60), sets=2, reps=1, rest_s=45, hold_s=10)
PHASES = (Phase("out", 2500, Toward.OUT), Phase("back", 2500, Toward.HOME))
HOLD = (PHASES[0], Phase("hold", 0, hold=True), PHASES[1])
CATALOGUE = {
    "S3": Exercise("S3", "x", Kind.SLIDER, Posture.LYING, 1, (LEVEL,), PHASES),
    "H1": Exercise("H1", "x", Kind.STRETCH, Posture.LYING, 2, (HELD,), HOLD),
    "BR1": Exercise("BR1", "x", Kind.CORE, Posture.LYING, 3, (LEVEL,), PHASES, sided=False),
}


def test_reps_are_counted_for_each_leg_and_for_sliders_only() -> None:
    items = (
        PlanItem("S3", Sides.BOTH),
        PlanItem("S3", Sides.LEFT, sets=1, reps=5),
        PlanItem("BR1"),
        PlanItem("H1"),
    )
    assert slider_reps(portions(items, CATALOGUE), Side.LEFT) == 21
    assert slider_reps(portions(items, CATALOGUE), Side.RIGHT) == 16


def test_stretch_seconds_are_counted_for_each_leg() -> None:
    items = (PlanItem("H1", Sides.RIGHT, sets=3), PlanItem("S3"))
    assert stretch_seconds(portions(items, CATALOGUE), Side.RIGHT) == 30
    assert stretch_seconds(portions(items, CATALOGUE), Side.LEFT) == 0


def test_time_counts_movement_rests_holds_and_changes_of_side() -> None:
    assert planned_seconds(portions((PlanItem("S3"),), CATALOGUE)) == 2 * (8 * 5 + 45)
    assert (
        planned_seconds(portions((PlanItem("S3", Sides.BOTH),), CATALOGUE)) == 4 * (8 * 5 + 45) + 10
    )
    assert planned_seconds(portions((PlanItem("H1"),), CATALOGUE)) == 2 * (15 + 45)
    assert planned_seconds(portions((PlanItem("BR1", Sides.BOTH),), CATALOGUE)) == 2 * (8 * 5 + 45)


def test_every_second_counts() -> None:
    """A thousand milliseconds each, and the remainder of a set is dropped."""
    slow = replace(CATALOGUE["S3"], phases=(Phase("out", 2_499, Toward.OUT),))
    assert planned_seconds(portions((PlanItem("S3", sets=1),), {"S3": slow})) == 19 + 45


@pytest.mark.parametrize(
    ("rest_s", "kept"), [(LONGEST_SESSION_S - 40, True), (1 + LONGEST_SESSION_S - 40, False)]
)
def test_a_session_may_last_as_long_as_the_cap_and_no_second_more(rest_s: int, kept: bool) -> None:
    """25 minutes (clinical.md 7.0)."""
    assert LONGEST_SESSION_S == 1_500
    (one,) = portions((PlanItem("S3", sets=1),), CATALOGUE)
    long = replace(one, dose=replace(one.dose, rest_s=rest_s))
    assert within_caps([long]) is kept


def a_plan(*sides: Sides) -> Plan:
    items = tuple(PlanItem("S3", one) for one in sides)
    return Plan("Test", "Tests", 1, "en", items, Limits())


@pytest.mark.parametrize(
    ("sides", "apart"),
    [
        ((Sides.LEFT, Sides.RIGHT), True),
        ((Sides.LEFT, Sides.RIGHT, Sides.BOTH), True),
        ((Sides.LEFT,), False),
        ((Sides.RIGHT, Sides.BOTH), False),
        ((), False),
    ],
)
def test_legs_are_kept_apart_where_each_has_work_of_its_own(
    sides: tuple[Sides, ...], apart: bool
) -> None:
    plan = a_plan(*sides)
    assert keeps_legs_apart(plan, CATALOGUE) is apart
    chosen = todays_work(plan, plan.items, CATALOGUE, sore=None, side=Side.RIGHT)
    one_sided = [leg for item, leg in chosen if item.sides is not Sides.BOTH]
    as_planned = [Side(one.value) for one in sides if one is not Sides.BOTH]
    assert one_sided == (as_planned if apart else [Side.RIGHT] * len(as_planned))
