"""Entering who assessed the person, when, and that exercise was allowed."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit, QWidget

from coach.rules.locks import Assessment
from coach.ui.desk import Desk
from coach.ui.parts import button, column, label, row
from coach.ui.tokens import Space

#: Stands for "no day chosen": nothing is preset.
_NO_DAY = QDate(2000, 1, 1)


class UnlockForm(QWidget):
    """Three things to fill in, none of them preset; a lock that stays says why."""

    def __init__(self, desk: Desk, opened: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._opened = opened
        self.who = QLineEdit()
        self.who.setAccessibleName(desk.say("ui.unlock.who"))
        self.who.setPlaceholderText(desk.say("ui.unlock.who"))
        self.who.setMaxLength(100)
        self.day = QDateEdit(_NO_DAY)
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
        self.setLayout(whole)

    def _try(self) -> None:
        chosen = self.day.date()
        day = None if chosen == _NO_DAY else date(chosen.year(), chosen.month(), chosen.day())
        entered = Assessment(self.who.text(), day, self.cleared.isChecked())
        stays = self._desk.coach.unlock(entered)
        if stays is None:
            self._opened()
            return
        self.trouble.setText(self._desk.say(f"lock.{stays}"))
        self.trouble.show()
