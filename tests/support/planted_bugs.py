"""Bugs planted on purpose in a copy of the program, each with the tests that must notice.

A bug is a piece of text replaced by another. The copy holds the program, its assets and the named
tests only, and runs them in a process of its own.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_SETTINGS = """[pytest]
addopts = --import-mode=importlib -p no:cacheprovider -q -x
pythonpath = tests/support
filterwarnings = error
markers =
    hazard(id): a hazard of the table
    rule(id): a rule of the decision table
    expects_log: the test provokes log records
"""
_COPIED = ("coach", "assets", "sessions", "tests/support", "tests/conftest.py")

RATINGS = "tests/rules/test_after_set_ratings.py"
REST = "tests/rules/test_after_set_rest_and_place.py"
FEELINGS = "tests/rules/test_after_set_feelings.py"
TRENDS = "tests/rules/test_after_set_trends.py"
LEVERS = "tests/rules/test_levers.py"
CHECK_IN = "tests/rules/test_check_in.py"
COURSE = "tests/engine/test_course.py"
FLOW = "tests/engine/test_session_flow.py"
INTERRUPTED = "tests/engine/test_session_interrupted.py"
REPLAYING = "tests/app/session/test_replaying.py"
NOTICED_BY = (
    RATINGS,
    REST,
    FEELINGS,
    TRENDS,
    LEVERS,
    CHECK_IN,
    COURSE,
    FLOW,
    INTERRUPTED,
    REPLAYING,
)


@dataclass(frozen=True)
class Bug:
    """In ``file`` the text ``right`` becomes ``wrong``; the tests in ``noticed_by`` must fail."""

    name: str
    file: str
    right: str
    wrong: str
    noticed_by: str


_TABLE = "assets/rules/after_set.toml"
_RULES = "coach/rules/after_set.py"

BUGS = (
    Bug(
        "three goes on",
        _TABLE,
        'when = "tingling or pain 3"\naction = "HOLD"',
        'when = "tingling or pain 3"\naction = "CONTINUE"',
        RATINGS,
    ),
    Bug(
        "seven only ends the exercise",
        _TABLE,
        'action = "END_SESSION"\nlow = 7\nhigh = 10',
        'action = "END_SESSION"\nlow = 8\nhigh = 10',
        RATINGS,
    ),
    Bug(
        "the mildest action wins",
        _RULES,
        "fired.sort(key=lambda entry: -entry[0])",
        "fired.sort(key=lambda entry: entry[0])",
        RATINGS,
    ),
    Bug(
        "only tingling is looked at",
        _RULES,
        "both = ((answers.tingling, start.tingling), (answers.pain, start.pain))",
        "both = ((answers.tingling, start.tingling),)",
        RATINGS,
    ),
    Bug(
        "a missing rating counts as calm",
        _RULES,
        "        context.answers.complete\n        and context.worst is not None",
        "        context.worst is not None",
        RATINGS,
    ),
    Bug(
        "a minute is more than sixty seconds",
        _RULES,
        "if seconds <= known.value:",
        "if seconds < known.value:",
        REST,
    ),
    Bug(
        "higher up counts as lower down",
        _RULES,
        "return 0 < self.zone_before < self.answers.zone",
        "return 0 < self.answers.zone < self.zone_before",
        REST,
    ),
    Bug(
        "the saddle is forgotten behind the list",
        _RULES,
        "place in context.answers.where or NEWS_OF_PLACE[place] in context.answers.new",
        "place in context.answers.where",
        REST,
    ),
    Bug(
        "numbness is a matter for tomorrow",
        _TABLE,
        'action = "SEE_CLINICIAN"',
        'action = "END_SESSION"',
        FEELINGS,
    ),
    Bug(
        "ending is milder than easing after three eases",
        _RULES,
        "asks = asked.eases or asked is Action.END_EXERCISE",
        "asks = asked.eases",
        TRENDS,
    ),
    Bug(
        "an exercise ended for want of levers is not counted",
        _RULES,
        "if strongest is not asked:",
        "if strongest is asked:",
        TRENDS,
    ),
    Bug(
        "easier bends the knee less",
        "coach/rules/levers.py",
        "min(dose.out.knee + RANGE_STEP",
        "min(dose.out.knee - RANGE_STEP",
        LEVERS,
    ),
    Bug(
        "a lever that changes nothing is counted",
        "coach/rules/levers.py",
        "        if easier != dose:\n            found.append(step)\n            dose = easier",
        "        found.append(step)\n        dose = easier",
        LEVERS,
    ),
    Bug(
        "not sure about a stop sign is fine",
        "coach/rules/check_in.py",
        "        return Tier.URGENT\n",
        "        return Tier.ADVISE\n",
        CHECK_IN,
    ),
    Bug(
        "an easy day begins at five",
        "coach/rules/check_in.py",
        "EASY_DAY_FROM = 4",
        "EASY_DAY_FROM = 5",
        CHECK_IN,
    ),
    Bug(
        "tags remove the wrong exercises",
        "coach/engine/course.py",
        "barred = sorted((planned.barred_by | exercise.barred_by) & clearance.bars)",
        "barred = sorted((planned.barred_by | exercise.barred_by) - clearance.bars)",
        COURSE,
    ),
    Bug(
        "the sore leg goes first",
        "coach/rules/plan_load.py",
        "first = (sore or Side.RIGHT).other",
        "first = sore or Side.LEFT",
        COURSE,
    ),
    Bug(
        "the lever is only said, not done",
        "coach/engine/stages/judging.py",
        "        used=used,\n",
        "        used=control.used,\n",
        FLOW,
    ),
    Bug(
        "every set is the first",
        "coach/engine/stages/judging.py",
        "history=remembered(control.history, answers, control.settled, action)",
        "history=control.history",
        FLOW,
    ),
    Bug(
        "lateness adds up",
        "coach/engine/run.py",
        "max(deadline, run.now_ms))",
        "max(to_ms, run.now_ms))",
        FLOW,
    ),
    Bug(
        "the message comes before the lock",
        "coach/engine/stages/closing.py",
        "(Locked(lock), Hush(), Say(action_message(action)))",
        "(Hush(), Say(action_message(action)), Locked(lock))",
        FLOW,
    ),
    Bug(
        "a hold is held again after a gap",
        "coach/engine/stages/moving.py",
        "held = any(phase.hold for phase in phases[: stage.phase + 1])",
        "held = all(phase.hold for phase in phases[: stage.phase + 1])",
        INTERRUPTED,
    ),
    Bug(
        "the rest can be clicked away",
        "coach/engine/stages/judging.py",
        """        case Stop():
            return leaving_soon(control)
        case _:
            return refuse(control, Refusal.REST_FIRST)""",
        """        case Stop():
            return leaving_soon(control)
        case _:
            return Stepped(at(control, Settle()))""",
        INTERRUPTED,
    ),
    Bug(
        "no answer is an answer after a minute",
        "coach/engine/timing.py",
        "GIVE_UP_MS = 240_000",
        "GIVE_UP_MS = 1",
        INTERRUPTED,
    ),
    Bug(
        "a report in a set is forgotten",
        "coach/engine/decide.py",
        "feels=answers.feels | reported.feels",
        "feels=answers.feels",
        INTERRUPTED,
    ),
    Bug(
        "the chain does not chain",
        "coach/formats/session_log.py",
        "sha256((previous + canonical(body)).encode())",
        "sha256(canonical(body).encode())",
        REPLAYING,
    ),
)


class Copy:
    """A copy of the program and the named tests, in which one bug at a time is planted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        skipped = shutil.ignore_patterns("__pycache__", "*.pyc", "_shipped")
        for name in (*_COPIED, *NOTICED_BY):
            source, target = ROOT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=skipped)
            else:
                shutil.copyfile(source, target)
        (folder / "pytest.ini").write_text(_SETTINGS, encoding="utf-8")

    def run(self, *tests: str) -> subprocess.CompletedProcess[str]:
        """Run these tests on the copy; Python's own caches are left out of it."""
        return subprocess.run(
            [sys.executable, "-m", "pytest", *tests],
            cwd=self.folder,
            env={
                **os.environ,
                "PYTHONPATH": str(self.folder),
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def run_with(self, bug: Bug) -> subprocess.CompletedProcess[str]:
        """Plant the bug, run its tests, and take it out again."""
        path = self.folder / bug.file
        sound = path.read_text(encoding="utf-8")
        assert sound.count(bug.right) == 1, f"{bug.file} no longer says what {bug.name} replaces"
        path.write_text(sound.replace(bug.right, bug.wrong), encoding="utf-8")
        try:
            return self.run(bug.noticed_by)
        finally:
            path.write_text(sound, encoding="utf-8")
