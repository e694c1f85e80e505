"""What an export will hold: how many sessions, and the first rows where there are rows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from coach.app.export.tables import Preview
from coach.domain.rating import HIGHEST
from coach.ui.desk import Desk
from coach.ui.parts import column, label, set_text
from coach.ui.tokens import Space

_LEAST_LINES, _LINE = 4, 1.9
"""Lines of the table that are always seen, and the height of one in heights of its letters."""


class ExportPreview(QWidget):
    """A sentence, and below it the first rows as they will be written."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        say = desk.say
        self.count = label("", "lead")
        self._about = label("", "soft")
        self._caption = label(say("ui.export.rows"), "caption")
        self.table = QTableWidget()
        self.table.setAccessibleName(say("ui.export.rows_name"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        layout = column(spacing=Space.SMALL)
        layout.addWidget(self.count)
        layout.addWidget(self._about)
        layout.addSpacing(Space.SMALL)
        layout.addWidget(self._caption)
        layout.addWidget(self.table)
        self.setLayout(layout)

    def show_trouble(self, text: str) -> None:
        """Say why nothing can be shown."""
        set_text(self.count, text)
        self._caption.hide()
        self.table.hide()

    def show_choice(self, about: str, sessions: int, rows: Preview | None) -> None:
        """Show what it is, how many sessions there are, and the first rows where it has rows."""
        set_text(self._about, about)
        key = f"ui.export.count_{sessions}" if sessions < 2 else "ui.export.count"
        say = self._desk.say
        set_text(self.count, say(key) if sessions < 2 else say(key, n=f"{sessions:,}"))
        shown = rows is not None and bool(rows.rows)
        self._caption.setVisible(shown)
        self.table.setVisible(shown)
        if rows is not None and shown:
            self._fill(rows)

    def _fill(self, rows: Preview) -> None:
        self.table.clear()
        self.table.setColumnCount(len(rows.headings))
        self.table.setRowCount(len(rows.rows))
        self.table.setHorizontalHeaderLabels(list(rows.headings))
        for down, row in enumerate(rows.rows):
            for across, text in enumerate(row):
                item = QTableWidgetItem(text)
                if text.isdigit() and len(text) <= len(str(HIGHEST)) + 4:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(down, across, item)
        lines = max(len(rows.rows), _LEAST_LINES) + 1
        edge = 2 * self.table.frameWidth() + self.table.horizontalScrollBar().sizeHint().height()
        tall = self.table.horizontalHeader().sizeHint().height()
        self.table.verticalHeader().setDefaultSectionSize(
            round(self.table.fontMetrics().height() * _LINE)
        )
        line = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(tall + (lines - 1) * line + edge)
