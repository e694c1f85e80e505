"""``nerve-coach export``: what it prints, what it writes, and its exit status."""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from coach.app.session.replaying import replay
from coach.cli import main
from coach.formats.session_log import read_log
from coach.store.paths import Home
from coach.store.single_instance import SingleInstance
from fake_clock import FakeClock
from long_record import LAST_DAY, write_long_record
from opened_program import SHIPPED, OpenedProgram


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with five sessions of one person, whole logs and all."""
    home = tmp_path_factory.mktemp("home")
    with OpenedProgram(home, FakeClock()) as program:
        pseudonym = program.store.profiles()[0].pseudonym
        write_long_record(program.store, program.profile, 5, pseudonym=pseudonym)
    return home


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "out"
    folder.mkdir()
    yield folder
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def run(home: Path, *words: str) -> int:
    return main(["--home", str(home), "export", *words])


def test_each_file_is_named_on_a_line(
    played: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(played, "--format", "csv", "--out", str(out / "x.csv")) == 0
    told, wrong = capsys.readouterr()
    names = ("x.csv", "sessions.csv", "datapackage.json")
    assert told.splitlines() == [str(out / name) for name in names]
    assert not wrong
    assert len((out / "sessions.csv").read_text("utf-8").splitlines()) == 6


def test_two_exports_in_one_folder_keep_apart(played: Path, out: Path) -> None:
    """Names stay with names: a de-identified export is never described by another one's files."""
    first, second = out / "study.csv", out / "mine.csv"
    assert run(played, "--format", "csv", "--out", str(first), "--deidentify") == 0
    masked = (out / "sessions.csv").read_bytes()
    for _ in range(2):
        assert run(played, "--format", "csv", "--out", str(second)) == 0
    assert (out / "sessions.csv").read_bytes() == masked
    assert b"session_date" in (out / "mine-sessions.csv").read_bytes()
    package = json.loads((out / "mine-datapackage.json").read_text("utf-8"))
    named = [one["path"] for one in package["resources"]]
    assert named == ["mine.csv", "mine-sessions.csv"]


def test_days_the_wrong_way_round_are_told(
    played: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = ("--since", "2026-02-12", "--until", "2026-01-12")
    assert run(played, "--format", "csv", "--out", str(out / "x.csv"), *days) == 2
    assert "--since 2026-02-12" in capsys.readouterr().err
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "files"),
    [("new", "new/sets.csv"), ("x.CSV", "x.CSV"), ("a.b", "a.b/sets.csv"), (".", "sets.csv")],
)
def test_a_path_without_the_ending_is_a_folder(
    played: Path, out: Path, name: str, files: str
) -> None:
    assert run(played, "--format", "csv", "--out", str(out / name)) == 0
    assert (out / files).is_file()


def test_a_zip_of_logs_replays(played: Path, out: Path) -> None:
    for words in ((), ("--deidentify",)):
        assert run(played, "--format", "json", "--out", str(out / "x.zip"), *words) == 0
        with zipfile.ZipFile(out / "x.zip") as archive:
            logs = [name for name in archive.namelist() if name.startswith("logs/")]
            assert len(logs) == 5
            for name in logs:
                again = replay(SHIPPED, archive.read(name), name)
                assert not again.differences
                assert not again.ends_open


def test_a_period_and_a_person(played: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(out / "x.zip")
    after = str(LAST_DAY + timedelta(days=1))
    for words, count in (
        (("--since", str(LAST_DAY)), 1),
        (("--until", str(LAST_DAY)), 5),
        (("--profile", "me"), 5),
        (("--since", after), 0),
    ):
        assert run(played, "--format", "json", "--out", place, *words) == 0
        with zipfile.ZipFile(place) as archive:
            assert json.loads(archive.read("manifest.json"))["sessions"] == count
    assert "No session" in capsys.readouterr().err


def test_the_profile_may_be_named_before_the_command(
    played: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["export", "--format", "csv", "--out", str(out)]
    assert main(["--home", str(played), "--profile", "nobody", *words]) == 2
    assert "there are: me" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "csv", "--out", "{out}/gone/deeper/x.csv"), "gone/deeper"),
        (("--format", "xlsx", "--out", "{out}"), "this is a folder"),
        (("--format", "xlsx", "--out", "{home}/data/nerve-coach.db"), "its own files"),
        (("--format", "csv", "--out", "{out}", "--profile", "you"), "you: there is nobody"),
    ],
)
def test_unusable_input_is_told_in_one_line(
    played: Path,
    out: Path,
    words: tuple[str, ...],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(played, *(word.format(out=out, home=played) for word in words)) == 2
    said, wrong = capsys.readouterr()
    assert not said
    assert told in wrong
    assert len(wrong.splitlines()) == 1
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "csv"),
        ("--out", "x"),
        ("--format", "doc", "--out", "x"),
        ("--format", "csv", "--out", "x", "--since", "yesterday"),
    ],
)
def test_a_command_that_is_not_whole_is_refused(played: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(played, *words)
    assert ended.value.code == 2


def test_while_a_window_has_the_data_nothing_is_read(
    played: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with SingleInstance(Home.under(played).lock_file):
        assert run(played, "--format", "csv", "--out", str(out)) == 2
    assert "already running" in capsys.readouterr().err


@pytest.mark.hazard("H18")
@pytest.mark.parametrize("lost", [True, False])
def test_a_lost_or_damaged_data_file_is_left_for_the_window(
    tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str], *, lost: bool
) -> None:
    """There the person is told, sessions come back from their logs, and all is asked again."""
    clock = FakeClock()
    with OpenedProgram(tmp_path / "home", clock) as program:
        pseudonym = program.store.profiles()[0].pseudonym
        write_long_record(program.store, program.profile, 2, pseudonym=pseudonym)
        program.app.care.back_up()
        home = program.home
    if lost:
        home.database.unlink()
    else:
        home.database.write_bytes(b"nonsense" * 1000)
    before = {path: path.read_bytes() for path in home.data.rglob("*") if path.is_file()}
    assert run(tmp_path / "home", "--format", "json", "--out", str(out / "x.zip")) == 2
    assert "Open the window of Nerve Coach first" in capsys.readouterr().err
    after = {path: path.read_bytes() for path in home.data.rglob("*") if path.is_file()}
    assert {k: v for k, v in after.items() if k != home.lock_file} == before
    with OpenedProgram(tmp_path / "home", clock) as program:
        assert any("backup" in note for note in program.app.notes)


def test_a_data_file_that_was_changed_from_outside_is_told(
    tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every row fits its seal, so it is used; the window would have no word of it afterwards."""
    with OpenedProgram(tmp_path / "home", FakeClock()) as program:
        home = program.home
    with closing(sqlite3.connect(home.database)) as other:
        other.execute("PRAGMA auto_vacuum = FULL")
        other.execute("VACUUM")
    assert run(tmp_path / "home", "--format", "csv", "--out", str(out)) == 0
    assert "outside this program" in capsys.readouterr().err


def test_a_damaged_log_is_left_out_and_told(
    tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other sessions are not held back by it."""
    clock = FakeClock()
    with OpenedProgram(tmp_path / "home", clock) as program:
        pseudonym = program.store.profiles()[0].pseudonym
        write_long_record(program.store, program.profile, 2, pseudonym=pseudonym)
        sessions = program.store.sessions(program.profile)
        wrong = sessions[0].id
        with program._database.transaction() as connection:
            connection.execute(
                "UPDATE event SET data = replace(data, 'E1', 'E2') WHERE session = ? AND seq = 1",
                (wrong,),
            )
    assert run(tmp_path / "home", "--format", "json", "--out", str(out / "x.zip")) == 1
    assert wrong in capsys.readouterr().err
    with zipfile.ZipFile(out / "x.zip") as archive:
        logs = [name for name in archive.namelist() if name.startswith("logs/")]
        assert logs == [f"logs/{sessions[1].id}.jsonl"]
        read_log(archive.read(logs[0]), logs[0])


def test_the_data_file_is_only_read(played: Path, out: Path) -> None:
    def rows() -> list[tuple[str, int]]:
        with sqlite3.connect(Home.under(played).database) as other:
            tables = ("session", "event", "set_row", "lock", "correction")
            counts = [
                (table, other.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
                for table in tables
            ]
        other.close()
        return counts

    before = rows()
    assert run(played, "--format", "csv", "--out", str(out), "--deidentify") == 0
    assert rows() == before
