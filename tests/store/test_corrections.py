"""A correction is a line of its own: nothing overwritten, decided anew, or opened."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from coach.domain.action import Tier
from coach.domain.record import Asked, Correction, Moment, PlayedSession, Selection
from coach.store.errors import BugError
from coach.store.records import LockRow
from fake_clock import DAY_MS, FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import OpenedProgram

MADE = datetime.fromisoformat("2025-11-21T09:30:00.000+01:00")
REASON = "I pressed the wrong number"


def correction(moment: Moment, n: int, value: int | None, reason: str = REASON) -> Correction:
    return Correction(moment, n, Asked.TINGLING, value, reason, MADE)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def program(tmp_path: Path, clock: FakeClock) -> Iterator[OpenedProgram]:
    """A session with sets that were made easier; two days later nobody has answered for it."""
    with OpenedProgram(tmp_path, clock) as opened:
        LivePlayer(opened.app.begin(), clock, shipped_answers("eased-day")).play()
        clock.pass_ms(2 * DAY_MS)
        opened.skip_question()
        yield opened


def only(program: OpenedProgram) -> PlayedSession:
    (session,) = program.store.record.sessions(Selection())
    return session


def test_a_correction_stands_beside_what_was_first_said(program: OpenedProgram) -> None:
    before = only(program)
    made = correction(Moment.SET, 1, 0)
    program.store.add_correction(before.id, made)
    after = only(program)
    assert after.corrections == (made,)
    assert after.corrected(Moment.SET, Asked.TINGLING, 1) == made
    assert after.sets == before.sets
    assert after.sets[0].tingling != 0


def test_a_second_correction_does_not_replace_the_first(program: OpenedProgram) -> None:
    session = only(program).id
    first, second = correction(Moment.CHECK_IN, 0, 3), correction(Moment.CHECK_IN, 0, None)
    program.store.add_correction(session, first)
    program.store.add_correction(session, second)
    assert only(program).corrections == (first, second)
    assert only(program).corrected(Moment.CHECK_IN, Asked.TINGLING) == second


@pytest.mark.parametrize("tier", list(Tier)[Tier.ADVISE :])
def test_no_correction_opens_a_lock_or_changes_what_was_decided(
    program: OpenedProgram, tmp_path: Path, clock: FakeClock, tier: Tier
) -> None:
    """Every answer is corrected to nothing at all; the day after is the same as without that."""
    session = only(program)
    lock = LockRow(
        id=f"{session.id}-SET-05",
        profile=program.profile,
        session=session.id,
        tier=tier.name.lower(),
        rule="SET-05",
        set_wall=session.closed.isoformat(timespec="milliseconds"),
    )
    program.store.set_locks([lock])
    program.app.between.session_closed()
    told = program.app.today(), program.app.between.outlook()
    log, head = program.store.entries(session.id), session.fingerprint
    pasts = program.store.pasts(program.profile)
    locks = program.store.active_locks(program.profile)
    assert locks == [lock]
    for asked in Asked:
        for moment, n in ((Moment.CHECK_IN, 0), *((Moment.SET, one.n) for one in session.sets)):
            for value in (0, None):
                made = Correction(moment, n, asked, value, REASON, MADE)
                program.store.add_correction(session.id, made)
    program.close()
    with OpenedProgram(tmp_path, clock) as again:
        assert again.store.active_locks(again.profile) == locks
        assert again.store.pasts(again.profile) == pasts
        assert again.store.entries(session.id) == log
        assert only(again).fingerprint == head
        assert (again.app.today(), again.app.between.outlook()) == told
        if tier.locks:
            assert again.app.today().lock is not None


@pytest.mark.parametrize(
    "made",
    [
        correction(Moment.SET, 99, 1),
        correction(Moment.TEN_MINUTES, 0, 1),
        correction(Moment.CHECK_IN, 1, 1),
    ],
    ids=["no such set", "never asked", "a check-in has no number"],
)
def test_only_what_was_asked_can_be_corrected(program: OpenedProgram, made: Correction) -> None:
    with pytest.raises(ValueError, match="nothing was asked"):
        program.store.add_correction(only(program).id, made)
    assert only(program).corrections == ()


def test_a_correction_says_why(program: OpenedProgram) -> None:
    with pytest.raises(ValueError, match="reason"):
        program.store.add_correction(only(program).id, correction(Moment.SET, 1, 1, "  "))


def test_an_open_session_is_not_corrected(program: OpenedProgram) -> None:
    program.app.begin()
    header = program.store.unfinished(program.profile)
    assert header is not None
    with pytest.raises(BugError, match="still open"):
        program.store.add_correction(header.id, correction(Moment.SET, 1, 1))
