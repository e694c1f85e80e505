"""H01: whoever opens the program beside a record that was brought in hears of it and its stop."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from coach.app.export.exporting import Format, Source, Wish, export
from coach.app.incoming.importing import Importer
from coach.app.people import LONGEST_NAME, MOST_NAMED
from coach.domain.record import Selection
from coach.store.database import open_database
from coach.store.errors import KnownError
from coach.store.paths import Home
from coach.store.records import LockRow, Profile
from coach.store.sessions import SessionStore
from fake_clock import FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram

Open = Callable[..., OpenedProgram]
WALL = "2025-11-20T18:30:00.000+01:00"


def brought_to(folder: Path, tmp_path: Path, answers: str) -> str:
    """A record played elsewhere, brought into a new home by the command; its pseudonym."""
    with OpenedProgram(tmp_path / "old", FakeClock()) as old:
        LivePlayer(old.app.begin(), old.clock, shipped_answers(answers)).play()
        source = Source(old.store, SHIPPED, old.home, WALL, lambda: "f00d")
        export(source, Wish(Format.JSON, Selection(), tmp_path / "a.zip"))
    home = Home.under(folder)
    database = open_database(home, date(2025, 12, 20))
    store = SessionStore(database)
    Importer(store, SHIPPED, home, lambda: WALL).bring_in(tmp_path / "a.zip")
    (person,) = store.profiles()
    database.close()
    return person.name


@pytest.mark.hazard("H01")
def test_on_a_new_computer_a_record_with_a_stop_is_told_and_how_to_open_it(
    opened: Open, tmp_path: Path
) -> None:
    """Until there is a session of one's own."""
    name = brought_to(tmp_path / "home", tmp_path, "emergency-after-a-set")
    program = opened()
    here, stopped = program.app.notes
    assert name in here and "--profile NAME" in here and "History" in here
    assert name in stopped and "stop stands" in stopped
    LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day")).play()
    assert opened().app.notes == ()


def test_a_record_without_a_stop_is_told_without_one(opened: Open, tmp_path: Path) -> None:
    name = brought_to(tmp_path / "home", tmp_path, "calm-day")
    (here,) = opened().app.notes
    assert name in here


def test_a_demonstration_and_an_empty_computer_tell_of_nobody(opened: Open, tmp_path: Path) -> None:
    assert opened().app.notes == ()
    brought_to(tmp_path / "elsewhere", tmp_path, "emergency-after-a-set")
    with OpenedProgram(tmp_path / "elsewhere", FakeClock(), demo=True) as demo:
        assert demo.app.notes == ()


@pytest.mark.hazard("H01")
def test_somebody_with_a_stop_and_no_session_is_told_and_of_many_a_few(
    program: OpenedProgram,
) -> None:
    for number in range(MOST_NAMED + 2):
        who = f"p{number}"
        program.store.add_profile(Profile(who, f"Person {number}", who))
        program.store.set_locks([LockRow(f"l{number}", who, None, "urgent", "U1", WALL)])
    for told in program.app.people.notes():
        assert f"Person {MOST_NAMED - 1}" in told
        assert f"Person {MOST_NAMED}" not in told
        assert "and 2 more" in told


@pytest.fixture
def beside(opened: Open, tmp_path: Path) -> tuple[OpenedProgram, str]:
    """A window of one's own beside a record that was brought in, and that person's id."""
    brought_to(tmp_path / "home", tmp_path, "emergency-after-a-set")
    program = opened()
    return program, next(one.id for one in program.app.people.all if not one.mine)


def test_another_record_is_looked_at_and_ones_own_stays_the_windows(
    beside: tuple[OpenedProgram, str],
) -> None:
    """Looking at a record with a stop closes no session here, and opens none there."""
    program, other = beside
    app = program.app
    assert [(one.mine, one.stopped) for one in app.people.all] == [(True, False), (False, True)]
    assert (app.people.looked_at.mine, app.history().first_day) == (True, None)
    app.people.look_at(other)
    assert app.history().first_day is not None
    assert app.export_offer().looked_at == other
    assert app.today().lock is None
    assert program.store.active_locks(other)
    assert not program.store.active_locks(program.profile)


def test_a_person_is_given_a_name_and_keeps_pseudonym_sessions_and_stop(
    beside: tuple[OpenedProgram, str], opened: Open
) -> None:
    """Under that name the program opens their record from then on."""
    program, other = beside
    before = next(one for one in program.store.profiles() if one.id == other)
    program.app.people.rename(other, "  Anna   Berg ")
    after = next(one for one in program.store.profiles() if one.id == other)
    assert (after.name, after.pseudonym) == ("Anna Berg", before.pseudonym)
    theirs = opened(profile="Anna Berg").app
    assert theirs.people.looked_at.id == other
    assert theirs.today().lock is not None


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "1 to 44"),
        (" \n\t ", "1 to 44"),
        ("x" * (LONGEST_NAME + 1), "1 to 44"),
        ("Me", "called Me already"),
        ("cato", "called cato already"),
    ],
)
def test_a_name_that_is_none_or_anothers_is_refused(
    beside: tuple[OpenedProgram, str], name: str, told: str
) -> None:
    """And nothing changes."""
    program, other = beside
    program.store.add_profile(Profile("c", "Cato", "p-cato"))
    before = program.store.profiles()
    with pytest.raises(KnownError, match=told):
        program.app.people.rename(other, name)
    assert program.store.profiles() == before


def test_a_name_that_opens_a_window_is_kept_while_it_is_open(
    beside: tuple[OpenedProgram, str], opened: Open
) -> None:
    """Whoever gives none keeps having none, so that their stop finds them at every start."""
    program, other = beside
    LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day")).play()
    names = {one.name: one.renamable for one in program.app.people.all if one.id != other}
    assert names == {"You": False}
    bens = opened(profile="Ben").app.people.all
    names = {one.name: one.renamable for one in bens if one.id != other}
    assert names == {"Ben": False, "Without a name": False}
