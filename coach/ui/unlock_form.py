"""Opening a lock: who assessed the person and when, or the physiotherapist's code."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit, QWidget

from coach.rules.locks import Assessment, StillLocked
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.parts import button, column, frame, label, row
from coach.ui.physio_section import code_field
from coach.ui.tokens import Space

#: Stands for "no day chosen": nothing is preset. Typing then begins with the day after.
_NO_DAY = QDate(1999, 12, 31)


class DayField(QDateEdit):
    """A day that can be typed: year, month and day follow each other. Tab leaves at once."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The words that stand for no day give way to the first digit."""
        if self.date() == _NO_DAY and event.text().isdigit():
            self.setDate(_NO_DAY.addDays(1))
            self.setSelectedSection(QDateEdit.Section.YearSection)
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next_one: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Qt's own would keep the focus for good while no day is chosen."""
        return QWidget.focusNextPrevChild(self, next_one)


class UnlockForm(QWidget):
    """Three things to fill in, none of them preset; a lock that stays says why.

    Where a physiotherapist has set a code, it may be entered instead.
    """

    def __init__(self, desk: Desk, opened: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._opened = opened
        self.who = QLineEdit()
        self.who.setAccessibleName(desk.say("ui.unlock.who"))
        self.who.setPlaceholderText(desk.say("ui.unlock.who"))
        self.who.setMaxLength(100)
        self.day = DayField(_NO_DAY)
        self.day.setAccessibleName(desk.say("ui.unlock.day"))
        self.day.setMinimumDate(_NO_DAY)
        self.day.setSpecialValueText(desk.say("ui.unlock.day"))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.cleared = QCheckBox(desk.say("ui.unlock.cleared"))
        self.trouble = label("", tone="danger")
        self.trouble.hide()
        self.open_button = button(desk.say("ui.unlock.open"), self._try, "primary")
        across = row(spacing=Space.SMALL)
        across.addWidget(self.who, 2)
        across.addWidget(self.day, 1)
        whole = column(spacing=Space.SMALL)
        whole.addLayout(across)
        whole.addWidget(self.cleared)
        whole.addWidget(self.trouble)
        last = row()
        last.addWidget(self.open_button)
        last.addStretch(1)
        whole.addLayout(last)
        self.code = code_field(desk, "ui.physio.code")
        self.code_button = button(desk.say("ui.unlock.with_code"), self._try_code)
        self._code_way = self._by_code()
        whole.addWidget(self._code_way)
        self.setLayout(whole)
        self._code_way.setHidden(not desk.coach.physio().code_set)

    def _by_code(self) -> QWidget:
        line = frame("line", column())
        line.setFixedHeight(1)
        entering = row()
        entering.addWidget(self.code, 1)
        entering.addWidget(self.code_button)
        entering.addStretch(1)
        inside = column(spacing=Space.SMALL)
        inside.addSpacing(Space.SMALL)
        inside.addWidget(line)
        inside.addWidget(label(self._desk.say("ui.unlock.or_code")))
        inside.addLayout(entering)
        made = QWidget()
        made.setLayout(inside)
        return made

    def _try(self) -> None:
        chosen = self.day.date()
        day = None if chosen == _NO_DAY else date(chosen.year(), chosen.month(), chosen.day())
        entered = Assessment(self.who.text(), day, self.cleared.isChecked())
        stays = self._desk.coach.unlock(entered)
        if stays is None:
            self._opened()
            return
        self._tell(f"lock.{stays}")

    def _try_code(self) -> None:
        answer = self._desk.coach.unlock_with_code(self.code.text())
        if answer is None:
            self._opened()
        elif isinstance(answer, StillLocked):
            self._tell(f"lock.{answer}")
        else:
            self._tell(f"ui.code.{answer}")

    def _tell(self, key: str) -> None:
        self.trouble.setText(self._desk.say(key))
        self.trouble.show()
        announce(self, self.trouble.text())
