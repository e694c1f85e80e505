"""One person's program without a disk: all it remembers from one session to the next."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from coach.app.daily.days import (
    Diary,
    KeptLock,
    Outlook,
    Wishes,
    known_tags,
    neck_off_since,
    outlook,
    why_it_stays,
    with_ten_minutes,
)
from coach.app.session.headers import session_header, text_sha256
from coach.app.shipped import Shipped
from coach.app.simulation.simulate import SIMULATED
from coach.domain.past import Morning, PastSession, lived_day
from coach.domain.plan import Plan
from coach.domain.rating import RestAnswer
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.engine.inputs import Replied
from coach.engine.ledger import Ledger
from coach.engine.looking_back import past_of
from coach.engine.script import Script
from coach.formats.session_log import LogRecord, input_from
from coach.rules.locks import NECK_OFF, NUMB, Assessment, StillLocked


@dataclass
class Home:
    """One plan and one person: the closed sessions, the locks, the last answers of check-ins.

    full_at: when every question was last answered.
    """

    shipped: Shipped
    plan: Plan
    plan_text: str
    pasts: list[PastSession] = field(default_factory=list)
    locks: list[KeptLock] = field(default_factory=list)
    replies: dict[str, Reply] = field(default_factory=dict)
    full_at: datetime | None = None

    @property
    def diary(self) -> Diary:
        """What earlier days left."""
        return Diary(tuple(self.pasts), tuple(self.locks), (), self.full_at)

    def outlook(self, now: datetime, side: Side | None) -> Outlook:
        """What today is for the leg that troubles. Locks that earlier days ask for are set."""
        wishes = Wishes(self.plan, text_sha256(self.plan_text), sore=side, side=side)
        tags = known_tags(self.shipped, self.replies.get)
        today = outlook(self.diary, wishes, now, self.shipped, tags)
        if not today.locks_due:
            return today
        self.locks += [KeptLock(lock, now) for lock in today.locks_due]
        return self.outlook(now, side)

    def may_begin(self, today: Outlook) -> bool:
        """Whether nothing keeps a session closed: no lock, no cap, no gap."""
        return not (self.diary.active or today.not_yet)

    def script(self, today: Outlook, side: Side | None) -> Script:
        """The session that today would be."""
        return Script(
            self.plan,
            self.shipped.catalogue,
            self.shipped.questions(full=today.full),
            self.shipped.after_set,
            sore=side,
            side=side,
            cleared=today.cleared,
            tags=today.tags,
            doses=today.standing.doses,
            withheld=today.standing.withheld,
            still_up=today.still_up,
        )

    def header(self, script: Script, today: Outlook, session: str, wall: str) -> dict[str, Any]:
        """The first record of the log of a session that begins at ``wall``."""
        return session_header(
            self.shipped,
            script,
            self.plan_text,
            session=session,
            profile=SIMULATED,
            wall=wall,
            rules=today.standing.rules,
        )

    def close(
        self, script: Script, ledger: Ledger, records: Iterable[LogRecord], now: datetime
    ) -> PastSession:
        """Keep what a session leaves that began at ``now``."""
        header, *later = records
        past = past_of(script, ledger, now, header.data["plan_sha256"], header.data["session"])
        self.pasts.append(past)
        said = _said(later)
        self.replies.update(said)
        if said.keys() >= {q.id for q in self.shipped.questions(full=True)}:
            self.full_at = now
        items = frozenset(name for name, reply in said.items() if reply is not Reply.NO)
        set_at = [now + timedelta(milliseconds=one.ms) for one in later if one.type == "lock"]
        self.locks += [
            KeptLock(lock, moment, items=items)
            for lock, moment in zip(ledger.locks, set_at, strict=True)
        ]
        return past

    # Between sessions

    def answer_morning(self, morning: Morning, now: datetime) -> None:
        """Join a morning to the sessions of the last day with one."""
        day = self.diary.due_morning(lived_day(now))
        self.pasts = [
            replace(past, morning=morning) if past.played and past.day == day else past
            for past in self.pasts
        ]

    def answer_ten_minutes(self, answer: RestAnswer, now: datetime) -> None:
        """Join what is said ten minutes after it to the last session; numbness that stays locks."""
        self.pasts[-1] = with_ten_minutes(self.pasts[-1], answer)
        if answer.numb:
            self.locks.append(KeptLock(NUMB, now))

    def unlock(self, assessment: Assessment, now: datetime) -> StillLocked | None:
        """Lift every lock that the assessment answers; why one stays, or None when all are open.

        Where nothing is locked, it answers what keeps neck movements out.
        """
        active, since = self.diary.active, neck_off_since(self.pasts, self.locks)
        standing = [(kept.lock, kept.set_at) for kept in active]
        stays = why_it_stays(standing, since, now, assessment)
        if stays is None:
            self.locks = [
                replace(kept, lifted_at=now) if kept in active else kept for kept in self.locks
            ]
            if not active and since is not None:
                self.locks.append(KeptLock(NECK_OFF, since, now))
        return stays


def _said(records: Iterable[LogRecord]) -> dict[str, Reply]:
    """What was answered to the questions of a check-in."""
    given = [input_from(record.data) for record in records if record.type == "input"]
    return {one.question: one.reply for one in given if isinstance(one, Replied)}
