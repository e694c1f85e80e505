"""H01, H18: what is brought in never comes without its stops, and a refused file sets none."""

import random
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from coach.app.export.exporting import Format, Source, Wish, export
from coach.app.incoming import importing
from coach.app.incoming.importing import FileReport, Importer
from coach.domain.rating import RestAnswer
from coach.domain.record import Selection
from coach.formats.session_log import LogRecord, chained, log_text, read_log
from coach.store.database import Database, open_database
from coach.store.paths import Home
from coach.store.records import LockRow
from coach.store.sessions import SessionStore
from fake_clock import FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram

NOW = "2025-12-20T09:00:00.000+01:00"


def taken_away(program: OpenedProgram, out: Path, *, deidentify: bool = False) -> Path:
    source = Source(program.store, SHIPPED, program.home, NOW, lambda: "f00d")
    export(source, Wish(Format.JSON, Selection(), out, deidentify=deidentify))
    return out


@pytest.fixture(scope="module")
def emergency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log of a session that ended with an emergency."""
    folder = tmp_path_factory.mktemp("emergency")
    with OpenedProgram(folder / "home", FakeClock()) as program:
        live = program.app.begin()
        LivePlayer(live, program.clock, shipped_answers("emergency-after-a-set")).play()
        taken_away(program, folder / "record.zip")
        taken_away(program, folder / "masked.zip", deidentify=True)
        (log,) = program.home.session_logs.iterdir()
        return log.rename(folder / log.name)


@pytest.fixture(scope="module")
def numb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record whose only stop came ten minutes after its session."""
    folder = tmp_path_factory.mktemp("numb")
    with OpenedProgram(folder / "home", FakeClock()) as program:
        live = program.app.begin()
        LivePlayer(live, program.clock, shipped_answers("calm-day")).play()
        program.clock.pass_ms(11 * 60_000)
        assert program.app.today().ask is not None
        program.answer_ten_minutes(RestAnswer(tingling=2, pain=1, numb=True))
        return taken_away(program, folder / "record.zip")


class Elsewhere:
    """Another computer."""

    def __init__(self, folder: Path) -> None:
        self.home = Home.under(folder)
        self.database: Database = open_database(self.home, date(2025, 12, 20))
        self.store = SessionStore(self.database)
        self.importer = Importer(self.store, SHIPPED, self.home, lambda: NOW)

    def bring(self, path: Path) -> FileReport:
        return self.importer.bring_in(path)

    @property
    def standing(self) -> list[LockRow]:
        people = self.store.profiles()
        return [lock for one in people for lock in self.store.active_locks(one.id)]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    made = Elsewhere(tmp_path / "elsewhere")
    yield made
    made.database.close()


def changed(path: Path, **files: Callable[[bytes], bytes]) -> dict[str, bytes]:
    """The files of a zip, some of them changed; the manifest stays as it was."""
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    for name, change in files.items():
        before = found[f"{name}.jsonl"]
        found[f"{name}.jsonl"] = change(before)
        assert found[f"{name}.jsonl"] != before
    return found


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H18")
def test_a_changed_byte_anywhere_behind_the_first_line_loses_no_stop(
    emergency: Path, tmp_path: Path
) -> None:
    """The session ends at the damage, the stop behind it still stands."""
    content = emergency.read_bytes()
    head, chance = content.index(b"\n") + 1, random.Random(1)
    for number in range(60):
        at = chance.randrange(head, len(content))
        damaged = bytearray(content)
        damaged[at] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.jsonl"
        path.write_bytes(damaged)
        other = Elsewhere(tmp_path / str(number))
        report = other.bring(path)
        assert report.usable and report.left_out
        assert "LOC-06" in {lock.rule for lock in other.standing}, at
        other.database.close()


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H18")
def test_a_stop_behind_damage_keeps_its_tier_its_time_and_its_session(
    emergency: Path, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    lines = emergency.read_bytes().split(b"\n")
    place = next(n for n, line in enumerate(lines) if b'"type":"lock"' in line)
    lines[place - 8] = lines[place - 8].replace(b'"ms":', b'"mt":')
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"\n".join(lines))
    elsewhere.bring(path)
    (lock,) = elsewhere.standing
    (told,) = (one for one in read_log(emergency.read_bytes(), "") if one.type == "lock")
    assert (lock.session, lock.tier, lock.set_wall) == (emergency.stem, "emergency", told.wall)


@pytest.mark.hazard("H01")
def test_an_import_given_up_has_set_the_stops_of_later_before_any_session(
    numb: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cancelled or killed: no session is in without them."""
    monkeypatch.setattr(importing, "BATCH", 1)
    steps = elsewhere.importer.steps(numb)
    assert next(steps).done == 0
    assert [lock.rule for lock in elsewhere.standing] == ["CHR-04"]
    steps.close()
    assert elsewhere.store.session_ids() == set()
    assert [lock.rule for lock in elsewhere.standing] == ["CHR-04"]


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H18")
@pytest.mark.parametrize("gone", ["said", "lock"])
def test_of_what_came_later_with_a_changed_byte_only_the_stops_are_believed(
    numb: Path, elsewhere: Elsewhere, tmp_path: Path, gone: str
) -> None:
    """Either line alone asks for the stop; no answer of that file is kept, and it is reported."""

    def one_line(content: bytes) -> bytes:
        mark = f'"kind":"{gone}"'.encode()
        return b"".join(line for line in content.splitlines(keepends=True) if mark not in line)

    report = elsewhere.bring(zipped(tmp_path / "a.zip", changed(numb, later=one_line)))
    assert [lock.rule for lock in elsewhere.standing] == ["CHR-04"]
    assert report.new == 1
    assert "differs from what the manifest says" in str(report.left_out[0])
    (person,) = elsewhere.store.profiles()
    assert elsewhere.store.afterwards(person.id) == []


@pytest.mark.hazard("H01")
def test_a_changed_file_that_calls_a_stop_lifted_lifts_nothing(
    emergency: Path, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    def lifted(content: bytes) -> bytes:
        when = b'"lifted_at":"2025-12-01T09:00:00+01:00","lifted_by":"GP"'
        return content.replace(b'"lifted_at":null,"lifted_by":null', when)

    record = emergency.with_name("record.zip")
    elsewhere.bring(zipped(tmp_path / "a.zip", changed(record, later=lifted)))
    assert [lock.rule for lock in elsewhere.standing] == ["LOC-06"]


@pytest.mark.hazard("H01")
def test_a_line_that_makes_a_stop_milder_leaves_the_one_of_the_log_standing(
    emergency: Path, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    """It uses the same id; the log says an emergency, so that stands beside it."""

    def milder(content: bytes) -> bytes:
        return content.replace(b'"EMERGENCY"', b'"ADVISE"')

    files = changed(emergency.with_name("record.zip"), later=milder)
    del files["manifest.json"]
    elsewhere.bring(zipped(tmp_path / "a.zip", files))
    assert "emergency" in {lock.tier for lock in elsewhere.standing}


@pytest.mark.hazard("H01")
def test_a_de_identified_copy_makes_nobody_and_stops_nobody(
    emergency: Path, elsewhere: Elsewhere
) -> None:
    report = elsewhere.bring(emergency.with_name("masked.zip"))
    assert not report.usable
    assert elsewhere.store.profiles() == []


@pytest.mark.hazard("H01")
@pytest.mark.parametrize(
    "change",
    [{"demo": True}, {"deidentified": "yes"}, {"profile": ""}, {"session": "../x"}],
    ids=lambda change: next(iter(change)),
)
def test_a_log_that_is_nobodys_makes_nobody_and_stops_nobody(
    emergency: Path, elsewhere: Elsewhere, tmp_path: Path, change: dict[str, object]
) -> None:
    again: list[LogRecord] = []
    for record in read_log(emergency.read_bytes(), ""):
        data = {**record.data, **change} if record.seq == 0 else record.data
        before = again[-1] if again else None
        again.append(chained(before, record.type, record.ms, record.wall, data))
    path = tmp_path / "log.jsonl"
    path.write_text(log_text(again))
    assert not elsewhere.bring(path).usable
    assert elsewhere.store.profiles() == []


@pytest.mark.hazard("H18")
@pytest.mark.parametrize("person", ["", "../x", "a b"])
def test_a_line_of_later_about_nobody_makes_nobody(
    emergency: Path, elsewhere: Elsewhere, tmp_path: Path, person: str
) -> None:
    with zipfile.ZipFile(emergency.with_name("record.zip")) as archive:
        later = archive.read("later.jsonl")
    whose = later.split(b'"person":"')[1].split(b'"')[0]
    path = zipped(tmp_path / "a.zip", {"later.jsonl": later.replace(whose, person.encode())})
    assert not elsewhere.bring(path).usable
    assert elsewhere.store.profiles() == []
