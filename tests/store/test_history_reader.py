"""What the history page asks, answered as the whole record would answer it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from coach.domain.record import Moment, PlayedSession, PlayedSet, Selection
from coach.domain.side import Side
from coach.store.history_reader import HistoryReader
from fake_clock import FakeClock
from long_record import LAST_DAY, write_long_record
from opened_program import OpenedProgram

SESSIONS = 40
STRETCH = (LAST_DAY - timedelta(days=30), LAST_DAY - timedelta(days=3))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenedProgram]:
    with OpenedProgram(tmp_path_factory.mktemp("home"), FakeClock()) as opened:
        write_long_record(opened.store, opened.profile, SESSIONS)
        with opened.store._database.transaction() as connection:
            unnamed = """UPDATE set_row SET "where" = '[]' WHERE substr(session, 7, 2) % 3 = 0"""
            connection.execute(unnamed)
        yield opened


@pytest.fixture(
    params=[
        (None, None, None, None),
        (*STRETCH, None, None),
        (None, None, Side.RIGHT, None),
        (*STRETCH, Side.LEFT, "H1"),
    ],
    ids=["everything", "some weeks", "right leg", "weeks, left, H1"],
)
def selection(request: pytest.FixtureRequest, program: OpenedProgram) -> Selection:
    return Selection(program.profile, *request.param)


@pytest.fixture
def reader(program: OpenedProgram) -> HistoryReader:
    return program.store.history


@pytest.fixture
def record(program: OpenedProgram, selection: Selection) -> list[PlayedSession]:
    return list(program.store.record.sessions(selection))


def wanted(selection: Selection, side: Side | None, exercise: str) -> bool:
    return selection.side in (None, side) and selection.exercise in (None, exercise)


def test_sets_are_those_of_the_record(
    reader: HistoryReader, selection: Selection, record: list[PlayedSession]
) -> None:
    found = [
        (one.session, one.day, one.n, one.tingling, one.pain) for one in reader.sets(selection)
    ]
    assert found == [
        (session.id, session.day, one.n, one.tingling, one.pain)
        for session in record
        for one in session.sets
        if wanted(selection, one.side, one.exercise)
    ]
    assert found


def test_mornings_are_the_last_said_of_each_session(
    reader: HistoryReader, selection: Selection, record: list[PlayedSession]
) -> None:
    found = {one.session: (one.tingling, one.pain) for one in reader.mornings(selection)}
    assert found == {
        session.id: (later.tingling, later.pain)
        for session in record
        for later in session.later
        if later.moment is Moment.MORNING
    }


def test_days_and_outcomes_are_those_of_the_record(
    reader: HistoryReader, selection: Selection, record: list[PlayedSession]
) -> None:
    found = [(one.day, one.outcome) for one in reader.days(selection)]
    assert found == [(session.day, session.outcome.value) for session in record]


def is_rated(played: PlayedSet) -> bool:
    return played.tingling is not None or played.pain is not None


def test_places_are_counted_by_day(
    reader: HistoryReader, selection: Selection, record: list[PlayedSession]
) -> None:
    """Also on days on which no place was named: their sets are part of all there were."""
    times: Counter[tuple[date, str | None]] = Counter()
    sets: Counter[date] = Counter()
    for session in record:
        for one in session.sets:
            if wanted(selection, one.side, one.exercise) and is_rated(one):
                sets[session.day] += 1
                named = [place.value for place in one.where] or [None]
                times.update((session.day, place) for place in named)
    found = {(one.day, one.place): (one.times, one.sets) for one in reader.places(selection)}
    assert found == {key: (n, sets[key[0]]) for key, n in times.items()}
    assert None in {place for _, place in found}


def test_the_list_of_sessions_comes_newest_first_and_page_by_page(
    reader: HistoryReader, selection: Selection, record: list[PlayedSession]
) -> None:
    found, before = [], None
    while page := reader.lines(selection, limit=7, before=before):
        assert len(page) <= 7
        found += page
        before = (page[-1].began, page[-1].id)
    assert [one.id for one in found] == [session.id for session in reversed(record)]
    newest, line = record[-1], found[0]
    assert line.sets == len(newest.sets)
    assert line.worst_tingling == max(one.tingling or 0 for one in newest.sets)
    assert [one.corrected for one in found] == [bool(s.corrections) for s in reversed(record)]


def test_only_the_last_correction_of_an_answer_is_told(program: OpenedProgram) -> None:
    told = program.store.history.corrections(Selection(program.profile))
    said = [(one.moment, one.n, one.asked) for one in told]
    assert sorted(said) == [("check_in", 0, "tingling"), ("set", 1, "tingling")]
    assert [one.value for one in told if one.moment == "check_in"] == [None]


def test_what_legs_did_comes_in_the_order_sessions_closed(program: OpenedProgram) -> None:
    lines = program.store.history.worked(Selection(program.profile))
    assert [one.began for one in lines] == sorted(one.began for one in lines)
    assert {one.session for one in lines} <= {
        session.id for session in program.store.record.sessions(Selection())
    }


def test_another_profile_sees_nothing(program: OpenedProgram) -> None:
    other = Selection("somebody else")
    reader = program.store.history
    assert reader.first_day("somebody else") is None
    assert reader.exercises("somebody else") == ()
    for rows in (reader.sets, reader.mornings, reader.days, reader.places, reader.worked):
        assert rows(other) == []


def test_the_first_day_and_the_exercises_played(program: OpenedProgram) -> None:
    (first, *_) = program.store.record.sessions(Selection(program.profile))
    assert program.store.history.first_day(program.profile) == first.day
    assert {"S3", "H1"} <= set(program.store.history.exercises(program.profile))


def test_the_ends_of_the_calendar_can_be_asked_for(program: OpenedProgram) -> None:
    whole = Selection(program.profile, date.min, LAST_DAY)
    assert len(program.store.history.days(whole)) == SESSIONS
