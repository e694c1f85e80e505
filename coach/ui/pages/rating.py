"""The questions after a set: tingling, pain, where and what it was like, anything new."""

from enum import IntEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from coach.app.session.session_view import SessionView
from coach.app.sound.cues import Felt, feels_heard, places_heard
from coach.domain.decision import Phrase
from coach.domain.rating import Feel, News, SetAnswers
from coach.domain.side import Side
from coach.engine.control import Rate
from coach.engine.inputs import Rated, RatedSoFar
from coach.ui.announce import announce
from coach.ui.chips import Chips
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.page import SessionPage
from coach.ui.parts import (
    Scroll,
    Switch,
    button,
    column,
    forget_focus,
    frame,
    label,
    row,
    set_text,
)
from coach.ui.ports import LiveSession
from coach.ui.session.action_bar import ActionBar
from coach.ui.session.body_picture import BodyPicture
from coach.ui.session.feeling_sketch import Feeling, FeelingSketch
from coach.ui.session.moment import set_text_of, side_text
from coach.ui.session.rating_row import RatingRow
from coach.ui.tokens import Space

#: From this rating on it is asked where it was felt and what it was like (clinical.md 9.1 Q3, Q4).
DETAILS_FROM = 3


class Asking(IntEnum):
    """The screens of this page, in order."""

    TINGLING = 0
    PAIN = 1
    DETAILS = 2
    NEW = 3


class RatingPage(SessionPage):
    """Collects the answers of one set and hands them over together."""

    wants = frozenset(
        {*RatingRow.wants, Command.NO, Command.PAUSE, Command.WRONG, Command.STOP, Command.REPEAT}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.asking = Asking.TINGLING
        self._set_n = 0
        self._ratings: dict[Asking, int] = {}
        self._place = label("", "caption")
        self._question = self.sized(label("", "headline"))
        self._again = label(desk.say("ui.rating.again"), "", tone="warn")
        self.rating = RatingRow(desk)
        self.rating.given.connect(self._rated)
        self.where = BodyPicture(desk)
        self.feels = Chips({feel: desk.say(f"feel.{feel}") for feel in Feel})
        self.new = Chips({news: desk.say(f"news.{news}") for news in News}, folds=desk.compact)
        for one in self.new.buttons:
            one.toggled.connect(self._news_changed)
        for one in (*self.where.buttons, *self.feels.buttons, *self.new.buttons):
            one.toggled.connect(self._tell_so_far)
        self.details_button = button(
            desk.with_key("ui.rating.details_done", Command.GO),
            self._to_new,
            "primary",
            name=desk.say("ui.rating.details_done"),
        )
        self.more_button = button(desk.say("ui.rating.add_details"), self._to_details, "quiet")
        self.nothing_new = button(
            desk.with_key("ui.rating.nothing_new", Command.NO), self._give, "choice"
        )
        self._sketches = self._feelings()
        self._screens = Switch()
        self._details, self._news = self._detail_screen(), self._news_screen()
        for screen in (self.rating, self._details, self._news):
            self._screens.add(screen)
        self._lay_out()

    def _lay_out(self) -> None:
        content = column(spacing=Space.BASE)
        content.addStretch(1)
        content.addWidget(self._place)
        content.addWidget(self._question)
        content.addWidget(self._again)
        content.addSpacing(Space.BASE)
        content.addWidget(self._screens)
        content.addSpacing(Space.WIDE)
        content.addWidget(self._sketches)
        content.addStretch(3)
        whole = column(margin=Space.WIDE)
        whole.addWidget(Scroll(content, widest=1120, share=0.7, scale=lambda: self._desk.scale), 1)
        foot = row(spacing=Space.BASE)
        # Nothing moves to where "Go on" stood: a second click there would press it.
        foot.addWidget(ActionBar(self._desk, (Command.STOP,)))
        foot.addWidget(self.details_button)
        foot.addWidget(ActionBar(self._desk, (Command.WRONG,)), 1)
        whole.addLayout(foot)
        self.setLayout(whole)

    def _feelings(self) -> QWidget:
        across: QHBoxLayout = row(spacing=Space.BASE)
        for feeling in Feeling:
            inside = row(margin=Space.BASE, spacing=Space.BASE)
            inside.addWidget(FeelingSketch(self._desk, feeling))
            inside.addWidget(label(self._desk.say(f"feel_help.{feeling}")), 1)
            across.addWidget(frame("card", inside), 1)
        made = QWidget()
        made.setLayout(across)
        return made

    def _detail_screen(self) -> QWidget:
        feels = column(spacing=Space.BASE)
        feels.addWidget(label(self._desk.say("ask.feels"), "title"))
        feels.addWidget(self.feels)
        feels.addStretch(1)
        beside = QBoxLayout.Direction.LeftToRight
        below = QBoxLayout.Direction.TopToBottom
        layout = QBoxLayout(below if self._desk.compact else beside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.ROOMY)
        layout.addWidget(self.where, 3)
        layout.addLayout(feels, 1)
        made = QWidget()
        made.setLayout(layout)
        return made

    def _news_screen(self) -> QWidget:
        layout = column(spacing=Space.WIDE)
        layout.addWidget(self.nothing_new, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.new)
        layout.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        made = QWidget()
        made.setLayout(layout)
        return made

    @property
    def title(self) -> str:
        """The question being asked."""
        return self._question.text()

    def enter(self) -> None:
        """A choice that was waiting when the page was left waits anew."""
        self.rating.wait_again()
        if self.asking is Asking.DETAILS:
            self.where.take_focus()

    def obey(self, asked: Asked) -> bool:
        """Digits rate, N says that nothing is new, Enter goes on from the places.

        A clicker moves along what is shown.
        """
        command = asked.command
        if command is Command.PAUSE:
            self.press_focused()
            return True
        if command is Command.GO:
            if self.asking is Asking.DETAILS:
                self.details_button.click()
            else:
                self.press_focused()
            return True
        if self.asking in (Asking.TINGLING, Asking.PAIN):
            return self.rating.obey(asked)
        if command is Command.NO and self.asking is Asking.NEW and not self.new.on:
            self._give()
            return True
        if command in (Command.NEXT, Command.PREVIOUS):
            choices = [self.nothing_new, *self.new.buttons, self.more_button]
            if self.asking is Asking.DETAILS:
                choices = [*self.where.buttons, *self.feels.buttons, self.details_button]
            self.move_focus(choices, 1 if command is Command.NEXT else -1)
            return True
        return False

    def show_session(self, view: SessionView, _session: LiveSession) -> None:
        """Keep what is being answered; a new set starts afresh."""
        record = view.ledger.sets[-1] if view.ledger.sets else None
        if record is not None and record.n != self._set_n:
            self._set_n = record.n
            self._begin(view.side)
        unanswered = not self._ratings and self.rating.choice is None
        self._again.setVisible(isinstance(view.stage, Rate) and view.stage.again and unanswered)
        parts = [set_text_of(self._desk, view), side_text(self._desk, view)]
        if view.exercise is not None:
            parts.insert(0, self._desk.say(f"{view.exercise.id}.name"))
        set_text(self._place, "  ·  ".join(part for part in parts if part))
        self.rating.pass_time(view.session_ms)
        choosing = self.asking is Asking.TINGLING and self.rating.choice is None
        self._sketches.setVisible(choosing)

    def _begin(self, side: Side | None) -> None:
        self._ratings.clear()
        said = self._desk.coach.settings.sore_side
        self.where.show_side(side or (Side(said) if said else None))
        for chips in (self.where, self.feels, self.new):
            chips.clear()
        self._ask(Asking.TINGLING)

    def _ask(self, asking: Asking) -> None:
        forget_focus(self)
        self.asking = asking
        key = {
            Asking.TINGLING: "ask.tingling",
            Asking.PAIN: "ask.pain",
            Asking.DETAILS: "ask.where",
            Asking.NEW: "ask.new",
        }[asking]
        set_text(self._question, self._desk.say(key))
        screens = {Asking.DETAILS: self._details, Asking.NEW: self._news}
        self._screens.show_only(screens.get(asking, self.rating))
        if asking in (Asking.TINGLING, Asking.PAIN):
            felt = Felt.PAIN if asking is Asking.PAIN else Felt.TINGLING
            self.rating.ask(self._question.text(), felt)
        self.details_button.setVisible(asking is Asking.DETAILS)
        announce(self, self._question.text())
        if asking is not Asking.TINGLING:  # that one is asked by the session
            both = (key, "ask.feels") if asking is Asking.DETAILS else (key,)
            self._desk.read_aloud(*both, back=self._details_back() if key == "ask.new" else ())
        if asking is Asking.DETAILS:
            self.where.take_focus()
        if asking is Asking.TINGLING:  # clinical.md 10 H23: shown and read out
            for feeling in Feeling:
                announce(self, self._desk.say(f"feel_help.{feeling}"))

    def _details_back(self) -> tuple[Phrase, ...]:
        """How the places and what it was like are said back."""
        answers = self._answers()
        return (*places_heard(answers.where), *feels_heard(answers.feels))

    def _rated(self, number: int) -> None:
        self._ratings[self.asking] = number
        if self.asking is Asking.TINGLING:
            self._ask(Asking.PAIN)
        elif max(self._ratings.values()) >= DETAILS_FROM:
            self._ask(Asking.DETAILS)
        else:
            self._ask(Asking.NEW)
        self._tell_so_far()

    def _tell_so_far(self) -> None:
        """What is answered by now counts, should nothing more be."""
        if self._ratings:
            self._desk.give(RatedSoFar(self._answers()))

    def _to_details(self) -> None:
        self._ask(Asking.DETAILS)

    def _to_new(self) -> None:
        if self.where.may_go_on():
            self._ask(Asking.NEW)

    def _news_changed(self) -> None:
        chosen = bool(self.new.on)
        text = (
            self._desk.say("ui.rating.report_new")
            if chosen
            else self._desk.with_key("ui.rating.nothing_new", Command.NO)
        )
        set_text(self.nothing_new, text)
        self.nothing_new.setAccessibleName(text)

    def _answers(self) -> SetAnswers:
        return SetAnswers(
            tingling=self._ratings.get(Asking.TINGLING),
            pain=self._ratings.get(Asking.PAIN),
            where=self.where.on,
            feels=frozenset(Feel(feel) for feel in self.feels.on),
            new=frozenset(News(news) for news in self.new.on),
        )

    def _give(self) -> None:
        self._desk.give(Rated(self._answers()))
