"""Today's page: what will be done, how long it takes, and why, in words."""

import pytest

from coach.app.coach_app import CoachApp
from coach.app.daily.today import course_of, dose_text, one_sided, steps
from coach.domain.plan import Plan
from coach.domain.side import Side
from opened_program import SHIPPED, OpenedProgram
from playing import plan_of, script_of, shipped_plan

PHRASES = SHIPPED.phrases


def names(app: CoachApp) -> list[str]:
    return [step.exercise_name for step in app.today().steps]


def test_the_steps_are_the_session_s_in_order(program: OpenedProgram) -> None:
    """One line an exercise and side, and the rest position at the end."""
    wanted = [PHRASES.say(f"{name}.name") for name in ("W1", "S3", "H1", "R1")]
    assert names(program.app) == wanted


def test_a_step_names_leg_level_and_dose(program: OpenedProgram) -> None:
    """Each as it will be played; as long as nobody has said the leg, none is named."""
    assert {step.side_label for step in program.app.today().steps} == {""}
    program.app.choose_side(Side.LEFT)
    warm_up, slider, stretch, rest = program.app.today().steps
    assert slider.side_label == PHRASES.say("side.leg", side=PHRASES.say("side.left"))
    assert slider.level == "A"
    assert slider.dose_text == PHRASES.say("dose.reps", sets=2, reps=8)
    assert warm_up.side_label == rest.side_label == ""
    assert warm_up.dose_text == PHRASES.say("dose.minutes", n=5)
    assert rest.dose_text == PHRASES.say("dose.minutes", n=2)
    assert stretch.dose_text == PHRASES.say("dose.holds", sets=2, seconds=10)


def test_a_pair_is_one_line_a_leg() -> None:
    """The more comfortable leg first (clinical.md 7.0)."""
    plan = plan_of('id = "S3", side = "both", level = "A"')
    script = script_of(plan, sore=Side.LEFT)
    right, left, _ = steps(script, PHRASES)
    assert right.side_label == PHRASES.say("side.leg", side=PHRASES.say("side.right"))
    assert left.side_label == PHRASES.say("side.leg", side=PHRASES.say("side.left"))


@pytest.mark.parametrize("name", [path.stem for path in SHIPPED.plans_folder.glob("*.toml")])
def test_every_ready_made_plan_has_words_for_every_step(name: str) -> None:
    """No empty line, no key that was left."""
    script = script_of(shipped_plan(name))
    lines = steps(script, PHRASES)
    assert len(lines) == len(course_of(script).blocks) + 1
    assert all(line.exercise_name and line.dose_text for line in lines)
    for block in course_of(script).blocks:
        assert dose_text(script.exercises[block.exercise], block.dose, PHRASES)


@pytest.mark.parametrize(
    ("plan", "may_choose"),
    [
        (plan_of('id = "S3", side = "left", level = "A"'), True),
        (plan_of('id = "S3", side = "both", level = "A"'), False),
    ],
)
def test_a_leg_may_be_chosen_when_one_leg_is_worked(plan: Plan, may_choose: bool) -> None:
    """Not when both are."""
    assert one_sided(plan, script_of(plan)) is may_choose


def test_minutes_are_the_planned_length(program: OpenedProgram) -> None:
    """Longer for a longer plan, never nothing."""
    first = program.app.today().minutes
    program.app.choose_plan("gentle-day")
    other = program.app.today().minutes
    assert first > 0
    assert other > 0
    assert first != other


def test_why_it_is_this_session_is_said(program: OpenedProgram) -> None:
    """On the first day in its own words."""
    assert program.app.today().why == (PHRASES.say("today.why_first"),)


def test_on_an_empty_home_nothing_stands_in_the_way(program: OpenedProgram) -> None:
    """No lock, nothing unfinished, the first plan."""
    today = program.app.today()
    assert (today.lock, today.unfinished, today.plan_id) == (None, None, "first-week")
