"""Copies, going back and deleting, on a real home: stops outlive all but the owner's own wish."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from coach.app.incoming.importing import Importer
from coach.domain.past import Morning
from coach.domain.side import Side
from coach.rules.locks import Assessment
from coach.store.backups import found_in
from coach.store.errors import KnownError
from fake_clock import DAY_MS
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram

Open = Callable[..., OpenedProgram]


def play(program: OpenedProgram, name: str = "calm-day") -> None:
    LivePlayer(program.app.begin(), program.clock, shipped_answers(name)).play()
    program.clock.pass_ms(DAY_MS)
    if program.app.today().ask is not None:
        program.answer_morning(Morning(tingling=1, pain=0, woken=False))


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def edit(program: OpenedProgram, statement: str) -> None:
    """Change the closed data file as another program would."""
    with closing(sqlite3.connect(program.home.database)) as other, other:
        other.execute(statement)


# Copies and going back


def test_a_copy_made_now_is_listed_with_its_sessions(program: OpenedProgram) -> None:
    play(program)
    care = program.app.care
    assert "No copy" in care.view().state
    assert "nerve-coach-2025-11-21.db" in care.back_up()
    (copy,) = care.copies()
    assert copy.text.startswith("today: 1 sessions")
    assert "Last copy: today" in care.view().state
    assert care.view().folder == str(program.home.data)
    copy.path.write_bytes(b"nonsense" * 1000)
    (copy,) = care.copies()
    assert "cannot be read" in copy.text


def test_going_back_keeps_the_stop_of_now_and_the_file_of_before(opened: Open) -> None:
    """The session since is gone from the record, its stop is not, and every question is asked."""
    program = opened()
    play(program)
    program.app.care.back_up()
    program.clock.pass_ms(DAY_MS)
    play(program, "emergency-after-a-set")
    assert program.app.today().lock is not None
    told = program.app.care.restore(program.app.care.copies()[-1].path)
    assert any("still stands" in line for line in told)
    aside = next(program.home.data.glob("nerve-coach-replaced-*.db"))
    with closing(sqlite3.connect(aside)) as before:
        assert before.execute("SELECT count(*) FROM session").fetchone() == (2,)
    assert len(program.store.session_ids()) == 1
    again = opened()
    assert again.app.today().lock is not None
    assert again.app.today().full_check_in
    assert again.profile == program.profile
    with pytest.raises(KnownError):
        again.app.begin()


def test_a_stop_lifted_since_the_copy_stays_lifted(opened: Open) -> None:
    """Somebody was seen about it; going back does not undo that."""
    program = opened()
    play(program, "weak-leg")
    program.app.care.back_up()
    program.clock.pass_ms(2 * DAY_MS)
    day = datetime.fromisoformat(program.clock.wall()).date()
    assert program.app.unlock(Assessment("GP", day, cleared=True)) is None
    program.app.care.restore(program.app.care.copies()[0].path)
    assert opened().app.today().lock is None


def test_a_damaged_copy_is_refused_and_nothing_changes(opened: Open) -> None:
    """Also one in which a single answer differs from its seal."""
    program = opened()
    play(program)
    program.app.care.back_up()
    (copy,) = program.app.care.copies()
    with closing(sqlite3.connect(copy.path)) as other, other:
        other.execute("UPDATE set_row SET tingling = 9")
    with pytest.raises(KnownError, match="choose another"):
        program.app.care.restore(copy.path)
    assert len(program.store.session_ids()) == 1
    assert not list(program.home.data.glob("nerve-coach-replaced-*.db"))
    copy.path.write_bytes(b"nonsense")
    with pytest.raises(KnownError):
        program.app.care.restore(copy.path)
    play(program)
    assert opened().app.notes == ()


# Deleting


def test_everything_is_deleted_and_the_program_starts_as_new(opened: Open, tmp_path: Path) -> None:
    """Data, copies, logs, what was moved aside, settings and cache; nothing of others."""
    program = opened()
    play(program)
    home = program.home
    program.app.choose_side(Side.LEFT)
    program.app.care.back_up()
    for path in (
        home.data / "nerve-coach-damaged-2025-11-01.db",
        home.cache / "voice" / "a" / "b.wav",
        home.cache / "shipped" / "plans.json",
        home.logs / "voice-helper.log",
        home.window_file,
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    export = tmp_path / "export.csv"
    export.write_text("mine")
    foreign = home.data / "letter.txt"
    foreign.write_text("mine too")
    (home.cache / "voice" / "away").symlink_to(tmp_path)
    with pytest.raises(KnownError, match="Nothing was deleted"):
        program.app.care.delete_everything("delete")
    assert len(program.store.session_ids()) == 1
    told = program.app.care.delete_everything(" Delete Everything ")
    assert "Files deleted:" in told[0]
    assert any(str(home.session_logs) in line for line in told)
    assert any("letter.txt" in line for line in told)
    assert files(tmp_path / "home") == {"data/letter.txt"}
    assert export.read_text() == "mine" and foreign.exists()
    # What is left of the run finds an empty record and leaves nothing behind.
    assert program.app.today().lock is None
    assert program.app.care.view()
    program.close()
    assert files(tmp_path / "home") == {"data/letter.txt"}
    again = opened()
    assert again.app.notes == ()
    assert again.app.between.first_session and again.app.today().full_check_in
    assert again.app.settings.sore_side == ""


def test_a_stop_is_spoken_of_before_everything_is_deleted(program: OpenedProgram) -> None:
    assert not any("stop" in line for line in program.app.care.warnings())
    play(program, "emergency-after-a-set")
    assert any("A stop stands" in line for line in program.app.care.warnings())


# After damage


def test_sessions_that_the_backup_lacks_come_back_from_their_logs(opened: Open) -> None:
    """The file is torn, the backup is of yesterday: today's session is decided again."""
    program = opened()
    play(program)
    program.app.care.back_up()
    play(program, "eased-day")
    program.close()
    content = program.home.database.read_bytes()
    program.home.database.write_bytes(content[: len(content) // 2])
    again = opened()
    assert len(again.store.session_ids()) == 2
    assert any("came back from their own log files: 1" in note for note in again.app.notes)
    assert [name for name, _ in again.store.pasts(again.profile)] == sorted(
        again.store.session_ids()
    )
    assert again.app.today().full_check_in


def test_without_any_backup_the_logs_bring_the_same_person_back(opened: Open) -> None:
    """Not under another name: today still knows that it is not the first session."""
    program = opened()
    play(program)
    play(program, "eased-day")
    pseudonym = program.store.profiles()[0].pseudonym
    program.close()
    program.home.database.write_bytes(b"nonsense" * 5000)
    again = opened()
    assert [(one.name, one.pseudonym) for one in again.store.profiles()] == [("me", pseudonym)]
    assert len(again.store.pasts(again.profile)) == 2
    assert not again.app.between.first_session


def test_a_session_that_nothing_can_bring_back_is_named_by_its_day(opened: Open) -> None:
    """Its row does not fit its seal, no backup has it, and its log is gone as well."""
    program = opened()
    play(program)
    play(program, "eased-day")
    first, second = sorted(program.store.session_ids())
    program.close()
    for path in program.home.backups.iterdir():
        path.unlink()
    program.home.session_log(second).unlink()
    edit(program, f"UPDATE set_row SET tingling = 0 WHERE session = '{second}'")  # noqa: S608 (our own id)
    again = opened()
    assert again.store.session_ids() == {first}
    assert any("could not be saved: of 2025-11-21" in note for note in again.app.notes)
    assert len(again.store.afterwards(again.profile)) == 1


def test_a_single_changed_answer_is_put_right_from_the_log(opened: Open) -> None:
    program = opened()
    play(program)
    (session,) = program.store.session_ids()
    before = program.store.sets(session)
    program.close()
    edit(program, "UPDATE set_row SET tingling = 0, pain = 0")
    again = opened()
    assert any("have changed by themselves" in note for note in again.app.notes)
    after = again.store.sets(session)
    assert [(row.tingling, row.pain) for row in after] == [
        (row.tingling, row.pain) for row in before
    ]


def test_a_file_changed_from_outside_but_whole_is_told_once(opened: Open) -> None:
    program = opened()
    play(program)
    program.close()
    with closing(sqlite3.connect(program.home.database)) as other:
        other.execute("PRAGMA auto_vacuum = FULL")
        other.execute("VACUUM")
    assert any("outside this program" in note for note in opened().app.notes)
    assert opened().app.notes == ()


def test_what_is_brought_in_counts_at_once(opened: Open, tmp_path: Path) -> None:
    """Own sessions from another computer: a stop among them closes today."""
    program = opened()
    play(program, "emergency-after-a-set")
    (log,) = program.home.session_logs.iterdir()
    kept = tmp_path / log.name
    kept.write_bytes(log.read_bytes())
    pseudonym = json.loads(log.read_text().splitlines()[0])["data"]["profile"]
    with OpenedProgram(tmp_path / "other", program.clock) as other:
        with other._database.transaction() as connection:
            connection.execute("UPDATE profile SET pseudonym = ?", (pseudonym,))
        assert other.app.today().lock is None
        steps = other.app.care.bring_in([kept, tmp_path / "never"])
        while True:
            try:
                next(steps)
            except StopIteration as end:
                reports = end.value
                break
        told = other.app.care.told(reports)
        assert "1 new" in told[0] and "nothing in it could be used" in told[1]
        assert other.app.today().lock is not None
        importer = Importer(other.store, SHIPPED, other.home, other.clock.wall)
        assert importer.bring_in(kept).here == 1


def test_todays_stop_is_in_a_backup_as_soon_as_it_is_brought_in(
    opened: Open, tmp_path: Path
) -> None:
    program = opened()
    play(program, "emergency-after-a-set")
    (log,) = program.home.session_logs.iterdir()
    with OpenedProgram(tmp_path / "other", program.clock) as other:
        importer = Importer(other.store, SHIPPED, other.home, other.clock.wall)
        importer.bring_in(log)
        (copy,) = found_in(other.home.backups)
        assert copy.day == date(2025, 11, 21)
        with closing(sqlite3.connect(copy.path)) as kept:
            assert kept.execute("SELECT count(*) FROM lock").fetchone() == (1,)
