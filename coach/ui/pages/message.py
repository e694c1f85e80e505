"""A stop message: large, calm, and there until it has been read."""

from PySide6.QtCore import Qt

from coach.app.session.session_view import SessionView
from coach.domain.action import Action
from coach.engine.control import Message
from coach.engine.decide import action_message
from coach.engine.inputs import Acknowledge
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.page import SessionPage
from coach.ui.parts import (
    Scroll,
    button,
    column,
    frame,
    label,
    set_text,
    set_tone,
    set_waiting,
)
from coach.ui.ports import LiveSession
from coach.ui.tokens import Space

#: How long a message stands before it can be closed: a double click or a stray key, meant for what
#: was there before, does not close it unread. Ours.
READING_MS = 5000


class MessagePage(SessionPage):
    """Nothing has the focus; it is closed, in any way, only once there was time to read it."""

    wants = frozenset({Command.GO, Command.PAUSE, Command.NEXT, Command.REPEAT})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._headline = label("", "display", tone="danger")
        self._text = label("", "title")
        self.number = label("", "lead")
        self.reason, self.slip = label("", "lead"), label(desk.say("ui.message.slip"), "soft")
        self._readable = False
        self.read_button = button(desk.say("ui.message.read"), self._read, "primary")
        inside = column(margin=Space.VAST, spacing=Space.WIDE)
        inside.addWidget(self._headline)
        inside.addWidget(self._text)
        inside.addWidget(self.number)
        inside.addWidget(self.reason)
        inside.addWidget(self.slip)
        inside.addSpacing(Space.BASE)
        inside.addWidget(self.read_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._card = frame("banner", inside, tone="danger")
        content = column()
        content.addStretch(1)
        content.addWidget(self._card)
        content.addStretch(2)
        whole = column(margin=Space.WIDE)
        whole.addWidget(Scroll(content, widest=900, scale=lambda: self._desk.scale))
        self.setLayout(whole)

    @property
    def title(self) -> str:
        """The whole message."""
        return " ".join(
            filter(None, (self._headline.text(), self._text.text(), self.reason.text()))
        )

    def obey(self, asked: Asked) -> bool:
        """Enter and Esc press the button; Right moves the focus to it, and then Space does too."""
        match asked.command:
            case Command.NEXT:
                self.read_button.setFocus()
            case Command.PAUSE:
                self.press_focused()
            case Command.GO | Command.LEAVE:
                self.read_button.click()
            case _:
                return False
        return True

    def show_session(self, view: SessionView, session: LiveSession) -> None:
        """The words of the action that stopped the session."""
        if not isinstance(view.stage, Message):
            return
        self._let_close(after_ms=view.elapsed_ms)
        action = view.stage.action
        tone = "warn" if action is Action.SEE_CLINICIAN else "danger"
        set_tone(self._card, tone)
        set_tone(self._headline, tone)
        set_text(self._headline, self._desk.say(f"ui.message.{action.name.lower()}"))
        set_text(self._text, self._desk.words(action_message(action)))
        country = self._country() if action is Action.EMERGENCY else ""
        said = self._desk.say("ui.message.number_of", country=country) if country else ""
        set_text(self.number, said)
        self.number.setVisible(bool(said))
        reason = self._desk.coach.stop_reason(view.ledger, session.told)
        set_text(self.reason, reason)
        self.reason.setVisible(bool(reason))
        self.slip.setVisible(self._desk.coach.stopped_by_question(view.ledger))

    def _let_close(self, *, after_ms: int) -> None:
        """The button waits, and names its key only when that would press it."""
        self._readable = after_ms >= READING_MS
        key = "ui.message.read"
        text = self._desk.with_key(key, Command.GO) if self._readable else self._desk.say(key)
        set_text(self.read_button, text)
        set_waiting(self.read_button, waiting=not self._readable)

    def _country(self) -> str:
        """The name of the country whose number the message names, "" when it is not known."""
        countries = self._desk.coach.countries()
        chosen = self._desk.coach.settings.country
        if not chosen:
            return countries.assumed.name if countries.assumed else ""
        return next((one.name for one in countries.listed if one.code == chosen), "")

    def _read(self) -> None:
        if self._readable:
            self._desk.give(Acknowledge())
