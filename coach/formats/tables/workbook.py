"""Tables as an Excel workbook: typed cells, a header that stays in view, and nothing that runs.

Rows go to disk as they come, so that a long record fits. The same rows give the same bytes.
"""

import contextlib
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from coach.formats.tables.column import Cell, Column, Kind
from coach.formats.tables.csv_text import printable

#: What a sheet can hold at most, its header included, and a cell's text (Excel's own limits).
MOST_ROWS, MOST_LETTERS = 1_048_576, 32_767
_NARROWEST, _WIDEST = 8, 48
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, so that the same record gives the same file
_HEADER = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#0B6670",
    "border": 1,
    "border_color": "#084F57",
    "valign": "vcenter",
}
_HEADER_HEIGHT = 22
_FORMS = {Kind.DATE: "yyyy-mm-dd", Kind.TIME: "hh:mm:ss"}
_MEASURED = (Kind.TEXT, Kind.CODE, Kind.MOMENT)
_NOTE_WIDTH = 96


class FullSheetError(Exception):
    """More rows than a sheet can hold."""


class Workbook:
    """A workbook on its way. scratch: a private folder for its rows until they are put together."""

    def __init__(self, scratch: Path, *, title: str) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": str(scratch),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        # In memory, where it takes a tenth of its rows: a disk that fills up is then ours to tell.
        self._packed = BytesIO()
        self._book = xlsxwriter.Workbook(self._packed, options)
        self._book.set_properties({"title": title, "created": _MADE})
        self._header = self._book.add_format(_HEADER)
        self._forms = {
            kind: self._book.add_format({"num_format": form}) for kind, form in _FORMS.items()
        }

    def sheet(self, name: str, columns: Sequence[Column]) -> "Sheet":
        """A new sheet with its header."""
        return Sheet(self._book.add_worksheet(name), columns, self._header, self._forms)

    def about(self, name: str, lines: Sequence[str], table: Sequence[Sequence[str]]) -> None:
        """A sheet of words: lines, then a table with its own header row."""
        sheet = self._book.add_worksheet(name)
        wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        titled = self._book.add_format({"bold": True, "font_size": 14})
        sheet.hide_gridlines(2)
        last = max(len(row) for row in table) - 1
        for place in range(last + 1):
            texts = [row[place] for row in table if place < len(row)]
            sheet.set_column(place, place, _width(max(map(len, texts)), _NOTE_WIDTH))
        for number, text in enumerate(lines):
            form = wrapped if number else titled
            if number:
                sheet.merge_range(number, 0, number, last, "")
                sheet.set_row(number, 15 * (1 + len(text) // (_NOTE_WIDTH + 2 * _WIDEST // 3)))
            sheet.write_string(number, 0, text, form)
        start = len(lines) + 1
        for number, row in enumerate(table):
            for place, text in enumerate(row):
                sheet.write_string(start + number, place, text, wrapped if number else self._header)

    def close(self) -> None:
        """Put the sheets together; nothing can be added after that."""
        self._book.close()

    @property
    def content(self) -> memoryview:
        """The workbook's file, once it is closed."""
        return self._packed.getbuffer()

    def drop(self) -> None:
        """Let go of the rows on their way; harmless after `close`."""
        for sheet in self._book.worksheets():
            with contextlib.suppress(OSError):  # a full disk refuses what was not yet written
                sheet.row_data_fh.close()


class Sheet:
    """One sheet: a column for each column, a row for each row."""

    def __init__(
        self, sheet: Any, columns: Sequence[Column], header: Any, forms: dict[Kind, Any]
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._forms = forms
        self._rows = 1
        self._widest = [len(column.name) for column in columns]
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, _HEADER_HEIGHT)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.name, header)

    def add(self, row: object) -> None:
        """Append a row. Raises FullSheetError when the sheet is full."""
        if self._rows == MOST_ROWS:
            raise FullSheetError
        for place, column in enumerate(self._columns):
            self._write(place, column, column.cell(row))
        self._rows += 1

    def finish(self) -> None:
        """Widths that fit, and a filter on every column."""
        for place, longest in enumerate(self._widest):
            self._sheet.set_column(place, place, _width(longest, _WIDEST))
        self._sheet.autofilter(0, 0, self._rows - 1, len(self._columns) - 1)

    def _write(self, place: int, column: Column, cell: Cell) -> None:
        match cell:
            case None:
                return
            case str():
                text = printable(cell)[:MOST_LETTERS]
                self._sheet.write_string(self._rows, place, text)
                if column.kind in _MEASURED and len(text) > self._widest[place]:
                    self._widest[place] = len(text)
            case bool():
                self._sheet.write_boolean(self._rows, place, cell)
            case int() | float():
                self._sheet.write_number(self._rows, place, cell)
            case date() | time():
                self._sheet.write_datetime(self._rows, place, cell, self._forms[column.kind])


def _width(longest: int, widest: int) -> int:
    """A column's width in letters, with room for the arrow of the filter."""
    return min(max(longest + 3, _NARROWEST), widest)
