"""Showing a movement to somebody: where a repetition stands, and what else there is to show.

Nothing here is recorded, and nothing here knows a session.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

from coach.app.library import moment, shown_seconds
from coach.body.motion import MARCH_CYCLE_S, eased
from coach.domain.demonstration import Comparison, Eases, Ends
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind
from coach.domain.pose import Joint, Pose

SPEEDS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
"""How fast a movement can be shown, 1 is its own speed."""

STEPS = 60
"""An arrow key goes this part of a repetition."""

PICTURES_A_SECOND = 15
MOST_PICTURES = 150
"""Of a series: more than a slide can use, and more than anyone waits for."""

START = "start"
"""The raised leg before anything is eased."""

EASE_S = 1.2
"""Seconds in which the leg goes from one ease to another."""


class Exhibit(StrEnum):
    """What is being demonstrated."""

    MOVEMENT = "movement"
    EASES = "eases"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Reel:
    """A repetition shown over and over."""

    exercise: Exercise
    dose: Dose

    @property
    def seconds(self) -> float:
        """How long it takes at its own speed."""
        if self.exercise.kind is Kind.WARM_UP:
            return MARCH_CYCLE_S
        return shown_seconds(self.exercise, self.dose)

    def at(self, share: float) -> tuple[int, float, float]:
        """Phase, share 0-1 of it, and seconds since the start, at a share 0-1 of the repetition."""
        if self.exercise.kind is Kind.WARM_UP:
            return 0, 0.0, share * MARCH_CYCLE_S
        phase, part = moment(self.exercise, self.dose, share * self.seconds)
        return phase, part, share * self.seconds

    def pictures(self) -> tuple[float, ...]:
        """The shares 0-1 at which a series shows it, evenly spaced, the first not repeated."""
        count = min(ceil(self.seconds * PICTURES_A_SECOND), MOST_PICTURES)
        return tuple(n / count for n in range(count))


@dataclass(frozen=True, slots=True)
class Playback:
    """Where a repetition stands (share 0-1), how fast it goes, and whether it is frozen."""

    share: float = 0.0
    speed: float = 1.0
    frozen: bool = False

    def after(self, passed: float, seconds: float) -> "Playback":
        """What follows when so many seconds pass, of a repetition of so many seconds."""
        if self.frozen:
            return self
        return replace(self, share=(self.share + passed * self.speed / seconds) % 1.0)

    def scrubbed(self, share: float) -> "Playback":
        """Held at a share of the repetition."""
        return replace(self, share=min(max(share, 0.0), 1.0), frozen=True)

    def stepped(self, steps: int) -> "Playback":
        """Held some small steps further on, or back; past the end it begins anew."""
        place = round(self.share * STEPS) + steps
        return replace(self, share=place % STEPS / STEPS, frozen=True)

    def toggled(self) -> "Playback":
        """Frozen, or going on."""
        return replace(self, frozen=not self.frozen)

    def at_speed(self, speed: float) -> "Playback":
        """The same at another of :data:`SPEEDS`. Raises ValueError for one that is none."""
        if speed not in SPEEDS:
            raise ValueError(f"speed {speed} is none of {SPEEDS}")
        return replace(self, speed=speed)


def ease_dose(eases: Eases, before: Dose) -> Dose:
    """The raised leg as a dose of its exercise; the picture is wide enough for every ease."""
    return replace(before, home=eases.start, out=eases.start)


def ease_names(eases: Eases) -> tuple[str, ...]:
    """The start, then each ease in the order of the file."""
    return (START, *eases.changes)


def ease_pose(eases: Eases, name: str) -> Pose:
    """The pose of the start or an ease. Raises KeyError for another name."""
    return eases.start if name == START else eases.changes[name]


def between(start: Pose, end: Pose, seconds: float) -> Pose:
    """On the way from one ease to another, so many seconds after it began."""
    return start.toward(end, tuple(Joint), eased(seconds / EASE_S))


def compared_dose(ends: Ends, before: Dose) -> Dose:
    """A movement of the comparison as a dose of its exercise."""
    return replace(before, home=ends.home, out=ends.out)


def compared_pose(ends: Ends, share: float) -> Pose:
    """Where one of the two movements is at a share 0-1 of going out and coming back."""
    way = share * 2 if share <= 0.5 else 2 - share * 2
    return ends.home.toward(ends.out, tuple(Joint), eased(way))


def compared_seconds(comparison: Comparison) -> float:
    """How long both movements take out and back."""
    return comparison.seconds * 2


def degrees_shown(pose: Pose, joints: tuple[Joint, ...]) -> Iterator[tuple[Joint, int]]:
    """The joints whose angles are worth showing, with whole degrees.

    Hip, knee and ankle always; trunk and neck where the movement uses them or they are bent.
    """
    for joint in Joint:
        leg = joint in (Joint.HIP, Joint.KNEE, Joint.ANKLE)
        if leg or joint in joints or round(pose[joint]) != 0:
            yield joint, round(pose[joint])


def signed(angle: int) -> str:
    """Whole degrees as they are written: with a minus that is as wide as a digit."""
    return str(angle).replace("-", "\N{MINUS SIGN}")
