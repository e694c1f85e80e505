"""What is demonstrated besides the exercises, read from its file."""

from typing import Annotated

from pydantic import Field

from coach.body.limits import LIMITS, beyond
from coach.domain.demonstration import Comparison, Demonstrations, Eases, Ends
from coach.domain.exercise import Catalogue
from coach.domain.pose import Pose
from coach.formats.fields import ExerciseId, Name
from coach.formats.reading import Reading, Shape
from coach.formats.toml_places import Path

FORMAT = "nerve-coach.demonstration/1"

_Angle = Annotated[int, Field(ge=-90, le=150)]


class _PoseShape(Shape):
    hip: _Angle = 0
    knee: _Angle = 0
    ankle: _Angle = 0
    trunk: _Angle = 0
    neck: _Angle = 0


class _EasesShape(Shape):
    exercise: ExerciseId
    start: _PoseShape
    change: Annotated[dict[Name, _PoseShape], Field(min_length=1)]


class _EndsShape(Shape):
    home: _PoseShape
    out: _PoseShape


class _ComparisonShape(Shape):
    exercise: ExerciseId
    lean: Annotated[int, Field(ge=-45, le=45)]
    seconds: Annotated[float, Field(ge=0.5, le=10)]
    slider: _EndsShape
    tensioner: _EndsShape


class _FileShape(Shape):
    format: str
    eases: _EasesShape
    comparison: _ComparisonShape


def read_demonstrations(text: bytes | str, name: str, catalogue: Catalogue) -> Demonstrations:
    """The demonstration file. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    file = reading.shaped(_FileShape, reading.content)
    if file is not None:
        _compare(reading, file, catalogue)
    known = reading.accepted(file)
    eases, both = known.eases, known.comparison
    return Demonstrations(
        Eases(
            eases.exercise,
            _pose(eases.start),
            {one: _pose(shape) for one, shape in eases.change.items()},
        ),
        Comparison(
            both.exercise, both.lean, both.seconds, _ends(both.slider), _ends(both.tensioner)
        ),
    )


def _compare(reading: Reading, file: _FileShape, catalogue: Catalogue) -> None:
    """Exercises must be known, and joints keep their limits."""
    for part, exercise in (
        ("eases", file.eases.exercise),
        ("comparison", file.comparison.exercise),
    ):
        if exercise not in catalogue:
            reading.fault((part, "exercise"), "is not an exercise of the catalogue")
    poses: list[tuple[Path, _PoseShape]] = [(("eases", "start"), file.eases.start)]
    poses += [(("eases", "change", one), pose) for one, pose in file.eases.change.items()]
    for which in ("slider", "tensioner"):
        ends: _EndsShape = getattr(file.comparison, which)
        poses += [(("comparison", which, "home"), ends.home)]
        poses += [(("comparison", which, "out"), ends.out)]
    for path, shape in poses:
        for joint in beyond(_pose(shape)):
            span = LIMITS[joint]
            reading.fault(
                (*path, joint.value), f"must be between {span.low:.0f} and {span.high:.0f} degrees"
            )


def _pose(shape: _PoseShape) -> Pose:
    return Pose(**shape.model_dump())


def _ends(shape: _EndsShape) -> Ends:
    return Ends(_pose(shape.home), _pose(shape.out))
