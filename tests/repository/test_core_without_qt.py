"""Everything but the window and the sound helper imports, and works, where there is no Qt."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

BLOCK = """
import importlib, pkgutil, sys


class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError(f"{name} is blocked")


sys.meta_path.insert(0, NoQt())
"""

WALK = """
rooms = ["domain", "body", "rules", "engine", "formats", "store", "voice", "app"]
names = ["coach.cli"]
for room in rooms:
    package = importlib.import_module(f"coach.{room}")
    names.append(package.__name__)
    names += [m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
for name in names:
    if name != "coach.voice.sound_helper":
        importlib.import_module(name)
print(*names, sep="\\n")
"""

RUN = """
from coach.cli import main

sys.exit(main(sys.argv[1:]))
"""


def without_qt(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a fresh Python does with the code when every import of Qt raises."""
    command = [sys.executable, "-c", BLOCK + code, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_block_really_blocks() -> None:
    ran = without_qt("import PySide6.QtCore")

    assert "PySide6 is blocked" in ran.stderr


def test_every_module_below_the_window_imports() -> None:
    ran = without_qt(WALK)

    assert ran.returncode == 0, ran.stderr
    assert {"coach.domain.plan", "coach.rules.after_set", "coach.engine.step"} <= set(
        ran.stdout.split()
    )


def test_a_whole_session_plays() -> None:
    plan = "sessions/plans/first-week.toml"
    ran = without_qt(RUN, "simulate", plan, "--answers", "sessions/answers/calm-day.toml", "--json")

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["outcome"] == "completed"


def test_the_rules_print() -> None:
    ran = without_qt(RUN, "rules")

    assert ran.returncode == 0, ran.stderr
    assert "SET-05" in ran.stdout
