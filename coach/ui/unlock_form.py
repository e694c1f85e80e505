"""Opening a lock: who assessed the person and when, or the physiotherapist's code."""

from collections.abc import Callable

from PySide6.QtWidgets import QBoxLayout, QCheckBox, QLabel, QWidget

from coach.app.daily.today import AssessmentDays
from coach.rules.locks import Assessment, StillLocked
from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.day_field import DayField
from coach.ui.desk import Desk
from coach.ui.parts import button, column, frame, label, row, set_text
from coach.ui.settings.physio_section import code_field
from coach.ui.text_field import TextField
from coach.ui.tokens import Space

#: What a line says that only keeps its place: a space that a label does not drop.
_NOTHING = "\N{NO-BREAK SPACE}"


class UnlockForm(QWidget):
    """Three things to fill in, none of them preset; what is missing is told beside it.

    Where a physiotherapist has set a code, it may be entered instead.
    """

    def __init__(self, desk: Desk, days: AssessmentDays, opened: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._days = days
        self._opened = opened
        self.who = TextField()
        self.who.setAccessibleName(desk.say("ui.unlock.who"))
        self.who.setMaxLength(100)
        self.day = DayField(desk, days)
        self.cleared = QCheckBox(desk.say("ui.unlock.cleared"))
        self.open_button = button(desk.say("ui.unlock.open"), self._try, "primary")
        self.code = code_field(desk, "ui.physio.code")
        self.code_button = button(desk.say("ui.unlock.with_code"), self._try_code)
        self.troubles: dict[QWidget, QLabel] = {
            one: _trouble() for one in (self.who, self.day, self.cleared, self.open_button)
        }
        self.code_trouble = _trouble()
        self.who.textChanged.connect(lambda _text: self._forget(self.who))
        self.day.changed.connect(lambda: self._forget(self.day))
        self.cleared.toggled.connect(lambda _on: self._forget(self.cleared))
        self.code.textChanged.connect(lambda _text: self.code_trouble.setText(_NOTHING))
        whole = column(spacing=Space.SMALL)
        whole.addLayout(self._fields())
        whole.addWidget(self.cleared)
        whole.addWidget(self.troubles[self.cleared])
        last = row(spacing=Space.BASE)
        last.addWidget(self.open_button)
        last.addWidget(self.troubles[self.open_button], 1)
        whole.addLayout(last)
        self._code_way = self._by_code()
        whole.addWidget(self._code_way)
        self.setLayout(whole)
        self._code_way.setHidden(not desk.coach.physio().code_set)

    def _fields(self) -> QBoxLayout:
        """Who and when, each with its name above and what is wrong below."""
        ways = QBoxLayout.Direction
        across = QBoxLayout(ways.TopToBottom if self._desk.compact else ways.LeftToRight)
        across.setSpacing(Space.BASE)
        for key, field in (("who", self.who), ("day", self.day)):
            one = column(spacing=Space.HAIR)
            one.addWidget(label(self._desk.say(f"ui.unlock.{key}"), "caption"))
            one.addWidget(field)
            one.addWidget(self.troubles[field])
            one.addStretch(1)
            across.addLayout(one, 1)
        return across

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
        inside.addWidget(self.code_trouble)
        made = QWidget()
        made.setLayout(inside)
        return made

    def _try(self) -> None:
        self._forget(*self.troubles)
        if self.day.day is None and not self.day.empty:
            text = self._desk.say("lock.no_day", example=self.day.example)
            self._tell(self.troubles[self.day], text)
            return
        entered = Assessment(self.who.text(), self.day.day, self.cleared.isChecked())
        try:
            stays = self._desk.coach.unlock(entered)
        except KnownError as error:
            self._tell(self.troubles[self.open_button], str(error))
            return
        if stays is None:
            self._opened()
            return
        places = {
            StillLocked.WHO: self.who,
            StillLocked.WHEN: self.day,
            StillLocked.NOT_CLEARED: self.cleared,
        }
        self._tell(self.troubles[places.get(stays, self.open_button)], self._why(stays))

    def _why(self, stays: StillLocked) -> str:
        if stays is not StillLocked.WHEN:
            return self._desk.say(f"lock.{stays}")
        first, last = self._days.first_text, self._days.last_text
        if not first:
            return self._desk.say("lock.when_until", last=last)
        return self._desk.say("lock.when", first=first, last=last)

    def _try_code(self) -> None:
        try:
            answer = self._desk.coach.unlock_with_code(self.code.text())
        except KnownError as error:
            self._tell(self.code_trouble, str(error))
            return
        if answer is None:
            self._opened()
        elif isinstance(answer, StillLocked):
            self._tell(self.code_trouble, self._why(answer))
        else:
            self._tell(self.code_trouble, self._desk.say(f"ui.code.{answer}"))

    def _forget(self, *fields: QWidget) -> None:
        """What was wrong with these fields is being put right."""
        for one in (*fields, self.open_button):
            self.troubles[one].setText(_NOTHING)

    def _tell(self, place: QLabel, text: str) -> None:
        set_text(place, text)
        announce(self, text)


def _trouble() -> QLabel:
    """A line of its own, there from the start, so that nothing moves when it speaks."""
    return label(_NOTHING, tone="danger")
