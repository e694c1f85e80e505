"""The record that tests and benches write is one the program itself could have written."""

from itertools import pairwise
from pathlib import Path

from coach.app.session.keeping import kept_records
from coach.app.session.replaying import replay
from coach.domain.record import Moment, Selection
from coach.formats.session_log import log_text
from fake_clock import FakeClock
from long_record import A_YEAR, LAST_DAY, write_long_record
from opened_program import SHIPPED, OpenedProgram

SESSIONS = 12


def test_its_logs_replay_to_the_same_decisions_and_its_sessions_end_on_the_last_day(
    tmp_path: Path,
) -> None:
    with OpenedProgram(tmp_path, FakeClock()) as program:
        assert write_long_record(program.store, program.profile, SESSIONS) == SESSIONS
        sessions = list(program.store.record.sessions(Selection(program.profile)))
        assert sessions[-1].day == LAST_DAY
        assert all(a.day < b.day for a, b in pairwise(sessions))
        assert any(later.moment is Moment.MORNING for one in sessions for later in one.later)
        for session in sessions:
            text = log_text(kept_records(program.store, session.id))
            again = replay(SHIPPED, text, session.id)
            assert again.differences == ()
            assert not again.ends_open
        assert program.app.today().ask is None


def test_the_same_arguments_write_the_same_rows(tmp_path: Path) -> None:
    tables = ("session", "event", "set_row", "answer", "afterwards", "past", "correction")
    found = []
    for name in ("one", "other"):
        with OpenedProgram(tmp_path / name, FakeClock()) as program:
            with program._database.transaction() as connection:
                connection.execute("UPDATE profile SET id = 'me', pseudonym = 'p'")
            write_long_record(program.store, "me", SESSIONS)
            wanted = (f"SELECT * FROM {table}" for table in tables)  # noqa: S608 (names above)
            rows = [program.on_disk(sql) for sql in wanted]
            found.append(rows)
    assert found[0] == found[1]


def test_more_than_a_year_is_the_same_year_before(tmp_path: Path) -> None:
    many = A_YEAR + SESSIONS
    with OpenedProgram(tmp_path, FakeClock()) as program:
        write_long_record(program.store, program.profile, many, whole_logs=False)
        days = [one.day for one in program.store.history.days(Selection(program.profile))]
        assert len(days) == many
        assert days == sorted(set(days))
        assert (days[-1] - days[0]).days > 364
