"""The stop signs, as statements, one click away at any time."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from coach.domain.action import Tier
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.page import Page
from coach.ui.parts import Scroll, button, column, frame, label, row
from coach.ui.tokens import Space

#: The tiers whose signs stop a session, and the tone of the card with them.
_TIERS = {Tier.EMERGENCY: "danger", Tier.URGENT: "warn"}


class StopSignsPage(Page):
    """Two cards: emergency help, and advice the same day."""

    wants = frozenset({Command.LEAVE, Command.GO})
    scrolls = True

    def __init__(self, desk: Desk, back: Callable[[], object]) -> None:
        super().__init__(desk)
        self._back = back
        self._headline = label(desk.say("ui.stop_signs.title"), "headline")
        content = column(spacing=Space.WIDE)
        content.addWidget(self._headline)
        content.addWidget(label(desk.say("ui.stop_signs.text"), "lead"))
        for tier, tone in _TIERS.items():
            content.addWidget(self._card(tier, tone))
        content.addStretch(1)
        self.back_button = button(desk.with_key("ui.stop_signs.back", Command.LEAVE), back)
        whole = column(margin=Space.WIDE)
        whole.addWidget(Scroll(content, widest=860, scale=lambda: desk.scale), 1)
        whole.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(whole)

    def _card(self, tier: Tier, tone: str) -> QFrame:
        inside = column(margin=Space.WIDE, spacing=Space.SNUG)
        title = self._desk.say(f"ui.stop_signs.{tier.name.lower()}")
        inside.addWidget(label(title, "title", tone=tone))
        for sign in self._desk.coach.stop_signs(tier):
            line = row(spacing=Space.SNUG)
            line.addWidget(label("•", "lead", tone=tone, wrap=False), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(sign, "lead"), 1)
            inside.addLayout(line)
        return frame("card", inside)

    @property
    def title(self) -> str:
        """The headline."""
        return self._headline.text()

    def obey(self, asked: Asked) -> bool:
        """Esc and Enter go back."""
        if asked.command in (Command.LEAVE, Command.GO):
            self._back()
            return True
        return False
