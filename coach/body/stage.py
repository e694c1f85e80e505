"""The place an exercise is done in: things around the figure and what stays where it is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from coach.body.kinematics import Point
from coach.body.skeleton import Skeleton, View
from coach.domain.pose import Joint, Pose

FLOOR = 0.0
MAT = 0.022
"""Thickness of the mat, metres."""


class PropKind(StrEnum):
    """A thing the figure lies on, holds or leans against."""

    MAT = "mat"
    MAT_ABOVE = "mat_above"
    PILLOW = "pillow"
    PILLOW_ABOVE = "pillow_above"
    CHAIR = "chair"
    CHAIR_TURNED = "chair_turned"
    WALL = "wall"
    WORKTOP = "worktop"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing with its middle, size in metres and tilt in degrees."""

    kind: PropKind
    centre: Point
    width: float
    height: float
    tilt: float = 0

    @property
    def top(self) -> float:
        """Height of its upper side when it is not tilted."""
        return self.centre.y + self.height / 2


def prop(kind: PropKind, left: float, right: float, bottom: float, top: float) -> Prop:
    """An upright thing given by its edges."""
    middle = Point((left + right) / 2, (bottom + top) / 2)
    return Prop(kind, middle, right - left, top - bottom)


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle in metres."""

    left: float
    bottom: float
    right: float
    top: float

    def around(self, points: tuple[Point, ...], margin: float) -> "Frame":
        """The smallest frame that also holds the points with a margin."""
        return Frame(
            min(self.left, *(p.x - margin for p in points)),
            min(self.bottom, *(p.y - margin for p in points)),
            max(self.right, *(p.x + margin for p in points)),
            max(self.top, *(p.y + margin for p in points)),
        )


Placer = Callable[[Pose, Pose], Skeleton]
"""Working leg's pose and the other leg's to a skeleton."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One exercise at one dose, ready to place the figure in.

    floor: height of what the feet may not pass; shod: shoes are worn, else socks.
    place: working and other leg's pose to skeleton; the other leg's is used by the march only.
    """

    props: tuple[Prop, ...]
    frame: Frame
    place: Placer
    view: View = View.SIDE
    floor: float = FLOOR
    shod: bool = False

    def skeleton(self, pose: Pose, other: Pose | None = None) -> Skeleton:
        """The figure in a pose; ``other`` is the other leg's, where the exercise moves it."""
        return self.place(pose, Pose() if other is None else other)

    def framed(self, home: Pose, out: Pose, margin: float = 0.13) -> "Stage":
        """The stage with a frame wide enough for the whole movement, so nothing ever jumps."""
        frame = self.frame
        for share in (0.0, 0.5, 1.0):
            pose = home.toward(out, tuple(Joint), share)
            frame = frame.around(self.skeleton(pose).points(), margin)
        return Stage(self.props, frame, self.place, self.view, self.floor, self.shod)
