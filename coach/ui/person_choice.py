"""Whose record is looked at, where there are several; and what somebody else is called."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from coach.app.people import LONGEST_NAME
from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.list_field import ListField
from coach.ui.parts import FlowLayout, button, column, label, set_text
from coach.ui.text_field import TextField
from coach.ui.tokens import Space

_NAME_WIDTH = 240
"""Pixels at 100 % text."""


class PersonChoice(QWidget):
    """A list of people, with a way to write the name of one who was brought in."""

    changed = Signal()
    """Somebody else is looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        say = desk.say
        self.people = ListField()
        self.people.setAccessibleName(say("ui.people.whose"))
        self.people.setSizeAdjustPolicy(ListField.SizeAdjustPolicy.AdjustToContents)
        self.people.activated.connect(lambda _place: self._look_at())
        self.rename_button = button(say("ui.people.rename"), self.open_name, "quiet")
        self.name = TextField()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setFixedWidth(round(_NAME_WIDTH * desk.scale))
        self.name.returnPressed.connect(self._keep)
        self.stopped = label(say("ui.people.stopped"), tone="warn")
        self.trouble = label("", tone="danger")
        first, second = FlowLayout(spacing=Space.SMALL), FlowLayout(spacing=Space.SMALL)
        first.addWidget(label(say("ui.people.whose"), "soft", wrap=False))
        first.addWidget(self.people)
        first.addWidget(self.rename_button)
        self._naming_label = label("", "soft", wrap=False)
        second.addWidget(self._naming_label)
        second.addWidget(self.name)
        second.addWidget(button(say("ui.people.name_save"), self._keep))
        second.addWidget(button(say("ui.data.cancel"), self.close_name))
        self.naming = QWidget()
        self.naming.setLayout(second)
        inside = column(spacing=Space.SMALL)
        inside.addLayout(first)
        for one in (self.naming, self.trouble, self.stopped):
            inside.addWidget(one)
        self.setLayout(inside)
        self.close_name()

    def show_now(self) -> None:
        """List who is here now; nothing is shown where there is one person only."""
        people = self._desk.coach.people
        everybody, looked_at = people.all, people.looked_at
        with QSignalBlocker(self.people):
            self.people.clear()
            for one in everybody:
                self.people.addItem(one.name, one.id)
            self.people.setCurrentIndex(self.people.findData(looked_at.id))
        self.rename_button.setVisible(looked_at.renamable)
        self.stopped.setVisible(looked_at.stopped and not looked_at.mine)
        self.setVisible(len(everybody) > 1)

    def open_name(self) -> None:
        """Ask for the name of whoever is looked at."""
        person = self._desk.coach.people.looked_at
        named = self._desk.say("ui.people.name", name=person.name)
        set_text(self._naming_label, named)
        self.name.setAccessibleName(named)
        self.name.setText(person.name)
        self.name.selectAll()
        self.naming.show()
        self.rename_button.hide()
        self.name.setFocus()

    def close_name(self) -> None:
        """Leave the name as it is."""
        had_focus = self.naming.isAncestorOf(self.focusWidget() or self)
        self.naming.hide()
        self.trouble.hide()
        self.rename_button.setVisible(self._desk.coach.people.looked_at.renamable)
        if had_focus:
            self.rename_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def obey(self, asked: Asked) -> bool:
        """Esc leaves the name as it is, while it is asked for."""
        if asked.command is Command.LEAVE and self.naming.isVisible():
            self.close_name()
            return True
        return False

    def _look_at(self) -> None:
        self.close_name()
        self._desk.coach.people.look_at(self.people.currentData())
        self.show_now()
        self.changed.emit()

    def _keep(self) -> None:
        people = self._desk.coach.people
        try:
            people.rename(people.looked_at.id, self.name.text())
        except KnownError as error:
            set_text(self.trouble, str(error))
            self.trouble.show()
            announce(self, str(error))
            self.name.setFocus()
            return
        self.show_now()
        self.close_name()
