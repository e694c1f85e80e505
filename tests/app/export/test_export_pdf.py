"""The page for a clinician taken away as a file, from a real record."""

import stat
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from coach.app.export.exporting import Exported, Format, Source, Wish, export
from coach.bootstrap import drawn_chart
from coach.cli import DONE, UNUSABLE, main
from coach.domain.record import Selection
from coach.store.errors import BugError, KnownError
from coach.store.records import LockRow, Profile
from fake_clock import FakeClock
from long_record import A_YEAR, LAST_DAY, write_long_record
from opened_program import SHIPPED, OpenedProgram
from report_sessions import drawn

WALL = "2025-11-20T18:30:00.000+01:00"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[OpenedProgram]:
    with OpenedProgram(tmp_path / "home", FakeClock()) as opened:
        yield opened


def made(program: OpenedProgram, out: Path, **wished: Any) -> pypdf.PdfReader:
    """The PDF that is written, as another program reads it."""
    draw = wished.pop("draw", drawn)
    selection = Selection(wished.pop("profile", None), wished.pop("since", None))
    source = Source(program.store, SHIPPED, program.home, WALL, lambda: "f00d", draw)
    exported = export(source, Wish(Format.PDF, selection, out, **wished))
    assert isinstance(exported, Exported)
    assert exported.files == (out,)
    return pypdf.PdfReader(BytesIO(out.read_bytes()), strict=True)


def text_of(pdf: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_a_year_of_sessions_is_one_private_page(
    program: OpenedProgram, tmp_path: Path, qapp: object
) -> None:
    """With real charts, and with what a year has of stops, corrections and changes."""
    write_long_record(program.store, program.profile, A_YEAR, whole_logs=False)
    out = tmp_path / "page.pdf"
    pdf = made(program, out, draw=drawn_chart)
    assert len(pdf.pages) == 1
    text = text_of(pdf)
    for said in ("Stop signs and stops", "CHR-04", "not a diagnosis", "I pressed the wrong number"):
        assert said in text
    if sys.platform != "win32":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_the_same_record_makes_the_same_file(
    program: OpenedProgram, tmp_path: Path, qapp: object
) -> None:
    write_long_record(program.store, program.profile, 5, whole_logs=False)
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    made(program, first, draw=drawn_chart)
    made(program, second, draw=drawn_chart)
    assert first.read_bytes() == second.read_bytes()


def test_the_period_is_the_one_asked_for(program: OpenedProgram, tmp_path: Path) -> None:
    write_long_record(program.store, program.profile, 20, whole_logs=False)
    since = LAST_DAY - timedelta(days=6)
    text = text_of(made(program, tmp_path / "page.pdf", since=since))
    assert "12 Nov to 18 Nov 2025" in text
    assert "nothing to compare yet" in text


def test_an_appendix_has_every_session(program: OpenedProgram, tmp_path: Path) -> None:
    write_long_record(program.store, program.profile, 12, whole_logs=False)
    pdf = made(program, tmp_path / "page.pdf", appendix=True)
    assert len(pdf.pages) > 1
    days = {session.day for session in program.store.record.sessions(Selection())}
    text = text_of(pdf)
    assert all(f"{day.day} {day:%b} {day.year}, 18:" in text for day in days)


def test_a_stop_that_no_session_asked_for_is_on_the_page(
    program: OpenedProgram, tmp_path: Path
) -> None:
    """Days can add up to a stop (clinical.md 9.4), and a clinician has to see it."""
    write_long_record(program.store, program.profile, 3, whole_logs=False)
    lock = LockRow("later", program.profile, None, "clearance", "DAY-08", f"{LAST_DAY}T08:00+01:00")
    program.store.set_locks([lock])
    assert "(DAY-08) a clinician first still closed" in text_of(made(program, tmp_path / "a.pdf"))
    masked = text_of(made(program, tmp_path / "b.pdf", deidentify=True))
    assert "(DAY-08) a clinician first still closed" in masked
    first, *_, last = program.store.record.sessions(Selection())
    assert f"day {(last.day - first.day).days + 1} A rule ended" in masked


def test_a_stop_of_a_session_is_told_once(program: OpenedProgram, tmp_path: Path) -> None:
    """It is kept with the session and with the person; that is one stop."""
    write_long_record(program.store, program.profile, 3, whole_logs=False)
    *_, last = program.store.record.sessions(Selection())
    lock = LockRow("own", program.profile, last.id, "urgent", "U1", last.closed.isoformat())
    program.store.set_locks([lock])
    text = text_of(made(program, tmp_path / "page.pdf"))
    assert "(U1) same-day medical advice still closed" in text
    assert "before New weakness" not in text


def test_a_stop_of_another_time_or_person_is_not(program: OpenedProgram, tmp_path: Path) -> None:
    write_long_record(program.store, program.profile, 3, whole_logs=False)
    program.store.add_profile(Profile("two", "Somebody", "p-2"))
    old, lifted = "2024-01-01T08:00+01:00", "2024-02-01T08:00+01:00"
    rows = [
        LockRow("old", program.profile, None, "clearance", "DAY-07", old, lifted, "GP"),
        LockRow("other", "two", None, "clearance", "DAY-08", f"{LAST_DAY}T08:00+01:00"),
    ]
    program.store.set_locks(rows)
    since = date(2025, 1, 1)
    text = text_of(made(program, tmp_path / "a.pdf", profile=program.profile, since=since))
    assert "DAY-0" not in text


def test_a_de_identified_page_has_no_name_no_date_and_no_words(
    program: OpenedProgram, tmp_path: Path
) -> None:
    write_long_record(program.store, program.profile, 14, whole_logs=False)
    pdf = made(program, tmp_path / "page.pdf", deidentify=True, appendix=True)
    text = text_of(pdf)
    (person,) = program.store.profiles()
    for gone in (person.pseudonym, "2025", "Nov", "wrong number", "Slider and", "Dr Weiss"):
        assert gone not in text, gone
    assert "Person f00d-p1" in text
    assert "day 1 to day 21" in text
    assert pdf.metadata is not None
    assert pdf.metadata.creation_date is not None
    assert pdf.metadata.creation_date.year == 2000


@pytest.mark.parametrize("sessions", [0, 14])
def test_the_period_of_a_de_identified_page_tells_no_real_day(
    program: OpenedProgram, tmp_path: Path, sessions: int
) -> None:
    """It is counted from the first day of what is on the page, like everything there."""
    if sessions:
        write_long_record(program.store, program.profile, sessions, whole_logs=False)
    since = LAST_DAY - timedelta(days=60)
    text = text_of(made(program, tmp_path / "page.pdf", since=since, deidentify=True))
    first = min((one.day for one in program.store.record.sessions(Selection())), default=since)
    assert f"day {(since - first).days + 1} " in text
    assert f"day {(since - date(2000, 1, 1)).days + 1} " not in text


def test_nothing_to_tell_is_a_page_all_the_same(program: OpenedProgram, tmp_path: Path) -> None:
    pdf = made(program, tmp_path / "page.pdf")
    assert "No session was recorded in this period." in text_of(pdf)


def test_a_page_is_about_one_person(program: OpenedProgram, tmp_path: Path) -> None:
    program.store.add_profile(Profile("two", "Zoe", "p-2"))
    out = tmp_path / "page.pdf"
    write_long_record(program.store, "two", 2, whole_logs=False)
    with pytest.raises(KnownError, match=r"--profile: .*Zoe"):
        made(program, out)
    assert not out.exists()
    assert "Zoe" in text_of(made(program, out, profile="two"))


def test_somebody_who_never_said_a_name_is_not_called_me(
    program: OpenedProgram, tmp_path: Path
) -> None:
    """The first profile is called so by the program; to a clinician it would say nothing."""
    assert "Name not entered" in text_of(made(program, tmp_path / "page.pdf"))


def test_a_page_bears_the_name_that_is_wished(program: OpenedProgram, tmp_path: Path) -> None:
    """Unless it is de-identified; a long one is not cut off."""
    name = "Maximiliane Freifrau zu Hohenlohe-Langenburg"
    text = text_of(made(program, tmp_path / "page.pdf", name=name))
    assert name in " ".join(text.split())
    masked = text_of(made(program, tmp_path / "other.pdf", name=name, deidentify=True))
    assert "Hohenlohe" not in masked


def test_charts_need_somebody_who_draws_them(program: OpenedProgram, tmp_path: Path) -> None:
    with pytest.raises(BugError, match="draws its charts"):
        made(program, tmp_path / "page.pdf", draw=None)
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_command_writes_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    home, out = tmp_path / "home", tmp_path / "page.pdf"
    with OpenedProgram(home, FakeClock()) as program:
        write_long_record(program.store, program.profile, 4, whole_logs=False)
    told = ["--home", str(home), "export", "--format", "pdf", "--out", str(out)]
    assert main(told) == DONE
    assert capsys.readouterr().out == f"{out}\n"
    assert len(pypdf.PdfReader(out).pages) == 1


def test_the_command_names_the_people_to_choose_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    with OpenedProgram(home, FakeClock()) as program:
        program.store.add_profile(Profile("two", "Zoe", "p-2"))
    told = ["--home", str(home), "export", "--format", "pdf", "--out", str(tmp_path / "a.pdf")]
    assert main(told) == UNUSABLE
    assert "Zoe" in capsys.readouterr().err
