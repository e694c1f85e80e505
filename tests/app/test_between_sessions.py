"""Between sessions in a real store: questions afterwards, gaps, steps, a code, what was lost."""

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from coach.app.today import Ask, CodeAnswer
from coach.domain.past import Morning
from coach.domain.rating import News, RestAnswer, SetAnswers
from coach.engine.control import Move
from coach.engine.inputs import Report, SomethingWrong
from coach.rules.locks import Assessment, StillLocked
from coach.store.errors import KnownError
from fake_clock import DAY_MS
from live_player import LivePlayer, shipped_answers
from opened_program import OpenedProgram

Open = Callable[[], OpenedProgram]
HOUR_MS = 3_600_000
GOOD = Morning(1, 0, woken=False)


def played(program: OpenedProgram, answers: str = "calm-day") -> None:
    """A whole session now."""
    LivePlayer(program.app.begin(), program.clock, shipped_answers(answers)).play()


def days_later(program: OpenedProgram, days: int, morning: Morning | None = GOOD) -> None:
    """Some days on, the morning after the last session answered or skipped."""
    program.clock.pass_ms(days * DAY_MS)
    if program.app.today().ask is not None:
        if morning is None:
            program.app.skip_question()
        else:
            program.app.answer_morning(morning)


def test_the_morning_is_asked_about_before_anything_else(program: OpenedProgram) -> None:
    played(program)
    program.clock.pass_ms(DAY_MS)
    asked = program.app.today().ask
    assert asked is not None
    assert asked.kind is Ask.MORNING
    with pytest.raises(KnownError):
        program.app.begin()
    program.app.answer_morning(GOOD)
    assert program.app.today().ask is None
    program.app.begin()


def test_a_skipped_morning_is_kept_as_nothing_and_holds(program: OpenedProgram) -> None:
    played(program)
    days_later(program, 1, None)
    rows = program.on_disk("SELECT tingling, pain, woken FROM afterwards")
    assert rows == [(None, None, None)]
    assert "DAY-06" in program.app.between.outlook().standing.rules


@pytest.mark.hazard("H16")
def test_calm_days_earn_one_step_and_today_says_so(program: OpenedProgram) -> None:
    before = program.app.today().steps
    for _ in range(3):
        played(program)
        days_later(program, 2)
    today = program.app.today()
    assert program.app.between.outlook().standing.rules[0] == "PRG-01"
    assert today.why[0].startswith("One step up today")
    assert sum(one != two for one, two in zip(before, today.steps, strict=True)) <= 1


@pytest.mark.hazard("H15")
def test_a_second_session_waits_four_hours_and_a_third_for_tomorrow(
    program: OpenedProgram,
) -> None:
    played(program)
    closed = program.app.today().closed
    assert closed is not None
    program.clock.pass_ms(4 * HOUR_MS)
    if program.app.today().closed is None:
        played(program)
    program.clock.pass_ms(HOUR_MS)
    assert program.app.today().closed is not None


def test_ten_minutes_after_a_session_it_is_asked_how_it_is(program: OpenedProgram) -> None:
    played(program)
    assert program.app.today().ask is None
    program.clock.pass_ms(10 * 60_000)
    asked = program.app.today().ask
    assert asked is not None
    assert asked.kind is Ask.TEN_MINUTES
    program.app.answer_ten_minutes(RestAnswer(tingling=7))
    assert program.app.today().ask is None
    closed = program.app.today().closed
    assert closed is not None
    assert program.app.between.outlook().not_yet[0].rule == "REC-04"


def test_two_bad_mornings_close_sessions_also_after_a_restart(
    program: OpenedProgram, opened: Open
) -> None:
    for _ in range(2):
        played(program)
        days_later(program, 3, Morning(9, 0, woken=False))
    assert program.app.today().lock is not None
    program = opened()
    assert [row.rule for row in program.store.active_locks(program.profile)] == ["DAY-04"]
    with pytest.raises(KnownError):
        program.app.begin()
    assert program.app.unlock(Assessment("GP", today_of(program), cleared=True)) is None
    assert program.app.today().lock is None
    assert program.app.today().full_check_in
    assert "PRG-10" in program.app.between.outlook().standing.rules


def today_of(program: OpenedProgram) -> date:
    return date.fromisoformat(program.clock.wall()[:10])


def test_dizziness_keeps_the_neck_out_until_somebody_was_seen(program: OpenedProgram) -> None:
    live = program.app.begin()
    player = LivePlayer(live, program.clock, shipped_answers("calm-day"))
    player.until(Move)
    live.give(SomethingWrong())
    live.give(Report(SetAnswers(new=frozenset({News.DIZZY}))))
    player.play()
    days_later(program, 3)
    assert program.app.today().neck is not None
    assert program.app.unlock(Assessment("", None, cleared=False)) is StillLocked.WHO
    assert program.app.unlock(Assessment("GP", today_of(program), cleared=True)) is None
    assert program.app.today().neck is None
    assert program.app.today().full_check_in


def test_a_code_opens_an_exercise_and_nothing_else(program: OpenedProgram) -> None:
    assert program.app.allow("123456", "S7") is CodeAnswer.NOT_SET
    assert program.app.set_physio_code("123456", "") is CodeAnswer.RIGHT
    assert program.app.allow("654321", "S7") is CodeAnswer.WRONG
    assert program.app.allow("123456", "S7") is CodeAnswer.RIGHT
    assert [one.id for one in program.app.physio().exercises if one.allowed] == ["S7"]


def test_a_code_does_not_shorten_the_day_after_a_red_flag(program: OpenedProgram) -> None:
    played(program, "emergency-after-a-set")
    program.app.set_physio_code("123456", "")
    assert program.app.unlock_with_code("123456") is StillLocked.TOO_SOON
    program.clock.pass_ms(DAY_MS)
    assert program.app.unlock_with_code("123456") is None
    assert program.app.today().lock is None


@pytest.mark.hazard("H18")
def test_a_past_that_cannot_be_read_is_read_off_its_log_again(
    program: OpenedProgram, opened: Open
) -> None:
    played(program)
    kept = program.app.between.outlook()
    with sqlite3.connect(program.home.database) as other:
        other.execute("UPDATE past SET data = '{}'")
    other.close()
    program = opened()
    assert program.app.between.outlook().standing.doses == kept.standing.doses
    assert not program.app.today().full_check_in


@pytest.mark.hazard("H18")
def test_a_clock_set_back_asks_everything_and_starts_gently(program: OpenedProgram) -> None:
    """clinical.md 10 H18."""
    played(program)
    program.clock.suspend(-10 * DAY_MS)
    assert program.app.today().full_check_in
    assert "PRG-11" in program.app.between.outlook().standing.rules
