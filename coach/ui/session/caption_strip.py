"""What is being said, word for word, at the foot of the pages on which somebody is asked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coach.ui.desk import Desk
from coach.ui.parts import column, label, set_text
from coach.ui.tokens import Space


class CaptionStrip(QWidget):
    """Keeps its place where captions may come, so that nothing jumps when one does."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = label("", "caption", align=Qt.AlignmentFlag.AlignCenter)
        self._words.setAccessibleName(desk.say("ui.player.caption_name"))
        inside = column()
        inside.setContentsMargins(Space.WIDE, Space.SMALL, Space.WIDE, Space.SMALL)
        inside.addWidget(self._words)
        self.setLayout(inside)

    @property
    def words(self) -> str:
        """The caption, "" where none is shown."""
        return "" if self.isHidden() else self._words.text()

    def show_words(self, words: str, *, on: bool) -> None:
        """Show a caption, where captions are on."""
        set_text(self._words, words)
        self.setVisible(on)
