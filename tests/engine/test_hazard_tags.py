"""H12 and H14: what unsteadiness and fragile bones take out of a session, over the whole catalogue.

A physiotherapist may allow more at home; no code brings back what a check-in tag takes out.
"""

from collections.abc import Iterator

import pytest

from coach.domain.exercise import Exercise, Kind, Level, Posture, Tag
from coach.domain.plan import Plan, PlanItem
from coach.domain.side import Sides
from coach.engine.course import Course, build_course
from coach.rules.check_in import Clearance
from playing import SHIPPED

CATALOGUE = SHIPPED.catalogue
RATED = [exercise for exercise in CATALOGUE.values() if exercise.kind.rated]
LEVELS = [(exercise, level) for exercise in RATED for level in exercise.levels]


def name(one: Exercise | Level) -> str:
    return one.id if isinstance(one, Exercise) else one.name


def built(exercise: Exercise, level: Level, *tags: Tag) -> Course:
    plan = Plan("One", "Tests", 1, "en", (PlanItem(exercise.id, Sides.LEFT, level.name),))
    found = Clearance(tags=frozenset(tags), tingling=0, pain=0)
    return build_course(plan, CATALOGUE, found, sore=None, side=None)


def reached(course: Course) -> Iterator[str]:
    """The exercises of a course, and those that easing changes them into."""
    for block in course.blocks:
        yield block.exercise
        yield from (step.target for step in block.ease if step.target)


@pytest.mark.hazard("H14")
@pytest.mark.parametrize(("exercise", "level"), LEVELS, ids=name)
def test_with_fragile_bones_no_spine_is_bent(exercise: Exercise, level: Level) -> None:
    """S8 never comes, by the plan or by a lever; a hinge at the hips goes to 15 degrees at most."""
    course = built(exercise, level, Tag.NO_SLUMP)
    assert "S8" not in reached(course)
    for block in course.blocks:
        trunk = max(block.dose.home.trunk, block.dose.out.trunk)
        assert trunk <= (15 if CATALOGUE[block.exercise].hinge else 0)


@pytest.mark.hazard("H12")
@pytest.mark.parametrize(("exercise", "level"), LEVELS, ids=name)
def test_with_unsteadiness_nothing_is_done_standing(exercise: Exercise, level: Level) -> None:
    """S9 is left out, is said to be, and no lever leads to it."""
    course = built(exercise, level, Tag.NO_STAND)
    standing = [name for name in reached(course) if CATALOGUE[name].posture is Posture.STANDING]
    assert standing == []
    if exercise.id == "S9":
        assert course.left_out == (("S9", Tag.NO_STAND),)
        assert not course.playable


@pytest.mark.hazard("H12")
def test_every_chair_is_firm_and_every_stand_has_a_hand_on_something() -> None:
    """The sentence that is said while getting into position names the support."""
    for exercise in CATALOGUE.values():
        if exercise.posture is Posture.SEATED:
            assert "firm chair without castors" in SHIPPED.phrases.say(f"{exercise.id}.setup")
        if exercise.posture is Posture.STANDING and exercise.kind is not Kind.WARM_UP:
            assert "worktop" in exercise.supports
            assert "hand on a worktop" in SHIPPED.phrases.say(f"{exercise.id}.setup")
