"""What a physiotherapist may set: the code, and exercises beyond their home limit."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QPushButton, QWidget

from coach.app.daily.today import AllowedExercise, CodeAnswer
from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.parts import button, column, empty, label, row, set_text, set_tone
from coach.ui.text_field import TextField
from coach.ui.tokens import Space

#: Longer codes are not taken; the store says how long one has to be.
CODE_LENGTH = 12


def code_field(desk: Desk, key: str) -> QLineEdit:
    """A field whose content nobody can read over a shoulder."""
    made = TextField()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setMaxLength(CODE_LENGTH)
    made.setAccessibleName(desk.say(key))
    made.setPlaceholderText(desk.say(key))
    return made


class PhysioSection(QFrame):
    """Without a code it can only be set; with one, it allows exercises and can be changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self.code = code_field(desk, "ui.physio.code")
        self.new_code = code_field(desk, "ui.physio.new_code")
        self.set_button = button(desk.say("ui.physio.set"), self._set)
        self.answer = label("", "lead")
        self._rows = column(spacing=Space.SNUG)
        self.allow_buttons: dict[str, QPushButton] = {}
        self.take_back_buttons: dict[str, QPushButton] = {}
        self._code_row = self._line("ui.physio.code", self.code)
        ways = QBoxLayout.Direction
        setting = QBoxLayout(ways.TopToBottom if desk.compact else ways.LeftToRight)
        setting.setContentsMargins(0, 0, 0, 0)
        setting.addWidget(self.new_code)
        setting.addWidget(self.set_button)
        new = QWidget()
        new.setLayout(setting)
        self.barred = label(desk.say("ui.code.locked"), tone="warn")
        inside = column(margin=Space.WIDE, spacing=Space.BASE)
        inside.addWidget(label(desk.say("ui.settings.physio"), "title"))
        inside.addWidget(label(desk.say("ui.physio.help"), "caption"))
        inside.addWidget(self._code_row)
        inside.addLayout(self._rows)
        inside.addWidget(self._line("ui.physio.new_code", new))
        inside.addWidget(self.barred)
        inside.addWidget(self.answer)
        self.setLayout(inside)
        self.answer.hide()
        self.show_now()

    def _line(self, key: str, field: QWidget) -> QWidget:
        words = column(spacing=0)
        words.addWidget(label(self._desk.say(key)))
        words.addWidget(label(self._desk.say(f"{key}_help"), "caption"))
        across = row(spacing=Space.WIDE)
        across.addLayout(words, 1)
        across.addWidget(field, 1, Qt.AlignmentFlag.AlignVCenter)
        made = QWidget()
        made.setLayout(across)
        return made

    def show_now(self) -> None:
        """Show what the code allows now."""
        try:
            physio = self._desk.coach.physio()
        except KnownError as error:
            self._say(str(error), "danger")
            return
        self._code_row.setVisible(physio.code_set)
        key = "ui.physio.change" if physio.code_set else "ui.physio.set"
        set_text(self.set_button, self._desk.say(key))
        self.set_button.setAccessibleName(self._desk.say(key))
        for one in (self.new_code, self.set_button):
            one.setEnabled(physio.may_set)
        self.barred.setHidden(physio.may_set)
        empty(self._rows)
        self.allow_buttons.clear()
        self.take_back_buttons.clear()
        if physio.code_set:
            for exercise in physio.exercises:
                self._rows.addWidget(self._exercise(exercise))

    def _exercise(self, exercise: AllowedExercise) -> QWidget:
        words = column(spacing=0)
        words.addWidget(label(exercise.name))
        words.addWidget(label(exercise.limit_text, "caption"))
        across = row(spacing=Space.WIDE)
        across.addLayout(words, 1)
        say = self._desk.say
        if exercise.allowed:
            across.addWidget(label(say("ui.physio.allowed"), "", tone="good", wrap=False))
            name = say("ui.physio.take_back_name", exercise=exercise.name)
            made = button(say("ui.physio.take_back"), lambda: self._take_back(exercise), name=name)
            self.take_back_buttons[exercise.id] = made
        else:
            name = say("ui.physio.allow_name", exercise=exercise.name)
            made = button(say("ui.physio.allow"), lambda: self._allow(exercise.id), name=name)
            self.allow_buttons[exercise.id] = made
        across.addWidget(made)
        line = QWidget()
        line.setLayout(across)
        return line

    def _allow(self, exercise: str) -> None:
        """The focus stays in the row, whose button is another one then."""
        try:
            given = self._desk.coach.allow(self.code.text(), exercise)
        except KnownError as error:
            self._say(str(error), "danger")
            return
        self._tell(given, "right")
        self.show_now()
        (self.take_back_buttons | self.allow_buttons)[exercise].setFocus()

    def _take_back(self, exercise: AllowedExercise) -> None:
        try:
            self._desk.coach.take_back(exercise.id)
        except KnownError as error:
            self._say(str(error), "danger")
            return
        self._say(self._desk.say("ui.physio.taken_back", exercise=exercise.name), "good")
        self.show_now()
        left = self.allow_buttons.get(exercise.id)
        if left is not None:  # where only a step too much had to be allowed, the row is gone
            left.setFocus()
        else:
            self.set_button.setFocus()

    def _set(self) -> None:
        kind = "changed" if self._desk.coach.physio().code_set else "set"
        try:
            given = self._desk.coach.set_physio_code(self.new_code.text(), self.code.text())
        except KnownError as error:
            self._say(str(error), "danger")
            return
        self._tell(given, kind)
        if given is CodeAnswer.RIGHT:
            self.code.clear()
            self.new_code.clear()
        self.show_now()

    def _tell(self, given: CodeAnswer, done: str) -> None:
        """What became of it; done: the words for the right code."""
        right = given is CodeAnswer.RIGHT
        said = self._desk.say(f"ui.code.{done if right else given}")
        self._say(said, "good" if right else "danger")

    def _say(self, text: str, tone: str) -> None:
        set_text(self.answer, text)
        set_tone(self.answer, tone)
        self.answer.show()
        announce(self, text)
