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
from coach.store.physio_code import MOST_WRONG, PhysioCode, Tried
from coach.store.records import Profile
from coach.store.sessions import SessionStore

ROUNDS = 20
APPENDING = Path(__file__).with_name("appending_process.py")
LIVING = Path(__file__).with_name("living_process.py")
TRYING = Path(__file__).with_name("trying_process.py")
ROOT = Path(coach.__file__).parents[1]


no_kill = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")


def acknowledged_before_kill(
    program: Path, folder: Path, session: str, moment: random.Random
) -> int:
    """How many entries a process acknowledged until kill -9 ended it."""
    with subprocess.Popen(
        [sys.executable, str(program), str(folder), session],
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


@no_kill
def test_no_acknowledged_entry_is_lost_at_twenty_kills(
    home: Home, opened: Callable[[], Database], tmp_path: Path
) -> None:
    """Each kept entry has its answer and its lock, and the file needs no restoring."""
    moment = random.Random(20251120)
    first = opened()
    SessionStore(first).add_profile(Profile("p1", "Ada", "p-7c1f"))
    first.close()
    acknowledged = {
        f"s{number}": acknowledged_before_kill(APPENDING, home.data.parent, f"s{number}", moment)
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


@no_kill
def test_what_a_session_leaves_is_whole_at_every_kill(
    home: Home, opened: Callable[[], Database]
) -> None:
    """No closed session without its past, no red flag of a morning without its lock."""
    moment = random.Random(20251121)
    first = opened()
    SessionStore(first).add_profile(Profile("p1", "Ada", "p-7c1f"))
    first.close()
    acknowledged = {
        f"s{number}": acknowledged_before_kill(LIVING, home.data.parent, f"s{number}", moment)
        for number in range(ROUNDS // 2)
    }
    database = opened()
    assert database.recovery is None
    store = SessionStore(database)
    assert store.without_past("p1") == []
    mornings = [row.session for row in store.afterwards("p1")]
    assert [lock.session for lock in store.active_locks("p1")] == sorted(mornings)
    for session, count in acknowledged.items():
        assert sum(name.startswith(f"{session}-") for name in mornings) >= count
    assert sum(acknowledged.values()) > ROUNDS // 2


@no_kill
def test_a_try_ended_before_its_answer_still_counts(
    home: Home, opened: Callable[[], Database]
) -> None:
    """Even the right code: whoever ends the program in time gains no further tries."""
    first = opened()
    PhysioCode(first).set("123456", None, 0)
    first.close()
    for _ in range(MOST_WRONG):
        ended = subprocess.run(
            [sys.executable, str(TRYING), str(home.data.parent), "123456"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
        assert ended.returncode == -signal.SIGKILL
    assert PhysioCode(opened()).check("123456", 0) is Tried.TOO_MANY
