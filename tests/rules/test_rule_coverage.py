"""Every rule of the decision table has a test that carries its mark, and the table says which."""

import pytest

import rule_trace
from playing import SHIPPED

IDS = sorted({rule.id for rule in SHIPPED.after_set.table})


@pytest.fixture(scope="module")
def marks() -> dict[str, list[str]]:
    return rule_trace.marks()


def test_every_rule_has_a_test(marks: dict[str, list[str]]) -> None:
    without = [rule for rule in IDS if rule not in marks]
    assert not without, f"no test is marked with {', '.join(without)}"


def test_no_test_is_marked_with_a_rule_that_is_not_there(marks: dict[str, list[str]]) -> None:
    assert sorted(marks) == IDS


def test_every_rule_of_the_source_is_in_the_table() -> None:
    """clinical.md 9.3, with the stopped set of 9.1 and a plan's own limit."""
    counts = {"SET": 9, "REC": 4, "LOC": 6, "CHR": 5, "NEW": 4, "TRD": 6, "SYS": 1}
    source = {f"{name}-{n:02}" for name, count in counts.items() for n in range(1, count + 1)}
    assert set(IDS) == source | {"LIMIT"}


def test_the_committed_table_is_up_to_date(marks: dict[str, list[str]]) -> None:
    current = rule_trace.TABLE.read_text(encoding="utf-8") if rule_trace.TABLE.exists() else ""
    assert current == rule_trace.table(marks), f"run: {rule_trace.COMMAND}"
