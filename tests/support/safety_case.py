"""Hazard, control, rules and tests: docs/safety-case.md, from the hazard table and the marks.

Run as a program it writes that file anew.
"""

import tomllib
from dataclasses import dataclass
from itertools import groupby

from coach.app.rule_list import rule_objects
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from marked_tests import ROOT, marked_tests

PAGE = ROOT / "docs" / "safety-case.md"
HAZARDS = ROOT / "tests" / "support" / "hazards.toml"
COMMAND = "python tests/support/safety_case.py"

_HEAD = f"""# Hazards, what holds them, and the tests that show it

What could go wrong with a coach like this one, what harm it would do, what is built against it, and
which tests show that it works. Each hazard names what its test has to show. Made from the
hazard table (`tests/support/hazards.toml`), the decision tables and the marks of the tests by
`{COMMAND}`; a test fails when this page is out of date, a hazard has no test, or a
mark names no hazard.

Read it with two things in mind. The thresholds are conventions, carried over from published advice
about pain and set on the cautious side; no clinician has reviewed them yet, nor this page. And a
test shows that the program does what was written down, not that what was written down is right.

Severity: S1 discomfort, S2 a flare of symptoms, S3 harm that needs care, S4 serious harm, S5 death
or lasting harm. How likely is judged before anything is built against it. Rules are listed with
their tests in [rules-and-tests.md](rules-and-tests.md).
"""


@dataclass(frozen=True)
class Control:
    """What holds a hazard, and the files of ours where it is built."""

    what: str
    where: tuple[str, ...]


@dataclass(frozen=True)
class Hazard:
    """One row of the table; covers is empty where nothing is left to be shown."""

    id: str
    hazard: str
    harm: str
    severity: str
    likely: str
    control: tuple[Control, ...]
    rules: tuple[str, ...]
    asks: str
    covers: str = ""


def hazards() -> tuple[Hazard, ...]:
    """The table, in its order."""
    rows = tomllib.loads(HAZARDS.read_text(encoding="utf-8"))["hazard"]
    return tuple(
        Hazard(
            **{
                **row,
                "control": tuple(Control(c["what"], tuple(c["where"])) for c in row["control"]),
                "rules": tuple(row["rules"]),
            }
        )
        for row in rows
    )


def rule_texts() -> dict[str, str]:
    """What each rule of the check-in and of the decision tables looks at; its first row speaks."""
    texts: dict[str, str] = {}
    for rule in rule_objects(Shipped(shipped_root())):
        texts.setdefault(rule["id"], rule["when"])
    return texts


def marks() -> dict[str, list[str]]:
    """The tests of each hazard id."""
    return marked_tests("hazard", "tests")


def _tests(found: list[str]) -> list[str]:
    lines = []
    for file, tests in groupby(sorted(found), key=lambda test: test.partition("::")[0]):
        names = ", ".join(f"`{test.partition('::')[2]}`" for test in tests)
        lines.append(f"- `{file}`: {names}\n")
    return lines


def _section(hazard: Hazard, texts: dict[str, str], found: list[str]) -> str:
    parts = [
        f"\n## {hazard.id}. {hazard.hazard}\n\n",
        f"Harm: {hazard.harm} Severity {hazard.severity}, likely: {hazard.likely}.\n\n",
        "What holds it:\n\n",
        *(f"- {c.what} ({', '.join(f'`{file}`' for file in c.where)})\n" for c in hazard.control),
    ]
    if hazard.rules:
        parts += ["\nRules:\n\n", *(f"- {rule}: {texts[rule]}\n" for rule in hazard.rules)]
    parts += [f"\nTo be shown: {hazard.asks}\n\n", *_tests(found)]
    if hazard.covers:
        parts.append(f"\nNot shown yet: {hazard.covers}\n")
    return "".join(parts)


def page(found: dict[str, list[str]]) -> str:
    """The whole file."""
    texts = rule_texts()
    rows = hazards()
    lines = ["\n| | hazard | severity | likely | tests |\n|---|---|---|---|---|\n"]
    for row in rows:
        count = len(found.get(row.id, []))
        lines.append(f"| {row.id} | {row.hazard} | {row.severity} | {row.likely} | {count} |\n")
    return (
        _HEAD
        + "".join(lines)
        + "".join(_section(row, texts, found.get(row.id, [])) for row in rows)
    )


if __name__ == "__main__":
    PAGE.write_text(page(marks()), encoding="utf-8", newline="\n")
