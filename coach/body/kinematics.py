"""Points, limbs and the few constructions the figure is built from.

The figure faces right, y points up, lengths are metres, angles degrees. Trunk directions are
leans: 0 upright, + forward, -90 on the back. Leg directions are thigh angles: 0 straight down,
+ forward. A foot's angle is the direction from heel to toes: 0 flat on the floor.
"""

from dataclasses import dataclass
from math import acos, atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple

from coach.body import proportions as size


class Point(NamedTuple):
    """A place in the plane of the figure, metres."""

    x: float
    y: float

    def moved(self, dx: float, dy: float) -> "Point":
        """The point shifted by so many metres."""
        return Point(self.x + dx, self.y + dy)

    def toward(self, other: "Point", share: float) -> "Point":
        """Part of the way to another point; share 0 is here, 1 is there."""
        return Point(
            self.x + (other.x - self.x) * share,
            self.y + (other.y - self.y) * share,
        )

    def distance(self, other: "Point") -> float:
        """Metres between two points."""
        return hypot(other.x - self.x, other.y - self.y)


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg; ``foot`` is the direction from heel to toes."""

    hip: Point
    knee: Point
    ankle: Point
    foot: float

    def on_foot(self, ahead: float, above: float) -> Point:
        """A point of the foot: metres towards the toes and above the ankle."""
        return on_foot(self.ankle, self.foot, ahead, above)

    @property
    def heel(self) -> Point:
        """The back end of the sole."""
        return self.on_foot(-size.HEEL_BEHIND, -size.ANKLE_HEIGHT)

    @property
    def toes(self) -> Point:
        """The front end of the sole."""
        return self.on_foot(size.TOE_AHEAD, -size.ANKLE_HEIGHT)

    @property
    def thigh_angle(self) -> float:
        """Direction of the thigh."""
        return angle_down(self.hip, self.knee)

    @property
    def knee_bend(self) -> float:
        """Flexion of the knee, 0 straight."""
        return wrapped(self.thigh_angle - angle_down(self.knee, self.ankle))


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm; ``hand`` is the direction the fingers point, counted from straight right."""

    shoulder: Point
    elbow: Point
    wrist: Point
    hand: float


def wrapped(angle: float) -> float:
    """The same angle between -180 and 180."""
    return (angle + 180) % 360 - 180


def along(start: Point, angle: float, length: float) -> Point:
    """A point at an ordinary angle (0 right, 90 up)."""
    a = radians(angle)
    return Point(start.x + cos(a) * length, start.y + sin(a) * length)


def up(start: Point, lean: float, length: float) -> Point:
    """A point further along a trunk direction."""
    a = radians(lean)
    return Point(start.x + sin(a) * length, start.y + cos(a) * length)


def down(start: Point, angle: float, length: float) -> Point:
    """A point further along a leg direction."""
    a = radians(angle)
    return Point(start.x + sin(a) * length, start.y - cos(a) * length)


def angle_down(start: Point, end: Point) -> float:
    """The leg direction from one point to another."""
    return degrees(atan2(end.x - start.x, start.y - end.y))


def heading(start: Point, end: Point) -> float:
    """The ordinary angle from one point to another."""
    return degrees(atan2(end.y - start.y, end.x - start.x))


def on_foot(ankle: Point, foot: float, ahead: float, above: float) -> Point:
    """A point of a foot held at an ankle: metres towards the toes and above the ankle."""
    c, s = cos(radians(foot)), sin(radians(foot))
    return Point(ankle.x + ahead * c - above * s, ankle.y + ahead * s + above * c)


def leg(hip: Point, thigh: float, knee: float, ankle: float) -> Leg:
    """A leg from the direction of its thigh and the flexion of knee and ankle."""
    knee_at = down(hip, thigh, size.THIGH)
    ankle_at = down(knee_at, thigh - knee, size.SHANK)
    return Leg(hip, knee_at, ankle_at, thigh - knee + ankle)


def leg_span(knee: float) -> float:
    """Metres from hip to ankle at a knee flexion."""
    return hypot(
        size.THIGH + size.SHANK * cos(radians(knee)),
        size.SHANK * sin(radians(knee)),
    )


def thigh_toward(knee: float, direction: float) -> float:
    """The thigh angle at which the ankle lies in a leg direction, for a knee flexion."""
    drop = size.THIGH + size.SHANK * cos(radians(knee))
    return direction + degrees(atan2(size.SHANK * sin(radians(knee)), drop))


def two_link(start: Point, end: Point, first: float, second: float, side: int) -> Point:
    """The joint between two links; ``side`` +1 puts it left of the way there, -1 right.

    When the end is out of reach the links point straight at it.
    """
    gap = min(max(start.distance(end), abs(first - second) + 1e-6), first + second - 1e-6)
    cosine = (first * first + gap * gap - second * second) / (2 * first * gap)
    bend = degrees(acos(min(1.0, max(-1.0, cosine))))
    return along(start, heading(start, end) + side * bend, first)


def leg_to(hip: Point, ankle: Point, foot: float, side: int = 1) -> Leg:
    """A leg whose ankle stands at a given place, the knee on the side it bends to."""
    knee = two_link(hip, ankle, size.THIGH, size.SHANK, side)
    return Leg(hip, knee, along(knee, heading(knee, ankle), size.SHANK), foot)


def arm_to(shoulder: Point, wrist: Point, hand: float, side: int = 1) -> Arm:
    """An arm reaching for a place; a shoulder gives up to 6 cm when that is too far."""
    reach = size.UPPER_ARM + size.FOREARM
    give = min(max(shoulder.distance(wrist) - reach * 0.985, 0.0), 0.06)
    if give:
        shoulder = along(shoulder, heading(shoulder, wrist), give)
    elbow = two_link(shoulder, wrist, size.UPPER_ARM, size.FOREARM, side)
    return Arm(shoulder, elbow, along(elbow, heading(elbow, wrist), size.FOREARM), hand)


def standing_on(hip: Point, knee: float, ankle: float, floor: float) -> Leg:
    """The leg whose foot just touches the floor ahead of the hip, at given knee and ankle."""
    low, high = 0.0, 150.0
    for _ in range(30):
        thigh = (low + high) / 2
        limb = leg(hip, thigh, knee, ankle)
        if min(limb.heel.y, limb.toes.y) >= floor:
            high = thigh
        else:
            low = thigh
    return leg(hip, high, knee, ankle)


def cleared(limb: Leg, floor: float) -> Leg:
    """The leg with its foot at or above the floor.

    The thigh rises just as far as the foot needs, knee and ankle keep their angles.
    """
    if min(limb.heel.y, limb.toes.y) >= floor:
        return limb
    knee = limb.knee_bend
    return standing_on(limb.hip, knee, limb.foot - (limb.thigh_angle - knee), floor)


def pointed(limb: Leg, floor: float) -> Leg:
    """The leg with its toes pointed back as far as they must to stay off the floor."""
    low, high = 0.0, 100.0
    if limb.toes.y >= floor:
        return limb
    for _ in range(24):
        turn = (low + high) / 2
        trial = Leg(limb.hip, limb.knee, limb.ankle, limb.foot - turn)
        if trial.toes.y >= floor:
            high = turn
        else:
            low = turn
    return Leg(limb.hip, limb.knee, limb.ankle, limb.foot - high)
