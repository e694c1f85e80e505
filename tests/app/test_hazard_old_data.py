"""H18: what cannot be read is not trusted, and a changed clock opens nothing early."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta, timezone

import pytest

from coach.domain.exercise import LevelName
from coach.domain.past import Morning
from coach.engine.control import Rate
from coach.rules.locks import Assessment
from coach.store.errors import KnownError
from fake_clock import DAY_MS
from live_player import LivePlayer, shipped_answers
from opened_program import OpenedProgram

Open = Callable[..., OpenedProgram]
HOUR_MS = 3_600_000


def played(program: OpenedProgram) -> None:
    LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day")).play()
    program.clock.pass_ms(DAY_MS)
    program.answer_morning(Morning(tingling=0, pain=0, woken=False))


def write(program: OpenedProgram, *statements: str) -> None:
    with closing(sqlite3.connect(program.home.database)) as other, other:
        for statement in statements:
            other.execute(statement)


def starts_over(program: OpenedProgram) -> bool:
    """Every question is asked, and every exercise begins at its first level."""
    doses = program.app.between.outlook().standing.doses.values()
    first = all(dose.level is LevelName.A for dose in doses)
    return program.app.today().full_check_in and bool(doses) and first


@pytest.mark.hazard("H18")
@pytest.mark.parametrize("damage", ["emptied", "cut short", "overwritten"])
def test_a_data_file_that_cannot_be_read_is_kept_aside_and_everything_starts_over(
    opened: Open, damage: str
) -> None:
    """Sessions come back from their logs; what was said later is lost, so it all is asked anew."""
    program = opened()
    played(program)
    assert not program.app.today().full_check_in
    program.close()
    path = program.home.database
    content = path.read_bytes()
    path.write_bytes(
        {"emptied": b"", "cut short": content[: len(content) // 2], "overwritten": b"x" * 9000}[
            damage
        ]
    )
    again = opened()
    assert starts_over(again)
    aside = [one for one in path.parent.iterdir() if "damaged" in one.name]
    assert (damage == "emptied") or aside
    assert not again.app.between.first_session
    again.skip_question()
    assert again.app.begin().view().question is not None


@pytest.mark.hazard("H18")
def test_a_restored_backup_is_told_and_starts_over_also_after_another_restart(
    opened: Open,
) -> None:
    """Until every question was asked again: a session or a stop may be missing from it."""
    program = opened()
    played(program)
    program.close()
    program.home.database.write_bytes(b"x" * 9000)
    again = opened()
    assert any("damaged" in note for note in again.app.notes)
    again.close()
    again = opened()
    assert again.app.notes == ()
    assert again.app.today().full_check_in
    assert "PRG-11" in again.app.between.outlook().standing.rules
    again.skip_question()
    LivePlayer(again.app.begin(), again.clock, shipped_answers("calm-day")).play()
    again.clock.pass_ms(DAY_MS)
    assert not again.app.today().full_check_in
    assert "PRG-11" not in again.app.between.outlook().standing.rules


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H18")
def test_a_stop_outlives_an_older_data_file_put_in_place_by_hand(opened: Open) -> None:
    """The session's own log still knows it; lifted once, it does not come back."""
    program = opened()
    played(program)
    program.close()
    older = program.home.database.read_bytes()
    program = opened()
    answers = shipped_answers("emergency-after-a-set")
    LivePlayer(program.app.begin(), program.clock, answers).play()
    program.close()
    program.home.database.write_bytes(older)
    again = opened()
    assert again.app.today().lock is not None
    assert again.app.notes
    again.clock.pass_ms(DAY_MS)
    day = datetime.fromisoformat(again.clock.wall()).date()
    assert again.app.unlock(Assessment("GP", day, cleared=True)) is None
    assert opened().app.today().lock is None


@pytest.mark.hazard("H18")
def test_a_session_nobody_can_read_any_more_counts_as_lost(opened: Open) -> None:
    """What was tampered with is neither believed nor skipped over."""
    program = opened()
    played(program)
    assert not program.app.today().full_check_in
    write(program, "UPDATE past SET data = '{}'", "UPDATE event SET data = '{}'")
    again = opened()
    assert starts_over(again)


@pytest.mark.hazard("H18")
@pytest.mark.parametrize(("before_h", "after_h"), [(2, 1), (1, 2)])
def test_summer_time_neither_shortens_nor_lengthens_the_gap_between_sessions(
    opened: Open, before_h: int, after_h: int
) -> None:
    """Four hours by the sun, whatever the clock on the wall was set to meanwhile."""
    program = opened()
    # Midday, so that both sessions are of one day in either zone.
    program.clock.pass_ms(-6 * HOUR_MS)
    program.clock.zone = timezone(timedelta(hours=before_h))
    began = program.clock.now_utc_ms
    LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day")).play()
    program.clock.zone = timezone(timedelta(hours=after_h))
    program.clock.pass_ms(15 * 60_000)
    program.skip_question()
    program.clock.pass_ms(began + 4 * HOUR_MS - 60_000 - program.clock.now_utc_ms)
    assert program.app.today().closed is not None
    program.clock.pass_ms(60_000)
    assert program.app.today().closed is None


@pytest.mark.hazard("H18")
def test_an_older_data_file_starts_over_once_until_every_question_was_asked(opened: Open) -> None:
    """What the sessions in between have eased is not in it."""
    program = opened()
    played(program)
    program.close()
    older = program.home.database.read_bytes()
    program = opened()
    played(program)
    program.close()
    program.home.database.write_bytes(older)
    again = opened()
    assert again.app.notes
    again = opened()
    assert again.app.notes == ()
    assert again.app.today().full_check_in
    again.skip_question()
    assert starts_over(again)
    played(again)
    assert not again.app.today().full_check_in


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H18")
def test_a_stop_of_the_first_day_outlives_the_data_file_and_its_backups(opened: Open) -> None:
    """The name in the log is lost with the file; the log still stops whoever comes."""
    program = opened()
    answers = shipped_answers("emergency-after-a-set")
    LivePlayer(program.app.begin(), program.clock, answers).play()
    program.close()
    program.home.database.unlink()
    for copy in program.home.backups.iterdir():
        copy.unlink()
    again = opened()
    assert again.app.today().lock is not None
    assert again.app.today().full_check_in
    with pytest.raises(KnownError):
        again.app.begin()


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H18")
def test_a_stop_is_in_a_backup_as_soon_as_its_session_has_closed(opened: Open) -> None:
    """Without the log as well."""
    program = opened()
    answers = shipped_answers("emergency-after-a-set")
    LivePlayer(program.app.begin(), program.clock, answers).play()
    program.close()
    program.home.database.unlink()
    for log in program.home.session_logs.iterdir():
        log.unlink()
    assert opened().app.today().lock is not None


@pytest.mark.hazard("H18")
@pytest.mark.parametrize(
    "tear",
    [
        "UPDATE event SET data = '{' WHERE seq = 3",
        "UPDATE event SET data = '[1]' WHERE seq = 3",
        "DELETE FROM event",
    ],
)
def test_a_torn_row_of_a_log_counts_as_lost(opened: Open, tear: str) -> None:
    program = opened()
    played(program)
    write(program, "DELETE FROM past", tear)
    assert starts_over(opened())


@pytest.mark.hazard("H18")
@pytest.mark.parametrize("tear", ["UPDATE event SET data = '{' WHERE seq = 3", "DELETE FROM event"])
def test_a_cut_off_session_that_cannot_be_read_is_closed_as_lost(opened: Open, tear: str) -> None:
    """It keeps nobody out, and what it would have asked for is asked for as after any loss."""
    program = opened()
    played(program)
    program.clock.pass_ms(DAY_MS)
    LivePlayer(program.app.begin(), program.clock, shipped_answers("eased-day")).until(Rate)
    write(program, tear)
    again = opened()
    assert again.app.today().unfinished is not None
    again.app.finish_unfinished()
    assert again.app.today().unfinished is None
    assert starts_over(again)
