"""Eleven buttons without a preset value, and the answer shown large while it can be changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from coach.app.sound.cues import Felt, rating_heard
from coach.domain.rating import HIGHEST, LOWEST
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command, key_for
from coach.ui.parts import Switch, button, column, forget_focus, label, row, set_text
from coach.ui.session.ring import Ring
from coach.ui.tokens import Space

#: How long an answer can be changed before it is given (DESIGN 6), milliseconds of the session.
CHANGE_MS = 5000
_ANCHORS = (0, 3, 5, 7, 10)


class RatingRow(Switch):
    """Asks for one rating 0-10; a choice waits ``CHANGE_MS`` before it counts as given."""

    given = Signal(int)
    """The rating, once it can no longer be changed."""

    wants = frozenset({Command.RATE, Command.CHANGE, Command.NEXT, Command.PREVIOUS, Command.GO})

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._choice: int | None = None
        self._since_ms: int | None = None
        self._felt = Felt.TINGLING
        self.buttons = [self._number(number) for number in range(LOWEST, HIGHEST + 1)]
        self._row = self._laid_out()
        self._ring = Ring(desk, smallest=84 if desk.compact else 150)
        self._said = label("", "lead", align=Qt.AlignmentFlag.AlignCenter)
        self._meaning = label("", "soft", align=Qt.AlignmentFlag.AlignCenter)
        self._hint = label("", "soft", align=Qt.AlignmentFlag.AlignCenter)
        self.change_button = button(desk.with_key("ui.rating.change", Command.CHANGE), self.change)
        self.confirm_button = button(
            desk.with_key("ui.rating.confirm", Command.NEXT),
            self.confirm,
            "primary",
            name=desk.say("ui.rating.confirm"),
        )
        self._echo = self._echoed()
        self.add(self._row)
        self.add(self._echo)

    @property
    def choice(self) -> int | None:
        """The rating waiting to be given, None while there is none."""
        return self._choice

    def ask(self, question: str, felt: Felt) -> None:
        """Ask afresh: nothing is chosen and nothing has the focus."""
        self._felt = felt
        for number, one in enumerate(self.buttons):
            one.setAccessibleName(f"{question} {number} {self._anchor(number)}".strip())
        self.change()

    def choose(self, number: int) -> None:
        """Show a rating large, say it back, and let it be changed for a while."""
        self._choice, self._since_ms = number, None
        said = self._desk.words(rating_heard(self._felt, number))
        set_text(self._said, said)
        set_text(self._meaning, self._anchor(number))
        self._meaning.setVisible(bool(self._meaning.text()))
        self._ring.show_share(1.0, str(number))
        self._hint.hide()
        self.show_only(self._echo)
        self._ring.setAccessibleName(said)
        announce(self, said)
        self._desk.say_back(self._felt, number)

    def change(self) -> None:
        """Take the choice back."""
        self._choice = self._since_ms = None
        forget_focus(self)
        self.show_only(self._row)

    def wait_again(self) -> None:
        """Give the choice its whole time from now on, after something else was on the screen."""
        self._since_ms = None

    def confirm(self) -> None:
        """Give the choice without waiting longer."""
        if self._choice is not None:
            number, self._choice = self._choice, None
            self.given.emit(number)

    def pass_time(self, session_ms: int) -> None:
        """Session time has moved on; an unchanged choice is given when its time is over."""
        if self._choice is None:
            return
        if self._since_ms is None:
            self._since_ms = session_ms
        left = CHANGE_MS - (session_ms - self._since_ms)
        if left <= 0:
            self.confirm()
            return
        self._ring.show_share(left / CHANGE_MS, str(self._choice))
        seconds = -(-left // 1000)
        set_text(self._hint, self._desk.say("ui.rating.time_left", seconds=seconds))
        self._hint.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons grow with the row."""
        super().resizeEvent(event)
        high = round(self.width() / len(self.buttons) * 0.8)
        for one in self.buttons:
            one.setMinimumHeight(high)

    def obey(self, asked: Asked) -> bool:
        """Digits choose, Backspace takes back, clicker buttons move along the row."""
        match asked:
            case Asked(Command.RATE, int(number)):
                self.choose(number)
            case Asked(Command.CHANGE):
                self.change()
            case Asked(Command.NEXT) if self._choice is not None:
                self.confirm()
            case Asked(Command.PREVIOUS) if self._choice is not None:
                self.change()
            case Asked(Command.NEXT):
                self._step(1)
            case Asked(Command.PREVIOUS):
                self._step(-1)
            case _:
                return False
        return True

    def _step(self, step: int) -> None:
        focused = [n for n, one in enumerate(self.buttons) if one.hasFocus()]
        start = focused[0] if focused else (-1 if step > 0 else len(self.buttons))
        self.buttons[min(max(start + step, LOWEST), HIGHEST)].setFocus()

    def _number(self, number: int) -> QPushButton:
        return button(str(number), lambda: self.choose(number), "rating")

    def _anchor(self, number: int) -> str:
        key = f"scale.{number}"
        return self._desk.say(key) if key in self._desk.coach.phrases else ""

    def _laid_out(self) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.HAIR)
        grid.setVerticalSpacing(Space.SMALL)
        for half in range(2 * len(self.buttons)):
            grid.setColumnStretch(half, 1)
        for number, one in enumerate(self.buttons):
            grid.addWidget(one, 0, 2 * number, 1, 2)
        for number in _ANCHORS:
            first = min(max(2 * number - 1, 0), 2 * HIGHEST - 2)
            side = Qt.AlignmentFlag.AlignHCenter
            if number == LOWEST:
                side = Qt.AlignmentFlag.AlignLeft
            elif number == HIGHEST:
                side = Qt.AlignmentFlag.AlignRight
            words = label(self._anchor(number), "caption", align=side | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, 1, first, 1, 4)
        keys = self._desk.say("ui.rating.keys", ten=key_for(Asked(Command.RATE, HIGHEST)))
        grid.addWidget(label(keys, "caption"), 2, 0, 1, 2 * len(self.buttons))
        grid.setRowStretch(3, 1)
        made = QWidget()
        made.setLayout(grid)
        return made

    def _echoed(self) -> QWidget:
        buttons: QHBoxLayout = row()
        buttons.addStretch(1)
        buttons.addWidget(self.change_button)
        buttons.addWidget(self.confirm_button)
        buttons.addStretch(1)
        layout = column(spacing=Space.SNUG)
        layout.addWidget(self._ring, 1)
        layout.addWidget(self._said)
        layout.addWidget(self._meaning)
        layout.addWidget(self._hint)
        layout.addLayout(buttons)
        made = QWidget()
        made.setLayout(layout)
        return made
