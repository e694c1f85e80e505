"""The session that was cut off: whether there is one, how far it got, whether it may go on."""

from collections.abc import Callable
from datetime import datetime, timedelta

from coach.app.daily.today import UnfinishedView
from coach.app.phrasing import Phrasing
from coach.app.ports import Clock, SessionKeeper
from coach.app.session.keeping import kept_records
from coach.app.session.recorder import Recorder
from coach.app.session.replaying import past_of_log, script_of
from coach.app.shipped import Shipped
from coach.domain.outcome import Outcome
from coach.engine.run import Run, advance, give
from coach.formats.bad_file import BadFile
from coach.formats.session_log import CLOSED, input_from
from coach.store.errors import KnownError
from coach.store.records import SessionHeader
from coach.store.sessions import SessionStore

#: A session cut off longer ago starts anew, with a new check-in. Our own convention.
RESUME_WITHIN = timedelta(minutes=30)


class CutOff:
    """Looks for one person's unfinished session. keeper: keeps a session of that id."""

    def __init__(
        self,
        store: SessionStore,
        shipped: Shipped,
        profile: str,
        clock: Clock,
        phrasing: Phrasing,
        keeper: Callable[[str], SessionKeeper],
    ) -> None:
        self._store = store
        self._shipped = shipped
        self._profile = profile
        self._clock = clock
        self._phrasing = phrasing
        self._keeper = keeper

    def session(self) -> SessionHeader | None:
        """The session that was cut off. One that was over and only not closed yet is closed.

        Raises BadFile when its log cannot be read.
        """
        header = self._store.unfinished(self._profile)
        if header is None:
            return None
        records = kept_records(self._store, header.id)
        if records[-1].type != CLOSED:
            return header
        past = past_of_log(self._shipped, records, header.id)
        self._keeper(header.id).close(records, past)
        return None

    def view(self) -> UnfinishedView | None:
        """What is shown of it."""
        try:
            header = self.session()
        except (BadFile, KnownError):  # said when the person asks to finish it
            header = self._store.unfinished(self._profile)
        if header is None:
            return None
        rows = self._store.sets(header.id)
        rated = [row for row in rows if row.tingling is not None and row.pain is not None]
        begun = datetime.fromisoformat(header.started_wall)
        when = self._phrasing.moment(begun, datetime.fromisoformat(self._clock.wall()))
        return UnfinishedView(when, len(rated), self.counts(header))

    def counts(self, header: SessionHeader) -> bool:
        """Whether its check-in still counts: its last record is recent."""
        away = self._away(header)
        return away is not None and timedelta(0) <= away <= RESUME_WITHIN

    def away_ms(self, header: SessionHeader) -> int:
        """Milliseconds since its last record, by the wall clock; never less than none."""
        away = self._away(header) or timedelta(0)
        return max(away // timedelta(milliseconds=1), 0)

    def _away(self, header: SessionHeader) -> timedelta | None:
        last = self._store.entries(header.id)[-1:]
        if not last:
            return None
        return datetime.fromisoformat(self._clock.wall()) - datetime.fromisoformat(last[0].wall)

    def restored(self) -> tuple[SessionHeader, Run, Recorder]:
        """It, brought to its last kept record by its own inputs.

        Raises KnownError when there is none, BadFile when its log cannot be read.
        """
        header = self.session()
        if header is None:
            raise KnownError(self._phrasing.phrases.say("today.nothing_unfinished"))
        records = kept_records(self._store, header.id)
        run = Run(script_of(self._shipped, records[0].data, header.id))
        for record in records:
            if record.type == "input":
                run, _ = give(run, input_from(record.data), record.ms)
        run, _ = advance(run, records[-1].ms)
        return header, run, Recorder(wall=lambda _ms: self._clock.wall(), records=records)

    def close_unread(self) -> None:
        """Close it although its log cannot be read: what it leaves counts as lost."""
        header = self._store.unfinished(self._profile)
        if header is not None:
            last = self._store.entries(header.id)[-1:]
            head = last[0].h if last else ""
            self._store.close_session(header.id, Outcome.INCOMPLETE, self._clock.wall(), head)
