"""What the use cases need from the world: the window, simulate and tests each bring their own."""

from collections.abc import Sequence
from typing import Protocol

from coach.domain.past import PastSession
from coach.domain.screening import Lock
from coach.engine.ledger import SetRecord
from coach.formats.session_log import LogRecord


class Clock(Protocol):
    """Real time, injected so that tests never wait for it."""

    def monotonic_ms(self) -> int:
        """Milliseconds of a clock that never goes back; its zero means nothing."""

    def utc_ms(self) -> int:
        """Milliseconds of the wall clock in UTC; a machine's sleep shows only here."""

    def wall(self) -> str:
        """Local wall time as ISO 8601 with milliseconds and offset."""


class SessionKeeper(Protocol):
    """Where a session is kept while it runs."""

    def keep(
        self,
        records: Sequence[LogRecord],
        *,
        sets: Sequence[SetRecord] = (),
        locks: Sequence[Lock] = (),
    ) -> None:
        """Write everything durably before returning. Raises KnownError when that fails."""

    def close(self, records: Sequence[LogRecord], past: PastSession) -> None:
        """The session is over: write its log file and close it with what it leaves."""
