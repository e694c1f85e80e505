"""Something is wrong: plain words to choose from, one click reports."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QPushButton, QWidget

from coach.app.session_view import SessionView
from coach.domain.rating import Feel, News, SetAnswers
from coach.engine.inputs import NothingWrong, Report
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.page import SessionPage
from coach.ui.parts import FlowLayout, Scroll, button, column, label
from coach.ui.ports import LiveSession
from coach.ui.tokens import Space

#: A pull and light pins are what the ratings are for; nobody has to report them.
_FEELS = (Feel.NUMB, Feel.ELECTRIC, Feel.BURNING, Feel.CRAMP, Feel.TIGHT_SWOLLEN)


class WrongPage(SessionPage):
    """The list; every place that calls for help (other leg, both, saddle) is among the news."""

    wants = frozenset({Command.LEAVE, Command.NEXT, Command.PREVIOUS, Command.GO, Command.PAUSE})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._headline = label(desk.say("ui.wrong.title"), "headline")
        news = {item: SetAnswers(new=frozenset({item})) for item in News}
        feels = {item: SetAnswers(feels=frozenset({item})) for item in _FEELS}
        self.items: list[QPushButton] = []
        content = column(spacing=Space.SNUG)
        content.addWidget(self._headline)
        content.addWidget(label(desk.say("ui.wrong.text"), "soft"))
        content.addWidget(label(desk.say("ui.wrong.news"), "title"))
        content.addWidget(self._grid("news", news))
        content.addWidget(label(desk.say("ui.wrong.feels"), "title"))
        content.addWidget(self._grid("feel", feels))
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

    def _grid(
        self, group: str, reports: Mapping[News, SetAnswers] | Mapping[Feel, SetAnswers]
    ) -> QWidget:
        flow = FlowLayout(spacing=Space.SMALL, even=True)
        for item, answers in reports.items():
            made = button(self._desk.say(f"{group}.{item}"), self._reporter(answers))
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
