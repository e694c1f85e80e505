"""The walk counts what it sees and shows a few examples of every law it finds broken."""

import pytest

from coach.engine import walk as walking
from coach.engine.control import Control, RestPosition, Summary
from coach.engine.walk import edges, walk
from coach.rules.check_in import Clearance
from playing import plan_of, script_of

SCRIPT = script_of(plan_of('id = "S1", side = "left"'))


def test_a_walk_begins_where_it_is_told_to() -> None:
    """From the summary nothing leads on; from the rest position a few stages do."""
    over = Control(Summary())
    resting = Control(RestPosition(), Clearance(tingling=1, pain=0), block=1)

    assert {edge.before for edge in edges(SCRIPT, over)} == {over}
    found = {type(edge.before.stage).__name__ for edge in edges(SCRIPT, resting)}
    assert {"RestPosition", "Paused", "Wrong", "Summary", "Message"} <= found
    assert "CheckIn" not in found
    assert next(edges(SCRIPT)).before == Control()


def test_broken_laws_are_counted_and_five_of_them_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    resting = Control(RestPosition(), Clearance(tingling=1, pain=0), block=1)
    seen = list(edges(SCRIPT, resting))
    monkeypatch.setattr(walking, "edges", lambda _script: iter(seen))
    monkeypatch.setattr(walking, "broken_laws", lambda _edge: ["a_law"])

    walked = walk(SCRIPT)

    assert walked.edges == len(seen)
    assert walked.states == len({edge.before for edge in seen})
    assert len(walked.broken) == 5
    assert all(example.startswith("['a_law']") for example in walked.broken)
    assert len(walk(SCRIPT, most_examples=2).broken) == 2
