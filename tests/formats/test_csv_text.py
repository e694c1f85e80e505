"""Texts of a table: nothing that a spreadsheet takes for a formula, and nothing lost besides."""

import csv
from datetime import date, time
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.rating import HIGHEST
from coach.formats.tables.csv_text import APOSTROPHE, cell_text, csv_bytes, disarmed, printable

DANGEROUS = "=+-@＝＋－＠"  # noqa: RUF001 - the full-width ones are meant


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r\n=1", "' =1"),
        ("\tplain", "'plain"),
        ("  =1", "'  =1"),
        ("\u200b=1", "'\u200b=1"),
        ("\x00=1", "'=1"),
        ("＝1+1", "'＝1+1"),  # noqa: RUF001
        ("a=1", "a=1"),
        ("süß – 3 < 4", "süß – 3 < 4"),
        ("'quoted'", "'quoted'"),
        ("", ""),
        ("two\nlines\x07", "two lines"),
        ("x;=1", "x;'=1"),
        ("x,=1;+2", "x,'=1;'+2"),
        ('x; "=1"', 'x;\' "=1"'),
        (";=1", ";'=1"),
        ("10, not -1; well", "10, not -1; well"),
    ],
)
def test_a_formula_gets_an_apostrophe_and_other_text_stays(typed: str, written: str) -> None:
    """OWASP, CSV injection: also behind blanks, controls and in the full-width form."""
    assert disarmed(typed) == written


@given(st.text())
def test_no_text_begins_like_a_formula(typed: str) -> None:
    written = disarmed(typed)
    assert written[:1] not in (*DANGEROUS, "\t", "\r", "\n") or not written
    visible = written.lstrip(" \u00a0\u200b\u2028\u2029\ufeff")
    assert visible[:1] not in tuple(DANGEROUS)


@given(st.text("=+-@,;\"' ax＝"), st.sampled_from([(",", ";"), (";", ",")]))  # noqa: RUF001
def test_no_cell_is_a_formula_where_the_other_separator_parts_the_line(
    typed: str, separators: tuple[str, str]
) -> None:
    """A spreadsheet of another country opens the file by its own rules."""
    ours, other = separators
    line = csv_bytes([["s1", disarmed(typed), "x"]], ours).decode()
    for cell in next(csv.reader(StringIO(line, newline=""), delimiter=other)):
        assert cell.lstrip(' "\u00a0\u200b\ufeff')[:1] not in tuple(DANGEROUS)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"])))
def test_what_can_be_seen_is_never_lost(typed: str) -> None:
    assert disarmed(typed).replace(APOSTROPHE, "") == typed.replace(APOSTROPHE, "")
    assert printable(typed) == typed


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), min_size=1), st.sampled_from(",;"))
def test_every_row_is_read_back_as_it_was(rows: list[list[str]], separator: str) -> None:
    """RFC 4180: quotes doubled, CRLF; lone surrogates cannot come this far."""
    plain = [[disarmed(text) for text in row] for row in rows]
    text = csv_bytes(plain, separator).decode()
    assert list(csv.reader(StringIO(text, newline=""), delimiter=separator)) == plain
    assert text.endswith("\r\n")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (0, "0"),
        (HIGHEST, "10"),
        (-20, "-20"),
        (57.5, "57.5"),
        (True, "true"),
        (False, "false"),
        (date(2026, 6, 1), "2026-06-01"),
        (time(7, 5), "07:05:00"),
    ],
)
def test_typed_cells_stay_what_they_are(cell: object, text: str) -> None:
    """A number below zero is no formula, and what is missing is empty, never zero."""
    assert cell_text(cell) == text  # type: ignore[arg-type]
