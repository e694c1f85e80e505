"""Leaving a session: never by accident, never silently."""

from collections.abc import Callable

from coach.app.session.session_view import SessionView
from coach.engine.control import Message
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.page import SessionPage
from coach.ui.parts import FlowLayout, Scroll, button, column, frame, label, set_text
from coach.ui.ports import LiveSession
from coach.ui.tokens import Space


class LeavePage(SessionPage):
    """Three ways: go on, stop properly, or leave with the answers missing."""

    wants = frozenset(
        {
            Command.LEAVE,
            Command.LEAVE_AT_ONCE,
            Command.STOP,
            Command.GO,
            Command.WRONG,
            Command.NEXT,
            Command.PREVIOUS,
        }
    )

    def __init__(
        self,
        desk: Desk,
        stay: Callable[[], object],
        stop: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__(desk)
        self._headline = label(desk.say("ui.leave.title"), "headline")
        ways = (
            ("stay", Command.LEAVE, stay, "primary"),
            ("stop", Command.STOP, stop, ""),
            ("leave", Command.LEAVE_AT_ONCE, leave, ""),
        )
        self.buttons = [
            button(
                desk.with_key(f"ui.leave.{name}", command),
                pressed,
                role,
                name=desk.say(f"ui.leave.{name}"),
            )
            for name, command, pressed, role in ways
        ]
        inside = column(margin=Space.ROOMY, spacing=Space.BASE)
        inside.addWidget(self._headline)
        self._text = label("", "lead")
        inside.addWidget(self._text)
        inside.addSpacing(Space.BASE)
        flow = FlowLayout()
        for one in self.buttons:
            flow.addWidget(one)
        inside.addLayout(flow)
        content = column()
        content.addStretch(1)
        content.addWidget(frame("card", inside))
        content.addStretch(2)
        whole = column(margin=Space.WIDE)
        whole.addWidget(Scroll(content, widest=860, scale=lambda: desk.scale))
        self.setLayout(whole)

    @property
    def title(self) -> str:
        """What is asked."""
        return self._headline.text()

    def obey(self, asked: Asked) -> bool:
        """Esc once more goes back to the session, and so does Enter when nothing has the focus."""
        stay, stop, leave = self.buttons
        match asked.command:
            case Command.LEAVE:
                stay.click()
            case Command.STOP:
                if not stop.isHidden():
                    stop.click()
            case Command.LEAVE_AT_ONCE:
                leave.click()
            case Command.NEXT | Command.PREVIOUS:
                self.move_focus(self.buttons, 1 if asked.command is Command.NEXT else -1)
            case Command.GO:
                if not self.press_focused():
                    stay.click()
            case _:
                return False
        return True

    def show_session(self, view: SessionView, _session: LiveSession) -> None:
        """Before a set was played there is nothing to stop and nothing to answer about it.

        Nor is there once the session has stopped and only its message is left to be read.
        """
        stopped = isinstance(view.stage, Message)
        set_text(self._text, self._desk.say(f"ui.leave.{'stopped' if stopped else 'text'}"))
        self.buttons[1].setVisible(bool(view.ledger.sets) and not stopped)
