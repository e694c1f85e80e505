"""What stays of a session for the next days: its past, later answers, locks, allowances."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from coach.store.errors import BugError
from coach.store.records import (
    AfterwardsRow,
    AllowanceRow,
    LockRow,
    Profile,
    SessionHeader,
)
from coach.store.sessions import SessionStore

Headers = Callable[..., SessionHeader]
WALL = "2025-11-21T08:00:00+01:00"
MORNING = AfterwardsRow("s1", "morning", WALL, tingling=3, pain=0, woken=False)
REST = AfterwardsRow("s1", "ten_minutes", WALL, tingling=10, pain=1, numb=True)
SKIPPED = AfterwardsRow("s1", "morning", WALL)
LOCK = LockRow("s1-DAY-06", "p1", "s1", "clearance", "DAY-06", WALL)
CLOSED = {"outcome": "completed", "closed_wall": "2025-11-20T18:50:00+01:00", "log_head": "h9"}
ALLOWED = AllowanceRow("a1", "p1", "S8", WALL)


@pytest.fixture
def closed(store: SessionStore, header: Headers) -> SessionStore:
    """A store with one closed session, s1, of which only the log is kept."""
    store.open_session(header())
    store.close_session("s1", **CLOSED)
    return store


def test_a_closed_session_leaves_its_past(store: SessionStore, header: Headers) -> None:
    """Written with the closing, given back as it was."""
    store.open_session(header())
    store.close_session("s1", **CLOSED, past='{"worst":3}')
    assert store.pasts("p1") == [("s1", '{"worst":3}')]
    assert store.without_past("p1") == []


def test_pasts_come_as_they_were_kept_and_without_demonstrations(
    store: SessionStore, header: Headers
) -> None:
    """Whatever a clock said; those still to be worked out come in the order they began."""
    store.add_profile(Profile("p2", "Bo", "p-0000"))
    store.open_session(header("s1", "2025-11-21T00:30:00+00:00"))
    store.open_session(header("s4", "2025-11-21T01:00:00+01:00"))
    store.open_session(header("s3", "2025-11-21T01:00:00+01:00"))
    store.open_session(header("s5", demo=True))
    store.open_session(header("s6", profile="p2"))
    store.open_session(header("s7", "2025-11-22T00:00:00+00:00"))
    for session in ("s1", "s3", "s4", "s5", "s6"):
        store.close_session(session, **CLOSED)
    assert store.without_past("p1") == ["s3", "s4", "s1"]
    for session in ("s1", "s3", "s4", "s5", "s6"):
        store.keep_past(session, f'"{session}"')
    assert store.pasts("p1") == [("s1", '"s1"'), ("s3", '"s3"'), ("s4", '"s4"')]
    assert store.without_past("p1") == []


def test_a_past_can_be_worked_out_again(closed: SessionStore) -> None:
    """It is what the log says, in the words of a newer program."""
    closed.keep_past("s1", '{"old":1}')
    closed.keep_past("s1", '{"new":1}')
    assert closed.pasts("p1") == [("s1", '{"new":1}')]


def test_a_past_belongs_to_a_session_that_is_over(store: SessionStore, header: Headers) -> None:
    """Neither to one that runs nor to one that never was."""
    store.open_session(header())
    with pytest.raises(BugError, match="still open"):
        store.keep_past("s1", "{}")
    with pytest.raises(BugError, match="there is none"):
        store.keep_past("s2", "{}")
    assert store.pasts("p1") == []


def test_a_session_that_cannot_be_closed_leaves_no_past(closed: SessionStore) -> None:
    """Closing it twice changes nothing of the first."""
    with pytest.raises(BugError, match="closed"):
        closed.close_session("s1", **CLOSED, past="{}")
    assert closed.pasts("p1") == []


def test_answers_afterwards_come_back_in_the_order_they_were_given(
    store: SessionStore, header: Headers
) -> None:
    """Counted from 0 for each session; the older session's come first, though given later."""
    store.open_session(header("s1"))
    store.open_session(header("s0", "2025-11-22T18:30:00+01:00"))
    store.close_session("s1", **CLOSED)
    store.close_session("s0", **CLOSED)
    later = replace(MORNING, session="s0")
    for row in (later, REST, MORNING):
        store.add_afterwards(row)
    assert store.afterwards("p1") == [REST, MORNING, later]
    assert store.afterwards("p2") == []


def test_a_skipped_question_is_missing_not_zero(closed: SessionStore) -> None:
    """Kept, so that it is not asked again; no rating and no "no" comes of it."""
    closed.add_afterwards(SKIPPED)
    (kept,) = closed.afterwards("p1")
    assert kept == SKIPPED
    assert (kept.tingling, kept.pain, kept.woken, kept.numb) == (None, None, None, None)


def test_truths_come_back_as_truths(closed: SessionStore) -> None:
    """SQLite knows only numbers."""
    closed.add_afterwards(MORNING)
    closed.add_afterwards(REST)
    morning, rest = closed.afterwards("p1")
    assert morning.woken is False
    assert morning.numb is None
    assert rest.numb is True


@pytest.mark.parametrize(
    "wrong",
    [
        replace(MORNING, tingling=11),
        replace(MORNING, tingling=-1),
        replace(MORNING, pain=11),
        replace(MORNING, kind="evening"),
    ],
)
def test_what_is_no_answer_is_refused_and_locks_nothing(
    closed: SessionStore, wrong: AfterwardsRow
) -> None:
    """The answer and its lock are one: both on disk or neither."""
    with pytest.raises(BugError):
        closed.add_afterwards(wrong, locks=[LOCK])
    assert closed.afterwards("p1") == []
    assert closed.active_locks("p1") == []


def test_an_answer_whose_lock_cannot_be_written_is_not_kept(closed: SessionStore) -> None:
    """It would count as answered, and nothing would be closed."""
    with pytest.raises(BugError):
        closed.add_afterwards(MORNING, locks=[LOCK, replace(LOCK, profile="nobody")])
    assert closed.afterwards("p1") == []
    assert closed.active_locks("p1") == []


def test_an_answer_is_there_with_the_lock_it_caused(closed: SessionStore) -> None:
    """Both after one call."""
    closed.add_afterwards(MORNING, locks=[LOCK])
    assert closed.afterwards("p1") == [MORNING]
    assert closed.active_locks("p1") == [LOCK]


def test_nothing_comes_after_a_session_that_runs(store: SessionStore, header: Headers) -> None:
    """Nor after one that never was."""
    store.open_session(header())
    with pytest.raises(BugError, match="still open"):
        store.add_afterwards(MORNING)
    with pytest.raises(BugError, match="there is none"):
        store.add_afterwards(replace(MORNING, session="s2"))
    assert store.afterwards("p1") == []


def test_answers_about_a_demonstration_are_nobodys(store: SessionStore, header: Headers) -> None:
    """They must not shape the next days."""
    store.open_session(header(demo=True))
    store.close_session("s1", **CLOSED)
    store.add_afterwards(MORNING)
    assert store.afterwards("p1") == []


def test_locks_between_sessions_are_set_all_or_none(store: SessionStore) -> None:
    """Without a session as well; a restriction is kept like a stop."""
    advise = LockRow("p1-NEW-03", "p1", None, "advise", "NEW-03", WALL)
    with pytest.raises(BugError):
        store.set_locks([LOCK, replace(advise, profile="nobody")])
    assert store.active_locks("p1") == []
    store.set_locks([LOCK, advise])
    assert store.active_locks("p1") == [advise, LOCK]
    store.lift_locks(["p1-NEW-03"], lifted_wall=WALL, lifted_by="GP")
    assert store.active_locks("p1") == [LOCK]


def test_a_lock_is_never_replaced_by_another(store: SessionStore) -> None:
    """A lifted one keeps who lifted it."""
    store.set_locks([LOCK])
    store.lift_locks([LOCK.id], lifted_wall=WALL, lifted_by="GP")
    with pytest.raises(BugError):
        store.set_locks([LOCK])
    assert [lock.lifted_by for lock in store.lifted_locks("p1")] == ["GP"]


def test_an_allowance_is_kept_for_the_person_it_was_given_to(store: SessionStore) -> None:
    """An exercise may be allowed again; each time is noted."""
    store.add_profile(Profile("p2", "Bo", "p-0000"))
    again = replace(ALLOWED, id="a3")
    others = replace(ALLOWED, id="a2", profile="p2")
    for row in (again, others, ALLOWED):
        store.allow(row)
    assert store.allowances("p1") == [ALLOWED, again]
    assert store.allowances("p2") == [others]
    with pytest.raises(BugError):
        store.allow(replace(ALLOWED, profile="nobody", id="a4"))
