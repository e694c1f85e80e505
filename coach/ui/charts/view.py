"""A chart in the window: painted, read by keys and by a screen reader, or shown as a table."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from coach.app.history.chart import Chart, Table, TrendChart
from coach.ui.announce import announce
from coach.ui.charts.ink import Ink, Look
from coach.ui.charts.painter import height_of, paint
from coach.ui.charts.trend import plot_of
from coach.ui.desk import Desk
from coach.ui.own_keys import claimed
from coach.ui.parts import Switch, Toggle, column, label, row, set_text
from coach.ui.tokens import Space, Type

_ROWS_SHOWN = 14
"""Rows of a table before it scrolls by itself."""
_FIRST_COLUMNS = 0.68
"""Share of the width that all columns but the last may have together."""
_EDGE = 6


_CHART_KEYS = frozenset({Qt.Key.Key_Home, Qt.Key.Key_End})
_TABLE_KEYS = _CHART_KEYS | {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class ChartView(QWidget):
    """One chart. Left and Right read one row of its table after another, Home and End the ends."""

    read = Signal(str)
    """What is read now, "" for nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chart: Chart | None = None
        self._cursor: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def chart(self) -> Chart | None:
        """The chart shown."""
        return self._chart

    @property
    def cursor_row(self) -> int | None:
        """Which row of the table is read, None for none."""
        return self._cursor

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart, self._cursor = chart, None
        self.setAccessibleName(chart.words.title)
        keys = self._desk.say("ui.history.chart_keys")
        self.setAccessibleDescription(f"{chart.words.summary} {keys}")
        self._fit()
        self.update()

    @property
    def _look(self) -> Look:
        return Look(self._desk.theme, Type.CAPTION * self._desk.scale)

    def _fit(self) -> None:
        if self._chart is not None:
            self.setFixedHeight(round(height_of(self._chart, self._look, self.width())) + 2 * _EDGE)

    def sizeHint(self) -> QSize:
        """Wide."""
        return QSize(600, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As tall as is easy to read at this width."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chart, where it is read, and its focus."""
        if self._chart is None:
            return
        painter = QPainter(self)
        look = self._look
        inside = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        paint(painter, inside, self._chart, look)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = Ink(painter, look)
        if self._cursor is not None and isinstance(self._chart, TrendChart):
            plot = plot_of(ink, inside, self._chart)
            x = plot.x(self._chart.series[0].points[self._cursor])
            painter.setPen(ink.pen("text", 1.4))
            painter.drawLine(QPointF(x, plot.box.top()), QPointF(x, plot.box.bottom()))
        if self.hasFocus():
            painter.setPen(QPen(ink.colour("focus"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 8, 8)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Home and End belong to the chart while it has the focus, not to the page."""
        return claimed(event, _CHART_KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the row before or after."""
        rows = 0 if self._chart is None else len(self._chart.table.rows)
        here = self._cursor
        steps: dict[int, int] = {
            Qt.Key.Key_Right: 0 if here is None else here + 1,
            Qt.Key.Key_Left: rows - 1 if here is None else here - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: rows - 1,
        }
        if rows and event.key() in steps:
            self._read(min(max(steps[event.key()], 0), rows - 1))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Read the point nearest to a click."""
        super().mousePressEvent(event)
        chart = self._chart
        if not isinstance(chart, TrendChart) or not chart.series[0].points:
            return
        inside = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        plot = plot_of(Ink(QPainter(), self._look), inside, chart)
        x = event.position().x()
        points = chart.series[0].points
        self._read(min(range(len(points)), key=lambda n: abs(plot.x(points[n]) - x)))

    def _read(self, place: int) -> None:
        if self._chart is None:
            return
        self._cursor = place
        table = self._chart.table
        first, *others = table.rows[place]
        named = zip(table.columns[1:], others, strict=True)
        said = f"{first}: " + "  ·  ".join(f"{name} {value}" for name, value in named if value)
        self.read.emit(said)
        announce(self, said)
        self.update()


class ChartTable(QTableWidget):
    """The numbers of a chart in rows; Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def event(self, event: QEvent) -> bool:
        """Keys that move within the table do not move the page."""
        return claimed(event, _TABLE_KEYS) or super().event(event)

    def show_table(self, table: Table, name: str) -> None:
        """Show the rows of a chart."""
        self.setAccessibleName(name)
        self.setColumnCount(len(table.columns))
        self.setHorizontalHeaderLabels(table.columns)
        self.setRowCount(len(table.rows))
        for n, cells in enumerate(table.rows):
            for m, cell in enumerate(cells):
                self.setItem(n, m, QTableWidgetItem(cell))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setStretchLastSection(True)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapped text needs other heights at another width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns as wide as their words where there is room, the last one with what is left."""
        head, room = self.horizontalHeader(), self.viewport().width()
        wanted = [
            max(self.sizeHintForColumn(n), head.sectionSizeHint(n)) + Space.SNUG
            for n in range(self.columnCount() - 1)
        ]
        least = room / (self.columnCount() + 1)
        tight = min(1.0, _FIRST_COLUMNS * room / max(sum(wanted), 1))
        for n, wide in enumerate(wanted):
            self.setColumnWidth(n, round(min(wide, max(wide * tight, least))))
        shown = min(self.rowCount(), _ROWS_SHOWN)
        if self.rowCount() <= 8 * _ROWS_SHOWN:
            self.resizeRowsToContents()
        tall = sum(self.rowHeight(n) for n in range(shown))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + tall + 6)


class ChartCard(QFrame):
    """A chart with its title, what is counted, and a button that turns it into a table."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("role", "card")
        self._title = label("", "title")
        self._caption = label("", "caption")
        self.as_table = Toggle(desk.say("ui.history.as_table"))
        self.as_table.toggled.connect(lambda _on: self._show())
        self.view = ChartView(desk)
        self.table = ChartTable()
        self.told = label("", "caption")
        self.view.read.connect(lambda said: set_text(self.told, said))
        self._switch = Switch()
        drawn = QWidget()
        inside = column(spacing=Space.SMALL)
        inside.addWidget(self.view)
        inside.addWidget(self.told)
        drawn.setLayout(inside)
        self._drawn = drawn
        self.nothing = label(desk.say("ui.history.nothing"), "soft")
        self._switch.add(drawn)
        self._switch.add(self.table)
        self._switch.add(self.nothing)
        head = row(spacing=Space.BASE)
        words = column(spacing=Space.HAIR)
        words.addWidget(self._title)
        words.addWidget(self._caption)
        head.addLayout(words, 1)
        head.addWidget(self.as_table, 0, Qt.AlignmentFlag.AlignTop)
        layout = column(margin=Space.WIDE, spacing=Space.SMALL)
        layout.addLayout(head)
        self.extra = column(spacing=Space.SMALL)
        layout.addLayout(self.extra)
        layout.addWidget(self._switch)
        self.setLayout(layout)

    @property
    def title(self) -> QLabel:
        """The title's label."""
        return self._title

    def show_chart(self, chart: Chart) -> None:
        """Show a chart, or its table where that was chosen."""
        set_text(self._title, chart.words.title)
        set_text(self._caption, chart.words.caption)
        set_text(self.told, chart.words.summary)
        self.as_table.setAccessibleName(f"{self.as_table.text()}: {chart.words.title}")
        self.view.show_chart(chart)
        self._show()

    def _show(self) -> None:
        chart = self.view.chart
        if chart is None:
            return
        self.as_table.setEnabled(bool(chart.table.rows))
        if not chart.table.rows:
            self._switch.show_only(self.nothing)
        elif self.as_table.isChecked():
            self.table.show_table(chart.table, chart.words.title)
            self._switch.show_only(self.table)
        else:
            self._switch.show_only(self._drawn)
