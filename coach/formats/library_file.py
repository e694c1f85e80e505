"""What the library shows beside the exercises: sources, and the mistakes that can be drawn."""

from typing import Annotated

from pydantic import Field

from coach.domain.exercise import Catalogue, Posture
from coach.domain.library import Back, LibraryFacts, Wrong
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

    back_cm: Annotated[int, Field(ge=-9, le=9)] = 0

    @property
    def pose(self) -> Pose:
        """The degrees without the back."""
        return Pose(**self.model_dump(exclude={"back_cm"}))


class _WrongShape(Shape):
    posture: Annotated[Posture, Field(strict=False)] | None = None
    home: _PoseChange = _PoseChange()
    out: _PoseChange = _PoseChange()
    hand_off: bool = False

    @property
    def wrong(self) -> Wrong:
        """The finished value."""
        back = Back(self.home.back_cm, self.out.back_cm)
        return Wrong(self.home.pose, self.out.pose, self.posture, back, self.hand_off)


class _FileShape(Shape):
    format: str
    source: dict[str, Words]
    exercise: dict[ExerciseId, list[str]]
    wrong: dict[Name, list[_WrongShape]]
    unseen: dict[Name, Words]

    @property
    def facts(self) -> LibraryFacts:
        """The finished value."""
        return LibraryFacts(
            {one: tuple(self.source[key] for key in keys) for one, keys in self.exercise.items()},
            {one: tuple(shape.wrong for shape in shapes) for one, shapes in self.wrong.items()},
            dict(self.unseen),
        )


def read_library(text: bytes | str, name: str, catalogue: Catalogue) -> LibraryFacts:
    """The library's file. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    file = reading.shaped(_FileShape, reading.content)
    if file is not None:
        _compare(reading, file, catalogue)
    return reading.accepted(file).facts


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
    for table, named in (("wrong", file.wrong), ("unseen", file.unseen)):
        for one in named:
            if one not in mistakes:
                reading.fault((table, one), "is not a mistake of any exercise")
    for exercise in catalogue.values():
        for one in exercise.errors:
            looks = file.wrong.get(one, [])
            drawn = any(look.posture in (None, exercise.posture) for look in looks)
            if drawn and one in file.unseen:
                reading.fault(("unseen", one), f"is drawn in {exercise.id}")
            if not drawn and one not in file.unseen:
                reading.fault(("unseen",), f"must say why {one} of {exercise.id} is not drawn")
