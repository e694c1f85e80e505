"""The decision table as a file: read as the source has it, refused with every mistake named."""

from pathlib import Path

import pytest

from coach.domain.action import Action
from coach.domain.rating import News, Place
from coach.domain.rule import RuleStage
from coach.formats.bad_file import BadFile
from coach.formats.rules_file import read_rules
from coach.rules.after_set import KNOWN_IDS


@pytest.fixture(scope="session")
def text(root: Path) -> str:
    return (root / "assets/rules/after_set.toml").read_text(encoding="utf-8")


def faults(text: str) -> list[str]:
    with pytest.raises(BadFile) as bad:
        read_rules(text, "rules.toml")
    return str(bad.value).splitlines()


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_shipped_table_has_every_known_rule_with_its_source(text: str) -> None:
    table = read_rules(text, "rules.toml")
    assert {rule.id for rule in table} == KNOWN_IDS
    for rule in table:
        assert rule.when
        assert rule.source.startswith(("clinical.md 9", "plan file"))


def test_rows_keep_their_numbers(text: str) -> None:
    table = read_rules(text, "rules.toml")
    rows = {(rule.id, rule.action): rule for rule in table}
    assert (rows["SET-04", Action.EASE2].low, rows["SET-04", Action.EASE2].high) == (5, 5)
    assert (rows["REC-02", Action.EASE1].above_s, rows["REC-02", Action.EASE1].up_to_s) == (60, 120)
    assert rows["LOC-06", Action.EMERGENCY].place is Place.SADDLE
    assert News.CHEST_BREATH in rows["NEW-02", Action.EMERGENCY].new
    assert rows["TRD-05", Action.END_SESSION].stage is RuleStage.THEN


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ('id = "SET-01"', 'id = "SET-99"', 'id = "SET-01"', "id: SET-99 is not a known rule"),
        ('action = "HOLD"', 'action = "NAP"', 'action = "HOLD"', "action: must be one of CONTINUE"),
        ("low = 0\nhigh = 2", "low = 3\nhigh = 2", "low = 0", "low: is above high"),
        ("low = 0\n", "low = 11\n", "low = 0", "low: must be at most 10"),
        ("low = 0\n", 'low = "0"\n', "low = 0", "low: must be a whole number"),
        ("low = 0\n", "lowest = 0\n", "low = 0", "lowest: is not a known key"),
        ('place = "saddle"', 'place = "elbow"', 'place = "saddle"', "place: must be 'back'"),
        ("drop = 3", "drop = -1", "drop = 3", "drop: must be at least 0"),
    ],
)
def test_a_mistake_in_a_row_is_named_with_its_place(
    text: str, old: str, new: str, at: str, message: str
) -> None:
    found = faults(text.replace(old, new, 1))
    line = line_of(text, at)
    assert any(
        fault.startswith(f"rules.toml:{line}: rule.") and message in fault for fault in found
    ), found


@pytest.mark.parametrize("rule", sorted(KNOWN_IDS - {"SET-01"}))
def test_a_table_without_one_of_the_rules_is_refused(text: str, rule: str) -> None:
    """Losing a row would be the quietest way to lose a rule."""
    assert faults(text.replace(f'id = "{rule}"', 'id = "SET-01"'))[-1].endswith(
        f"leaves out {rule}"
    )


def test_every_mistake_is_named_at_once(text: str) -> None:
    broken = text.replace("low = 3", "low = 12", 1).replace('id = "NEW-04"', 'id = "X"', 1)
    found = "\n".join(faults(broken))
    for mistake in ("must be at most 10", "X is not a known rule", "leaves out NEW-04"):
        assert mistake in found


@pytest.mark.parametrize(
    "broken", ["", "format = 3", 'format = "nerve-coach.rules/2"', 'format = "nerve-coach.rules/1"']
)
def test_another_file_is_no_table(broken: str) -> None:
    assert faults(broken)
