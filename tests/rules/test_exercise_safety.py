"""What no exercise may do, each rule from both sides."""

from dataclasses import replace

import pytest

from coach.domain.exercise import Exercise, Kind, Level, LevelName, Phase, Posture, Toward
from coach.domain.lever import Lever, LeverStep
from coach.domain.pose import Joint, Pose
from coach.rules.exercise_safety import (
    MOST_SLIDER_REPS,
    MOST_STRETCH_S,
    catalogue_faults,
    faults,
    peak_load,
)

HOME, OUT = Toward.HOME, Toward.OUT
SLIDE = (
    Phase("out", 2500, OUT),
    Phase("turn", 500),
    Phase("back", 2500, HOME),
    Phase("rest", 500),
)
HOLD = (Phase("ease_in", 3000, OUT), Phase("hold", 0, hold=True), Phase("ease_out", 3000, HOME))


def level(name: str = "A", home: Pose | None = None, out: Pose | None = None, **dose: int) -> Level:
    figures = {"sets": 1, "reps": 8, "rest_s": 45, **dose}
    home = home or Pose(hip=80, knee=90, ankle=-20)
    return Level(LevelName(name), home, out or home.moved(Joint.KNEE, 45), **figures)


def slider(*levels: Level, phases: tuple[Phase, ...] = SLIDE) -> Exercise:
    ease = (LeverStep(Lever.RNG),)
    return Exercise("X1", "x", Kind.SLIDER, Posture.LYING, 10, levels or (level(),), phases, ease)


def stretch(**dose: int) -> Exercise:
    home = Pose(hip=70, knee=90, ankle=-20)
    figures = {"reps": 1, "sets": 2, "hold_s": 10, **dose}
    held = level(home=home, out=home.moved(Joint.KNEE, 60), **figures)
    return replace(slider(held, phases=HOLD), kind=Kind.STRETCH)


def fields(exercise: Exercise) -> list[str]:
    return [fault.field for fault in faults(exercise)]


def moving(home: Pose, out: Pose, *phases: Phase) -> Exercise:
    return slider(level(home=home, out=out), phases=phases or SLIDE)


def test_a_plain_slider_and_a_plain_stretch_are_accepted() -> None:
    assert faults(slider()) == []
    assert faults(stretch()) == []


NECK_HOME, NECK_OUT = Pose(90, 90, -20, 0, 10), Pose(90, 60, -20, 0, -10)


def test_a_slider_may_look_up_as_the_knee_opens() -> None:
    assert faults(moving(NECK_HOME, NECK_OUT)) == []


@pytest.mark.hazard("H06")
def test_a_slider_may_not_bend_the_neck_as_the_knee_opens() -> None:
    """Hazard H06."""
    exercise = moving(NECK_HOME.moved(Joint.NECK, -10), NECK_OUT.moved(Joint.NECK, 10))
    assert set(fields(exercise)) == {"phase.1", "level.A.out.neck"}


def test_the_neck_may_not_stay_bent_where_the_knee_is_out() -> None:
    exercise = moving(NECK_HOME, NECK_OUT.moved(Joint.NECK, 10))
    assert "level.A.out.neck" in fields(exercise)
    assert fields(moving(NECK_HOME, NECK_OUT.moved(Joint.NECK, 0))) == []


@pytest.mark.hazard("H06")
def test_the_neck_may_not_move_after_the_knee_only() -> None:
    """The poses are right, the timing is not: the knee opens while the chin is still down."""
    out_of_step = (
        Phase("out", 2500, OUT, (Joint.KNEE,)),
        Phase("nod", 500, OUT, (Joint.NECK,)),
        Phase("back", 2500, HOME),
    )
    assert "phase.1" in fields(moving(NECK_HOME, NECK_OUT, *out_of_step))


def test_the_chin_may_not_come_down_before_the_knee_bends() -> None:
    out_of_step = (
        Phase("out", 2500, OUT),
        Phase("nod", 500, HOME, (Joint.NECK,)),
        Phase("back", 2500, HOME),
    )
    assert "phase.2" in fields(moving(NECK_HOME, NECK_OUT, *out_of_step))


@pytest.mark.parametrize("joint", [Joint.HIP, Joint.ANKLE, Joint.TRUNK])
def test_no_other_joint_may_pull_while_the_knee_opens(joint: Joint) -> None:
    """clinical.md 7.0: no tensioners in home mode."""
    home, out = Pose(60, 90, -20, 10), Pose(60, 60, -20, 10)
    assert faults(moving(home, out)) == []
    assert faults(moving(home, out.moved(joint, out[joint] - 5))) == []
    assert "phase.1" in fields(moving(home, out.moved(joint, out[joint] + 5)))


LIFT_HOME, LIFT_OUT = Pose(80, 90, -20), Pose(80, 45, 0)
FLOSS = (
    Phase("out", 1800, OUT, (Joint.KNEE,)),
    Phase("lift", 700, OUT, (Joint.ANKLE,)),
    Phase("lower", 700, HOME, (Joint.ANKLE,)),
    Phase("back", 1800, HOME, (Joint.KNEE,)),
)


def test_the_toes_may_lift_after_the_knee_and_come_down_before_it() -> None:
    """clinical.md 7.2 S5: ankle last in, first out."""
    assert faults(moving(LIFT_HOME, LIFT_OUT, *FLOSS)) == []


def test_the_toes_may_not_lead() -> None:
    toes_first = (FLOSS[1], FLOSS[0], FLOSS[2], FLOSS[3])
    assert "phase.2" in fields(moving(LIFT_HOME, LIFT_OUT, *toes_first))


def test_the_toes_may_not_stay_up_while_the_knee_bends() -> None:
    toes_last = (FLOSS[0], FLOSS[1], FLOSS[3], FLOSS[2])
    assert "phase.3" in fields(moving(LIFT_HOME, LIFT_OUT, *toes_last))


@pytest.mark.parametrize("joint", [Joint.HIP, Joint.TRUNK])
def test_hip_and_trunk_may_not_pull_where_the_knee_is_straight(joint: Joint) -> None:
    home, out = Pose(60, 90, -20), Pose(60, 45, -20).moved(joint, 65 if joint is Joint.HIP else 5)
    later = (
        Phase("out", 1800, OUT, (Joint.KNEE,)),
        Phase("more", 700, OUT, (joint,)),
        Phase("back", 1800, HOME),
    )
    assert "phase.2" in fields(moving(home, out, *later))


def test_a_slider_turns_within_half_a_second() -> None:
    """clinical.md 7.0 tempo: never a hold at the loaded end."""
    longer = (SLIDE[0], Phase("turn", 501), *SLIDE[2:])
    assert fields(slider(phases=longer)) == ["phase.2.seconds"]
    split = (SLIDE[0], SLIDE[1], Phase("wait", 1), *SLIDE[2:])
    assert fields(slider(phases=split)) == ["phase.3.seconds"]


def test_a_slider_may_rest_long_in_slack() -> None:
    assert faults(slider(phases=(*SLIDE[:3], Phase("rest", 5000)))) == []


def test_a_slider_is_never_held() -> None:
    held = (SLIDE[0], Phase("hold", 0, hold=True), SLIDE[2])
    assert "phase.2.hold" in fields(slider(level(hold_s=5), phases=held))


@pytest.mark.parametrize(
    ("joint", "angle", "wrong"),
    [
        (Joint.ANKLE, 0, False),
        (Joint.ANKLE, 1, True),
        (Joint.KNEE, 20, False),
        (Joint.KNEE, 19, True),
    ],
)
def test_a_stretch_has_a_soft_knee_and_no_toes_up(joint: Joint, angle: int, wrong: bool) -> None:
    good = stretch()
    (only,) = good.levels
    home = only.home.moved(joint, angle) if joint is Joint.ANKLE else only.home
    changed = replace(only, home=home, out=only.out.moved(joint, angle))
    expected = f"level.A.out.{joint}"
    assert (expected in fields(replace(good, levels=(changed,)))) is wrong


@pytest.mark.hazard("H15")
@pytest.mark.parametrize(
    ("dose", "field"),
    [
        ({"sets": 3, "reps": 20}, None),
        ({"sets": 3, "reps": 21}, "level.A.reps"),
        ({"sets": 4, "reps": 8}, "level.A.sets"),
        ({"sets": 0}, "level.A.sets"),
        ({"reps": 0}, "level.A.reps"),
        ({"rest_s": 30}, None),
        ({"rest_s": 29}, "level.A.rest_s"),
        ({"rest_s": 180}, None),
        ({"rest_s": 181}, "level.A.rest_s"),
        ({"hold_s": 5}, "level.A.hold_s"),
    ],
)
def test_slider_doses_stay_within_the_caps(dose: dict[str, int], field: str | None) -> None:
    """clinical.md 7.0 caps."""
    assert fields(slider(level(**dose))) == ([] if field is None else [field])


@pytest.mark.hazard("H15")
@pytest.mark.parametrize(
    ("dose", "field"),
    [
        ({"sets": 2, "hold_s": 30}, None),
        ({"sets": 3, "hold_s": 20}, None),
        ({"sets": 3, "hold_s": 21}, "level.A.hold_s"),
        ({"sets": 1, "hold_s": 31}, "level.A.hold_s"),
        ({"hold_s": 0}, "level.A.hold_s"),
        ({"reps": 2}, "level.A.reps"),
    ],
)
def test_stretch_doses_stay_within_the_caps(dose: dict[str, int], field: str | None) -> None:
    assert fields(stretch(**dose)) == ([] if field is None else [field])


@pytest.mark.parametrize(
    ("joint", "low", "high"),
    [
        (Joint.HIP, -20, 120),
        (Joint.KNEE, 0, 140),
        (Joint.ANKLE, -45, 20),
        (Joint.TRUNK, 0, 45),
        (Joint.NECK, -40, 50),
    ],
)
def test_joints_stay_within_their_limits(joint: Joint, low: int, high: int) -> None:
    """nerve-model.md 7."""

    def blamed(angle: int) -> bool:
        pose = Pose(80, 90, -20).moved(joint, angle)
        return f"level.A.home.{joint}" in fields(moving(pose, pose))

    assert not blamed(low)
    assert not blamed(high)
    assert blamed(low - 1)
    assert blamed(high + 1)


def test_a_repetition_ends_where_it_began() -> None:
    assert "phase.2" in fields(slider(phases=SLIDE[:2]))


def test_a_repetition_reaches_its_out_pose() -> None:
    only_ankle = (Phase("out", 2500, OUT, (Joint.ANKLE,)), Phase("back", 2500, HOME))
    assert fields(slider(phases=only_ankle)) == ["level.A.out"]


def test_phases_take_time() -> None:
    assert fields(slider(phases=(*SLIDE[:3], Phase("rest", 0)))) == ["phase.4.seconds"]
    assert fields(slider(phases=())) == ["phase"]


def test_a_higher_level_loads_at_least_as_much() -> None:
    gentle, strong = level("A"), level("B", out=Pose(80, 30, -20))
    assert faults(slider(gentle, strong)) == []
    swapped = (replace(strong, name=LevelName.A), replace(gentle, name=LevelName.B))
    assert fields(slider(*swapped)) == ["level.B.out"]


def test_a_higher_level_does_at_least_as_much() -> None:
    assert fields(slider(level("A", reps=8), level("B", reps=7))) == ["level.B.sets"]


def test_levels_start_at_a_without_gaps() -> None:
    assert fields(slider(level("A"), level("C"))) == ["level"]
    assert fields(slider(level("B"))) == ["level"]


def test_core_work_has_no_nerve_levers() -> None:
    core = replace(slider(), kind=Kind.CORE)
    assert fields(core) == ["ease.1"]
    assert faults(replace(core, ease=(LeverStep(Lever.REP), LeverStep(Lever.SET)))) == []


def test_an_exercise_that_is_rated_can_get_easier() -> None:
    assert fields(replace(slider(), ease=())) == ["ease"]


def test_the_loaded_end_may_be_home() -> None:
    """Ankle pumps load more with the toes up, which is where they start."""
    pump = level(home=Pose(45, 75, -10), out=Pose(45, 75, -25))
    assert peak_load(pump) == pump.home.load_index > pump.out.load_index


def pos(exercise: Exercise, name: str, rank: int, target: str) -> Exercise:
    return replace(exercise, id=name, rank=rank, ease=(LeverStep(Lever.POS, target),))


def test_a_gentler_exercise_must_stand_lower_and_load_less() -> None:
    gentle = replace(slider(level(out=Pose(80, 60, -20))), id="G1")
    strong = pos(slider(), "X2", 20, "G1")
    assert catalogue_faults({"G1": gentle, "X2": strong}) == []
    same_load = replace(slider(), id="G1")
    assert [f.field for f in catalogue_faults({"G1": same_load, "X2": strong})] == ["ease.1"]
    for rank in (20, 21):
        no_lower = replace(gentle, rank=rank)
        assert [f.field for f in catalogue_faults({"G1": no_lower, "X2": strong})] == ["ease.1"]
    assert [f.exercise for f in catalogue_faults({"X2": strong})] == ["X2"]


def test_a_level_is_not_there_twice() -> None:
    assert "level" in fields(slider(level("A"), level("A")))


def test_a_single_degree_of_chin_down_is_a_tensioner() -> None:
    """Where the knee is straightest (clinical.md 4.1)."""
    level_out = NECK_OUT.moved(Joint.NECK, 0)
    assert faults(moving(NECK_HOME, level_out)) == []
    assert fields(moving(NECK_HOME, level_out.moved(Joint.NECK, 1))) != []


def test_a_stretch_holds_once() -> None:
    twice = (HOLD[0], HOLD[1], replace(HOLD[1], name="again"), HOLD[2])
    assert "phase" in fields(replace(stretch(), phases=twice))


def test_only_pos_names_an_exercise() -> None:
    for step in (LeverStep(Lever.RNG, "S1"), LeverStep(Lever.POS)):
        assert "ease.1" in fields(replace(slider(), ease=(step,)))


def test_a_target_is_looked_at_wherever_it_stands_in_the_order() -> None:
    """And one that loads far more is as wrong as one that loads as much."""
    ease = (LeverStep(Lever.RNG), LeverStep(Lever.POS, "G1"))
    one = replace(slider(), ease=ease, rank=20)
    heavy = replace(slider(level(home=Pose(hip=110, knee=90))), id="G1", rank=1)
    assert [fault.field for fault in catalogue_faults({"G1": heavy, "X1": one})] == ["ease.2"]
    unknown = replace(one, harder=(LeverStep(Lever.REP), LeverStep(Lever.POS, "Z9")), ease=ease[:1])
    assert [fault.field for fault in catalogue_faults({"X1": unknown})] == ["harder.2"]


def test_what_earns_an_exercise_has_to_exist() -> None:
    """With its level, and never the exercise itself."""
    earned = (("G1", LevelName.A), ("G1", LevelName.D), ("X1", LevelName.A), ("Z9", LevelName.A))
    one = replace(slider(), earned_by=earned)
    found = catalogue_faults({"G1": replace(slider(), id="G1"), "X1": one})
    assert [(fault.field, fault.message) for fault in found] == [
        ("earned_by.2", "G1 has no level D"),
        ("earned_by.3", "there is no other exercise X1"),
        ("earned_by.4", "there is no other exercise Z9"),
    ]


@pytest.mark.parametrize(("joint", "name"), [(Joint.HIP, "hip"), (Joint.ANKLE, "ankle")])
def test_a_single_degree_is_a_pull(joint: Joint, name: str) -> None:
    home = Pose(hip=80, knee=90, ankle=-20)
    out = home.moved(Joint.KNEE, 45).moved(joint, home[joint] + 1)
    told = [fault.message for fault in faults(moving(home, out))]
    assert f"level A: knee and {name} pull together (tensioner)" in told


def test_a_bent_neck_is_no_matter_where_the_knee_keeps_still() -> None:
    chin_down = Pose(hip=45, knee=75, ankle=-10, neck=10)
    assert faults(moving(chin_down, chin_down.moved(Joint.ANKLE, -25))) == []


def test_half_a_second_is_not_too_long_where_it_begins_loaded() -> None:
    """clinical.md 7.0: a slider stays 0.5 s at most at its loaded end."""
    home = Pose(hip=45, knee=75, ankle=-10)
    for ms, found in ((500, []), (501, ["phase.1.seconds"])):
        phases = (Phase("rest", ms), Phase("out", 2500, OUT), Phase("back", 2500, HOME))
        assert fields(moving(home, home.moved(Joint.ANKLE, -25), *phases)) == found


def test_a_higher_level_holds_at_least_as_long() -> None:
    short, long = (stretch(hold_s=seconds).levels[0] for seconds in (10, 20))
    shrinking = replace(stretch(), levels=(long, replace(short, name=LevelName.B)))
    assert "level.B.sets" in fields(shrinking)
    growing = replace(stretch(), levels=(short, replace(long, name=LevelName.B)))
    assert fields(growing) == []


def test_all_the_seconds_held_are_named_together() -> None:
    """Four times twenty are eighty, and sixty is the cap (clinical.md 7.0)."""
    found = [
        fault for fault in faults(stretch(sets=4, hold_s=20)) if fault.field.endswith("hold_s")
    ]
    assert ["80" in fault.message for fault in found] == [True]


def test_a_second_of_hold_without_a_phase_that_holds_is_a_mistake() -> None:
    assert "level.A.hold_s" in fields(slider(level(hold_s=1)))


@pytest.mark.parametrize("ms", [0, -500])
def test_a_phase_takes_some_time(ms: int) -> None:
    phases = (SLIDE[0], Phase("turn", ms), *SLIDE[2:])
    assert "phase.2.seconds" in fields(slider(phases=phases))


def test_every_level_is_looked_at_for_long_turns() -> None:
    """Also after one in which nothing moves."""
    still = level("A", out=Pose(hip=80, knee=90, ankle=-20))
    slow = (SLIDE[0], Phase("turn", 900), *SLIDE[2:])
    assert "phase.2.seconds" in fields(slider(still, level("B"), phases=slow))


def test_the_caps_are_those_of_the_source() -> None:
    """Sixty repetitions a leg and sixty seconds a muscle (clinical.md 7.0)."""
    assert (MOST_SLIDER_REPS, MOST_STRETCH_S) == (60, 60)


def test_a_fault_names_the_phase_and_the_numbers() -> None:
    open_ended = (*SLIDE[:2], Phase("rest", 500), Phase("end", 500))
    assert "phase.4" in fields(slider(phases=open_ended))
    many = [fault.message for fault in faults(slider(level(sets=5, reps=15)))]
    assert any("75" in message for message in many)
    held = [fault.message for fault in faults(slider(level(hold_s=1)))]
    assert "is given but no phase holds" in held
    assert "phase" in fields(replace(stretch(), phases=SLIDE))


def test_doses_are_compared_as_wholes() -> None:
    """Sets times repetitions, times seconds where something is held."""
    assert fields(slider(level("A", sets=2, reps=9), level("B", sets=3, reps=6))) == []
    long, short = stretch(sets=3, hold_s=20).levels[0], stretch(sets=2, hold_s=25).levels[0]
    less = replace(stretch(), levels=(long, replace(short, name=LevelName.B)))
    assert "level.B.sets" in fields(less)


def test_the_knee_may_open_after_the_toes_were_pointed() -> None:
    home = Pose(hip=80, knee=90, ankle=0)
    out = home.moved(Joint.KNEE, 45).moved(Joint.ANKLE, -30)
    toes, knee = (Joint.ANKLE,), (Joint.KNEE,)
    phases = (
        Phase("point", 1000, OUT, toes),
        Phase("out", 2000, OUT, knee),
        Phase("back", 2000, HOME, knee),
        Phase("lift", 1000, HOME, toes),
    )
    assert fields(moving(home, out, *phases)) == []
