"""Playing many days of one made-up person: sessions, mornings, locks, steps up and down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from coach.app.days import Diary, KeptLock, Outlook, Wishes, outlook
from coach.app.headers import session_header, text_sha256
from coach.app.phrasing import Phrasing
from coach.app.shipped import Shipped
from coach.app.simulate import Played, play, set_objects
from coach.app.why import closed_words, sentences
from coach.domain.decision import Phrase
from coach.domain.exercise import Tag
from coach.domain.outcome import Outcome
from coach.domain.past import PastSession
from coach.domain.plan import Plan
from coach.domain.screening import Lock, Reply
from coach.domain.side import Side
from coach.engine.looking_back import past_of
from coach.engine.script import Script
from coach.formats.answers_file import Answers
from coach.formats.life_file import Day, Life
from coach.rules.after_set import SETTLED_WITHIN
from coach.rules.locks import Assessment, why_still_locked
from coach.rules.progression import LegKey

#: Day 0 of every made-up life: a Monday, so that a printed life reads the same for ever.
FIRST_DAY = date(2026, 1, 5)


@dataclass(frozen=True)
class Lived:
    """One day as it went. played is None when no session began.

    levels: what each exercise stood at on each leg. rules: what shaped the day, strongest first.
    locks: what keeps sessions closed at its end.
    """

    day: int
    outcome: Outcome
    rules: tuple[str, ...]
    levels: Mapping[LegKey, str]
    locks: tuple[Lock, ...]
    why: str
    played: Played | None = None


@dataclass
class _Home:
    """Everything one person's program remembers, without a disk."""

    pasts: list[tuple[Day, PastSession]]
    locks: list[KeptLock]
    replies: dict[str, Reply]
    full_at: datetime | None = None

    def diary(self, now: datetime) -> Diary:
        """What is known at a moment: a morning only once it has come."""
        pasts = [_told(entry, past, now) for entry, past in self.pasts]
        return Diary(tuple(pasts), tuple(self.locks), (), self.full_at)


def _told(entry: Day, past: PastSession, now: datetime) -> PastSession:
    return (
        past
        if entry.morning is None or past.day >= now.date()
        else replace(past, morning=entry.morning)
    )


def live(
    shipped: Shipped, plan: Plan, plan_text: str, life: Life, phrasing: Phrasing
) -> Iterator[Lived]:
    """Play every day of a life in order, one home for all of them."""
    home = _Home([], [], {})
    wishes = Wishes(plan, text_sha256(plan_text))
    for entry in life.days:
        now = _start_of(entry)
        sore = entry.answers.check_in.sore_side
        asked = replace(wishes, sore=sore, side=sore)
        if entry.unlock is not None:
            _unlock(home, Assessment(entry.unlock.who, now.date(), entry.unlock.cleared), now)
        today = outlook(home.diary(now), asked, now, shipped, _tags(home, shipped))
        home.locks += [KeptLock(lock, now) for lock in today.locks_due]
        yield _day(home, entry, today, asked, plan_text, shipped, phrasing, now)


def _start_of(entry: Day) -> datetime:
    return datetime.combine(FIRST_DAY + timedelta(days=entry.day), entry.time, UTC)


def _unlock(home: _Home, assessment: Assessment, now: datetime) -> None:
    """Lift the locks that the assessment answers."""
    for place, kept in enumerate(home.locks):
        stays = why_still_locked(kept.lock.tier, kept.set_at, now, assessment)
        if kept.lifted_at is None and stays is None:
            home.locks[place] = replace(kept, lifted_at=now)


def _tags(home: _Home, shipped: Shipped) -> frozenset[Tag]:
    """What was last answered to the questions that only a full check-in asks."""
    return frozenset(
        q.tag
        for q in shipped.questions(full=True)
        if q.tag is not None
        and not q.every_time
        and home.replies.get(q.id, Reply.NO) is not Reply.NO
    )


def _day(
    home: _Home,
    entry: Day,
    today: Outlook,
    wishes: Wishes,
    plan_text: str,
    shipped: Shipped,
    phrasing: Phrasing,
    now: datetime,
) -> Lived:
    levels = {key: dose.level.value for key, dose in today.standing.doses.items()}
    active = home.diary(now).active
    if active:
        worst = max(active, key=lambda kept: kept.lock.tier)
        told = phrasing.words(Phrase(f"tier.{worst.lock.tier.name.lower()}"))
        rules = tuple(kept.lock.rule for kept in active)
        return Lived(entry.day, Outcome.REFUSED, rules, levels, _locks(active), told)
    if today.not_yet:
        rules = tuple(reason.rule for reason in today.not_yet)
        why = " ".join(closed_words(today.not_yet[0], phrasing))
        return Lived(entry.day, Outcome.REFUSED, rules, levels, (), why)
    first = not any(past.played for _, past in home.pasts)
    why = " ".join(sentences(today.standing.reasons, phrasing, first=first))
    script = _script(today, wishes, shipped)
    header = session_header(
        shipped,
        script,
        plan_text,
        session=f"day-{entry.day:03}-{entry.time:%H%M}",
        profile="simulated",
        rules=today.standing.rules,
    )

    def wall(ms: int) -> str:
        return (now + timedelta(milliseconds=ms)).isoformat(timespec="milliseconds")

    played = play(script, entry.answers, header, wall)
    _remember(home, entry, played, script, wishes, today, now)
    rules = (*today.standing.rules, *(lock.rule for lock in played.ledger.locks))
    outcome = played.ledger.outcome or Outcome.INCOMPLETE
    locks = _locks(home.diary(now).active)
    return Lived(entry.day, outcome, rules, levels, locks, why, played)


def _script(today: Outlook, wishes: Wishes, shipped: Shipped) -> Script:
    return Script(
        wishes.plan,
        shipped.catalogue,
        shipped.questions(full=today.full),
        shipped.after_set,
        sore=wishes.sore,
        side=wishes.side,
        cleared=today.cleared,
        tags=today.tags,
        doses=today.standing.doses,
        withheld=today.standing.withheld,
        still_up=today.still_up,
    )


def _remember(
    home: _Home,
    entry: Day,
    played: Played,
    script: Script,
    wishes: Wishes,
    today: Outlook,
    now: datetime,
) -> None:
    """What the program keeps of a day."""
    past = past_of(script, played.ledger, now, wishes.plan_sha256)
    later = entry.ten_minutes
    if later is not None and later.tingling is not None and past.tingling is not None:
        unsettled = later.tingling > past.tingling + SETTLED_WITHIN
        past = replace(past, unsettled=past.unsettled or unsettled)
    home.pasts.append((entry, past))
    said = _said(entry.answers, script)
    home.replies.update(said)
    if today.full and len(said) == len(script.questions):
        home.full_at = now
    items = frozenset(name for name, reply in said.items() if reply is not Reply.NO)
    home.locks += [KeptLock(lock, now, items=items) for lock in played.ledger.locks]


def _said(answers: Answers, script: Script) -> dict[str, Reply]:
    replies = {q.id: answers.check_in.reply(q.id) for q in script.questions}
    return {name: reply for name, reply in replies.items() if reply is not None}


def _locks(kept: tuple[KeptLock, ...]) -> tuple[Lock, ...]:
    return tuple(one.lock for one in kept)


def life_object(days: list[Lived], phrasing: Phrasing) -> dict[str, Any]:
    """The object ``simulate --life --json`` prints (DESIGN 5)."""
    return {"days": [_day_object(lived, phrasing) for lived in days]}


def _day_object(lived: Lived, phrasing: Phrasing) -> dict[str, Any]:
    levels: dict[str, dict[str, str]] = {}
    for (exercise, side), level in lived.levels.items():
        levels.setdefault(exercise, {})[_side_name(side)] = level
    return {
        "day": lived.day,
        "outcome": lived.outcome.value,
        "rules": list(lived.rules),
        "levels": levels,
        "sets": set_objects(lived.played, phrasing) if lived.played else [],
        "locks": [{"tier": lock.tier.name, "rule": lock.rule} for lock in lived.locks],
        "why": lived.why,
    }


def _side_name(side: Side | None) -> str:
    return "both" if side is None else side.value


def life_table(days: list[Lived], phrasing: Phrasing) -> str:
    """A life in words for a terminal: what each day was, what was felt, and why."""
    return "\n".join(line for lived in days for line in _day_lines(lived, phrasing))


def _day_lines(lived: Lived, phrasing: Phrasing) -> Iterator[str]:
    moment = FIRST_DAY + timedelta(days=lived.day)
    rules = " ".join(lived.rules)
    outcome = lived.outcome.value
    yield f"Day {lived.day:<3} {moment:%a %Y-%m-%d}  {outcome:<10} {rules}".rstrip()
    yield f"    {lived.why}"
    for entry in set_objects(lived.played, phrasing) if lived.played else ():
        felt = f"tingling {_or_dash(entry['tingling'])} pain {_or_dash(entry['pain'])}"
        did = f"{entry['exercise']} {entry['level']} {entry['side'] or 'both'}"
        angles = entry["angles"]
        how = f"{entry['reps']} x knee {angles['knee']} hip {angles['hip']} ankle {angles['ankle']}"
        hold = f" {entry['hold_s']} s" if entry["hold_s"] else ""
        decided = " ".join([entry["action"] or "-", *entry["rules"], *entry["levers"]])
        yield f"    {entry['n']:>2}. {did:<14} {how}{hold:<6} {felt:<22} {decided}"
    if lived.locks:
        yield "    Closed by " + ", ".join(
            f"{lock.rule} ({lock.tier.name})" for lock in lived.locks
        )


def _or_dash(value: int | None) -> str:
    return "-" if value is None else str(value)
