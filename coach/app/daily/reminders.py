"""Which reminder is due at a moment, and when to look again. Pure: the moment is handed in.

A chosen time of day is compared with the clock on the wall, so that it keeps its hour when summer
time begins or ends. What was told is remembered by the time it was for: a clock that is put back
within its day tells nothing twice. A look is taken at least every few minutes, so a sleep of the
computer or a changed clock makes a reminder late, never lost for the day and never double.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from coach.store.settings import SESSION_TIMES, Settings
from coach.store.weekly import read_days, read_times

#: How late a reminder of a session still comes. Our own convention.
SESSION_LATE = timedelta(hours=4)
#: How late a movement break still comes: whoever was away from the computer has moved. Our own.
BREAK_LATE = timedelta(minutes=5)
#: Seconds added to the next look while the diary holds something back; short of a break's lateness.
HELD_S = 180
#: The longest a snooze lasts.
LONGEST_SNOOZE = timedelta(hours=1)
#: Rules that close sessions by their number alone (clinical.md 7.0); a movement break may come.
_COUNTS = "CAP-"


class Kind(StrEnum):
    """What is reminded of, the one that goes first first."""

    SESSION = "session"
    MORNING = "morning"
    BREAK = "break"


class Snooze(StrEnum):
    """How long a reminder is put off."""

    TEN_MINUTES = "ten_minutes"
    HOUR = "hour"
    TODAY = "today"


_LASTS = {Snooze.TEN_MINUTES: timedelta(minutes=10), Snooze.HOUR: LONGEST_SNOOZE}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person wants to be reminded of; a kind without times never comes.

    Days are ISO weekdays, Monday is 1. breaks_every: None for none; a window of breaks whose end
    is before its start goes on past midnight and belongs to the day on which it starts.
    """

    session_days: frozenset[int] = frozenset()
    session_at: tuple[time, ...] = ()
    morning_at: time | None = None
    break_days: frozenset[int] = frozenset()
    breaks_every: timedelta | None = None
    breaks_from: time = time(9)
    breaks_until: time = time(17)

    @property
    def nothing(self) -> bool:
        """Whether no reminder can ever come."""
        sessions = self.session_days and self.session_at
        breaks = self.break_days and self.breaks_every
        return not (sessions or breaks or self.morning_at is not None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the diary says today.

    session_today: one was begun, whatever became of it. morning_due: the question about the
    morning after the last session (clinical.md 9.1 M1-M3) is open. locked: a lock stands.
    closed_by: the rules by which no session may begin now.
    """

    session_today: bool = False
    morning_due: bool = False
    locked: bool = False
    closed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder to be told. slot: the time it was for (local, without offset).

    question_first: the question about the morning comes before the session.
    """

    kind: Kind
    slot: datetime
    question_first: bool = False


@dataclass(frozen=True, slots=True)
class PutOff:
    """Nothing is told until then (UTC); again: what is told once more after that, if anything."""

    until: datetime
    again: Due | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """What was told and put off. told: the last slot of each kind; quiet_on: nothing that day."""

    told: Mapping[Kind, datetime] = field(default_factory=dict)
    put_off: PutOff | None = None
    quiet_on: date | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What is due; seconds to the next look, None when none is needed; what to remember."""

    due: Due | None
    again_s: int | None
    memory: Memory


def wish_of(settings: Settings) -> Wish:
    """What the settings ask for."""
    sessions, breaks = settings.remind_session, settings.remind_break
    (morning_at,) = read_times(settings.remind_morning_at, 1)
    (breaks_from,) = read_times(settings.remind_break_from, 1)
    (breaks_until,) = read_times(settings.remind_break_until, 1)
    return Wish(
        session_days=read_days(settings.remind_days) if sessions else frozenset(),
        session_at=read_times(settings.remind_at, SESSION_TIMES) if sessions else (),
        morning_at=morning_at if settings.remind_morning else None,
        break_days=read_days(settings.remind_break_days) if breaks else frozenset(),
        breaks_every=timedelta(minutes=settings.remind_break_every) if breaks else None,
        breaks_from=breaks_from,
        breaks_until=breaks_until,
    )


def look(
    wish: Wish,
    memory: Memory,
    now: datetime,
    facts: Callable[[], Facts],
    *,
    running: bool,
    disturbs: Callable[[], bool],
) -> Look:
    """What is due now. now: local time with offset.

    running: a session is open. disturbs: whether the person does not want to be disturbed, as far
    as the desktop tells. It is asked when a time has come; facts, which cost more, after that.
    """
    if wish.nothing:
        return Look(None, None, memory)
    soon = 60 - now.second
    local = now.replace(tzinfo=None)
    memory = _without_old(memory, now)
    if running or memory.quiet_on == local.date() or _still_put_off(memory, now):
        return Look(None, soon, memory)
    came = _came(wish, memory, local)
    if not came or disturbs():
        return Look(None, soon, memory)
    known = facts()
    fitting = [due for due in came if _fits(due.kind, known)]
    if not fitting:
        return Look(None, HELD_S + soon, memory)
    # One at a time: what else has come by now is not told on top of it.
    first = min(fitting, key=lambda due: list(Kind).index(due.kind))
    told = {**memory.told, **{due.kind: due.slot for due in fitting}}
    question = first.kind is Kind.SESSION and known.morning_due
    due = replace(first, question_first=question)
    return Look(due, soon, replace(memory, told=told, put_off=None))


def put_off(memory: Memory, snooze: Snooze, now: datetime, last: Due | None) -> Memory:
    """The memory after a snooze. last: what was told last and has not been followed yet."""
    if snooze is Snooze.TODAY:
        return replace(memory, put_off=None, quiet_on=now.date())
    return replace(memory, put_off=PutOff(now.astimezone(UTC) + _LASTS[snooze], last))


def _without_old(memory: Memory, now: datetime) -> Memory:
    """Without a snooze of another day, or one that a clock put back has made too long."""
    off = memory.put_off
    if off is None:
        return memory
    too_long = off.until - now > LONGEST_SNOOZE
    past = off.until <= now and (off.again is None or off.again.slot.date() != now.date())
    return replace(memory, put_off=None) if too_long or past else memory


def _still_put_off(memory: Memory, now: datetime) -> bool:
    return memory.put_off is not None and now < memory.put_off.until


def _came(wish: Wish, memory: Memory, local: datetime) -> list[Due]:
    """Whatever has come by now today and was not told yet, with what a snooze brings again."""
    slots = {
        Kind.SESSION: _session_slot(wish, local),
        Kind.MORNING: _morning_slot(wish, local),
        Kind.BREAK: _break_slot(wish, local),
    }
    again = memory.put_off.again if memory.put_off else None
    if again is not None and _wanted(wish, again.kind):
        slots[again.kind] = again.slot
    return [
        Due(kind, slot)
        for kind, slot in slots.items()
        if slot is not None
        and ((again is not None and kind is again.kind) or not _was_told(memory, kind, slot))
    ]


def _wanted(wish: Wish, kind: Kind) -> bool:
    match kind:
        case Kind.SESSION:
            return bool(wish.session_days and wish.session_at)
        case Kind.MORNING:
            return wish.morning_at is not None
        case Kind.BREAK:
            return bool(wish.break_days and wish.breaks_every)


def _was_told(memory: Memory, kind: Kind, slot: datetime) -> bool:
    """Told for this slot or a later one of its day; a day ahead of it was another clock's."""
    told = memory.told.get(kind)
    return told is not None and told.date() == slot.date() and told >= slot


def _session_slot(wish: Wish, local: datetime) -> datetime | None:
    if local.isoweekday() not in wish.session_days:
        return None
    return _last_of(wish.session_at, local, SESSION_LATE)


def _morning_slot(wish: Wish, local: datetime) -> datetime | None:
    """Late or not: the question stays open until it is answered or the next session asks it."""
    if wish.morning_at is None:
        return None
    return _last_of((wish.morning_at,), local, timedelta(days=1))


def _last_of(times: tuple[time, ...], local: datetime, late: timedelta) -> datetime | None:
    """The last of these times of today that has come, unless that is too long ago."""
    slots = [datetime.combine(local.date(), one) for one in times]
    last = max((slot for slot in slots if slot <= local), default=None)
    return last if last is not None and local - last <= late else None


def _break_slot(wish: Wish, local: datetime) -> datetime | None:
    """The last end of an interval within the window, unless that is too long ago."""
    if wish.breaks_every is None:
        return None
    for day in (local.date(), local.date() - timedelta(days=1)):
        begins = datetime.combine(day, wish.breaks_from)
        ends = datetime.combine(day, wish.breaks_until)
        if ends < begins:
            ends += timedelta(days=1)
        if day.isoweekday() in wish.break_days and begins <= local <= ends + BREAK_LATE:
            whole = (min(local, ends) - begins) // wish.breaks_every
            slot = begins + whole * wish.breaks_every
            if whole and local - slot <= BREAK_LATE and slot.date() == local.date():
                return slot
    return None


def _fits(kind: Kind, facts: Facts) -> bool:
    """Whether a reminder may come. While a lock stands there is none of any kind."""
    if facts.locked:
        return False
    match kind:
        case Kind.SESSION:
            return not facts.session_today and not facts.closed_by
        case Kind.MORNING:
            return facts.morning_due
        case Kind.BREAK:
            return all(rule.startswith(_COUNTS) for rule in facts.closed_by)
