"""A bit that flips by itself is noticed, a crash is not taken for one, and what is whole stays."""

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from coach.store.database import open_database
from coach.store.errors import KnownError
from coach.store.paths import Home
from coach.store.records import (
    AfterwardsRow,
    AllowanceRow,
    AnswerRow,
    LockRow,
    LogEntry,
    Profile,
    SessionHeader,
    SetRow,
)
from coach.store.schema import MIGRATIONS
from coach.store.sessions import SessionStore

FLIPS = 300
SESSIONS = 20
WALL = "2025-11-20T18:31:00.000+01:00"


def fill(
    home: Home,
    today: date,
    header: Callable[..., SessionHeader],
    set_row: SetRow,
    sessions: int = 6,
    length: int = 4,
    letters: int = 40,
) -> None:
    """Sessions with everything that can belong to one, closed cleanly."""
    database = open_database(home, today)
    store = SessionStore(database)
    store.add_profile(Profile("p1", "Ada", "p-7c1f"))
    data = '{"kind":"Rated","tingling":3,"text":"' + "x" * letters + '"}'
    for number in range(sessions):
        name = f"s{number:04}"
        store.open_session(header(name))
        entries = [LogEntry(seq, "input", seq, WALL, data, f"{seq:064}") for seq in range(length)]
        lock = LockRow(f"{name}-E1", "p1", name, "emergency", "E1", WALL)
        store.append(name, entries, sets=[set_row], answers=[AnswerRow(0, "T0", "1")], locks=[lock])
        store.close_session(name, "completed", WALL, entries[-1].h, '{"tingling":1}')
        store.add_afterwards(AfterwardsRow(name, "morning", WALL, 1, 2, woken=False))
    store.allow(AllowanceRow("a1", "p1", "S3", WALL))
    store.physio_code.set("123456", None, 0)
    database.close()


def edit(home: Home, *statements: str) -> None:
    """Change the closed file as another program would."""
    with closing(sqlite3.connect(home.database)) as other, other:
        for statement in statements:
            other.execute(statement)


def noticed(home: Home, today: date) -> bool:
    try:
        database = open_database(home, today)
    except KnownError:
        return True
    database.close()
    return database.changed or database.recovery is not None


def test_every_single_flipped_bit_is_noticed(
    home: Home, today: date, header: Callable[..., SessionHeader], set_row: SetRow, tmp_path: Path
) -> None:
    """In a file of two megabytes, wherever it flips: three hundred times, each in a fresh copy."""
    fill(home, today, header, set_row, SESSIONS, 10, 10_000)
    shutil.rmtree(home.backups)
    content = bytearray(home.database.read_bytes())
    mark = home.database.with_name("nerve-coach.db.sha256").read_bytes()
    assert len(content) > 1_900_000
    chance = random.Random(300)
    damaged = 0
    for flip in range(FLIPS):
        place = chance.randrange(len(content) * 8)
        if flip < 20:  # the header, where a version or a size may change
            place = chance.randrange(100 * 8)
        copy = Home.under(tmp_path / "copy")
        copy.prepare()
        content[place // 8] ^= 1 << place % 8
        copy.database.write_bytes(content)
        content[place // 8] ^= 1 << place % 8
        copy.database.with_name("nerve-coach.db.sha256").write_bytes(mark)
        database = open_database(copy, today)
        assert database.changed or database.recovery is not None, f"bit {place}"
        damaged += database.recovery is not None
        # Whatever is shown after it is as it was: an untouched rating, or no session at all.
        for name in SessionStore(database).session_ids():
            assert [row.tingling for row in SessionStore(database).sets(name)] == [3]
        database.close()
        shutil.rmtree(copy.data)
    assert damaged > FLIPS // 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE set_row SET tingling = 1 WHERE session = 's0002'",
        "UPDATE event SET data = '{}' WHERE session = 's0002' AND seq = 1",
        "UPDATE answer SET value = '0' WHERE session = 's0002'",
        "UPDATE past SET data = '{}' WHERE session = 's0002'",
        "UPDATE afterwards SET pain = 0 WHERE session = 's0002'",
        "UPDATE session SET outcome = 'ended' WHERE id = 's0002'",
        "DELETE FROM set_row WHERE session = 's0002'",
        "UPDATE seal SET sha256 = x'00' WHERE what = 's0002'",
    ],
)
def test_a_changed_row_of_a_session_is_found_and_only_that_session_is_replaced(
    home: Home,
    today: date,
    header: Callable[..., SessionHeader],
    set_row: SetRow,
    statement: str,
) -> None:
    """The others come from the damaged file itself, with what was said after them."""
    fill(home, today, header, set_row)
    shutil.rmtree(home.backups)
    home.prepare()
    edit(home, statement)
    database = open_database(home, today)
    recovery = database.recovery
    assert recovery is not None
    assert recovery.lost == (("s0002", "2025-11-20"),)
    assert "2025-11-20" in recovery.report[0]
    store = SessionStore(database)
    assert store.session_ids() == {f"s{number:04}" for number in (0, 1, 3, 4, 5)}
    assert [row.session for row in store.afterwards("p1")] == sorted(store.session_ids())
    assert [name for name, _ in store.pasts("p1")] == sorted(store.session_ids())
    assert len(store.active_locks("p1")) == 6
    assert store.allowances("p1") and store.physio_code.is_set
    assert store.last_restored() == today
    database.close()
    again = open_database(home, today)
    assert again.recovery is None and not again.changed
    again.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lock SET lifted_wall = set_wall, lifted_by = 'x' WHERE id = 's0000-E1'",
        "DELETE FROM lock WHERE id = 's0000-E1'",
        "UPDATE profile SET name = 'Bob'",
        "UPDATE plan SET text = 'other'",
        "UPDATE physio_code SET wrong = 0, hash = x'00'",
        "DELETE FROM allowance",
    ],
)
def test_a_stop_that_vanished_from_the_file_comes_back_from_the_backup(
    home: Home,
    today: date,
    header: Callable[..., SessionHeader],
    set_row: SetRow,
    statement: str,
) -> None:
    fill(home, today, header, set_row)
    edit(home, statement)
    database = open_database(home, today)
    assert database.recovery is not None
    assert "changed by themselves" in database.recovery.report[0]
    assert "s0000-E1" in {lock.id for lock in SessionStore(database).active_locks("p1")}
    database.close()


def test_a_backup_loses_nothing_to_the_sessions_since(
    home: Home, today: date, header: Callable[..., SessionHeader], set_row: SetRow
) -> None:
    """A broken session that the backup has comes from there, in its place among the others."""
    fill(home, today, header, set_row)
    database = open_database(home, today)
    database.back_up(today, anew=True)
    store = SessionStore(database)
    store.open_session(header("s0006"))
    store.close_session("s0006", "completed", WALL, "h", "{}")
    database.close()
    edit(home, "UPDATE set_row SET tingling = 1 WHERE session = 's0002'")
    database = open_database(home, today)
    assert database.recovery is not None and database.recovery.lost == ()
    store = SessionStore(database)
    assert [name for name, _ in store.pasts("p1")] == [f"s{number:04}" for number in range(7)]
    assert store.sets("s0002")[0].tingling == 3
    database.close()


def test_a_file_changed_from_outside_whose_rows_are_whole_is_used_and_said_to_be(
    home: Home, today: date, header: Callable[..., SessionHeader], set_row: SetRow
) -> None:
    """Another program vacuumed it, or an older copy was put in place; the next start is quiet."""
    fill(home, today, header, set_row)
    with closing(sqlite3.connect(home.database)) as other:
        other.execute("PRAGMA auto_vacuum = FULL")
        other.execute("VACUUM")
    database = open_database(home, today)
    assert database.changed and database.recovery is None
    database.close()
    again = open_database(home, today)
    assert not again.changed
    again.close()


def test_a_run_that_was_cut_off_is_not_taken_for_damage(
    home: Home, today: date, header: Callable[..., SessionHeader], set_row: SetRow, tmp_path: Path
) -> None:
    """From the first write until the clean close there is no mark; opening alone takes none."""
    fill(home, today, header, set_row)
    database = open_database(home, today)
    mark = home.database.with_name("nerve-coach.db.sha256")
    assert mark.exists()
    store = SessionStore(database)
    store.open_session(header("s0009"))
    assert not mark.exists()
    shutil.copytree(home.data.parent, tmp_path / "cut-off")
    database.close()
    assert mark.exists()
    after = open_database(Home.under(tmp_path / "cut-off"), today)
    assert after.recovery is None and not after.changed
    after.close()


def test_damage_to_a_run_that_was_cut_off_is_found(
    home: Home, today: date, header: Callable[..., SessionHeader], set_row: SetRow
) -> None:
    """A power cut leaves no mark and may well leave damage: every row is looked at."""
    fill(home, today, header, set_row)
    home.database.with_name("nerve-coach.db.sha256").unlink()
    edit(home, "UPDATE set_row SET tingling = 1 WHERE session = 's0002'")
    database = open_database(home, today)
    assert database.recovery is not None and "2025-11-20" in database.recovery.report[0]
    database.close()


def test_what_is_sealed_is_looked_at_again_when_asked(
    home: Home, today: date, header: Callable[..., SessionHeader], set_row: SetRow
) -> None:
    """Such as before it is exported, while the program is open."""
    fill(home, today, header, set_row)
    database = open_database(home, today)
    assert database.holds(["s0001", "s0002"])
    edit(home, "UPDATE set_row SET pain = 9 WHERE session = 's0002'")
    assert database.holds(["s0001"])
    assert not database.holds(["s0001", "s0002"])
    assert not database.holds(["never"])
    database.close()


def test_a_format_number_that_flipped_is_damage_and_not_a_newer_program(
    home: Home, today: date, header: Callable[..., SessionHeader], set_row: SetRow
) -> None:
    fill(home, today, header, set_row)
    edit(home, "PRAGMA user_version = 11")
    assert noticed(home, today)
    database = open_database(home, today)
    assert len(SessionStore(database).session_ids()) == 6
    database.close()


def test_a_restored_backup_keeps_the_stops_of_now_and_the_file_of_before(
    home: Home, today: date, header: Callable[..., SessionHeader], set_row: SetRow
) -> None:
    fill(home, today, header, set_row, 2)
    database = open_database(home, today)
    backup = database.back_up(today, anew=True)
    assert backup is not None
    store = SessionStore(database)
    store.set_locks(
        [LockRow("late", "p1", None, "clearance", "CHR-04", "2025-11-21T08:00:00+01:00")]
    )
    kept = shutil.copy(backup, home.data.parent / "chosen.db")
    aside = database.restore(Path(kept), today)
    assert aside.exists()
    assert "late" in {lock.id for lock in store.active_locks("p1")}
    database.close()
    again = open_database(home, today)
    assert not again.changed and again.recovery is None
    assert "late" in {lock.id for lock in SessionStore(again).active_locks("p1")}
    assert SessionStore(again).last_restored() == today
    again.close()


KILLS = 60


@pytest.mark.alone
@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")
def test_a_migration_killed_at_any_moment_leaves_the_old_form_or_the_new(
    home: Home, today: date, tmp_path: Path
) -> None:
    """Never one between, and no row is lost; a process forked for each of sixty kills."""
    database = open_database(home, today, MIGRATIONS[:1])
    with database.transaction() as connection:
        connection.execute("INSERT INTO profile VALUES ('p1', 'Ada', 'p-7c1f')")
        connection.execute("INSERT INTO plan VALUES ('aa', 'text')")
        connection.executemany(
            "INSERT INTO session VALUES (?, 'p1', 't', 'aa', 'e', 'r', 'UTC', ?, ?, ?, 'done',"
            " 'h', 0)",
            [(f"s{n:04}", *(("2025-11-01T10:00:00+00:00",) * 3)) for n in range(400)],
        )
    database.close()
    template = tmp_path / "whole"
    shutil.copytree(home.data.parent, template)
    whole_s = _seconds_of(lambda: open_database(Home.under(template), today).close())
    found: list[int] = []
    for number in range(KILLS):
        copy = Home.under(tmp_path / f"copy-{number}")
        shutil.copytree(home.data.parent, copy.data.parent)
        _killed_while_opening(copy, today, whole_s * 2 * (number + 1) / KILLS)
        with closing(sqlite3.connect(copy.database)) as connection:
            form = connection.execute("PRAGMA user_version").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
            assert connection.execute("SELECT count(*) FROM session").fetchone()[0] == 400
        found.append(form)
        with closing(sqlite3.connect(":memory:")) as expected:
            for statement in (line for step in MIGRATIONS[:form] for line in step):
                expected.execute(statement)
            whole = expected.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        assert tables == whole
        again = open_database(copy, today)
        assert again.recovery is None and not again.changed
        assert len(SessionStore(again).session_ids()) == 400
        assert again.holds([f"s{n:04}" for n in range(400)])
        again.close()
        shutil.rmtree(copy.data.parent)
    assert {1, len(MIGRATIONS)} <= set(found)


def _seconds_of(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _killed_while_opening(home: Home, today: date, after_s: float) -> None:
    """Migrate in a forked process that the system ends after a while, also within SQLite's work."""
    process = os.fork()
    if process == 0:
        # Nothing handles this signal here, so it ends the process as abruptly as kill -9.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, after_s)
        try:
            open_database(home, today)
        finally:
            os._exit(0)
    os.waitpid(process, 0)
