"""H01: a stop that stands is in every export of a person, however small its part of the record."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from coach.app.export.exporting import Format, Source, Wish, export
from coach.app.incoming.importing import Importer
from coach.domain.record import Selection, SetLock
from coach.engine.control import Message
from coach.formats.later_lines import read_later
from coach.rules.locks import Assessment
from coach.store.database import open_database
from coach.store.paths import Home
from coach.store.sessions import SessionStore
from fake_clock import DAY_MS
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram
from report_sessions import drawn

Open = Callable[..., OpenedProgram]


def taken_away(program: OpenedProgram, out: Path, kind: Format, *, weeks: int = 0) -> Path:
    """The record, or its last weeks, as a file."""
    today = datetime.fromisoformat(program.clock.wall()).date()
    since = today - timedelta(days=7 * weeks - 1) if weeks else None
    wall = program.clock.wall()
    source = Source(program.store, SHIPPED, program.home, wall, lambda: "f00d", drawn)
    export(source, Wish(kind, Selection(program.profile, since), out))
    return out


def stops_in(path: Path) -> list[SetLock]:
    with zipfile.ZipFile(path) as archive:
        lines, faults = read_later(archive.read("later.jsonl"), "later.jsonl")
    assert faults == []
    return [line.what for line in lines if isinstance(line.what, SetLock)]


def page_text(path: Path) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


@pytest.mark.hazard("H01")
def test_the_stop_of_a_session_that_is_still_open_is_exported(
    program: OpenedProgram, tmp_path: Path
) -> None:
    """The message stands on the screen, or the program was killed there."""
    live = program.app.begin()
    LivePlayer(live, program.clock, shipped_answers("emergency-at-check-in")).until(Message)
    out = taken_away(program, tmp_path / "a.zip", Format.JSON)
    (stop,) = stops_in(out)
    assert stop.rule in taken_away(program, tmp_path / "a.json", Format.FHIR).read_text()
    assert f"({stop.rule})" in page_text(taken_away(program, tmp_path / "a.pdf", Format.PDF))
    home = Home.under(tmp_path / "elsewhere")
    database = open_database(home, date(2025, 12, 20))
    store = SessionStore(database)
    Importer(store, SHIPPED, home, program.clock.wall).bring_in(out)
    (person,) = store.profiles()
    assert [lock.id for lock in store.active_locks(person.id)] == [stop.id]
    database.close()


@pytest.mark.hazard("H01")
def test_a_stop_that_still_stands_is_in_the_last_weeks_though_it_is_older(
    program: OpenedProgram, tmp_path: Path
) -> None:
    """A page about four weeks does not say that there was none."""
    LivePlayer(program.app.begin(), program.clock, shipped_answers("emergency-after-a-set")).play()
    program.clock.pass_ms(35 * DAY_MS)
    (stop,) = stops_in(taken_away(program, tmp_path / "a.zip", Format.JSON, weeks=4))
    assert stop.lifted_at is None
    page = taken_away(program, tmp_path / "a.pdf", Format.PDF, weeks=4)
    assert f"({stop.rule})" in page_text(page)
    flags = taken_away(program, tmp_path / "a.json", Format.FHIR, weeks=4).read_text()
    assert stop.rule in flags


def test_a_stop_that_was_lifted_is_in_the_weeks_in_which_it_stood(
    program: OpenedProgram, tmp_path: Path
) -> None:
    LivePlayer(program.app.begin(), program.clock, shipped_answers("emergency-after-a-set")).play()
    program.clock.pass_ms(35 * DAY_MS)
    day = datetime.fromisoformat(program.clock.wall()).date()
    assert program.app.unlock(Assessment("GP", day, cleared=True)) is None
    (stop,) = stops_in(taken_away(program, tmp_path / "a.zip", Format.JSON, weeks=4))
    assert stop.lifted_at is not None
    program.clock.pass_ms(35 * DAY_MS)
    assert stops_in(taken_away(program, tmp_path / "b.zip", Format.JSON, weeks=4)) == []
    assert len(stops_in(taken_away(program, tmp_path / "c.zip", Format.JSON))) == 1
