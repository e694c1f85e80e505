"""Asking for what opens encrypted data, before there is a window to fill."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.parts import button, column, label, row, set_text
from coach.ui.text_field import TextField
from coach.ui.tokens import Space

Say = Callable[[str], str]


class UnlockData(QWidget):
    """One field for the passphrase or the recovery code; ``opened`` is called when it was right."""

    def __init__(
        self,
        say: Say,
        unlock: Callable[[str], None],
        opened: Callable[[], None],
        *,
        by_passphrase: bool,
    ) -> None:
        super().__init__()
        self._unlock = unlock
        self._opened = opened
        what = "passphrase" if by_passphrase else "code"
        named = say(f"ui.locked.{what}")
        self.typed = TextField()
        self.typed.setAccessibleName(named)
        self.typed.setEchoMode(QLineEdit.EchoMode.Password)
        self.typed.returnPressed.connect(self._try)
        self.show_box = QCheckBox(say("ui.locked.show"))
        self.show_box.toggled.connect(self._show_typed)
        self.open_button = button(say("ui.locked.open"), self._try, "primary")
        self.trouble = label("", tone="danger")
        self.typed.textEdited.connect(lambda _text: self.trouble.hide())
        self.trouble.hide()
        across = row()
        across.addWidget(self.open_button)
        across.addWidget(self.show_box)
        across.addStretch(1)
        inside = column(spacing=Space.BASE)
        inside.addWidget(label(say("ui.locked.title"), "headline"))
        inside.addWidget(label(say(f"ui.locked.{what}_help"), "soft"))
        inside.addWidget(label(named, "caption"))
        inside.addWidget(self.typed)
        inside.addWidget(self.trouble)
        inside.addLayout(across)
        self.setLayout(inside)

    def _show_typed(self, on: bool) -> None:  # noqa: FBT001 - what Qt hands over
        mode = QLineEdit.EchoMode
        self.typed.setEchoMode(mode.Normal if on else mode.Password)

    def _try(self) -> None:
        if not self.typed.text().strip():
            self.typed.setFocus()
            return
        try:
            self._unlock(self.typed.text())
        except KnownError as error:
            set_text(self.trouble, str(error))
            self.trouble.show()
            announce(self, str(error))
            self.typed.selectAll()
            self.typed.setFocus()
        else:
            self._opened()
