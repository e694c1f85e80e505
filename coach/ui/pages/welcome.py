"""The first page ever shown: what this is, what it is not, and how sure anybody can be."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.page import Page
from coach.ui.parts import Scroll, button, column, frame, label
from coach.ui.tokens import Space


class WelcomePage(Page):
    """One button."""

    def __init__(self, desk: Desk, begin: Callable[[], object]) -> None:
        super().__init__(desk)
        self.begin_button = button(desk.say("ui.welcome.begin"), begin, "primary")
        self._headline = label(desk.say("ui.welcome.title"), "display")
        content = column(spacing=Space.WIDE)
        content.addSpacing(Space.WIDE)
        content.addWidget(self._headline)
        content.addWidget(label(desk.say("notice.first_run"), "lead"))
        for title, text in (
            ("ui.welcome.evidence", "evidence.honest"),
            ("ui.welcome.limits", "notice.conventions"),
            ("ui.welcome.stop_signs", "notice.stop_signs"),
        ):
            inside = column(margin=Space.WIDE, spacing=Space.SMALL)
            inside.addWidget(label(desk.say(title), "title"))
            inside.addWidget(label(desk.say(text)))
            content.addWidget(frame("card", inside))
        content.addWidget(self.begin_button, 0, Qt.AlignmentFlag.AlignLeft)
        content.addStretch(1)
        whole = column()
        whole.addWidget(Scroll(content, widest=760, scale=lambda: desk.scale))
        self.setLayout(whole)

    @property
    def title(self) -> str:
        """The headline."""
        return self._headline.text()

    def obey(self, asked: Asked) -> bool:
        """Enter goes on."""
        if asked.command is Command.GO:
            self.begin_button.click()
            return True
        return False
