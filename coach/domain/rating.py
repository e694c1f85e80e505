"""What a person can answer after a set and while resting. Missing is None, never zero."""

from dataclasses import dataclass
from enum import StrEnum

#: A rating is a whole number 0-10; None means it was not answered (clinical.md 9.1).
Rating = int
LOWEST, HIGHEST = 0, 10


class Place(StrEnum):
    """Where it was felt (clinical.md 9.1 Q3)."""

    BACK = "back"
    BUTTOCK = "buttock"
    THIGH = "thigh"
    BEHIND_KNEE = "behind_knee"
    CALF = "calf"
    HEEL = "heel"
    SOLE = "sole"
    TOES = "toes"
    OTHER_LEG = "other_leg"
    BOTH_LEGS = "both_legs"
    SADDLE = "saddle"

    @property
    def zone(self) -> int:
        """How far down the leg, 1 (back) to 5 (foot); 0 for places outside this leg."""
        return _ZONES.get(self, 0)


_ZONES = {
    Place.BACK: 1,
    Place.BUTTOCK: 2,
    Place.THIGH: 3,
    Place.BEHIND_KNEE: 4,
    Place.CALF: 4,
    Place.HEEL: 5,
    Place.SOLE: 5,
    Place.TOES: 5,
}


class Feel(StrEnum):
    """What it was like (clinical.md 9.1 Q4). Tingling is extra feeling, numb is less feeling."""

    PULL = "pull"
    MILD_PINS = "mild_pins"
    BURNING = "burning"
    ELECTRIC = "electric"
    NUMB = "numb"
    CRAMP = "cramp"
    TIGHT_SWOLLEN = "tight_swollen"


class News(StrEnum):
    """Something new (clinical.md 9.1 Q6), reachable at any moment."""

    ONE_LEG_WEAK = "one_leg_weak"
    BOTH_LEGS_WEAK = "both_legs_weak"
    OTHER_LEG = "other_leg"
    BOTH_LEGS = "both_legs"
    NUMB_STAYS = "numb_stays"
    SADDLE_OR_TOILET = "saddle_or_toilet"
    DIZZY = "dizzy"
    FACE_ARM_SPEECH = "face_arm_speech"
    CHEST_BREATH = "chest_breath"
    COLD_PALE_FOOT = "cold_pale_foot"
    SWOLLEN_CALF = "swollen_calf"
    SUDDEN_SEVERE_PAIN = "sudden_severe_pain"


@dataclass(frozen=True, slots=True)
class SetAnswers:
    """Answers to Q1-Q4 and Q6 after one set; tingling and pain 0-10 or None (not answered)."""

    tingling: Rating | None = None
    pain: Rating | None = None
    where: frozenset[Place] = frozenset()
    feels: frozenset[Feel] = frozenset()
    new: frozenset[News] = frozenset()

    @property
    def complete(self) -> bool:
        """True when both ratings were given."""
        return self.tingling is not None and self.pain is not None

    @property
    def zone(self) -> int:
        """The lowest zone named, 1-5; 0 when no place on this leg was named."""
        return max((place.zone for place in self.where), default=0)


@dataclass(frozen=True, slots=True)
class RestAnswer:
    """Answer to Q5 at a settle check: how it is now.

    tingling, pain: 0-10 or None; numb: whether the loss of feeling is still there, None when
    it was not asked.
    """

    tingling: Rating | None = None
    pain: Rating | None = None
    numb: bool | None = None
