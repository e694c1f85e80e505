"""Which test functions carry a mark, such as ``rule("SET-02")``, by the mark's first argument.

Run as a program it prints what it found as JSON: the mark's name comes first, then the folders.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class _Marks:
    """A pytest plugin that notes which test functions carry the mark."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tests: defaultdict[str, set[str]] = defaultdict(set)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers(self.name):
                path = item.path.relative_to(ROOT).as_posix()
                name = item.name.partition("[")[0]
                self.tests[mark.args[0]].add(f"{path}::{name}")


def _collect(name: str, *folders: str) -> int:
    marks = _Marks(name)
    options = ["--collect-only", "-qq", "--no-summary", f"--rootdir={ROOT}", "-p", "no:randomly"]
    sys.stdout, shown = sys.stderr, sys.stdout
    status = pytest.main([*options, *(str(ROOT / folder) for folder in folders)], plugins=[marks])
    print(json.dumps({id_: sorted(tests) for id_, tests in marks.tests.items()}), file=shown)
    return status


def marked_tests(name: str, *folders: str) -> dict[str, list[str]]:
    """The tests of each id that the mark ``name`` was given, from a collection of their own.

    So the answer does not depend on which tests the running selection holds.
    """
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, __file__, name, *folders],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(_collect(*sys.argv[1:]))
