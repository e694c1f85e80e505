"""What is known of exercises besides how they are done: sources, and how mistakes look."""

from collections.abc import Mapping
from dataclasses import dataclass

from coach.domain.exercise import Posture
from coach.domain.pose import Pose


@dataclass(frozen=True, slots=True)
class Wrong:
    """How a mistake looks: degrees added to the right movement at both of its ends.

    posture: the only one in which it looks so, None for any.
    """

    home: Pose
    out: Pose
    posture: Posture | None = None


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """sources: the works an exercise's shape comes from, by exercise; wrong: mistakes by name."""

    sources: Mapping[str, tuple[str, ...]]
    wrong: Mapping[str, Wrong]
