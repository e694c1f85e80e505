"""Something is wrong: plain words to choose from, one key or one click reports."""

from collections.abc import Callable, Mapping
from string import ascii_uppercase

from PySide6.QtWidgets import QPushButton, QWidget

from coach.app.session.session_view import SessionView
from coach.domain.rating import Feel, News, SetAnswers
from coach.engine.inputs import NothingWrong, Report
from coach.ui.desk import Desk
from coach.ui.keyed_button import KeyedButton
from coach.ui.keys import Asked, Command, key_name
from coach.ui.page import SessionPage
from coach.ui.parts import FlowLayout, Scroll, button, column, label
from coach.ui.ports import LiveSession
from coach.ui.session.body_shapes import LEG_PLACES
from coach.ui.tokens import Space

#: A pull and light pins are what the ratings are for; nobody has to report them.
_FEELS = (Feel.NUMB, Feel.ELECTRIC, Feel.BURNING, Feel.CRAMP, Feel.TIGHT_SWOLLEN)
#: The keys of the list in order; the one that opens the list is not among them.
_LIST_KEYS = "1234567890" + ascii_uppercase.replace(key_name(Command.WRONG), "")


class WrongPage(SessionPage):
    """The list; what calls for help (other leg, both legs, between them) is among the news."""

    wants = frozenset({Command.LEAVE, Command.NEXT, Command.PREVIOUS, Command.GO, Command.PAUSE})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._headline = label(desk.say("ui.wrong.title"), "headline")
        news = {f"news.{item}": SetAnswers(new=frozenset({item})) for item in News}
        feels = {f"feel.{item}": SetAnswers(feels=frozenset({item})) for item in _FEELS}
        places = {f"place.{item}": SetAnswers(where=frozenset({item})) for item in LEG_PLACES}
        self.items: list[QPushButton] = []
        content = column(spacing=Space.SMALL)
        content.addWidget(self._headline)
        content.addWidget(label(desk.say("ui.wrong.text"), "soft"))
        groups = (("news", news), ("feels", feels), ("places", places))
        for group, reports in groups:
            content.addWidget(label(desk.say(f"ui.wrong.{group}"), "lead"))
            content.addWidget(self._list(reports, even=group == "news"))
        content.addStretch(1)
        key = "ui.wrong.nothing"
        self.nothing_button = button(
            desk.with_key(key, Command.LEAVE), self._nothing, "", name=desk.say(key)
        )
        whole = column(margin=Space.WIDE)
        whole.addWidget(Scroll(content, widest=1160, scale=lambda: self._desk.scale), 1)
        foot = FlowLayout()
        foot.addWidget(self.nothing_button)
        whole.addLayout(foot)
        self.setLayout(whole)

    def _list(self, reports: Mapping[str, SetAnswers], *, even: bool) -> QWidget:
        flow = FlowLayout(spacing=Space.SMALL, even=even)
        for words, answers in reports.items():
            key = _LIST_KEYS[len(self.items)]
            made = KeyedButton(self._desk, self._desk.say(words), key, self._reporter(answers))
            self.items.append(made)
            flow.addWidget(made)
        shown = QWidget()
        shown.setLayout(flow)
        return shown

    @property
    def title(self) -> str:
        """What is asked."""
        return self._headline.text()

    def obey(self, asked: Asked) -> bool:
        """Esc goes back; a clicker moves along the list and its play button reports."""
        match asked.command:
            case Command.LEAVE:
                self._nothing()
            case Command.NEXT | Command.PREVIOUS:
                step = 1 if asked.command is Command.NEXT else -1
                self.move_focus([*self.items, self.nothing_button], step)
            case Command.GO | Command.PAUSE:
                self.press_focused()
            case _:
                return False
        return True

    def show_session(self, _view: SessionView, _session: LiveSession) -> None:
        """The list does not change."""

    def _reporter(self, answers: SetAnswers) -> Callable[[], object]:
        return lambda: self._desk.give(Report(answers))

    def _nothing(self) -> None:
        self._desk.give(NothingWrong())
