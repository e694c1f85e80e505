"""When a reminder is due: at the chosen time, once, and never when a session may not begin."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.app.daily.reminders import (
    BREAK_LATE,
    HELD_S,
    SESSION_LATE,
    Due,
    Facts,
    Kind,
    Look,
    Memory,
    Snooze,
    Wish,
    look,
    put_off,
    wish_of,
)
from coach.store.settings import Settings

BERLIN = ZoneInfo("Europe/Berlin")
FREE = Facts(morning_due=True)
#: 16 November 2026 is a Monday.
MONDAY = datetime(2026, 11, 16, tzinfo=BERLIN)
SESSIONS = Wish(session_days=frozenset({1, 3, 5}), session_at=(time(18, 30),))
BREAKS = Wish(
    break_days=frozenset({1, 2, 3, 4, 5}),
    breaks_every=timedelta(minutes=60),
    breaks_from=time(9),
    breaks_until=time(17),
)
MORNINGS = Wish(morning_at=time(8))


def at(hour: int, minute: int = 0, *, day: int = 0) -> datetime:
    """A moment of the week that begins with MONDAY."""
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def seen(
    wish: Wish,
    now: datetime,
    memory: Memory | None = None,
    facts: Facts = FREE,
    *,
    running: bool = False,
    disturbs: bool = False,
) -> Look:
    return look(
        wish, memory or Memory(), now, lambda: facts, running=running, disturbs=lambda: disturbs
    )


def told(wish: Wish, moments: Iterable[datetime], facts: Facts = FREE) -> list[tuple[str, Due]]:
    """What is told when somebody looks at these moments, each with the clock at which it was."""
    memory, heard = Memory(), []
    for now in moments:
        found = seen(wish, now, memory, facts)
        memory = found.memory
        if found.due is not None:
            heard.append((f"{now:%a %H:%M}", found.due))
    return heard


def minutes_of(first: datetime, days: int) -> Iterable[datetime]:
    """Every real minute of some days, as the clock on the wall shows it."""
    start = first.astimezone(UTC)
    return ((start + timedelta(minutes=n)).astimezone(first.tzinfo) for n in range(days * 1440))


# What comes, and when


def test_a_session_is_reminded_of_at_its_time_on_its_days() -> None:
    """Once on each chosen day of a week."""
    heard = told(SESSIONS, minutes_of(MONDAY, 7))
    assert [when for when, _ in heard] == ["Mon 18:30", "Wed 18:30", "Fri 18:30"]
    assert {due.kind for _, due in heard} == {Kind.SESSION}


def test_breaks_come_at_every_interval_of_the_window() -> None:
    """The first one interval after the window begins, the last one at its end."""
    heard = [when for when, _ in told(BREAKS, minutes_of(MONDAY, 1))]
    assert heard == [f"Mon {hour:02}:00" for hour in range(10, 18)]


def test_a_window_past_midnight_belongs_to_the_day_it_began() -> None:
    """Somebody on nights: Monday's window goes on into Tuesday and no further."""
    nights = replace(
        BREAKS, break_days=frozenset({1}), breaks_from=time(22), breaks_until=time(1, 30)
    )
    heard = [when for when, _ in told(nights, minutes_of(MONDAY, 3))]
    assert heard == ["Mon 23:00", "Tue 00:00", "Tue 01:00"]


def test_the_morning_question_comes_on_any_day_it_is_open() -> None:
    """And not when it is answered or there is none."""
    heard = [when for when, _ in told(MORNINGS, minutes_of(MONDAY, 2))]
    assert heard == ["Mon 08:00", "Tue 08:00"]
    assert told(MORNINGS, minutes_of(MONDAY, 2), Facts(morning_due=False)) == []


def test_the_session_goes_first_and_says_that_a_question_comes_before_it() -> None:
    """Nothing else that has come by then is told on top of it, nor afterwards."""
    wish = replace(
        BREAKS,
        session_days=frozenset({1}),
        session_at=(time(10),),
        morning_at=time(8),
    )
    first = seen(wish, at(10))
    assert first.due == Due(Kind.SESSION, datetime(2026, 11, 16, 10), question_first=True)  # noqa: DTZ001
    assert seen(wish, at(10, 1), first.memory).due is None
    answered = seen(wish, at(10), facts=Facts())
    assert answered.due is not None
    assert not answered.due.question_first


def test_a_second_time_reminds_again_only_where_nothing_was_begun() -> None:
    """The facts decide: a session today keeps every later one quiet."""
    wish = replace(SESSIONS, session_at=(time(8), time(18, 30)))
    assert [when for when, _ in told(wish, minutes_of(MONDAY, 1))] == ["Mon 08:00", "Mon 18:30"]
    assert told(wish, minutes_of(MONDAY, 1), Facts(session_today=True)) == []


def test_nothing_is_wanted_on_the_first_day() -> None:
    """Then nobody looks again."""
    assert wish_of(Settings()).nothing
    assert seen(wish_of(Settings()), at(18, 30)).again_s is None


def test_the_settings_say_what_is_wanted() -> None:
    """Each kind by its own switch."""
    everything = Settings(
        remind_session=True,
        remind_days="mon,sun",
        remind_at="18:30,07:00",
        remind_morning=True,
        remind_morning_at="08:15",
        remind_break=True,
        remind_break_days="tue",
        remind_break_every=45,
        remind_break_from="10:00",
        remind_break_until="16:00",
    )
    assert wish_of(everything) == Wish(
        session_days=frozenset({1, 7}),
        session_at=(time(7), time(18, 30)),
        morning_at=time(8, 15),
        break_days=frozenset({2}),
        breaks_every=timedelta(minutes=45),
        breaks_from=time(10),
        breaks_until=time(16),
    )
    assert wish_of(Settings(remind_session=True, remind_days="")).nothing


# What keeps it quiet


@pytest.mark.parametrize("wish", [SESSIONS, MORNINGS, BREAKS])
@pytest.mark.parametrize("running", [True, False])
def test_nothing_comes_while_a_session_is_open_or_a_lock_stands(wish: Wish, running: bool) -> None:
    """Of any kind."""
    facts = FREE if running else replace(FREE, locked=True)
    for hour in range(24):
        assert seen(wish, at(hour, 30 * (hour == 18)), facts=facts, running=running).due is None


@pytest.mark.parametrize("rule", ["CAP-01", "CAP-02", "CAP-04", "DAY-03", "REC-04", "BASE-01"])
def test_no_session_is_reminded_of_while_none_may_begin(rule: str) -> None:
    """Whatever the rule that closes it."""
    assert seen(SESSIONS, at(18, 30), facts=replace(FREE, closed_by=(rule,))).due is None


@pytest.mark.parametrize(("rule", "comes"), [("CAP-01", True), ("DAY-03", False)])
def test_a_break_comes_when_sessions_are_only_counted_out(rule: str, comes: bool) -> None:
    """And not while the leg has to be left alone."""
    found = seen(BREAKS, at(10), facts=replace(FREE, closed_by=("CAP-02", rule)))
    assert (found.due is not None) == comes


def test_what_was_held_back_comes_when_it_may() -> None:
    """The wait is over at ten to seven: the reminder of half past six comes then."""
    held = seen(SESSIONS, at(18, 30), facts=replace(FREE, closed_by=("CAP-02",)))
    assert held.again_s == HELD_S + 60
    assert seen(SESSIONS, at(18, 50), held.memory).due is not None


def test_somebody_who_must_not_be_disturbed_is_told_afterwards() -> None:
    """A talk until ten past seven."""
    quiet = seen(SESSIONS, at(18, 30), disturbs=True)
    assert quiet.due is None
    assert seen(SESSIONS, at(19, 10), quiet.memory).due is not None


def test_the_diary_is_not_opened_before_a_time_has_come() -> None:
    """Looking every minute has to cost nothing."""

    def opened() -> Facts:
        pytest.fail("the diary was read")

    look(SESSIONS, Memory(), at(12), opened, running=False, disturbs=lambda: False)
    look(SESSIONS, Memory(), at(18, 30), opened, running=True, disturbs=lambda: False)
    look(SESSIONS, Memory(), at(18, 30), opened, running=False, disturbs=lambda: True)


# Late, missed, and clocks that change


@pytest.mark.parametrize(
    ("wish", "due_at", "late"),
    [(SESSIONS, at(18, 30), SESSION_LATE), (BREAKS, at(11), BREAK_LATE)],
)
def test_a_missed_one_comes_once_and_not_too_late(
    wish: Wish, due_at: datetime, late: timedelta
) -> None:
    """The computer slept; both sides of the limit."""
    woken = seen(wish, due_at + late)
    assert woken.due is not None
    assert seen(wish, due_at + late, woken.memory).due is None
    assert seen(wish, due_at + late + timedelta(seconds=1)).due is None


@pytest.mark.hazard("H15")
def test_nothing_of_a_past_day_is_told() -> None:
    """A night owl's session time, and a computer that woke after midnight."""
    late = replace(SESSIONS, session_at=(time(23, 50),))
    assert seen(late, at(0, 5, day=1)).due is None


@pytest.mark.parametrize("day", [datetime(2026, 3, 29), datetime(2026, 10, 25)])  # noqa: DTZ001
@pytest.mark.parametrize("chosen", [time(2, 30), time(3), time(18, 30)])
def test_a_time_is_told_once_on_the_days_the_clock_changes(day: datetime, chosen: time) -> None:
    """Half past two does not exist in March and comes twice in October."""
    wish = Wish(session_days=frozenset(range(1, 8)), session_at=(chosen,))
    heard = told(wish, minutes_of(day.replace(tzinfo=BERLIN), 1))
    assert len(heard) == 1
    if chosen != time(2, 30) or day.month == 10:
        assert heard[0][0] == f"Sun {chosen:%H:%M}"
    else:
        assert heard[0][0] == "Sun 03:00"


def test_a_clock_put_forward_by_a_day_silences_nothing_afterwards() -> None:
    """It was wrong, told tomorrow's, and was set right again."""
    ahead = seen(BREAKS, at(10, day=1))
    assert ahead.due is not None
    assert seen(BREAKS, at(10), ahead.memory).due is not None


def test_a_clock_put_back_within_its_day_tells_nothing_earlier() -> None:
    """Eleven o'clock was told; then it is ten again."""
    first = seen(BREAKS, at(11))
    assert seen(BREAKS, at(10), first.memory).due is None
    assert seen(BREAKS, at(12), first.memory).due is not None


# Snooze


@pytest.mark.parametrize(("snooze", "minutes"), [(Snooze.TEN_MINUTES, 10), (Snooze.HOUR, 60)])
def test_a_snooze_brings_it_again(snooze: Snooze, minutes: int) -> None:
    """Not before, once, and whatever else comes meanwhile waits as well."""
    first = seen(SESSIONS, at(18, 30))
    memory = put_off(first.memory, snooze, at(18, 31), first.due)
    before = seen(SESSIONS, at(18, 31) + timedelta(minutes=minutes, seconds=-1), memory)
    assert before.due is None
    again = seen(SESSIONS, at(18, 31) + timedelta(minutes=minutes), before.memory)
    assert again.due == first.due
    assert seen(SESSIONS, at(20), again.memory).due is None


def test_a_snoozed_break_comes_although_it_is_late() -> None:
    """Somebody asked for it."""
    first = seen(BREAKS, at(10))
    memory = put_off(first.memory, Snooze.TEN_MINUTES, at(10), first.due)
    again = seen(BREAKS, at(10, 12), memory)
    assert again.due == first.due


def test_not_today_means_nothing_more_today() -> None:
    """Of any kind; tomorrow is another day."""
    wish = replace(BREAKS, session_days=frozenset({1, 2}), session_at=(time(18, 30),))
    first = seen(wish, at(10))
    memory = put_off(first.memory, Snooze.TODAY, at(10), first.due)
    for hour in range(10, 24):
        assert seen(wish, at(hour, 30), memory).due is None
    assert seen(wish, at(10, day=1), memory).due is not None


def test_a_snooze_over_midnight_brings_nothing_of_yesterday() -> None:
    """It was yesterday's session."""
    wish = Wish(session_days=frozenset({1}), session_at=(time(23, 30),))
    first = seen(wish, at(23, 30))
    memory = put_off(first.memory, Snooze.HOUR, at(23, 30), first.due)
    assert seen(wish, at(0, 31, day=1), memory).due is None


def test_a_snoozed_reminder_asks_again_whether_it_may_come() -> None:
    """A session was begun or a lock set meanwhile, or the reminder was switched off."""
    first = seen(SESSIONS, at(18, 30))
    memory = put_off(first.memory, Snooze.TEN_MINUTES, at(18, 30), first.due)
    for facts in (Facts(session_today=True), Facts(locked=True)):
        assert seen(SESSIONS, at(18, 41), memory, facts).due is None
    assert seen(MORNINGS, at(18, 41), memory, Facts()).due is None


def test_a_clock_put_back_does_not_lengthen_a_snooze() -> None:
    """An hour is the most."""
    memory = put_off(Memory(), Snooze.HOUR, at(18, day=2), None)
    assert seen(SESSIONS, at(18, 30), memory).due is not None


# Properties over any times

days = st.frozensets(st.integers(1, 7))
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
wishes = st.builds(
    Wish,
    session_days=days,
    session_at=st.lists(clocks, max_size=2, unique=True).map(tuple),
    morning_at=st.none() | clocks,
    break_days=days,
    breaks_every=st.none() | st.integers(20, 240).map(lambda n: timedelta(minutes=n)),
    breaks_from=clocks,
    breaks_until=clocks,
)
starts = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001
    datetime(2026, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, BERLIN, ZoneInfo("America/St_Johns")]),
)
#: Seconds between two looks: mostly a minute, sometimes a sleep.
steps = st.lists(st.integers(1, 200) | st.integers(1, 200_000), max_size=60)
any_facts = st.builds(
    Facts, st.booleans(), st.booleans(), st.booleans(), st.sampled_from([(), ("CAP-01",), ("B*",)])
)


@given(wishes, starts, steps)
def test_each_time_is_told_once_at_most_and_on_its_own_day(
    wish: Wish, start: datetime, waits: list[int]
) -> None:
    """However long the computer sleeps between two looks, in any zone, over any change of it."""
    now, moments = start.astimezone(UTC), []
    for wait in waits:
        now += timedelta(seconds=wait)
        moments.append(now.astimezone(start.tzinfo))
    memory, heard = Memory(), []
    for moment in moments:
        found = seen(wish, moment, memory)
        memory = found.memory
        if found.due is not None:
            heard.append((found.due.kind, found.due.slot))
            assert found.due.slot <= moment.replace(tzinfo=None)
            assert found.due.slot.date() == moment.date()
    assert len(set(heard)) == len(heard)


@pytest.mark.hazard("H15")
@given(wishes, starts, any_facts, st.booleans(), st.booleans())
def test_a_reminder_to_exercise_never_meets_a_closed_session(
    wish: Wish, now: datetime, facts: Facts, running: bool, disturbs: bool
) -> None:
    """Whatever else is so."""
    found = seen(wish, now, facts=facts, running=running, disturbs=disturbs).due
    if running or disturbs or facts.locked:
        assert found is None
    if found is not None and found.kind is Kind.SESSION:
        assert not facts.session_today
        assert facts.closed_by == ()
        assert now.isoweekday() in wish.session_days
    if found is not None and found.kind is Kind.MORNING:
        assert facts.morning_due


@given(wishes, starts, any_facts, st.sampled_from(Snooze), st.integers(-200_000, 200_000))
def test_a_snooze_is_kept_and_never_outlasts_an_hour_or_its_day(
    wish: Wish, now: datetime, facts: Facts, snooze: Snooze, later: int
) -> None:
    """Also when the clock is moved under it."""
    first = seen(wish, now, facts=facts)
    memory = put_off(first.memory, snooze, now, first.due)
    then = (now.astimezone(UTC) + timedelta(seconds=later)).astimezone(now.tzinfo)
    found = seen(wish, then, memory, facts)
    lasts_s = {Snooze.TEN_MINUTES: 600, Snooze.HOUR: 3600}.get(snooze)
    if lasts_s is None:
        assert found.due is None or then.date() != now.date()
    elif 0 <= later < lasts_s:
        assert found.due is None
    elif later >= lasts_s or lasts_s - later > 3600:
        fresh = seen(wish, then, first.memory, facts)
        assert fresh.due is None or found.due is not None


@given(wishes, starts, any_facts)
def test_the_next_look_is_near_and_lands_after_a_full_minute(
    wish: Wish, now: datetime, facts: Facts
) -> None:
    """So that no chosen minute is missed; none at all where nothing is wanted."""
    found = seen(wish, now, facts=facts)
    if found.again_s is None:
        assert wish.nothing
    else:
        assert 0 < found.again_s <= BREAK_LATE.total_seconds()
        assert (now.replace(microsecond=0) + timedelta(seconds=found.again_s)).second == 0
