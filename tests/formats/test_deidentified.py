"""What is replaced in a session and in a log, and what stays."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from coach.domain.outcome import Outcome
from coach.domain.past import lived_day
from coach.domain.record import PlayedSession
from coach.formats.deidentified import FIRST_DAY, Deidentifier
from coach.formats.session_log import chained
from small_record import PLAN, SESSIONS

ZONE = timezone(timedelta(hours=2))


def session(name: str, person: str, began: datetime) -> PlayedSession:
    return replace(SESSIONS[0], id=name, person=person, began=began, closed=began)


def test_days_are_counted_from_each_persons_own_first_day() -> None:
    mask = Deidentifier("x")
    days = [
        (mask.session(session(name, person, began)).day - FIRST_DAY).days
        for name, person, began in (
            ("1", "a", datetime(2026, 3, 28, 18, 30, tzinfo=ZONE)),
            ("2", "b", datetime(2026, 3, 30, 9, tzinfo=ZONE)),
            ("3", "a", datetime(2026, 3, 30, 23, 59, tzinfo=ZONE)),
            ("4", "a", datetime(2026, 3, 31, 1, 30, tzinfo=ZONE)),
        )
    ]
    assert days == [0, 0, 2, 2]


def test_a_first_session_at_night_belongs_to_the_day_before() -> None:
    """The night until five is the same evening (clinical.md 9.4), also when days are counted."""
    mask = Deidentifier("x")
    masked = mask.session(session("1", "a", datetime(2026, 6, 2, 1, 30, tzinfo=ZONE)))
    assert (masked.day, masked.began) == (FIRST_DAY, datetime(2000, 1, 2, 1, tzinfo=UTC))


def test_lengths_and_answers_stay() -> None:
    whole = SESSIONS[0]
    masked = Deidentifier("x").session(whole)
    assert masked.closed - masked.began == whole.closed - whole.began
    assert (masked.sets, masked.replies, masked.outcome) == (
        *(whole.sets, whole.replies, Outcome.COMPLETED),
    )
    values = [(one.moment, one.n, one.asked, one.value) for one in masked.corrections]
    assert values == [(one.moment, one.n, one.asked, one.value) for one in whole.corrections]
    assert {one.reason for one in masked.corrections} == {""}


def test_nothing_that_joins_it_to_the_record_stays() -> None:
    """Neither title nor fingerprints, which somebody with the record could look up."""
    masked = Deidentifier("x").session(SESSIONS[2])
    assert (masked.plan_title, masked.plan_sha256, masked.fingerprint) == ("", "", "")
    (lock,) = masked.locks
    assert (lock.id, lock.lifted_by, lock.note) == ("x-00001-NEW-03", "", None)


def test_the_same_session_and_person_keep_their_ids_within_an_export() -> None:
    mask = Deidentifier("x")
    first, again = mask.session(SESSIONS[0]), mask.session(SESSIONS[0])
    other = mask.session(SESSIONS[2])
    assert first == again
    assert (first.id, other.id, first.person, other.person) == (
        *("x-00001", "x-00002", "x-p1", "x-p1"),
    )


def test_without_any_session_the_day_of_a_stop_is_the_first() -> None:
    """It is told all the same, and its real day is not."""
    masked = Deidentifier("x").stop(SESSIONS[2].locks[0], "p-anna")
    assert lived_day(masked.set_at) == FIRST_DAY
    assert masked.id == "x-s1"


def test_the_plan_of_a_log_keeps_what_decides() -> None:
    header = {"plan": PLAN, "session": "1", "profile": "a"}
    log = [chained(None, "header", 0, "2026-06-01T18:30:00.000+02:00", header)]
    mask = Deidentifier("x")
    (record,) = mask.log(log, mask.session(SESSIONS[0]))
    plan, before = tomllib.loads(record.data["plan"]), tomllib.loads(PLAN)
    assert plan["exercise"] == before["exercise"]
    assert (plan["title"], plan["author"]) == ("Plan", "Somebody")
    assert "valid_until" not in plan
    assert record.wall == "2000-01-01T18:00:00.000+00:00"
