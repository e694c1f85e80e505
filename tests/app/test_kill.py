"""kill -9 at any moment of a running session loses no acknowledged answer."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

import coach
from coach.app.session.replaying import replay
from coach.formats.session_log import LogRecord, log_text, read_log
from coach.store.records import LogEntry
from fake_clock import FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram

KILLS = 50
#: A whole session of these answers takes about this many.
ANSWERS = 45
TESTS = Path(__file__).parents[1]
PROGRAM = Path(__file__).with_name("playing_process.py")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")


class Players:
    """Processes that play sessions, one after the other."""

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self._stdin = stdin
        self._stdout = stdout

    def killed(self, folder: Path, answers: int, moment: random.Random) -> list[dict[str, Any]]:
        """The answers a process acknowledged in all, killed some time after so many."""
        self._stdin.write(f"{folder}\n".encode())
        self._stdin.flush()
        process = int(self._stdout.readline())
        lines = [self._stdout.readline() for _ in range(answers)]
        # Some way into the next write, or as far as a beginning or an end, where no answers come.
        for _ in range(moment.randrange(moment.choice((20_000, 3_000_000)))):
            pass
        os.kill(process, signal.SIGKILL)
        while (line := self._stdout.readline()) != b"end\n":
            lines.append(line)
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def players() -> Iterator[Players]:
    folders = (Path(coach.__file__).parents[1], TESTS / "fakes", TESTS / "support")
    with subprocess.Popen(
        [sys.executable, str(PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Players(process.stdin, process.stdout)
        process.stdin.close()


def kept_inputs(entries: list[LogEntry]) -> list[dict[str, Any]]:
    return [json.loads(entry.data) for entry in entries if entry.type == "input"]


def all_entries(program: OpenedProgram) -> list[list[LogEntry]]:
    """The log of every session in the order they were begun."""
    rows = program.on_disk("SELECT id FROM session ORDER BY started_utc")
    return [program.store.entries(row[0]) for row in rows]


def check_chain(entries: list[LogEntry]) -> None:
    records = [LogRecord(e.seq, e.type, e.ms, e.wall, json.loads(e.data), e.h) for e in entries]
    assert len(read_log(log_text(records), "kept")) == len(entries)


@pytest.mark.parametrize("seed", range(KILLS))
def test_no_acknowledged_answer_is_lost(players: Players, tmp_path: Path, seed: int) -> None:
    """All are in the log, the chain holds, and the session goes on or is closed as it stands."""
    moment = random.Random(seed)
    acknowledged = players.killed(tmp_path, moment.randrange(ANSWERS + 3), moment)
    clock = FakeClock()
    with OpenedProgram(tmp_path, clock) as program:
        program.let_a_minute_pass()
        logs = all_entries(program)
        kept = [given for entries in logs for given in kept_inputs(entries)]
        # At most one more was kept and not yet named.
        assert kept[: len(acknowledged)] == acknowledged
        assert len(kept) <= len(acknowledged) + 1
        for entries in logs:
            check_chain(entries)
        if not logs:
            assert not acknowledged
            return

        over = logs[-1][-1].type == "closed"
        offered = program.app.today().unfinished
        resumes = seed % 5 == 0
        assert (offered is None) == over
        if offered is not None:
            if resumes:
                live = program.app.resume_unfinished()
                LivePlayer(live, clock, shipped_answers("eased-day")).play()
            else:
                program.app.finish_unfinished()
        assert program.app.today().unfinished is None

        last = program.store.last_session(program.profile)
        assert last is not None
        assert last.outcome == ("completed" if over or resumes else "incomplete")
        path = program.home.session_log(last.id)
        assert replay(SHIPPED, path.read_bytes(), path.name).differences == ()
        assert kept_inputs(program.store.entries(last.id))[: len(kept_inputs(logs[-1]))] == (
            kept_inputs(logs[-1])
        )


def test_killed_again_and_again_it_still_ends(players: Players, tmp_path: Path) -> None:
    """Twenty processes of one home, each cut off and resumed by the next."""
    moment = random.Random(20)
    acknowledged = []
    for _ in range(20):
        acknowledged += players.killed(tmp_path, moment.randrange(6), moment)
    with OpenedProgram(tmp_path, FakeClock()) as program:
        logs = all_entries(program)
        for entries in logs:
            check_chain(entries)
        kept = [given for entries in logs for given in kept_inputs(entries)]
        # Resuming adds the gap, which nobody gave, and a kill may leave one that was not named.
        found = iter(given for given in kept if given["kind"] != "ClockGap")
        assert all(given in found for given in acknowledged)
        assert len(acknowledged) > 20
