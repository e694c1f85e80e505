"""Rows of a table as CSV text that spreadsheets and programs read alike (RFC 4180).

Every text is disarmed: what a spreadsheet would take for a formula gets an apostrophe before it
(OWASP, CSV injection), and control characters are left out. Numbers stay numbers.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO

from coach.formats.tables.column import Cell, Column

#: Without the mark in front, spreadsheets take the text for another encoding.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
COMMA, SEMICOLON = ",", ";"

#: What a spreadsheet may take for the beginning of a formula, also in its full-width form.
_FORMULA_MARKS = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - the full-width ones are meant
APOSTROPHE = "'"
_PARTS = re.compile(f"([{COMMA}{SEMICOLON}])")


def csv_bytes(rows: Iterable[Sequence[str]], separator: str) -> bytes:
    """Rows of texts as lines of a file."""
    made = StringIO(newline="")
    csv.writer(made, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return made.getvalue().encode()


def cells(columns: Iterable[Column], row: object) -> list[str]:
    """The texts of a row; an empty one is missing, never zero."""
    return [cell_text(column.cell(row)) for column in columns]


def cell_text(cell: Cell) -> str:
    """One cell as text."""
    match cell:
        case None:
            return ""
        case str():
            return disarmed(cell)
        case bool():
            return "true" if cell else "false"
        case int() | float():
            return str(cell)
        case _:
            return cell.isoformat()


def disarmed(text: str) -> str:
    """A text in one line that no spreadsheet takes for a formula."""
    if text.isascii() and text.isalnum():  # ids and words of the program: nearly every cell
        return text
    plain = printable(text)
    first, *others = _PARTS.split(plain)
    if _seems_formula(text) or _seems_formula(first):
        first = APOSTROPHE + first
    # A spreadsheet of another country parts cells at the other separator, whatever is quoted.
    return first + "".join(
        APOSTROPHE + part if _seems_formula(part.replace('"', "")) else part for part in others
    )


def _seems_formula(text: str) -> bool:
    """Whether its first visible character, or the very first one, begins a formula."""
    if text[:1] in _FORMULA_MARKS and text:
        return True
    for letter in text:
        if not (letter.isspace() or unicodedata.category(letter) in ("Cf", "Cc")):
            return letter in _FORMULA_MARKS
    return False


def printable(text: str) -> str:
    """A text without control characters; what parted lines is one space."""
    if text.isprintable():
        return text
    return "".join(letter for letter in " ".join(text.splitlines()) if not _is_control(letter))


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs", "Cn")
