"""A list of voices, languages or outputs that fills when they are known."""

from collections.abc import Callable

from PySide6.QtCore import QLocale

from coach.app.sound.sound_choices import USUAL, Choices
from coach.ui.desk import Desk
from coach.ui.list_field import ListField


def region_name(_id: str, tag: str) -> str:
    """The name of a regional form of a language in that language, such as "British English"."""
    return QLocale(tag).nativeLanguageName() or tag


def own_name(_id: str, name: str) -> str:
    """What a voice or output is called by itself."""
    return name


class SoundChoice(ListField):
    """The usual one first; what was chosen stays, and is named as missing when it is not there."""

    def __init__(
        self,
        desk: Desk,
        choices: Callable[[], Choices],
        keep: Callable[[str], None],
        name: Callable[[str, str], str] = own_name,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._choices = choices
        self._name = name
        self._shown: Choices | None = None
        self.setSizeAdjustPolicy(ListField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.activated.connect(lambda place: keep(self.itemData(place)))
        self.refresh()

    @property
    def known(self) -> bool:
        """Whether the list is complete."""
        return self._shown is not None and self._shown.known

    def refresh(self) -> None:
        """Show what there is to choose from now; an open list is left alone."""
        now = self._choices()
        if now == self._shown or self.view().isVisible():
            return
        self._shown = now
        say = self._desk.say
        self.clear()
        usual = say("ui.sound.usual_named", name=now.usual) if now.usual else say("ui.sound.usual")
        self.addItem(usual, USUAL)
        for one, named in now.items:
            self.addItem(self._name(one, named), one)
        if self.findData(now.chosen) < 0:
            key = "ui.sound.missing" if now.missing else "ui.sound.unknown"
            blanks = {"name": self._name(now.chosen, now.chosen)} if now.missing else {}
            self.addItem(say(key, **blanks), now.chosen)
        elif not now.known:
            self.setItemText(0, say("ui.sound.unknown"))
        self.setCurrentIndex(self.findData(now.chosen))
