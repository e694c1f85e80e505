"""Killed at any moment, the store has everything it said it had."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import coach
from coach.store.database import Database
from coach.store.paths import Home
from coach.store.records import Profile
from coach.store.sessions import SessionStore

ROUNDS = 20
PROGRAM = Path(__file__).with_name("appending_process.py")
ROOT = Path(coach.__file__).parents[1]


def acknowledged_before_kill(folder: Path, session: str, moment: random.Random) -> int:
    """How many entries a process acknowledged until kill -9 ended it."""
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder), session],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        read = moment.randrange(60)
        for _ in range(read):
            assert process.stdout.readline()
        # Some way into the next transaction, not always at the end of the last.
        for _ in range(moment.randrange(20_000)):
            pass
        process.send_signal(signal.SIGKILL)
        return read + len(process.stdout.readlines())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_no_acknowledged_entry_is_lost_at_twenty_kills(
    home: Home, opened: Callable[[], Database], tmp_path: Path
) -> None:
    """Each kept entry has its answer and its lock, and the file needs no restoring."""
    moment = random.Random(20251120)
    first = opened()
    SessionStore(first).add_profile(Profile("p1", "Ada", "p-7c1f"))
    first.close()
    acknowledged = {
        f"s{number}": acknowledged_before_kill(home.data.parent, f"s{number}", moment)
        for number in range(ROUNDS)
    }
    database = opened()
    assert database.recovery is None
    store = SessionStore(database)
    locks = {lock.id for lock in store.active_locks("p1")}
    for session, count in acknowledged.items():
        kept = [entry.seq for entry in store.entries(session)]
        assert kept == list(range(len(kept)))
        assert len(kept) >= count
        assert [answer.seq for answer in store.answers(session)] == kept
        assert {f"{session}-{seq}" for seq in kept} <= locks
    assert len(locks) == sum(len(store.entries(session)) for session in acknowledged)
    assert sum(acknowledged.values()) > ROUNDS
