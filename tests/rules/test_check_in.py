"""What the answers before a session mean: every item, every reply, every boundary."""

from dataclasses import replace

import pytest

from coach.domain.action import Tier
from coach.domain.exercise import Tag
from coach.domain.outcome import Outcome
from coach.domain.rating import Place
from coach.domain.screening import Lock, Question, Reply
from coach.engine.control import CheckIn, Message, Summary, WarmUp
from coach.engine.inputs import BaselineTingling, Input, Leave, Replied, Stop
from coach.rules.check_in import (
    SHORTEST_THOUGHT_MS,
    Clearance,
    StillUp,
    answered,
    compared,
    full_screen_due,
    placed,
    rated,
    tier_of,
)
from playing import SHIPPED, Playing, shipped_plan

QUESTIONS = {question.id: question for question in SHIPPED.questions(full=True)}

#: clinical.md 8: the tier of a yes; A7 only leaves exercises out, C9 is read cautiously.
YES = (
    {f"E{n}": Tier.EMERGENCY for n in range(1, 11)}
    | {f"U{n}": Tier.URGENT for n in range(1, 11)}
    | {f"C{n}": Tier.CLEARANCE for n in range(1, 9)}
    | {"C9": Tier.URGENT}
    | {f"A{n}": Tier.ADVISE for n in range(1, 7)}
    | {"A7": Tier.OK}
)
TAGS = {
    "C3": Tag.NO_FLAT,
    "A1": Tag.NO_SLUMP,
    "A2": Tag.NO_NECK,
    "A3": Tag.NO_STAND,
    "A7": Tag.JUST_RISEN,
}
EVERY_TIME = {"E1", "E2", "E4", "E5", "E6", "E7", "E8", "U1", "U2", "U3", "U4", "A7"}
OUTCOMES = {
    Tier.CLEARANCE: Outcome.CLINICIAN,
    Tier.URGENT: Outcome.URGENT,
    Tier.EMERGENCY: Outcome.EMERGENCY,
}


def test_every_item_is_asked_and_no_other() -> None:
    assert set(QUESTIONS) == set(YES)
    assert {name for name, question in QUESTIONS.items() if question.every_time} == EVERY_TIME
    assert {name: q.tag for name, q in QUESTIONS.items() if q.tag} == TAGS


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H02")
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_yes_has_the_tier_of_its_item(name: str) -> None:
    found = answered(Clearance(), QUESTIONS[name], Reply.YES)
    assert found.tier is YES[name]
    assert found.rules == (name,)
    assert found.tags == ({TAGS[name]} if name in TAGS else set())


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_no_changes_nothing(name: str) -> None:
    assert answered(Clearance(), QUESTIONS[name], Reply.NO) == Clearance()


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("name", QUESTIONS)
def test_not_sure_on_a_stop_sign_is_urgent_and_elsewhere_a_yes(name: str) -> None:
    expected = Tier.URGENT if YES[name] is Tier.EMERGENCY else YES[name]
    assert tier_of(QUESTIONS[name], Reply.NOT_SURE) is expected


@pytest.mark.parametrize("reply", [Reply.YES, Reply.NOT_SURE])
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_reply_opens_or_closes_the_session(name: str, reply: Reply) -> None:
    """A serious reply locks and ends the check-in; a milder one lets the session begin."""
    tier = tier_of(QUESTIONS[name], reply)
    playing = Playing(shipped_plan("core-and-floss"), full=True).check_in(replies={name: reply})
    assert playing.ledger.clearance is not None
    assert playing.ledger.clearance.tier is tier
    if tier.locks:
        assert isinstance(playing.stage, Message)
        assert playing.ledger.locks == (Lock(tier, name),)
        assert playing.run.control.outcome is OUTCOMES[tier]
    else:
        assert isinstance(playing.stage, WarmUp)
        assert playing.ledger.locks == ()
    assert playing.ledger.sets == ()


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_unanswered_item_is_asked_again_and_then_ends_as_incomplete(name: str) -> None:
    """One minute, then four more; no answer is never a "no"."""
    playing = Playing(shipped_plan("first-week"), full=True)
    for question in playing.run.script.questions:
        if question.id == name:
            break
        playing.give(Replied(question.id, Reply.NO))
    before = playing.stage
    assert isinstance(before, CheckIn)
    playing.wait(59_999)
    assert playing.stage == before
    playing.wait(1)
    assert playing.stage == CheckIn(before.item, again=True)
    playing.wait(239_999)
    assert isinstance(playing.stage, CheckIn)
    playing.wait(1)
    assert isinstance(playing.stage, Summary)
    assert playing.ledger.outcome is Outcome.INCOMPLETE
    assert playing.ledger.clearance is None


@pytest.mark.parametrize("end", [Leave(), Stop(), None])
@pytest.mark.parametrize(
    ("name", "reply", "tier"),
    [("E1", Reply.NOT_SURE, Tier.URGENT), ("C1", Reply.YES, Tier.CLEARANCE)],
)
def test_a_check_in_left_half_way_keeps_its_stop(
    name: str, reply: Reply, tier: Tier, end: Input | None
) -> None:
    """H01: leaving, stopping or silence before the last question undoes no answer."""
    playing = Playing(shipped_plan("first-week"), full=True)
    for question in playing.run.script.questions:
        playing.give(Replied(question.id, reply if question.id == name else Reply.NO))
        if question.id == name:
            break
    assert isinstance(playing.stage, CheckIn)
    if end is None:
        playing.wait(300_000)
    else:
        playing.give(end)
    assert isinstance(playing.stage, Message)
    assert playing.ledger.locks == (Lock(tier, name),)
    assert playing.ledger.clearance == Clearance(tier)


def test_strong_tingling_needs_no_pain_rating_to_lock() -> None:
    playing = Playing(shipped_plan("first-week"))
    for question in playing.run.script.questions:
        playing.give(Replied(question.id, Reply.NO))
    playing.give(BaselineTingling(7))
    assert playing.ledger.locks == (Lock(Tier.CLEARANCE, "C8"),)


def test_the_lock_names_the_item_behind_the_tier() -> None:
    """Later answers that are not more serious change nothing about the reason."""
    plan = shipped_plan("first-week")
    played = Playing(plan, full=True).check_in(replies={"C1": Reply.YES, "C7": Reply.YES})
    assert played.ledger.locks == (Lock(Tier.CLEARANCE, "C1"),)


def test_no_later_answer_makes_the_tier_milder() -> None:
    for first in QUESTIONS.values():
        for reply in (Reply.YES, Reply.NOT_SURE):
            found = answered(Clearance(), first, reply)
            for second in QUESTIONS.values():
                for other in Reply:
                    assert answered(found, second, other).tier >= found.tier
            assert rated(found, 0, 0).tier >= found.tier


def test_a_more_serious_answer_is_still_asked_for_after_an_urgent_one() -> None:
    """A yes to U1 waits for no emergency item any more; not sure on E1 waits for the others."""
    plan = shipped_plan("first-week")
    unsure = Playing(plan).check_in(replies={"E1": Reply.NOT_SURE, "E8": Reply.YES})
    assert unsure.ledger.locks == (Lock(Tier.EMERGENCY, "E8"),)
    assert Playing(plan).check_in(replies={"E1": Reply.NOT_SURE}).ledger.locks == (
        Lock(Tier.URGENT, "E1"),
    )


@pytest.mark.parametrize(
    ("rating", "easy", "closed", "tier"),
    [
        (0, False, False, Tier.OK),
        (3, False, False, Tier.OK),
        (4, True, False, Tier.OK),
        (5, True, False, Tier.OK),
        (6, False, True, Tier.OK),
        (7, False, True, Tier.CLEARANCE),
        (10, False, True, Tier.CLEARANCE),
    ],
)
def test_the_higher_check_in_rating_decides_the_day(
    rating: int, easy: bool, closed: bool, tier: Tier
) -> None:
    for found in (rated(Clearance(), rating, 0), rated(Clearance(), 0, rating)):
        assert (found.easy_day, found.no_session, found.tier) == (easy, closed, tier)
        assert found.rules == (("C8",) if rating >= 7 else ("B",) if rating >= 4 else ())


@pytest.mark.parametrize(
    ("rating", "outcome", "locks"),
    [
        (5, None, ()),
        (6, Outcome.REFUSED, ()),
        (7, Outcome.CLINICIAN, (Lock(Tier.CLEARANCE, "C8"),)),
    ],
)
def test_six_closes_the_day_and_seven_locks(
    rating: int, outcome: Outcome | None, locks: tuple[Lock, ...]
) -> None:
    for tingling, pain in ((rating, 0), (0, rating)):
        playing = Playing(shipped_plan("first-week")).check_in(tingling, pain)
        assert playing.run.control.outcome is outcome
        assert playing.ledger.locks == locks


def test_the_day_is_unknown_until_both_ratings_are_in() -> None:
    found = Clearance(tingling=9)
    assert found.worst is None
    assert not found.easy_day
    assert not Clearance(tingling=5).no_session


def test_a_rating_off_the_scale_is_refused() -> None:
    playing = Playing(shipped_plan("first-week"))
    for question in playing.run.script.questions:
        playing.give(Replied(question.id, Reply.NO))
    before = playing.run.control
    for rating in (-1, 11):
        playing.give(BaselineTingling(rating))
        assert playing.run.control == before


def test_an_answer_to_another_question_is_refused() -> None:
    playing = Playing(shipped_plan("first-week"))
    before = playing.run.control
    playing.give(Replied("E2", Reply.NO))
    assert playing.run.control == before


def test_where_it_is_felt_gives_the_lowest_zone() -> None:
    playing = Playing(shipped_plan("first-week"))
    playing.check_in(2, 0, where=[Place.BUTTOCK, Place.CALF])
    assert playing.run.control.clearance.zone == 4


@pytest.mark.parametrize(
    ("full", "session", "lifted", "due"),
    [
        (None, None, False, True),
        (None, 1, False, True),
        (1, None, False, True),
        (1, 1, False, False),
        (27, 1, False, False),
        (28, 1, False, True),
        (1, 13, False, False),
        (1, 14, False, True),
        (1, 20, False, True),
        (40, 1, False, True),
        (1, 1, True, True),
    ],
)
def test_every_question_is_asked_at_first_after_four_weeks_and_after_two_weeks_away(
    full: int | None, session: int | None, lifted: bool, due: bool
) -> None:
    asked = full_screen_due(days_since_full=full, days_since_session=session, lock_lifted=lifted)
    assert asked is due


def test_a_short_check_in_asks_the_items_of_every_time_only() -> None:
    short: tuple[Question, ...] = SHIPPED.questions(full=False)
    assert {question.id for question in short} == EVERY_TIME


def test_places_named_at_check_in_can_stop_the_session() -> None:
    """Between the legs is an emergency wherever it is said; both legs ask for a clinician."""
    assert placed(Clearance(), frozenset({Place.CALF})).tier is Tier.OK
    assert placed(Clearance(), frozenset({Place.CALF})).zone == 4
    assert placed(Clearance(), frozenset({Place.BOTH_LEGS})).tier is Tier.CLEARANCE
    both = placed(Clearance(), frozenset({Place.BOTH_LEGS, Place.SADDLE}))
    assert (both.tier, both.reason) == (Tier.EMERGENCY, "LOC-06")


def test_both_legs_advise_once_a_clinician_was_seen_about_them() -> None:
    """Naming them again locks nothing, so that nobody learns to keep it back; the saddle stays."""
    seen = frozenset({"LOC-05", "LOC-06"})
    again = placed(Clearance(), frozenset({Place.BOTH_LEGS}), seen)
    assert (again.tier, again.rules) == (Tier.ADVISE, ("LOC-05",))
    assert placed(Clearance(), frozenset({Place.BOTH_LEGS}), frozenset({"C6"})).tier.locks
    both = placed(Clearance(), frozenset({Place.BOTH_LEGS, Place.SADDLE}), seen)
    assert (both.tier, both.reason) == (Tier.EMERGENCY, "LOC-06")


@pytest.mark.parametrize("rating", [5, 6])
def test_one_rating_of_six_closes_the_session_whatever_the_other_is(rating: int) -> None:
    found = rated(Clearance(), rating, None)
    assert (found.no_session, found.rules) == ((True, ("B",)) if rating == 6 else (False, ()))
    assert rated(found, rating, 0).rules == ("B",)


@pytest.mark.parametrize(("tingling", "barred"), [(2, False), (3, True)])
def test_more_than_light_tingling_keeps_the_toes_up_floss_out(tingling: int, barred: bool) -> None:
    """clinical.md 7.2 S5: not with T0 above 2."""
    assert (Tag.TINGLING_NOW in Clearance(tingling=tingling, pain=0).bars) is barred
    assert Tag.TINGLING_NOW in SHIPPED.catalogue["S5"].barred_by


@pytest.mark.parametrize(
    ("tingling", "pain", "reached"),
    [(3, 0, True), (5, 0, True), (2, 4, True), (2, 6, True), (2, 3, False), (None, None, False)],
)
def test_still_up_is_either_rating_from_its_limit_on(
    tingling: int | None, pain: int | None, reached: bool
) -> None:
    assert StillUp(3, 4).reached(tingling, pain) is reached


def test_the_reason_of_a_stop_is_the_first_that_asked_for_it() -> None:
    """What is still up adds its rule (clinical.md 9.4 DAY-05)."""
    limit = StillUp(3, 4)
    calm = Clearance(tingling=3, pain=0)
    asked = Clearance(tingling=3, pain=0, tier=Tier.CLEARANCE, rules=("C1",), reason="C1")
    found, known = compared(calm, limit), compared(asked, limit)
    assert (found.tier, found.rules, found.reason) == (Tier.CLEARANCE, ("DAY-05",), "DAY-05")
    assert (known.tier, known.rules, known.reason) == (Tier.CLEARANCE, ("C1", "DAY-05"), "C1")
    assert compared(calm, None) == calm


def test_no_place_is_no_zone() -> None:
    assert placed(Clearance(zone=4), frozenset()).zone == 0


def test_strong_ratings_leave_the_reason_that_was_there() -> None:
    asked = Clearance(tier=Tier.CLEARANCE, rules=("C1",), reason="C1")
    assert rated(asked, 8, 0).reason == "C1"
    assert rated(Clearance(), 8, 0).reason == "C8"


def test_a_condition_somebody_was_cleared_for_advises_and_closes_nothing() -> None:
    """Of the items that ask for a clinician only, and never how strong it is right now (C8)."""
    known = frozenset({"C4", "C8", "U1"})
    assert answered(Clearance(), QUESTIONS["C4"], Reply.YES, known).tier is Tier.ADVISE
    assert answered(Clearance(), QUESTIONS["C5"], Reply.YES, known).tier is Tier.CLEARANCE
    assert answered(Clearance(), QUESTIONS["C8"], Reply.YES, known).tier is Tier.CLEARANCE
    assert answered(Clearance(), QUESTIONS["U1"], Reply.YES, known).tier is Tier.URGENT


def test_an_answer_needs_two_seconds_of_thought() -> None:
    """clinical.md 10 H22."""
    assert SHORTEST_THOUGHT_MS == 2_000


def test_before_any_place_was_named_there_is_none() -> None:
    assert Clearance().zone == 0


STOPPED = [
    Clearance(tier=Tier.URGENT, rules=("U1",), reason="U1"),
    Clearance(tier=Tier.CLEARANCE, rules=("C1",), reason="C1"),
]


@pytest.mark.parametrize("before", STOPPED)
def test_whatever_comes_later_a_stop_keeps_its_reason_and_its_tier(before: Clearance) -> None:
    """Unless what comes later is more serious."""
    felt = replace(before, tingling=5, pain=0)
    for after in (
        answered(before, QUESTIONS["C2"], Reply.YES),
        placed(before, frozenset({Place.BOTH_LEGS})),
        rated(before, 8, 0),
        compared(felt, StillUp(3, 4)),
    ):
        assert (after.tier, after.reason) == (before.tier, before.reason)
    saddle = placed(before, frozenset({Place.SADDLE}))
    assert saddle.tier is Tier.EMERGENCY
    assert saddle.reason != before.reason
