"""What a damaged data file, or going back to a copy, may never undo: stops and a code."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.store import physio_code
from coach.store.database import Database, open_database
from coach.store.paths import Home
from coach.store.physio_code import PhysioCode, Tried
from coach.store.records import AllowanceRow, LockRow, LogEntry, Profile, SessionHeader
from coach.store.sessions import SessionStore

WALL = "2025-11-20T18:31:00+01:00"
LOCK = LockRow("s1-E1", "p1", "s1", "emergency", "E1", WALL)


def stopped(home: Home, today: date, header: Callable[..., SessionHeader]) -> None:
    """A closed session that set a stop, told in its log; no backup holds it."""
    database = open_database(home, today)
    store = SessionStore(database)
    store.add_profile(Profile("p1", "Ada", "p-7c1f"))
    store.open_session(header("s1"))
    told = LogEntry(0, "lock", 0, WALL, '{"rule":"E1","tier":"EMERGENCY"}', "h0")
    store.append("s1", [told], locks=[LOCK])
    store.close_session("s1", "emergency", "2025-11-20T18:50:00+01:00", "h0")
    database.close()
    for copy in home.backups.iterdir():
        copy.unlink()


def spoil(path: Path, table: str) -> None:
    """Zero the page on which a table begins."""
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        found = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
        page = found.fetchone()[0]
    with path.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H18")
def test_a_stop_whose_row_is_lost_is_set_again_by_the_log_of_its_session(
    home: Home, today: date, header: Callable[..., SessionHeader]
) -> None:
    """The session is taken over whole, so no log file is looked at for it any more."""
    stopped(home, today, header)
    spoil(home.database, "lock")
    database = open_database(home, today)
    store = SessionStore(database)
    assert store.session_ids() == {"s1"}
    assert store.active_locks("p1") == [LOCK]
    database.close()


@pytest.mark.hazard("H18")
@pytest.mark.parametrize("change", ["set_wall = NULL", "tier = CAST(x'ff' AS TEXT)"])
def test_one_bad_stop_keeps_no_other_out(
    home: Home, today: date, header: Callable[..., SessionHeader], change: str
) -> None:
    """A row that may not be as it is, and one that is no text; both are said to be missing."""
    stopped(home, today, header)
    database = open_database(home, today)
    SessionStore(database).set_locks([LockRow("a", "p1", None, "urgent", "U1", WALL)])
    database.close()
    for copy in home.backups.iterdir():
        copy.unlink()
    with closing(sqlite3.connect(home.database)) as other, other:
        other.execute("PRAGMA writable_schema = ON")
        other.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'set_wall TEXT NOT NULL',"
            " 'set_wall TEXT') WHERE name = 'lock'"
        )
    with closing(sqlite3.connect(home.database)) as other, other:
        other.execute(f"UPDATE lock SET {change} WHERE id = 'a'")  # noqa: S608 (words of this file)
    database = open_database(home, today)
    assert LOCK in SessionStore(database).active_locks("p1")
    assert database.recovery is not None
    assert not database.recovery.locks_complete
    database.close()


@pytest.mark.hazard("H18")
def test_a_damaged_form_that_sqlite_cannot_tell_in_text_is_damage_like_any_other(
    home: Home, today: date, header: Callable[..., SessionHeader]
) -> None:
    """Python cannot read the message then; the program starts all the same, and again."""
    stopped(home, today, header)
    content = bytearray(home.database.read_bytes())
    content[content.index(b"settled_s INTEGER") + 9] |= 0x80
    home.database.write_bytes(content)
    database = open_database(home, today)
    assert database.recovery is not None
    assert "its tables cannot be read" in database.recovery.report[0]
    database.close()
    again = open_database(home, today)
    assert again.recovery is None
    again.close()


def test_going_back_keeps_the_code_of_now_and_its_tries(
    opened: Callable[[], Database], today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of before the code is no way around it."""
    monkeypatch.setattr(physio_code, "_N", 2)
    database = opened()
    store = SessionStore(database)
    copy = store.custody.back_up(today - timedelta(days=1))
    code = PhysioCode(database)
    code.set("222222", None, 0)
    for _ in range(5):
        code.check("333333", 0)
    database.restore(copy, today)
    assert code.check("222222", 0) is Tried.TOO_MANY


def test_going_back_brings_back_nothing_that_the_physiotherapist_took_back(
    opened: Callable[[], Database], today: date
) -> None:
    """What they still allow stays allowed."""
    database = opened()
    store = SessionStore(database)
    store.add_profile(Profile("p1", "Ada", "p-7c1f"))
    for exercise in ("S1", "S3"):
        store.allow(AllowanceRow(f"a-{exercise}", "p1", exercise, WALL))
    copy = store.custody.back_up(today)
    store.take_back("p1", "S3")
    database.restore(copy, today)
    assert [row.exercise for row in store.allowances("p1")] == ["S1"]
