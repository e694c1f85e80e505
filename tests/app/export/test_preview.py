"""The look at an export shows what is written, of as much of the record as it takes."""

import json
import struct
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from coach.app.export import preview
from coach.app.export.exporting import Format, Wish, export
from coach.app.export.preview import Lines, Picture, Preview, Rows, previewing
from coach.domain.record import Selection
from coach.formats.report_page import report_picture
from coach.store.errors import KnownError
from report_sessions import report, subject, two_weeks
from small_record import NAME, SESSIONS, SHIPPED, TYPED, small_source

ANNA = Selection("anna")


def look(folder: Path, kind: Format, selection: Selection = ANNA, **wishes: Any) -> Preview | None:
    """The finished look; nothing is written for it."""
    work = previewing(small_source(folder / "home"), Wish(kind, selection, folder / "x", **wishes))
    while True:
        try:
            next(work)
        except StopIteration as end:
            assert list(folder.iterdir()) == []
            made: Preview | None = end.value
            return made


def written(folder: Path, kind: Format, selection: Selection = ANNA, **wishes: Any) -> bytes:
    out = folder / "x"
    export(small_source(folder / "home"), Wish(kind, selection, out, **wishes))
    return out.read_bytes()


def size(png: bytes) -> tuple[int, int]:
    """Width and height by the head of a PNG."""
    assert png.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


@pytest.mark.parametrize("masked", [False, True])
def test_the_files_of_the_zip_and_the_first_line_are_those_written(
    tmp_path: Path, masked: bool
) -> None:
    shown = look(tmp_path, Format.JSON, Selection(), deidentify=masked)
    assert isinstance(shown, Lines)
    content = written(tmp_path, Format.JSON, Selection(), deidentify=masked)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = tuple(archive.namelist())
        (first, *_) = archive.read(names[0]).decode().splitlines()
    assert shown.names == names
    assert first[: preview.MOST_LETTERS] in shown.beginning
    assert any(typed in shown.beginning for typed in TYPED) is not masked


@pytest.mark.parametrize(("most", "more"), [(2, "… and 1 more log"), (1, "… and 2 more logs")])
def test_of_many_logs_the_first_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, more: str
) -> None:
    monkeypatch.setattr(preview, "MOST_LOGS", most)
    shown = look(tmp_path, Format.JSON, Selection())
    assert isinstance(shown, Lines)
    logs = [f"logs/{one.id}.jsonl" for one in SESSIONS[:most]]
    assert [*shown.names] == [*logs, more, "later.jsonl", "manifest.json"]


def test_a_long_first_line_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "MOST_LETTERS", 5)
    shown = look(tmp_path, Format.JSON)
    assert isinstance(shown, Lines)
    assert shown.beginning == 'The first line of the first log: {"dat …'


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("document", [False, True])
def test_the_resources_counted_are_those_written(
    tmp_path: Path, document: bool, masked: bool
) -> None:
    wishes = {"document": document, "deidentify": masked}
    shown = look(tmp_path, Format.FHIR, **wishes)
    assert isinstance(shown, Rows)
    whole = json.loads(written(tmp_path, Format.FHIR, **wishes))
    count = Counter(entry["resource"]["resourceType"] for entry in whole["entry"])
    assert {row[0]: int(row[1]) for row in shown.rows} == count
    kind = f"A {whole['type']}" + (", de-identified" if masked else "")
    assert shown.title == f"{kind}: {count.total()} resources by type"


def test_of_a_long_record_the_resources_of_the_first_sessions_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the title says so."""
    monkeypatch.setattr(preview, "MOST_COUNTED", 2)
    shown = look(tmp_path, Format.FHIR, Selection())
    assert isinstance(shown, Rows)
    assert dict(shown.rows)["Procedure"] == "2"
    assert "of the first 2 sessions" in shown.title


def test_a_document_about_several_people_is_refused_before_it_is_written(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"^a document is about one person"):
        look(tmp_path, Format.FHIR, Selection(), document=True)


def test_the_page_is_shown_as_it_will_be_printed(tmp_path: Path) -> None:
    """In the shape of the paper, and told in words to who cannot see it."""
    shown = look(tmp_path, Format.PDF)
    assert isinstance(shown, Picture)
    (page,) = pypdf.PdfReader(BytesIO(written(tmp_path, Format.PDF))).pages
    wide, high = size(shown.png)
    assert wide / high == pytest.approx(page.mediabox.width / page.mediabox.height, rel=0.002)
    text = " ".join(page.extract_text().split())
    assert NAME in shown.alt
    for said in ("Exercise record", "Stop signs and stops", "(NEW-03)"):
        assert said in text
        assert said in shown.alt


def test_a_de_identified_page_is_looked_at_de_identified(tmp_path: Path) -> None:
    shown = look(tmp_path, Format.PDF, deidentify=True)
    assert isinstance(shown, Picture)
    assert not [typed for typed in TYPED if typed in shown.alt]
    assert "day 1" in shown.alt


def test_an_appendix_is_told_and_not_drawn(tmp_path: Path) -> None:
    shown = look(tmp_path, Format.PDF, appendix=True)
    plain = look(tmp_path, Format.PDF)
    assert isinstance(shown, Picture)
    assert isinstance(plain, Picture)
    assert "appendix" in shown.title
    assert shown.png == plain.png


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What takes a while, as it begins."""
    begun: list[str] = []
    monkeypatch.setattr(
        "coach.app.export.pdf_writer.report_of", lambda *_a, **_k: begun.append("page")
    )
    monkeypatch.setattr(
        "coach.app.export.fhir_writer.pieces", lambda *_a, **_k: begun.append("bundle")
    )
    return begun


@pytest.mark.parametrize("kind", [Format.PDF, Format.FHIR])
def test_what_takes_a_while_begins_after_a_first_pause(
    tmp_path: Path, slow: list[str], kind: Format
) -> None:
    """So that a choice that is changed at once costs nothing."""
    work = previewing(small_source(tmp_path / "home"), Wish(kind, ANNA, tmp_path / "x"))
    next(work)
    work.close()
    assert slow == []


@pytest.mark.parametrize("name", ["Müller → “Ωmega”", "名前", "\U0001f9b5"])
def test_a_page_of_any_letters_has_a_picture(name: str) -> None:
    """What no typeface can draw is a box, as in the PDF."""
    page = report(two_weeks(), subject(name=name))
    assert report_picture(page, SHIPPED.report_layout, 72).startswith(b"\x89PNG")


def test_a_page_with_a_long_appendix_is_its_first_sheet() -> None:
    page = report(two_weeks(), subject(appendix=True))
    first = report_picture(page, SHIPPED.report_layout, 72)
    assert size(first) == (595, 842)
