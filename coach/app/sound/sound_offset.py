"""Trying out how late a loudspeaker is: a tick and a flash that are meant to come together."""

from collections.abc import Callable

from coach.voice.interface import Voice
from coach.voice.tones import Tone

BEATS = 12
APART_S = 1.0
HANDED_OVER_S = 0.8
"""How long before its moment a tick goes to the voice: more than the largest offset, and little
enough that a changed offset is heard with the next one."""

FLASH_S = 0.1


class OffsetTrial:
    """A row of beats; each tick leaves earlier by the offset of that moment, no flash does."""

    def __init__(self, voice: Voice, second: Callable[[], float]) -> None:
        self._voice = voice
        self._second = second
        self._beats: list[float] = []
        self._unsent: list[float] = []

    @property
    def runs(self) -> bool:
        """Whether beats are still to come."""
        return bool(self._beats) and self._second() < self._beats[-1] + FLASH_S

    @property
    def lit(self) -> bool:
        """Whether the flash is to be seen now."""
        now = self._second()
        return any(beat <= now < beat + FLASH_S for beat in self._beats)

    def begin(self) -> None:
        """Start a row of beats."""
        self._voice.hush()
        first = self._second() + APART_S
        self._beats = [first + APART_S * n for n in range(BEATS)]
        self._unsent = list(self._beats)
        self.tick()

    def tick(self) -> None:
        """Hand over the tick that is due soon."""
        while self._unsent and self._unsent[0] - self._second() <= HANDED_OVER_S:
            self._voice.tone(Tone.TICK, self._unsent.pop(0))

    def stop(self) -> None:
        """No more beats."""
        self._beats, self._unsent = [], []
