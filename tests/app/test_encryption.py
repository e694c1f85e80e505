"""Encryption at rest: what can be read without the key, what opens it, and what a crash leaves."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from coach.app.data_care import DataCare
from coach.app.encrypting import Encrypting
from coach.app.incoming.importing import Importer
from coach.app.incoming.left_logs import bring_back_stops
from coach.app.phrasing import Phrasing
from coach.app.session.keeping import kept_records
from coach.cli import main
from coach.domain.record import Asked, Correction, Moment
from coach.formats.session_log import log_text
from coach.store import encryption, sessions
from coach.store.database import Database, open_database
from coach.store.encryption import find_key, installed, state, unlock
from coach.store.errors import KnownError
from coach.store.opener import LockedError
from coach.store.paths import Home
from coach.store.recovery_code import code_of, key_of
from coach.store.sessions import SessionStore, log_file
from fake_clock import FakeClock
from long_record import LAST_DAY, write_long_record
from opened_program import SHIPPED, OpenedProgram

pytestmark = pytest.mark.skipif(not installed(), reason="the extra `encryption` is not installed")

TODAY = LAST_DAY
NOTE = "a very private reason indeed"
PASSPHRASE = "correct horse battery"  # noqa: S105 - of a made-up home
LEFT_ALONE = "log of nobody here, kept all the same"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with five sessions, their logs, a note, two backups, and files of worse days."""
    folder = filled(tmp_path_factory.mktemp("home"), 5)
    home = Home.under(folder)
    shutil.copy(next(home.backups.glob("*.db")), home.backups / "nerve-coach-2025-01-01.db")
    shutil.copy(home.database, home.data / "nerve-coach-replaced-2025-01-01.db")
    home.session_logs.joinpath(".half.jsonl.x7").write_text(NOTE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with one of each."""
    return filled(tmp_path_factory.mktemp("home"), 1)


def filled(folder: Path, count: int) -> Path:
    with OpenedProgram(folder, FakeClock()) as program:
        store, home = program.store, program.home
        pseudonym = store.profiles()[0].pseudonym
        write_long_record(store, program.profile, count, pseudonym=pseudonym)
        for one in store.sessions(program.profile):
            log_file(home.session_log(one.id), log_text(kept_records(store, one.id)))
        session = store.last_session(program.profile)
        assert session is not None
        said = datetime(2026, 1, 1, tzinfo=UTC)
        store.add_correction(
            session.id, Correction(Moment.CHECK_IN, 0, Asked.TINGLING, 3, NOTE, said)
        )
        store.custody.back_up(TODAY)
    torn = home.database.read_bytes()
    (home.data / "nerve-coach-damaged-2025-01-01.db").write_bytes(torn[: len(torn) // 2])
    home.session_log("somebody").write_text(LEFT_ALONE, encoding="utf-8")
    with OpenedProgram(folder, FakeClock()) as program:
        (profile,) = program.store.profiles()
        bring_back_stops(home, program.store, profile, FakeClock().wall())
    return folder


@pytest.fixture
def folder(plain: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(plain, tmp_path / "home"))


@pytest.fixture
def ring() -> Iterator[Any]:
    """The system's keyring, for which a made-up one stands in."""
    from fake_keyring import FakeKeyring, keyring_instead

    fake = FakeKeyring()
    with keyring_instead(fake):
        yield fake


@pytest.fixture
def no_ring() -> Iterator[None]:
    from fake_keyring import keyring_instead

    with keyring_instead(None):
        yield


@contextmanager
def opened(home: Home) -> Iterator[Database]:
    database = open_database(home, TODAY)
    try:
        yield database
    finally:
        database.close()


def encrypting_of(database: Database) -> Encrypting:
    phrasing = Phrasing(SHIPPED.phrases, "112")
    return Encrypting(
        SessionStore(database), database.home, lambda: f"{TODAY}T20:00:00.000+01:00", phrasing
    )


def turn_on(home: Home, passphrase: str | None = None) -> str:
    """Turn it on as the settings do; the recovery code comes back."""
    with opened(home) as database:
        encrypting = encrypting_of(database)
        code = encrypting.begin(passphrase, passphrase)
        encrypting.turn_on([code.groups[number - 1].lower() for number in code.asked])
    return " ".join(code.groups)


def content_of(database: Database) -> list[list[tuple[object, ...]]]:
    tables = database.query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [
        sorted((tuple(row) for row in database.query(f"SELECT * FROM {one[0]}")), key=repr)  # noqa: S608
        for one in tables
    ]


def files_of(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def readable(folder: Path) -> list[str]:
    """The files in which words of the record can be read."""
    words = (NOTE, LEFT_ALONE, "SQLite format 3", "CREATE TABLE", "started_wall")
    data = files_of(folder / "data")
    return [name for name, held in data.items() if any(word.encode() in held for word in words)]


def test_nothing_of_the_record_can_be_read_in_any_file(folder: Path, ring: Any) -> None:
    home = Home.under(folder)
    with opened(home) as database:
        before = content_of(database)
        title = database.query("SELECT plan_title FROM session")[0][0].encode()
    assert any(title in held for held in files_of(folder / "data").values())
    assert len(readable(folder)) > 6
    turn_on(home)
    assert readable(folder) == []
    held = files_of(folder)
    assert not [name for name, content in held.items() if title in content]
    key = home.opener.key
    assert key is not None
    assert not [name for name, content in held.items() if key in content]
    assert not [name for name, content in held.items() if key.hex().encode() in content]
    with opened(Home.under(folder)) as database:
        assert content_of(database) == before
        assert database.recovery is None and not database.changed


def test_the_key_from_the_keyring_opens_it_and_nothing_else_does(folder: Path, ring: Any) -> None:
    home = Home.under(folder)
    turn_on(home)
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(home.database) as other:
        other.execute("SELECT * FROM session")
    other.close()
    ring.kept.clear()
    before = files_of(folder)
    with pytest.raises(LockedError, match="recovery code"):
        open_database(Home.under(folder), TODAY)
    assert files_of(folder) == before


def test_without_a_keyring_a_passphrase_is_asked_for(folder: Path, no_ring: None) -> None:
    home = Home.under(folder)
    with opened(home) as database:
        encrypting = encrypting_of(database)
        assert encrypting.passphrase_wanted
        for poor in ((None, None), ("short", "short"), (PASSPHRASE, "another one altogether")):
            with pytest.raises(KnownError):
                encrypting.begin(*poor)
    turn_on(home, PASSPHRASE)
    assert readable(folder) == []
    assert not [n for n, held in files_of(folder).items() if PASSPHRASE.encode() in held]
    again = Home.under(folder)
    with pytest.raises(LockedError, match="passphrase") as locked:
        find_key(again)
    assert locked.value.by_passphrase
    before = files_of(folder)
    for wrong in ("", "Correct horse battery", code_of(bytes(32))[0], " ".join(code_of(bytes(32)))):
        with pytest.raises(KnownError, match="Nothing was changed"):
            unlock(again, wrong)
    assert files_of(folder) == before and again.opener.key is None
    unlock(again, PASSPHRASE)
    with opened(again) as database:
        assert len(SessionStore(database).session_ids()) == 5


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_the_recovery_code_opens_what_was_lost(
    folder: Path, ring: Any, passphrase: str | None
) -> None:
    code = turn_on(Home.under(folder), passphrase)
    ring.kept.clear()
    home = Home.under(folder)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(KnownError, match="recovery code"):
        unlock(home, wrong)
    unlock(home, code.replace(" ", "-").replace("0", "o").replace("1", "l").lower())
    with opened(home) as database:
        assert len(SessionStore(database).session_ids()) == 5
    assert len(ring.kept) == (passphrase is None)


def test_every_mistake_in_a_code_is_noticed() -> None:
    """Of one letter or of two that changed places."""
    key = bytes(range(32))
    code = "".join(code_of(key))
    assert key_of(code) == key and len(code_of(key)) == 14
    for at, letter in enumerate(code):
        for other in "0129AZ":
            if other != letter:
                assert key_of(code[:at] + other + code[at + 1 :]) is None
        if at and code[at - 1] != letter:
            assert key_of(code[: at - 1] + letter + code[at - 1] + code[at + 1 :]) is None


def test_a_mistyped_group_changes_nothing(folder: Path, ring: Any) -> None:
    home = Home.under(folder)
    with opened(home) as database:
        encrypting = encrypting_of(database)
        code = encrypting.begin()
        before = files_of(folder)
        groups = [code.groups[number - 1] for number in code.asked]
        with pytest.raises(KnownError, match=f"Group {code.asked[2]}"):
            encrypting.turn_on([*groups[:2], "0000"])
        assert files_of(folder) == before
        assert not ring.kept and not state(home).on


def test_a_keyring_that_keeps_nothing_is_noticed(folder: Path, ring: Any) -> None:
    ring.deaf = True
    with pytest.raises(KnownError, match="did not keep"):
        turn_on(Home.under(folder))
    assert not state(Home.under(folder)).on
    with opened(Home.under(folder)) as database:
        assert len(SessionStore(database).session_ids()) == 5


def test_thirty_flipped_bits_are_all_noticed(folder: Path, ring: Any, tmp_path: Path) -> None:
    """A run that was cut off leaves no mark of the bytes, so every page has to tell by itself."""
    turn_on(Home.under(folder))
    chance = random.Random(7)
    size = Home.under(folder).database.stat().st_size
    for number in range(30):
        copy = Home.under(Path(shutil.copytree(folder, tmp_path / f"flip{number}")))
        copy.database.with_name(f"{copy.database.name}.sha256").unlink()
        held = bytearray(copy.database.read_bytes())
        bit = chance.randrange(size * 8)
        held[bit // 8] ^= 1 << bit % 8
        copy.database.write_bytes(held)
        with opened(copy) as database:
            assert database.recovery is not None, f"bit {bit} of {size} bytes"
            assert len(SessionStore(database).session_ids()) == 5
        shutil.rmtree(copy.data.parent)


class Crashed(BaseException):
    """The program is gone from here on."""


@contextmanager
def crash_before(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], bool]]:
    """Nothing that reaches the disk happens any more from the so-manieth time on."""
    done = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def do(*args: Any, **named: Any) -> Any:
            nonlocal done
            done += 1
            if done > number:
                raise Crashed
            return real(*args, **named)

        return do

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", counted(os.fsync))
        patch.setattr(Path, "replace", counted(Path.replace))
        patch.setattr(Path, "unlink", counted(Path.unlink))
        yield lambda: done > number


@pytest.mark.parametrize("on", [True, False])
def test_a_crash_at_any_step_leaves_everything_usable(
    small: Path, tmp_path: Path, ring: Any, monkeypatch: pytest.MonkeyPatch, on: bool
) -> None:
    """And the next start goes on to where it was going."""
    folder = Path(shutil.copytree(small, tmp_path / "home"))
    if not on:
        turn_on(Home.under(folder))
    with opened(Home.under(folder)) as database:
        whole = content_of(database)
    shutil.rmtree(folder / "cache")
    key, kept = encryption.new_key(), dict(ring.kept)
    steps = 0
    for number in range(300):
        ring.kept = dict(kept)
        copy = Home.under(Path(shutil.copytree(folder, tmp_path / f"crash{number}")))
        database = open_database(copy, TODAY)
        store = SessionStore(database)
        with crash_before(number, monkeypatch) as crashed, suppress(Crashed, OSError):
            if on:
                store.custody.encrypt(key, None, TODAY)
            else:
                encrypting_of(database).turn_off()
        database._connection.close()
        again = Home.under(copy.data.parent)
        with opened(again) as database:
            assert content_of(database) == whole, f"after step {number}"
            assert database.recovery is None
        now = state(again)
        kept_logs = {path.stem for path in again.session_logs.glob("*.jsonl")}
        assert now.on or all(path[-3:] != "key" for path in files_of(copy.data))
        if now.on:
            assert kept_logs <= {"somebody"}  # whose stops nobody has looked for yet
            assert now.left == len(kept_logs)
        else:
            assert len(kept_logs) == 2
        shutil.rmtree(copy.data.parent)
        if not crashed():
            assert now.on is on
            break
        steps += 1
    assert 15 < steps < 299


def test_turned_off_again_everything_is_as_it_was(folder: Path, ring: Any) -> None:
    home = Home.under(folder)
    before = files_of(home.data)
    turn_on(home)
    assert not list(home.session_logs.glob("*.jsonl"))
    with opened(Home.under(folder)) as database:
        encrypting_of(database).turn_off()
    after = files_of(home.data)
    del before["logs/.half.jsonl.x7"]
    same = [name for name in before if name.startswith("logs/") or "damaged" in name]
    assert len(same) == 7
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert before.keys() == after.keys()
    assert not ring.kept
    with opened(Home.under(folder)) as database:
        assert database.recovery is None and not database.changed


def test_a_session_of_an_encrypted_record_leaves_no_log_file(
    folder: Path, ring: Any, tmp_path: Path
) -> None:
    """Neither one that is played nor one that is brought in."""
    home = Home.under(tmp_path / "new")
    turn_on(home)
    log = next((folder / "data" / "logs").glob("[0-9a-f]*.jsonl"))
    with opened(Home.under(tmp_path / "new")) as database:
        store = SessionStore(database)
        importer = Importer(store, SHIPPED, database.home, FakeClock().wall)
        assert importer.bring_in(log).new == 1
        sessions.keep_log(database.home, "played", NOTE)
        assert store.session_ids() == {log.stem}
    assert list(home.session_logs.iterdir()) == []


def test_backups_are_encrypted_and_can_be_gone_back_to(folder: Path, ring: Any) -> None:
    home = Home.under(folder)
    turn_on(home)
    with opened(Home.under(folder)) as database:
        custody = SessionStore(database).custody
        made = custody.back_up(date(2026, 12, 1))
        assert [one.sessions for one in custody.copies()] == [5, 5, 5]
        custody.restore(made, TODAY)
        assert len(SessionStore(database).session_ids()) == 5
    assert readable(folder) == []


def test_a_log_that_came_by_hand_is_looked_at_before_it_is_packed(
    folder: Path, ring: Any, tmp_path: Path
) -> None:
    """It may hold a stop that the data file has never seen."""
    stop = Path(__file__).resolve().parents[2] / "sessions" / "logs" / "urgent.jsonl"
    turn_on(Home.under(folder))
    put = Home.under(folder).session_logs / "by-hand.jsonl"
    shutil.copy(stop, put)
    locks = []
    for _ in range(3):
        with OpenedProgram(folder, FakeClock()) as program:
            program.app.today()
            locks = program.store.active_locks(program.profile)
    assert locks
    assert not put.exists() and put.with_name("by-hand.jsonl.locked").exists()


def test_a_lost_data_file_comes_back_encrypted(folder: Path, ring: Any) -> None:
    home = Home.under(folder)
    turn_on(home)
    home.database.unlink()
    with opened(Home.under(folder)) as database:
        assert database.recovery is not None
        assert len(SessionStore(database).session_ids()) == 5
    assert readable(folder) == []


def test_one_key_file_of_the_two_is_enough(folder: Path, ring: Any) -> None:
    home = Home.under(folder)
    turn_on(home)
    home.key_file.write_bytes(b"torn")
    with opened(Home.under(folder)) as database:
        assert database.recovery is None
    (home.backups / home.key_file.name).unlink()
    with pytest.raises(KnownError, match=r"nerve-coach\.key"):
        open_database(Home.under(folder), TODAY)


def test_a_full_disk_is_told_and_leaves_what_was(
    folder: Path, ring: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(folder)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(KnownError, match="too full"):
        turn_on(Home.under(folder))
    assert not state(Home.under(folder)).on and not ring.kept


def test_what_cannot_be_rewritten_now_is_told_and_done_at_the_next_start(
    folder: Path, ring: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up half-way: everything can still be used, and nothing begins twice."""
    real, done = encryption.encrypt, []

    def full(path: Path, key: bytes) -> None:
        if done:
            raise KnownError("the disk is full")
        done.append(path)
        real(path, key)

    home = Home.under(folder)
    with monkeypatch.context() as patch, opened(home) as database:
        patch.setattr(encryption, "encrypt", full)
        custody = SessionStore(database).custody
        with pytest.raises(KnownError, match="tried again at each start"):
            custody.encrypt(encryption.new_key(), None, TODAY)
        assert custody.encryption.on and custody.encryption.left > 0
        with pytest.raises(KnownError, match="already"):
            custody.encrypt(encryption.new_key(), None, TODAY)
        assert len(SessionStore(database).session_ids()) == 5
    with opened(Home.under(folder)) as database:
        assert len(SessionStore(database).session_ids()) == 5
        assert SessionStore(database).custody.encryption.left == 0
    assert readable(folder) == []
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder / "data").rglob("*.db"))


def test_deleting_everything_takes_the_key_along(folder: Path, ring: Any) -> None:
    home = Home.under(folder)
    turn_on(home)
    with opened(Home.under(folder)) as database:
        store = SessionStore(database)
        care = DataCare(
            store,
            SHIPPED,
            database.home,
            FakeClock(),
            Phrasing(SHIPPED.phrases, "112"),
            store.profiles()[0].id,
            changed=lambda: None,
            forget=lambda: None,
        )
        care.delete_everything("delete everything")
    assert not ring.kept
    assert not (folder / "data").exists() or files_of(folder / "data") == {}


def test_a_command_without_a_terminal_says_what_to_do(
    folder: Path, no_ring: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turn_on(Home.under(folder), PASSPHRASE)
    words = ["--home", str(folder), "export", "--format", "csv", "--out", str(tmp_path / "x.csv")]
    assert main(words) == 2
    told, wrong = capsys.readouterr()
    assert not told
    assert "encrypted" in wrong and "terminal" in wrong and "passphrase" in wrong


def test_a_command_on_a_terminal_asks(
    folder: Path, no_ring: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_on(Home.under(folder), PASSPHRASE)
    asked: list[str] = []
    answers = ["wrong", PASSPHRASE]

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return answers[len(asked) - 1]

    monkeypatch.setattr("coach.cli._asker", lambda: ask)
    words = ["--home", str(folder), "export", "--format", "csv", "--out", str(tmp_path / "x.csv")]
    assert main(words) == 2
    assert main(words) == 0
    assert asked == ["Passphrase or recovery code: "] * 2
    assert (tmp_path / "x.csv").exists()


def test_the_doctor_does_not_take_locked_for_damaged(folder: Path, no_ring: None) -> None:
    from coach.store.check_up import check_up

    turn_on(Home.under(folder), PASSPHRASE)
    assert check_up(Home.under(folder)).begun
