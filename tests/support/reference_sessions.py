"""The reference sessions of sessions/logs: recorded by the program, decided again by the tests.

Run as a program it records them anew. Their clock starts at one fixed moment, so a log changes
only when what the program does has changed.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

from coach.app.session.headers import session_header
from coach.app.session.recorder import Recorder
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.app.simulation.simulate import SIMULATED, script_for, simulate, simulated_id
from coach.app.simulation.simulated_person import answer_to
from coach.domain.rating import News, SetAnswers
from coach.engine.control import Move, Stage
from coach.engine.inputs import (
    Acknowledge,
    ClockGap,
    Input,
    Pause,
    Report,
    Resume,
    SomethingWrong,
    Stop,
)
from coach.engine.run import Run, advance, give
from coach.formats.answers_file import Answers, read_answers
from coach.formats.plan_file import read_plan
from coach.formats.session_log import log_text

COMMAND = "python tests/support/reference_sessions.py"
BEGAN = datetime(2026, 6, 1, 18, 30, tzinfo=timezone(timedelta(hours=2)))
LOGS = Path("sessions") / "logs"

#: Log name -> plan and answers it is played with.
ANSWERED: Mapping[str, tuple[str, str]] = {
    "calm": ("first-week", "calm-day"),
    "both-sides": ("both-sides", "calm-day"),
    "easy-day": ("first-week", "easy-day"),
    "eased": ("first-week", "eased-day"),
    "ended-exercise": ("first-week", "ended-exercise"),
    "ended-session": ("first-week", "ended-session"),
    "slow-to-settle": ("first-week", "slow-to-settle"),
    "clinician": ("first-week", "numb-stays"),
    "urgent": ("first-week", "weak-leg"),
    "emergency-at-check-in": ("first-week", "emergency-at-check-in"),
    "emergency-after-a-set": ("first-week", "emergency-after-a-set"),
    "incomplete": ("first-week", "no-answer"),
}

#: What somebody presses while a set runs: milliseconds after the moment before, and the input.
Presses = tuple[tuple[int, Input], ...]

#: Log name -> what is pressed in the first set of a calm first week.
PRESSED: Mapping[str, Presses] = {
    "emergency-mid-set": (
        (14_000, SomethingWrong()),
        (4_000, Report(SetAnswers(new=frozenset({News.BOTH_LEGS_WEAK})))),
        (9_000, Acknowledge()),
    ),
    "interrupted": (
        (9_000, Pause()),
        (30_000, Resume()),
        (11_000, ClockGap()),
        (45_000, Resume()),
        (8_000, Stop()),
    ),
}


def wall(ms: int) -> str:
    """The time of day at a session millisecond."""
    return (BEGAN + timedelta(milliseconds=ms)).isoformat(timespec="milliseconds")


def _files(shipped: Shipped, plan: str, answers: str) -> tuple[str, Answers]:
    sessions = shipped.root / "sessions"
    plan_text = (sessions / "plans" / f"{plan}.toml").read_text(encoding="utf-8")
    path = sessions / "answers" / f"{answers}.toml"
    return plan_text, read_answers(path.read_bytes(), path.name)


def _answered(shipped: Shipped, plan: str, answers: str) -> str:
    plan_text, said = _files(shipped, plan, answers)
    read = read_plan(plan_text, plan, shipped.catalogue)
    return log_text(simulate(shipped, read, plan_text, said, wall).records)


def _pressed(shipped: Shipped, name: str, presses: Presses) -> str:
    """A first week in which the first set is interrupted by hand."""
    plan_text, said = _files(shipped, "first-week", "calm-day")
    script = script_for(shipped, read_plan(plan_text, "plan", shipped.catalogue), said)
    recorder = Recorder(wall)
    session = simulated_id(wall(0), f"{plan_text}{name}", said)
    recorder.header(
        session_header(shipped, script, plan_text, session=session, profile=SIMULATED, wall=wall(0))
    )
    run = Run(script)

    def on(until: Callable[[Stage], bool]) -> None:
        nonlocal run
        while not run.closed and not until(run.control.stage):
            reply = answer_to(run, said)
            if reply is None:
                assert run.deadline_ms is not None
                run, moments = advance(run, run.deadline_ms)
                recorder.moments(moments, None)
            else:
                delay, given = reply
                run, moments = give(run, given, run.now_ms + delay)
                recorder.moments(moments, given)

    on(lambda stage: isinstance(stage, Move))
    for delay, given in presses:
        run, moments = give(run, given, run.now_ms + delay)
        recorder.moments(moments, given)
    on(lambda _stage: False)
    return log_text(recorder.records)


def recorded(shipped: Shipped) -> dict[str, str]:
    """The text of every reference log, by name, as the program records it now."""
    logs = {name: _answered(shipped, *files) for name, files in ANSWERED.items()}
    logs |= {name: _pressed(shipped, name, presses) for name, presses in PRESSED.items()}
    return logs


if __name__ == "__main__":
    for log_name, text in recorded(Shipped(shipped_root())).items():
        path = shipped_root() / LOGS / f"{log_name}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
