"""How it is now: tingling, and where the session asks for it numbness and pain."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from coach.app.session.session_view import SessionView
from coach.app.sound.cues import Felt, reply_heard
from coach.domain.rating import RestAnswer
from coach.domain.screening import Reply
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.parts import Switch, button, column, label, row, set_text
from coach.ui.session.rating_row import RatingRow
from coach.ui.tokens import Space


class SettleQuestions(QWidget):
    """Asks one question after another and reports them together."""

    answered = Signal(object)
    """The :class:`RestAnswer`, complete as far as the session asks at this moment."""

    wants = RatingRow.wants | {Command.YES, Command.NO}

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asking = ""
        self._tingling: int | None = None
        self._pain: int | None = None
        self._numb: bool | None = None
        self._question = label("", "headline", align=Qt.AlignmentFlag.AlignLeft)
        self.rating = RatingRow(desk)
        self.rating.given.connect(self._rated)
        yes, no = (desk.with_key(f"reply.{c}", c) for c in (Command.YES, Command.NO))
        self.numb_buttons = [
            button(yes, lambda: self._told_numb(numb=True), "choice"),
            button(no, lambda: self._told_numb(numb=False), "choice"),
        ]
        across = row(spacing=Space.BASE)
        for one in self.numb_buttons:
            across.addWidget(one)
        across.addStretch(1)
        self._replies = QWidget()
        self._replies.setLayout(across)
        self._ways = Switch()
        self._ways.add(self.rating)
        self._ways.add(self._replies)
        layout = column(spacing=Space.WIDE)
        layout.addWidget(self._question)
        layout.addWidget(self._ways)
        self.setLayout(layout)

    @property
    def heading(self) -> QLabel:
        """The label that asks."""
        return self._question

    @property
    def question(self) -> str:
        """The words being asked."""
        return self._question.text()

    def wait_again(self) -> None:
        """Give a waiting choice its whole time from now on."""
        self.rating.wait_again()

    def begin(self) -> None:
        """Ask afresh."""
        self._tingling = self._pain = self._numb = None
        self._asking = ""
        self._ask("ask.settle")

    def show_session(self, view: SessionView) -> None:
        """Let a chosen answer come due; ask what is missing, or report the answers."""
        self.rating.pass_time(view.session_ms)
        if self._tingling is None:
            return
        if view.asks_numb and self._numb is None:
            self._ask("ask.numb_still")
        elif view.asks_pain and self._pain is None:
            self._ask("ask.pain_after_rest")
        else:
            answer = RestAnswer(self._tingling, self._pain, self._numb)
            self._tingling = None
            self.answered.emit(answer)

    def obey(self, asked: Asked) -> bool:
        """Digits rate, Y and N answer the question about numbness."""
        if self._ways.current is self.rating:
            return self.rating.obey(asked)
        if asked.command in (Command.YES, Command.NO):
            self._told_numb(numb=asked.command is Command.YES)
            return True
        return False

    def _ask(self, key: str) -> None:
        if key == self._asking:
            return
        self._asking = key
        set_text(self._question, self._desk.say(key))
        announce(self, self._question.text())
        if key == "ask.numb_still":
            self._ways.show_only(self._replies)
        else:
            self._ways.show_only(self.rating)
            pain = key == "ask.pain_after_rest"
            self.rating.ask(self._question.text(), Felt.PAIN if pain else Felt.TINGLING)
        if key != "ask.settle":  # that one is asked by the session
            replies = {None: [], True: [Reply.YES], False: [Reply.NO]}
            self._desk.read_aloud(key, back=[reply_heard(one) for one in replies[self._numb]])

    def _rated(self, number: int) -> None:
        if self._asking == "ask.pain_after_rest":
            self._pain = number
        else:
            self._tingling = number

    def _told_numb(self, *, numb: bool) -> None:
        self._numb = numb
