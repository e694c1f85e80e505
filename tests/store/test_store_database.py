"""Opening, migrating, backing up and restoring the data file."""

import contextlib
import errno
import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.store import backups, physio_code
from coach.store.connection import APPLICATION_ID, explain
from coach.store.database import Database, open_database
from coach.store.errors import BugError, DamagedError, KnownError
from coach.store.paths import Home
from coach.store.physio_code import CLOSED_MS, PhysioCode, Tried
from coach.store.private_file import copy_private
from coach.store.records import (
    AnswerRow,
    LockRow,
    LogEntry,
    Profile,
    SessionHeader,
    SetRow,
    write,
)
from coach.store.schema import MIGRATIONS, Step
from coach.store.sessions import SessionStore

GROWN: Step = ("ALTER TABLE profile ADD COLUMN born TEXT",)
BROKEN: Step = (
    "ALTER TABLE profile ADD COLUMN born TEXT",
    "INSERT INTO no_such_table VALUES (1)",
)
RELEASED_FIRST = "07598d214a8f62dc86577462c8d34b155b660db9889d08869ef83e0371cb8d56"
LOCK = LockRow("s1-E1", "p1", "s1", "emergency", "E1", "2025-11-20T18:31:00+01:00")


def pragma(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
        return value


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything in every table."""
    names = database.query("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {
        name: [tuple(row) for row in database.query(f"SELECT * FROM {name}")]  # noqa: S608 (names of the schema)
        for (name,) in names
    }


def fill(home: Home, day: date, *, sessions: int = 200) -> None:
    """A profile with enough sessions for many pages, and a backup of that day."""
    database = open_database(home, day)
    store = SessionStore(database)
    store.add_profile(Profile("p1", "Ada", "p-7c1f"))
    with database.transaction() as connection:
        connection.execute("INSERT INTO plan VALUES ('aa', 'text')")
        connection.executemany(
            "INSERT INTO session VALUES (?, 'p1', 't', 'aa', 'e', 'r', 'UTC', ?, ?, ?, 'done',"
            " 'h', 0)",
            [(f"s{n:04}", *(("2025-11-01T10:00:00+00:00",) * 3)) for n in range(sessions)],
        )
    database.back_up(day)
    database.close()


def zero_page(path: Path, page: int) -> None:
    size = pragma(path, "page_size")
    with path.open("rb+") as file:
        file.seek(page * size)
        file.write(bytes(size))


def root_page(path: Path, table: str) -> int:
    """The page, counted from 0, at which a table begins."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
        page: int = found.fetchone()[0]
        return page - 1


def test_a_new_data_file_is_ours_newest_and_safe_against_power_cuts(
    home: Home, opened: Callable[[], Database]
) -> None:
    """The marks that later openings rely on; the switches hold at the second start as well."""
    opened()
    database = opened()
    assert database.recovery is None
    assert pragma(home.database, "application_id") == APPLICATION_ID
    assert pragma(home.database, "user_version") == len(MIGRATIONS)
    assert database.query("PRAGMA journal_mode")[0][0] == "delete"
    assert database.query("PRAGMA synchronous")[0][0] == 3
    assert database.query("PRAGMA foreign_keys")[0][0] == 1


@pytest.mark.hazard("H19")
@pytest.mark.skipif(os.name == "nt", reason="Windows relies on the profile's access list")
def test_nothing_in_the_data_folder_can_be_read_by_others(home: Home, today: date) -> None:
    """The data file, its journal while it is written, and backups: 0600 whatever the umask."""
    before = os.umask(0)
    try:
        database = open_database(home, today)
        with database.transaction() as connection:
            connection.execute("INSERT INTO profile VALUES ('a', 'b', 'c')")
            during = {path.name: path.stat().st_mode & 0o777 for path in home.data.glob("*.db*")}
        assert during == {"nerve-coach.db": 0o600, "nerve-coach.db-journal": 0o600}
        copy = database.back_up(today)
        assert copy is not None
        assert copy.stat().st_mode & 0o777 == 0o600
        database.close()
    finally:
        os.umask(before)


def test_opening_again_changes_nothing(home: Home, opened: Callable[[], Database]) -> None:
    """A second start finds what the first one wrote."""
    SessionStore(opened()).add_profile(Profile("p1", "Ada", "p-7c1f"))
    again = opened()
    assert again.recovery is None
    assert SessionStore(again).profiles() == [Profile("p1", "Ada", "p-7c1f")]
    assert list(home.backups.iterdir()) == []


def test_an_old_file_is_backed_up_then_migrated(home: Home, today: date) -> None:
    """The backup has the old format, the file the new one, and no row is lost."""
    fill(home, today)
    database = open_database(home, today, (*MIGRATIONS, GROWN))
    assert database.query("SELECT id, born FROM profile")[0]["id"] == "p1"
    database.close()
    assert pragma(home.database, "user_version") == len(MIGRATIONS) + 1
    copy = home.backups / f"nerve-coach-2025-11-20-before-format-{len(MIGRATIONS) + 1}.db"
    assert pragma(copy, "user_version") == len(MIGRATIONS)


def test_released_steps_are_never_edited() -> None:
    """Files of that format are out in the world; a change is a step of its own."""
    text = "\n".join(MIGRATIONS[0])
    assert hashlib.sha256(text.encode()).hexdigest() == RELEASED_FIRST


def test_a_file_of_the_first_format_loses_nothing(
    home: Home,
    today: date,
    header: Callable[..., SessionHeader],
    entry: Callable[..., LogEntry],
    set_row: SetRow,
) -> None:
    """Every row of every table is as it was, the backup is the old file, and the new calls work."""
    database = open_database(home, today, MIGRATIONS[:1])
    store = SessionStore(database)
    store.add_profile(Profile("p1", "Ada", "p-7c1f"))
    store.open_session(header("s1"))
    answers = [AnswerRow(0, "E1", "yes"), AnswerRow(0, "T0", None)]
    store.append("s1", [entry(0)], sets=[set_row], answers=answers, locks=[LOCK])
    store.close_session("s1", "emergency", "2025-11-20T18:50:00+01:00", "h0")
    store.open_session(header("s2"))
    before = rows(database)
    assert all(before.values())
    database.close()

    database = open_database(home, today)
    assert {table: found for table, found in rows(database).items() if table in before} == before
    copy = home.backups / "nerve-coach-2025-11-20-before-format-2.db"
    assert pragma(copy, "user_version") == 1
    assert "past" not in tables(copy)
    store = SessionStore(database)
    assert store.without_past("p1") == ["s1"]
    store.keep_past("s1", "{}")
    assert store.pasts("p1") == [("s1", "{}")]
    assert store.afterwards("p1") == []
    assert store.allowances("p1") == []
    assert not PhysioCode(database).is_set
    database.close()


def test_a_migration_step_that_fails_leaves_the_old_file(home: Home, today: date) -> None:
    """Its first statement worked; it is undone with the rest, and the file still opens."""
    fill(home, today)
    with pytest.raises(BugError, match="no_such_table"):
        open_database(home, today, (*MIGRATIONS, BROKEN))
    assert pragma(home.database, "user_version") == len(MIGRATIONS)
    database = open_database(home, today)
    assert database.recovery is None
    assert "born" not in database.query("SELECT * FROM profile")[0].keys()  # noqa: SIM118 (a row is no mapping)
    database.close()


def test_a_step_that_breaks_a_reference_is_undone(home: Home, today: date) -> None:
    """Foreign keys are off during a step, so they are checked at its end."""
    fill(home, today)
    with pytest.raises(BugError, match="session"):
        open_database(home, today, (*MIGRATIONS, ("DELETE FROM profile",)))
    database = open_database(home, today)
    assert len(SessionStore(database).profiles()) == 1
    database.close()


def test_a_file_of_a_newer_program_is_refused_untouched(home: Home, today: date) -> None:
    """Neither changed nor taken for damaged."""
    fill(home, today)
    open_database(home, today, (*MIGRATIONS, GROWN)).close()
    before = home.database.read_bytes()
    with pytest.raises(KnownError, match="newer Nerve Coach") as refusal:
        open_database(home, today)
    assert "Nothing was changed" in str(refusal.value)
    assert home.database.read_bytes() == before


def test_another_programs_file_is_refused_untouched(home: Home, today: date) -> None:
    """Somebody else's SQLite file under our name is not ours to change."""
    home.prepare()
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("CREATE TABLE song (title TEXT)")
    with pytest.raises(KnownError, match="not a Nerve Coach data file"):
        open_database(home, today)
    assert tables(home.database) == {"song"}


@pytest.mark.hazard("H18")
def test_a_damaged_file_is_kept_aside_and_the_newest_backup_restored(
    home: Home, today: date
) -> None:
    """What was in the backup is back; the damaged bytes are kept as they were."""
    yesterday = today - timedelta(days=1)
    fill(home, yesterday)
    zero_page(home.database, root_page(home.database, "session"))
    damaged = home.database.read_bytes()

    database = open_database(home, today)
    recovery = database.recovery
    assert recovery is not None
    assert recovery.damaged == home.data / "nerve-coach-damaged-2025-11-20.db"
    assert recovery.damaged.read_bytes() == damaged
    assert recovery.backup == yesterday
    assert len(SessionStore(database).sessions("p1")) == 200
    assert "damaged" in recovery.report[0]
    assert "2025-11-19" in recovery.report[1]
    database.close()
    again = open_database(home, today)
    assert again.recovery is None
    again.close()


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H18")
def test_locks_set_since_the_backup_survive_the_damage(home: Home, today: date) -> None:
    """A stop sign stops, even when the file it was written to is torn elsewhere."""
    fill(home, today)
    database = open_database(home, today)
    store = SessionStore(database)
    store.open_session(
        SessionHeader("s1", "p1", "t", "text", "aa", "e", "r", "UTC", "2025-11-20T18:30:00+01:00")
    )
    entry = LogEntry(0, "header", 0, "2025-11-20T18:30:00+01:00", "{}", "h")
    store.append("s1", [entry], locks=[LOCK])
    database.close()
    zero_page(home.database, root_page(home.database, "session"))

    database = open_database(home, today)
    assert database.recovery is not None
    assert database.recovery.locks_complete
    assert SessionStore(database).active_locks("p1") == [LOCK]
    database.close()


def test_a_physiotherapists_code_and_its_tries_survive_the_damage(
    home: Home, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a torn file would be a way around it; the code set since the backup is the one kept."""
    monkeypatch.setattr(physio_code, "_N", 2)
    database = open_database(home, today - timedelta(days=1))
    PhysioCode(database).set("111111", None, 0)
    database.close()
    fill(home, today - timedelta(days=1))
    database = open_database(home, today)
    code = PhysioCode(database)
    code.set("222222", "111111", 0)
    assert [code.check("333333", 0) for _ in range(5)][-1] is Tried.TOO_MANY
    database.close()
    zero_page(home.database, root_page(home.database, "session"))

    database = open_database(home, today)
    assert database.recovery is not None
    code = PhysioCode(database)
    assert code.check("222222", 0) is Tried.TOO_MANY
    assert code.check("222222", CLOSED_MS) is Tried.RIGHT
    database.close()


def test_a_damaged_file_of_the_first_format_gives_its_locks(home: Home, today: date) -> None:
    """It has no table for a code; that is no reason to doubt its locks."""
    database = open_database(home, today, MIGRATIONS[:1])
    store = SessionStore(database)
    store.add_profile(Profile("p1", "Ada", "p-7c1f"))
    with database.transaction() as connection:
        write(connection, LOCK)
    database.close()
    zero_page(home.database, root_page(home.database, "session"))

    database = open_database(home, today)
    assert database.recovery is not None
    assert database.recovery.locks_complete
    assert SessionStore(database).active_locks("p1") == [LOCK]
    database.close()


def test_locks_that_cannot_be_read_are_said_to_be_missing(home: Home, today: date) -> None:
    """The person is then asked everything again."""
    fill(home, today)
    zero_page(home.database, root_page(home.database, "lock"))
    database = open_database(home, today)
    assert database.recovery is not None
    assert not database.recovery.locks_complete
    assert "full check-in" in database.recovery.report[-1]
    database.close()


def test_a_damaged_backup_is_passed_over(home: Home, today: date) -> None:
    """The next older good one is taken."""
    fill(home, today - timedelta(days=3))
    database = open_database(home, today)
    newer = database.back_up(today)
    database.close()
    assert newer is not None
    newer.write_bytes(b"SQLite format 3\x00 and then nonsense")
    home.database.write_bytes(b"nonsense" * 1000)
    database = open_database(home, today)
    assert database.recovery is not None
    assert database.recovery.backup == today - timedelta(days=3)
    database.close()


def test_a_damaged_file_without_backups_gives_an_empty_one_and_says_so(
    home: Home, today: date
) -> None:
    """The damaged file is still kept, beside one kept earlier that day."""
    for number in ("", "-2"):
        home.prepare()
        home.database.write_bytes(b"nonsense" * 1000)
        database = open_database(home, today)
        recovery = database.recovery
        assert recovery is not None
        assert recovery.backup is None
        assert recovery.damaged == home.data / f"nerve-coach-damaged-2025-11-20{number}.db"
        assert "starts empty" in recovery.report[1]
        assert SessionStore(database).profiles() == []
        database.close()


@pytest.mark.parametrize("empty", [True, False])
def test_a_lost_data_file_comes_back_from_its_backup(home: Home, today: date, empty: bool) -> None:
    """Removed, or cut to nothing: a stop must not vanish with the file."""
    fill(home, today)
    home.database.unlink()
    if empty:
        home.database.touch()
    database = open_database(home, today)
    assert database.recovery is not None
    assert database.recovery.damaged is None
    assert len(SessionStore(database).sessions("p1")) == 200
    database.close()


def test_an_old_journal_is_not_played_into_the_restored_file(home: Home, today: date) -> None:
    """It holds pages of the lost file, which was shorter than the backup."""
    fill(home, today)
    database = open_database(home, today)
    database.query("DELETE FROM session")
    database.query("VACUUM")
    database.query("PRAGMA cache_size = 1")
    journal = home.data / "nerve-coach.db-journal"
    with contextlib.suppress(InterruptedError), database.transaction() as connection:
        many = [(f"q{number}", f"{number:0500}", "") for number in range(200)]
        connection.executemany("INSERT INTO profile VALUES (?, ?, ?)", many)
        pages = journal.read_bytes()
        raise InterruptedError
    database.close()
    home.database.unlink()
    journal.write_bytes(pages)

    database = open_database(home, today)
    assert len(SessionStore(database).sessions("p1")) == 200
    database.close()


def test_a_backup_of_an_old_format_is_migrated_when_restored(home: Home, today: date) -> None:
    """The program has moved on since the backup was made."""
    fill(home, today)
    home.database.write_bytes(b"nonsense" * 1000)
    database = open_database(home, today, (*MIGRATIONS, GROWN))
    assert database.query("SELECT born FROM profile")[0]["born"] is None
    database.close()


def test_one_backup_a_day_is_enough(
    home: Home, today: date, opened: Callable[[], Database]
) -> None:
    """The second call of a day does nothing, and no half-written copy stays behind."""
    database = opened()
    assert database.back_up(today) == home.backups / "nerve-coach-2025-11-20.db"
    assert database.back_up(today) is None
    assert len(list(home.backups.iterdir())) == 1


def test_old_backups_go_but_never_those_made_before_a_migration(
    home: Home, today: date, opened: Callable[[], Database]
) -> None:
    """After sixty days: a week of days and the ends of three earlier weeks."""
    database = opened()
    precious = home.backups / "nerve-coach-2025-01-01-before-format-2.db"
    foreign = home.backups / "my-own-copy.db"
    precious.touch()
    foreign.touch()
    for age in range(60, -1, -1):
        database.back_up(today - timedelta(days=age))
    days = sorted(backup.day for backup in backups.found_in(home.backups) if backup.routine)
    week = [today - timedelta(days=age) for age in range(6, -1, -1)]
    assert days == [date(2025, 11, 2), date(2025, 11, 9), *week]
    assert date(2025, 11, 16) in week
    assert precious.exists()
    assert foreign.exists()


@pytest.mark.hazard("H18")
def test_a_copy_made_while_the_clock_was_ahead_is_gone_back_to_last(
    home: Home, today: date
) -> None:
    """What was kept since, a stop among it, is in the copy of today."""
    fill(home, today + timedelta(days=1))
    database = open_database(home, today)
    SessionStore(database).set_locks([LOCK])
    database.close()
    home.database.unlink()
    database = open_database(home, today)
    assert database.recovery is not None
    assert database.recovery.backup == today
    assert SessionStore(database).active_locks("p1") == [LOCK]
    database.close()


@pytest.mark.hazard("H18")
def test_a_clock_set_far_back_drops_no_copy_that_was_just_made(
    home: Home, today: date, opened: Callable[[], Database]
) -> None:
    """However many there are of days that seem still to come, which stay as well."""
    database = opened()
    for age in range(60, -1, -1):
        database.back_up(today - timedelta(days=age))
    before = set(home.backups.iterdir())
    made = database.back_up(date(2015, 1, 1), anew=True)
    assert made is not None
    assert set(home.backups.iterdir()) == before | {made}


def test_a_disk_that_fills_up_while_going_back_leaves_the_program_as_it_was(
    home: Home, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, nothing is left in the way, and what follows is kept."""
    fill(home, today)
    database = open_database(home, today)
    (copy,) = home.backups.iterdir()

    def full(source: Path, target: Path) -> None:
        if "replaced" in target.name:
            raise KnownError(f"{target}: cannot write this file: No space left on device")
        copy_private(source, target)

    monkeypatch.setattr("coach.store.recovery.copy_private", full)
    with pytest.raises(KnownError, match="No space left"):
        database.restore(copy, today)
    assert not list(home.data.glob("*.restored"))
    SessionStore(database).set_locks([LOCK])
    assert SessionStore(database).active_locks("p1") == [LOCK]

    monkeypatch.undo()
    monkeypatch.setattr("coach.store.recovery.sync_folder", unable)
    with pytest.raises(KnownError, match="cannot restore"):
        database.restore(copy, today)
    assert SessionStore(database).active_locks("p1") == [LOCK]
    database.close()


def unable(_: Path) -> None:
    raise OSError(errno.EIO, "Input/output error")


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=40))
def test_kept_days_hold_the_newest_and_never_grow_past_eleven(days: list[date]) -> None:
    """Whatever days there are; running it on what it kept drops nothing more."""
    kept = backups.days_to_keep(days)
    assert kept <= set(days)
    assert len(kept) <= backups.DAILY_KEPT + backups.WEEKLY_KEPT
    assert set(sorted(set(days))[-7:]) <= kept
    assert backups.days_to_keep(kept) == kept


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (sqlite3.SQLITE_FULL, KnownError, "disk is full"),
        (sqlite3.SQLITE_IOERR_FSYNC, KnownError, "disk reported an error"),
        (sqlite3.SQLITE_BUSY, KnownError, "another program"),
        (sqlite3.SQLITE_READONLY, KnownError, "permissions"),
        (sqlite3.SQLITE_CORRUPT, DamagedError, "damaged"),
        (sqlite3.SQLITE_CONSTRAINT, BugError, "x"),
        (None, BugError, "x"),
    ],
)
def test_each_failure_is_the_worlds_or_ours(
    tmp_path: Path, code: int | None, kind: type[Exception], words: str
) -> None:
    """The world's come with what to do; ours with what SQLite said."""
    error = sqlite3.OperationalError("x")
    if code is not None:
        error.sqlite_errorcode = code
    told = explain(error, tmp_path)
    assert type(told) is kind
    assert words in str(told)


def test_a_file_in_use_is_said_to_be(home: Home, opened: Callable[[], Database]) -> None:
    """Another program holds it; nothing of ours is written."""
    database = opened()
    database.query("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with (
            pytest.raises(KnownError, match="another program is using"),
            database.transaction() as connection,
        ):
            connection.execute("INSERT INTO profile VALUES ('a', 'b', 'c')")
        other.execute("ROLLBACK")
    assert database.query("SELECT * FROM profile") == []
