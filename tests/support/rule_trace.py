"""Which tests show which rule: docs/rules-and-tests.md, made from the table and the tests' marks.

Run as a program it writes that file anew; with ``--marks`` it prints the marks found, as JSON.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from coach.app.rule_list import rule_objects
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "rules-and-tests.md"
COMMAND = "python tests/support/rule_trace.py"
_WHERE_TESTS_ARE = ("tests/rules", "tests/engine")

_HEAD = f"""# Rules and their tests

What the coach decides after a set, where each rule comes from, and the tests that show it on both
sides of its boundary. Made from the shipped decision table and the marks of the tests by
`{COMMAND}`; a test fails when it is out of date or a rule has no test.

| rule | when | action | source | tests |
|---|---|---|---|---|
"""


class _Marks:
    """A pytest plugin that notes which test functions carry which rule's mark."""

    def __init__(self) -> None:
        self.tests: defaultdict[str, set[str]] = defaultdict(set)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("rule"):
                path = item.path.relative_to(ROOT).as_posix()
                name = item.name.partition("[")[0]
                self.tests[mark.args[0]].add(f"{path}::{name}")


def _collect() -> int:
    marks = _Marks()
    options = ["--collect-only", "-qq", "--no-summary", f"--rootdir={ROOT}", "-p", "no:randomly"]
    sys.stdout, shown = sys.stderr, sys.stdout
    folders = [str(ROOT / folder) for folder in _WHERE_TESTS_ARE]
    status = pytest.main([*options, *folders], plugins=[marks])
    print(json.dumps({rule: sorted(tests) for rule, tests in marks.tests.items()}), file=shown)
    return status


def marked_tests() -> dict[str, list[str]]:
    """The tests of each rule id, from a collection of their own.

    So the answer does not depend on which tests the running selection holds.
    """
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, __file__, "--marks"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def table(marks: dict[str, list[str]]) -> str:
    """The whole file, a row for each row of the decision table."""
    rows = [rule for rule in rule_objects(Shipped(shipped_root())) if "numbers" in rule]
    lines = []
    for rule in rows:
        names = [test.rpartition("::")[2] for test in marks.get(rule["id"], [])]
        tests = "<br>".join(f"`{name}`" for name in sorted(names))
        cells = (rule["id"], rule["when"], rule["action"], rule["source"], tests)
        lines.append("| " + " | ".join(cells) + " |\n")
    return _HEAD + "".join(lines)


if __name__ == "__main__":
    if sys.argv[1:] == ["--marks"]:
        sys.exit(_collect())
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(table(marked_tests()), encoding="utf-8", newline="\n")
