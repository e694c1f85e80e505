"""What a course keeps, caps and leaves out, right at the edges."""

from dataclasses import replace

import pytest

from coach.domain.exercise import LevelName, Tag
from coach.domain.plan import Plan, PlanItem
from coach.domain.side import Side, Sides
from coach.engine.course import Course, build_course
from coach.rules.check_in import Clearance
from coach.rules.harder import gentlest
from coach.rules.levers import base_dose
from playing import SHIPPED, plan_of

CALM = Clearance(tingling=0, pain=0)


def tagged(*tags: Tag) -> Clearance:
    return replace(CALM, tags=frozenset(tags))


def course(plan: Plan, found: Clearance = CALM, side: Side | None = None) -> Course:
    return build_course(plan, SHIPPED.catalogue, found, sore=None, side=side)


@pytest.mark.parametrize("exercise", ["W1", "BR1"])
def test_what_has_no_sides_is_not_rehearsed(exercise: str) -> None:
    """A rehearsal is for the second leg's sake."""
    (block,) = course(plan_of(f'id = "{exercise}"')).blocks

    assert not block.rehearsal


@pytest.mark.parametrize(
    ("trunk", "hip", "capped"), [(14, 84, (84, 14)), (15, 85, (85, 15)), (16, 86, (85, 15))]
)
def test_a_hinge_is_capped_from_the_first_degree_above_fifteen(
    trunk: int, hip: int, capped: tuple[int, int]
) -> None:
    hinge = SHIPPED.catalogue["H2"]
    level = hinge.levels[0]
    deep = replace(level, out=replace(level.out, trunk=trunk, hip=hip))
    catalogue = {**SHIPPED.catalogue, "H2": replace(hinge, levels=(deep,))}
    plan = plan_of('id = "H2", side = "left"')

    (block,) = build_course(plan, catalogue, tagged(Tag.NO_SLUMP), sore=None, side=None).blocks

    assert (block.dose.out.hip, block.dose.out.trunk) == capped


@pytest.mark.parametrize(
    ("tag", "order"),
    [
        (Tag.NO_FLAT, ["ANK", "RNG", "REP"]),
        (Tag.NO_STAND, ["ANK", "RNG", "REP", "POS:S3"]),
    ],
)
def test_easing_never_leads_to_an_exercise_that_is_barred_today(tag: Tag, order: list[str]) -> None:
    """S3 is played lying flat; sitting S6 may be eased towards it only when that is allowed."""
    (block,) = course(plan_of('id = "S6", side = "left"'), tagged(tag)).blocks

    assert list(map(str, block.ease)) == order


def test_work_for_each_leg_keeps_its_leg_beside_work_for_both() -> None:
    """The leg chosen for today is for plans that work one leg only."""
    plan = plan_of(
        'id = "S3", side = "left"', 'id = "S3", side = "right"', 'id = "H1", side = "both"'
    )

    built = course(plan, side=Side.RIGHT)

    assert [block.side for block in built.blocks][:2] == [Side.LEFT, Side.RIGHT]


def test_the_chosen_leg_works_a_plan_for_the_other_leg_alone() -> None:
    built = course(plan_of('id = "S3", side = "left"'), side=Side.RIGHT)

    assert [block.side for block in built.blocks] == [Side.RIGHT]


def test_what_is_left_out_or_played_at_the_end_does_not_end_the_course() -> None:
    """Neither the rest position nor a barred exercise in the middle hides what follows."""
    items = [PlanItem("R1"), PlanItem("S9", Sides.LEFT), PlanItem("S6", Sides.LEFT)]
    plan = replace(plan_of('id = "S6", side = "left"'), items=tuple(items))

    built = course(plan, tagged(Tag.NO_STAND))

    assert [block.exercise for block in built.blocks] == ["S6"]
    assert built.left_out == (("S9", Tag.NO_STAND),)


def test_of_several_tags_the_first_by_name_is_given_as_the_reason() -> None:
    """The same answers always give the same reason."""
    found = tagged(Tag.NO_SLUMP, Tag.NO_NECK, Tag.JUST_RISEN)
    catalogue = SHIPPED.catalogue
    assert catalogue["S8"].barred_by == found.tags

    plan = plan_of('id = "S6", side = "left"')
    built = build_course(
        replace(plan, items=(PlanItem("S8"),)), catalogue, found, sore=None, side=None
    )

    assert built.left_out == (("S8", Tag.JUST_RISEN),)


def standing_at(planned: str, stands_at: str, *tags: Tag) -> Course:
    """Today's course where a gentler exercise stands in for the plan's."""
    return build_course(
        plan_of(f'id = "{planned}", side = "left"'),
        SHIPPED.catalogue,
        tagged(*tags),
        sore=None,
        side=None,
        doses={(planned, Side.LEFT): base_dose(SHIPPED.catalogue[stands_at], LevelName.A)},
    )


def test_an_exercise_that_is_barred_is_not_played_under_another_name() -> None:
    built = standing_at("S9", "S2", Tag.NO_STAND)

    assert built.blocks == ()
    assert built.left_out == (("S9", Tag.NO_STAND),)


def test_where_only_the_stand_in_is_barred_the_plans_own_is_played_most_gently() -> None:
    (block,) = standing_at("S3", "S9", Tag.NO_STAND).blocks

    assert (block.exercise, block.item) == ("S3", "S3")
    assert block.dose == gentlest(SHIPPED.catalogue["S3"])
    (usual,) = standing_at("S3", "S9").blocks
    assert (usual.exercise, usual.item) == ("S9", "S3")
