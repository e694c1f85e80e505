"""What a stop is for, in words."""

import pytest

from coach.app.phrasing import Phrasing
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.app.stop_reason import answered_now, lock_reason, stop_reason
from coach.domain.action import Tier
from coach.domain.rating import Feel, News, SetAnswers
from coach.domain.screening import Lock, Reply
from coach.engine.inputs import Rated, Replied, Report
from coach.engine.ledger import Ledger
from coach.rules.check_in import Clearance

SHIPPED = Shipped(shipped_root())
WORDS = Phrasing(SHIPPED.phrases, "112")
FALL = "Since last time, have you had a serious fall, a crash or a hard blow?"


def stopped(lock: Lock, clearance: Clearance | None = None) -> Ledger:
    return Ledger(clearance=clearance or Clearance(reason=lock.rule), locks=(lock,))


def test_a_session_without_a_stop_has_no_reason() -> None:
    """Nothing is said then."""
    assert stop_reason(SHIPPED, WORDS, Ledger(), ()) == ""


@pytest.mark.parametrize(
    ("reply", "tier", "words"),
    [
        (Reply.YES, Tier.EMERGENCY, f"You answered yes to: {FALL}"),
        (Reply.NOT_SURE, Tier.URGENT, f"You answered not sure to: {FALL}"),
    ],
)
def test_the_question_and_its_answer_are_named(reply: Reply, tier: Tier, words: str) -> None:
    """Of the stop's own question, and with no memory of the answer by the tier alone."""
    ledger = stopped(Lock(tier, "E6"))
    told = (Replied("E1", Reply.NO), Replied("E6", reply), Replied("E7", Reply.NO))
    assert stop_reason(SHIPPED, WORDS, ledger, told) == words
    assert stop_reason(SHIPPED, WORDS, ledger, ()) == words
    assert answered_now(SHIPPED, ledger)


def test_an_answer_that_nobody_remembers_is_not_guessed() -> None:
    """Yes and not sure close a session alike where a clinician is asked for."""
    lock = Lock(Tier.CLEARANCE, "C1")
    text = next(one.text for one in SHIPPED.screen if one.id == "C1")
    assert lock_reason(SHIPPED, WORDS, lock, None) == f"You answered yes or not sure to: {text}"
    assert lock_reason(SHIPPED, WORDS, lock, "not sure") == f"You answered not sure to: {text}"


def test_a_rating_is_not_called_an_answer_to_a_question() -> None:
    """A 7 closes the session by the item that asks about it, which was denied or not asked."""
    lock = Lock(Tier.CLEARANCE, "C8")
    found = Clearance(tier=Tier.CLEARANCE, reason="C8", tingling=7)
    words = stop_reason(SHIPPED, WORDS, stopped(lock, found), (Replied("C8", Reply.NO),))
    assert words == "You rated tingling or pain 7 or more before the session."
    assert lock_reason(SHIPPED, WORDS, lock, "no") == words


def test_a_report_is_named_in_its_own_words() -> None:
    """Only what the rule is about, wherever it was told."""
    ledger = stopped(Lock(Tier.EMERGENCY, "NEW-02"))
    told = (Report(SetAnswers(new=frozenset({News.CHEST_BREATH, News.OTHER_LEG}))),)
    words = "You reported: Chest pain, or short of breath."
    assert stop_reason(SHIPPED, WORDS, ledger, told) == words
    assert stop_reason(SHIPPED, WORDS, ledger, (Rated(told[0].answers),)) == words
    assert stop_reason(SHIPPED, WORDS, ledger, ()) == "You reported a stop sign."
    assert not answered_now(SHIPPED, ledger)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("CHR-04", "There is less feeling than before, and it stays."),
        ("LOC-05", "You felt it in both legs."),
        ("DAY-05", "It was still up more than a day after a session, twice running."),
        ("XYZ-01", ""),
    ],
)
def test_a_rule_says_what_it_is_about(rule: str, words: str) -> None:
    """One that this program does not know says nothing."""
    numb = Rated(SetAnswers(tingling=2, pain=0, feels=frozenset({Feel.NUMB})))
    assert stop_reason(SHIPPED, WORDS, stopped(Lock(Tier.URGENT, rule)), (numb,)) == words


def test_every_rule_that_stops_a_session_has_its_reason() -> None:
    """No stop stands without its why."""
    stops = [row.id for row in SHIPPED.after_set.table if row.action.stops_session]
    for rule in (*stops, *(one.id for one in SHIPPED.screen)):
        assert lock_reason(SHIPPED, WORDS, Lock(Tier.CLEARANCE, rule), None), rule
