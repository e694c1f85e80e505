"""The exported files themselves: as committed, as outside readers find them, and masked."""

import csv
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import pytest

from coach.app.export.exporting import Format, Wish, export
from coach.domain.record import Selection
from coach.formats.later_lines import read_later
from coach.formats.session_log import log_text, read_log
from coach.formats.tables.session_columns import session_columns
from small_record import (
    CASES,
    GOLDEN,
    PEOPLE,
    REASONS,
    SESSIONS,
    TYPED,
    exported,
    golden_files,
    small_source,
)

RATING = re.compile(r".*(tingling|pain).*_0_10")


@pytest.mark.parametrize("case", CASES)
def test_the_files_are_those_committed(tmp_path: Path, case: str) -> None:
    """Run tests/support/small_record.py when they are meant to be others."""
    place = GOLDEN / case
    committed = {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file()
    }
    assert golden_files(tmp_path, case) == committed


def rows(path: Path, separator: str = ",") -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=separator))


# CSV


@pytest.mark.parametrize("wishes", [{}, {"deidentify": True}, {"semicolon": True}])
def test_frictionless_finds_the_package_without_fault(
    tmp_path: Path, wishes: dict[str, Any]
) -> None:
    report = frictionless.validate(str(exported(tmp_path, Format.CSV, **wishes).files[-1]))
    assert report.valid, report.flatten(["type", "note"])


def with_cell(table: str, column: str, value: str) -> Callable[[Path], None]:
    """Plants a value in the first row of a table, and makes size and fingerprint fit again."""

    def plant(folder: Path) -> None:
        path = folder / f"{table}.csv"
        found = rows(path)
        found[0][column] = value
        made = StringIO(newline="")
        writer = csv.DictWriter(made, found[0].keys(), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(found)
        path.write_bytes(made.getvalue().encode("utf-8-sig"))
        forget_sums(folder)

    return plant


def forget_sums(folder: Path) -> None:
    path = folder / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    path.write_text(json.dumps(package), encoding="utf-8")


def flipped(folder: Path) -> None:
    path = folder / "sets.csv"
    path.write_bytes(path.read_bytes().replace(b",4,true,6,", b",5,true,6,"))


@pytest.mark.parametrize(
    ("plant", "kind", "note"),
    [
        (with_cell("sets", "pain_0_10", "14"), "constraint-error", "maximum"),
        (with_cell("sets", "tingling_0_10", "some"), "type-error", "integer"),
        (with_cell("sets", "side", "middle"), "constraint-error", "enum"),
        (with_cell("sets", "where", "thigh elbow"), "constraint-error", "pattern"),
        (with_cell("sets", "level", ""), "constraint-error", "required"),
        (with_cell("sets", "set_no", "2"), "primary-key", "same"),
        (with_cell("sets", "session_id", "gone"), "foreign-key", "session_id"),
        (with_cell("sessions", "session_date", "2026-13-40"), "type-error", "date"),
        (with_cell("sessions", "E1", "perhaps"), "constraint-error", "enum"),
        (flipped, "hash-count", "actual is"),
    ],
)
def test_frictionless_names_a_planted_fault(
    tmp_path: Path, plant: Callable[[Path], None], kind: str, note: str
) -> None:
    (sets, *_, package) = exported(tmp_path, Format.CSV).files
    plant(sets.parent)
    faults = frictionless.validate(str(package)).flatten(["type", "note"])
    assert any(found == kind and note in said for found, said in faults), faults


def test_a_spreadsheet_knows_the_encoding_and_the_line_ends(tmp_path: Path) -> None:
    for path in exported(tmp_path, Format.CSV).files[:2]:
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n")
        assert "ü".encode() in content or path.name == "sets.csv"


def test_what_was_first_said_and_what_was_said_instead_stand_side_by_side(tmp_path: Path) -> None:
    sets, sessions = (rows(path) for path in exported(tmp_path, Format.CSV).files[:2])
    first = sets[0]
    assert [first[f"tingling{part}"] for part in ("_0_10", "_corrected", "_corrected_0_10")] == [
        *("4", "true", "6")
    ]
    taken_back = sessions[0]
    assert taken_back["morning_tingling_0_10"] == "3"
    assert taken_back["morning_tingling_corrected"] == "true"
    assert not taken_back["morning_tingling_corrected_0_10"]


def test_each_of_two_corrections_of_one_rating_has_its_value() -> None:
    """The columns of the rating hold the last one only."""
    (whole, *_) = SESSIONS
    (first, _) = whole.corrections
    second = replace(first, value=0, reason="none at all", made=first.made + timedelta(hours=1))
    gone = replace(second, value=None, reason="I do not know")
    (column,) = (one for one in session_columns(str, {}) if one.name == "correction_reasons")
    told = column.cell(replace(whole, corrections=(first, second, gone)))
    assert str(told).split("; ") == [
        f"set 1 tingling 6 on 2026-06-01 18:51: {REASONS[0]}",
        "set 1 tingling 0 on 2026-06-01 19:51: none at all",
        "set 1 tingling taken back on 2026-06-01 19:51: I do not know",
    ]


def test_missing_is_empty_and_zero_is_zero(tmp_path: Path) -> None:
    """DESIGN 2: missing is never zero."""
    sets, sessions = (rows(path) for path in exported(tmp_path, Format.CSV).files[:2])
    assert (sets[1]["tingling_0_10"], sets[2]["tingling_0_10"]) == ("0", "")
    assert (sessions[0]["check_in_tingling_0_10"], sessions[1]["check_in_tingling_0_10"]) == (
        *("0", ""),
    )
    assert (sets[1]["settled_s"], sets[1]["settled_within_10_min"]) == ("", "false")
    assert (sets[2]["settled_s"], sets[2]["settled_within_10_min"]) == ("", "")
    assert (sessions[0]["A2"], sessions[0]["E2"], sessions[0]["E1"]) == ("", "", "no")


def test_only_the_columns_chosen_and_the_keys(tmp_path: Path) -> None:
    sets, sessions, _ = exported(tmp_path, Format.CSV, fields=("places",)).files
    assert list(rows(sets)[0]) == [
        *("session_id", "set_no", "person", "exercise", "side", "level"),
        *("where", "feels", "new"),
    ]
    assert list(rows(sessions)[0]) == ["session_id", "person", "outcome", "sets"]


def test_a_session_without_sets_is_a_valid_package(tmp_path: Path) -> None:
    nobody = Selection(profile="ben")
    made = exported(tmp_path, Format.CSV, selection=nobody)
    assert [len(rows(path)) for path in made.files[:2]] == [0, 1]
    assert frictionless.validate(str(made.files[-1])).valid


# XLSX


def test_the_workbook_holds_typed_cells_and_nothing_that_runs(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(exported(tmp_path, Format.XLSX).files[0])
    assert book.sheetnames == ["Sets", "Sessions", "About"]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    sets, sessions = book["Sets"], book["Sessions"]
    head = {cell.value: cell.column - 1 for cell in sets[1]}
    first = [cell.value for cell in sets[2]]
    assert type(first[head["tingling_0_10"]]) is int
    assert first[head["out_knee_deg"]] == 57.5
    assert first[head["tingling_corrected"]] is True
    assert sets[2][head["session_date"]].is_date
    assert sets[4][head["tingling_0_10"]].value is None
    texts = [cell.value for row in sessions.iter_rows() for cell in row]
    assert any(REASONS[0].replace("\n", " ") in str(text) for text in texts)


def test_the_header_stays_in_view_and_every_column_is_wide_enough(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(exported(tmp_path, Format.XLSX).files[0])
    for sheet in (book["Sets"], book["Sessions"]):
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        widths = {
            place: one.width
            for one in sheet.column_dimensions.values()
            for place in range(one.min, one.max + 1)
        }
        for cell in sheet[1]:
            assert cell.font.b
            assert widths[cell.column] >= min(len(str(cell.value)) + 2, 48)


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x")', "+1", "{=1}", "http://x.example", "\x07"]
)
def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    from coach.formats.tables.column import Column, Group, Kind
    from coach.formats.tables.workbook import Workbook

    book = Workbook(tmp_path, title="x")
    sheet = book.sheet("One", [Column("text", Kind.TEXT, Group.WORDS, "", lambda row: row)])
    sheet.add(text)
    sheet.finish()
    book.close()
    place = tmp_path / "x.xlsx"
    place.write_bytes(book.content)
    cell = openpyxl.load_workbook(place)["One"]["A2"]
    assert cell.hyperlink is None
    assert cell.data_type in ("s", "inlineStr", "n")
    assert (cell.value or "") == text.replace("\x07", "")


# Logs


def test_the_zip_holds_the_logs_as_they_are(tmp_path: Path) -> None:
    made = exported(tmp_path, Format.JSON)
    with zipfile.ZipFile(made.files[0]) as archive:
        assert archive.testzip() is None
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        manifest = json.loads(archive.read("manifest.json"))
        assert set(manifest["files"]) == set(archive.namelist()) - {"manifest.json"}
        for session in SESSIONS:
            records = read_log(archive.read(f"logs/{session.id}.jsonl"), session.id)
            assert records[-1].h == session.fingerprint
        later, faults = read_later(archive.read("later.jsonl"), "later.jsonl")
    assert not faults
    assert manifest["people"] == sorted(person.pseudonym for person in PEOPLE)
    said = [one.what for one in later]
    for session in SESSIONS:
        assert all(one in said for one in (*session.later, *session.corrections, *session.locks))
    assert [one.session for one in later].count(None) == 1


def test_a_stop_of_no_session_is_told_with_the_record_of_whose_it_is(tmp_path: Path) -> None:
    """And with nobody else's."""
    for profile, count in (("anna", 1), ("ben", 0)):
        place = tmp_path / profile
        place.mkdir()
        made = exported(place, Format.JSON, selection=Selection(profile=profile))
        with zipfile.ZipFile(made.files[0]) as archive:
            later, _ = read_later(archive.read("later.jsonl"), "later.jsonl")
        assert [one.session for one in later].count(None) == count


# De-identified


def contents(path: Path) -> str:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(name).decode() for name in archive.namelist())
    return path.read_text("utf-8-sig")


@pytest.mark.parametrize("kind", [Format.CSV, Format.XLSX, Format.JSON])
def test_a_deidentified_export_says_nothing_of_whose_it_is(tmp_path: Path, kind: Format) -> None:
    """interop.md 5: no name, no id, no day, no minute, no plan's title or author, nothing typed."""
    named, masked = tmp_path / "named", tmp_path / "masked"
    named.mkdir()
    masked.mkdir()
    plain = "\n".join(map(contents, exported(named, kind).files))
    text = "\n".join(map(contents, exported(masked, kind, deidentify=True).files))
    ids = [*(session.id for session in SESSIONS), *(one.pseudonym for one in PEOPLE)]
    marks = [session.fingerprint for session in SESSIONS] + [SESSIONS[0].plan_sha256]
    for told in (*TYPED, *ids, *marks, "18:30", "00:40", "+02:00"):
        assert told not in text, told
    assert any(told in plain for told in TYPED)


def test_two_deidentified_exports_cannot_be_joined(tmp_path: Path) -> None:
    """Ids are made for one export, not worked out from a name."""
    source = small_source(tmp_path / "home")
    people = []
    for name in ("one", "two"):
        wish = Wish(Format.CSV, Selection(), tmp_path / name, deidentify=True)
        made = export(source, wish)
        people.append({row["person"] for row in rows(made.files[1])})
    assert [len(one) for one in people] == [2, 2]
    assert not people[0] & people[1]


def test_a_deidentified_log_says_so_and_its_chain_holds(tmp_path: Path) -> None:
    with zipfile.ZipFile(exported(tmp_path, Format.JSON, deidentify=True).files[0]) as archive:
        for name in archive.namelist():
            if name.startswith("logs/"):
                records = read_log(archive.read(name), name)
                assert log_text(records).encode() == archive.read(name)
                assert "chain was computed anew" in records[0].data["deidentified"]
                assert records[0].wall >= "2000-01-01"
