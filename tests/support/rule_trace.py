"""Which tests show which rule: docs/rules-and-tests.md, made from the tables and the tests' marks.

Run as a program it writes that file anew.
"""

from coach.app.rule_list import rule_objects
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from marked_tests import ROOT, marked_tests

TABLE = ROOT / "docs" / "rules-and-tests.md"
COMMAND = "python tests/support/rule_trace.py"
_WHERE_TESTS_ARE = ("tests/rules", "tests/engine")

_HEAD = f"""# Rules and their tests

What the coach decides after a set and from day to day, where each rule comes from, and the tests
that show it on both sides of its boundary. Made from the shipped tables and the marks of the tests
by `{COMMAND}`; a test fails when it is out of date or a rule has no test.

| rule | when | action | source | tests |
|---|---|---|---|---|
"""


def marks() -> dict[str, list[str]]:
    """The tests of each rule id."""
    return marked_tests("rule", *_WHERE_TESTS_ARE)


def table(found: dict[str, list[str]]) -> str:
    """The whole file, a row for each row of the tables."""
    rows = [rule for rule in rule_objects(Shipped(shipped_root())) if "numbers" in rule]
    lines = []
    for rule in rows:
        names = [test.rpartition("::")[2] for test in found.get(rule["id"], [])]
        tests = "<br>".join(f"`{name}`" for name in sorted(names))
        cells = (rule["id"], rule["when"], rule["action"], rule["source"], tests)
        lines.append("| " + " | ".join(cells) + " |\n")
    return _HEAD + "".join(lines)


if __name__ == "__main__":
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(table(marks()), encoding="utf-8", newline="\n")
