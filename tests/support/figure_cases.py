"""The shipped exercises as the figure meets them: every level of every one."""

from dataclasses import dataclass
from pathlib import Path

from coach.body.stage import Stage
from coach.body.staging import stage_for
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind, Level
from coach.domain.pose import Joint, Pose
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
        """Poses from one end of the movement to the other."""
        ends = (self.dose.home, self.dose.out)
        return [ends[0].toward(ends[1], tuple(Joint), i / steps) for i in range(steps + 1)]


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
