"""Playing many days of one made-up person: sessions, mornings, locks, steps up and down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from coach.app.daily.days import TEN_MINUTES_AFTER, Outlook, neck_off_since
from coach.app.daily.why import First, closed_words, first_of, sentences
from coach.app.phrasing import Phrasing
from coach.app.session.check_in_words import easy_day, left_out
from coach.app.shipped import Shipped
from coach.app.simulation.simulate import Played, play, set_objects, simulated_id
from coach.app.simulation.simulated_home import Home
from coach.domain.decision import Phrase
from coach.domain.exercise import Tag
from coach.domain.outcome import Outcome
from coach.domain.past import Morning, PastSession, lived_day
from coach.domain.plan import Plan
from coach.domain.screening import Lock
from coach.domain.side import Side
from coach.engine.ledger import Ledger
from coach.formats.life_file import Day, Life
from coach.rules.check_in import BASELINE_RULE
from coach.rules.locks import NECK_OFF, Assessment, StillLocked
from coach.rules.progression import LegKey

#: Day 0 of every made-up life: a Monday, so that a printed life reads the same for ever.
FIRST_DAY = date(2026, 1, 5)
_NO_SESSION = Phrase(f"closed.{BASELINE_RULE}")


@dataclass(frozen=True)
class Lived:
    """One day as it went. played and past are None when no session began.

    levels: what each exercise stood at on each leg. rules: what shaped the day, strongest first.
    locks: what keeps sessions closed at its end. full: every question was to be asked.
    stays: why an unlock that was tried has not opened the sessions.
    """

    entry: Day
    outcome: Outcome
    rules: tuple[str, ...]
    levels: Mapping[LegKey, str]
    locks: tuple[Lock, ...]
    why: str
    full: bool = False
    stays: StillLocked | None = None
    played: Played | None = None
    past: PastSession | None = None


def start_of(entry: Day) -> datetime:
    """When an entry's session is to begin."""
    return datetime.combine(FIRST_DAY + timedelta(days=entry.day), entry.time, UTC)


def live(
    shipped: Shipped, plan: Plan, plan_text: str, life: Life, phrasing: Phrasing
) -> Iterator[Lived]:
    """Play every day of a life in order, one home for all of them."""
    living = _Living(Home(shipped, plan, plan_text), phrasing)
    mornings = {entry.day: entry.morning for entry in life.days if entry.morning}
    for entry in life.days:
        now = start_of(entry)
        living.answer_morning(mornings, now)
        yield living.day(entry, now)


@dataclass
class _Living:
    """A home and what is said there."""

    home: Home
    phrasing: Phrasing

    def answer_morning(self, mornings: Mapping[int, Morning], now: datetime) -> None:
        """Answer what is asked before anything else, if this life has an answer to it."""
        due = self.home.diary.due_morning(lived_day(now))
        morning = None if due is None else mornings.get((due - FIRST_DAY).days)
        if morning is not None:
            self.home.answer_morning(morning, now)

    def day(self, entry: Day, now: datetime) -> Lived:
        """One entry of the life; what was said ten minutes after it is kept at its end."""
        home, stays = self.home, None
        if entry.unlock is not None:
            seen = Assessment(entry.unlock.who, now.date(), entry.unlock.cleared)
            stays = home.unlock(seen, now)
        side = entry.answers.check_in.sore_side
        today = home.outlook(now, side)
        levels = {key: dose.level.value for key, dose in today.standing.doses.items()}
        closed = self._closed(today, now)
        if closed:
            rules, why = closed
            locks = _locks(home)
            return Lived(entry, Outcome.REFUSED, rules, levels, locks, why, stays=stays)
        first = first_of(home.diary)
        played, past = self._session(entry, today, side, now)
        why = self._why(today, lived_day(now), first, played.ledger)
        shaped = (*today.standing.rules, *_advised(today), *self._left_out_by(played.ledger))
        rules = tuple(dict.fromkeys(shaped))
        found = played.ledger.clearance
        if past.outcome is Outcome.REFUSED and found is not None and found.no_session:
            rules, why = (*rules, BASELINE_RULE), self.phrasing.words(_NO_SESSION)
        rules += tuple(lock.rule for lock in played.ledger.locks)
        lived = Lived(
            entry, past.outcome, rules, levels, _locks(home), why, today.full, stays, played, past
        )
        if entry.ten_minutes is not None and past.outcome.asked_afterwards(played=past.played):
            ended = now + timedelta(milliseconds=played.records[-1].ms)
            home.answer_ten_minutes(entry.ten_minutes, ended + TEN_MINUTES_AFTER)
        return lived

    def _closed(self, today: Outlook, now: datetime) -> tuple[tuple[str, ...], str] | None:
        """The rules against a session today and the words for it; None when it may begin."""
        if self.home.may_begin(today):
            return None
        active = self.home.diary.active
        if active:
            worst = max(active, key=lambda kept: kept.lock.tier)
            told = self.phrasing.words(Phrase(f"tier.{worst.lock.tier.name.lower()}"))
            return tuple(kept.lock.rule for kept in active), told
        rules = tuple(reason.rule for reason in today.not_yet)
        return rules, " ".join(closed_words(today.not_yet[0], self.phrasing, now)).strip()

    def _left_out_by(self, ledger: Ledger) -> Iterator[str]:
        """The rules behind what the check-in, or dizziness of an earlier day, changed."""
        home, tags = self.home, {tag for _, tag in ledger.left_out}
        easy = ledger.clearance is not None and ledger.clearance.easy_day
        if easy or Tag.TINGLING_NOW in tags:
            yield BASELINE_RULE
        if Tag.NO_NECK in tags and neck_off_since(home.pasts[:-1], home.locks) is not None:
            yield NECK_OFF.rule
            tags.remove(Tag.NO_NECK)
        yield from (q.id for q in home.shipped.questions(full=True) if q.tag in tags)

    def _why(self, today: Outlook, day: date, first: First | None, ledger: Ledger) -> str:
        """Why the session was as it was: what earlier days made of it, then its check-in."""
        phrases, missed = self.phrasing.phrases, {name for name, _ in ledger.left_out}
        easy = easy_day(phrases, ledger)
        reasons = [
            one
            for one in today.standing.reasons
            if not (easy or (one.leg is not None and one.leg[0] in missed))
        ]
        said = sentences(reasons, self.phrasing, day, first=first) if not easy else ()
        advice = [self.phrasing.words(Phrase(f"day.{rule}")) for rule in _advised(today)]
        return " ".join([*easy, *said, *left_out(phrases, ledger), *advice])

    def _session(
        self, entry: Day, today: Outlook, side: Side | None, now: datetime
    ) -> tuple[Played, PastSession]:
        def wall(ms: int) -> str:
            return (now + timedelta(milliseconds=ms)).isoformat(timespec="milliseconds")

        script = self.home.script(today, side)
        session = simulated_id(wall(0), self.home.plan_text, entry.answers)
        header = self.home.header(script, today, session, wall(0))
        played = play(script, entry.answers, header, wall)
        return played, self.home.close(script, played.ledger, played.records, now)


def _advised(today: Outlook) -> tuple[str, ...]:
    return ("DAY-09",) if today.advised else ()


def _locks(home: Home) -> tuple[Lock, ...]:
    return tuple(kept.lock for kept in home.diary.active)


def life_object(days: Sequence[Lived], phrasing: Phrasing) -> dict[str, Any]:
    """The object ``simulate --life --json`` prints (DESIGN 5)."""
    return {"days": [_day_object(lived, phrasing) for lived in days]}


def _day_object(lived: Lived, phrasing: Phrasing) -> dict[str, Any]:
    levels: dict[str, dict[str, str]] = {}
    for (exercise, side), level in lived.levels.items():
        levels.setdefault(exercise, {})["both" if side is None else side.value] = level
    return {
        "day": lived.entry.day,
        "outcome": lived.outcome.value,
        "rules": list(lived.rules),
        "levels": levels,
        "sets": set_objects(lived.played, phrasing) if lived.played else [],
        "locks": [{"tier": lock.tier.name, "rule": lock.rule} for lock in lived.locks],
        "why": lived.why,
    }
