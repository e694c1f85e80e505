"""What the answers before a session mean (clinical.md 8)."""

from dataclasses import dataclass, field, replace

from coach.domain.action import Tier
from coach.domain.exercise import Tag
from coach.domain.rating import Place
from coach.domain.screening import Question, Reply

SHORTEST_THOUGHT_MS = 2_000  # before an answer counts, clinical.md 10 H22
LIGHT_TINGLING = 2  # check-in rating 0-10 above which S5 stays out, clinical.md 7.2 S5
EASY_DAY_FROM = 4  # check-in rating 0-10, clinical.md 8 B*
NO_SESSION_FROM = 6
CLEARANCE_FROM = 7  # clinical.md 8 C8
FULL_SCREEN_DAYS = 28  # clinical.md 8
AWAY_DAYS = 14

#: The rule id of the check-in ratings; the row is marked B* in clinical.md 8.
BASELINE_RULE = "B"
#: The item about pain or tingling of 7 or more right now: no earlier assessment answers it.
STRONG_NOW_RULE = "C8"
#: Both legs named at the check-in, when the new kind was denied before.
BOTH_LEGS_RULE = "LOC-05"
#: Still up more than a day after a session, twice running.
STILL_UP_RULE = "DAY-05"


@dataclass(frozen=True, slots=True)
class Clearance:
    """What the check-in found so far.

    tingling (T0), pain (P0): 0-10, None until answered; zone: lowest zone felt, 0 = none.
    rules: ids of the items that raised the tier or shaped the session, in the order answered;
    reason: the one of them behind the tier. They only say why, so two clearances that differ in
    them alone are equal.
    """

    tier: Tier = Tier.OK
    rules: tuple[str, ...] = field(default=(), compare=False)
    reason: str = field(default="", compare=False)
    tags: frozenset[Tag] = frozenset()
    tingling: int | None = None
    pain: int | None = None
    zone: int = 0

    @property
    def worst(self) -> int | None:
        """The higher of the two check-in ratings; None while one is missing."""
        if self.tingling is None or self.pain is None:
            return None
        return max(self.tingling, self.pain)

    @property
    def bars(self) -> frozenset[Tag]:
        """The tags, and one more when there is more than light tingling (clinical.md 7.2 S5)."""
        felt = self.tingling is not None and self.tingling > LIGHT_TINGLING
        return self.tags | {Tag.TINGLING_NOW} if felt else self.tags

    @property
    def easy_day(self) -> bool:
        """True for check-in ratings of 4 or 5: only the gentlest exercises (clinical.md 8 B*)."""
        return self.worst is not None and EASY_DAY_FROM <= self.worst < NO_SESSION_FROM

    @property
    def no_session(self) -> bool:
        """True when a rating closes today's session (6 or more), whatever the other one is."""
        return max(self.tingling or 0, self.pain or 0) >= NO_SESSION_FROM


@dataclass(frozen=True, slots=True)
class StillUp:
    """Check-in ratings (0-10) from which on DAY-05 asks for a clinician today."""

    tingling: int
    pain: int

    def reached(self, tingling: int | None, pain: int | None) -> bool:
        """Whether one of today's ratings is that high; a missing one is not."""
        return (tingling is not None and tingling >= self.tingling) or (
            pain is not None and pain >= self.pain
        )


def placed(
    found: Clearance, where: frozenset[Place], cleared: frozenset[str] = frozenset()
) -> Clearance:
    """The clearance once the places are named.

    The saddle area is a stop sign wherever it is named (LOC-06). Both legs, when the new kind was
    denied before (E4), is the long-standing kind of clinical.md 2.1: a clinician first, and advice
    once one was seen about it (in ``cleared``), so that nobody learns to keep it back.
    """
    given = replace(found, zone=max((place.zone for place in where), default=0))
    for place, asked, rule in _PLACES_THAT_STOP:
        tier = Tier.ADVISE if rule in cleared & {BOTH_LEGS_RULE} else asked
        if place in where and tier > given.tier:
            given = replace(given, tier=tier, rules=(*given.rules, rule), reason=rule)
    return given


_PLACES_THAT_STOP = (
    (Place.BOTH_LEGS, Tier.CLEARANCE, BOTH_LEGS_RULE),
    (Place.SADDLE, Tier.EMERGENCY, "LOC-06"),
)


def tier_of(question: Question, reply: Reply) -> Tier:
    """The tier an answer asks for.

    "Not sure" on an EMERGENCY item is URGENT (clinical.md 8); elsewhere it counts as yes, the
    cautious reading where the source is silent.
    """
    if reply is Reply.NO:
        return Tier.OK
    if reply is Reply.NOT_SURE and question.tier is Tier.EMERGENCY:
        return Tier.URGENT
    return question.tier


def answered(
    found: Clearance, question: Question, reply: Reply, cleared: frozenset[str] = frozenset()
) -> Clearance:
    """The clearance after one more answer; it never gets milder.

    A CLEARANCE item in ``cleared`` was assessed by a clinician who allowed exercise: it advises.
    How strong it is right now (C8) is never settled by an earlier assessment.
    """
    if reply is Reply.NO:
        return found
    tier = tier_of(question, reply)
    if tier is Tier.CLEARANCE and question.id in cleared - {STRONG_NOW_RULE}:
        tier = Tier.ADVISE
    return replace(
        found,
        tier=max(found.tier, tier),
        rules=tuple(dict.fromkeys((*found.rules, question.id))),
        reason=question.id if tier > found.tier else found.reason,
        tags=found.tags | ({question.tag} if question.tag else set()),
    )


def rated(found: Clearance, tingling: int, pain: int | None) -> Clearance:
    """The clearance with the check-in ratings (0-10); pain is None until it was answered.

    A tingling of 7 or more needs no second rating to close the session.
    """
    given = replace(found, tingling=tingling, pain=pain)
    if max(tingling, pain or 0) >= CLEARANCE_FROM:
        return replace(
            given,
            tier=max(found.tier, Tier.CLEARANCE),
            rules=(*found.rules, STRONG_NOW_RULE),
            reason=STRONG_NOW_RULE if found.tier < Tier.CLEARANCE else found.reason,
        )
    if given.no_session or given.easy_day:
        return replace(given, rules=tuple(dict.fromkeys((*found.rules, BASELINE_RULE))))
    return given


def compared(found: Clearance, limit: StillUp | None) -> Clearance:
    """The clearance once today's ratings are held against earlier days (clinical.md 9.4 DAY-05)."""
    if limit is None or not limit.reached(found.tingling, found.pain):
        return found
    return replace(
        found,
        tier=max(found.tier, Tier.CLEARANCE),
        rules=(*found.rules, STILL_UP_RULE),
        reason=STILL_UP_RULE if found.tier < Tier.CLEARANCE else found.reason,
    )


def full_screen_due(
    *, days_since_full: int | None, days_since_session: int | None, lock_lifted: bool
) -> bool:
    """Whether every question is asked today (clinical.md 8).

    Days are whole days since the last full screen and the last session, None when there was none.
    """
    if days_since_full is None or days_since_session is None or lock_lifted:
        return True
    return days_since_full >= FULL_SCREEN_DAYS or days_since_session >= AWAY_DAYS
