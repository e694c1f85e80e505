"""H22: the questions before a session come in another order each time, tier after tier."""

import random

import pytest

from coach.app.session.question_order import as_written, varied
from opened_program import SHIPPED


@pytest.mark.hazard("H22")
@pytest.mark.parametrize("full", [True, False])
def test_each_tier_is_shuffled_by_itself(full: bool) -> None:
    """All questions, each once; the most serious first, as written where nothing shuffles."""
    asked = SHIPPED.questions(full=full)
    orders = {varied(asked, random.Random(seed).shuffle) for seed in range(20)}
    assert len(orders) > 10
    for order in orders:
        assert sorted(q.id for q in order) == sorted(q.id for q in asked)
        assert [q.tier for q in order] == [q.tier for q in asked]
    assert varied(asked, as_written) == asked
