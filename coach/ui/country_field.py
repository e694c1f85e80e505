"""The country whose emergency number is told: chosen from a list, or by typing part of its name."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from coach.ui.desk import Desk
from coach.ui.text_field import TextField

#: A code that ISO 3166 gives to nobody: the person is somewhere, but not in the list.
_NO_COUNTRY = "ZZ"


class CountryField(QComboBox):
    """Every country stands with its number; the assumed one comes first and is named as such."""

    def __init__(self, desk: Desk, keep: Callable[[str], object]) -> None:
        super().__init__()
        self._desk = desk
        self._typed, self._found = TextField(), QCompleter()
        self.setEditable(True)
        self.setLineEdit(self._typed)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self._found.setModel(self.model())
        self._found.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._found.setFilterMode(Qt.MatchFlag.MatchContains)
        self._found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(self._found)
        for code, text in self._choices().items():
            self.addItem(text, code)
        self.show_chosen()
        self.activated.connect(lambda place: keep(self.itemData(place)))
        self._typed.editingFinished.connect(self._tidy)

    def show_chosen(self) -> None:
        """Show what is chosen now."""
        self.setCurrentIndex(self.findData(self._desk.coach.settings.country))
        self._typed.setCursorPosition(0)

    def setAccessibleName(self, name: str) -> None:
        """The name of the list and of the text in it."""
        super().setAccessibleName(name)
        self._typed.setAccessibleName(name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed takes the place of the whole name."""
        super().focusInEvent(event)
        self._typed.selectAll()

    def _tidy(self) -> None:
        """Half a name is not a choice: what was chosen stands there again."""
        if self.currentText() != self.itemText(self.currentIndex()):
            self.setEditText(self.itemText(self.currentIndex()))
        self._typed.setCursorPosition(0)

    def _choices(self) -> dict[str, str]:
        """What may be chosen, by code; each country with whom a stop message then says to call."""
        say, countries = self._desk.say, self._desk.coach.countries()
        unsaid = say("ui.settings.country_unsaid")
        if countries.assumed is not None:
            named, number = countries.assumed.name, countries.assumed.number
            unsaid = say("ui.settings.country_assumed", country=named, number=number)
        choices = {"": unsaid}
        for one in countries.listed:
            choices[one.code] = say(
                "ui.settings.country_named", country=one.name, number=one.number
            )
        now = self._desk.coach.settings.country
        other = now if now not in choices else _NO_COUNTRY
        return {**choices, other: say("ui.settings.country_other")}
