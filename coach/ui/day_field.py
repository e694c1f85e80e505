"""A day: typed as text, today with one press, or chosen in a calendar."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QTableView, QToolButton, QWidget

from coach.app.daily.today import AssessmentDays
from coach.ui.desk import Desk
from coach.ui.parts import button, column, row
from coach.ui.text_field import TextField
from coach.ui.tokens import Radius, Space, Theme

#: The form in which a day is shown and read: year, month, day (ISO 8601).
_FORM = "%Y-%m-%d"
_LONGEST = 10


def day_in(text: str) -> date | None:
    """The day that a text names, with or without hyphens; None when it names none."""
    digits = "".join(text.split()).replace("-", "").replace(".", "").replace("/", "")
    if len(digits) != len("20261121") or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


class DayField(QWidget):
    """Nothing is preset. Up and Down move by one day, from today when none was entered yet."""

    changed = Signal()
    """Something else stands in the field."""

    def __init__(self, desk: Desk, days: AssessmentDays) -> None:
        super().__init__()
        self._desk, self._days = desk, days
        say = desk.say
        self.example = f"{days.last:{_FORM}}"
        self.text = TextField()
        self.text.setMaxLength(_LONGEST + 2)
        self.text.setPlaceholderText(say("ui.unlock.day_form", example=self.example))
        self.text.setAccessibleName(say("ui.unlock.day"))
        self.text.setAccessibleDescription(self.text.placeholderText())
        self.text.textChanged.connect(lambda _text: self.changed.emit())
        self.text.editingFinished.connect(self._tidy)
        self.today_button = button(say("ui.unlock.today"), lambda: self.show_day(days.last))
        self.calendar_button = button(
            say("ui.unlock.calendar"), self.open_calendar, name=say("ui.unlock.calendar_name")
        )
        across = row(spacing=Space.SMALL)
        across.addWidget(self.text, 1)
        across.addWidget(self.today_button)
        across.addWidget(self.calendar_button)
        self.setLayout(across)
        self.setFocusProxy(self.text)
        self.popup: CalendarPopup | None = None

    @property
    def day(self) -> date | None:
        """The day entered, None when there is none or the text names none."""
        return day_in(self.text.text())

    @property
    def empty(self) -> bool:
        """Whether nothing was entered."""
        return not self.text.text().strip()

    def show_day(self, day: date) -> None:
        """Enter a day."""
        self.text.setText(f"{day:{_FORM}}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down, which the text itself has no use for."""
        steps: dict[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in steps and self.text.hasFocus():
            now = self.day
            after = now.toordinal() + steps[event.key()] if now else 0
            wanted = date.fromordinal(after) if after > 0 else self._days.last
            self.show_day(max(min(wanted, self._days.last), self._days.first))
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the month of the day entered, else the present one."""
        self.popup = CalendarPopup(self._desk, self._days, self.day, self._chosen)
        self.popup.open_below(self)

    def _chosen(self, day: date) -> None:
        self.show_day(day)
        self.text.setFocus()

    def _tidy(self) -> None:
        if (day := self.day) is not None:
            self.show_day(day)


class CalendarPopup(QFrame):
    """A month in a frame over the page; Esc and a click beside it close it."""

    def __init__(
        self,
        desk: Desk,
        days: AssessmentDays,
        chosen: date | None,
        take: Callable[[date], None],
    ) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "panel")
        self._take = take
        self.calendar = MonthView(desk.theme, days, desk.say("ui.unlock.calendar_name"))
        start = chosen if chosen and days.first <= chosen <= days.last else days.last
        self.calendar.setSelectedDate(QDate(start.year, start.month, start.day))
        self.calendar.clicked.connect(self._clicked)
        self.calendar.activated.connect(self._clicked)
        inside = column(margin=Space.SMALL)
        inside.addWidget(self.calendar)
        self.setLayout(inside)

    def open_below(self, field: QWidget) -> None:
        """Open under a field, or above it where there is no room, and always on the screen."""
        self.adjustSize()
        size, there = self.sizeHint(), field.screen().availableGeometry()
        spot = field.mapToGlobal(QPoint(field.width() - size.width(), field.height()))
        if spot.y() + size.height() > there.bottom():
            spot.setY(field.mapToGlobal(QPoint(0, 0)).y() - size.height())
        spot.setX(max(there.left(), min(spot.x(), there.right() - size.width())))
        spot.setY(max(there.top(), min(spot.y(), there.bottom() - size.height())))
        self.setGeometry(QRect(spot, size))
        self.show()
        self.calendar.setFocus()

    def _clicked(self, chosen: QDate) -> None:
        self._take(date(chosen.year(), chosen.month(), chosen.day()))
        self.close()


class MonthView(QCalendarWidget):
    """Days that cannot be chosen are faint and struck through; every size of text fits."""

    def __init__(self, theme: Theme, days: AssessmentDays, name: str) -> None:
        super().__init__()
        self._theme = theme
        last = days.last
        self.setMaximumDate(QDate(last.year, last.month, last.day))
        if days.first > date.min:
            self.setMinimumDate(QDate(days.first.year, days.first.month, days.first.day))
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        names = QTextCharFormat()
        names.setForeground(QColor(theme.soft))
        names.setBackground(QColor(theme.surface))
        self.setHeaderTextFormat(names)
        for weekday in Qt.DayOfWeek:
            self.setWeekdayTextFormat(weekday, names)
        arrows = {"prev": Qt.ArrowType.LeftArrow, "next": Qt.ArrowType.RightArrow}
        for one in self.findChildren(QToolButton):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            arrow = arrows.get(one.objectName().removeprefix("qt_calendar_")[:4])
            if arrow is not None:
                one.setIcon(QIcon())
                one.setArrowType(arrow)
                one.setIconSize(QSize(1, 1) * self.fontMetrics().height())
        (view,) = self.findChildren(QTableView)
        view.setAccessibleName(name)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """Seven columns and seven rows of this text, below the name of the month."""
        digits = self.fontMetrics()
        line = digits.height()
        wide = 7 * max(digits.horizontalAdvance("Wed") + line, line * 2)
        return QSize(wide, round(line * 1.9) * 7 + round(line * 2.6))

    def minimumSizeHint(self) -> QSize:
        """It is never smaller than its words need."""
        return self.sizeHint()

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        """One day: chosen, possible, or out of reach."""
        theme = self._theme
        within = self.minimumDate() <= date <= self.maximumDate()
        shown = date.month() == self.monthShown()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(theme.surface))
        colour = theme.text if within and shown else theme.soft
        if date == self.selectedDate() and within:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), Radius.FIELD, Radius.FIELD)
            colour = theme.on_accent
        font = painter.font()
        font.setStrikeOut(not within)
        font.setBold(within and shown)
        painter.setFont(font)
        painter.setPen(QPen(QColor(colour)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(date.day()))
        painter.restore()
