"""A made-up life that is watched: after every session, rules of our own say what must hold.

The laws count days, levers and hours by themselves, from what was given and what was played.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from coach.app.daily.days import KeptLock, Outlook
from coach.app.session.recorder import Recorder
from coach.app.shipped import Shipped
from coach.app.simulation.simulated_home import Home
from coach.domain.action import Action, Tier
from coach.domain.past import Morning, PastSession, Worked
from coach.domain.rating import RestAnswer
from coach.domain.screening import Lock
from coach.domain.side import Side
from coach.engine.ledger import Ledger
from coach.engine.run import Run
from coach.engine.script import Script
from coach.formats.plan_file import read_plan
from coach.formats.session_log import LogRecord
from coach.rules.levers import base_dose
from coach.rules.locks import Assessment
from watched_session import (
    Key,
    Person,
    Watched,
    answered_questions,
    day_of,
    decides_the_same_again,
    harder_levers,
    never_harder_within,
    run_through,
    tier_asked_for,
    within_caps,
    within_ceilings,
)

#: What came of a session: its ledger and its log.
Session = tuple[Ledger, tuple[LogRecord, ...]]

BEGAN = datetime(2026, 1, 5, 18, 30, tzinfo=UTC)

#: clinical.md 7.0 caps and 9.5, written down once more.
MOST_SESSIONS = 2
#: Check-in items about how somebody lives (clinical.md 8).
LASTING = frozenset({"C1", "C2", "C3", "C4", "C5", "C6", "C7", "C9"})
BETWEEN = timedelta(hours=4)
CALM_DAYS, CALM_DAYS_AFTER_A_STEP_DOWN = 3, 4
UNCHANGED_FOR = timedelta(hours=72)
AWAY = timedelta(days=7)


@dataclass
class _Standing:
    """How a leg was last seen in an exercise: places count sessions of the life."""

    worked: Worked
    place: int
    changed: int
    raised: int | None = None
    down: bool = False


@dataclass
class _SeenLock:
    lock: Lock
    set_at: datetime
    place: int
    opened: int | None = None


@dataclass
class WatchedLife:
    """One home, its clock and everything that was seen of it."""

    shipped: Shipped
    plan_text: str
    now: datetime = BEGAN
    sessions: list[Watched] = field(default_factory=list)
    locks: list[_SeenLock] = field(default_factory=list)

    def __post_init__(self) -> None:
        plan = read_plan(self.plan_text, "plan.toml", self.shipped.catalogue)
        self.home = Home(self.shipped, plan, self.plan_text)
        self.ranks = {name: one.rank for name, one in self.shipped.catalogue.items()}
        self._legs: dict[Key, _Standing] = {}
        self._full_due = True
        self._known: list[KeptLock] = []

    # What happens

    def wait(self, **time: float) -> None:
        """Let time pass, or set the clock back."""
        self.now += timedelta(**time)

    def answer_morning(self, morning: Morning) -> None:
        """What is asked first on a later day."""
        due = self.home.diary.due_morning(day_of(self.now))
        for session in self.sessions:
            if session.past.played and day_of(session.began) == due:
                session.morning = morning
        self.home.answer_morning(morning, self.now)

    def answer_ten_minutes(self, tingling: int | None) -> None:
        """What is asked ten minutes after a session that nothing stopped."""
        last = self.sessions[-1] if self.sessions else None
        if last is None or not last.past.played or last.past.outcome.sought_help:
            return
        if tingling is not None and last.past.tingling is not None:
            last.unsettled |= tingling > last.past.tingling + 1
        self.home.answer_ten_minutes(RestAnswer(tingling), self.now)

    def unlock(self, assessment: Assessment) -> None:
        """Try to open the sessions; it must work exactly when clinical.md 8 says so."""
        self._look_at_locks()
        standing = [lock for lock in self.locks if lock.opened is None]
        answered = all(self._answers(lock, assessment) for lock in standing)
        opened = self.home.unlock(assessment, self.now) is None
        if not standing:
            return
        assert opened == answered, f"{assessment} against {standing} at {self.now}"
        for lock in standing if opened else ():
            lock.opened = len(self.sessions)
        self._full_due |= opened

    def _answers(self, seen: _SeenLock, given: Assessment) -> bool:
        """Whether an assessment answers a lock (clinical.md 8).

        What happened asks for an assessment on that day or later; how somebody lives (C1 to C7,
        C9) may have been looked at before.
        """
        if not (given.cleared and given.who.strip() and given.day and seen.set_at <= self.now):
            return False
        urgent = seen.lock.tier >= Tier.URGENT
        if urgent and self.now - seen.set_at < timedelta(hours=24):
            return False
        before = seen.lock.rule in LASTING and not urgent
        return given.day <= self.now.date() and (before or given.day >= seen.set_at.date())

    def session(self, person: Person, side: Side | None = None) -> Watched | None:
        """Try to play a session now; None when the program keeps it closed."""
        today = self.home.outlook(self.now, side)
        self._look_at_locks()
        if not self.home.may_begin(today):
            ahead = timedelta(days=1)
            assert self._closed(ahead), f"nothing keeps {self.now} closed, yet {today.not_yet}"
            return None
        assert not self._closed(), f"{self._closed()}: a session began at {self.now}"
        watched = self._played(person, today, side)
        self._look_at_locks(after=True)
        self._hold_laws(watched)
        return watched

    def _played(self, person: Person, today: Outlook, side: Side | None) -> Watched:
        script = self.home.script(today, side)
        ledger, records = self._run(person, script, today)
        past = self.home.close(script, ledger, records, self.now)
        reported, unsettled = bool(ledger.reports), past.unsettled
        return Watched(self.now, today, past, ledger.sets, reported, records, unsettled=unsettled)

    def _run(self, person: Person, script: Script, today: Outlook) -> Session:
        recorder = Recorder(lambda ms: (self.now + timedelta(milliseconds=ms)).isoformat())
        recorder.header(
            self.home.header(script, today, f"session-{len(self.sessions)}", recorder.wall(0))
        )
        run = run_through(Run(script), person, recorder)
        return run.ledger, tuple(recorder.records)

    def _look_at_locks(self, *, after: bool = False) -> None:
        """Note every lock that has come into being; after: in the session just played."""
        place = len(self.sessions) + after
        for kept in self.home.locks:
            as_set = replace(kept, lifted_at=None)
            if as_set not in self._known and kept.lock.tier.locks:
                self._known.append(as_set)
                self.locks.append(_SeenLock(kept.lock, kept.set_at, place))

    # Laws

    def _closed(self, ahead: timedelta = timedelta(0)) -> str:
        """Why no session may begin now; "" when one may.

        Sessions dated later than now say that the clock was set back. They need not count, but up
        to a day ahead they may.
        """
        if any(lock.opened is None for lock in self.locks):
            return "locked"
        known = [one for one in self.sessions if one.began <= self.now + ahead]
        played = [one for one in known if one.past.played]
        most = min(self.home.plan.limits.sessions_per_day, MOST_SESSIONS)
        today = [one for one in known if day_of(one.began) >= day_of(self.now)]
        if sum(one.past.played for one in today) >= most:
            return "sessions a day"
        if any(not one.past.played and _too_strong(one.past) for one in today):
            return "too strong today"
        if played and self.now - played[-1].began < BETWEEN:
            return "four hours"
        early = [one for one in played if self.now - one.began < one.gap]
        return f"{early[-1].gap} after {early[-1].began}" if early else ""

    def _hold_laws(self, watched: Watched) -> None:
        self._red_flag_leaves_a_lock(watched)
        never_harder_within(watched, self.ranks)
        within_caps(watched, self.shipped.catalogue)
        within_ceilings(watched, self.shipped.catalogue, self.ranks)
        self._after_a_lock(watched)
        harder = [
            (key, lever)
            for key, before, worked in self._compared(watched)
            for lever in harder_levers(before.worked.ended, worked.began, self.ranks)
        ]
        assert len(harder) <= 1, f"more than one step up: {harder}"
        for key, _lever in harder:
            self._earned(key, watched)
        for key, before, worked in self._compared(watched):
            up = key in {raised for raised, _ in harder}
            self._came_down_for_a_reason(key, before, worked, watched, up=up)
        decides_the_same_again(watched, self.shipped)
        self._remember(watched, {key for key, _ in harder})

    def _red_flag_leaves_a_lock(self, watched: Watched) -> None:
        """A red flag always leaves a lock, of the tier it asks for or a stronger one."""
        seen = any(lock.opened is not None for lock in self.locks)
        asked = tier_asked_for(watched.records, seen=seen)
        active = max((kept.lock.tier for kept in self.home.diary.active), default=Tier.OK)
        assert active >= asked, f"a red flag ({asked.name}) left {active.name}"

    def _compared(self, watched: Watched) -> Iterator[tuple[Key, _Standing, Worked]]:
        for worked in watched.past.worked:
            key = (worked.exercise, worked.side)
            if worked.own and key in self._legs:
                yield key, self._legs[key], worked

    def _after_a_lock(self, watched: Watched) -> None:
        asked = watched.records[0].data["questions"]
        everything = len(self.shipped.questions(full=True))
        if self._full_due:
            assert len(asked) == everything, "not every question was asked after a lock"
            self._full_due = answered_questions(watched.records) < everything
        for worked in watched.past.worked:
            key = (worked.exercise, worked.side)
            if self._locked_since(self._legs[key].place if key in self._legs else -1):
                exercise = self.shipped.catalogue[worked.began.exercise]
                first = base_dose(exercise, exercise.levels[0].name)
                harder = harder_levers(first, worked.began, self.ranks)
                assert not harder, f"{key} began above the first level after a lock: {harder}"

    def _locked_since(self, place: int) -> bool:
        """Whether a lock was set after that session began and before the present one."""
        return any(place < lock.place <= len(self.sessions) for lock in self.locks)

    def _earned(self, key: Key, watched: Watched) -> None:
        """3 calm sessions on 3 days, 72 hours since the last change on the leg; 4 after down."""
        leg, before = key[1], self._legs[key]
        same_leg = [one for other, one in self._legs.items() if leg in (None, other[1])]
        changed = max([before.changed, *(one.raised for one in same_leg if one.raised is not None)])
        waited = watched.began - self.sessions[changed].began
        assert waited >= UNCHANGED_FOR, f"{key} got harder {waited} after the last change"
        days = set()
        for session in reversed(self.sessions[changed:]):
            if not session.sets or not any(one.side in (leg, None) for one in session.sets):
                continue
            if not session.calm(leg):
                break
            days.add(day_of(session.began))
        needed = CALM_DAYS_AFTER_A_STEP_DOWN if before.down else CALM_DAYS
        assert len(days) >= needed, f"{key} got harder after {len(days)} calm days of {needed}"

    def _came_down_for_a_reason(
        self, key: Key, before: _Standing, worked: Worked, watched: Watched, *, up: bool
    ) -> None:
        """A leg comes down for what it did itself, or for something that concerns the whole day.

        up: it got harder in another lever; a longer hold comes with fewer of them.
        """
        mine = [one for one in watched.sets if (one.item, one.side) == key]
        if worked.ended != worked.began:
            eased = any(one.decision and one.decision.action >= Action.EASE1 for one in mine)
            told = watched.reported and watched.sets[-1] in mine
            assert eased or told, f"{key} was eased without a set of its own asking for it"
        if up or not harder_levers(worked.began, before.worked.ended, self.ranks):
            return
        last = self.sessions[before.place]
        same_day = [one for one in self.sessions if day_of(one.began) == day_of(last.began)]
        since = self.sessions[before.place :]
        dates = [*(session.began for session in self.sessions[-2:]), watched.began]
        reasons = (
            self._locked_since(before.place),
            any(session.hard for session in [*same_day, *since]),
            any(session.hard_though_easy(key[1]) for session in since),
            watched.began - last.began >= AWAY,
            any(later + timedelta(days=1) < one for one, later in pairwise(dates)),
        )
        assert any(reasons), f"{key} came down by {before.worked.ended} to {worked.began}"

    def _remember(self, watched: Watched, raised: set[Key]) -> None:
        place = len(self.sessions)
        self.sessions.append(watched)
        for worked in watched.past.worked:
            key = (worked.exercise, worked.side)
            before = self._legs.get(key)
            if not worked.own:
                continue
            eased = worked.ended != worked.began
            if before is None:
                self._legs[key] = _Standing(worked, place, place, down=eased)
                continue
            lower = harder_levers(worked.began, before.worked.ended, self.ranks)
            came_down = eased or (bool(lower) and key not in raised)
            self._legs[key] = _Standing(
                worked,
                place,
                place if key in raised or came_down else before.changed,
                place if key in raised else before.raised,
                came_down or (before.down and key not in raised),
            )


def _too_strong(past: PastSession) -> bool:
    return max(past.tingling or 0, past.pain or 0) >= 6
