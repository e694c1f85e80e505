"""H15, H16: no third session a day, nothing made up for, and no level that flutters."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from coach.domain.dose import Dose
from coach.domain.past import Morning
from coach.domain.rating import SetAnswers
from coach.rules.progression import LegKey, levers_up
from coach.store.errors import KnownError
from fake_clock import DAY_MS
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram
from playing import plan_text

Open = Callable[..., OpenedProgram]
HOUR_MS = 3_600_000
CALM = shipped_answers("calm-day")


def session(program: OpenedProgram, *tinglings: int) -> None:
    """A whole session in which each set was rated like that; the last number repeats."""
    answers = CALM
    if tinglings:
        sets = tuple(replace(CALM.sets[0], answers=SetAnswers(t, 0)) for t in tinglings)
        answers = replace(CALM, sets=sets)
    LivePlayer(program.app.begin(), program.clock, answers).play()
    program.clock.pass_ms(15 * 60_000)
    if program.app.today().ask is not None:
        program.skip_question()


def next_day(program: OpenedProgram, days: int = 1) -> None:
    program.clock.pass_ms(days * DAY_MS)
    if program.app.today().ask is not None:
        program.answer_morning(Morning(tingling=1, pain=0, woken=False))


def doses(program: OpenedProgram) -> Mapping[LegKey, Dose]:
    return program.app.between.outlook().standing.doses


@pytest.mark.hazard("H15")
def test_a_third_session_in_a_day_is_refused(program: OpenedProgram) -> None:
    """Two, four hours apart; the next day begins anew with two, not with what was missed."""
    program.clock.pass_ms(-11 * HOUR_MS)
    session(program)
    with pytest.raises(KnownError):
        program.app.begin()
    program.clock.pass_ms(4 * HOUR_MS)
    session(program)
    program.clock.pass_ms(4 * HOUR_MS)
    closed = program.app.today().closed
    assert closed is not None
    with pytest.raises(KnownError) as refused:
        program.app.begin()
    assert str(refused.value) == closed.text
    assert len(program.store.sessions(program.profile)) == 2
    program.clock.pass_ms(15 * HOUR_MS)
    next_day(program, 0)
    assert program.app.today().closed is None


@pytest.mark.hazard("H15")
@pytest.mark.parametrize("missed", [1, 3, 6, 20])
def test_missed_days_are_not_made_up_for(program: OpenedProgram, missed: int) -> None:
    """The session after a break asks for no more than the one before it, nor do two fit in one."""
    session(program)
    before = doses(program)
    next_day(program, 1 + missed)
    for leg, dose in doses(program).items():
        assert levers_up(before[leg], dose, SHIPPED.catalogue) == ()
    session(program)
    assert program.app.today().closed is not None


@pytest.mark.hazard("H16")
def test_ratings_that_waver_by_a_point_change_no_level(opened: Open, tmp_path: Path) -> None:
    """2 and 3 in turn, over ten sessions: 3 neither eases nor earns, so the dose stays."""
    path = tmp_path / "one.toml"
    path.write_text(plan_text('id = "S3", side = "left", level = "B"'))
    program = opened(plan=str(path))
    begun = doses(program)
    for n in range(10):
        session(program, *((2, 3) if n % 2 else (3, 2)))
        next_day(program)
        assert doses(program) == begun, f"after session {n + 1}"


@pytest.mark.hazard("H16")
def test_up_slowly_and_down_at_once(opened: Open, tmp_path: Path) -> None:
    """Three calm sessions for one step; one strong rating takes it back and asks for four."""
    path = tmp_path / "one.toml"
    path.write_text(plan_text('id = "S3", side = "left", level = "A"'))
    program = opened(plan=str(path))
    begun = doses(program)
    for _ in range(3):
        assert doses(program) == begun
        session(program, 1)
        next_day(program, 2)
    raised = doses(program)
    assert raised != begun
    session(program, 4)
    next_day(program, 2)
    lowered = doses(program)
    assert lowered != raised
    for _ in range(4):
        assert doses(program) == lowered
        session(program, 1)
        next_day(program, 2)
    assert doses(program) != lowered
