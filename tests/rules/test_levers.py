"""Levers: what each one changes, that none loads more, and how an ease order is walked."""

from dataclasses import fields, replace

import pytest

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, LevelName
from coach.domain.lever import Lever, LeverStep
from coach.domain.pose import Joint
from coach.rules.levers import base_dose, eased, next_levers, pulled
from playing import SHIPPED

EXERCISES = SHIPPED.catalogue
LEVELS = [
    (exercise, level.name)
    for exercise in EXERCISES.values()
    if exercise.kind.rated
    for level in exercise.levels
]


def changed(before: Dose, after: Dose) -> set[str]:
    return {f.name for f in fields(Dose) if getattr(before, f.name) != getattr(after, f.name)}


def pull(dose: Dose, lever: Lever, target: str | None = None) -> Dose:
    return pulled(dose, LeverStep(lever, target), EXERCISES)


def test_ank_points_the_toes_as_far_as_the_exercise_allows() -> None:
    dose = base_dose(EXERCISES["S5"], LevelName.B)
    assert dose.out.ankle > -20
    pointed = pull(dose, Lever.ANK)
    assert changed(dose, pointed) <= {"home", "out"}
    assert pointed.out.ankle == EXERCISES["S5"].floor.ankle == -20
    assert pull(pointed, Lever.ANK) == pointed


def test_ank_leaves_toes_that_point_further() -> None:
    dose = base_dose(EXERCISES["S4"], LevelName.D)
    assert (dose.home.ankle, dose.out.ankle) == (10, -30)
    pointed = pull(dose, Lever.ANK)
    assert (pointed.home.ankle, pointed.out.ankle) == (-20, -30)


def test_rng_bends_the_knee_fifteen_degrees_more() -> None:
    dose = base_dose(EXERCISES["S3"], LevelName.B)
    assert dose.out.knee == 45
    assert pull(dose, Lever.RNG) == replace(dose, out=dose.out.moved(Joint.KNEE, 60))


def test_rng_stops_at_the_floor_of_the_exercise() -> None:
    dose = base_dose(EXERCISES["S3"], LevelName.A)
    near = replace(dose, out=dose.out.moved(Joint.KNEE, 70))
    assert pull(near, Lever.RNG).out.knee == 75
    assert pull(pull(near, Lever.RNG), Lever.RNG).out.knee == 75


def test_hip_lowers_the_thigh_by_ten_degrees_and_stops_at_the_floor() -> None:
    dose = base_dose(EXERCISES["S3"], LevelName.B)
    lower = pull(dose, Lever.HIP)
    assert (lower.home.hip, lower.out.hip) == (70, 70)
    lowest = pull(pull(lower, Lever.HIP), Lever.HIP)
    assert (lowest.home.hip, lowest.out.hip) == (60, 60)


def test_hip_of_a_hinge_brings_the_trunk_back_by_the_same_angle() -> None:
    dose = base_dose(EXERCISES["H2"], LevelName.D)
    lower = pull(dose, Lever.HIP)
    assert (lower.out.hip, lower.out.trunk) == (dose.out.hip - 10, dose.out.trunk - 10)
    assert lower.home.trunk == 0


def test_trk_sits_tall() -> None:
    dose = base_dose(EXERCISES["S8"], LevelName.A)
    assert dose.out.trunk > 0
    tall = pull(dose, Lever.TRK)
    assert (tall.home.trunk, tall.out.trunk) == (0, 0)


def test_nck_keeps_the_head_still() -> None:
    dose = base_dose(EXERCISES["S7"], LevelName.B)
    assert dose.out.neck != 0
    still = pull(dose, Lever.NCK)
    assert (still.home.neck, still.out.neck) == (0, 0)


@pytest.mark.parametrize(("reps", "fewer"), [(20, 13), (10, 6), (8, 5), (7, 5), (6, 5), (5, 5)])
def test_rep_leaves_two_thirds_but_at_least_five(reps: int, fewer: int) -> None:
    dose = replace(base_dose(EXERCISES["S3"], LevelName.A), reps=reps)
    assert pull(dose, Lever.REP) == replace(dose, reps=fewer)


def test_rep_never_raises_a_small_number() -> None:
    dose = replace(base_dose(EXERCISES["S3"], LevelName.A), reps=3)
    assert pull(dose, Lever.REP) == dose


@pytest.mark.parametrize(("sets", "fewer"), [(3, 2), (2, 1), (1, 1)])
def test_set_takes_one_away_but_never_the_last(sets: int, fewer: int) -> None:
    dose = replace(base_dose(EXERCISES["H1"], LevelName.A), sets=sets)
    assert pull(dose, Lever.SET) == replace(dose, sets=fewer)


def test_tmp_slows_down_once() -> None:
    dose = base_dose(EXERCISES["S3"], LevelName.A)
    slow = pull(dose, Lever.TMP)
    assert slow == replace(dose, slow=True)
    assert pull(slow, Lever.TMP) == slow


@pytest.mark.parametrize(("hold", "shorter"), [(30, 25), (15, 10), (12, 10), (10, 10), (0, 0)])
def test_hld_takes_five_seconds_off_down_to_ten(hold: int, shorter: int) -> None:
    dose = replace(base_dose(EXERCISES["H1"], LevelName.A), hold_s=hold)
    assert pull(dose, Lever.HLD) == replace(dose, hold_s=shorter)


def test_pos_changes_to_the_gentlest_level_of_the_exercise_named() -> None:
    dose = replace(base_dose(EXERCISES["S3"], LevelName.D), reps=6)
    other = pull(dose, Lever.POS, "S2")
    gentle = base_dose(EXERCISES["S2"], LevelName.A)
    assert other == replace(gentle, sets=3, reps=6)


@pytest.mark.parametrize(("exercise", "level"), LEVELS)
def test_no_lever_of_an_ease_order_loads_more(exercise: Exercise, level: LevelName) -> None:
    """Step by step along the whole order: load, reps, sets and holds only ever fall.

    Another exercise is compared with the level itself: across postures the index only orders.
    """
    start = dose = base_dose(exercise, level)
    for step in exercise.ease:
        easier = pulled(dose, step, EXERCISES)
        if step.lever is Lever.POS:
            assert EXERCISES[easier.exercise].rank <= EXERCISES[dose.exercise].rank
            assert easier.out.load_index <= start.out.load_index
        else:
            assert easier.out.load_index <= dose.out.load_index
            assert easier.home.load_index <= dose.home.load_index
        assert easier.reps <= dose.reps
        assert easier.sets <= dose.sets
        assert easier.hold_s <= dose.hold_s
        dose = easier


@pytest.mark.parametrize(("exercise", "level"), LEVELS)
def test_next_levers_each_change_something_and_end_with_the_order(
    exercise: Exercise, level: LevelName
) -> None:
    dose, used = base_dose(exercise, level), 0
    seen: list[LeverStep] = []
    while True:
        found, after = next_levers(dose, exercise.ease, used, 1, EXERCISES)
        if not found:
            break
        assert after > used
        easier = eased(base_dose(exercise, level), exercise.ease, after, EXERCISES)
        assert changed(dose, easier)
        seen += found
        dose, used = easier, after
    assert dose == eased(base_dose(exercise, level), exercise.ease, len(exercise.ease), EXERCISES)
    assert seen == [step for step in exercise.ease if step in seen]


def test_a_lever_that_changes_nothing_is_passed_over_and_not_counted() -> None:
    """S4 begins its order with the ankle; with the toes pointed already the knee comes first."""
    s4 = EXERCISES["S4"]
    dose = replace(
        base_dose(s4, LevelName.C),
        home=base_dose(s4, LevelName.C).home.moved(Joint.ANKLE, -20),
        out=base_dose(s4, LevelName.C).out.moved(Joint.ANKLE, -20),
    )
    found, used = next_levers(dose, s4.ease, 0, 1, EXERCISES)
    assert [str(step) for step in found] == ["RNG"]
    assert used == 2


def test_two_levers_come_in_the_order_of_the_exercise() -> None:
    s3 = EXERCISES["S3"]
    found, used = next_levers(base_dose(s3, LevelName.B), s3.ease, 0, 2, EXERCISES)
    assert ([str(step) for step in found], used) == (["RNG", "HIP"], 2)


def test_an_order_that_runs_out_gives_what_is_left() -> None:
    s3 = EXERCISES["S3"]
    last = len(s3.ease) - 1
    dose = eased(base_dose(s3, LevelName.B), s3.ease, last, EXERCISES)
    found, used = next_levers(dose, s3.ease, last, 2, EXERCISES)
    assert ([str(step) for step in found], used) == (["POS:S1"], len(s3.ease))
    assert next_levers(dose, s3.ease, used, 2, EXERCISES) == ((), used)
