"""Answers that come late: a question belongs to the sessions it was asked about."""

import pytest

from coach.app.daily.today import Ask, AskView
from coach.domain.past import Morning
from coach.domain.rating import RestAnswer
from fake_clock import DAY_MS
from live_player import LivePlayer, shipped_answers
from opened_program import OpenedProgram

MINUTE_MS = 60_000
AFTERWARDS = "SELECT session, kind, tingling, woken, numb FROM afterwards ORDER BY session, seq"


def played(program: OpenedProgram) -> str:
    """A whole session now; its id."""
    LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day")).play()
    last = program.store.last_session(program.profile)
    assert last is not None
    return last.id


def asked(program: OpenedProgram) -> AskView:
    view = program.app.today().ask
    assert view is not None
    return view


@pytest.mark.rule("CHR-04")
def test_numbness_that_is_told_after_the_hour_still_closes_sessions(
    program: OpenedProgram,
) -> None:
    """clinical.md 9.3 CHR-04, REC-04: the question lapses, its answer does not."""
    session = played(program)
    program.clock.pass_ms(11 * MINUTE_MS)
    question = asked(program)
    program.clock.pass_ms(62 * MINUTE_MS)
    assert program.app.today().ask is None
    program.app.answer_ten_minutes(question, RestAnswer(5, numb=True))
    assert program.on_disk(AFTERWARDS) == [(session, "ten_minutes", 5, None, 1)]
    assert program.on_disk("SELECT session, rule FROM lock") == [(session, "CHR-04")]
    assert program.app.today().lock is not None


def test_last_night_s_question_left_out_does_not_answer_the_morning(
    program: OpenedProgram,
) -> None:
    """clinical.md 9.1 M1-M3 are asked all the same."""
    session = played(program)
    program.clock.pass_ms(11 * MINUTE_MS)
    question = asked(program)
    program.clock.pass_ms(DAY_MS // 2)
    assert asked(program).kind is Ask.MORNING
    program.app.answer_ten_minutes(question, RestAnswer())
    assert program.on_disk(AFTERWARDS) == [(session, "ten_minutes", None, None, None)]
    assert asked(program).kind is Ask.MORNING


def test_a_morning_is_kept_for_the_day_that_was_asked_about(program: OpenedProgram) -> None:
    """Also when another day is due by the time it is answered."""
    first = played(program)
    program.clock.pass_ms(2 * DAY_MS)
    question = asked(program)
    program.skip_question()
    second = played(program)
    program.clock.pass_ms(DAY_MS)
    assert asked(program) != question
    program.app.answer_morning(question, Morning(7, 0, woken=True))
    assert program.on_disk(AFTERWARDS)[1:] == [(first, "morning", 7, 1, None)]
    assert asked(program).sessions == (second,)


def test_what_a_day_is_called_makes_no_other_question(program: OpenedProgram) -> None:
    """After a week its weekday becomes a date."""
    played(program)
    program.clock.pass_ms(DAY_MS)
    before = asked(program)
    program.clock.pass_ms(7 * DAY_MS)
    assert asked(program).text != before.text
    assert asked(program) == before
