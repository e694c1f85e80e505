"""The buttons that stay in reach on every page of a session."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.parts import FlowLayout, button, row, set_text
from coach.ui.tokens import Space

_ROLES = {Command.WRONG: "danger"}


class ActionBar(QWidget):
    """A row of commands, each with its key; "Something is wrong" stands apart on the right."""

    def __init__(self, desk: Desk, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self._desk = desk
        flow, across = FlowLayout(), row()
        across.addLayout(flow, 1)
        self.buttons: dict[Command, QPushButton] = {}
        for command in commands:
            made = self._button(command)
            self.buttons[command] = made
            if command is Command.WRONG:
                across.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
            else:
                flow.addWidget(made)
        self.setLayout(across)
        if desk.compact:
            for made in self.buttons.values():
                made.setStyleSheet(f"padding-left: {Space.BASE}px; padding-right: {Space.BASE}px;")

    def _button(self, command: Command) -> QPushButton:
        key = f"ui.command.{command}"
        text = self._desk.with_key(key, command)
        role = _ROLES.get(command, "")
        return button(text, lambda: self._desk.ask(Asked(command)), role, name=self._desk.say(key))

    def say(self, command: Command, key: str) -> None:
        """Change what a button says, such as from pause to go on."""
        made = self.buttons[command]
        set_text(made, self._desk.with_key(key, command))
        made.setAccessibleName(self._desk.say(key))
