"""Catalogue files: one exercise each, refused when unsafe or when a phrase is missing."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from coach.domain.exercise import (
    Catalogue,
    EaseFloor,
    Exercise,
    Kind,
    Level,
    LevelName,
    Phase,
    Posture,
    Tag,
    Toward,
)
from coach.domain.lever import Lever, LeverStep
from coach.domain.pose import Joint, Pose
from coach.formats.bad_file import BadFile, FileFault
from coach.formats.fields import ExerciseId, Name
from coach.formats.phrases import Phrases
from coach.formats.reading import Reading, Shape
from coach.rules.exercise_safety import catalogue_faults, faults

FORMAT = "nerve-coach.exercise/1"

_Angle = Annotated[float, Field(ge=-180, le=180)]
_Seconds = Annotated[int, Field(ge=0, le=600)]
_Step = Annotated[
    str,
    StringConstraints(pattern=rf"^({'|'.join(Lever)}|POS:[A-Z]{{1,3}}[0-9]{{1,2}})$"),
]
_Names = Annotated[list[Name], Field(max_length=20)]


class _PoseShape(Shape):
    hip: _Angle
    knee: _Angle
    ankle: _Angle = 0
    trunk: _Angle = 0
    neck: _Angle = 0

    def pose(self) -> Pose:
        return Pose(self.hip, self.knee, self.ankle, self.trunk, self.neck)


class _PhaseShape(Shape):
    name: Name
    seconds: Annotated[float, Field(ge=0, le=600)] = 0
    to: Annotated[Toward | None, Field(strict=False)] = None
    joints: Annotated[list[Annotated[Joint, Field(strict=False)]], Field(min_length=1)] | None = (
        None
    )
    hold: bool = False

    def phase(self) -> Phase:
        joints = tuple(Joint) if self.joints is None else tuple(self.joints)
        return Phase(self.name, round(self.seconds * 1000), self.to, joints, self.hold)


class _LevelShape(Shape):
    sets: Annotated[int, Field(ge=1, le=10)]
    reps: Annotated[int, Field(ge=1, le=100)]
    rest_s: _Seconds
    hold_s: _Seconds = 0
    prop: Name | None = None
    home: _PoseShape
    out: _PoseShape

    def level(self, name: LevelName) -> Level:
        home, out = self.home.pose(), self.out.pose()
        return Level(name, home, out, self.sets, self.reps, self.rest_s, self.hold_s, self.prop)


class _LevelsShape(Shape):
    A: _LevelShape
    B: _LevelShape | None = None
    C: _LevelShape | None = None
    D: _LevelShape | None = None

    def levels(self) -> tuple[Level, ...]:
        named = ((name, getattr(self, name)) for name in LevelName)
        return tuple(shape.level(name) for name, shape in named if shape is not None)


#: An exercise and the level to have passed, such as S3-D.
_EarnedBy = Annotated[str, StringConstraints(pattern=r"^[A-Z]+[0-9]+-[ABCD]$")]

_FLOOR = EaseFloor()


class _FloorShape(Shape):
    ankle: Annotated[int, Field(ge=-45, le=20)] = _FLOOR.ankle
    knee: Annotated[int, Field(ge=0, le=140)] = _FLOOR.knee
    hip: Annotated[int, Field(ge=-20, le=120)] = _FLOOR.hip


class _ExerciseShape(Shape):
    format: str
    id: ExerciseId
    family: Name
    kind: Annotated[Kind, Field(strict=False)]
    posture: Annotated[Posture, Field(strict=False)]
    rank: Annotated[int, Field(ge=0, le=1000)]
    supports: _Names = []
    barred_by: list[Annotated[Tag, Field(strict=False)]] = []
    hinge: bool = False
    sided: bool = True
    home_ceiling: Literal["A", "B", "C", "D", "physio"] = "D"
    earned_by: Annotated[list[_EarnedBy], Field(max_length=5)] = []
    errors: _Names = []
    ease: Annotated[list[_Step], Field(max_length=20)] = []
    harder: Annotated[list[_Step], Field(max_length=20)] = []
    ease_floor: _FloorShape = _FloorShape()
    cues: dict[Name, Annotated[str, StringConstraints(max_length=80)]]
    phase: Annotated[list[_PhaseShape], Field(min_length=1, max_length=12)]
    level: _LevelsShape

    def exercise(self) -> Exercise:
        ceiling = None if self.home_ceiling == "physio" else LevelName(self.home_ceiling)
        return Exercise(
            id=self.id,
            family=self.family,
            kind=self.kind,
            posture=self.posture,
            rank=self.rank,
            levels=self.level.levels(),
            phases=tuple(phase.phase() for phase in self.phase),
            ease=tuple(map(_lever_step, self.ease)),
            harder=tuple(map(_lever_step, self.harder)),
            floor=EaseFloor(self.ease_floor.ankle, self.ease_floor.knee, self.ease_floor.hip),
            barred_by=frozenset(self.barred_by),
            hinge=self.hinge,
            sided=self.sided,
            supports=tuple(self.supports),
            errors=tuple(self.errors),
            cues=tuple(self.cues.items()),
            home_ceiling=ceiling,
            earned_by=tuple(map(_passed_level, self.earned_by)),
        )


def read_exercise(text: bytes | str, name: str, phrases: Phrases) -> Exercise:
    """The exercise of one file. Raises BadFile with every mistake in it."""
    reading, exercise = _read(text, name, phrases)
    return reading.accepted(exercise)


def catalogue_from(files: Mapping[str, bytes], phrases: Phrases) -> Catalogue:
    """All exercises by id, gentle to strong; ``files`` maps display names to their text.

    Raises BadFile with every mistake of every file.
    """
    found: list[FileFault] = []
    readings: dict[str, Reading] = {}
    exercises: list[Exercise] = []
    for name, text in files.items():
        try:
            reading, exercise = _read(text, name, phrases)
            if exercise is not None and exercise.id in readings:
                first = readings[exercise.id].name
                reading.fault(("id",), f"{exercise.id} is already the id of {first}")
            reading.stop_if_faulty()
        except BadFile as bad:
            found += bad.faults
        else:
            if exercise is not None:
                readings[exercise.id] = reading
                exercises.append(exercise)
    if found:
        raise BadFile(found)
    exercises.sort(key=lambda exercise: (exercise.rank, exercise.id))
    catalogue = {exercise.id: exercise for exercise in exercises}
    for fault in catalogue_faults(catalogue):
        readings[fault.exercise].fault_at(fault.field, fault.message)
    for reading in readings.values():
        found += reading.faults
    if found:
        raise BadFile(found)
    return catalogue


def _read(text: bytes | str, name: str, phrases: Phrases) -> tuple[Reading, Exercise | None]:
    reading = Reading(text, name, FORMAT)
    shape = reading.shaped(_ExerciseShape, reading.content)
    if shape is None:
        return reading, None
    exercise = shape.exercise()
    for fault in faults(exercise):
        reading.fault_at(fault.field, fault.message)
    _check_names(reading, shape, phrases)
    return reading, exercise


def _check_names(reading: Reading, shape: _ExerciseShape, phrases: Phrases) -> None:
    """Every phase has its own name, every cue a moment, and every word is in the phrases."""
    names = [phase.name for phase in shape.phase]
    for place, phase in enumerate(names):
        if phase in names[:place]:
            reading.fault(("phase", place, "name"), f"{phase} is there twice")
        _need(reading, ("phase", place, "name"), f"phase.{phase}", phrases)
    for moment, key in shape.cues.items():
        if moment not in ("start", "reminder", *names):
            reading.fault(("cues", moment), "is neither a phase, start nor reminder")
        _need(reading, ("cues", moment), key, phrases)
    for key in ("name", "do", "setup", "feel"):
        _need(reading, ("id",), f"{shape.id}.{key}", phrases)
    _need(reading, ("family",), f"family.{shape.family}", phrases)
    for place, error in enumerate(shape.errors):
        _need(reading, ("errors", place), f"{shape.id}.error.{error}", phrases)
    for place, support in enumerate(shape.supports):
        _need(reading, ("supports", place), f"support.{support}", phrases)
    for name in LevelName:
        level: _LevelShape | None = getattr(shape.level, name)
        if level is not None and level.prop is not None:
            _need(reading, ("level", name, "prop"), f"support.{level.prop}", phrases)


def _need(reading: Reading, path: tuple[str | int, ...], key: str, phrases: Phrases) -> None:
    if key not in phrases:
        reading.fault(path, f"the phrases have no text {key}")
    elif phrases.blanks(key):
        reading.fault(path, f"the text {key} must not have blanks")


def _lever_step(text: str) -> LeverStep:
    lever, _, target = text.partition(":")
    return LeverStep(Lever(lever), target or None)


def _passed_level(text: str) -> tuple[str, LevelName]:
    exercise, _, level = text.partition("-")
    return exercise, LevelName(level)
