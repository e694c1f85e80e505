"""The strip at the top: whose window this is, quiet navigation, and the stop signs."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.parts import FlowLayout, button, label, room_for, row, set_text
from coach.ui.tokens import Space, Theme

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
        self._place = ("", False)
        self._name = label(desk.say("ui.header.name"), "lead", tone="accent", wrap=False)
        self._name.setContentsMargins(0, 0, Space.WIDE, 0)
        self._pages: dict[str, QPushButton] = {}
        tabs = FlowLayout(spacing=Space.SMALL)
        for name, opened in pages.items():
            made = button(desk.say(f"ui.header.{name}"), opened, "quiet")
            made.setCheckable(True)
            self._pages[name] = made
            tabs.addWidget(made)
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
        across = row(spacing=Space.SMALL)
        across.setContentsMargins(Space.WIDE, Space.SNUG, Space.WIDE, Space.SNUG)
        across.addWidget(self._name)
        across.addLayout(tabs, 1)
        for made in (self.stop_signs_button, self.leave_button):
            across.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(across)
        desk.wardrobe.changed.connect(self._dressed_anew)

    def show_place(self, page: str, *, in_session: bool) -> None:
        """Mark the open page, and show what can be reached from here."""
        self._place = (page, in_session)
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
        self._make_room()

    def _show_key(self, made: QPushButton, key: str, command: Command, *, shown: bool) -> None:
        """Name the key of a button on the pages where it does what the button does.

        There is always room for it, so that nothing moves when it comes.
        """
        alone, keyed = self._desk.say(key), self._desk.with_key(key, command)
        made.setMinimumWidth(room_for(made, alone, keyed))
        set_text(made, keyed if shown else alone)

    def _dressed_anew(self, _theme: Theme) -> None:
        """The text may have another size."""
        page, in_session = self._place
        self.show_place(page, in_session=in_session)

    def _make_room(self) -> None:
        """Whose window it is gives way to what can be pressed."""
        buttons = (*self._pages.values(), self.stop_signs_button, self.leave_button)
        shown = [self._name, *(one for one in buttons if not one.isHidden())]
        widths = [max(one.sizeHint().width(), one.minimumWidth()) for one in shown]
        needed = sum(widths) + Space.SMALL * (len(shown) - 1) + 2 * Space.WIDE
        self._name.setVisible(needed <= self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fits depends on the width."""
        super().resizeEvent(event)
        self._make_room()
