"""The rules from day to day as a file: read as the source has it, refused with every mistake."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.formats.bad_file import BadFile
from coach.formats.day_rules_file import NUMBERS, read_day_rules


@pytest.fixture(scope="session")
def text(root: Path) -> str:
    return (root / "assets/rules/across_days.toml").read_text(encoding="utf-8")


def faults(text: str) -> list[str]:
    with pytest.raises(BadFile) as bad:
        read_day_rules(text, "days.toml")
    return str(bad.value).splitlines()


def changed(text: str, rule: str, old: str, new: str) -> str:
    """The text with ``old`` replaced in the row of one rule."""
    before, row = text.split(f'id = "{rule}"\n')
    assert old in row
    return before + f'id = "{rule}"\n' + row.replace(old, new, 1)


def line_of(text: str, rule: str, part: str) -> int:
    return text[: text.index(part, text.index(f'id = "{rule}"'))].count("\n") + 1


def test_the_shipped_file_has_every_known_rule_with_its_source(text: str) -> None:
    table = read_day_rules(text, "days.toml")

    assert table.keys() == NUMBERS.keys()
    for name, rule in table.items():
        assert rule.id == name
        assert rule.when
    assert table["DAY-03"].source == "clinical.md 9.4 DAY-03"
    assert table["REC-04"].source == "clinical.md 9.3 REC-04"
    assert table["PRG-01"].source == "clinical.md 9.5"
    assert table["CAP-02"].source == "clinical.md 7.0 caps"


def test_the_shipped_numbers_are_those_of_the_source(text: str) -> None:
    """clinical.md 9.4, 9.5 and 7.0, copied here once by hand."""
    table = read_day_rules(text.encode(), "days.toml")
    numbers = {
        rule: tuple(getattr(table[rule], key) for key in keys) for rule, keys in NUMBERS.items()
    }

    assert {rule: found for rule, found in numbers.items() if found} == {
        "DAY-01": (1,),
        "DAY-02": (2, 2, 24),
        "DAY-03": (3, 3, 48),
        "DAY-04": (4, 48, 2, 7),
        "DAY-05": (2, 24, 2),
        "DAY-07": (2, 7, 3),
        "DAY-08": (2, 7, 3, 14),
        "DAY-09": (2, 30, 28, 8),
        "REC-04": (48,),
        "PRG-01": (3, 72),
        "PRG-03": (4,),
        "PRG-04": (7,),
        "PRG-05": (14,),
        "PRG-06": (2, 14),
        "PRG-07": (3,),
        "PRG-11": (1,),
        "CAP-01": (2,),
        "CAP-02": (4,),
    }
    assert (table["DAY-01"].low, table["DAY-04"].high) == (0, 10)


@pytest.mark.parametrize(
    ("rule", "old", "new", "message"),
    [
        ("DAY-04", "gap_h = 48", "gap_h = 0", "gap_h: must be at least 1"),
        ("DAY-04", "gap_h = 48", "gap_h = 169", "gap_h: must be at most 168"),
        ("DAY-04", "gap_h = 48", 'gap_h = "48"', "gap_h: must be a whole number"),
        ("DAY-04", "gap_h = 48", "gaps = 48", "gaps: is not a known key"),
        ("DAY-04", "low = 4", "low = 11", "low: must be at most 10"),
        ("DAY-04", "low = 4", "low = 5", "low: must follow on DAY-03, which ends at 3"),
        ("DAY-02", "low = 2", "low = 1", "low: must follow on DAY-01, which ends at 1"),
        ("DAY-02", "low = 2", "low = 3", "low: is above high"),
        ("DAY-07", "days = 7", "days = 61", "days: must be at most 60"),
        ("DAY-07", "entries = 3", "sessions = 3", "sessions: is not used by DAY-07"),
        ("DAY-08", "\ntimes = 2", "\ntimes = 3", "times: must be below long_times, which is 3"),
        ("DAY-08", "\ndays = 7", "\ndays = 14", "days: must be below long_days, which is 14"),
        ("DAY-09", "share = 30", "share = 101", "share: must be at most 100"),
        ("PRG-01", "sessions = 3", "sessions = 0", "sessions: must be at least 1"),
        ("PRG-01", "sessions = 3", "sessions = 21", "sessions: must be at most 20"),
        ("PRG-04", "days = 7", "days = 14", "days: must be below days of PRG-05, which is 14"),
        ("PRG-06", "times = 2", "times = 3", "times: must be below times of PRG-07, which is 3"),
        ("CAP-02", "gap_h = 4", "gap_h = -4", "gap_h: must be at least 1"),
    ],
)
def test_a_mistake_in_a_row_is_named_with_its_place(
    text: str, rule: str, old: str, new: str, message: str
) -> None:
    found = faults(changed(text, rule, old, new))
    line = line_of(text, rule, old.strip())

    assert any(
        fault.startswith(f"days.toml:{line}: rule.") and message in fault for fault in found
    ), found


@pytest.mark.parametrize(
    ("rule", "key"), [(rule, key) for rule, keys in NUMBERS.items() for key in keys]
)
def test_a_row_without_one_of_its_numbers_is_refused(text: str, rule: str, key: str) -> None:
    """A number left out must not quietly become nothing."""
    before, row = text.split(f'id = "{rule}"\n')
    lines = row.split("\n")
    lines.remove(next(line for line in lines if line.startswith(f"{key} = ")))
    found = faults(before + f'id = "{rule}"\n' + "\n".join(lines))

    assert any(fault.endswith(f"{key}: is missing") for fault in found), found


def _renamed(text: str, rule: str) -> str:
    return text.replace(f'id = "{rule}"', 'id = "X-01"')


def _without(text: str, rule: str) -> str:
    rows = text.split("[[rule]]")
    return "[[rule]]".join(row for row in rows if f'id = "{rule}"' not in row)


@pytest.mark.parametrize("losing", [_renamed, _without])
@pytest.mark.parametrize("rule", NUMBERS)
def test_a_table_without_one_of_the_rules_is_refused(
    text: str, rule: str, losing: Callable[[str, str], str]
) -> None:
    """Losing a row would be the quietest way to lose a rule."""
    assert any(fault.endswith(f"rule: leaves out {rule}") for fault in faults(losing(text, rule)))


@pytest.mark.parametrize("rule", NUMBERS)
def test_a_rule_that_is_there_twice_is_refused(text: str, rule: str) -> None:
    """One of the two would have no say."""
    row = next(row for row in text.split("[[rule]]") if f'id = "{rule}"' in row)
    found = faults(text + "\n[[rule]]" + row)

    assert len(found) == 1
    assert found[0].endswith(f"id: {rule} is there twice")


def test_every_mistake_is_named_at_once(text: str) -> None:
    broken = changed(text, "DAY-04", "low = 4", "low = 12")
    broken = changed(broken, "CAP-01", "times = 2", "times = 0")
    found = "\n".join(faults(_renamed(broken, "PRG-05")))

    for mistake in ("at most 10", "at least 1", "X-01 is not a known rule", "leaves out PRG-05"):
        assert mistake in found


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "format = 3",
        'format = "nerve-coach.days/2"',
        'format = "nerve-coach.days/1"',
        'format = "nerve-coach.days/1"\nrule = []',
        'format = "nerve-coach.days/1"\nrule = [3]',
    ],
)
def test_another_file_is_no_table(broken: str) -> None:
    assert faults(broken)
