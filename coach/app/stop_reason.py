"""What a stop is for, in words: the answer, the rating or the report that asked for it."""

from collections.abc import Iterable

from coach.app.phrasing import Phrasing
from coach.app.shipped import Shipped
from coach.domain.action import Tier
from coach.domain.decision import Phrase
from coach.domain.rating import News, SetAnswers
from coach.domain.screening import Lock, Question, Reply
from coach.engine.inputs import Input, Rated, RatedSoFar, Replied, Report
from coach.engine.ledger import Ledger
from coach.rules.after_set import NEWS_OF_PLACE
from coach.rules.check_in import STRONG_NOW_RULE


def stop_reason(shipped: Shipped, phrasing: Phrasing, ledger: Ledger, told: Iterable[Input]) -> str:
    """What the session's stop is for; "" while there is none.

    told: what was answered and reported in it, as far as that is still known.
    """
    if not ledger.locks:
        return ""
    lock, given = ledger.locks[-1], tuple(told)
    found = ledger.clearance
    rated = found is not None and found.reason == lock.rule and found.tingling is not None
    replied = [one.reply for one in given if isinstance(one, Replied) and one.question == lock.rule]
    reply = Reply.NO if rated else replied[-1] if replied else None
    reported = [one.answers for one in given if isinstance(one, Rated | RatedSoFar | Report)]
    return lock_reason(shipped, phrasing, lock, reply, reported)


def lock_reason(
    shipped: Shipped,
    phrasing: Phrasing,
    lock: Lock,
    reply: str | None,
    reported: Iterable[SetAnswers] = (),
) -> str:
    """What a lock is for; "" where its rule is none of this program's.

    reply: what was answered to its question, None where nobody knows.
    """
    say = phrasing.phrases.say
    asked = {one.id: one for one in shipped.screen}.get(lock.rule)
    if asked is not None:
        if lock.rule == STRONG_NOW_RULE and reply == Reply.NO:
            return say("stopped_by.strong_now")
        return say(f"stopped_by.{_replied(asked.question, lock.tier, reply)}", question=asked.text)
    new = {news for one in reported for news in one.new}
    named = [news for news in News if news in new & _news_of(shipped, lock.rule)]
    if named:
        return say("stopped_by.reported", what="; ".join(say(f"news.{news}") for news in named))
    for key in (f"why.{lock.rule}", f"day.{lock.rule}"):
        if key in phrasing.phrases and not phrasing.phrases.blanks(key):
            return phrasing.words(Phrase(key))
    return ""


def answered_now(shipped: Shipped, ledger: Ledger) -> bool:
    """Whether the stop came from a question of the check-in."""
    return bool(ledger.locks) and ledger.locks[-1].rule in {one.id for one in shipped.screen}


def _news_of(shipped: Shipped, rule: str) -> set[News]:
    """What can be reported that a rule is about."""
    rows = [row for row in shipped.after_set.table if row.id == rule]
    places = {NEWS_OF_PLACE[row.place] for row in rows if row.place is not None}
    return places.union(*(row.new for row in rows))


def _replied(question: Question, tier: Tier, reply: str | None) -> str:
    """Which reply it was; of a question for emergency help the tier tells it too."""
    if reply in (Reply.YES, Reply.NOT_SURE):
        return Reply(reply).name.lower()
    if question.tier is Tier.EMERGENCY:
        return "yes" if tier is Tier.EMERGENCY else "not_sure"
    return "either"
