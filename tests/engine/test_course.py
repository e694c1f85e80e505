"""From a plan and a check-in to the blocks that are really played."""

import pytest

from coach.domain.exercise import Exercise, Kind, LevelName, Tag
from coach.domain.plan import Plan
from coach.domain.side import Side
from coach.engine.course import Course, build_course, set_dose
from coach.rules.check_in import Clearance
from playing import SHIPPED, plan_of, shipped_plan

#: Everything a plan at home can hold.
EVERYTHING = tuple(
    exercise
    for exercise in SHIPPED.catalogue.values()
    if exercise.kind is not Kind.REST and exercise.home_ceiling is not None
)
CALM = Clearance(tingling=0, pain=0)


def course(
    plan: Plan, found: Clearance = CALM, sore: Side | None = None, side: Side | None = None
) -> Course:
    return build_course(plan, SHIPPED.catalogue, found, sore=sore, side=side)


def played(built: Course) -> list[str]:
    return [block.exercise for block in built.blocks]


def one(exercise: Exercise) -> Plan:
    side = ', side = "left"' if exercise.sided else ""
    return plan_of(f'id = "{exercise.id}"{side}')


def test_the_blocks_follow_the_plan_and_the_rest_position_is_no_block() -> None:
    built = course(shipped_plan("first-week"))
    assert played(built) == ["W1", "S3", "H1"]
    assert [block.side for block in built.blocks] == [None, Side.LEFT, Side.LEFT]
    assert built.left_out == ()
    assert built.playable


def test_a_plans_own_sets_and_reps_replace_those_of_the_level() -> None:
    (block,) = course(plan_of('id = "S3", side = "left", level = "B", sets = 3, reps = 6')).blocks
    assert (block.dose.sets, block.dose.reps, block.dose.level) == (3, 6, LevelName.B)
    (block,) = course(plan_of('id = "S3", side = "left", level = "B"')).blocks
    assert (block.dose.sets, block.dose.reps) == (2, 8)


@pytest.mark.hazard("H12")
@pytest.mark.hazard("H14")
@pytest.mark.parametrize("tag", Tag)
@pytest.mark.parametrize("exercise", EVERYTHING, ids=lambda e: e.id)
def test_a_tag_removes_exactly_the_exercises_it_bars(exercise: Exercise, tag: Tag) -> None:
    built = course(one(exercise), Clearance(tags=frozenset({tag}), tingling=0, pain=0))
    barred = tag in exercise.barred_by
    assert played(built) == ([] if barred else [exercise.id])
    assert built.left_out == (((exercise.id, tag),) if barred else ())
    assert built.playable is (not barred and exercise.kind.rated)


@pytest.mark.hazard("H14")
@pytest.mark.parametrize(
    ("level", "free", "capped"),
    [("A", (80, 10), (80, 10)), ("B", (85, 15), (85, 15)), ("C", (90, 20), (85, 15))],
)
def test_a_fragile_back_hinges_no_further_than_fifteen_degrees(
    level: str, free: tuple[int, int], capped: tuple[int, int]
) -> None:
    """The angle the hinge loses is taken off the hip, so the leg keeps its place."""
    plan = plan_of(f'id = "H2", side = "left", level = "{level}"')
    (block,) = course(plan).blocks
    assert (block.dose.out.hip, block.dose.out.trunk) == free
    tagged = Clearance(tags=frozenset({Tag.NO_SLUMP}), tingling=0, pain=0)
    (block,) = course(plan, tagged).blocks
    assert (block.dose.out.hip, block.dose.out.trunk) == capped


@pytest.mark.parametrize(
    ("tingling", "pain", "easy"),
    [(3, 3, False), (4, 0, True), (0, 4, True), (5, 5, True)],
)
def test_an_easy_day_begins_at_four(tingling: int, pain: int, easy: bool) -> None:
    built = course(shipped_plan("first-week"), Clearance(tingling=tingling, pain=pain))
    assert played(built) == (["S1"] if easy else ["W1", "S3", "H1"])


def test_an_easy_day_keeps_the_gentlest_sliders_at_level_a_once_for_each_side() -> None:
    plan = plan_of(
        'id = "S2", side = "left", level = "C", sets = 3',
        'id = "S3", side = "left", level = "B"',
        'id = "S6", side = "left"',
        'id = "S3", side = "right"',
        'id = "BR1"',
        'id = "H1", side = "left"',
    )
    built = course(plan, Clearance(tingling=5, pain=0))
    assert [(block.exercise, block.side) for block in built.blocks] == [
        ("S2", Side.LEFT),
        ("S1", Side.LEFT),
        ("S1", Side.RIGHT),
    ]
    for block in built.blocks:
        level = SHIPPED.catalogue[block.exercise].level(LevelName.A)
        assert block.dose.level is LevelName.A
        assert (block.dose.sets, block.dose.reps) == (level.sets, level.reps)


def test_an_easy_day_works_no_leg_twice_and_asks_no_more_than_the_plan() -> None:
    """What ended for one leg must not come again for it under the name of another slider."""
    plan = plan_of('id = "S3", side = "both", reps = 6', 'id = "S6", side = "left"')
    built = course(plan, Clearance(tingling=4, pain=0))
    assert [(block.exercise, block.side, block.dose.reps) for block in built.blocks] == [
        ("S1", Side.LEFT, 6),
        ("S1", Side.RIGHT, 6),
    ]


def test_an_easy_day_without_a_slider_plays_nothing() -> None:
    built = course(plan_of('id = "H1", side = "left"'), Clearance(tingling=4, pain=0))
    assert not built.playable


def test_a_warm_up_alone_is_no_session() -> None:
    assert not course(plan_of('id = "W1"')).playable


@pytest.mark.parametrize(
    ("sore", "order"),
    [
        (None, [Side.LEFT, Side.RIGHT]),
        (Side.RIGHT, [Side.LEFT, Side.RIGHT]),
        (Side.LEFT, [Side.RIGHT, Side.LEFT]),
    ],
)
def test_of_two_legs_the_more_comfortable_one_goes_first(
    sore: Side | None, order: list[Side]
) -> None:
    built = course(plan_of('id = "S3", side = "both"'), sore=sore)
    assert [block.side for block in built.blocks] == order


def test_the_first_leg_of_a_slider_rehearses_with_five_repetitions() -> None:
    first, second = course(plan_of('id = "S3", side = "both", level = "B", reps = 8')).blocks
    assert [block.rehearsal for block in (first, second)] == [True, False]
    assert set_dose(first, first.dose, 0, 0).reps == 5
    assert set_dose(first, first.dose, 1, 0).reps == 8
    assert set_dose(first, first.dose, 1, 1).reps == 5, "eased after the rehearsal, never longer"
    assert set_dose(second, second.dose, 0, 0).reps == 8


def test_a_short_set_is_not_lengthened_by_the_rehearsal() -> None:
    first, _ = course(plan_of('id = "S3", side = "both", reps = 5')).blocks
    shorter = set_dose(first, first.dose, 0, 0)
    assert shorter.reps == 5


def test_stretches_have_no_rehearsal() -> None:
    blocks = course(plan_of('id = "H1", side = "both"')).blocks
    assert not any(block.rehearsal for block in blocks)


def test_the_leg_chosen_for_today_replaces_the_plans() -> None:
    plan = plan_of('id = "S3", side = "left"', 'id = "S6", side = "both"')
    built = course(plan, side=Side.RIGHT)
    assert [block.side for block in built.blocks] == [Side.RIGHT, Side.LEFT, Side.RIGHT]


def test_a_plan_with_work_for_each_leg_keeps_it_there() -> None:
    """H15: 30 repetitions for each leg must not become 60 for one beside other work."""
    plan = plan_of('id = "S3", side = "left"', 'id = "S3", side = "right"')
    built = course(plan, side=Side.RIGHT)
    assert [block.side for block in built.blocks] == [Side.LEFT, Side.RIGHT]


def test_exercises_without_sides_are_played_once() -> None:
    (block,) = course(plan_of('id = "BR1"')).blocks
    assert block.side is None
