"""Reading aloud from the window: the running session does it, and where there is none the coach."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from coach.app.sound.cues import Felt
from coach.domain.decision import Phrase
from coach.domain.screening import Reply
from coach.ui.ports import CoachApp, LiveSession
from coach.ui.session.caption_strip import CaptionStrip

LOOK_MS = 100
"""Between two looks at what is being read aloud outside a session."""

_CAPTIONED = ("today", "check_in", "rating", "decision", "wrong", "summary")
"""The pages on which somebody is asked and that have no place of their own for captions."""


class Speech(QObject):
    """Sends words to whoever says them, and captions them word for word.

    hushed: outside a session nothing is read aloud, because nobody looks at the window.
    """

    def __init__(
        self, parent: QObject, coach: CoachApp, session: Callable[[], LiveSession | None]
    ) -> None:
        super().__init__(parent)
        self._coach = coach
        self._session = session
        self.hushed = False
        self._strip: CaptionStrip | None = None
        self._page_name = ""
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def waits(self) -> bool:
        """Whether something is being said outside a session."""
        return self._timer.isActive()

    def caption_on(self, strip: CaptionStrip) -> None:
        """Captions go to this strip."""
        self._strip = strip

    def _running(self) -> LiveSession | None:
        session = self._session()
        return None if session is None or session.closed else session

    def read_aloud(self, *keys: str, back: Sequence[Phrase] = ()) -> None:
        """Read questions that a page puts by itself; back: what was answered just now."""
        session = self._running()
        if session is not None:
            session.ask(*keys, back=back)
        elif not self.hushed:
            self._coach.sound.read(*keys, back=back)
            self.look()

    def say_back(self, felt: Felt, number: int) -> None:
        """Say a rating back."""
        session = self._running()
        if session is not None:
            session.say_back(felt, number)
        else:
            self._coach.sound.say_back(felt, number)
            self.look()

    def say_reply_back(self, reply: Reply) -> None:
        """Say a reply back after which nothing more is asked."""
        self._coach.sound.say_reply_back(reply)
        self.look()

    def look(self) -> None:
        """Go on with what is read aloud outside a session, as long as there is any."""
        self._coach.sound.tick()
        if not self._coach.sound.caption:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        self.caption()

    def turn_to(self, page_name: str) -> None:
        """Another page is in front: outside a session nothing is read on from the last one."""
        if self._session() is None and self._page_name not in ("", page_name):
            self._coach.sound.stop()
        self._page_name = page_name

    def caption(self) -> None:
        """Show what is being said."""
        session = self._running()
        words = self._coach.sound.caption if session is None else session.caption
        if self._strip is not None:
            self._strip.show_words(words, on=self._page_name in _CAPTIONED)

    def close(self) -> None:
        """The window closes."""
        self._timer.stop()
