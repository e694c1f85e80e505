"""A silent voice that also remembers when it was hushed."""

from dataclasses import dataclass

from coach.voice.interface import Priority
from coach.voice.tones import Tone
from silent_speaker import Said, SilentSpeaker, Toned


@dataclass(frozen=True, slots=True)
class Hushed:
    """The voice was told to be silent."""


class OrderedVoice(SilentSpeaker):
    """Every call that can be heard, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Said | Toned | Hushed] = []

    @property
    def texts(self) -> list[str]:
        return [call.text for call in self.calls if isinstance(call, Said)]

    def say(self, text: str, at: float | None = None, priority: Priority = Priority.NORMAL) -> None:
        super().say(text, at, priority)
        self.calls.append(Said(text, at, priority))

    def tone(self, name: Tone, at: float | None = None) -> None:
        super().tone(name, at)
        self.calls.append(Toned(name, at))

    def hush(self) -> None:
        super().hush()
        self.calls.append(Hushed())
