"""Skin for a limb: a ribbon of changing width that follows a jointed line.

The joints change every frame, everything else is worked out once. Each sample of the centre line
is a weighted mean of three joints, so a frame costs a few multiplications a sample.
"""

from collections.abc import Sequence
from math import cos, hypot, pi, sin

from coach.body.kinematics import Point
from coach.ui.figure.mapping import Mapping

Knot = tuple[float, float, float]
"""Place along the limb in joints, width to the left, width to the right (metres)."""

Section = tuple[float, float, float, float, float, float, float]
"""One cross-section in device pixels: centre, the left normal a metre long, the offset of the
skin's middle, its half width and how far it moves into the light (metres)."""

Outline = list[tuple[float, float]]
"""Points of a closed smooth shape, device pixels; a point given twice is a sharp corner."""

_CAP_STEPS = 4


class Ribbon:
    """A limb of ``bones`` bones with a width profile.

    left and right are as seen walking along the limb: for a leg hanging down that faces right,
    left is its front. rounding: share of a bone used up by the bend at a joint.
    """

    def __init__(
        self,
        bones: int,
        profile: Sequence[Knot],
        straight: int = 3,
        bend: int = 3,
        rounding: float = 0.18,
        caps: tuple[bool, bool] = (True, True),
    ) -> None:
        self._caps = caps
        self._weights: list[tuple[int, float, float, float]] = []
        places: list[float] = []
        for bone in range(bones):
            first = 0.0 if bone == 0 else rounding
            last = 1.0 if bone == bones - 1 else 1 - rounding
            # Bends that meet in the middle of a bone leave one sample between them.
            count = straight if last - first > 0.15 else 1
            for step in range(count):
                share = first + (last - first) * (step / (count - 1) if count > 1 else 0.5)
                self._weights.append((bone, 1 - share, share, 0.0))
                places.append(bone + share)
            if bone == bones - 1:
                continue
            for step in range(1, bend + 1):
                q = step / (bend + 1)
                before, middle, after = (1 - q) ** 2, 2 * q * (1 - q), q * q
                self._weights.append(
                    (
                        bone,
                        before * rounding,
                        middle + (before + after) * (1 - rounding),
                        after * rounding,
                    )
                )
                places.append(bone + 1 - rounding + 2 * rounding * q)
        self._radii = [_radius(profile, place) for place in places]

    def sections(
        self, joints: Sequence[Point], mapping: Mapping, light: tuple[float, float]
    ) -> list[Section]:
        """Cross-sections for the joints of this instant; light points towards the light."""
        line = []
        last = len(joints) - 1
        for index, a, b, c in self._weights:
            (x0, y0), (x1, y1) = joints[index], joints[index + 1]
            x2, y2 = joints[index + 2] if index + 2 <= last else joints[last]
            line.append((a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2))
        tall, wide = mapping.scale, mapping.scale * mapping.way
        light_x, light_y = light
        sections = []
        end = len(line) - 1
        for i, ((x, y), (to_left, to_right)) in enumerate(zip(line, self._radii, strict=True)):
            xa, ya = line[i - 1] if i else line[0]
            xb, yb = line[i + 1] if i < end else line[end]
            dx, dy = xb - xa, yb - ya
            size = hypot(dx, dy) or 1e-9
            nx, ny = -dy / size, dx / size
            half = (to_left + to_right) * 0.5
            sections.append(
                (
                    mapping.left + wide * x,
                    mapping.base - tall * y,
                    wide * nx,
                    -tall * ny,
                    (to_left - to_right) * 0.5,
                    half,
                    (nx * light_x + ny * light_y) * half,
                )
            )
        return sections

    def outline(self, sections: list[Section], width: float, shift: float, way: int) -> Outline:
        """The ribbon made narrower (``width`` 0-1) and moved into the light (``shift`` 0-1)."""
        left: Outline = []
        right: Outline = []
        for x, y, nx, ny, offset, half, lit in sections:
            middle = offset + lit * shift
            reach = half * width
            a, b = middle + reach, middle - reach
            left.append((x + nx * a, y + ny * a))
            right.append((x + nx * b, y + ny * b))
        points = left
        if self._caps[1]:
            points = points + _cap(left[-1], right[-1], way)
        else:
            points = [*points, left[-1], right[-1]]
        right.reverse()
        points = points + right
        if self._caps[0]:
            points = points + _cap(right[-1], left[0], way)
        else:
            points = [*points, right[-1], left[0]]
        return points


def _cap(start: tuple[float, float], end: tuple[float, float], way: int) -> Outline:
    """Half a circle from one side of a ribbon's end round to the other."""
    (xa, ya), (xb, yb) = start, end
    x, y = (xa + xb) / 2, (ya + yb) / 2
    across_x, across_y = xa - x, ya - y
    ahead_x, ahead_y = -across_y * way, across_x * way
    points = []
    for step in range(1, _CAP_STEPS):
        turn = pi * step / _CAP_STEPS
        c, s = cos(turn), sin(turn)
        points.append((x + across_x * c + ahead_x * s, y + across_y * c + ahead_y * s))
    return points


def _radius(profile: Sequence[Knot], place: float) -> tuple[float, float]:
    """Both widths at a place, smoothly through the knots without overshooting humps."""
    knots = list(profile)
    for index in range(len(knots) - 1):
        start, end = knots[index], knots[index + 1]
        if place > end[0] + 1e-9:
            continue
        span = end[0] - start[0]
        u = (place - start[0]) / span
        before = knots[max(index - 1, 0)]
        after = knots[min(index + 2, len(knots) - 1)]
        widths = [
            _hermite(
                u,
                span,
                before[side],
                start[side],
                end[side],
                after[side],
                start[0] - before[0],
                after[0] - end[0],
            )
            for side in (1, 2)
        ]
        return widths[0], widths[1]
    return knots[-1][1], knots[-1][2]


def _hermite(
    u: float,
    span: float,
    before: float,
    start: float,
    end: float,
    after: float,
    gap_before: float,
    gap_after: float,
) -> float:
    out = (end - before) / (span + gap_before) * span
    into = (after - start) / (span + gap_after) * span
    return (
        (2 * u**3 - 3 * u**2 + 1) * start
        + (u**3 - 2 * u**2 + u) * out
        + (3 * u**2 - 2 * u**3) * end
        + (u**3 - u**2) * into
    )


def tube(points: Sequence[Point], radius: float, mapping: Mapping) -> Outline:
    """A ribbon of one width along a line of points: far cheaper than stroking with a pen."""
    tall, wide = mapping.scale, mapping.scale * mapping.way
    left: Outline = []
    right: Outline = []
    end = len(points) - 1
    for i, (x, y) in enumerate(points):
        xa, ya = points[i - 1] if i else points[0]
        xb, yb = points[i + 1] if i < end else points[end]
        dx, dy = xb - xa, yb - ya
        size = hypot(dx, dy) or 1e-9
        nx, ny = -dy / size * radius * wide, -dx / size * radius * tall
        px, py = mapping.left + wide * x, mapping.base - tall * y
        left.append((px + nx, py + ny))
        right.append((px - nx, py - ny))
    right.reverse()
    return left + right
