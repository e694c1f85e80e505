"""What is known of exercises besides how they are done: sources, and how mistakes look."""

from collections.abc import Mapping
from dataclasses import dataclass

from coach.domain.exercise import Exercise, Posture
from coach.domain.pose import Pose


@dataclass(frozen=True, slots=True)
class Back:
    """How far the middle of the back strays, in centimetres at both ends of the movement.

    Positive is rounded, negative hollow; pelvis and shoulders stay where they are.
    """

    home_cm: float = 0
    out_cm: float = 0


@dataclass(frozen=True, slots=True)
class Wrong:
    """How a mistake looks: degrees added to the right movement at both of its ends.

    posture: the only one in which it looks so, None for any. hand_off: the hand that holds on to
    something hangs down instead.
    """

    home: Pose
    out: Pose
    posture: Posture | None = None
    back: Back = Back()
    hand_off: bool = False


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """sources: the works an exercise's shape comes from, by exercise; the rest by mistake.

    wrong: its looks, one for each posture that has its own. unseen: why a mistake is not drawn.
    """

    sources: Mapping[str, tuple[str, ...]]
    wrong: Mapping[str, tuple[Wrong, ...]]
    unseen: Mapping[str, str]

    def look(self, exercise: Exercise, mistake: str) -> Wrong | None:
        """How a mistake of an exercise is drawn; None where it is not."""
        for wrong in self.wrong.get(mistake, ()):
            if wrong.posture in (None, exercise.posture):
                return wrong
        return None
