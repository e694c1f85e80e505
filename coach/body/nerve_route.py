"""Where the nerve is drawn: from the neck down the back, round the hip, down the leg to the sole.

The offsets behind the bones are choices of drawing (nerve-model.md 7), in metres.
"""

from functools import cache
from math import atan2, cos, pi, sin

import numpy as np
from numpy.typing import NDArray

from coach.body import nerve
from coach.body import proportions as size
from coach.body.kinematics import Leg, Point
from coach.body.skeleton import Skeleton

Numbers = NDArray[np.float64]

_SPINE, _HIP, _THIGH, _KNEE, _CALF, _ANKLE = 0.020, 0.041, 0.025, 0.035, 0.025, 0.017
_HIP_SWEEP = (0.0, 0.5, 1.0)
"""Shares of the way round the back of the hip, from the trunk's back to the thigh's."""

STATIONS = (
    *(0.0, 110.0, 250.0, 390.0, 475.0),  # neck and spine
    *(620.0, 690.0, 760.0),  # round the hip
    *(904.375, 1068.75, 1118.75, 1168.75),  # thigh and knee
    *(1334.0, 1489.25, 1549.25, 1600.0, nerve.LENGTH),  # calf, ankle, sole
)
"""Millimetres along the strand of the points the route goes through."""

SAMPLES = 86
"""Points of the drawn route, about 20 mm apart."""


def route(body: Skeleton) -> Numbers:
    """The route as points in metres, SAMPLES by 2, evenly spaced along the strand."""
    places: Numbers = _weights() @ np.array(_stations(body))
    return places


def place(points: Numbers, mm: float) -> Point:
    """Where on a route so many millimetres of the strand are."""
    at = min(max(mm / nerve.LENGTH, 0.0), 1.0) * (len(points) - 1)
    first = min(int(at), len(points) - 2)
    x, y = points[first] + (points[first + 1] - points[first]) * (at - first)
    return Point(float(x), float(y))


def _stations(body: Skeleton) -> list[Point]:
    leg = body.near_leg
    bottom = _behind_trunk(body.spine[0], body.spine[1])
    spine = [
        _off(body.neck[1], _behind_trunk(*body.neck), 0.012),
        *(
            _off(body.spine[n], _behind_trunk(body.spine[n - 1], body.spine[n]), _SPINE)
            for n in (4, 3, 2, 1)
        ),
    ]
    thigh, shank = _behind_leg(leg.hip, leg.knee), _behind_leg(leg.knee, leg.ankle)
    hip = [_off(leg.hip, _turned(bottom, thigh, share), _HIP) for share in _HIP_SWEEP]
    fold = _turned(shank, thigh, 0.5)
    bulge = _KNEE + 0.010 * min(leg.knee_bend / 90, 1.0)
    return [
        *spine,
        *hip,
        _off(leg.hip.toward(leg.knee, 0.5), thigh, _THIGH),
        _off(leg.hip.toward(leg.knee, 0.88), thigh, _THIGH + 0.006),
        _off(leg.knee, fold, bulge),
        _off(leg.knee.toward(leg.ankle, 0.12), shank, _CALF + 0.004),
        _off(leg.knee.toward(leg.ankle, 0.5), shank, _CALF),
        _off(leg.knee.toward(leg.ankle, 0.86), shank, _ANKLE + 0.003),
        *_foot(leg, shank),
    ]


def _foot(leg: Leg, shank: float) -> list[Point]:
    """Behind the ankle, under it, and along the sole."""
    low = -0.55 * size.ANKLE_HEIGHT
    return [
        _off(leg.ankle, shank, _ANKLE),
        leg.on_foot(0.010, low),
        leg.on_foot(0.55 * size.TOE_AHEAD, low - 0.004),
    ]


def _behind_trunk(lower: Point, upper: Point) -> float:
    """The direction to the back of a piece of trunk, in radians."""
    return atan2(upper.y - lower.y, upper.x - lower.x) + pi / 2


def _behind_leg(upper: Point, lower: Point) -> float:
    """The direction to the back of a piece of leg, in radians."""
    return atan2(lower.y - upper.y, lower.x - upper.x) - pi / 2


def _turned(start: float, end: float, share: float) -> float:
    """Part of the shorter way from one direction to another."""
    return start + ((end - start + pi) % (2 * pi) - pi) * share


def _off(point: Point, direction: float, length: float) -> Point:
    return point.moved(cos(direction) * length, sin(direction) * length)


@cache
def _weights() -> Numbers:
    """How much of each station every sample is made of: a smooth curve through them all."""
    at = np.array(STATIONS)
    weights = np.zeros((SAMPLES, at.size))
    for row, mm in enumerate(np.linspace(0, nerve.LENGTH, SAMPLES)):
        k = min(int(np.searchsorted(at, mm, side="right")) - 1, at.size - 2)
        width = at[k + 1] - at[k]
        u = (mm - at[k]) / width
        for station, share in (
            (k, 2 * u**3 - 3 * u**2 + 1),
            (k + 1, -2 * u**3 + 3 * u**2),
        ):
            weights[row, station] += share
        for station, share in ((k, u**3 - 2 * u**2 + u), (k + 1, u**3 - u**2)):
            before, after = max(station - 1, 0), min(station + 1, at.size - 1)
            slope = share * width / (at[after] - at[before])
            weights[row, after] += slope
            weights[row, before] -= slope
    return weights
