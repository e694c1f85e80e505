"""The questions before a session, one a screen."""

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from coach.app.session.session_view import PAIN_ITEM, PLACES_ITEM, TINGLING_ITEM, SessionView
from coach.app.sound.cues import Felt
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.engine.control import CheckIn
from coach.engine.inputs import BaselinePain, BaselinePlaces, BaselineTingling, Input, Replied
from coach.rules.check_in import SHORTEST_THOUGHT_MS
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command, key_name
from coach.ui.page import SessionPage
from coach.ui.parts import (
    Scroll,
    Switch,
    Toggle,
    button,
    column,
    forget_focus,
    label,
    row,
    set_text,
    set_waiting,
)
from coach.ui.ports import LiveSession
from coach.ui.session.action_bar import ActionBar
from coach.ui.session.body_picture import BodyPicture
from coach.ui.session.rating_row import RatingRow
from coach.ui.tokens import Space

_REPLIES = {Command.YES: Reply.YES, Command.NO: Reply.NO, Command.NOT_SURE: Reply.NOT_SURE}
_REPLY_KEYS = {Reply.YES: "yes", Reply.NO: "no", Reply.NOT_SURE: "not_sure"}
_RATINGS: dict[str, tuple[str, Callable[[int], Input]]] = {
    TINGLING_ITEM: ("ask.baseline_tingling", BaselineTingling),
    PAIN_ITEM: ("ask.baseline_pain", BaselinePain),
}


class CheckInPage(SessionPage):
    """Nothing is preselected and no answer has the focus: Enter and Space answer nothing.

    Only on the picture the first place has it, for the arrows to move from.
    """

    wants = frozenset({*_REPLIES, *RatingRow.wants, Command.REPEAT, Command.PAUSE, Command.WRONG})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._question: str | None = None
        self._count = label("", "caption")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._asked = self.sized(label("", "headline"))
        self._again = label(desk.say("ui.check_in.again"), "", tone="warn")
        self.reply_buttons = [self._reply_button(command) for command in _REPLIES]
        self.rating = RatingRow(desk)
        self.rating.given.connect(self._rated)
        self._under = label("", "caption")
        self.places = BodyPicture(desk)
        self._leg_note = label(desk.say("ui.body.from_next"), "caption")
        self.leg_buttons = {side: self._leg_button(side) for side in Side}
        self.places_button = button(
            desk.with_key("ui.check_in.places_done", Command.GO),
            self._placed,
            "primary",
            name=desk.say("ui.check_in.places_done"),
        )
        self._answers = Switch()
        self._content = column(spacing=Space.BASE)
        self._which_leg = self._leg_row()
        self._replies, self._places = self._reply_row(), self._place_picture()
        for way in (self._replies, self.rating, self._places):
            self._answers.add(way)
        self._lay_out()

    def _lay_out(self) -> None:
        content = self._content
        content.addStretch(1)
        content.addWidget(self._count)
        content.addWidget(self._progress)
        content.addWidget(self._asked)
        content.addWidget(self._again)
        content.addWidget(self._answers)
        content.addStretch(3)
        scroll = Scroll(content, widest=880, share=0.6, scale=lambda: self._desk.scale)
        whole = column(margin=Space.WIDE)
        whole.addWidget(scroll, 1)
        foot = row(spacing=Space.BASE)
        foot.addWidget(self.places_button)
        foot.addWidget(ActionBar(self._desk, (Command.WRONG,)), 1)
        whole.addLayout(foot)
        self.setLayout(whole)

    def _reply_button(self, command: Command) -> QPushButton:
        text = self._desk.say(f"reply.{_REPLY_KEYS[_REPLIES[command]]}")
        return button(text, lambda: self._reply(_REPLIES[command]), "choice")

    def _reply_row(self) -> QWidget:
        across = row(spacing=Space.BASE)
        for one in self.reply_buttons:
            across.addWidget(one, 1)
        layout = column(spacing=Space.BASE)
        layout.addLayout(across)
        layout.addWidget(self._under)
        layout.addStretch(1)
        made = QWidget()
        made.setLayout(layout)
        return made

    def _leg_button(self, side: Side) -> Toggle:
        made = Toggle(self._desk.say(f"ui.side.{side}"))
        made.clicked.connect(lambda _on: self._choose_leg(side))
        return made

    def _leg_row(self) -> QWidget:
        across = row(spacing=Space.SMALL)
        across.addWidget(label(self._desk.say("ui.body.which"), "lead", wrap=False))
        for one in self.leg_buttons.values():
            across.addWidget(one)
        across.addSpacing(Space.SMALL)
        across.addWidget(self._leg_note, 8)
        across.addStretch(1)
        made = QWidget()
        made.setLayout(across)
        return made

    def _place_picture(self) -> QWidget:
        layout = column(spacing=Space.SMALL)
        layout.addWidget(self._which_leg)
        layout.addWidget(self.places)
        layout.addStretch(1)
        made = QWidget()
        made.setLayout(layout)
        return made

    @property
    def title(self) -> str:
        """The question and its place among them."""
        return f"{self._count.text()}. {self._asked.text()}"

    def enter(self) -> None:
        """The question that was open before is asked afresh."""
        self._question = None

    def obey(self, asked: Asked) -> bool:
        """Y, N and U answer questions, digits answer ratings, Enter goes on from the places.

        By itself Enter answers no question and no rating.
        """
        current = self._answers.current
        match asked.command:
            case Command.YES | Command.NO | Command.NOT_SURE if current is self._replies:
                self._reply(_REPLIES[asked.command])
                return True
            case Command.NEXT | Command.PREVIOUS if current is not self.rating:
                step = 1 if asked.command is Command.NEXT else -1
                choices = self.reply_buttons
                if current is self._places:
                    legs = self.leg_buttons.values()
                    choices = [*legs, *self.places.buttons, self.places_button]
                self.move_focus(choices, step)
                return True
            case Command.PAUSE:
                self.press_focused()
                return True
            case Command.GO:
                if current is self._places:
                    if not self._on_a_leg() or not self.press_focused():
                        self.places_button.click()
                    return True
                return current is not self._replies and self.press_focused()
            case _:
                pass
        return current is self.rating and self.rating.obey(asked)

    def show_session(self, view: SessionView, _session: LiveSession) -> None:
        """Ask what the session asks."""
        if view.question is not None and view.question != self._question:
            self._question = view.question
            self._ask(view)
        if self._answers.current is self.rating:
            self.rating.pass_time(view.session_ms)
        again = isinstance(view.stage, CheckIn) and view.stage.again
        answering = self.rating.choice is not None or bool(self.places.on)
        self._again.setVisible(again and not answering)
        self._let_read(view)

    def _let_read(self, view: SessionView) -> None:
        """An answer counts only after a while to read; until then the buttons stay quiet."""
        reading = view.elapsed_ms < SHORTEST_THOUGHT_MS
        for one in self.reply_buttons:
            set_waiting(one, waiting=reading)
        keys = {command.value: key_name(command) for command in _REPLIES}
        say = self._desk.say
        hint = say("ui.check_in.reading") if reading else say("ui.check_in.keys", **keys)
        set_text(self._under, hint)

    def _ask(self, view: SessionView) -> None:
        forget_focus(self)
        counted = view.question_n <= view.questions  # the places are asked only after a tingling
        key = "ui.check_in.count" if counted else "ui.check_in.one_more"
        blanks = {"n": view.question_n, "m": view.questions} if counted else {}
        set_text(self._count, self._desk.say(key, **blanks))
        self._progress.setMaximum(view.questions)
        self._progress.setValue(view.question_n - 1)
        self._progress.setAccessibleName(self._count.text())
        name = view.question or ""
        if name in _RATINGS:
            text = self._desk.say(_RATINGS[name][0])
            self.rating.ask(text, Felt.PAIN if name == PAIN_ITEM else Felt.TINGLING)
            self._answers.show_only(self.rating)
        elif name == PLACES_ITEM:
            text = self._desk.say("ask.baseline_where")
            self._draw_places()
            self._answers.show_only(self._places)
        else:
            text = self._desk.coach.question_text(name)
            self._answers.show_only(self._replies)
        set_text(self._asked, text)
        pictured = name == PLACES_ITEM
        self._content.setSpacing(Space.SMALL if pictured else Space.BASE)
        self.places_button.setVisible(pictured)
        if pictured:
            self.places.take_focus()
        else:
            self.places.clear()

    def _draw_places(self) -> None:
        """The leg is asked for only where nobody has said yet which one it is."""
        self.places.clear()
        said = self._desk.coach.settings.sore_side
        self.places.show_side(Side(said) if said else None)
        self._which_leg.setVisible(not said)
        self._leg_note.hide()
        for one in self.leg_buttons.values():
            one.setChecked(False)

    def _choose_leg(self, side: Side) -> None:
        self._desk.coach.choose_side(side)
        self.places.show_side(side, titled=False)
        self._leg_note.show()
        for name, one in self.leg_buttons.items():
            one.setChecked(name is side)

    def _reply(self, reply: Reply) -> None:
        if self._question is not None:
            self._desk.give(Replied(self._question, reply))

    def _rated(self, number: int) -> None:
        if self._question in _RATINGS:
            refused = self._desk.give(_RATINGS[self._question][1](number))
            if refused is not None:
                self.rating.change()

    def _on_a_leg(self) -> bool:
        """Whether Enter would choose the leg, which is not chosen yet."""
        return any(one.hasFocus() and not one.isChecked() for one in self.leg_buttons.values())

    def _placed(self) -> None:
        if self.places.may_go_on():
            self._desk.give(BaselinePlaces(self.places.on))
