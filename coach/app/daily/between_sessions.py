"""What happens between sessions: questions afterwards, locks, a physiotherapist's code."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial

from coach.app.daily.days import Outlook, Wishes, known_tags, neck_off_since, outlook, why_it_stays
from coach.app.daily.diary_keeper import DiaryKeeper
from coach.app.daily.reminders import Facts
from coach.app.daily.today import (
    AllowedExercise,
    Ask,
    AskView,
    AssessmentDays,
    ClosedView,
    CodeAnswer,
    LockView,
    PhysioView,
)
from coach.app.daily.why import First, closed_words, first_of
from coach.app.phrasing import Phrasing
from coach.app.ports import Clock
from coach.app.shipped import Shipped
from coach.app.stop_reason import lock_reason
from coach.domain.action import Tier
from coach.domain.decision import Phrase
from coach.domain.exercise import Exercise, LevelName
from coach.domain.past import Morning, lived_day
from coach.domain.rating import RestAnswer
from coach.domain.screening import Lock
from coach.rules.locks import NECK_OFF, Assessment, StillLocked, opens_at, why_still_locked
from coach.store.records import LockRow
from coach.store.sessions import SessionStore


class BetweenSessions:
    """One person's days. wishes: the plan and leg in use, asked for anew each time."""

    def __init__(
        self,
        store: SessionStore,
        shipped: Shipped,
        profile: str,
        clock: Clock,
        phrasing: Phrasing,
        wishes: Callable[[], Wishes],
    ) -> None:
        self._store = store
        self._shipped = shipped
        self._profile = profile
        self._clock = clock
        self._phrasing = phrasing
        self._wishes = wishes
        self._keeper = DiaryKeeper(store, shipped, profile)
        self._seen: tuple[object, Outlook] | None = None

    def session_closed(self) -> None:
        """A session has ended: its facts count from now on."""
        self._keeper.forget()

    def outlook(self) -> Outlook:
        """What today is. Locks that earlier days ask for are on disk when this returns."""
        now, wishes = self._now(), self._wishes()
        diary = self._keeper.diary(now)
        key = (self._keeper.edition, f"{now:%Y-%m-%dT%H:%M}", wishes)
        if self._seen is None or self._seen[0] != key:
            tags = known_tags(self._shipped, partial(self._store.last_answer, self._profile))
            today = outlook(diary, wishes, now, self._shipped, tags)
            self._seen = (key, today)
            if today.locks_due:
                self._keeper.set_locks(today.locks_due, self._clock.wall())
                return self.outlook()
        return self._seen[1]

    @property
    def day(self) -> date:
        """The day it is, which lasts until the night's end."""
        return lived_day(self._now())

    @property
    def first_session(self) -> bool:
        """True when nothing was ever played."""
        return self.first is not None

    @property
    def first(self) -> First | None:
        """What a session today would be the first after."""
        return first_of(self._keeper.diary(self._now()))

    def reminder_facts(self) -> Facts:
        """What reminders have to know. Locks that earlier days ask for stand when this returns."""
        now, outlook = self._now(), self.outlook()
        today, diary = lived_day(now), self._keeper.diary(now)
        unfinished = self._store.unfinished(self._profile)
        begun = {past.day for past in diary.pasts}
        if unfinished is not None:
            begun.add(lived_day(_moment(unfinished.started_wall)))
        return Facts(
            session_today=today in begun,
            morning_due=diary.due_morning(today) is not None,
            locked=bool(diary.active),
            closed_by=tuple(reason.rule for reason in outlook.not_yet),
        )

    # Questions after a session

    def ask(self) -> AskView | None:
        """The questions that come before anything else, if any are due."""
        now = self._now()
        due = self._keeper.due_ten_minutes(now)
        if due is not None and now >= due[1]:
            about = self._phrasing.phrases.say("ask.about_last")
            return AskView(Ask.TEN_MINUTES, about, (due[0],))
        today, diary = lived_day(now), self._keeper.diary(now)
        day = diary.due_morning(today)
        if day is None:
            return None
        named = self._phrasing.day(day, today)
        about = self._phrasing.words(Phrase("ask.about_morning", (("day", named),)))
        sessions = (past.id for past in diary.pasts if past.played and past.day == day)
        return AskView(Ask.MORNING, about, tuple(sessions))

    def answer_morning(self, asked: AskView, morning: Morning) -> None:
        """Keep what the morning was like that was asked about, also when another is due by now."""
        self._keeper.answer_morning(asked.sessions, morning, self._clock.wall())
        self.outlook()

    def answer_ten_minutes(self, asked: AskView, answer: RestAnswer) -> None:
        """Keep how it was after the session that was asked about, also when the hour is over."""
        for session in asked.sessions:
            self._keeper.answer_ten_minutes(session, answer, self._clock.wall())

    # Locks

    def lock_view(self) -> LockView | None:
        """Why sessions are locked and what opens them; None when they are not."""
        self.outlook()
        return self.standing_lock()

    def standing_lock(self) -> LockView | None:
        """The same by the locks on disk alone, without looking at earlier days."""
        locks = self._store.active_locks(self._profile)
        if not locks:
            return None
        worst = max(locks, key=lambda row: Tier[row.tier.upper()])
        earliest = max(opens_at(Tier[row.tier.upper()], _moment(row.set_wall)) for row in locks)
        may_open = self._now() >= earliest
        say = self._phrasing.phrases.say
        opens = (
            say("lock.how")
            if may_open
            else say("lock.not_before", when=self._phrasing.moment(earliest, self._now()))
        )
        told = self._phrasing.words(Phrase(f"tier.{worst.tier}"))
        days = self._days([(_lock(row), _moment(row.set_wall)) for row in locks])
        answered = self._store.last_answer(self._profile, worst.rule)
        reason = lock_reason(self._shipped, self._phrasing, _lock(worst), answered)
        return LockView(say("lock.closed"), told, opens, may_open, days, reason)

    def _days(self, locks: Iterable[tuple[Lock, datetime]]) -> AssessmentDays:
        """The days of an assessment that would answer all these locks, by the rule itself."""
        first = date.min
        for lock, since in locks:
            before = since.date() - timedelta(days=1)
            opens = opens_at(lock.tier, since)
            if why_still_locked(lock, since, opens, Assessment("-", before, cleared=True)):
                first = max(first, since.date())
        named = "" if first == date.min else self._phrasing.dated(first)
        last = self._now().date()
        return AssessmentDays(first, last, named, self._phrasing.dated(last))

    def closed_view(self) -> ClosedView | None:
        """Why no session may begin now although nothing is locked."""
        reasons = self.outlook().not_yet
        if not reasons:
            return None
        text, opens = closed_words(reasons[0], self._phrasing, self._now())
        return ClosedView(self._phrasing.phrases.say("closed.title"), text, opens)

    def unlock(self, assessment: Assessment) -> StillLocked | None:
        """Lift every lock that this assessment answers; why one stays, or None when all are open.

        After that the next check-in asks every question (clinical.md 8). Where nothing is locked,
        it answers what keeps neck movements out.
        """
        rows, neck_off = self._store.active_locks(self._profile), self._neck_off()
        active = [(_lock(row), _moment(row.set_wall)) for row in rows]
        stays = why_it_stays(active, neck_off, self._now(), assessment)
        if stays is None:
            wall, who = self._clock.wall(), assessment.who.strip()
            if rows:
                note = f"assessed {assessment.day}"
                self._keeper.lift_locks([row.id for row in rows], wall, who, note)
            elif neck_off is not None:
                self._keeper.note_neck_assessed(neck_off, wall, who)
        return stays

    def unlock_with_code(self, code: str) -> StillLocked | CodeAnswer | None:
        """Lift the locks with a physiotherapist's code; red flags still wait their 24 hours."""
        tried = self._tried(code)
        if tried is not CodeAnswer.RIGHT:
            return tried
        by = self._phrasing.phrases.say("lock.by_code")
        return self.unlock(Assessment(by, self._now().date(), cleared=True))

    def neck_view(self) -> LockView | None:
        """Why neck movements are left out, None when they are not (NEW-03)."""
        since = self._neck_off()
        if since is None:
            return None
        say = self._phrasing.phrases.say
        told = say("neck.off", when=self._phrasing.dated(since.date()))
        days = self._days([(NECK_OFF, since)])
        return LockView(say("neck.title"), told, say("neck.how"), may_open=True, days=days)

    def _neck_off(self) -> datetime | None:
        diary = self._keeper.diary(self._now())
        return neck_off_since(diary.pasts, diary.locks)

    # A physiotherapist's code

    def allowed(self) -> frozenset[str]:
        """The exercises whose home limits a code has lifted."""
        return frozenset(name for name, _ in self._keeper.diary(self._now()).allowed)

    def physio(self) -> PhysioView:
        """What the physiotherapist's code can allow."""
        failed = self.outlook().code_opens
        since = dict(self._keeper.diary(self._now()).allowed)
        limited = []
        for exercise in self._shipped.catalogue.values():
            name = exercise.id
            if exercise.home_ceiling is LevelName.D and name not in failed and name not in since:
                continue
            text = self._limit(exercise, since.get(name), failed=name in failed)
            said = self._phrasing.phrases.say(f"{name}.name")
            limited.append(AllowedExercise(name, said, name in since.keys() - failed, text))
        code_set = self._store.physio_code.is_set
        return PhysioView(code_set, tuple(limited), may_set=code_set or not self._closed_for_code())

    def _closed_for_code(self) -> bool:
        """Whether a first code would open what the person who sets it may not open."""
        locked = (self._store.active_locks(one.id) for one in self._store.profiles())
        return any(locked) or self._neck_off() is not None

    def _limit(self, exercise: Exercise, since: datetime | None, *, failed: bool) -> str:
        say = self._phrasing.phrases.say
        if failed:
            return say("physio.failed")
        if since is not None:
            return say("physio.allowed_since", day=self._phrasing.dated(since.date()))
        if exercise.home_ceiling is None:
            return say("physio.only_with_code")
        return say("physio.up_to", level=exercise.home_ceiling.value)

    def set_physio_code(self, code: str, old: str) -> CodeAnswer:
        """Set the code; old is the one so far. Raises KnownError unless it has 6 to 12 digits.

        While something is locked no first code is set: whoever is locked out could open it so.
        """
        self.outlook()
        if not self._store.physio_code.is_set and self._closed_for_code():
            return CodeAnswer.LOCKED
        return CodeAnswer(self._store.physio_code.set(code, old or None, self._clock.utc_ms()))

    def allow(self, code: str, exercise_id: str) -> CodeAnswer:
        """Let an exercise go beyond its home limit, and forget where its steps up have failed."""
        tried = self._tried(code)
        if tried is CodeAnswer.RIGHT:
            self._keeper.allow(exercise_id, self._clock.wall())
        return tried

    def take_back(self, exercise_id: str) -> None:
        """Let an exercise keep to its home limit again; being stricter asks for no code."""
        self._keeper.take_back(exercise_id)

    def _tried(self, code: str) -> CodeAnswer:
        if not self._store.physio_code.is_set:
            return CodeAnswer.NOT_SET
        return CodeAnswer(self._store.physio_code.check(code, self._clock.utc_ms()))

    def _now(self) -> datetime:
        return _moment(self._clock.wall())


def _lock(row: LockRow) -> Lock:
    return Lock(Tier[row.tier.upper()], row.rule)


def _moment(wall: str) -> datetime:
    return datetime.fromisoformat(wall)
