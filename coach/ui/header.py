"""The strip at the top: whose window this is, quiet navigation, and the stop signs."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.parts import button, label, row, set_text
from coach.ui.tokens import Space

_WITHIN = {"demonstrate": "library", "played": "history", "export": "history"}
"""Pages that are reached from another, to which Esc leads back."""

_OVER_A_SESSION = ("leave", "stop_signs", "wrong")
"""Pages with a button of their own for Esc: it leads back into the session, not out of it."""


class Header(QWidget):
    """Outside a session it leads to the pages; during one it leads only out."""

    def __init__(
        self,
        desk: Desk,
        pages: dict[str, Callable[[], object]],
        stop_signs: Callable[[], object],
    ) -> None:
        super().__init__()
        self._desk = desk
        across = row(spacing=Space.SMALL)
        across.setContentsMargins(Space.WIDE, Space.SNUG, Space.WIDE, Space.SNUG)
        if not desk.compact:  # the pages need the room
            across.addWidget(label(desk.say("ui.header.name"), "lead", tone="accent", wrap=False))
            across.addSpacing(Space.WIDE)
        self._pages: dict[str, QPushButton] = {}
        for name, opened in pages.items():
            made = button(desk.say(f"ui.header.{name}"), opened, "quiet")
            made.setCheckable(True)
            self._pages[name] = made
            across.addWidget(made)
        across.addStretch(1)
        self.stop_signs_button = button(
            desk.say("ui.header.stop_signs"),
            stop_signs,
            "quiet",
            name=desk.say("ui.header.stop_signs"),
        )
        self.leave_button = button(
            desk.with_key("ui.header.leave", Command.LEAVE),
            lambda: desk.ask(Asked(Command.LEAVE)),
            "quiet",
        )
        across.addWidget(self.stop_signs_button)
        across.addWidget(self.leave_button)
        self.setLayout(across)

    def show_place(self, page: str, *, in_session: bool) -> None:
        """Mark the open page, and show what can be reached from here."""
        for name, made in self._pages.items():
            made.setChecked(name == _WITHIN.get(page, page))
            made.setVisible(not in_session)
        within = page in _WITHIN
        away = not within and page not in ("today", "stop_signs")
        self._show_key(self._pages["today"], "ui.header.today", Command.LEAVE, shown=away)
        for name in sorted(set(_WITHIN.values()) & self._pages.keys()):
            back = within and name == _WITHIN[page]
            self._show_key(self._pages[name], f"ui.header.{name}", Command.LEAVE, shown=back)
        signs = not in_session and page != "stop_signs"
        key = "ui.header.stop_signs"
        self._show_key(self.stop_signs_button, key, Command.WRONG, shown=signs)
        set_text(self.leave_button, self._desk.with_key("ui.header.leave", Command.LEAVE))
        self.leave_button.setVisible(in_session and page not in _OVER_A_SESSION)

    def _show_key(self, made: QPushButton, key: str, command: Command, *, shown: bool) -> None:
        """Name the key of a button on the pages where it does what the button does."""
        set_text(made, self._desk.with_key(key, command) if shown else self._desk.say(key))
