"""Every hazard has a control, a test that carries its mark, and its place on the page."""

import pytest

import safety_case
from marked_tests import ROOT
from safety_case import Hazard

HAZARDS = safety_case.hazards()


@pytest.fixture(scope="module")
def marks() -> dict[str, list[str]]:
    return safety_case.marks()


def test_the_table_holds_every_hazard_of_the_source_once() -> None:
    """clinical.md 10."""
    assert [row.id for row in HAZARDS] == [f"H{n:02}" for n in range(1, 26)]


def test_every_hazard_has_a_test(marks: dict[str, list[str]]) -> None:
    without = [row.id for row in HAZARDS if not marks.get(row.id)]
    assert not without, f"no test is marked with {', '.join(without)}"


def test_no_mark_names_a_hazard_that_is_not_there(marks: dict[str, list[str]]) -> None:
    assert set(marks) <= {row.id for row in HAZARDS}


@pytest.mark.parametrize("row", HAZARDS, ids=lambda row: row.id)
def test_a_row_is_whole_and_what_it_names_is_there(row: Hazard) -> None:
    """Its files exist and its rules are in the decision tables."""
    assert row.hazard and row.harm and row.asks and row.control
    assert row.severity in {f"S{n}" for n in range(1, 6)}
    assert row.likely in {"rare", "low", "med", "high"}
    for control in row.control:
        assert control.what and control.where
        assert [file for file in control.where if not (ROOT / file).is_file()] == []
    assert [rule for rule in row.rules if rule not in safety_case.rule_texts()] == []
    assert len(set(row.rules)) == len(row.rules)


def test_the_committed_page_is_up_to_date(marks: dict[str, list[str]]) -> None:
    current = safety_case.PAGE.read_text(encoding="utf-8") if safety_case.PAGE.exists() else ""
    assert current == safety_case.page(marks), f"run: {safety_case.COMMAND}"


def test_the_page_says_what_it_is_not(marks: dict[str, list[str]]) -> None:
    """Conventions, not yet reviewed; and where something is still open it says so."""
    text = " ".join(safety_case.page(marks).split())
    assert "The thresholds are conventions" in text
    assert "no clinician has reviewed them yet" in text
    assert "Not shown yet: No trial with people lying on the floor" in text


def test_a_missing_test_and_a_mark_of_no_hazard_are_noticed() -> None:
    """The two facts above, told of a table that lacks something."""
    marks = {row.id: ["tests/x.py::test_x"] for row in HAZARDS}
    test_every_hazard_has_a_test(marks)
    test_no_mark_names_a_hazard_that_is_not_there(marks)
    with pytest.raises(AssertionError, match="H07"):
        test_every_hazard_has_a_test({**marks, "H07": []})
    with pytest.raises(AssertionError):
        test_no_mark_names_a_hazard_that_is_not_there({**marks, "H26": ["tests/x.py::test_x"]})
