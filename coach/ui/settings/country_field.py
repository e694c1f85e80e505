"""The country whose emergency number is told: chosen from a list, or by typing part of its name."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.own_keys import claimed
from coach.ui.parts import label, set_text
from coach.ui.text_field import TextField

#: A code that ISO 3166 gives to nobody: the person is somewhere, but not in the list.
_NO_COUNTRY = "ZZ"
#: Keys that open the list.
_OPENS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})


#: The focus comes and goes with a list or a window, while the field is still being filled.
_STAYING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class CountryField(QComboBox):
    """Every country stands with its number; the assumed one comes first and is named as such.

    A click, Up and Down open the list; what is typed takes the place of the name, and Enter takes
    the country that it fits. ``trouble`` is to stand beside it and tells what fits none.
    """

    def __init__(self, desk: Desk, keep: Callable[[str], object]) -> None:
        super().__init__()
        self._desk, self._keep = desk, keep
        self.trouble = label("", "caption", tone="warn")
        self.trouble.hide()
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
        self.activated.connect(self._take)
        self._typed.installEventFilter(self)
        self._typed.textEdited.connect(lambda _text: self.trouble.hide())
        self._typed.returnPressed.connect(self.accept)

    def show_chosen(self) -> None:
        """Show what is chosen now."""
        self.trouble.hide()
        self.setCurrentIndex(self.findData(self._desk.coach.settings.country))
        self._typed.setCursorPosition(0)

    def setAccessibleName(self, name: str) -> None:
        """The name of the list and of the text in it."""
        super().setAccessibleName(name)
        self._typed.setAccessibleName(name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed takes the place of the whole name, but not of what was typed before."""
        super().focusInEvent(event)
        if event.reason() not in _STAYING:
            self._typed.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What fits no country is told when the field is left."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYING:
            self._tidy()

    def event(self, event: QEvent) -> bool:
        """Claim the keys that open the list before the page does."""
        return claimed(event, _OPENS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down open the list instead of changing the choice unseen."""
        if event.key() in _OPENS:
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def hidePopup(self) -> None:
        """After the list, too, what is typed takes the place of the name."""
        super().hidePopup()
        self._typed.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the name opens the list, as one on the arrow does."""
        if watched is self._typed and event.type() is QEvent.Type.MouseButtonRelease:
            self.showPopup()
            return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        """Take the country that the typed text fits, or tell that none or several do."""
        text = self._typed.text().strip()
        found = self._found.popup()
        if found is not None and found.isVisible():
            text = str(found.currentIndex().data() or text)
            found.hide()
        places = self._fitting(text)
        if len(places) == 1:
            self._take(places[0])
        else:
            self._tell("several" if places and text else "unknown", text)
        self._typed.selectAll()

    def _take(self, place: int) -> None:
        """Keep a choice, and show it."""
        self.trouble.hide()
        self.setCurrentIndex(place)
        self._typed.setText(self.itemText(place))
        self._keep(self.itemData(place))

    def _fitting(self, text: str) -> list[int]:
        """The places of all that begin with a text, or of all that have it where none does."""
        named = {place: self.itemText(place).casefold() for place in range(self.count())}
        wanted = text.casefold()
        exact = [place for place, name in named.items() if name == wanted]
        begun = [place for place, name in named.items() if name.startswith(wanted)]
        return exact or begun or [place for place, name in named.items() if wanted in name]

    def _tidy(self) -> None:
        """Half a name is not a choice: what was chosen stands there again."""
        if self.currentText() != self.itemText(self.currentIndex()):
            self._tell("unknown", self.currentText())
            self.setEditText(self.itemText(self.currentIndex()))
        self._typed.setCursorPosition(0)

    def _tell(self, what: str, text: str) -> None:
        set_text(self.trouble, self._desk.say(f"ui.settings.country_{what}", text=f"“{text}”"))
        self.trouble.show()
        announce(self, self.trouble.text())

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
