"""H01, H18: a log that the data file knows nothing of still stops, damaged or nobody's as it is."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.store.errors import KnownError
from fake_clock import DAY_MS, FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import OpenedProgram

Open = Callable[..., OpenedProgram]


def play(program: OpenedProgram, name: str) -> None:
    LivePlayer(program.app.begin(), program.clock, shipped_answers(name)).play()


def without_line(content: bytes, place: int) -> bytes:
    lines = content.split(b"\n")
    lines[place] = lines[place].replace(b'"ms"', b'"mt"')
    return b"\n".join(lines)


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H18")
@pytest.mark.parametrize("place", [0, 1, -2], ids=["first line", "before the stop", "behind it"])
def test_a_stop_in_a_damaged_log_outlives_an_older_data_file(opened: Open, place: int) -> None:
    """The log is noted as found, so that every question is asked again."""
    program = opened()
    play(program, "calm-day")
    program.clock.pass_ms(DAY_MS)
    program.skip_question()
    program.close()
    older = program.home.database.read_bytes()
    program = opened()
    play(program, "emergency-after-a-set")
    program.close()
    program.home.database.write_bytes(older)
    log = max(program.home.session_logs.iterdir())
    log.write_bytes(without_line(log.read_bytes(), place))
    again = opened()
    assert again.app.today().lock is not None
    assert again.app.today().full_check_in
    assert any("older than they are" in note for note in again.app.notes)
    with pytest.raises(KnownError):
        again.app.begin()
    assert opened().app.notes == ()


@pytest.mark.hazard("H18")
def test_a_log_of_which_nothing_can_be_read_makes_every_question_be_asked(opened: Open) -> None:
    program = opened()
    play(program, "calm-day")
    program.clock.pass_ms(DAY_MS)
    program.skip_question()
    program.home.session_log("20251121T090000-abcd").write_bytes(b"\x00" * 4000)
    again = opened()
    assert again.app.today().full_check_in
    assert again.app.notes


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H18")
def test_with_data_file_and_copies_gone_the_logs_of_two_people_stop_whoever_comes(
    opened: Open, tmp_path: Path
) -> None:
    """Whose they are nobody can tell any more; both records come back under their pseudonyms."""
    with OpenedProgram(tmp_path / "other", FakeClock(FakeClock().now_utc_ms + 7_000_000)) as other:
        play(other, "calm-day")
        (theirs,) = other.home.session_logs.iterdir()
    program = opened()
    play(program, "emergency-after-a-set")
    program.close()
    home = program.home
    shutil.copy(theirs, home.session_logs)
    shutil.rmtree(home.backups)
    home.database.write_bytes(b"\xff" * 50_000)
    again = opened()
    assert len(again.store.profiles()) == 3
    assert len(again.store.session_ids()) == 2
    assert again.app.today().lock is not None
    assert again.app.today().full_check_in
    with pytest.raises(KnownError):
        again.app.begin()
    assert not any("older than they are" in note for note in again.app.notes)
