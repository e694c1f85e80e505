"""The questions that come after a session: next morning, and ten minutes later."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from coach.app.daily.today import Ask, AskView
from coach.app.sound.cues import Felt, reply_heard
from coach.domain.past import Morning
from coach.domain.rating import RestAnswer
from coach.domain.screening import Reply
from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.parts import Switch, button, column, label, row, set_text
from coach.ui.session.rating_row import RatingRow
from coach.ui.tokens import Space

#: What is asked, in order: the name of the answer, and the key of the question.
_QUESTIONS: Mapping[Ask, tuple[tuple[str, str], ...]] = {
    Ask.MORNING: (
        ("tingling", "ask.morning_tingling"),
        ("pain", "ask.morning_pain"),
        ("woken", "ask.morning_woken"),
    ),
    Ask.TEN_MINUTES: (("tingling", "ask.settle"), ("numb", "ask.numb_still")),
}
#: What tells tingling from numbness, beside the questions about them (clinical.md 10 H23).
_HELP = {"tingling": ("feel_help.tingling", "feel_help.numb"), "numb": ("feel_help.numb",)}
_RATINGS = frozenset({"tingling", "pain"})
#: What is asked when nothing is: it is about no session.
_NOTHING = AskView(Ask.MORNING, "", ())


class LaterQuestions(QWidget):
    """One question after another; each may be left out, which is not the same as zero."""

    finished = Signal()
    """Everything was answered or left out, and handed over."""

    wants = RatingRow.wants | {Command.YES, Command.NO, Command.NOT_SURE, Command.GO}

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = _NOTHING
        self._at = 0
        self._ratings: dict[str, int] = {}
        self._replies: dict[str, bool] = {}
        self._about = label("", "soft")
        self._count = label("", "caption")
        self._question = label("", "title")
        self._help = label("", "caption")
        self._trouble = label("", tone="danger")
        self.rating = RatingRow(desk)
        self.rating.given.connect(self._rated)
        yes, no = (desk.with_key(f"reply.{c}", c) for c in (Command.YES, Command.NO))
        self.reply_buttons = [
            button(yes, lambda: self._replied(yes=True), "choice", name=desk.say("reply.yes")),
            button(no, lambda: self._replied(yes=False), "choice", name=desk.say("reply.no")),
        ]
        across = row(spacing=Space.BASE)
        for one in self.reply_buttons:
            across.addWidget(one, 1)
        self._reply_row = QWidget()
        self._reply_row.setLayout(across)
        self._ways = Switch()
        self._ways.add(self.rating)
        self._ways.add(self._reply_row)
        key = "ui.later.skip"
        self.skip_button = button(
            desk.with_key(key, Command.NOT_SURE), self._skip, "quiet", name=desk.say(key)
        )
        whole = column(spacing=Space.BASE)
        whole.addWidget(self._about)
        whole.addWidget(self._count)
        whole.addWidget(self._question)
        whole.addWidget(self._ways)
        whole.addWidget(self._trouble)
        whole.addWidget(self._help)
        whole.addWidget(self.skip_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(whole)

    @property
    def question(self) -> str:
        """The words being asked."""
        return self._question.text()

    @property
    def begun(self) -> bool:
        """Whether some of it is answered or left out, and some of it is still to come."""
        return self._at > 0 or self.rating.choice is not None

    @property
    def trouble(self) -> str:
        """Why the answers could not be kept, "" when nothing was in the way."""
        return self._trouble.text()

    def ask(self, view: AskView) -> None:
        """Ask from the first question on; what is being asked already goes on where it stood."""
        if view != self._asked:
            self._begin(view)
        set_text(self._about, view.text)
        self._show()

    def _begin(self, view: AskView) -> None:
        self._asked, self._at = view, 0
        self._ratings, self._replies = {}, {}

    def obey(self, asked: Asked) -> bool:
        """Digits rate, Y and N answer, U leaves a question out; Enter confirms a rating."""
        rating = self._ways.current is self.rating
        match asked.command:
            case Command.NOT_SURE:
                self._skip()
            case Command.GO if rating and self.rating.choice is not None:
                self.rating.confirm()
            case Command.YES | Command.NO if not rating:
                self._replied(yes=asked.command is Command.YES)
            case _:
                return rating and self.rating.obey(asked)
        return True

    def _show(self, reply: Reply | None = None) -> None:
        """Ask what comes now; reply: the answer just given, said back first."""
        name, key = self._parts[self._at]
        say = self._desk.say
        total = len(self._parts)
        set_text(self._count, say("ui.check_in.count", n=self._at + 1, m=total))
        set_text(self._question, say(key))
        set_text(self._help, "\n".join(say(key) for key in _HELP.get(name, ())))
        self._help.setVisible(name in _HELP)
        self._tell("")
        if name in _RATINGS:
            self._ways.show_only(self.rating)
            self.rating.ask(self._question.text(), Felt(name))
        else:
            self._ways.show_only(self._reply_row)
        self._desk.read_aloud(key, back=[] if reply is None else [reply_heard(reply)])
        announce(self, f"{self._about.text()} {self._question.text()}")

    def _tell(self, trouble: str) -> None:
        set_text(self._trouble, trouble)
        self._trouble.setVisible(bool(trouble))
        announce(self, trouble)

    @property
    def _parts(self) -> tuple[tuple[str, str], ...]:
        return _QUESTIONS[self._asked.kind]

    @property
    def _name(self) -> str:
        return self._parts[self._at][0]

    def _rated(self, number: int) -> None:
        self._ratings[self._name] = number
        self._next()

    def _replied(self, *, yes: bool) -> None:
        self._replies[self._name] = yes
        self._next(Reply.YES if yes else Reply.NO)

    def _skip(self) -> None:
        self._ratings.pop(self._name, None)
        self._replies.pop(self._name, None)
        self._next()

    def _next(self, reply: Reply | None = None) -> None:
        """The next question; what was not answered until now stays missing.

        Where the answers cannot be kept, the last question stays and may be answered again.
        """
        if self._at + 1 < len(self._parts):
            self._at += 1
            self._show(reply)
            return
        try:
            self._hand_over()
        except KnownError as error:
            self._show()
            self._tell(str(error))
            return
        if reply is not None:
            self._desk.say_reply_back(reply)
        self._begin(_NOTHING)
        self.finished.emit()

    def _hand_over(self) -> None:
        coach, asked, tingling = self._desk.coach, self._asked, self._ratings.get("tingling")
        if asked.kind is Ask.MORNING:
            pain, woken = self._ratings.get("pain"), self._replies.get("woken")
            coach.answer_morning(asked, Morning(tingling, pain, woken))
        else:
            answer = RestAnswer(tingling, numb=self._replies.get("numb"))
            coach.answer_ten_minutes(asked, answer)
