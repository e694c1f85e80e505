"""The figure at one instant: named points, ready to be drawn or measured."""

from dataclasses import dataclass
from enum import StrEnum

from coach.body import proportions as size
from coach.body.kinematics import Arm, Leg, Point, up


class View(StrEnum):
    """Where the onlooker is."""

    SIDE = "side"
    ABOVE = "above"
    FRONT = "front"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Joint points in metres, y up, facing right unless lying.

    spine: from the hip centre to the base of the neck, five points.
    neck: base and top of the neck; head_lean: direction of the head, 0 upright.
    near: the working leg and the arm on its side; far: the other ones.
    strap: a towel held in the hands, from hand to limb; empty when there is none.
    """

    spine: tuple[Point, ...]
    neck: tuple[Point, Point]
    head_lean: float
    near_leg: Leg
    far_leg: Leg
    near_arm: Arm
    far_arm: Arm
    strap: tuple[Point, ...] = ()

    @property
    def pelvis(self) -> Point:
        """The hip centre."""
        return self.spine[0]

    def points(self) -> tuple[Point, ...]:
        """Every joint and the ends of both feet."""
        legs = (self.near_leg, self.far_leg)
        arms = (self.near_arm, self.far_arm)
        return (
            *self.spine,
            *self.neck,
            *(p for leg in legs for p in (leg.hip, leg.knee, leg.ankle, leg.heel, leg.toes)),
            *(p for arm in arms for p in (arm.shoulder, arm.elbow, arm.wrist)),
        )


@dataclass(frozen=True, slots=True)
class Upper:
    """Spine, neck and head, and where the shoulder sits."""

    spine: tuple[Point, ...]
    neck: tuple[Point, Point]
    head_lean: float
    shoulder: Point


LINKS = (size.LUMBAR / 2, size.LUMBAR / 2, size.THORAX / 2, size.THORAX / 2)
SLUMP_SHARE = (-0.35, 0.10, 0.55, 0.90)
"""How much of the slump each spine link leans: the pelvis rolls back, the chest curls forward."""

NECK_SLANT = 16
"""Degrees the neck leans ahead of the chest while the head looks level."""


def upper_body(
    pelvis: Point, lean: float, slump: float, hinge: float, neck: float, slant: float = NECK_SLANT
) -> Upper:
    """Trunk, neck and head above a hip centre.

    lean: direction of the upright trunk; slump curls it, hinge tips it as one piece; neck is chin
    down (degrees). A slump takes the gaze along only in part, as people look ahead.
    """
    base = lean + hinge
    points = [pelvis]
    for share, length in zip(SLUMP_SHARE, LINKS, strict=True):
        points.append(up(points[-1], base + slump * share, length))
    chest = base + slump * SLUMP_SHARE[-1]
    top = up(points[-1], chest + slant + neck * 0.5, size.NECK)
    shoulder = points[-2].toward(points[-1], 0.80)
    return Upper(tuple(points), (points[-1], top), base + slump * 0.55 + neck, shoulder)
