"""The diary of one person in the store: reading it, and writing what comes between sessions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from coach.app.daily.days import TEN_MINUTES_AFTER, Diary, KeptLock, with_ten_minutes
from coach.app.session.keeping import kept_records
from coach.app.session.replaying import asked_ten_minutes_later, past_of_log
from coach.app.shipped import Shipped
from coach.domain.action import Tier
from coach.domain.past import Morning, PastSession
from coach.domain.rating import RestAnswer
from coach.domain.screening import Lock, Reply
from coach.engine.inputs import Leave
from coach.formats.bad_file import BadFile
from coach.formats.past_text import past_text, read_past
from coach.formats.session_log import LogRecord
from coach.rules.locks import NECK_OFF, NUMB
from coach.store.records import AfterwardsRow, AllowanceRow, LockRow
from coach.store.sessions import SessionStore

MORNING, TEN_MINUTES = "morning", "ten_minutes"
#: The ten-minute question lapses; later answers would be about something else. Our own convention.
ASKED_UNTIL = timedelta(minutes=60)
#: An unreadable session of this age no longer changes what today begins with.
LOST_MATTERS_FOR = timedelta(days=28)


class DiaryKeeper:
    """Reads and extends one profile's diary. Every answer is on disk when a call returns."""

    def __init__(self, store: SessionStore, shipped: Shipped, profile: str) -> None:
        self._store = store
        self._shipped = shipped
        self._profile = profile
        self._kept: Diary | None = None
        self._edition = 0

    @property
    def edition(self) -> int:
        """Counts up whenever something was written."""
        return self._edition

    def forget(self) -> None:
        """Read anew next time: something was written."""
        self._kept = None
        self._edition += 1

    def diary(self, now: datetime) -> Diary:
        """Everything earlier days left."""
        if self._kept is None:
            self._kept = self._read(now)
        return self._kept

    def _read(self, now: datetime) -> Diary:
        lost = self._fill_gaps(now)
        answers = self._afterwards()
        pasts = []
        for session, text in self._store.pasts(self._profile):
            try:
                past = read_past(text)
            except ValueError:
                past_again = self._replayed(session)
                if past_again is None:
                    lost = lost or self._recent(session, now)
                    continue
                past = past_again
            pasts.append(_joined(past, answers.get(session, ())))
        full_only = [q.id for q in self._shipped.questions(full=True) if not q.every_time]
        full_wall = self._store.last_full_check_in(self._profile, full_only)
        full_at = datetime.fromisoformat(full_wall) if full_wall else None
        return Diary(
            pasts=tuple(pasts),
            locks=self._locks(),
            allowed=tuple(
                (row.exercise, datetime.fromisoformat(row.wall))
                for row in self._store.allowances(self._profile)
            ),
            full_at=full_at,
            lost=lost or self._unasked(full_at),
        )

    def _unasked(self, full_at: datetime | None) -> bool:
        """Whether sessions may be missing and not every question was asked since that was seen."""
        restored = self._store.last_restored()
        found = [datetime.fromisoformat(at) for at in self._store.left_logs(self._profile).values()]
        if full_at is None:
            return restored is not None or bool(found)
        return (restored is not None and full_at.date() < restored) or any(
            full_at < moment for moment in found
        )

    def _fill_gaps(self, now: datetime) -> bool:
        """Read off their logs what older sessions leave; whether a recent one cannot be read."""
        lost = False
        for session in self._store.without_past(self._profile):
            past = self._replayed(session)
            if past is None:
                lost = lost or self._recent(session, now)
            else:
                self._store.keep_past(session, past_text(past))
        return lost

    def _replayed(self, session: str) -> PastSession | None:
        try:
            return past_of_log(self._shipped, kept_records(self._store, session), session)
        except (BadFile, LookupError, ValueError):
            return None

    def _recent(self, session: str, now: datetime) -> bool:
        began = datetime.fromisoformat(self._store.header(session).started_wall)
        return now - began < LOST_MATTERS_FOR

    def _afterwards(self) -> Mapping[str, list[AfterwardsRow]]:
        rows: dict[str, list[AfterwardsRow]] = {}
        for row in self._store.afterwards(self._profile):
            rows.setdefault(row.session, []).append(row)
        return rows

    def _locks(self) -> tuple[KeptLock, ...]:
        active = self._store.active_locks(self._profile)
        lifted = self._store.lifted_locks(self._profile)
        return tuple(self._kept_lock(row) for row in (*active, *lifted))

    def _kept_lock(self, row: LockRow) -> KeptLock:
        said = self._store.answers(row.session) if row.session else []
        known = {q.id for q in self._shipped.questions(full=True)}
        items = {
            answer.question
            for answer in said
            if answer.question in known and answer.value not in (None, Reply.NO)
        }
        return KeptLock(
            Lock(Tier[row.tier.upper()], row.rule),
            datetime.fromisoformat(row.set_wall),
            datetime.fromisoformat(row.lifted_wall) if row.lifted_wall else None,
            frozenset(items),
        )

    # Writing

    def answer_morning(self, sessions: Iterable[str], morning: Morning, wall: str) -> None:
        """Keep a morning's answers for the sessions of the day before, for all or for none."""
        rows = [
            AfterwardsRow(session, MORNING, wall, morning.tingling, morning.pain, morning.woken)
            for session in sessions
        ]
        self._store.add_afterwards(*rows)
        self.forget()

    def answer_ten_minutes(self, session: str, answer: RestAnswer, wall: str) -> None:
        """Keep how it was ten minutes after a session; numbness that stays closes sessions."""
        row = AfterwardsRow(
            session, TEN_MINUTES, wall, answer.tingling, answer.pain, numb=answer.numb
        )
        lock = LockRow(
            id=f"{session}-{NUMB.rule}-{wall}",
            profile=self._profile,
            session=session,
            tier=NUMB.tier.name.lower(),
            rule=NUMB.rule,
            set_wall=wall,
        )
        self._store.add_afterwards(row, locks=[lock] if answer.numb else [])
        self.forget()

    def due_ten_minutes(self, now: datetime) -> tuple[str, datetime] | None:
        """The session whose ten-minute question is open, and from when it is to be asked.

        None when it was answered or skipped, asked by the session itself, or lapsed.
        """
        last = self._store.last_session(self._profile)
        if last is None:
            return None
        past = {past.id: past for past in self.diary(now).pasts}.get(last.id)
        asked = any(row.kind == TEN_MINUTES for row in self._afterwards().get(last.id, ()))
        if past is None or not past.outcome.asked_afterwards(played=past.played) or asked:
            return None
        try:
            records = kept_records(self._store, last.id)
            due = _ended_at(records) + TEN_MINUTES_AFTER
            if not due - ASKED_UNTIL < now < due + ASKED_UNTIL:
                return None
            if past.stopped_by_rules and asked_ten_minutes_later(self._shipped, records, last.id):
                return None
        except (BadFile, LookupError, ValueError):
            return None
        return last.id, due

    def set_locks(self, locks: Sequence[Lock], wall: str) -> None:
        """Close sessions by rules that no running session asked for."""
        rows = [
            LockRow(
                id=f"{self._profile}-{lock.rule}-{wall}",
                profile=self._profile,
                session=None,
                tier=lock.tier.name.lower(),
                rule=lock.rule,
                set_wall=wall,
            )
            for lock in locks
        ]
        if rows:
            self._store.set_locks(rows)
            self.forget()

    def lift_locks(self, ids: Sequence[str], wall: str, who: str, note: str) -> None:
        """Open sessions again: all of these locks are lifted, or none."""
        self._store.lift_locks(ids, lifted_wall=wall, lifted_by=who, note=note)
        self.forget()

    def note_neck_assessed(self, since: datetime, wall: str, who: str) -> None:
        """Note that somebody was seen about what keeps neck movements out since a moment."""
        row = LockRow(
            id=f"{self._profile}-{NECK_OFF.rule}-{wall}",
            profile=self._profile,
            session=None,
            tier=NECK_OFF.tier.name.lower(),
            rule=NECK_OFF.rule,
            set_wall=since.isoformat(),
            lifted_wall=wall,
            lifted_by=who,
        )
        self._store.set_locks([row])
        self.forget()

    def allow(self, exercise: str, wall: str) -> None:
        """Keep that a physiotherapist lifted an exercise's home limits."""
        made = AllowanceRow(f"{self._profile}-{exercise}-{wall}", self._profile, exercise, wall)
        self._store.allow(made)
        self.forget()

    def take_back(self, exercise: str) -> None:
        """Forget that a physiotherapist lifted an exercise's home limits."""
        self._store.take_back(self._profile, exercise)
        self.forget()


def _ended_at(records: Sequence[LogRecord]) -> datetime:
    """When a session was really over: closing one by hand may come long after that."""
    left = [record.data.get("kind") == Leave.__name__ for record in records]
    ended = records[left.index(True) - 1] if True in left else records[-1]
    return datetime.fromisoformat(ended.wall)


def _joined(past: PastSession, answers: Sequence[AfterwardsRow]) -> PastSession:
    """The session with what was answered after it; the last answer of a kind counts."""
    for row in answers:
        if row.kind == MORNING:
            past = replace(past, morning=Morning(row.tingling, row.pain, row.woken))
        else:
            past = with_ten_minutes(past, RestAnswer(row.tingling, row.pain, numb=row.numb))
    return past
