"""What is written as a session happens, and how it is found again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.store.errors import BugError
from coach.store.records import AnswerRow, LockRow, LogEntry, Profile, SessionHeader, SetRow
from coach.store.sessions import SessionStore, log_file

Headers = Callable[..., SessionHeader]
Entries = Callable[..., LogEntry]
LOCK = LockRow("s1-E1", "p1", "s1", "emergency", "E1", "2025-11-20T18:31:00+01:00")
CLOSED = {"outcome": "completed", "closed_wall": "2025-11-20T18:50:00+01:00", "log_head": "h9"}

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
numbers = st.integers(-(2**63), 2**63 - 1)
degrees = st.dictionaries(
    st.sampled_from(["hip", "knee"]), st.floats(allow_nan=False, allow_infinity=False)
)
words = st.lists(text, max_size=4).map(tuple)
ratings = st.none() | st.integers(0, 10)
log_entries = st.lists(
    st.builds(LogEntry, st.just(0), text, numbers, text, text, text), max_size=5
).map(lambda found: [replace(entry, seq=seq) for seq, entry in enumerate(found)])
set_rows = st.builds(
    SetRow,
    n=st.just(1),
    exercise=text,
    side=st.none() | text,
    level=text,
    reps=numbers,
    rest_s=numbers,
    home=degrees,
    out=degrees,
    planned_ms=numbers,
    done_ms=numbers,
    tingling=ratings,
    pain=ratings,
    where=words,
    feels=words,
    new=words,
    settled_s=st.none() | numbers,
    action=st.none() | text,
    rules=words,
    levers=words,
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=log_entries, row=set_rows)
def test_entries_and_sets_come_back_as_they_went_in(
    store: SessionStore, header: Headers, entries: list[LogEntry], row: SetRow
) -> None:
    """Any text and any number; an absent rating stays absent."""
    session = f"s{len(store.sessions('p1'))}"
    store.open_session(header(session))
    store.append(session, entries, sets=[row])
    assert store.entries(session) == entries
    assert store.sets(session) == [row]


def test_a_header_comes_back_with_its_plan(store: SessionStore, header: Headers) -> None:
    """Two sessions of one plan keep its text once, and each still gives it back."""
    first, second = header("s1"), header("s2", "2025-11-21T18:30:00+01:00", demo=True)
    store.open_session(first)
    store.open_session(second)
    assert store.header("s1") == first
    assert store.header("s2") == second


def test_one_hash_never_stands_for_two_plans(store: SessionStore, header: Headers) -> None:
    """Else a log would be replayed with another plan than was played."""
    store.open_session(header("s1"))
    with pytest.raises(BugError, match="another text"):
        store.open_session(header("s2", plan_text="other"))


def test_a_set_row_is_completed_later(
    store: SessionStore, header: Headers, entry: Entries, set_row: SetRow
) -> None:
    """Its rating is on disk before anything has been decided about it."""
    store.open_session(header())
    store.append("s1", [entry(0)], sets=[replace(set_row, action=None, settled_s=None)])
    store.append("s1", [entry(1)], sets=[set_row])
    assert store.sets("s1") == [set_row]


@pytest.mark.parametrize("seq", [0, 2])
def test_a_log_has_no_gaps_and_no_doubles(
    store: SessionStore, header: Headers, entry: Entries, seq: int
) -> None:
    """The chain of hashes would not hold."""
    store.open_session(header())
    store.append("s1", [entry(0)])
    with pytest.raises(BugError, match=f"log entry {seq} where 1 is next"):
        store.append("s1", [entry(seq)])
    assert store.entries("s1") == [entry(0)]


def test_an_append_that_fails_has_changed_nothing(
    store: SessionStore, header: Headers, entry: Entries, set_row: SetRow
) -> None:
    """The last part is wrong (a rating of 11), so the entries before it are not kept either."""
    store.open_session(header())
    with pytest.raises(BugError, match="tingling"):
        store.append("s1", [entry(0)], sets=[replace(set_row, tingling=11)], locks=[LOCK])
    assert store.entries("s1") == []
    assert store.active_locks("p1") == []


def test_a_closed_session_stays_as_it_is(
    store: SessionStore, header: Headers, entry: Entries
) -> None:
    """Neither longer nor closed twice; and nothing is added to one that never was."""
    store.open_session(header())
    store.close_session("s1", **CLOSED)
    with pytest.raises(BugError, match="closed"):
        store.append("s1", [entry(0)])
    with pytest.raises(BugError, match="closed"):
        store.close_session("s1", **CLOSED)
    with pytest.raises(BugError, match="there is none"):
        store.append("s2", [entry(0)])
    with pytest.raises(BugError, match="there is none"):
        store.header("s2")


def test_an_unfinished_session_is_found_until_it_is_closed(
    store: SessionStore, header: Headers
) -> None:
    """Only the person's own, and no demonstration."""
    store.add_profile(Profile("p2", "Bo", "p-0000"))
    store.open_session(header())
    store.open_session(header("s2", "2025-11-20T19:30:00+01:00", demo=True))
    store.open_session(header("s3", "2025-11-20T19:30:00+01:00", profile="p2"))
    assert store.unfinished("p1") == header()
    assert store.last_session("p1") is None
    store.close_session("s1", **CLOSED)
    assert store.unfinished("p1") is None
    last = store.last_session("p1")
    assert last is not None
    assert (last.id, last.outcome, last.closed_wall, last.log_head) == ("s1", *CLOSED.values())


def test_sessions_come_newest_first_across_time_zones(store: SessionStore, header: Headers) -> None:
    """Ordered by the moment, whatever the clock on the wall said."""
    store.open_session(header("early", "2025-11-20T20:00:00+09:00"))
    store.open_session(header("late", "2025-11-20T13:00:00+01:00"))
    assert [found.id for found in store.sessions("p1")] == ["late", "early"]
    assert [found.id for found in store.sessions("p1", limit=1)] == ["late"]


def test_sessions_are_chosen_by_the_day_the_person_lived(
    store: SessionStore, header: Headers
) -> None:
    """Half past midnight in Berlin is the new day there, though not yet in UTC."""
    store.open_session(header("eve", "2025-11-19T23:30:00+01:00"))
    store.open_session(header("night", "2025-11-20T00:30:00+01:00"))
    day, before = date(2025, 11, 20), date(2025, 11, 19)
    assert [found.id for found in store.sessions("p1", since=day)] == ["night"]
    assert [found.id for found in store.sessions("p1", until=before)] == ["eve"]
    assert [found.id for found in store.sessions("p1", since=before, until=day)] == ["night", "eve"]


def test_a_wall_time_without_an_offset_is_refused(store: SessionStore, header: Headers) -> None:
    """It would be another moment on another machine."""
    with pytest.raises(BugError, match="offset"):
        store.open_session(header("s1", "2025-11-20T18:30:00"))
    assert store.sessions("p1") == []


def test_a_full_check_in_counts_only_when_everything_was_answered(
    store: SessionStore, header: Headers, entry: Entries
) -> None:
    """A question left open is not an answer; the newest complete one is reported."""
    full = [AnswerRow(0, "E1", "no"), AnswerRow(0, "C1", "no"), AnswerRow(0, "A1", "not sure")]
    questions = {"C1", "A1"}
    store.open_session(header("s1", "2025-11-01T10:00:00+01:00"))
    store.append("s1", [entry(0)], answers=[*full, AnswerRow(1, "A1", "no")])
    store.open_session(header("s2", "2025-11-02T10:00:00+01:00"))
    store.append(
        "s2", [entry(0)], answers=[*full[:2], AnswerRow(0, "A1", None), AnswerRow(1, "C1", "yes")]
    )
    assert store.last_full_check_in("p1", questions) == "2025-11-01T10:00:00+01:00"
    store.append("s2", [entry(1)], answers=[AnswerRow(1, "A1", "no")])
    assert store.last_full_check_in("p1", questions) == "2025-11-02T10:00:00+01:00"
    assert store.last_full_check_in("p1", {"C9"}) is None
    assert len(store.answers("s2")) == 5


def test_the_last_answer_is_the_newest_one_that_was_given(
    store: SessionStore, header: Headers, entry: Entries
) -> None:
    """A session that did not ask, or was left before, does not hide an older answer."""
    store.open_session(header("s1", "2025-11-01T10:00:00+01:00"))
    answers = [AnswerRow(0, "A3", "no"), AnswerRow(1, "A3", "yes")]
    store.append("s1", [entry(0)], answers=answers)
    store.open_session(header("s2", "2025-11-02T10:00:00+01:00"))
    store.append("s2", [entry(0)], answers=[AnswerRow(0, "A3", None)])
    assert store.last_answer("p1", "A3") == "yes"
    assert store.last_answer("p1", "A1") is None
    assert store.last_answer("p2", "A3") is None


def test_a_lock_is_there_with_the_answer_that_caused_it_until_it_is_lifted(
    store: SessionStore, header: Headers, entry: Entries
) -> None:
    """Both in one transaction; lifting it notes who and when, and works once."""
    store.open_session(header())
    store.append("s1", [entry(0)], answers=[AnswerRow(0, "E1", "yes")], locks=[LOCK])
    assert store.active_locks("p1") == [LOCK]
    store.lift_locks(["s1-E1"], lifted_wall="2025-11-22T09:00:00+01:00", lifted_by="GP")
    assert store.active_locks("p1") == []
    with pytest.raises(BugError, match="no active one"):
        store.lift_locks(["s1-E1"], lifted_wall="2025-11-22T09:00:00+01:00", lifted_by="GP")


def test_several_locks_are_lifted_together_or_not_at_all(
    store: SessionStore, header: Headers
) -> None:
    """What stops half-way has opened nothing."""
    store.open_session(header())
    store.set_locks([LOCK, replace(LOCK, id="s1-E2")])
    with pytest.raises(BugError, match="s1-E9"):
        store.lift_locks(["s1-E1", "s1-E9"], lifted_wall=LOCK.set_wall, lifted_by="GP")
    assert {row.id for row in store.active_locks("p1")} == {"s1-E1", "s1-E2"}
    store.lift_locks(["s1-E1", "s1-E2"], lifted_wall=LOCK.set_wall, lifted_by="GP")
    assert store.active_locks("p1") == []


def test_a_profile_name_is_taken_once(store: SessionStore) -> None:
    """--profile NAME has to mean one person."""
    with pytest.raises(BugError):
        store.add_profile(Profile("p2", "Ada", "p-1111"))
    assert len(store.profiles()) == 1


def test_a_log_file_is_written_whole(tmp_path: Path) -> None:
    """As UTF-8 without changed line ends, over an earlier one."""
    path = tmp_path / "s1.jsonl"
    log_file(path, "old\n")
    log_file(path, '{"note":"ä"}\n')
    assert path.read_bytes() == '{"note":"ä"}\n'.encode()
    assert list(tmp_path.iterdir()) == [path]
