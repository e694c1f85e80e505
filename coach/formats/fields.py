"""The kinds of field that several files share."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from coach.domain.exercise import LevelName
from coach.domain.rating import HIGHEST, LOWEST
from coach.domain.side import Side, Sides


def _one_printable_line(text: str) -> str:
    if not text.isprintable() or text != text.strip():
        raise ValueError("must be one line of printable text without outer blanks")
    return text


#: One line of words for people, such as a title.
Words = Annotated[
    str, StringConstraints(min_length=1, max_length=200), AfterValidator(_one_printable_line)
]
#: A name used by the program, such as a phase: small letters and underscores.
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]
#: A language such as "en" or "pt-BR".
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
#: An exercise's id, such as "S3".
ExerciseId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[0-9]{1,2}$")]
#: Tingling or pain, 0-10.
RatingField = Annotated[int, Field(ge=LOWEST, le=HIGHEST)]
# TOML has no enumerations: their values arrive as text, so these fields accept the text.
SideField = Annotated[Side, Field(strict=False)]
SidesField = Annotated[Sides, Field(strict=False)]
LevelField = Annotated[LevelName, Field(strict=False)]
