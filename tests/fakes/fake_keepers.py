"""Keepers of a session that can be watched, or made to fail."""

from collections.abc import Callable, Sequence

from coach.app.ports import SessionKeeper
from coach.domain.past import PastSession
from coach.domain.screening import Lock
from coach.engine.ledger import SetRecord
from coach.formats.session_log import LogRecord
from coach.store.errors import KnownError


class WatchedKeeper:
    """Passes everything on to another keeper; `broken` names what is wrong with the disk.

    `kept` is called after each successful write.
    """

    def __init__(self, inner: SessionKeeper, kept: Callable[[], None] = lambda: None) -> None:
        self.inner = inner
        self.kept = kept
        self.broken: str | None = None
        self.transactions: list[tuple[list[LogRecord], list[SetRecord], list[Lock]]] = []

    def keep(
        self,
        records: Sequence[LogRecord],
        *,
        sets: Sequence[SetRecord] = (),
        locks: Sequence[Lock] = (),
    ) -> None:
        if self.broken is not None:
            raise KnownError(self.broken)
        self.inner.keep(records, sets=sets, locks=locks)
        self.transactions.append((list(records), list(sets), list(locks)))
        self.kept()

    def close(self, records: Sequence[LogRecord], past: PastSession) -> None:
        if self.broken is not None:
            raise KnownError(self.broken)
        self.inner.close(records, past)
