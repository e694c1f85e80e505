"""One lever at a time between doses, and steps down that are never harder (clinical.md 7.0)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind, LevelName
from coach.domain.lever import Lever
from coach.domain.pose import Joint
from coach.rules.harder import (
    eased_further,
    gentler_of,
    gentlest,
    labelled,
    level_down,
    level_reached,
    next_harder,
    restarted,
    short_levers,
)
from coach.rules.levers import base_dose, pulled
from coach.rules.plan_load import Portion, within_caps
from days import CATALOGUE, LEFT, dose, eased

RATED = [exercise for exercise in CATALOGUE.values() if exercise.kind.rated]
JOINT_OF = {
    Lever.RNG: Joint.KNEE,
    Lever.HIP: Joint.HIP,
    Lever.ANK: Joint.ANKLE,
    Lever.NCK: Joint.NECK,
    Lever.TRK: Joint.TRUNK,
}
#: Degrees a step may move a joint (clinical.md 7.0 and 7.3; 10 for those it gives no step for).
FURTHEST = {Lever.RNG: 15, Lever.HIP: 10, Lever.ANK: 10, Lever.NCK: 10, Lever.TRK: 10}


def anything(_lever: Lever, _dose: Dose) -> bool:
    return True


def ceiling(exercise: Exercise) -> LevelName:
    return exercise.home_ceiling or exercise.levels[-1].name


def walk(
    exercise: Exercise,
    began: Dose,
    to: LevelName,
    may: Callable[[Lever, Dose], bool] = anything,
) -> Iterator[tuple[Lever, Dose, Dose]]:
    """Every step up from a dose: the lever, the dose before it and the one after it."""
    while (step := next_harder(exercise, began, to, may)) is not None:
        yield step[0], began, step[1]
        began = step[1]


def moved(before: Dose, after: Dose) -> set[str]:
    """Which joints and fields differ, but for the level's name."""
    joints = {
        joint.value
        for joint in Joint
        if (before.home[joint], before.out[joint]) != (after.home[joint], after.out[joint])
    }
    names = ("exercise", "sets", "reps", "rest_s", "hold_s", "slow")
    return joints | {name for name in names if getattr(before, name) != getattr(after, name)}


def expected(exercise: Exercise, lever: Lever) -> set[str]:
    """What one lever may move."""
    if exercise.hinge and lever is Lever.HIP:
        return {"hip", "trunk"}
    if lever in JOINT_OF:
        return {JOINT_OF[lever].value}
    return {
        Lever.TMP: {"slow"},
        Lever.REP: {"reps"},
        Lever.SET: {"sets"},
        Lever.HLD: {"hold_s", "sets"},
    }[lever]


@pytest.mark.parametrize("exercise", RATED, ids=lambda exercise: exercise.id)
def test_a_walk_from_the_gentlest_dose_reaches_the_ceiling_lever_by_lever(
    exercise: Exercise,
) -> None:
    began = gentlest(exercise)
    steps = list(walk(exercise, began, ceiling(exercise)))
    top = base_dose(exercise, ceiling(exercise))

    assert steps
    for lever, before, after in steps:
        assert moved(before, after)
        assert moved(before, after) <= expected(exercise, lever)
        assert lever in short_levers(exercise, before, after)
        assert after.sets <= before.sets + 1
        assert after.hold_s <= before.hold_s + 5
        if lever in JOINT_OF:
            joints = [Joint(name) for name in moved(before, after)]
            by = max(
                abs(getattr(after, end)[joint] - getattr(before, end)[joint])
                for joint in joints
                for end in ("home", "out")
            )
            held = exercise.kind is Kind.STRETCH and lever is Lever.RNG
            assert 0 < by <= (5 if held else FURTHEST[lever])
    assert replace(steps[-1][2], rest_s=top.rest_s) == top


@pytest.mark.parametrize("exercise", RATED, ids=lambda exercise: exercise.id)
def test_no_dose_on_the_way_passes_a_cap_or_the_ceiling(exercise: Exercise) -> None:
    side = LEFT if exercise.sided else None
    top = base_dose(exercise, ceiling(exercise))
    levels = []
    for _, _, after in walk(exercise, gentlest(exercise), ceiling(exercise)):
        assert within_caps([Portion(exercise, after, side)])
        assert not short_levers(exercise, top, after)
        levels.append(after.level)
    assert levels == sorted(levels)
    assert levels[-1] is ceiling(exercise)


@pytest.mark.parametrize("exercise", RATED, ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("to", LevelName)
def test_a_ceiling_is_never_passed(exercise: Exercise, to: LevelName) -> None:
    """Whatever the levels above it hold."""
    began = gentlest(exercise)
    ends = [after for _, _, after in walk(exercise, began, to)]

    assert all(after.level <= to for after in ends)
    assert all(not short_levers(exercise, base_dose(exercise, to), after) for after in ends)


def test_the_order_is_the_harder_order_of_the_source() -> None:
    """clinical.md 7.0: REP, SET, RNG, HIP, ANK; what was eased last comes back first."""
    s3 = [lever for lever, _, _ in walk(CATALOGUE["S3"], gentlest(CATALOGUE["S3"]), LevelName.B)]
    s4 = [lever for lever, _, _ in walk(CATALOGUE["S4"], dose("S4"), LevelName.B)]

    assert s3 == [Lever.TMP, Lever.REP, Lever.RNG, Lever.HIP, Lever.SET, Lever.RNG, Lever.HIP]
    assert s4 == [Lever.SET, Lever.RNG, Lever.HIP, Lever.ANK]


def test_holds_grow_by_five_seconds_and_a_long_one_comes_with_fewer() -> None:
    """clinical.md 7.3 D: two holds of 30 s in place of three of 20 s."""
    h1 = CATALOGUE["H1"]
    held = [
        (after.sets, after.hold_s)
        for lever, _, after in walk(h1, dose("H1", "C"), LevelName.D)
        if lever is Lever.HLD
    ]

    assert held == [(2, 25), (2, 30)]
    assert short_levers(h1, dose("H1", "C"), dose("H1", "D")) == (Lever.HLD, Lever.RNG)
    assert short_levers(h1, dose("H1", "C", sets=2), dose("H1", "C")) == (Lever.SET,)


def test_a_hinge_moves_hip_and_trunk_together() -> None:
    """The back stays flat: what the hip bends, the trunk leans (clinical.md 7.3 H2)."""
    lower = eased(dose("H2", "B"), "HIP")
    step = next_harder(CATALOGUE["H2"], lower, LevelName.B, anything)

    assert step is not None
    assert step[0] is Lever.HIP
    assert step[1].out.trunk - lower.out.trunk == step[1].out.hip - lower.out.hip > 0
    assert Lever.TRK not in short_levers(CATALOGUE["H2"], lower, dose("H2", "B"))


def test_a_refused_lever_leaves_the_next_one_its_turn() -> None:
    s3 = CATALOGUE["S3"]

    def but_sets(lever: Lever, _dose: Dose) -> bool:
        return lever is not Lever.SET

    def short_sessions(_lever: Lever, after: Dose) -> bool:
        return after.sets < 2

    for may in (but_sets, short_sessions):
        found = next_harder(s3, dose("S3"), LevelName.D, may)
        assert found is not None
        assert found[0] is Lever.RNG
    assert next_harder(s3, dose("S3"), LevelName.D, lambda _lever, _dose: False) is None


def test_a_level_that_is_not_reached_keeps_the_next_one_away() -> None:
    """All of B before anything of C."""
    s3 = CATALOGUE["S3"]
    steps = list(walk(s3, dose("S3"), LevelName.C, lambda lever, _dose: lever is not Lever.SET))

    assert [lever for lever, _, _ in steps] == [Lever.RNG, Lever.HIP]
    assert steps[-1][2].level is LevelName.A


def test_at_the_ceiling_there_is_no_step() -> None:
    s7 = CATALOGUE["S7"]

    assert next_harder(s7, dose("S7", "C"), LevelName.C, anything) is None
    assert next_harder(s7, dose("S7", "C"), LevelName.D, anything) is not None
    assert next_harder(s7, dose("S7", "D"), LevelName.D, anything) is None


@pytest.mark.parametrize("exercise", RATED, ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("level", LevelName)
def test_a_level_is_named_after_itself(exercise: Exercise, level: LevelName) -> None:
    assert level_reached(exercise, base_dose(exercise, level)) is level
    assert labelled(exercise, replace(base_dose(exercise, level), level=LevelName.A)).level is level


def test_a_dose_short_of_a_level_in_one_lever_has_not_reached_it() -> None:
    assert dose("S3", "C", reps=9).level is LevelName.B
    assert dose("S3", "C", sets=1).level is LevelName.A
    assert dose("S3", "A", reps=5).level is LevelName.A


# How far a step goes, and which way is stronger


def with_levels(exercise_id: str, *changes: dict[str, float]) -> Exercise:
    """The exercise with levels that are its first one but for some joints at the far end."""
    exercise = CATALOGUE[exercise_id]
    first = exercise.levels[0]
    levels = []
    for name, joints in zip(LevelName, changes, strict=False):
        out = first.out
        for joint, angle in joints.items():
            out = out.moved(Joint(joint), angle)
        levels.append(replace(first, name=name, out=out))
    return replace(exercise, levels=tuple(levels))


@pytest.mark.parametrize(
    ("exercise_id", "joint", "lever", "angles"),
    [
        ("S3", "knee", Lever.RNG, (80, 65, 50, 40)),
        ("H1", "knee", Lever.RNG, (80, 75, 70, 65)),
        ("S3", "hip", Lever.HIP, (60, 70, 80, 90)),
        ("S3", "ankle", Lever.ANK, (-30, -20, -10, 0)),
        ("S3", "neck", Lever.NCK, (0, 10, 20, 30)),
        ("S3", "trunk", Lever.TRK, (0, 10, 20, 30)),
    ],
)
def test_a_joint_moves_by_its_step_and_no_further_than_the_level(
    exercise_id: str, joint: str, lever: Lever, angles: tuple[int, ...]
) -> None:
    """Knee 15 degrees, 5 in a stretch; hip 10 (clinical.md 7.0, 7.3); ankle, neck, trunk 10."""
    low, *steps = angles
    exercise = with_levels(exercise_id, {joint: low}, {joint: steps[-1]})
    found = list(walk(exercise, base_dose(exercise, LevelName.A), LevelName.B))

    assert [one for one, _, _ in found] == [lever] * len(steps)
    assert [after.out[Joint(joint)] for _, _, after in found] == steps


@pytest.mark.parametrize(
    ("joint", "lever", "gentler"),
    [
        ("knee", Lever.RNG, 1),
        ("hip", Lever.HIP, -1),
        ("ankle", Lever.ANK, -1),
        ("trunk", Lever.TRK, -1),
    ],
)
def test_where_all_levels_agree_the_usual_way_is_stronger(
    joint: str, lever: Lever, gentler: int
) -> None:
    """A straighter knee, a higher thigh, toes further up, more of a slump."""
    exercise = with_levels("S3", {joint: 50})
    level = base_dose(exercise, LevelName.A)
    for by in (1, 4):
        less = replace(level, out=level.out.moved(Joint(joint), 50 + by * gentler))
        more = replace(level, out=level.out.moved(Joint(joint), 50 - by * gentler))
        assert short_levers(exercise, less, level) == (lever,)
        assert short_levers(exercise, more, level) == ()
        assert next_harder(exercise, less, LevelName.A, anything) == (lever, level)


def test_no_way_of_the_neck_is_usually_stronger() -> None:
    exercise = with_levels("S3", {"neck": 10})
    level = base_dose(exercise, LevelName.A)
    for angle in (-20, 30):
        other = replace(level, out=level.out.moved(Joint.NECK, angle))
        assert short_levers(exercise, other, level) == ()


@pytest.mark.parametrize("last", [9, 11])
def test_the_first_and_the_last_level_say_which_way_is_stronger(last: int) -> None:
    """By a degree, and whatever lies between them."""
    for levels in (({"neck": 10}, {"neck": last}), ({"neck": 10}, {"neck": last}, {"neck": last})):
        exercise = with_levels("S3", *levels)
        first, top = (base_dose(exercise, exercise.levels[n].name) for n in (0, -1))
        assert short_levers(exercise, first, top) == (Lever.NCK,)
        assert short_levers(exercise, top, first) == ()


def test_a_level_counts_only_after_all_the_levels_before_it() -> None:
    exercise = with_levels("S3", {"neck": 10}, {"neck": 20}, {"neck": 15})
    first = base_dose(exercise, LevelName.A)
    between = replace(first, out=first.out.moved(Joint.NECK, 15))
    assert short_levers(exercise, between, base_dose(exercise, LevelName.C)) == ()
    assert level_reached(exercise, between) is LevelName.A


# Steps down


@st.composite
def doses(draw: st.DrawFn, exercise_id: str | None = None) -> Dose:
    """Any dose a leg could stand at: some way up the walk, then eased by some levers."""
    exercise = CATALOGUE[exercise_id] if exercise_id else draw(st.sampled_from(RATED))
    refused = draw(st.sets(st.sampled_from(list(Lever)), max_size=3))
    began = draw(
        st.sampled_from([gentlest(exercise), *(base_dose(exercise, one) for one in LevelName)])
    )
    steps = draw(st.integers(0, 12))
    found = labelled(exercise, began)
    for _ in range(steps):
        up = next_harder(exercise, found, LevelName.D, lambda lever, _dose: lever not in refused)
        found = up[1] if up else found
    for step in draw(st.lists(st.sampled_from(exercise.ease), max_size=3)) if exercise.ease else []:
        if step.target is None:
            found = pulled(found, step, CATALOGUE)
    return labelled(exercise, found)


def is_no_harder(after: Dose, before: Dose) -> bool:
    """No lever of ``after`` is above ``before``; a change of exercise goes down the ladder."""
    if after.exercise != before.exercise:
        return CATALOGUE[after.exercise].rank < CATALOGUE[before.exercise].rank
    return not short_levers(CATALOGUE[before.exercise], before, after)


@given(doses())
def test_a_level_down_is_never_harder_in_any_lever(began: Dose) -> None:
    """And always really a level, or where there is none, a lever, while one is left."""
    down = level_down(began, CATALOGUE)
    exercise = CATALOGUE[began.exercise]

    assert is_no_harder(down, began)
    if down != began and down.exercise == began.exercise:
        assert short_levers(exercise, down, began)
    if began.level > LevelName.A:
        assert down.level < began.level
    first = base_dose(exercise, LevelName.A)
    if began.level is LevelName.A and down.exercise == began.exercise:
        assert is_no_harder(down, first)


@given(doses())
def test_a_restart_is_the_first_level_or_what_is_gentler_still(began: Dose) -> None:
    again = restarted(began, CATALOGUE)

    assert is_no_harder(again, began)
    assert is_no_harder(again, base_dose(CATALOGUE[began.exercise], LevelName.A))
    assert restarted(again, CATALOGUE) == again


@given(doses(), st.data())
def test_the_gentler_of_two_doses_is_no_harder_than_either(one: Dose, data: st.DataObject) -> None:
    other = data.draw(doses(one.exercise))
    both = gentler_of(one, other, CATALOGUE)

    assert is_no_harder(both, one)
    assert is_no_harder(both, other)
    assert replace(gentler_of(other, one, CATALOGUE), rest_s=0) == replace(both, rest_s=0)
    assert gentler_of(one, one, CATALOGUE) == one


@given(doses(), st.integers(1, 4))
def test_easing_further_is_never_harder(began: Dose, count: int) -> None:
    less = eased_further(began, CATALOGUE[began.exercise].ease, count, CATALOGUE)

    assert is_no_harder(less, began)


@given(doses())
def test_every_step_up_is_undone_by_the_gentler_of_both(began: Dose) -> None:
    step = next_harder(CATALOGUE[began.exercise], began, LevelName.D, anything)
    if step is not None:
        assert gentler_of(step[1], began, CATALOGUE) == began or step[0] is Lever.HLD


@pytest.mark.parametrize("by", [1, 2])
def test_a_single_degree_counts(by: int) -> None:
    """The knee that bends more and the thigh that is lower are the gentler ones."""
    bent = replace(dose("S3"), out=dose("S3").out.moved(Joint.KNEE, dose("S3").out.knee + by))
    low = replace(dose("S3"), home=dose("S3").home.moved(Joint.HIP, dose("S3").home.hip - by))
    both = gentler_of(bent, low, CATALOGUE)
    assert (both.out.knee, both.home.hip) == (bent.out.knee, low.home.hip)


def test_of_two_exercises_the_one_lower_on_the_ladder_is_gentler() -> None:
    assert gentler_of(dose("S3"), dose("S2", "D"), CATALOGUE).exercise == "S2"
    assert gentler_of(dose("S1"), dose("S3"), CATALOGUE).exercise == "S1"
    assert gentler_of(dose("S3"), dose("S9"), CATALOGUE) == dose("S9")
    assert gentler_of(dose("S9"), dose("S3"), CATALOGUE) == dose("S9")


def test_a_level_down_from_between_two_levels_keeps_nothing_above_the_lower_one() -> None:
    """Steps taken on the way from A to B are given back before one of A's levers is eased."""
    on_the_way = dose("S3", sets=2)

    assert level_down(on_the_way, CATALOGUE) == eased(dose("S3"), "RNG")
    assert level_down(dose("S3", "C", sets=3), CATALOGUE) == dose("S3", "B")
    assert level_down(dose("S3"), CATALOGUE) == eased(dose("S3"), "RNG")


def test_below_the_last_lever_the_gentler_exercise_takes_its_place() -> None:
    lowest = eased(dose("S3"), "RNG", "HIP", "REP", "TMP")

    assert level_down(lowest, CATALOGUE).exercise == "S2"
    assert level_down(gentlest(CATALOGUE["S1"]), CATALOGUE) == gentlest(CATALOGUE["S1"])


def test_the_gentlest_dose_has_every_lever_eased() -> None:
    least = gentlest(CATALOGUE["S3"])

    assert (least.exercise, least.reps, least.slow) == ("S3", 5, True)
    assert (least.out.knee, least.out.hip) == (75, 60)
