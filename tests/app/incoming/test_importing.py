"""What was played elsewhere is checked, decided again and merged; nothing here is overwritten."""

import io
import json
import random
import sqlite3
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.app.export.exporting import Format, Source, Wish, export
from coach.app.incoming import importing
from coach.app.incoming.importing import FileReport, Importer
from coach.app.session.keeping import kept_records
from coach.domain.past import Morning
from coach.domain.rating import RestAnswer
from coach.domain.record import Asked, Correction, Moment, Selection, SetLock
from coach.formats import log_archive
from coach.formats.later_lines import Later, later_line, read_later
from coach.formats.session_log import LogRecord, chained, log_text, read_log
from coach.rules.locks import Assessment
from coach.store.database import Database, open_database
from coach.store.paths import Home
from coach.store.sessions import SessionStore
from fake_clock import DAY_MS, FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram

TODAY = date(2025, 12, 20)
NOW = "2025-12-20T09:00:00.000+01:00"
TABLES = (
    "session", "event", "set_row", "answer", "past", "afterwards", "correction", "lock", "plan",
)  # fmt: skip


@dataclass
class Hub:
    """A home that things are brought into."""

    home: Home
    database: Database
    store: SessionStore

    def bring(self, path: Path) -> FileReport:
        return Importer(self.store, SHIPPED, self.home, lambda: NOW).bring_in(path)

    def export(self, path: Path, **selection: Any) -> Path:
        source = Source(self.store, SHIPPED, self.home, NOW, lambda: "abcd")
        export(source, Wish(Format.JSON, Selection(**selection), path))
        return path

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything but ids made here, with people by their pseudonym."""
        names = {one.id: one.pseudonym for one in self.store.profiles()}
        found = {}
        for table in TABLES:
            rows = self.database.query(f"SELECT * FROM {table}")  # noqa: S608 (names of this file)
            skip = {"seq"} if table == "past" else set()
            found[table] = sorted(
                (
                    tuple(names.get(row[key], row[key]) for key in row.keys() if key not in skip)  # noqa: SIM118 (a row of SQLite)
                    for row in rows
                ),
                key=repr,
            )
        found["order"] = [
            (name,) for one in self.store.profiles() for name, _ in self.store.pasts(one.id)
        ]
        found["order"].sort(key=lambda row: [len(found["order"]), row])
        heads = self.database.query(
            "SELECT id, log_head FROM session UNION SELECT session, log_head FROM conflict"
        )
        found["logs"] = sorted(tuple(row) for row in heads)
        return found


@contextmanager
def hub(folder: Path) -> Iterator[Hub]:
    home = Home.under(folder)
    database = open_database(home, TODAY)
    try:
        yield Hub(home, database, SessionStore(database))
    finally:
        database.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Hub]:
    with hub(tmp_path / "hub") as made:
        yield made


@dataclass
class Played:
    """Somebody's record: zips of it as it grew, and the logs of its sessions."""

    zips: list[Path]
    logs: list[Path]
    pseudonym: str
    lock: str


def _play(folder: Path, clock: FakeClock) -> Played:
    """Six sessions with mornings, a stop lifted later, a correction; exported after each."""
    zips = []
    with OpenedProgram(folder / "home", clock) as program:
        here = Hub(program.home, program._database, program.store)
        for name in (
            "calm-day",
            "eased-day",
            "weak-leg",
            "ended-session",
            "calm-day",
            "numb-stays",
        ):
            LivePlayer(program.app.begin(), clock, shipped_answers(name)).play()
            clock.pass_ms(11 * 60_000)
            if program.app.today().ask is not None:
                program.answer_ten_minutes(RestAnswer(tingling=2, pain=1, numb=False))
            clock.pass_ms(3 * DAY_MS)
            if program.app.today().ask is not None:
                program.answer_morning(Morning(tingling=1, pain=0, woken=False))
            zips.append(here.export(folder / f"{len(zips)}.zip"))
            if program.app.today().lock is not None:
                day = datetime.fromisoformat(clock.wall()).date()
                assert program.app.unlock(Assessment("GP", day, cleared=True)) is None
                zips.append(here.export(folder / f"{len(zips)}.zip"))
        last = min(program.store.session_ids())
        made = datetime.fromisoformat(clock.wall())
        wrong = Correction(Moment.SET, 1, Asked.TINGLING, 4, "typed the wrong one", made)
        program.store.add_correction(last, wrong)
        zips.append(here.export(folder / f"{len(zips)}.zip"))
        (person,) = program.store.profiles()
        locks = program.store.lifted_locks(person.id) + program.store.active_locks(person.id)
        logs = sorted(program.home.session_logs.iterdir())
        return Played(zips, logs, person.pseudonym, locks[0].id)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return _play(tmp_path_factory.mktemp("ada"), FakeClock())


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return _play(tmp_path_factory.mktemp("bob"), FakeClock(FakeClock().now_utc_ms + 7_000_000))


def rewritten(path: Path, index: int, **data: object) -> str:
    """A log with one record changed and the chain made good again."""
    again: list[LogRecord] = []
    for record in read_log(path.read_bytes(), path.name):
        content = {**record.data, **data} if record.seq == index else record.data
        before = again[-1] if again else None
        again.append(chained(before, record.type, record.ms, record.wall, content))
    return log_text(again)


def reached(path: Path) -> int:
    """The first line of a log that neither asks, answers nor decides."""
    return next(one.seq for one in read_log(path.read_bytes(), "") if one.type == "reached")


# Round trips and merging


def test_exported_imported_and_exported_again_it_is_the_same_byte_for_byte(
    played: Played, empty: Hub, tmp_path: Path
) -> None:
    """With mornings, corrections, and a stop with who lifted it."""
    report = empty.bring(played.zips[-1])
    assert report.clean and report.new == 6
    again = empty.export(tmp_path / "again.zip")
    assert again.read_bytes() == played.zips[-1].read_bytes()
    assert [one.name for one in empty.store.profiles()] == [played.pseudonym]
    (person,) = empty.store.profiles()
    assert all(
        correction.reason
        for one in empty.store.record.sessions(Selection())
        for correction in one.corrections
    )
    assert empty.store.afterwards(person.id)


def test_an_imported_session_has_the_rows_of_the_one_that_was_played(
    played: Played, empty: Hub
) -> None:
    """Sets, answers and log; what it leaves for later days says the same."""
    empty.bring(played.zips[-1])
    with closing(sqlite3.connect(played.logs[0].parents[1] / "nerve-coach.db")) as theirs:
        for table in ("event", "answer", "afterwards", "correction"):
            statement = f"SELECT * FROM {table}"  # noqa: S608 (names of this line)
            ours = [tuple(row) for row in empty.database.query(statement)]
            assert ours == theirs.execute(statement).fetchall(), table
        columns = "session, n, exercise, side, level, reps, rest_s, planned_ms, done_ms, tingling"
        more = 'pain, "where", feels, new, settled_s, action, rules, levers'
        statement = f"SELECT {columns}, {more} FROM set_row ORDER BY session, n"  # noqa: S608 (as above)
        ours = [tuple(row) for row in empty.database.query(statement)]
        assert ours == theirs.execute(statement).fetchall()
        left = [json.loads(row[0]) for row in theirs.execute("SELECT data FROM past ORDER BY seq")]
    (person,) = empty.store.profiles()
    assert [json.loads(data) for _, data in empty.store.pasts(person.id)] == left


def test_the_reference_sessions_come_in_side_by_side(empty: Hub) -> None:
    """As somebody called simulated, each decided as it was recorded."""
    logs = sorted((SHIPPED.root / "sessions" / "logs").glob("*.jsonl"))
    reports = [empty.bring(log) for log in logs]
    assert all(report.clean and report.new == 1 for report in reports)
    assert [one.name for one in empty.store.profiles()] == ["simulated"]
    shown = list(empty.store.record.sessions(Selection()))
    assert {session.outcome.value for session in shown} >= {"completed", "urgent", "incomplete"}


def test_importing_again_adds_nothing(played: Played, empty: Hub) -> None:
    empty.bring(played.zips[-1])
    before = empty.rows()
    report = empty.bring(played.zips[-1])
    assert (report.new, report.here, report.conflicts) == (0, 6, 0)
    assert empty.rows() == before


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(range(14)), chosen=st.sets(st.integers(0, 13), min_size=1))
def test_two_hubs_that_import_in_different_order_end_equal(
    played: Played,
    another: Played,
    tmp_path_factory: pytest.TempPathFactory,
    order: list[int],
    chosen: set[int],
) -> None:
    """Overlapping zips of two people, made before and after a stop was lifted, and single logs."""
    files = [*played.zips[-4:], *another.zips[-4:], *played.logs[:3], *another.logs[:3]]
    folder = tmp_path_factory.mktemp("hubs")
    found = []
    for number, sequence in enumerate((sorted(chosen), [one for one in order if one in chosen])):
        with hub(folder / str(number)) as one:
            for index in sequence:
                assert one.bring(files[index]).usable
            found.append(one.rows())
    assert found[0] == found[1]


def test_cut_and_whole_and_contradicting_logs_merge_alike_in_every_order(
    played: Played, tmp_path: Path
) -> None:
    """The longer wins where it continues the other; otherwise both are kept."""
    whole = played.logs[0].read_text()
    lines = whole.splitlines(keepends=True)
    other = rewritten(played.logs[0], reached(played.logs[0]), aside=1)
    variants = {
        "a": "".join(lines[: reached(played.logs[0]) - 5]),
        "b": whole,
        "c": other,
        "d": "".join(other.splitlines(keepends=True)[: reached(played.logs[0]) + 5]),
    }
    files = []
    for name, text in variants.items():
        files.append(tmp_path / f"{name}.jsonl")
        files[-1].write_text(text)
    found = []
    for number, order in enumerate(((0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1))):
        with hub(tmp_path / f"hub{number}") as one:
            for index in order:
                one.bring(files[index])
            found.append(one.rows()["logs"])
            assert len(one.database.query("SELECT * FROM conflict")) == 1
    assert all(logs == found[0] for logs in found)


def test_a_log_that_contradicts_one_here_is_kept_beside_it_and_reported(
    played: Played, empty: Hub, tmp_path: Path
) -> None:
    empty.bring(played.logs[0])
    before = empty.rows()
    other = tmp_path / "other.jsonl"
    other.write_text(rewritten(played.logs[0], reached(played.logs[0]), aside=1))
    report = empty.bring(other)
    assert (report.new, report.conflicts, report.clean) == (0, 1, False)
    after = empty.rows()
    assert after["session"] == before["session"] and after["event"] == before["event"]
    (kept,) = empty.database.query("SELECT * FROM conflict")
    assert kept["log"] == other.read_text() and kept["found_wall"] == NOW


def test_nothing_continues_a_session_that_was_over(
    played: Played, empty: Hub, tmp_path: Path
) -> None:
    """Lines added after its end are another log, not more of it."""
    empty.bring(played.logs[0])
    records = list(read_log(played.logs[0].read_bytes(), ""))
    last = records[-1]
    records.append(chained(last, "closed", last.ms, last.wall, {"outcome": "completed"}))
    longer = tmp_path / "longer.jsonl"
    longer.write_text(log_text(records))
    report = empty.bring(longer)
    assert (report.continued, report.conflicts) == (0, 1)


def test_sessions_of_before_take_their_place_among_those_of_here(
    played: Played, empty: Hub
) -> None:
    """The last one played is still the last one, whatever came later from a file."""
    for log in reversed(played.logs):
        empty.bring(log)
    (person,) = empty.store.profiles()
    assert [name for name, _ in empty.store.pasts(person.id)] == [log.stem for log in played.logs]


def test_imported_sessions_count_for_whose_they_are_and_for_nobody_else(
    played: Played, tmp_path: Path
) -> None:
    """Another person's stop closes nothing here, and their first session is not mine."""
    with OpenedProgram(tmp_path / "mine", FakeClock()) as program:
        importer = Importer(program.store, SHIPPED, program.home, program.clock.wall)
        assert importer.bring_in(played.zips[2]).new
        program.app.between.session_closed()
        assert program.app.today().lock is None
        assert program.app.between.first_session
        theirs = program.store.merging.person(played.pseudonym)
        assert theirs is not None and program.store.active_locks(theirs.id)
        assert not program.store.active_locks(program.profile)


def test_own_sessions_from_another_computer_become_the_persons_own(
    played: Played, another: Played, tmp_path: Path
) -> None:
    """On the new one nothing was played yet; the next session goes on where the other left off."""
    with OpenedProgram(tmp_path / "new", FakeClock(FakeClock().now_utc_ms + 60 * DAY_MS)) as here:
        care = here.app.care
        assert care.may_be_own
        run(care.bring_in([played.zips[-1]], own=True))
        assert [(one.id, one.pseudonym) for one in here.store.profiles()] == [
            (here.profile, played.pseudonym)
        ]
        assert not here.app.between.first_session and not care.may_be_own
        reports = run(care.bring_in([another.zips[-1]], own=True))
        assert [note.key for note in reports[0].notes] == ["ui.data.note.not_owned"]
        assert len(here.store.profiles()) == 2
        if here.app.today().lock is not None:
            day = datetime.fromisoformat(here.clock.wall()).date()
            assert here.app.unlock(Assessment("GP", day, cleared=True)) is None
        if here.app.today().ask is not None:
            here.skip_question()
        LivePlayer(here.app.begin(), here.clock, shipped_answers("calm-day")).play()
        last = here.store.last_session(here.profile)
        assert last is not None
        assert kept_records(here.store, last.id)[0].data["profile"] == played.pseudonym


def test_a_zip_of_several_people_is_nobodys_own(
    played: Played, another: Played, empty: Hub, tmp_path: Path
) -> None:
    empty.bring(played.zips[-1])
    empty.bring(another.zips[-1])
    both = empty.export(tmp_path / "both.zip")
    with OpenedProgram(tmp_path / "new", FakeClock(FakeClock().now_utc_ms + 60 * DAY_MS)) as here:
        reports = run(here.app.care.bring_in([both], own=True))
        assert reports[0].new == 12
        assert here.app.between.first_session and len(here.store.profiles()) == 3


def run(steps: Generator[Any, None, tuple[FileReport, ...]]) -> tuple[FileReport, ...]:
    """Let small steps come to their end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            reports: tuple[FileReport, ...] = end.value
            return reports


# Stops


def test_a_stop_in_a_log_stands_as_soon_as_it_is_imported(played: Played, empty: Hub) -> None:
    session = played.lock.rsplit("-", 2)[0]
    log = next(log for log in played.logs if played.lock.startswith(log.stem))
    empty.bring(log)
    (person,) = empty.store.profiles()
    assert played.lock in {lock.id for lock in empty.store.active_locks(person.id)}
    assert session


def test_an_import_never_lifts_a_stop_that_stands_here(played: Played, empty: Hub) -> None:
    """First the file from before it was lifted, then the one that calls it lifted."""
    early = next(path for path in played.zips if _says(path, played.lock) == "stands")
    late = played.zips[-1]
    assert _says(late, played.lock) == "lifted"
    empty.bring(early)
    report = empty.bring(late)
    (person,) = empty.store.profiles()
    assert played.lock in {lock.id for lock in empty.store.active_locks(person.id)}
    assert any(note.key == "ui.data.note.lock_stays" for note in report.notes)


def test_a_stop_that_was_lifted_here_is_not_closed_again_by_an_old_file(
    played: Played, empty: Hub
) -> None:
    early = next(path for path in played.zips if _says(path, played.lock) == "stands")
    empty.bring(early)
    empty.store.lift_locks([played.lock], lifted_wall=NOW, lifted_by="GP")
    empty.bring(early)
    (person,) = empty.store.profiles()
    assert played.lock in {lock.id for lock in empty.store.lifted_locks(person.id)}


def test_a_red_flag_whose_stop_was_taken_out_of_the_log_locks_all_the_same(
    played: Played, empty: Hub, tmp_path: Path
) -> None:
    """The chain was made good again, so only deciding the log again can tell."""
    log = next(log for log in played.logs if played.lock.startswith(log.stem))
    kept: list[LogRecord] = []
    for record in read_log(log.read_bytes(), log.name):
        if record.type != "lock":
            before = kept[-1] if kept else None
            kept.append(chained(before, record.type, record.ms, record.wall, record.data))
    edited = tmp_path / log.name
    edited.write_text(log_text(kept))
    report = empty.bring(edited)
    assert any(note.key == "ui.data.note.differs" for note in report.notes)
    (person,) = empty.store.profiles()
    assert played.lock in {lock.id for lock in empty.store.active_locks(person.id)}


def test_a_log_that_cannot_be_decided_still_stops_whom_it_is_about(
    played: Played, empty: Hub, tmp_path: Path
) -> None:
    log = next(log for log in played.logs if played.lock.startswith(log.stem))
    newer = tmp_path / log.name
    newer.write_text(rewritten(log, 0, questions=["Z99"]))
    report = empty.bring(newer)
    assert [fault.field for fault in report.left_out] == ["data.questions"]
    assert empty.store.session_ids() == set()
    (person,) = empty.store.profiles()
    assert played.lock in {lock.id for lock in empty.store.active_locks(person.id)}


def _says(path: Path, lock: str) -> str:
    with zipfile.ZipFile(path) as archive:
        lines, faults = read_later(archive.read("later.jsonl"), "later.jsonl")
    assert faults == []
    for line in lines:
        if isinstance(line.what, SetLock) and line.what.id == lock:
            return "stands" if line.what.lifted_at is None else "lifted"
    return "nothing"


# Damage


def test_of_two_hundred_truncated_logs_the_rest_verifies_and_is_imported(
    played: Played, tmp_path: Path
) -> None:
    """An incomplete session whose log is a beginning of the real one; a torn line is named."""
    chance = random.Random(200)
    with hub(tmp_path / "hub") as one:
        for number in range(200):
            log = chance.choice(played.logs)
            content = log.read_bytes()
            cut = chance.randrange(len(content))
            path = tmp_path / f"{number}.jsonl"
            path.write_bytes(content[:cut])
            report = one.bring(path)
            whole = content[:cut].count(b"\n")
            assert report.usable == (whole > 0), cut
            torn = not content[:cut].endswith(b"\n")
            assert bool(report.left_out) == torn
            if torn and whole:
                assert report.left_out[0].line == whole + 1
            if whole:
                assert report.new + report.here + report.continued == 1
                records = kept_records(one.store, log.stem)
                assert content.startswith(log_text(records).encode())
                assert len(records) >= whole
        for session in one.store.record.sessions(Selection()):
            assert session.outcome == "incomplete"
        # The whole logs then continue what is there.
        for log in played.logs:
            report = one.bring(log)
            assert report.clean and report.continued + report.new == 1
        assert all(one.database.holds([log.stem]) for log in played.logs)


def test_a_changed_line_ends_what_is_imported_and_is_named(
    played: Played, empty: Hub, tmp_path: Path
) -> None:
    lines = played.logs[0].read_bytes().splitlines(keepends=True)
    lines[25] = lines[25].replace(b'"ms":', b'"ms":1')
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b"".join(lines))
    report = empty.bring(path)
    assert report.new == 1 and not report.clean
    assert str(report.left_out[0]).startswith(f"{path}:26: ")
    assert len(kept_records(empty.store, played.logs[0].stem)) == 25


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "1: file: holds no complete record"),
        (b"hello\n", "1: line: is not a JSON object"),
        (b"PK\x03\x04 and no more", "1: file: is no zip"),
        (b"\x00" * 2_000_000, "1: file: holds no complete record"),
        (b"x" * (8 * 1024 * 1024 + 5), "1: file: is longer than"),
    ],
)
def test_a_file_that_is_none_is_refused_whole(
    empty: Hub, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    report = empty.bring(path)
    assert not report.usable
    assert words in str(report.left_out[0])
    assert empty.store.profiles() == []


def test_a_simulated_session_comes_in_as_somebody_of_its_own(empty: Hub, tmp_path: Path) -> None:
    """Whoever tries a plan out may keep what came of it; it is nobody else's."""
    path = tmp_path / "tried.jsonl"
    path.write_bytes((SHIPPED.root / "sessions" / "logs" / "calm.jsonl").read_bytes())
    report = empty.bring(path)
    assert not report.left_out
    assert [one.name for one in empty.store.profiles()] == ["simulated"]
    assert [one.outcome for one in empty.store.record.sessions(Selection())] == ["completed"]


def test_a_file_that_is_not_there_is_named(empty: Hub, tmp_path: Path) -> None:
    report = empty.bring(tmp_path / "never.zip")
    assert not report.usable
    assert "No such file" in str(report.left_out[0])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"session": "../../x"}, "data.session"),
        ({"profile": ""}, "data.profile"),
        ({"plan": "other"}, "data.plan_sha256"),
        ({"demo": True}, "data.demo"),
        ({"deidentified": "yes"}, "data.deidentified"),
        ({"engine": 1}, "data.engine"),
    ],
)
def test_a_header_that_cannot_be_believed_leaves_the_log_out(
    played: Played, empty: Hub, tmp_path: Path, change: dict[str, object], field: str
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(rewritten(played.logs[0], 0, **change))
    report = empty.bring(path)
    assert [fault.field for fault in report.left_out] == [field]
    assert not report.usable and empty.store.session_ids() == set()


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_names_that_leave_the_folder_are_refused(
    played: Played, empty: Hub, tmp_path: Path
) -> None:
    log = played.logs[0].read_bytes()
    names = ("../evil.jsonl", "/evil.jsonl", "C:evil.jsonl", "logs/../../evil.jsonl", "notes.txt")
    path = zipped(tmp_path / "a.zip", **dict.fromkeys(names, log), **{"logs/a.jsonl": log})
    report = empty.bring(path)
    assert report.new == 1
    assert sorted(fault.field for fault in report.left_out) == ["name"] * len(names)
    assert not list(tmp_path.rglob("evil*"))


def test_a_bomb_is_left_out_and_the_rest_is_read(
    played: Played, empty: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file that unpacks to too much, and all of them together."""
    log = played.logs[0].read_bytes()
    bomb = b" " * (9 * 1024 * 1024)
    path = zipped(tmp_path / "a.zip", **{"a.jsonl": bomb, "b.jsonl": log})
    report = empty.bring(path)
    assert report.new == 1
    assert "is longer than" in str(report.left_out)
    monkeypatch.setattr(log_archive, "MOST_BYTES_IN_ALL", len(log) + 100)
    path = zipped(tmp_path / "b.zip", **{"a.jsonl": log, "b.jsonl": played.logs[1].read_bytes()})
    report = empty.bring(path)
    assert report.here == 1 and "unpacks to too much" in str(report.left_out)
    monkeypatch.setattr(log_archive, "MOST_FILES", 1)
    report = empty.bring(path)
    assert not report.usable and "more than 1 files" in str(report.left_out)


def test_a_damaged_zip_gives_what_verifies(played: Played, empty: Hub, tmp_path: Path) -> None:
    """A log torn inside the zip imports its beginning, and nothing else of it is believed."""
    log = played.logs[0].read_bytes()
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.jsonl", log)
        archive.writestr("later.jsonl", b"{}\n")
    content = bytearray(path.read_bytes())
    content[content.index(log[:40]) + len(log) // 2] ^= 4
    path.write_bytes(content)
    report = empty.bring(path)
    assert report.new == 1 and not report.clean
    records = kept_records(empty.store, played.logs[0].stem)
    assert log.startswith(log_text(records).encode())
    assert "later.jsonl:1: line" in "\n".join(map(str, report.left_out))


def test_what_was_said_about_a_session_that_is_not_here_is_left_out(
    played: Played, empty: Hub, tmp_path: Path
) -> None:
    """And what somebody else is said to have said about it."""
    said = Correction(Moment.SET, 1, Asked.PAIN, 3, "", datetime.fromisoformat(NOW))
    lines = [Later("never", played.pseudonym, said), Later(played.logs[0].stem, "p-other", said)]
    later = "".join(later_line(line) + "\n" for line in lines).encode()
    files = {"a.jsonl": played.logs[0].read_bytes(), "later.jsonl": later}
    report = empty.bring(zipped(tmp_path / "a.zip", **files))
    assert [(fault.line, fault.field) for fault in report.left_out] == [
        (1, "session"),
        (2, "session"),
    ]
    assert empty.database.query("SELECT * FROM correction") == []


def test_a_session_from_the_future_is_kept_and_named(
    played: Played, empty: Hub, tmp_path: Path
) -> None:
    again: list[LogRecord] = []
    for record in read_log(played.logs[0].read_bytes(), ""):
        wall = (datetime.fromisoformat(record.wall) + timedelta(days=700)).isoformat()
        again.append(
            chained(again[-1] if again else None, record.type, record.ms, wall, record.data)
        )
    path = tmp_path / "log.jsonl"
    path.write_text(log_text(again))
    report = empty.bring(path)
    assert report.clean and report.new == 1
    assert [note.key for note in report.notes] == ["ui.data.note.future"]


def test_a_log_decided_differently_is_kept_as_it_was_logged(
    played: Played, empty: Hub, tmp_path: Path
) -> None:
    log = next(log for log in played.logs if b'"EASE1"' in log.read_bytes())
    records = read_log(log.read_bytes(), "")
    decision = next(one.seq for one in records if one.data.get("action") == "EASE1")
    path = tmp_path / "log.jsonl"
    path.write_text(rewritten(log, decision, action="HOLD"))
    report = empty.bring(path)
    assert report.clean and report.new == 1
    assert [note.key for note in report.notes] == ["ui.data.note.differs"]
    assert log_text(kept_records(empty.store, log.stem)) == path.read_text()


# Small steps


def test_an_import_given_up_keeps_whole_sessions_and_goes_on_later(
    played: Played, empty: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    steps = Importer(empty.store, SHIPPED, empty.home, lambda: NOW).steps(played.zips[-1])
    assert next(steps) == (0, 6)
    for _ in range(3):
        next(steps)
    steps.close()
    assert len(empty.store.session_ids()) == 2
    assert {path.stem for path in empty.home.session_logs.iterdir()} == empty.store.session_ids()
    report = empty.bring(played.zips[-1])
    assert (report.new, report.here) == (4, 2)


def test_every_line_of_what_came_later_is_checked() -> None:
    """Ratings, times and keys; the others are still read."""
    good = later_line(
        Later(
            "s1", "p-1", Correction(Moment.SET, 1, Asked.PAIN, 3, "", datetime.fromisoformat(NOW))
        )
    )
    bad = [
        "nonsense",
        "[]",
        good.replace('"value":3', '"value":11'),
        good.replace("+01:00", ""),
        good.replace('"correction"', '"opinion"'),
        good.replace('"s1"', "null"),
        good.replace('"p-1"', "7"),
        good.replace('"n":1', '"n":-1'),
        good.replace('"moment":"set"', '"moment":"never"'),
    ]
    lines, faults = read_later("\n".join([good, *bad]).encode(), "later.jsonl")
    assert len(lines) == 1 and lines[0].line == 1
    assert [fault.line for fault in faults] == list(range(2, 2 + len(bad)))


def test_the_command_tells_and_ends_as_it_went(
    played: Played,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """0 for all, 1 when something was left out, 2 when a file is none."""
    from coach.cli import main

    home = ["--home", str(tmp_path / "home"), "import"]
    assert main([*home, str(played.zips[-1])]) == 0
    assert "6 new" in capsys.readouterr().out
    torn = tmp_path / "torn.jsonl"
    torn.write_bytes(played.logs[0].read_bytes()[:-3])
    assert main([*home, str(torn)]) == 1
    told = capsys.readouterr()
    assert "1 already here" in told.out and f"{torn}:" in told.err
    bad = tmp_path / "bad"
    bad.write_bytes(io.BytesIO(b"no").getvalue())
    assert main([*home, str(bad), str(played.zips[-1])]) == 2
    assert "6 already here" in capsys.readouterr().out
