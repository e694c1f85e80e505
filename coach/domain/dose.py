"""What is really played: an exercise at a level, as changed by levers."""

from dataclasses import dataclass

from coach.domain.exercise import LevelName
from coach.domain.pose import Pose


@dataclass(frozen=True, slots=True)
class Dose:
    """One set's worth of movement.

    home, out: joint angles (degrees) at both ends of a repetition.
    sets: how many sets the exercise has; reps: repetitions in each.
    hold_s: seconds of one hold; rest_s: seconds of rest after a set.
    slow: moving phases take 3.5 s instead of 2.5 s (clinical.md 7.0, tempo).
    """

    exercise: str
    level: LevelName
    home: Pose
    out: Pose
    sets: int
    reps: int
    rest_s: int
    hold_s: int = 0
    slow: bool = False
