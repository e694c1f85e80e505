"""What one check-in found, and the next session has to know."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from coach.app.session.keeping import kept_records
from coach.app.session.live_session import LiveSession
from coach.app.session.replaying import replay
from coach.domain.action import Tier
from coach.domain.exercise import Tag
from coach.domain.rating import Place
from coach.domain.screening import Reply
from coach.engine.control import CheckIn
from coach.engine.inputs import (
    Acknowledge,
    BaselinePain,
    BaselinePlaces,
    BaselineTingling,
    Leave,
    Replied,
)
from coach.formats.session_log import log_text
from coach.rules.check_in import Clearance, answered
from coach.rules.locks import Assessment
from fake_clock import DAY_MS
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram

Open = Callable[..., OpenedProgram]


def check_in(
    program: OpenedProgram, live: LiveSession, replies: Mapping[str, Reply], until: str = ""
) -> None:
    """Answer the check-in, "no" where ``replies`` says nothing, up to the item ``until``."""
    while isinstance(live.view().stage, CheckIn) and live.view().question != until:
        name = str(live.view().question)
        program.clock.pass_ms(2_000)
        if name == "T0":
            live.give(BaselineTingling(0))
        elif name == "P0":
            live.give(BaselinePain(0))
        else:
            live.give(Replied(name, replies.get(name, Reply.NO)))


def unlock(program: OpenedProgram) -> None:
    today = datetime.fromisoformat(program.clock.wall()).date()
    assert program.app.unlock(Assessment("GP", today, cleared=True)) is None


def locks(program: OpenedProgram) -> list[tuple[str, str]]:
    return [(row.tier, row.rule) for row in program.store.active_locks(program.profile)]


@pytest.mark.hazard("H01")
def test_a_check_in_cut_off_after_a_stop_sign_locks_when_it_is_finished(
    program: OpenedProgram, opened: Open
) -> None:
    """H01: "not sure" about the saddle is on disk, so closing the rest does not undo it."""
    check_in(program, program.app.begin(), {"E1": Reply.NOT_SURE}, until="E4")
    again = opened()
    again.app.finish_unfinished()

    assert locks(again) == [("urgent", "E1")]
    assert (again.app.today().unfinished, again.store.unfinished(again.profile)) == (None, None)


@pytest.mark.hazard("H12")
def test_what_a_full_check_in_found_holds_for_the_short_ones_after_it(
    program: OpenedProgram, opened: Open
) -> None:
    """H12: unsteady on day 0 means no standing exercise on day 1, though nobody asks again."""
    program.app.choose_plan("desk-day")
    live = program.app.begin()
    check_in(program, live, {"A3": Reply.YES, "A1": Reply.NOT_SURE, "A7": Reply.YES})
    live.give(Leave())
    program.clock.pass_ms(DAY_MS)
    tomorrow = opened()
    assert not tomorrow.app.today().full_check_in
    standing = tomorrow.app.phrases.say("S9.name")
    assert standing not in [step.exercise_name for step in tomorrow.app.today().steps]
    live = tomorrow.app.begin()
    check_in(tomorrow, live, {})

    found = live.view().ledger
    assert found.clearance is not None
    assert found.clearance.tags == {Tag.NO_STAND, Tag.NO_SLUMP}
    assert [name for name, _ in found.left_out] == ["S9"]
    live = opened().app.resume_unfinished()
    assert live.view().ledger.clearance == found.clearance


def test_a_later_full_check_in_asks_afresh(program: OpenedProgram, opened: Open) -> None:
    live = program.app.begin()
    check_in(program, live, {"A3": Reply.YES})
    live.give(Leave())
    program.clock.pass_ms(28 * DAY_MS)
    later = opened()
    live = later.app.begin()
    check_in(later, live, {})

    assert live.view().ledger.clearance == Clearance(tingling=0, pain=0)


def test_a_lock_lifted_after_a_set_leaves_later_sessions_readable(
    program: OpenedProgram, opened: Open
) -> None:
    """Only check-in items are cleared; the rule of a set in their list would end every replay."""
    live = LivePlayer(program.app.begin(), program.clock, shipped_answers("numb-stays")).play()
    assert [lock.tier for lock in live.view().ledger.locks] == [Tier.CLEARANCE]
    unlock(program)
    program.clock.pass_ms(DAY_MS)
    program.skip_question()
    assert program.app.begin()._run.script.cleared == frozenset()
    opened().app.finish_unfinished()


def test_one_visit_settles_every_condition_reported_at_that_check_in(
    program: OpenedProgram, opened: Open
) -> None:
    """All items that ask for a clinician are asked before the stop, so one visit is enough."""
    both = {"C4": Reply.YES, "C7": Reply.YES}
    live = program.app.begin()
    check_in(program, live, both)
    live.give(Acknowledge())
    assert locks(program) == [("clearance", "C4")]
    unlock(program)
    program.clock.pass_ms(DAY_MS)
    program = opened()
    live = program.app.begin()
    check_in(program, live, both)

    assert locks(program) == []
    assert not isinstance(live.view().stage, CheckIn)


def test_strong_symptoms_right_now_are_never_cleared_in_advance(program: OpenedProgram) -> None:
    c8 = next(q for q in program.app.begin()._run.script.questions if q.id == "C8")
    assert answered(Clearance(), c8, Reply.YES, frozenset({"C8"})).tier is Tier.CLEARANCE


def named_places(program: OpenedProgram, *where: Place) -> LiveSession:
    """A check-in whose questions are all denied, with some tingling in these places."""
    live = program.app.begin()
    check_in(program, live, {}, until="T0")
    for given in (BaselineTingling(2), BaselinePain(0), BaselinePlaces(frozenset(where))):
        program.clock.pass_ms(2_000)
        live.give(given)
    return live


def test_both_legs_named_again_advise_once_somebody_was_seen_about_them(
    program: OpenedProgram,
) -> None:
    """The long-standing kind of LOC-05; between the legs stays an emergency."""
    named_places(program, Place.BOTH_LEGS).give(Acknowledge())
    assert locks(program) == [("clearance", "LOC-05")]
    program.clock.pass_ms(DAY_MS)
    unlock(program)

    again = named_places(program, Place.BOTH_LEGS)
    assert not locks(program)
    assert not isinstance(again.view().stage, CheckIn)
    again.give(Leave())
    last = program.store.last_session(program.profile)
    assert last is not None
    text = log_text(kept_records(program.store, last.id))
    assert not replay(SHIPPED, text, "log").differences

    program.clock.pass_ms(DAY_MS)
    named_places(program, Place.BOTH_LEGS, Place.SADDLE).give(Acknowledge())
    assert locks(program) == [("emergency", "LOC-06")]
