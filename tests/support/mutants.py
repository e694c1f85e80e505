"""Mutation testing of the rules and the engine: small changes, one at a time, and who notices.

``python tests/support/mutants.py [MODULE…]`` lets cosmic-ray change a copy of the program in
``build/mutants`` and writes ``docs/mutants.md``. A mutant that was noticed is not tried again while
its module stays as it is; delete ``build/mutants`` to begin anew. ``--page`` tries nothing and
writes the page from what is known; what was not tried yet counts as not noticed.
"""

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from re import search

from cosmic_ray.config import serialize_config
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

from judge_mutant import NO_PROGRAM, NO_VERDICT
from planted_bugs import Copy

ROOT = Path(__file__).parents[2]
ROOMS = ("rules", "engine")
PAGE = ROOT / "docs" / "mutants.md"
SETTINGS = ROOT / "tests" / "mutants" / "settings.toml"
REASONS = ROOT / "tests" / "mutants" / "survivors.toml"
BUILD = ROOT / "build" / "mutants"
GOAL = 95  # per cent
#: The walk belongs to the tests: what it does not visit changes no session.
NO_PART_OF_A_SESSION = ("__init__.py", "walk.py")

_TOOL = Path(sys.executable).parent / "cosmic-ray"

_HEAD = """# Mutants

`make mutants` changes one small thing at a time in a copy of `coach/rules` and `coach/engine` and
runs the tests of both rooms on it. Almost every change is noticed; the others stand below, each
with the reason why nothing should notice it. The page is written by that command, and
`tests/mutants/` holds its settings and the reasons.

The tool is cosmic-ray. It moves every number up and down by one; turns conditions, `and`, `or`,
`not`, `True` and `False` round; puts neighbours in the place of comparisons and of arithmetic and
set operators; lets loops run not once; and takes decorators away. Left out are the options of
dataclasses (`frozen`, `slots`, `compare`, `repr`), docstrings, the wording of messages, and
`coach/engine/walk.py`, which is a tool of the tests. A change with which the module cannot be
imported is no mutant and is not counted. A survivor that has a reason is not tried again.

The walk over every shipped plan, the exhaustive check of the decision table and the planted bugs
take minutes, so no mutant is shown to them.
"""


@dataclass(frozen=True)
class Survivor:
    """A change that no test noticed: the line before and after it, without indentation."""

    module: str
    line: int
    right: str
    wrong: str


@dataclass(frozen=True)
class Score:
    """What became of a module's mutants; untried: how many nobody was shown yet."""

    module: str
    killed: int
    survivors: tuple[Survivor, ...]
    untried: int = 0

    @property
    def mutants(self) -> int:
        return self.killed + len(self.survivors) + self.untried


def modules() -> list[str]:
    """Every module of both rooms, as a path in the repository."""
    found = (path for room in ROOMS for path in (ROOT / "coach" / room).rglob("*.py"))
    return sorted(str(p.relative_to(ROOT)) for p in found if p.name not in NO_PART_OF_A_SESSION)


def session_of(module: str) -> Path:
    """The tool's database about a module."""
    return BUILD / f"{module.removesuffix('.py').replace('/', '.')}.sqlite"


class Bench:
    """A copy of the program, and a session of the tool for each module."""

    def __init__(self) -> None:
        self.settings = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))
        shutil.rmtree(BUILD / "copy", ignore_errors=True)
        self.copy = Copy(BUILD / "copy").folder
        skipped = shutil.ignore_patterns("__pycache__")
        for name in (*ROOMS, "golden"):
            source, target = ROOT / "tests" / name, self.copy / "tests" / name
            shutil.copytree(source, target, ignore=skipped, dirs_exist_ok=True)
        # Every test must pass as things are; this also leaves compiled files that save much time.
        for room in ROOMS:
            untouched = next(name for name in modules() if name.startswith(f"coach/{room}/"))
            done = self.run(*shlex.split(self.command(untouched)), stdout=subprocess.PIPE)
            if done.returncode:
                sys.exit(f"The tests fail without any mutant:\n{done.stdout.decode()}")

    def command(self, module: str) -> str:
        """The shell words that judge the module as it stands in the copy."""
        tests = self.settings["tests"]
        left = [f"--deselect={test}" for test in tests["deselected"]]
        rounds = [shlex.join(files + left) for files in self._rounds(module)]
        name = module.removesuffix(".py").replace("/", ".")
        return shlex.join([sys.executable, "tests/support/judge_mutant.py", name, *rounds])

    def _rounds(self, module: str) -> list[list[str]]:
        """The test files of the copy: the module's own and the likely ones, others, the slow."""
        tests = self.settings["tests"]
        stem, room = Path(module).stem, module.split("/")[1]
        found = (path for one in ROOMS for path in (self.copy / "tests" / one).glob("test_*.py"))
        files = sorted(str(path.relative_to(self.copy)) for path in found)
        judges = [name for name in files if name not in tests["never"]]
        here = [name for name in judges if name.split("/")[1] == room]
        near = [name for name in here if stem in name or name in tests["first"]]
        slow = [name for name in here if name in tests["last"] and name not in near]
        far = [name for name in here if name not in near + slow]
        far += [name for name in judges if name not in here and name in tests["first"]]
        return [files for files in (near, far, slow) if files]

    def run(
        self, *words: str | Path, stdout: int | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command in the copy."""
        paths = os.pathsep.join((str(self.copy), str(self.copy / "tests" / "support")))
        own = {
            "PYTHONPATH": paths,
            "PYTHONDONTWRITEBYTECODE": "",  # the tool sets it for the mutants themselves
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "TEST_PROFILE": "verdict",
        }
        return subprocess.run(
            words, cwd=self.copy, env={**os.environ, **own}, stdout=stdout, check=False
        )

    def judge(self, module: str) -> Score:
        """Try every mutant of a module that was not noticed yet."""
        session, config = session_of(module), session_of(module).with_suffix(".toml")
        cosmic = {
            **self.settings["cosmic-ray"],
            "module-path": module,
            "test-command": self.command(module),
        }
        config.write_text(serialize_config(cosmic), encoding="utf-8")
        how = repr((self.settings["cosmic-ray"]["filters"], self.settings["left-out"]))
        text = (self.copy / module).read_text(encoding="utf-8")
        known, seen = session.with_suffix(".sha256"), sha256((how + text).encode()).hexdigest()
        if not known.exists() or known.read_text(encoding="ascii") != seen:
            known.unlink(missing_ok=True)
            self.run(_TOOL, "init", config, session, "--force").check_returncode()
            self.run(_TOOL.with_name("cr-filter-operators"), session, config).check_returncode()
            with use_db(session) as db:
                self._leave_out(db, text.splitlines())
            known.write_text(seen, encoding="ascii")
        else:
            _forget_unexplained(module, session)
        self.run(_TOOL, "exec", config, session).check_returncode()
        with use_db(session) as db:
            return score(module, db)

    def _leave_out(self, db: WorkDB, lines: list[str]) -> None:
        pattern = "|".join(self.settings["left-out"]["lines"])
        skipped = [
            item.job_id
            for item in db.pending_work_items
            for mutation in item.mutations
            if search(pattern, lines[mutation.start_pos[0] - 1])
        ]
        db.set_multiple_results(skipped, WorkResult(WorkerOutcome.SKIPPED, "line left out"))


def _forget_unexplained(module: str, session: Path) -> None:
    """Let survivors without a reason be tried again: a new test may notice them."""
    known = reasons()
    with use_db(session) as db:
        again = [
            (item.job_id,)
            for item, result in db.completed_work_items
            if result.test_outcome is TestOutcome.SURVIVED
            and (module, *_changed(result.diff or "")) not in known
        ]
    with sqlite3.connect(session) as rows:
        rows.executemany("DELETE FROM work_results WHERE job_id = ?", again)


def score(module: str, db: WorkDB) -> Score:
    """Count what the tool wrote down."""
    killed, survivors = 0, []
    for item, result in db.completed_work_items:
        if result.worker_outcome is not WorkerOutcome.NORMAL:
            continue
        if NO_VERDICT in (result.output or ""):
            sys.exit(f"{module}: {result.output}")
        if result.test_outcome is TestOutcome.SURVIVED:
            right, wrong = _changed(result.diff or "")
            line = item.mutations[0].start_pos[0]
            survivors.append(Survivor(module, line, right, wrong))
        elif NO_PROGRAM not in (result.output or ""):
            killed += 1
    ordered = sorted(survivors, key=lambda s: (s.line, s.wrong))
    return Score(module, killed, tuple(ordered), len(list(db.pending_work_items)))


def _changed(diff: str) -> tuple[str, str]:
    """The lines a diff takes out and puts in."""
    lines = [line for line in diff.splitlines() if not line.startswith(("--- ", "+++ "))]
    return (
        " ".join(line[1:].strip() for line in lines if line.startswith("-")),
        " ".join(line[1:].strip() for line in lines if line.startswith("+")),
    )


def reasons() -> dict[tuple[str, str, str], str]:
    """Why a survivor may live, by module, right and wrong line."""
    if not REASONS.exists():
        return {}
    tables = tomllib.loads(REASONS.read_text(encoding="utf-8"))["survivor"]
    return {
        (table["module"], table["right"], wrong): table["reason"]
        for table in tables
        for wrong in table["wrong"]
    }


def page(scores: list[Score]) -> Iterator[str]:
    """The lines of ``docs/mutants.md``."""
    known = reasons()
    yield _HEAD
    yield "| module | mutants | noticed | % |"
    yield "|---|--:|--:|--:|"
    total, killed = sum(s.mutants for s in scores), sum(s.killed for s in scores)
    for one in scores:
        if one.mutants:
            yield f"| `{one.module}` | {one.mutants} | {one.killed} | {_percent(one)} |"
    yield f"| **all** | {total} | {killed} | {100 * killed / total:.1f} |"
    for one in scores:
        if one.untried:
            yield f"\n{one.untried} of `{one.module}` were not tried yet and count as not noticed."
    yield "\n## Survivors"
    for one in scores:
        if one.survivors:
            yield f"\n### `{one.module}`\n"
        by_line: dict[tuple[str, str], list[str]] = {}
        for survivor in one.survivors:
            reason = known.get((one.module, survivor.right, survivor.wrong), "**no reason yet**")
            by_line.setdefault((survivor.right, reason), []).append(survivor.wrong)
        for (right, reason), wrongs in by_line.items():
            yield f"- `{right}`"
            yield from (f"  - `{wrong or '(taken away)'}`" for wrong in wrongs)
            yield f"  {reason}"


def _percent(one: Score) -> str:
    return f"{100 * one.killed / one.mutants:.1f}"


def main(names: list[str]) -> int:
    """Judge the modules named (all without any), write the page; 1 when the goal is missed."""
    if names == ["--page"]:
        return write_page([known_score(module) for module in modules()])
    bench = Bench()
    scores = []
    for module in modules():
        if not names or module in names:
            found = bench.judge(module)
            if found.mutants:
                print(f"{module}: {found.killed} of {found.mutants} noticed", flush=True)
            scores.append(found)
    if names:
        for survivor in (s for one in scores for s in one.survivors):
            print(f"{survivor.module}:{survivor.line}: {survivor.right}\n    {survivor.wrong}")
        return 0
    return write_page(scores)


def known_score(module: str) -> Score:
    """What an earlier run found out about a module. Raises OSError when there was none."""
    with use_db(session_of(module)) as db:
        return score(module, db)


def write_page(scores: list[Score]) -> int:
    """Write the page; 1 when the goal is missed or a survivor has no reason."""
    PAGE.write_text("\n".join(page(scores)) + "\n", encoding="utf-8")
    known = reasons()
    unexplained = [
        survivor
        for one in scores
        for survivor in one.survivors
        if (survivor.module, survivor.right, survivor.wrong) not in known
    ]
    total, killed = sum(s.mutants for s in scores), sum(s.killed for s in scores)
    print(f"{killed} of {total} noticed, {len(unexplained)} survivors without a reason; see {PAGE}")
    return int(100 * killed < GOAL * total or bool(unexplained))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
