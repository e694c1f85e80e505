"""A movement of the catalogue with its levels, phases and lever orders."""

from dataclasses import dataclass
from enum import StrEnum

from coach.domain.lever import LeverStep
from coach.domain.pose import Joint, Pose


class Kind(StrEnum):
    """What sort of movement it is; decides which caps and questions apply."""

    WARM_UP = "warm_up"
    SLIDER = "slider"
    STRETCH = "stretch"
    CORE = "core"
    REST = "rest"

    @property
    def rated(self) -> bool:
        """True when every set is followed by a rating (clinical.md 7.1 lists the exceptions)."""
        return self not in (Kind.WARM_UP, Kind.REST)


class Posture(StrEnum):
    """How the body lies, sits or stands; decides how the figure is drawn."""

    LYING = "lying"
    SIDE_LYING = "side_lying"
    SEATED = "seated"
    STANDING = "standing"
    KNEELING = "kneeling"


class LevelName(StrEnum):
    """The four waypoints of an exercise, gentle to strong."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Tag(StrEnum):
    """A reason to leave an exercise out, found at check-in or from earlier days.

    Sources: clinical.md 7.0 tags; not-yet: 7.2 S5 and S8; stood-in: its own gentler stand-in is
    in the plan already.
    """

    NO_SLUMP = "no-slump"
    NO_NECK = "no-neck"
    NO_STAND = "no-stand"
    NO_FLAT = "no-flat"
    JUST_RISEN = "just-risen"
    TINGLING_NOW = "tingling-now"
    NOT_YET = "not-yet"
    STOOD_IN = "stood-in"


class Toward(StrEnum):
    """Which of a level's two poses a phase moves to."""

    HOME = "home"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of a repetition.

    ms: planned length in milliseconds; 0 with ``hold`` means the level's hold time.
    joints: the joints that move to the pose named by ``toward``; none move when it is None.
    """

    name: str
    ms: int
    toward: Toward | None = None
    joints: tuple[Joint, ...] = tuple(Joint)
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """One waypoint: the poses at both ends (degrees) and the dose.

    rest_s: seconds of rest after each set; hold_s: seconds of one hold, 0 where nothing is held.
    prop: what has to stand ready for this level only, such as a step (a phrase key part).
    """

    name: LevelName
    home: Pose
    out: Pose
    sets: int
    reps: int
    rest_s: int
    hold_s: int = 0
    prop: str | None = None


@dataclass(frozen=True, slots=True)
class EaseFloor:
    """How far easing may go: no lever moves a joint past these angles (degrees).

    ankle: where ANK takes the ankle; knee: most bend RNG gives; hip: least flexion HIP gives.
    """

    ankle: int = -20
    knee: int = 75
    hip: int = 60


@dataclass(frozen=True, slots=True)
class Exercise:
    """One movement of the catalogue (clinical.md 7); texts live in the phrase catalogue.

    rank: place in the family ladder, gentle to strong (clinical.md 7.0).
    barred_by: check-in tags that remove the exercise from a session.
    hinge: True when the trunk angle is a hip hinge with a flat back, not a slump.
    home_ceiling: the highest level without a physiotherapist's code; None when it needs one.
    earned_by: exercises and levels of which one must have been passed on the same leg first.
    """

    id: str
    family: str
    kind: Kind
    posture: Posture
    rank: int
    levels: tuple[Level, ...]
    phases: tuple[Phase, ...]
    ease: tuple[LeverStep, ...] = ()
    harder: tuple[LeverStep, ...] = ()
    floor: EaseFloor = EaseFloor()
    barred_by: frozenset[Tag] = frozenset()
    hinge: bool = False
    sided: bool = True
    supports: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    cues: tuple[tuple[str, str], ...] = ()
    home_ceiling: LevelName | None = LevelName.D
    earned_by: tuple[tuple[str, LevelName], ...] = ()

    def level(self, name: LevelName) -> Level:
        """The level of that name. Raises KeyError when the exercise has none."""
        for level in self.levels:
            if level.name is name:
                return level
        raise KeyError(name)

    def cue(self, moment: str) -> str | None:
        """The phrase key of the cue for a phase name or moment, if there is one."""
        return dict(self.cues).get(moment)


Catalogue = dict[str, Exercise]
