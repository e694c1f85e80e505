"""What every page is handed: words, colours, and the one way to ask for something."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from coach.app.sound.cues import Felt
from coach.domain.decision import Phrase
from coach.domain.screening import Reply
from coach.engine.effects import Refusal
from coach.engine.inputs import Input
from coach.ui.keys import Asked, Command, key_name
from coach.ui.ports import CoachApp
from coach.ui.theme import Wardrobe
from coach.ui.tokens import Theme

#: Text size from which pages are compact, 1.0 is 100 %.
COMPACT_FROM = 1.5
#: Text size up to which buttons name their keys.
KEYS_UP_TO = 1.1


class ReadAloud(Protocol):
    """Reads questions aloud, by their keys; back: the answer just given, said back first."""

    def __call__(self, *keys: str, back: Sequence[Phrase] = ()) -> None:
        """Read it aloud."""


@dataclass(frozen=True, eq=False)
class Desk:
    """The window's side of a page.

    give: hand an input to the running session. ask: carry out a command, as its key would.
    read_aloud: have a question read that a page puts by itself. say_back: have a rating said back;
    say_reply_back: a reply after which nothing more is asked. The running session says it, and
    where there is none the coach does.
    """

    coach: CoachApp
    wardrobe: Wardrobe
    give: Callable[[Input], Refusal | None]
    ask: Callable[[Asked], None]
    read_aloud: ReadAloud
    say_back: Callable[[Felt, int], None]
    say_reply_back: Callable[[Reply], None]

    @property
    def theme(self) -> Theme:
        """The colours worn now."""
        return self.wardrobe.theme

    @property
    def scale(self) -> float:
        """Text size, 1.0 is 100 %."""
        return self.wardrobe.text_scale

    @property
    def compact(self) -> bool:
        """True when the text is so large that a page keeps to what matters most."""
        return self.scale >= COMPACT_FROM

    def say(self, key: str, **blanks: str | int) -> str:
        """A text of the catalogue."""
        return self.coach.phrases.say(key, **blanks)

    def words(self, phrase: Phrase) -> str:
        """A phrase of the engine, in words."""
        return self.coach.words(phrase)

    def with_key(self, key: str, command: Command) -> str:
        """A button's text followed by its key, where there is room for both."""
        return (
            self.say(key) if self.scale > KEYS_UP_TO else f"{self.say(key)}  ·  {key_name(command)}"
        )
