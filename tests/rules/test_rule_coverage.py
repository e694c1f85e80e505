"""Every rule that is read from a table has a test with its mark, and a document says which."""

import pytest

import rule_trace
from playing import SHIPPED

AFTER_SET = {rule.id for rule in SHIPPED.after_set.table}
IDS = sorted(AFTER_SET | SHIPPED.across_days.keys())


@pytest.fixture(scope="module")
def marks() -> dict[str, list[str]]:
    return rule_trace.marks()


def test_every_rule_has_a_test(marks: dict[str, list[str]]) -> None:
    without = [rule for rule in IDS if rule not in marks]
    assert not without, f"no test is marked with {', '.join(without)}"


def test_no_test_is_marked_with_a_rule_that_is_not_there(marks: dict[str, list[str]]) -> None:
    assert sorted(marks) == IDS


def numbered(**counts: int) -> set[str]:
    return {f"{name}-{n:02}" for name, count in counts.items() for n in range(1, count + 1)}


def test_every_rule_of_the_source_is_in_the_table() -> None:
    """clinical.md 9.3, with the stopped set of 9.1 and a plan's own limit."""
    assert numbered(SET=9, REC=4, LOC=6, CHR=5, NEW=4, TRD=6, SYS=1) | {"LIMIT"} == AFTER_SET


def test_every_rule_from_day_to_day_is_in_its_table() -> None:
    """clinical.md 9.4, 9.5 and the caps of 7.0; REC-04 of 9.3 reaches into the next days."""
    assert set(SHIPPED.across_days) == numbered(DAY=10, PRG=13, CAP=4) | {"REC-04"}


def test_the_committed_table_is_up_to_date(marks: dict[str, list[str]]) -> None:
    current = rule_trace.TABLE.read_text(encoding="utf-8") if rule_trace.TABLE.exists() else ""
    assert current == rule_trace.table(marks), f"run: {rule_trace.COMMAND}"
