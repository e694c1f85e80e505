"""From what is kept of earlier days to what today's session is. Shared by window and simulation."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from coach.app.shipped import Shipped
from coach.domain.action import Tier
from coach.domain.exercise import Tag
from coach.domain.past import PastSession, lived_day
from coach.domain.plan import Plan
from coach.domain.rating import RestAnswer
from coach.domain.screening import Lock, Reply
from coach.domain.side import Side
from coach.rules.after_set import SETTLED_WITHIN
from coach.rules.check_in import BOTH_LEGS_RULE, StillUp, full_screen_due
from coach.rules.locks import NECK_OFF, Assessment, StillLocked, why_still_locked
from coach.rules.long_view import locks_due, review_advised, still_up
from coach.rules.opening import NotYet, not_yet
from coach.rules.plan_load import todays_work
from coach.rules.progression import Events, Legs, legs_after
from coach.rules.todays_dose import Day, Standing, clock_went_back, standing

TEN_MINUTES_AFTER = timedelta(minutes=10)  # clinical.md 9.1 Q5
#: How long a clinician's clearance of a check-in item counts. A cautious convention of ours:
#: clinical.md 8 gives none.
CLEARED_FOR = timedelta(days=84)


@dataclass(frozen=True, slots=True)
class KeptLock:
    """A lock as it is kept: when it was set, and when it was lifted if it was.

    items: check-in items answered other than "no" in the session it came from.
    """

    lock: Lock
    set_at: datetime
    lifted_at: datetime | None = None
    items: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Diary:
    """All that earlier days leave: closed sessions oldest first, locks, what a code allowed.

    full_at: when every question was last asked. lost: what a recent session left cannot be read.
    """

    pasts: tuple[PastSession, ...] = ()
    locks: tuple[KeptLock, ...] = ()
    allowed: tuple[tuple[str, datetime], ...] = ()
    full_at: datetime | None = None
    lost: bool = False

    @property
    def active(self) -> tuple[KeptLock, ...]:
        """The locks that keep sessions closed."""
        return tuple(kept for kept in self.locks if _closes(kept) and kept.lifted_at is None)

    @property
    def assessed_at(self) -> datetime | None:
        """When a lock was last lifted by an assessment; one about the neck alone is none."""
        lifted = [kept.lifted_at for kept in self.locks if kept.lifted_at and _closes(kept)]
        return max(lifted, default=None)

    def due_morning(self, today: date) -> date | None:
        """The day whose next morning is to be asked about before anything else, if there is one."""
        days = [past.day for past in self.pasts if past.played and past.day < today]
        if not days:
            return None
        last = max(days)
        asked = any(past.morning is not None for past in self.pasts if past.day == last)
        return None if asked else last


def _closes(kept: KeptLock) -> bool:
    return kept.lock.tier.locks


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person or the plan asks for today.

    plan_sha256: fingerprint of the plan's text; sore, side: see ``Script``.
    """

    plan: Plan
    plan_sha256: str
    sore: Side | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """Today: why no session may begin, what it would be, the locks that are due.

    advised: the month asks for a review (DAY-09). full: every question is asked.
    code_opens: exercises with a lever that only a physiotherapist's code opens again (PRG-07).
    """

    not_yet: tuple[NotYet, ...]
    standing: Standing
    locks_due: tuple[Lock, ...]
    still_up: StillUp | None
    advised: bool
    full: bool
    cleared: frozenset[str]
    tags: frozenset[Tag]
    code_opens: frozenset[str]


def outlook(
    diary: Diary, wishes: Wishes, now: datetime, shipped: Shipped, tags: frozenset[Tag]
) -> Outlook:
    """What today is, from what is kept. tags: what an earlier check-in found."""
    table, catalogue = shipped.across_days, shipped.catalogue
    pasts, since = diary.pasts, diary.assessed_at
    locked = tuple(kept.set_at for kept in diary.locks if _closes(kept))
    events = Events(locked, diary.allowed)
    lost = diary.lost or clock_went_back(pasts, now, table)
    full = lost or _full_screen(diary, now)
    known = (frozenset() if full else tags) | _neck_off(diary)
    work = todays_work(
        wishes.plan, wishes.plan.items, catalogue, sore=wishes.sore, side=wishes.side
    )
    day = Day(
        now=now,
        plan=wishes.plan_sha256,
        work=tuple(work),
        allowed=frozenset(exercise for exercise, _ in diary.allowed),
        tags=known,
        locked=locked,
        lost=lost,
    )
    legs = legs_after(pasts, events, lived_day(now), catalogue, table)
    active = {kept.lock.rule for kept in diary.active}
    due = [lock for lock in locks_due(pasts, now, table, since) if lock.rule not in active]
    return Outlook(
        not_yet=not_yet(pasts, wishes.plan, now, table),
        standing=standing(day, legs, pasts, catalogue, table),
        locks_due=tuple(due),
        still_up=still_up(pasts, now, table, since),
        advised=review_advised(pasts, now, table),
        full=full,
        cleared=_cleared(diary, now, shipped),
        tags=known,
        code_opens=_code_opens(legs, table["PRG-07"].times),
    )


def _code_opens(legs: Legs, times: int) -> frozenset[str]:
    """The exercises in which a lever has failed so often that only a code opens it."""
    return frozenset(
        exercise
        for (exercise, _), leg in legs.items()
        if max(Counter(failure.lever for failure in leg.failures).values(), default=0) >= times
    )


def _full_screen(diary: Diary, now: datetime) -> bool:
    last = diary.pasts[-1].began if diary.pasts else None
    lifted = max((kept.lifted_at for kept in diary.locks if kept.lifted_at), default=None)
    return full_screen_due(
        days_since_full=_days(diary.full_at, now),
        days_since_session=_days(last, now),
        lock_lifted=lifted is not None and (diary.full_at is None or lifted > diary.full_at),
    )


def _days(then: datetime | None, now: datetime) -> int | None:
    return None if then is None else (now - then).days


def _cleared(diary: Diary, now: datetime, shipped: Shipped) -> frozenset[str]:
    """Check-in items about which somebody has been seen: they no longer lock by themselves."""
    clearable = {q.id for q in shipped.questions(full=True) if q.tier is Tier.CLEARANCE}
    recent = [
        kept
        for kept in diary.locks
        if kept.lifted_at is not None and now - kept.lifted_at <= CLEARED_FOR
    ]
    items = {item for kept in recent for item in {kept.lock.rule, *kept.items} & clearable}
    both_legs = Lock(Tier.CLEARANCE, BOTH_LEGS_RULE)  # the long-standing kind, not the new one
    known = {BOTH_LEGS_RULE} if any(kept.lock == both_legs for kept in recent) else set()
    return frozenset(items | known)


def neck_off_since(pasts: Sequence[PastSession], locks: Iterable[KeptLock]) -> datetime | None:
    """When dizziness was last reported that nobody has been seen about since; None when none."""
    seen = [kept.lifted_at for kept in locks if kept.lifted_at and kept.lock.rule == NECK_OFF.rule]
    dizzy = [past.began for past in pasts if past.dizzy]
    last = max(dizzy, default=None)
    return None if last is None or any(at > last for at in seen) else last


def _neck_off(diary: Diary) -> frozenset[Tag]:
    off = neck_off_since(diary.pasts, diary.locks)
    return frozenset() if off is None else frozenset({Tag.NO_NECK})


def known_tags(shipped: Shipped, last: Callable[[str], str | None]) -> frozenset[Tag]:
    """What was last answered to the questions that only a full check-in asks.

    last: the last reply to a question, by its id; None when there is none.
    """
    return frozenset(
        question.tag
        for question in shipped.questions(full=True)
        if question.tag is not None
        and not question.every_time
        and last(question.id) not in (None, Reply.NO)
    )


def with_ten_minutes(past: PastSession, answer: RestAnswer) -> PastSession:
    """A session with what was said ten minutes after it (clinical.md 9.3 REC-04)."""
    if answer.tingling is None or past.tingling is None:
        return past
    settled = answer.tingling <= past.tingling + SETTLED_WITHIN
    return replace(past, unsettled=past.unsettled or not settled)


def why_it_stays(
    active: Iterable[tuple[Lock, datetime]],
    neck_off: datetime | None,
    now: datetime,
    assessment: Assessment,
) -> StillLocked | None:
    """Why an assessment opens nothing, or None when it answers everything.

    active: the locks and when they were set. Where there are none, it answers what keeps neck
    movements out, which is so since ``neck_off``.
    """
    closed = list(active) or ([] if neck_off is None else [(NECK_OFF, neck_off)])
    whys = (why_still_locked(lock, since, now, assessment) for lock, since in closed)
    return next((why for why in whys if why is not None), None)
