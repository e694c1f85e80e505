"""What the figure must not go through: the floor, a chair, a wall, its own trunk."""

from collections.abc import Iterator

from coach.body import proportions as size
from coach.body.kinematics import Leg, Point
from coach.body.skeleton import Skeleton, View
from coach.body.stage import PropKind, Stage

TOUCH = 0.006
"""Metres a joint may sink in where something gives."""

SOLE = 0.013
"""Metres of a shoe's sole, which a foot in socks lacks."""

CHAIRS = {PropKind.CHAIR, PropKind.CHAIR_TURNED}

_RADIUS = {part: 0.8 * metres for part, metres in size.LIMB_RADIUS.items()}
"""Half-widths, less a fifth: flesh gives a little."""

Round = tuple[Point, float]
"""A point of a limb and how far the limb reaches around it, metres."""


def crossings(stage: Stage, body: Skeleton) -> list[str]:
    """What the figure goes through; empty where it may be drawn like this."""
    return [*_floor(stage, body), *_chair(stage, body), *_wall(stage, body), *_trunk(stage, body)]


def _leg(leg: Leg) -> list[Round]:
    """Along thigh, shank and sole."""
    return [
        *((leg.hip.toward(leg.knee, n / 6), _RADIUS["thigh"]) for n in range(1, 6)),
        (leg.knee, _RADIUS["knee"]),
        *((leg.knee.toward(leg.ankle, n / 6), _RADIUS["shank"]) for n in range(1, 7)),
        *((leg.heel.toward(leg.toes, n / 4), 0.0) for n in range(5)),
    ]


def _limbs(body: Skeleton) -> list[Round]:
    """Legs, and arms to the wrist: hands lie on things, and round the edge of a seat."""
    points = [*_leg(body.near_leg), *_leg(body.far_leg)]
    for arm in (body.near_arm, body.far_arm):
        points += [(arm.shoulder.toward(arm.elbow, n / 6), _RADIUS["arm"]) for n in range(1, 6)]
        points += [(arm.elbow.toward(arm.wrist, n / 6), _RADIUS["arm"]) for n in range(7)]
    return points


def _floor(stage: Stage, body: Skeleton) -> Iterator[str]:
    if stage.view is View.ABOVE:
        return
    joint = min(point.y for point in body.points())
    limb = min(point.y - radius for point, radius in _limbs(body))
    if min(joint, limb) < stage.floor - TOUCH:
        yield f"floor by {stage.floor - min(joint, limb):.3f} m"


def _chair(stage: Stage, body: Skeleton) -> Iterator[str]:
    """Limbs are in front of it or above its seat, or rest on it."""
    for chair in (one for one in stage.props if one.kind in CHAIRS):
        left, right = chair.centre.x - chair.width / 2, chair.centre.x + chair.width / 2
        for point, radius in _limbs(body):
            nearest = Point(min(max(point.x, left), right), min(point.y, chair.top - SOLE))
            if point.distance(nearest) < max(radius - TOUCH, 1e-9):
                yield f"chair at {point}"


def _wall(stage: Stage, body: Skeleton) -> Iterator[str]:
    for wall in (one for one in stage.props if one.kind is PropKind.WALL):
        face = wall.centre.x - wall.width / 2
        for point, _ in _limbs(body):
            if point.x > face + TOUCH:
                yield f"wall at {point}"


def _trunk(stage: Stage, body: Skeleton) -> Iterator[str]:
    """Lower thigh, shank and foot keep as far from the spine as the trunk is deep.

    Seen from the side arms lie beside the trunk, so they are not asked.
    """
    if stage.view is View.FRONT:
        return
    for leg in (body.near_leg, body.far_leg):
        for point, radius in _leg(leg)[2:]:
            nearest = min(point.distance(bone) for bone in body.spine[1:]) - radius
            if nearest <= size.BODY_DEPTH:
                yield f"trunk at {point}"
