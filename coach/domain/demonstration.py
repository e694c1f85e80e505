"""What is demonstrated besides the exercises: two eases, and a slider beside a tensioner."""

from collections.abc import Mapping
from dataclasses import dataclass

from coach.domain.pose import Pose


@dataclass(frozen=True, slots=True)
class Eases:
    """A raised leg, and single changes from it; exercise: whose place it is drawn in."""

    exercise: str
    start: Pose
    changes: Mapping[str, Pose]


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a movement."""

    home: Pose
    out: Pose


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two movements of one exercise's place, side by side.

    lean: degrees of the pelvis, - backwards, from which the nerve model counts the hip. seconds:
    from one end to the other.
    """

    exercise: str
    lean: float
    seconds: float
    slider: Ends
    tensioner: Ends


@dataclass(frozen=True, slots=True)
class Demonstrations:
    """Everything the demonstration file holds."""

    eases: Eases
    comparison: Comparison
