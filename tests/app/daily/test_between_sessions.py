"""Between sessions in a real store: questions afterwards, gaps, steps, a code, what was lost."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coach.app.daily.days import Diary, KeptLock, neck_off_since
from coach.app.daily.today import Ask, CodeAnswer
from coach.domain.action import Tier
from coach.domain.outcome import Outcome
from coach.domain.past import Morning, PastSession
from coach.domain.rating import News, RestAnswer, SetAnswers
from coach.domain.screening import Lock
from coach.engine.control import Move, Rest, RestPosition
from coach.engine.inputs import Leave, Report, SomethingWrong
from coach.rules.locks import Assessment, StillLocked
from coach.store.errors import BugError, KnownError
from coach.store.records import LockRow
from fake_clock import DAY_MS
from live_player import LivePlayer, shipped_answers
from opened_program import OpenedProgram

Open = Callable[..., OpenedProgram]
HOUR_MS = 3_600_000
NOON = datetime(2025, 11, 20, 12, tzinfo=UTC)
GOOD = Morning(1, 0, woken=False)


def played(program: OpenedProgram, answers: str = "calm-day") -> None:
    """A whole session now."""
    LivePlayer(program.app.begin(), program.clock, shipped_answers(answers)).play()


def days_later(program: OpenedProgram, days: int, morning: Morning | None = GOOD) -> None:
    """Some days on, the morning after the last session answered or skipped."""
    program.clock.pass_ms(days * DAY_MS)
    if program.app.today().ask is not None:
        if morning is None:
            program.skip_question()
        else:
            program.answer_morning(morning)


def test_the_morning_is_asked_about_before_anything_else(program: OpenedProgram) -> None:
    played(program)
    program.clock.pass_ms(DAY_MS)
    asked = program.app.today().ask
    assert asked is not None
    assert asked.kind is Ask.MORNING
    with pytest.raises(KnownError):
        program.app.begin()
    program.answer_morning(GOOD)
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
    program.answer_ten_minutes(RestAnswer(tingling=7))
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


def test_what_was_allowed_can_be_taken_back_without_the_code(program: OpenedProgram) -> None:
    """Being stricter is always allowed; until then the row says since when it holds."""
    program.app.set_physio_code("123456", "")
    limits = {one.id: one.limit_text for one in program.app.physio().exercises}
    program.app.allow("123456", "S7")
    (row,) = [one for one in program.app.physio().exercises if one.id == "S7"]
    assert (row.allowed, row.limit_text) == (True, "Allowed at every level since 20 November.")
    program.app.take_back("S7")
    (row,) = [one for one in program.app.physio().exercises if one.id == "S7"]
    assert (row.allowed, row.limit_text) == (False, limits["S7"])
    assert program.app.between.allowed() == frozenset()
    assert program.on_disk("SELECT exercise FROM allowance") == []


def test_taking_back_leaves_the_other_exercises(program: OpenedProgram) -> None:
    program.app.set_physio_code("123456", "")
    for exercise in ("S5", "S7"):
        program.app.allow("123456", exercise)
    program.app.take_back("S7")
    assert program.app.between.allowed() == {"S5"}


@pytest.mark.hazard("H16")
def test_whoever_is_locked_out_cannot_set_the_first_code(program: OpenedProgram) -> None:
    """It would open the lock; a code that was there before can be changed by who knows it."""
    played(program, "emergency-after-a-set")
    assert not program.app.physio().may_set
    assert program.app.set_physio_code("123456", "") is CodeAnswer.LOCKED
    assert not program.app.physio().code_set
    program.clock.pass_ms(DAY_MS)
    assert program.app.unlock(Assessment("GP", today_of(program), cleared=True)) is None
    assert program.app.physio().may_set
    assert program.app.set_physio_code("123456", "") is CodeAnswer.RIGHT


def test_a_code_set_before_a_lock_can_still_be_changed(program: OpenedProgram) -> None:
    program.app.set_physio_code("123456", "")
    played(program, "emergency-after-a-set")
    assert program.app.physio().may_set
    assert program.app.set_physio_code("654321", "123456") is CodeAnswer.RIGHT


def test_the_days_of_an_assessment_are_those_the_rule_accepts(program: OpenedProgram) -> None:
    """From the day of the stop to today; before it may be entered the card says what will be."""
    played(program, "emergency-after-a-set")
    lock = program.app.today().lock
    assert lock is not None
    assert "tomorrow at 18:" in lock.opens
    assert "which day" in lock.opens
    program.clock.pass_ms(2 * DAY_MS)
    lock = program.app.today().lock
    assert lock is not None
    assert (lock.days.first, lock.days.last) == (date(2025, 11, 20), date(2025, 11, 22))
    assert (lock.days.first_text, lock.days.last_text) == ("20 November", "22 November")
    day = lock.days.first - timedelta(days=1)
    assert program.app.unlock(Assessment("GP", day, cleared=True)) is StillLocked.WHEN
    assert program.app.unlock(Assessment("GP", lock.days.first, cleared=True)) is None


def test_a_lasting_condition_may_have_been_assessed_long_ago(program: OpenedProgram) -> None:
    stop = LockRow("a-stop", program.profile, None, "clearance", "C3", program.clock.wall())
    program.store.set_locks([stop])
    lock = program.app.today().lock
    assert lock is not None
    assert (lock.days.first, lock.days.first_text) == (date.min, "")
    assert lock.reason.startswith("You answered yes or not sure to: ")
    assert program.app.unlock(Assessment("GP", date(2019, 5, 1), cleared=True)) is None


def test_a_code_does_not_shorten_the_day_after_a_red_flag(program: OpenedProgram) -> None:
    program.app.set_physio_code("123456", "")
    played(program, "emergency-after-a-set")
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


def test_numbness_that_is_still_there_after_ten_minutes_closes_sessions(
    program: OpenedProgram, opened: Open
) -> None:
    """clinical.md 9.3 CHR-04: the lock is on disk with the answer."""
    played(program)
    program.clock.pass_ms(10 * 60_000)
    program.answer_ten_minutes(RestAnswer(tingling=0, numb=True))
    program = opened()
    (lock,) = program.store.active_locks(program.profile)
    assert (lock.rule, lock.tier) == ("CHR-04", "clearance")
    assert program.app.today().lock is not None
    with pytest.raises(KnownError):
        program.app.begin()


def test_feeling_that_is_back_after_ten_minutes_closes_nothing(program: OpenedProgram) -> None:
    played(program)
    program.clock.pass_ms(10 * 60_000)
    program.answer_ten_minutes(RestAnswer(tingling=0, numb=False))
    assert program.app.today().lock is None


def stopped_by_rules(program: OpenedProgram) -> LivePlayer:
    """A session in its rest position because a report has ended it."""
    live = program.app.begin()
    player = LivePlayer(live, program.clock, shipped_answers("calm-day"))
    player.until(Move)
    live.give(SomethingWrong())
    live.give(Report(SetAnswers(new=frozenset({News.DIZZY}))))
    player.until(RestPosition)
    return player


def test_a_session_left_before_it_could_ask_is_asked_about_later(program: OpenedProgram) -> None:
    stopped_by_rules(program).live.give(Leave())
    program.clock.pass_ms(10 * 60_000)
    asked = program.app.today().ask
    assert asked is not None
    assert asked.kind is Ask.TEN_MINUTES


def test_a_session_that_has_asked_itself_is_not_asked_about_again(program: OpenedProgram) -> None:
    stopped_by_rules(program).play()
    program.clock.pass_ms(10 * 60_000)
    assert program.app.today().ask is None


def test_ten_minutes_count_from_the_session_not_from_closing_it(
    program: OpenedProgram, opened: Open
) -> None:
    """A session cut off hours ago is no longer asked about as if it had just ended."""
    player = LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day"))
    player.until(Rest)
    program.clock.suspend(3 * HOUR_MS)
    program = opened()
    program.app.finish_unfinished()
    program.clock.pass_ms(10 * 60_000)
    assert program.app.today().ask is None


def test_another_lock_that_is_lifted_does_not_bring_the_neck_back() -> None:
    """Nor does an assessment of the neck count as one of everything."""
    dizzy = PastSession(NOON, "plan", Outcome.ENDED, played=True, dizzy=True)
    later = NOON + timedelta(days=1)
    other = KeptLock(Lock(Tier.CLEARANCE, "DAY-04"), NOON, later)
    neck = KeptLock(Lock(Tier.ADVISE, "NEW-03"), NOON, later)
    assert neck_off_since([dizzy], [other]) == NOON
    assert neck_off_since([dizzy], [other, neck]) is None
    assert Diary(locks=(other,)).assessed_at == later
    assert Diary(locks=(neck,)).assessed_at is None


def test_a_lever_that_failed_three_times_is_offered_to_the_code_again(
    program: OpenedProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """clinical.md 9.5: also where no home limit is in the way, and where a code was used before."""
    program.app.set_physio_code("123456", "")
    program.app.allow("123456", "S7")
    today = replace(program.app.between.outlook(), code_opens=frozenset({"S1", "S7"}))
    monkeypatch.setattr(program.app.between, "outlook", lambda: today)
    offered = {one.id: one.allowed for one in program.app.physio().exercises}
    assert offered["S1"] is False
    assert offered["S7"] is False
    assert "S2" not in offered


def test_a_cut_off_session_is_not_resumed_while_a_stop_stands(
    program: OpenedProgram, opened: Open
) -> None:
    player = LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day"))
    player.until(Rest)
    program = opened()
    wall = program.clock.wall()
    stop = LockRow("a-stop", program.profile, None, "clearance", "DAY-04", wall)
    program.store.set_locks([stop])
    with pytest.raises(KnownError, match="closed"):
        program.app.resume_unfinished()


def test_a_demonstration_coaches_nobody_who_is_locked_out(opened: Open) -> None:
    played(opened(), "emergency-after-a-set")
    program = opened(demo=True)
    assert program.app.today().lock is not None
    with pytest.raises(KnownError):
        program.app.begin()


def test_a_morning_is_kept_for_every_session_of_the_day_or_for_none(
    program: OpenedProgram,
) -> None:
    played(program)
    program.clock.pass_ms(DAY_MS)
    (past,) = program.app.between._keeper.diary(NOON).pasts
    with pytest.raises(BugError):
        program.app.between._keeper.answer_morning([past.id, "none"], GOOD, program.clock.wall())
    assert program.on_disk("SELECT * FROM afterwards") == []
