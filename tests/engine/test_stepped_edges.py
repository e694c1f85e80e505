"""Whether a stage is over, and which block a session is in."""

import pytest

from coach.engine.control import Control, LeadIn, Paused
from coach.engine.inputs import Tick
from coach.engine.stages.stepped import is_over
from coach.engine.view import block_of
from playing import plan_of, script_of

SCRIPT = script_of(plan_of('id = "S3", side = "left"', 'id = "H1", side = "left"'))


@pytest.mark.parametrize(("elapsed_ms", "over"), [(4_999, False), (5_000, True), (5_001, True)])
def test_a_stage_is_over_from_its_planned_end_on(elapsed_ms: int, over: bool) -> None:
    assert is_over(SCRIPT, Control(stage=LeadIn(5_000)), Tick(elapsed_ms)) is over


def test_what_waits_for_a_person_is_never_over_by_itself() -> None:
    assert not is_over(SCRIPT, Control(stage=Paused(LeadIn(5_000))), Tick(10**9))


@pytest.mark.parametrize(("block", "exercise"), [(0, "S3"), (1, "H1"), (2, "H1"), (3, "H1")])
def test_after_the_last_block_it_is_still_the_last_one(block: int, exercise: str) -> None:
    assert block_of(SCRIPT, Control(block=block)).exercise == exercise
