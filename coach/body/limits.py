"""How far each joint of the figure may go (nerve-model.md 7, limits for the figure)."""

from dataclasses import dataclass

from coach.domain.pose import Joint, Pose


@dataclass(frozen=True, slots=True)
class Range:
    """An allowed span of degrees."""

    low: float
    high: float

    def clamp(self, angle: float) -> float:
        """The nearest allowed angle."""
        return min(max(angle, self.low), self.high)

    def holds(self, angle: float) -> bool:
        """True when the angle lies inside, ends included."""
        return self.low <= angle <= self.high


LIMITS = {
    Joint.HIP: Range(-20, 120),
    Joint.KNEE: Range(0, 140),
    Joint.ANKLE: Range(-45, 20),
    Joint.TRUNK: Range(-15, 45),
    Joint.NECK: Range(-40, 50),
}
"""Degrees, counted as in :class:`coach.domain.pose.Pose`."""


def beyond(pose: Pose) -> tuple[Joint, ...]:
    """The joints of a pose that lie outside their limits."""
    return tuple(joint for joint, span in LIMITS.items() if not span.holds(pose[joint]))


def within(pose: Pose) -> Pose:
    """The nearest pose whose joints all keep their limits."""
    return Pose(**{joint.value: span.clamp(pose[joint]) for joint, span in LIMITS.items()})
