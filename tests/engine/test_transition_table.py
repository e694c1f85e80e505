"""The committed transition table: a change of behaviour shows as a change of lines."""

import difflib

import pytest

from transition_table import GOLDEN, table


@pytest.mark.hazard("H25")
def test_the_transition_table_is_as_committed() -> None:
    """``python tests/support/transition_table.py`` writes it anew after a wanted change."""
    committed = GOLDEN.read_text(encoding="utf-8").splitlines()
    now = table().splitlines()

    assert list(difflib.unified_diff(committed, now, "committed", "now", lineterm="", n=0)) == []
