"""Encryption in the settings: turned on in two steps, off in one that is asked for once more."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from coach.app.encrypting import ASKED_GROUPS, Encrypting
from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.in_view import bring_into_view
from coach.ui.parts import FlowLayout, button, column, empty, frame, label, set_text
from coach.ui.text_field import TextField
from coach.ui.tokens import Space

#: Groups of the recovery code side by side.
_ACROSS = 7


class EncryptionSection(QWidget):
    """A part of the data's card. finish: told what was done, since the program then has to close.

    Nothing is written before parts of the recovery code were typed back.
    """

    def __init__(self, desk: Desk, finish: Callable[[tuple[str, ...]], None]) -> None:
        super().__init__()
        self._desk = desk
        self._finish = finish
        say = desk.say
        self.state = label("")
        self.begin_button = button(say("ui.encryption.begin"), self._begin)
        self.off_button = button(say("ui.encryption.turn_off"), self._ask_off)
        self.trouble = label("", tone="danger")
        self.to_know = label("")
        self.wanted = label("", "soft")
        self.passphrase, self.again = (self._secret(key) for key in ("passphrase", "again"))
        self.first = self._panel(
            self.to_know,
            self.wanted,
            self.passphrase,
            self.again,
            go=button(say("ui.encryption.show_code"), self._show_code, "primary"),
        )
        self.code = QGridLayout()
        self.code.setHorizontalSpacing(Space.BASE)
        shown = QWidget()
        shown.setLayout(self.code)
        self.confirm = label("")
        self.groups = [self._group() for _ in range(ASKED_GROUPS)]
        typed = FlowLayout()
        for field in self.groups:
            typed.addWidget(field)
        typing = QWidget()
        typing.setLayout(typed)
        self.second = self._panel(
            label(say("ui.encryption.code"), "lead"),
            label(say("ui.encryption.code_help"), "soft"),
            shown,
            self.confirm,
            typing,
            go=button(say("ui.encryption.turn_on"), self._turn_on, "primary"),
        )
        self.off = self._panel(
            label(say("ui.encryption.off_sure")),
            go=button(say("ui.encryption.turn_off_yes"), self._turn_off, "danger"),
        )
        inside = column(spacing=Space.BASE)
        inside.addWidget(self.state)
        inside.addLayout(_across(self.begin_button, self.off_button))
        for panel in (self.first, self.second, self.off, self.trouble):
            inside.addWidget(panel)
        self.setLayout(inside)
        self._ask_nothing()

    @property
    def _encrypting(self) -> Encrypting:
        return self._desk.coach.care.encrypting

    def show_now(self) -> None:
        """Show how it is."""
        view = self._encrypting.view()
        set_text(self.state, view.text)
        self.begin_button.setHidden(view.on)
        self.off_button.setHidden(not view.on)

    def _begin(self) -> None:
        self._ask_nothing()
        try:
            lines = self._encrypting.to_know()
            wanted = self._encrypting.passphrase_wanted
        except KnownError as error:
            self._tell(error)
            return
        set_text(self.to_know, "\n\n".join(lines))
        set_text(self.wanted, wanted)
        for one in (self.wanted, self.passphrase, self.again):
            one.setHidden(not wanted)
        self.first.show()
        bring_into_view(self.first)
        if wanted:
            self.passphrase.setFocus()
        announce(self, " ".join((*lines, wanted)))

    def _show_code(self) -> None:
        said = (self.passphrase, self.again)
        try:
            code = self._encrypting.begin(*(None if one.isHidden() else one.text() for one in said))
        except KnownError as error:
            self._tell(error)
            return
        self.trouble.hide()
        self.first.hide()
        empty(self.code)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        for at, group in enumerate(code.groups):
            number = label(str(at + 1), "caption", wrap=False)
            shown = label(group, "lead", wrap=False)
            shown.setFont(fixed)
            shown.setStyleSheet(f"font-family: '{fixed.family()}'")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            across = 4 if self._desk.compact else _ACROSS
            down, right = divmod(at, across)
            self.code.addWidget(number, 2 * down, right)
            self.code.addWidget(shown, 2 * down + 1, right)
        first, second, third = code.asked
        text = self._desk.say("ui.encryption.confirm", first=first, second=second, third=third)
        set_text(self.confirm, text)
        for field, asked in zip(self.groups, code.asked, strict=True):
            named = self._desk.say("ui.encryption.group", number=asked)
            field.setAccessibleName(named)
            field.setPlaceholderText(named)
            field.clear()
        self.second.show()
        bring_into_view(self.second)
        self.groups[0].setFocus()
        announce(self, text)

    def _turn_on(self) -> None:
        self._do(lambda: self._encrypting.turn_on([one.text() for one in self.groups]))

    def _ask_off(self) -> None:
        self._ask_nothing()
        self.off.show()
        bring_into_view(self.off)
        announce(self, self._desk.say("ui.encryption.off_sure"))

    def _turn_off(self) -> None:
        self._do(self._encrypting.turn_off)

    def _do(self, what: Callable[[], tuple[str, ...]]) -> None:
        try:
            done = what()
        except KnownError as error:
            self.show_now()
            if self._encrypting.view().on:  # begun, and gone on with at the next start
                self._ask_nothing()
            self._tell(error)
        else:
            self._ask_nothing()
            self._finish((*done, self._desk.say("ui.data.over")))

    def _tell(self, error: KnownError) -> None:
        set_text(self.trouble, str(error))
        self.trouble.show()
        bring_into_view(self.trouble)
        announce(self, str(error))

    def _ask_nothing(self) -> None:
        for one in (self.first, self.second, self.off, self.trouble):
            one.hide()
        for field in (self.passphrase, self.again, *self.groups):
            field.clear()
        empty(self.code)

    def cancel_panel(self) -> bool:
        """Give up what was begun, if anything was; the focus goes to what had opened it."""
        if all(one.isHidden() for one in (self.first, self.second, self.off)):
            return False
        opener = self.begin_button if self.off.isHidden() else self.off_button
        opener.setFocus()
        self._encrypting.give_up()
        self._ask_nothing()
        return True

    def _panel(self, *about: QWidget, go: QWidget) -> QFrame:
        inside = column(margin=Space.BASE, spacing=Space.BASE)
        for one in about:
            inside.addWidget(one)
        back = button(self._desk.say("ui.data.cancel"), self.cancel_panel)
        inside.addLayout(_across(back, go))
        return frame("panel", inside)

    def _secret(self, key: str) -> QLineEdit:
        made = TextField()
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setAccessibleName(self._desk.say(f"ui.encryption.{key}"))
        made.setPlaceholderText(self._desk.say(f"ui.encryption.{key}"))
        made.setMaximumWidth(round(420 * self._desk.scale))
        return made

    def _group(self) -> QLineEdit:
        made = TextField()
        made.setMaxLength(8)
        made.setAccessibleName(self._desk.say("ui.encryption.code"))
        made.setFixedWidth(round(130 * self._desk.scale))
        return made


def _across(*widgets: QWidget) -> FlowLayout:
    flow = FlowLayout()
    for one in widgets:
        flow.addWidget(one)
    return flow
