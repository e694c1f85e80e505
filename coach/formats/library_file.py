"""What the library shows beside the exercises: sources, and the mistakes that can be drawn."""

from typing import Annotated

from pydantic import Field

from coach.domain.exercise import Catalogue, Posture
from coach.domain.library import LibraryFacts, Wrong
from coach.domain.pose import Pose
from coach.formats.fields import ExerciseId, Name, Words
from coach.formats.reading import Reading, Shape

FORMAT = "nerve-coach.library/1"

_Change = Annotated[int, Field(ge=-90, le=90)]


class _PoseChange(Shape):
    hip: _Change = 0
    knee: _Change = 0
    ankle: _Change = 0
    trunk: _Change = 0
    neck: _Change = 0


class _WrongShape(Shape):
    posture: Annotated[Posture, Field(strict=False)] | None = None
    home: _PoseChange = _PoseChange()
    out: _PoseChange = _PoseChange()


class _FileShape(Shape):
    format: str
    source: dict[str, Words]
    exercise: dict[ExerciseId, list[str]]
    wrong: dict[Name, _WrongShape]


def read_library(text: bytes | str, name: str, catalogue: Catalogue) -> LibraryFacts:
    """The library's file. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    file = reading.shaped(_FileShape, reading.content)
    if file is not None:
        _compare(reading, file, catalogue)
    known = reading.accepted(file)
    return LibraryFacts(
        {one: tuple(known.source[key] for key in keys) for one, keys in known.exercise.items()},
        {
            one: Wrong(_pose(shape.home), _pose(shape.out), shape.posture)
            for one, shape in known.wrong.items()
        },
    )


def _compare(reading: Reading, file: _FileShape, catalogue: Catalogue) -> None:
    for one, keys in file.exercise.items():
        if one not in catalogue:
            reading.fault(("exercise", one), "is not an exercise of the catalogue")
        for place, key in enumerate(keys):
            if key not in file.source:
                reading.fault(
                    ("exercise", one, place), f"is no source of this file (found {key!r})"
                )
    mistakes = {error for exercise in catalogue.values() for error in exercise.errors}
    for one in file.wrong:
        if one not in mistakes:
            reading.fault(("wrong", one), "is not a mistake of any exercise")


def _pose(change: _PoseChange) -> Pose:
    return Pose(**change.model_dump())
