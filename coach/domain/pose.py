"""Joint angles of one instant of a movement."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum


class Joint(StrEnum):
    """The joints a phase may move, in the order they are reported."""

    HIP = "hip"
    KNEE = "knee"
    ANKLE = "ankle"
    TRUNK = "trunk"
    NECK = "neck"


@dataclass(frozen=True, slots=True)
class Pose:
    """Angles in degrees as clinical.md 7.0 counts them.

    hip: flexion, 0 in line with the trunk, 90 thigh square to it.
    knee: flexion, 0 straight.
    ankle: + toes up, - toes pointed, 0 square.
    trunk: + slumped (or hinged forward, where the exercise says so).
    neck: + chin down, - looking up.
    """

    hip: float = 0
    knee: float = 0
    ankle: float = 0
    trunk: float = 0
    neck: float = 0

    def __getitem__(self, joint: Joint) -> float:
        angle: float = getattr(self, joint.value)
        return angle

    def moved(self, joint: Joint, angle: float) -> "Pose":
        """The same pose with one joint at another angle (degrees)."""
        return replace(self, **{joint.value: angle})

    def toward(self, target: "Pose", joints: tuple[Joint, ...], share: float) -> "Pose":
        """Part of the way to ``target`` (share 0-1) for the joints named, the others kept."""
        part = {
            joint.value: self[joint] + (target[joint] - self[joint]) * share for joint in joints
        }
        return replace(self, **part)

    def as_dict(self) -> dict[str, float]:
        """Angles by joint name, in the order of :class:`Joint`."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def load_index(self) -> float:
        """Rough nerve load for ordering exercises only (clinical.md 7.0, weights of DESIGN)."""
        return self.hip - self.knee + 0.25 * self.ankle + 0.3 * self.trunk + 0.2 * self.neck
