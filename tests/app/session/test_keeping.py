"""What of a set and an answer goes into which row."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coach.app.session.keeping import StoreKeeper, entry, kept_records, set_row
from coach.app.session.recorder import Recorder
from coach.domain.action import Tier
from coach.domain.outcome import Outcome
from coach.domain.past import PastSession
from coach.domain.rating import Feel, News, Place
from coach.domain.screening import Lock, Reply
from coach.engine.control import Move, Rate, Settle, TenMinutes
from coach.engine.inputs import BaselinePain, BaselineTingling, Input, Pause, Replied, Stop
from coach.engine.ledger import SetRecord
from coach.formats.session_log import canonical
from coach.rules.after_set import Settled
from coach.store.errors import BugError, KnownError
from opened_program import SHIPPED, OpenedProgram
from playing import Playing, shipped_plan

EXERCISES = SHIPPED.catalogue
PAST = PastSession(datetime(2025, 11, 20, 18, 30, tzinfo=UTC), "plan", Outcome.INCOMPLETE)


@pytest.fixture
def playing() -> Playing:
    return Playing(shipped_plan("first-week")).check_in(tingling=1).until(Rate)


@pytest.fixture
def keeper(program: OpenedProgram) -> StoreKeeper:
    """The keeper of a session that has just been begun, so its log holds the header."""
    program.app.begin()
    header = program.store.unfinished(program.profile)
    assert header is not None
    return StoreKeeper(
        program.store, program.home, header.id, program.profile, EXERCISES, program.clock
    )


def recorder_after_header(program: OpenedProgram) -> Recorder:
    header = program.store.unfinished(program.profile)
    assert header is not None
    return Recorder(lambda _ms: program.clock.wall(), kept_records(program.store, header.id))


def last(playing: Playing) -> SetRecord:
    return playing.ledger.sets[-1]


def test_a_set_without_answers_has_none(playing: Playing) -> None:
    """Missing is None, never zero."""
    row = set_row(last(playing), EXERCISES)
    assert (row.tingling, row.pain, row.settled_s, row.action) == (None, None, None, None)
    assert (row.where, row.feels, row.new, row.rules, row.levers) == ((), (), (), (), ())


def test_a_whole_set_took_as_long_as_planned(playing: Playing) -> None:
    """Planned: repetitions of the dose as it was, in milliseconds."""
    row = set_row(last(playing), EXERCISES)
    assert (row.n, row.exercise, row.side, row.level, row.reps) == (1, "S3", "left", "A", 8)
    assert row.done_ms == row.planned_ms > 30_000


def test_a_stopped_set_keeps_what_was_planned() -> None:
    """Planned stays the whole set's; done is the time until it was stopped."""
    playing = Playing(shipped_plan("first-week")).check_in().until(Move)
    playing.wait(10_000)
    playing.give(Stop())
    row = set_row(last(playing), EXERCISES)
    assert row.done_ms == 10_000 < row.planned_ms


def test_answers_and_decision_fill_the_row(playing: Playing) -> None:
    """In sorted words, and with the angles that were really played."""
    playing.rate(4, 1, where=[Place.THIGH, Place.CALF], feels=[Feel.PULL]).until(Settle)
    playing.rest_reply(1)
    row = set_row(last(playing), EXERCISES)
    assert (row.tingling, row.pain) == (4, 1)
    assert (row.where, row.feels, row.new) == (("calf", "thigh"), ("pull",), ())
    assert row.action == "EASE1"
    assert row.rules == last(playing).decision.rules  # type: ignore[union-attr]
    assert row.levers
    dose = last(playing).dose
    assert (row.home, row.out) == (dose.home.as_dict(), dose.out.as_dict())


@pytest.mark.parametrize(
    ("settled", "seconds", "stored"),
    [
        (None, None, None),
        (Settled.BY_60, 40, 40),
        (Settled.BY_600, None, None),
        (Settled.BY_60, 690, 600),
        (Settled.NOT_BY_600, None, -1),
        (Settled.NOT_BY_600, 40, -1),
    ],
)
def test_settling_is_stored_in_seconds(
    playing: Playing, settled: Settled | None, seconds: int | None, stored: int | None
) -> None:
    """When it was said; -1 for not within ten minutes; None while nobody knows."""
    record = replace(last(playing.rate(4)), settled=settled, settled_s=seconds)
    assert set_row(record, EXERCISES).settled_s == stored


def test_the_first_answer_that_it_has_settled_counts(playing: Playing) -> None:
    """The question after ten minutes comes later than that, and is no second time."""
    playing.rate(7).until(Settle).rest_reply(5).until(Settle).rest_reply(5)
    playing.until(Settle).rest_reply(1)
    first = last(playing).settled_s
    assert first is not None
    playing.until(TenMinutes)
    playing.wait(11 * 60_000)
    playing.rest_reply(0)
    assert len(last(playing).checks) == 4
    assert set_row(last(playing), EXERCISES).settled_s == first


@pytest.mark.parametrize(
    ("given", "row"),
    [
        (Replied("E1", Reply.NOT_SURE), ("E1", "not sure")),
        (BaselineTingling(0), ("T0", "0")),
        (BaselinePain(3), ("P0", "3")),
        (Pause(), None),
    ],
)
def test_check_in_answers_have_rows_of_their_own(
    program: OpenedProgram, keeper: StoreKeeper, given: Input, row: tuple[str, str] | None
) -> None:
    """Beside their log entry and under its number; other inputs are in the log alone."""
    records = recorder_after_header(program).moments([(5, ())], given)
    keeper.keep(records)
    found = program.on_disk("SELECT seq, question, value FROM answer")
    assert found == ([] if row is None else [(1, *row)])
    assert program.on_disk("SELECT data FROM event WHERE seq = 1") == [
        (canonical(records[0].data),)
    ]


def test_an_entry_is_the_record_it_stands_for(program: OpenedProgram, keeper: StoreKeeper) -> None:
    """Nothing is lost between the log's line and the row."""
    (record,) = recorder_after_header(program).moments([(7, ())], Pause())
    kept = entry(record)
    assert (kept.seq, kept.type, kept.ms, kept.wall, kept.h) == (
        *(record.seq, record.type, record.ms),
        *(record.wall, record.h),
    )
    assert kept.data == canonical(record.data)


def test_a_lock_names_its_session_tier_and_rule(
    program: OpenedProgram, keeper: StoreKeeper
) -> None:
    """As they are asked for when the next session wants to begin."""
    records = recorder_after_header(program).moments([(7, ())], Pause())
    keeper.keep(records, locks=[Lock(Tier.URGENT, "NEW-01")])
    (lock,) = program.store.active_locks(program.profile)
    header = program.store.unfinished(program.profile)
    assert header is not None
    assert (lock.tier, lock.rule, lock.session) == ("urgent", "NEW-01", header.id)
    assert lock.set_wall == program.clock.wall()


def test_what_fails_is_kept_not_at_all(
    program: OpenedProgram, keeper: StoreKeeper, playing: Playing
) -> None:
    """Records, sets and locks go in together or not."""
    records = recorder_after_header(program).moments([(7, ())], Pause())
    wrong = [replace(records[0], seq=5)]
    with pytest.raises(BugError):
        keeper.keep(wrong, sets=[last(playing)], locks=[Lock(Tier.URGENT, "NEW-01")])
    for count in ("FROM event WHERE seq > 0", "FROM set_row", "FROM lock"):
        assert program.on_disk("SELECT count(*) " + count) == [(0,)]


def test_a_session_is_closed_only_once_its_file_is_there(
    program: OpenedProgram, keeper: StoreKeeper
) -> None:
    """A log folder that cannot be written leaves the session open."""
    folder = program.home.session_logs
    folder.rmdir()
    folder.write_text("in the way")
    records = recorder_after_header(program).records
    with pytest.raises(KnownError):
        keeper.close(records, PAST)
    assert program.store.unfinished(program.profile) is not None
    folder.unlink()
    folder.mkdir()
    keeper.close(records, PAST)
    assert program.store.unfinished(program.profile) is None
    assert len(list(folder.iterdir())) == 1


def test_news_are_kept_with_the_set(playing: Playing) -> None:
    """Also when they end everything."""
    playing.rate(2, new=[News.DIZZY])
    assert set_row(last(playing), EXERCISES).new == ("dizzy",)
