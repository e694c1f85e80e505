"""Correcting an answer: which one, what it should have been, and why. Nothing is preset."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton

from coach.app.history.played_view import Correctable
from coach.domain.rating import HIGHEST, LOWEST, Rating
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.list_field import ListField
from coach.ui.parts import FlowLayout, button, column, label, set_text
from coach.ui.text_field import TextField
from coach.ui.tokens import Space

_LONGEST = 200
"""Characters of a reason."""

Keep = Callable[[Correctable, Rating | None, str], None]


class CorrectionForm(QFrame):
    """Says what a correction does and does not do, and hands a whole one over."""

    def __init__(self, desk: Desk, keep: Keep, cancelled: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._keep = desk, keep
        self._answers: tuple[Correctable, ...] = ()
        self._value: Rating | None = None
        self._chosen = False
        self.setProperty("role", "card")
        say = desk.say
        self.which = ListField()
        self.which.setAccessibleName(say("ui.correct.which"))
        self.which.setPlaceholderText(say("ui.correct.choose"))
        self.which.setSizeAdjustPolicy(
            ListField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.values: dict[Rating | None, QPushButton] = {}
        chips = FlowLayout(spacing=Space.HAIR)
        for value in (*range(LOWEST, HIGHEST + 1), None):
            text = say("ui.correct.rather_not") if value is None else str(value)
            named = f"{say('ui.correct.value')}: {text}"
            made = button(text, partial(self.choose, value), name=named)
            made.setCheckable(True)
            self.values[value] = made
            chips.addWidget(made)
        self.reason = TextField()
        self.reason.setMaxLength(_LONGEST)
        self.reason.setAccessibleName(say("ui.correct.reason"))
        self.trouble = label("", tone="warn")
        self.trouble.hide()
        self.which.currentIndexChanged.connect(self.trouble.hide)
        self.reason.textEdited.connect(self.trouble.hide)
        self.keep_button = button(say("ui.correct.keep"), self.keep, "primary")
        self.cancel_button = button(say("ui.correct.cancel"), cancelled)
        buttons = FlowLayout(spacing=Space.SMALL)
        buttons.addWidget(self.keep_button)
        buttons.addWidget(self.cancel_button)
        inside = column(margin=Space.WIDE, spacing=Space.SNUG)
        inside.addWidget(label(say("ui.correct.title"), "title"))
        inside.addWidget(label(say("ui.correct.told"), "soft"))
        inside.addWidget(label(say("ui.correct.which")))
        inside.addWidget(self.which)
        inside.addWidget(label(say("ui.correct.value")))
        inside.addLayout(chips)
        inside.addWidget(label(say("ui.correct.reason")))
        inside.addWidget(self.reason)
        inside.addWidget(self.trouble)
        inside.addLayout(buttons)
        self.setLayout(inside)

    def start(self, answers: tuple[Correctable, ...]) -> None:
        """Offer these answers, with nothing chosen."""
        self._answers = answers
        self.which.clear()
        for one in answers:
            self.which.addItem(one.text)
        self.which.setCurrentIndex(-1)
        self._chosen, self._value = False, None
        for made in self.values.values():
            made.setChecked(False)
        self.reason.clear()
        self.trouble.hide()

    def choose(self, value: Rating | None) -> None:
        """Choose the new value; None is "I would rather not say"."""
        self._chosen, self._value = True, value
        self.trouble.hide()
        for one, made in self.values.items():
            made.setChecked(one == value)

    def keep(self) -> None:
        """Hand the correction over, or say what is missing."""
        place = self.which.currentIndex()
        if place < 0 or not self._chosen or not self.reason.text().strip():
            self._tell("ui.correct.incomplete")
        elif self._answers[place].value == self._value:
            self._tell("ui.correct.same")
        else:
            self._keep(self._answers[place], self._value, self.reason.text().strip())

    def _tell(self, key: str) -> None:
        set_text(self.trouble, self._desk.say(key))
        self.trouble.show()
        announce(self, self.trouble.text())
