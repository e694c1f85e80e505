"""Why today is as it is, in words."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from coach.app.daily.days import Diary
from coach.app.phrasing import Phrasing
from coach.domain.decision import Phrase
from coach.domain.past import lived_day
from coach.domain.side import Side
from coach.rules.opening import NotYet
from coach.rules.progression import LegKey
from coach.rules.todays_dose import Reason

#: Rules about the morning after one session: only the strongest of them is said.
_MORNING = frozenset({"DAY-02", "DAY-03", "DAY-04", "DAY-06", "REC-04"})
#: No more sentences than somebody reads before a session.
MOST_SENTENCES = 3
#: Earlier days cannot be relied on; then this is no first session, whatever is left of them.
_LOST = "PRG-11"


class First(StrEnum):
    """What nothing was played before."""

    EVER = "first"
    AFTER_STOP = "first_after_stop"


def first_of(diary: Diary) -> First | None:
    """What a session today would be the first after; None when one was played already."""
    if any(past.played for past in diary.pasts):
        return None
    return First.EVER if diary.assessed_at is None else First.AFTER_STOP


def sentences(
    reasons: Sequence[Reason], phrasing: Phrasing, today: date, *, first: First | None
) -> tuple[str, ...]:
    """The reasons in words, most telling first; of several legs under one rule the first speaks.

    first: what the first session is after, None when one was played already.
    """
    spoken = {_subject(reason): reason for reason in reversed(reasons)}
    ordered = [spoken[subject] for subject in dict.fromkeys(map(_subject, reasons))]
    alone = len(ordered) == 1
    telling = ordered[:MOST_SENTENCES]
    said = [phrasing.words(_phrase(reason, phrasing, today, alone=alone)) for reason in telling]
    if first is not None and _LOST not in spoken:
        return (phrasing.words(Phrase(f"today.why_{first}")), *said)
    return tuple(said) or (phrasing.words(Phrase("today.why_as_planned")),)


def _subject(reason: Reason) -> str:
    return "morning" if reason.rule in _MORNING else reason.rule


def _phrase(reason: Reason, phrasing: Phrasing, today: date, *, alone: bool) -> Phrase:
    key = f"day.{reason.rule}"
    if reason.rule == "PRG-02" and reason.count is not None:
        # After another reason it may not be the same as last time.
        key += "" if alone else "_then"
        key += "_one" if reason.count == 1 else "_wait" if reason.count == 0 else ""
    given = {
        "exercise": f"@{reason.leg[0]}.name" if reason.leg else "",
        "leg": _leg(reason.leg, phrasing),
        "lever": f"@step.{reason.lever}",
        "count": str(reason.count),
        "day": _day(reason, phrasing, today),
    }
    wanted = phrasing.phrases.blanks(key)
    return Phrase(key, tuple((name, text) for name, text in given.items() if name in wanted))


def _day(reason: Reason, phrasing: Phrasing, today: date) -> str:
    """The day a reason is about; a session of today is not called by its date."""
    if reason.moment is None:
        return ""
    day = lived_day(reason.moment)
    if day == today:
        return phrasing.phrases.say(
            "today.earlier" if reason.rule == "PRG-02" else "today.this_day"
        )
    return phrasing.day(day, today)


def _leg(leg: LegKey | None, phrasing: Phrasing) -> str:
    side = leg[1] if leg else None
    if not isinstance(side, Side):
        return ""
    return phrasing.phrases.say("side.leg", side=phrasing.phrases.say(f"side.{side}"))


def closed_words(reason: NotYet, phrasing: Phrasing, now: datetime) -> tuple[str, str]:
    """Why no session may begin now, and from when one may ("" when waiting opens nothing)."""
    text = phrasing.words(Phrase(f"closed.{reason.rule}"))
    if reason.opens is None:
        return text, ""
    when = phrasing.moment(reason.opens, now)
    return text, phrasing.words(Phrase("closed.opens", (("when", when),)))
