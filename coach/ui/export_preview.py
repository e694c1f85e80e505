"""A look at what an export will hold: a table, names and a first line, or a picture of the page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from coach.app.export.preview import Lines, Picture, Preview, Rows
from coach.domain.rating import HIGHEST
from coach.ui.desk import Desk
from coach.ui.parts import column, label, set_text
from coach.ui.tokens import Space

_LEAST_LINES, _LINE = 4, 1.9
"""Lines of the table that are always seen, and the height of one in heights of its letters."""

_BREAK = "\u200b"
"""A place of no width where a line may end."""


class ExportPreview(QWidget):
    """How many sessions it is of, to be put where there is room for it, and below it the look."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.head = QWidget()
        self.count = label("", "lead")
        self._about = label("", "soft")
        told = column(spacing=Space.SMALL)
        told.addWidget(self.count)
        told.addWidget(self._about)
        self.head.setLayout(told)
        self.caption = label("", "caption")
        self.table = self._made_table()
        self.lines = label("")
        self.picture = PagePicture()
        layout = column(spacing=Space.SMALL)
        for shown in (self.caption, self.table, self.lines, self.picture):
            layout.addWidget(shown)
        self.setLayout(layout)

    def show_trouble(self, text: str) -> None:
        """Say why nothing can be shown."""
        set_text(self.count, text)
        self.show_look(None)

    def show_choice(self, about: str, sessions: int) -> None:
        """Say what it is and how many sessions there are; the look at it is still being made."""
        set_text(self._about, about)
        key = f"ui.export.count_{sessions}" if sessions < 2 else "ui.export.count"
        say = self._desk.say
        set_text(self.count, say(key) if sessions < 2 else say(key, n=f"{sessions:,}"))

    def show_waiting(self) -> None:
        """Show nothing that is no longer so; an empty sheet keeps the place of a page."""
        set_text(self.caption, self._desk.say("ui.export.look_waits"))
        self.caption.show()
        self.picture.clear_page()
        self.table.hide()
        self.lines.hide()

    def show_look(self, look: Preview | None) -> None:
        """Show what was made of the choice."""
        self.table.setVisible(isinstance(look, Rows))
        self.lines.setVisible(isinstance(look, Lines))
        self.picture.setVisible(isinstance(look, Picture))
        self.caption.setVisible(look is not None)
        if look is None:
            return
        set_text(self.caption, look.title)
        name = self._desk.say("ui.export.look", title=look.title)
        match look:
            case Rows():
                self.table.setAccessibleName(name)
                self._fill(look)
            case Lines(_, names, beginning):
                self.lines.setAccessibleName("\n".join((name, *names, beginning)))
                set_text(self.lines, "\n".join((*map(_foldable, names), "", _foldable(beginning))))
            case Picture(_, alt, png):
                self.picture.setAccessibleName(name)
                self.picture.setAccessibleDescription(alt)
                self.picture.show_page(png)

    def _made_table(self) -> QTableWidget:
        table = QTableWidget()
        table.setAccessibleName(self._desk.say("ui.export.preview"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        return table

    def _fill(self, rows: Rows) -> None:
        self.table.clear()
        self.table.setColumnCount(len(rows.headings))
        self.table.setRowCount(len(rows.rows))
        self.table.setHorizontalHeaderLabels(list(rows.headings))
        for down, row in enumerate(rows.rows):
            for across, text in enumerate(row):
                item = QTableWidgetItem(text)
                if text.replace(",", "").isdigit() and len(text) <= len(str(HIGHEST)) + 4:
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


class PagePicture(QLabel):
    """A printed page, as wide as there is room for it and never larger than it was drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self.setMinimumWidth(1)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._page = QPixmap()

    def show_page(self, png: bytes) -> None:
        """Show another page."""
        self._page = QPixmap()
        self._page.loadFromData(png)
        self._scale()

    def clear_page(self) -> None:
        """Show an empty sheet in its place."""
        self._page.fill(Qt.GlobalColor.white)
        self._scale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page is as wide as its place."""
        super().resizeEvent(event)
        self._scale()

    def _scale(self) -> None:
        dots, edge = self.devicePixelRatio(), self.width() - self.contentsRect().width()
        wide = min(round((self.width() - edge) * dots), self._page.width())
        if self._page.isNull() or wide < 1:
            return
        shown = self._page.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(dots)
        self.setPixmap(shown)
        self.setMaximumWidth(round(self._page.width() / dots) + edge)
        self.setFixedHeight(round(shown.height() / dots) + edge)


def _foldable(text: str) -> str:
    """A text without blanks that may be folded anywhere."""
    return _BREAK.join(text)
