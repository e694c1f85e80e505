"""What the use cases need from the world: the window, simulate and tests each bring their own."""

from typing import Protocol


class Clock(Protocol):
    """Real time, injected so that tests never wait for it."""

    def monotonic_ms(self) -> int:
        """Milliseconds of a clock that never goes back; its zero means nothing."""

    def wall(self) -> str:
        """Local wall time as ISO 8601 with milliseconds and offset."""
