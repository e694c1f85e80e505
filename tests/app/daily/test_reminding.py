"""Reminders of the opened program: what its diary says counts, and a restart forgets nothing."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.app.daily.reminders import Due, Facts, Kind, Look, Memory, PutOff, Snooze
from coach.app.daily.reminding import Reminders, document_of, memory_from
from coach.domain.past import Morning
from coach.engine.control import Move
from coach.engine.inputs import Leave
from coach.store.errors import KnownError
from coach.store.records import LockRow
from coach.store.settings import Settings
from fake_clock import DAY_MS, FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import OpenedProgram

Open = Callable[..., OpenedProgram]
HOUR_MS = 3_600_000


@pytest.fixture
def reminding(program: OpenedProgram) -> OpenedProgram:
    """Every day at the time at which the clock of the tests begins."""
    for name, value in {
        "remind_session": True,
        "remind_days": "mon,tue,wed,thu,fri,sat,sun",
        "remind_at": "18:30",
    }.items():
        program.app.change_setting(name, value)
    return program


def seen(program: OpenedProgram, *, running: bool = False) -> Look:
    return program.app.reminders.look(running=running, disturbs=lambda: False)


def played(program: OpenedProgram) -> None:
    LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day")).play()


def test_nothing_comes_unasked(program: OpenedProgram) -> None:
    """All reminders are off on the first day."""
    assert not program.app.reminders.wanted
    assert not program.app.reminders.in_tray
    assert seen(program) == Look(None, None, Memory())


def test_a_session_logged_today_keeps_the_day_quiet(reminding: OpenedProgram) -> None:
    """And the next day has its own."""
    played(reminding)
    assert seen(reminding).due is None
    reminding.clock.pass_ms(DAY_MS)
    due = seen(reminding).due
    assert due is not None
    assert due.question_first


def test_a_session_left_in_the_middle_counts_as_one_of_today(reminding: OpenedProgram) -> None:
    """Stopping early is following the plan; one still open counts as well."""
    live = LivePlayer(reminding.app.begin(), reminding.clock, shipped_answers("calm-day"))
    live.until(Move)
    assert reminding.app.between.reminder_facts().session_today
    live.live.give(Leave())
    while not live.live.closed:
        live.move()
    assert reminding.app.between.reminder_facts().session_today
    assert seen(reminding).due is None


def test_the_morning_question_is_due_until_it_was_answered(reminding: OpenedProgram) -> None:
    """As the page of today has it."""
    played(reminding)
    assert not reminding.app.between.reminder_facts().morning_due
    reminding.clock.pass_ms(DAY_MS)
    assert reminding.app.between.reminder_facts().morning_due
    reminding.answer_morning(Morning(1, 0, woken=False))
    assert not reminding.app.between.reminder_facts().morning_due


@pytest.mark.hazard("H01")
def test_a_lock_keeps_every_reminder_away(reminding: OpenedProgram) -> None:
    """It is looked for at the moment itself."""
    lock = LockRow(
        id="one",
        profile=reminding.profile,
        session=None,
        tier="urgent",
        rule="U1",
        set_wall=reminding.clock.wall(),
    )
    reminding.store.set_locks([lock])
    reminding.app.between.session_closed()
    assert reminding.app.between.reminder_facts().locked
    assert seen(reminding).due is None


@pytest.mark.hazard("H15")
def test_a_wait_that_the_rules_ask_for_keeps_it_away(reminding: OpenedProgram) -> None:
    """A morning after which the leg is left alone for two days (DAY-03)."""
    played(reminding)
    reminding.clock.pass_ms(DAY_MS)
    assert reminding.app.between.reminder_facts().closed_by == ()
    reminding.answer_morning(Morning(5, 0, woken=False))
    assert reminding.app.between.reminder_facts().closed_by != ()
    assert seen(reminding).due is None


def test_what_was_told_is_not_told_by_the_next_start(
    opened: Open, reminding: OpenedProgram
) -> None:
    """Nor is what was put off forgotten."""
    assert seen(reminding).due is not None
    again = opened()
    assert seen(again).due is None
    again.app.reminders.snooze(Snooze.TODAY)
    last = opened()
    last.app.change_setting("remind_at", "18:30,19:00")
    last.clock.pass_ms(HOUR_MS)
    assert seen(last).due is None


def test_what_was_followed_is_not_put_off(reminding: OpenedProgram) -> None:
    """A snooze brings back what was told last; one already seen to it does not."""
    first = seen(reminding).due
    reminding.app.reminders.snooze(Snooze.TEN_MINUTES)
    reminding.clock.pass_ms(600_000)
    assert seen(reminding).due == first
    reminding.app.reminders.followed()
    reminding.app.reminders.snooze(Snooze.TEN_MINUTES)
    reminding.clock.pass_ms(600_000)
    assert seen(reminding).due is None


def test_a_demonstration_reminds_of_nothing(opened: Open) -> None:
    """It has no diary."""
    program = opened(demo=True)
    program.app.change_setting("remind_session", True)
    program.app.change_setting("stay_in_tray", True)
    assert not program.app.reminders.wanted
    assert not program.app.reminders.in_tray
    assert seen(program).due is None


def test_a_program_that_has_to_be_closed_writes_and_reminds_no_more(
    reminding: OpenedProgram,
) -> None:
    """Everything was deleted or restored; closing the window ends it, whatever was chosen."""
    reminding.app.change_setting("stay_in_tray", True)
    assert reminding.app.reminders.in_tray
    reminding.app.reminders.end()
    assert seen(reminding).due is None
    reminding.app.reminders.snooze(Snooze.TODAY)
    assert not reminding.home.reminded_file.exists()
    assert not reminding.app.reminders.in_tray


class FullDisk:
    """Reads nothing and keeps nothing."""

    def read(self) -> dict[str, Any]:
        return {}

    def write(self, _document: object) -> None:
        raise KnownError("the disk is full")


def test_a_full_disk_repeats_nothing_while_the_program_runs() -> None:
    """What was told is still known in memory."""
    settings = Settings(
        remind_session=True, remind_days="mon,tue,wed,thu,fri,sat,sun", remind_at="18:30"
    )
    reminders = Reminders(lambda: settings, FakeClock(), Facts, FullDisk())
    assert reminders.look(running=False, disturbs=lambda: False).due is not None
    assert reminders.look(running=False, disturbs=lambda: False).due is None


locals_ = st.datetimes()
dues = st.builds(Due, st.sampled_from(Kind), locals_)
memories = st.builds(
    Memory,
    told=st.dictionaries(st.sampled_from(Kind), locals_),
    put_off=st.none() | st.builds(PutOff, st.datetimes(timezones=st.timezones()), st.none() | dues),
    quiet_on=st.none() | st.dates(),
)


@given(memories)
def test_a_memory_comes_back_from_its_document(memory: Memory) -> None:
    assert memory_from(document_of(memory)) == memory


@pytest.mark.parametrize(
    "document",
    [
        {"told": 1, "put_off": 2, "quiet_on": 3},
        {"told": {"session": "yesterday", "dream": datetime(2026, 1, 1)}},  # noqa: DTZ001
        {"put_off": {"until": datetime(2026, 1, 1)}},  # noqa: DTZ001
        {"quiet_on": datetime(2026, 1, 1)},  # noqa: DTZ001
    ],
)
def test_what_makes_no_sense_was_never_told(document: dict[str, Any]) -> None:
    """A file edited by hand breaks nothing."""
    assert memory_from(document) == Memory()


def test_half_of_what_was_put_off_still_keeps_quiet() -> None:
    """Until the moment that can be read; what comes again cannot."""
    until = datetime.fromisoformat("2026-11-21T18:40:00+01:00")
    kept = {"until": until, "kind": ["session"], "slot": date(2026, 11, 21)}
    assert memory_from({"put_off": kept}).put_off == PutOff(until)
