"""What window and simulation both make of an earlier day's answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coach.app.daily.days import known_tags, why_it_stays, with_ten_minutes
from coach.domain.action import Tier
from coach.domain.outcome import Outcome
from coach.domain.rating import RestAnswer
from coach.domain.screening import Lock, Reply
from coach.rules.locks import NECK_OFF, Assessment, StillLocked
from days import past
from playing import SHIPPED

NOON = datetime(2025, 11, 20, 12, tzinfo=UTC)
SEEN = Assessment("GP", NOON.date(), cleared=True)


@pytest.mark.parametrize(
    ("before", "after", "unsettled"),
    [(1, 2, False), (1, 3, True), (None, 9, False), (1, None, False)],
)
def test_more_than_one_above_the_check_in_is_not_settled(
    before: int | None, after: int | None, unsettled: bool
) -> None:
    """clinical.md 9.1 Q5, 9.3 REC-04; a number that is missing says nothing."""
    told = replace(past(0), tingling=before)
    assert with_ten_minutes(told, RestAnswer(after)).unsettled is unsettled


def test_a_good_answer_takes_nothing_back() -> None:
    """What the session itself found to be slow stays so."""
    told = replace(past(0), tingling=1, unsettled=True)
    assert with_ten_minutes(told, RestAnswer(0)) == told


def test_tags_are_known_from_the_questions_that_are_not_asked_every_time() -> None:
    """Not sure counts as yes; never asked counts as no."""
    lasting = [q for q in SHIPPED.questions(full=True) if q.tag and not q.every_time]
    daily = [q for q in SHIPPED.questions(full=True) if q.tag and q.every_time]
    assert lasting
    replies = {q.id: Reply.NOT_SURE for q in [*lasting[:1], *daily]} | {
        q.id: Reply.NO for q in lasting[1:]
    }
    assert known_tags(SHIPPED, replies.get) == {lasting[0].tag}
    assert known_tags(SHIPPED, {}.get) == frozenset()


def test_an_assessment_answers_every_lock_or_opens_nothing() -> None:
    """The first that stays says why."""
    old, new = Lock(Tier.CLEARANCE, "DAY-04"), Lock(Tier.URGENT, "U1")
    since = NOON - timedelta(hours=1)
    assert why_it_stays([(old, since)], None, NOON, SEEN) is None
    assert why_it_stays([(old, since), (new, since)], None, NOON, SEEN) is StillLocked.TOO_SOON


def test_an_assessment_is_about_the_neck_only_where_nothing_is_locked() -> None:
    """One from before the dizziness answers a standing lock, and not the neck (NEW-03)."""
    yesterday = replace(SEEN, day=NOON.date() - timedelta(days=1))
    standing = [(Lock(Tier.CLEARANCE, "C1"), NOON)]
    assert why_it_stays(standing, NOON, NOON, yesterday) is None
    assert why_it_stays([], NOON, NOON, yesterday) is StillLocked.WHEN
    assert why_it_stays([], NOON, NOON, SEEN) is None
    assert not NECK_OFF.tier.locks


@pytest.mark.parametrize("outcome", Outcome)
def test_it_is_asked_afterwards_of_whoever_played_and_was_not_sent_for_help(
    outcome: Outcome,
) -> None:
    """clinical.md 9.1 Q5: a session that was left early is asked about as well."""
    sent = outcome in (Outcome.CLINICIAN, Outcome.URGENT, Outcome.EMERGENCY)
    assert outcome.asked_afterwards(played=True) is not sent
    assert not outcome.asked_afterwards(played=False)
