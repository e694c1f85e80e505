"""The record read back says what was played."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from coach.domain.action import Action
from coach.domain.outcome import Outcome
from coach.domain.record import PlayedSession, Selection
from coach.domain.side import Side
from coach.store.errors import DamagedError
from fake_clock import DAY_MS, FakeClock
from live_player import LivePlayer, shipped_answers
from long_record import write_long_record
from opened_program import OpenedProgram


@pytest.fixture
def program(tmp_path: Path) -> Iterator[OpenedProgram]:
    clock = FakeClock()
    with OpenedProgram(tmp_path, clock) as opened:
        for _ in range(2):
            LivePlayer(opened.app.begin(), clock, shipped_answers("eased-day")).play()
            clock.pass_ms(2 * DAY_MS)
            opened.skip_question()
        opened.app.begin()
        yield opened


def read(program: OpenedProgram, selection: Selection | None = None) -> list[PlayedSession]:
    return list(program.store.record.sessions(selection or Selection()))


def test_closed_sessions_come_oldest_first_with_everything_said(program: OpenedProgram) -> None:
    """The one that is still open is left out."""
    first, second = read(program)
    assert (first.day, second.day) == (date(2025, 11, 20), date(2025, 11, 22))
    assert first.outcome is Outcome.COMPLETED
    assert (first.tingling, first.pain) == (1, 0)
    assert first.replies["E1"] == "no"
    assert {"T0", "P0"}.isdisjoint(first.replies)
    assert first.sets[0].side is Side.LEFT
    assert (first.sets[0].tingling, first.sets[0].action) == (4, Action.EASE1)
    assert (first.sets[0].out.knee, first.sets[1].out.knee) == (60, 75)
    assert [one.moment for one in first.later] == ["morning"]


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(since=date(2025, 11, 21)), 1),
        (Selection(until=date(2025, 11, 20)), 1),
        (Selection(since=date(2025, 11, 23)), 0),
        (Selection(side=Side.LEFT, exercise="S3"), 2),
        (Selection(side=Side.RIGHT), 0),
        (Selection(exercise="S9"), 0),
        (Selection(profile="nobody"), 0),
    ],
)
def test_a_part_of_the_record(program: OpenedProgram, selection: Selection, found: int) -> None:
    assert len(read(program, selection)) == found
    assert program.store.record.count(selection) == found


def test_a_night_belongs_to_the_day_before(tmp_path: Path) -> None:
    """clinical.md 9.4 counts days as they are lived: a session at half past one is yesterday's."""
    clock = FakeClock()
    clock.pass_ms(7 * 3_600_000)
    with OpenedProgram(tmp_path, clock) as program:
        LivePlayer(program.app.begin(), clock, shipped_answers("eased-day")).play()
        (only,) = read(program, Selection(since=date(2025, 11, 20), until=date(2025, 11, 20)))
        assert (only.began.date(), only.day) == (date(2025, 11, 21), date(2025, 11, 20))


def test_one_session_by_its_id(program: OpenedProgram) -> None:
    _, second = read(program)
    assert program.store.record.session(second.id) == second
    assert program.store.record.session("none") is None


def test_the_first_of_many_is_there_before_the_others_are_read(tmp_path: Path) -> None:
    """A look at an export shows a few of them, and no window waits for the rest."""
    with OpenedProgram(tmp_path, FakeClock()) as opened:
        write_long_record(opened.store, opened.profile, 120, whole_logs=False)
        asked: list[int] = []
        record = opened.store.record
        batch = record._batch
        record._batch = lambda ids: asked.append(len(ids)) or batch(ids)
        assert next(record.sessions(Selection()))
    assert asked == [50]


def test_a_damaged_row_is_named(program: OpenedProgram) -> None:
    first, _ = read(program)
    with program.store._database.transaction() as connection:
        connection.execute("UPDATE set_row SET level = 'Q' WHERE session = ?", (first.id,))
    with pytest.raises(DamagedError, match=first.id):
        read(program)


def test_a_session_that_changed_by_itself_is_never_shown(program: OpenedProgram) -> None:
    """Its seal is looked at whenever it is read: one rating, changed on the disk, is noticed."""
    first, second = read(program)
    with sqlite3.connect(program.home.database) as other:
        other.execute("UPDATE set_row SET pain = 9 WHERE session = ? AND n = 1", (second.id,))
    other.close()
    with pytest.raises(DamagedError, match=second.id):
        read(program)
    assert program.store.record.session(first.id) == first
    with pytest.raises(DamagedError, match=second.id):
        program.store.record.session(second.id)
