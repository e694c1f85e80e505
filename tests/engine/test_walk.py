"""Every reachable state of every shipped plan obeys the laws of the engine."""

import pytest

from coach.engine.invariants import LAWS
from coach.engine.run import Run, advance
from coach.engine.walk import question_classes
from playing import plan_of, script_of, shipped_plan
from walking import PLANS, walk_every_plan


def test_every_shipped_plan_is_walked_to_the_last_state_without_a_broken_law() -> None:
    """Two processes share the plans; nothing is sampled."""
    walked = walk_every_plan()

    assert {name: found.broken for name, found in walked.items() if found.broken} == {}
    assert all(found.states > 1_000 for found in walked.values())


def test_the_laws_are_numbered_in_order() -> None:
    """The number at the head of a law's docstring is its place."""
    numbers = [law.__doc__.split(".")[0] for law in LAWS if law.__doc__]

    assert numbers == [str(n) for n in range(1, len(LAWS) + 1)]


def test_question_classes_keep_every_locking_tier_and_every_tag_that_bars_an_exercise() -> None:
    """The walk asks fewer questions; none of the ways a check-in can turn out is lost."""
    script = script_of(shipped_plan("desk-day"), full=True)

    classes = question_classes(script)

    assert {q.tier.name for q in classes if q.tier.locks} == {"CLEARANCE", "URGENT", "EMERGENCY"}
    assert "no-stand" in {q.tag for q in classes}


def test_a_session_left_alone_ends_by_itself() -> None:
    """Nobody answers, nobody presses anything: five minutes later it is incomplete."""
    run, _ = advance(Run(script_of(plan_of('id = "S3", side = "left"'))), 24 * 3600 * 1000)

    assert run.ledger.outcome == "incomplete"
    assert run.ledger.closed_ms == 300_000


@pytest.mark.parametrize("name", PLANS)
def test_every_plan_can_be_completed(name: str) -> None:
    """The summary of a completed session is among the reachable states."""
    script = script_of(shipped_plan(name))
    course = script.course(Run(script).control.clearance)

    assert course.playable
