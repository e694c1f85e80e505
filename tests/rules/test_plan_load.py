"""How much a plan asks for, counted per leg."""

from coach.domain.exercise import Exercise, Kind, Level, LevelName, Phase, Posture, Toward
from coach.domain.plan import PlanItem
from coach.domain.pose import Pose
from coach.domain.side import Side, Sides
from coach.rules.plan_load import planned_seconds, portions, slider_reps, stretch_seconds

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
