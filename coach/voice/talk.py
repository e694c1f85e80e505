"""Who may speak when: two cues never talk at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.voice.interface import Priority


@dataclass(frozen=True, slots=True)
class Speech:
    """Speech handed to the player under `number`; start and end in clock seconds."""

    number: int
    start: float
    end: float
    priority: Priority


class Talk:
    """The speech that is being heard or about to be."""

    def __init__(self) -> None:
        self._speeches: list[Speech] = []

    def displaced(
        self, start: float, end: float, priority: Priority, now: float
    ) -> Sequence[Speech] | None:
        """Return what must make way for such a cue, None when it finds no room itself.

        The higher priority is heard. Of equals the one that starts later is: it is about what
        happens next.
        """
        self._speeches = [speech for speech in self._speeches if speech.end > now]
        meeting = [each for each in self._speeches if each.start < end and start < each.end]
        if any((each.priority, each.start) > (priority, start) for each in meeting):
            return None
        return meeting

    def replace(self, displaced: Sequence[Speech], by: Speech) -> None:
        """Forget the displaced speech and note the new."""
        self._speeches = [each for each in self._speeches if each not in displaced]
        self._speeches.append(by)

    def clear(self) -> None:
        """Note that nobody speaks any more."""
        self._speeches.clear()
