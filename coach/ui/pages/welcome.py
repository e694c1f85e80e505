"""The first page ever shown: what this is, what it is not, and how sure anybody can be."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from coach.domain.side import Side
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.page import Page
from coach.ui.parts import FlowLayout, Scroll, Toggle, button, column, frame, label
from coach.ui.settings.country_field import CountryField
from coach.ui.tokens import Space


class WelcomePage(Page):
    """What is to be read, the stop signs, two questions that can be left, and one way on."""

    scrolls = True

    def __init__(
        self, desk: Desk, begin: Callable[[], object], stop_signs: Callable[[], object]
    ) -> None:
        super().__init__(desk)
        say = desk.say
        self.begin_button = button(
            desk.with_key("ui.welcome.begin", Command.GO),
            begin,
            "primary",
            name=say("ui.welcome.begin"),
        )
        self.signs_button = button(
            desk.with_key("ui.welcome.read_stop_signs", Command.WRONG),
            stop_signs,
            name=say("ui.welcome.read_stop_signs"),
        )
        self.country = CountryField(desk, lambda code: desk.coach.change_setting("country", code))
        self.country.setAccessibleName(say("ui.welcome.country"))
        self.side_buttons = {side: self._side_button(side) for side in (*Side, None)}
        self._headline = label(say("ui.welcome.title"), "display")
        content = column(spacing=Space.WIDE)
        content.addSpacing(Space.WIDE)
        content.addWidget(self._headline)
        content.addWidget(label(say("notice.first_run"), "lead"))
        signs = self._card("stop_signs", "notice.stop_signs")
        signs.addWidget(self.signs_button, 0, Qt.AlignmentFlag.AlignLeft)
        evidence = self._card("evidence", "evidence.honest")
        limits = self._card("limits", "notice.conventions")
        for inside in (evidence, limits, signs, self._about_you()):
            content.addWidget(frame("card", inside))
        content.addWidget(self.begin_button, 0, Qt.AlignmentFlag.AlignLeft)
        content.addStretch(1)
        whole = column()
        whole.addWidget(Scroll(content, widest=760, scale=lambda: desk.scale))
        self.setLayout(whole)

    def _card(self, name: str, text: str) -> QVBoxLayout:
        inside = column(margin=Space.WIDE, spacing=Space.SMALL)
        inside.addWidget(label(self._desk.say(f"ui.welcome.{name}"), "title"))
        inside.addWidget(label(self._desk.say(text)))
        return inside

    def _about_you(self) -> QVBoxLayout:
        inside = self._card("about_you", "ui.welcome.about_you_help")
        sides = FlowLayout(spacing=Space.SMALL)
        for one in self.side_buttons.values():
            sides.addWidget(one)
        ways = QBoxLayout.Direction
        for key, field in (("country", self.country), ("side", sides)):
            across = QBoxLayout(ways.TopToBottom if self._desk.compact else ways.LeftToRight)
            across.setSpacing(Space.BASE)
            across.addWidget(label(self._desk.say(f"ui.welcome.{key}")), 1)
            if isinstance(field, QWidget):
                across.addWidget(field, 1, Qt.AlignmentFlag.AlignVCenter)
            else:
                across.addLayout(field, 1)
            inside.addLayout(across)
            if field is self.country:
                inside.addWidget(self.country.trouble)
        return inside

    def _side_button(self, side: Side | None) -> Toggle:
        key = f"ui.side.{side}" if side else "ui.welcome.side_unsaid"
        made = Toggle(self._desk.say(key))
        made.clicked.connect(lambda _on: self._choose_side(side))
        return made

    def _choose_side(self, side: Side | None) -> None:
        self._desk.coach.choose_side(side)
        self._show_side()

    def _show_side(self) -> None:
        said = self._desk.coach.settings.sore_side
        for side, one in self.side_buttons.items():
            one.setChecked((side or "") == said)

    def enter(self) -> None:
        """Show what has been said so far."""
        self.country.show_chosen()
        self._show_side()
        self.begin_button.setFocus()

    @property
    def title(self) -> str:
        """The headline."""
        return self._headline.text()

    def obey(self, asked: Asked) -> bool:
        """Enter presses what has the focus, else goes on.

        In the country's field it only takes the country; on the leg chosen already it goes on.
        """
        if asked.command is not Command.GO:
            return False
        chosen = any(one.hasFocus() and one.isChecked() for one in self.side_buttons.values())
        if self.country.hasFocus():
            self.country.accept()
        elif chosen or not self.press_focused():
            self.begin_button.click()
        return True
