"""How long everything takes, to the millisecond."""

from dataclasses import replace

import pytest

from coach.domain.exercise import LevelName
from coach.engine.control import (
    CheckIn,
    Control,
    LeadIn,
    Move,
    Rate,
    Recover,
    Rest,
    RestPosition,
    Settle,
    Stage,
    Summary,
    SwitchSides,
    TenMinutes,
    WarmUp,
)
from coach.engine.inputs import Tick
from coach.engine.step import step
from coach.engine.timing import first_check_s
from coach.engine.view import block_of, duration_ms
from coach.rules.check_in import Clearance
from coach.rules.levers import base_dose
from playing import SHIPPED, Playing, plan_of, script_of

S3 = base_dose(SHIPPED.catalogue["S3"], LevelName.B)
SCRIPT = script_of(plan_of('id = "W1"', 'id = "S3", side = "both"'))


@pytest.mark.parametrize(
    ("rest_s", "asked_s"),
    [(30, 30), (39, 30), (40, 30), (41, 31), (45, 35), (69, 59), (70, 60), (71, 60), (180, 60)],
)
def test_when_it_is_first_asked_whether_it_has_settled(rest_s: int, asked_s: int) -> None:
    """Ten seconds before a short rest ends, from 30 to 60 seconds after the set."""
    assert first_check_s(rest_s) == asked_s


def test_a_stretch_is_held_for_as_long_as_its_level_says() -> None:
    """Three seconds in, ten held, three out, fifteen of rest before the questions."""
    playing = Playing(plan_of('id = "H1", side = "left"')).check_in(1).until(Move)
    began = playing.run.now_ms

    assert playing.until(Rate).run.now_ms - began == 3_000 + 10_000 + 3_000 + 15_000


def test_the_rest_position_lasts_two_minutes() -> None:
    playing = Playing(plan_of('id = "S3", side = "left"')).check_in(1)
    playing.until(Rate).rate(1).until(Settle).rest_reply(1)
    began = playing.until(RestPosition).run.now_ms

    assert playing.until(Summary).run.now_ms - began == 120_000


def test_from_the_rest_position_to_the_last_question_it_is_seven_and_a_half_minutes() -> None:
    playing = Playing(plan_of('id = "S3", side = "left"')).check_in(1)
    playing.until(Rate).rate(7).until(Settle).rest_reply(1)
    playing.until(TenMinutes)
    playing.wait(449_999)
    assert playing.stage == TenMinutes()
    playing.wait(1)

    assert playing.stage == TenMinutes(asking=True)


LASTING = [
    CheckIn(),
    WarmUp(),
    SwitchSides(),
    LeadIn(15_000),
    Move(0),
    Rate(),
    Rest(30),
    Settle(),
    Recover(10),
    RestPosition(),
    TenMinutes(),
]


@pytest.mark.parametrize("stage", LASTING, ids=lambda stage: type(stage).__name__)
def test_a_stage_ends_when_its_time_is_up_and_not_before(stage: Stage) -> None:
    """A late tick counts as well: a deadline that was missed has passed."""
    block = 0 if isinstance(stage, WarmUp) else 1
    control = Control(stage, Clearance(tingling=1, pain=0), block=block)
    planned = duration_ms(SCRIPT, control)
    assert planned is not None

    assert step(SCRIPT, control, Tick(planned - 1)) == (control, ())
    for elapsed in (planned, planned + 1, 100 * planned):
        assert step(SCRIPT, control, Tick(elapsed)).control.stage != stage


def test_once_the_course_is_done_its_last_block_is_the_one_looked_at() -> None:
    """Whoever draws the rest position still has an exercise to draw beside it."""
    blocks = SCRIPT.course(Clearance(tingling=1, pain=0)).blocks
    done = Control(RestPosition(), Clearance(tingling=1, pain=0), block=len(blocks))

    assert block_of(SCRIPT, done) == blocks[-1]
    assert block_of(SCRIPT, replace(done, block=0)) == blocks[0]
