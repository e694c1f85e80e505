"""The shipped exercises as the figure meets them: every level of every one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coach.body.motion import MARCH_CYCLE_S, march_pose, pose_at
from coach.body.skeleton import Skeleton, View
from coach.body.stage import Stage
from coach.body.staging import stage_for
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind, Level
from coach.domain.pose import Pose
from coach.formats.exercise_file import catalogue_from
from coach.formats.phrases_file import read_phrases

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Case:
    """One exercise at one level."""

    exercise: Exercise
    dose: Dose
    stage: Stage

    def __str__(self) -> str:
        return f"{self.exercise.id} {self.dose.level}"

    @property
    def marches(self) -> bool:
        return self.exercise.kind is Kind.WARM_UP

    def poses(self, steps: int = 12) -> list[Pose]:
        """The start, and the poses drawn in each phase that moves anything, in their order."""
        moving = [at for at, phase in enumerate(self.exercise.phases) if phase.toward is not None]
        drawn = [
            pose_at(self.exercise, self.dose, at, step / steps)
            for at in moving
            for step in range(steps + 1)
        ]
        return [self.dose.home, *drawn]

    def bodies(self, steps: int = 12) -> list[Skeleton]:
        """The figure in each of its poses; the march once round, with both legs as they are."""
        if self.marches:
            strides = [march_pose(MARCH_CYCLE_S * i / 24) for i in range(25)]
            return [self.stage.skeleton(stride.near, stride.far) for stride in strides]
        return [self.stage.skeleton(pose) for pose in self.poses(steps)]


def dose_of(exercise: Exercise, level: Level) -> Dose:
    return Dose(
        exercise.id,
        level.name,
        level.home,
        level.out,
        level.sets,
        level.reps,
        level.rest_s,
        level.hold_s,
    )


def _cases() -> list[Case]:
    phrases = read_phrases((ROOT / "assets/phrases/en.toml").read_bytes(), "en.toml")
    files = {file.name: file.read_bytes() for file in (ROOT / "assets/exercises").glob("*.toml")}
    cases = []
    for exercise in catalogue_from(files, phrases).values():
        for level in exercise.levels:
            dose = dose_of(exercise, level)
            cases.append(Case(exercise, dose, stage_for(exercise, dose)))
    return cases


CASES = _cases()

KINDS: dict[str, Callable[[Case], bool]] = {
    "every": lambda case: True,
    "march": lambda case: case.marches,
    "repetition": lambda case: not case.marches,
    "unforeshortened": lambda case: case.stage.view is not View.FRONT,
    "propped": lambda case: case.exercise.id not in {"W1", "SP1"},
    "other_foot_flat": lambda case: case.exercise.id not in {"W1", "SP1", "S2", "R1", "DB1", "BD1"},
    "heel_down": lambda case: case.exercise.id in {"S9", "H2", "BR1"},
    "walled": lambda case: "wall" in case.exercise.supports,
    "free_knee": lambda case: case.exercise.id not in {"SP1", "BR1"},
    "leaning": lambda case: case.dose.out.trunk > 0,
    "standing_slider": lambda case: case.exercise.id == "S9",
}
"""Which exercises a test may be about."""


def cases(kind: str = "every") -> list[Case]:
    """All exercises and levels of a kind of :data:`KINDS`; never none."""
    chosen = [case for case in CASES if KINDS[kind](case)]
    assert chosen, kind
    return chosen
