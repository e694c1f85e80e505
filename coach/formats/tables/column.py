"""What a column of an exported table holds, and where its cells come from."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

#: One cell; None is an empty one, which means: not said, not known, or not asked.
Cell = str | int | float | bool | date | time | None


class Kind(StrEnum):
    """What a cell is; CODE is a word of the program's own, TEXT is what somebody typed."""

    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    MOMENT = "datetime"
    CODE = "code"
    TEXT = "text"


class Group(StrEnum):
    """What columns are about; a person chooses among these, KEY is always there."""

    KEY = "key"
    TIME = "time"
    DOSE = "dose"
    ANGLES = "angles"
    RATINGS = "ratings"
    PLACES = "places"
    DECISIONS = "decisions"
    CHECK_IN = "check_in"
    LATER = "later"
    LOCKS = "locks"
    WORDS = "words"
    ORIGIN = "origin"


class Shown(StrEnum):
    """In which exports a column is."""

    ALWAYS = "always"
    NAMED = "named"
    """Not in a de-identified one."""
    MASKED = "masked"
    """Only in a de-identified one, where it stands for what is left out."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    about: what it means, in words. cell: takes its value from a row. least, most: the range of its
    numbers. choices: the only words it can hold; listed: several of them may stand in one cell,
    parted by spaces. needed: never empty.
    """

    name: str
    kind: Kind
    group: Group
    about: str
    cell: Callable[..., Cell]
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()
    listed: bool = False
    needed: bool = False
    shown: Shown = Shown.ALWAYS


def chosen(
    columns: Collection[Column], groups: Collection[str] | None, *, masked: bool
) -> tuple[Column, ...]:
    """The columns of some groups (None: of all), as far as such an export has them."""
    hidden = Shown.NAMED if masked else Shown.MASKED
    return tuple(
        column
        for column in columns
        if column.shown is not hidden
        and (groups is None or column.group is Group.KEY or column.group in groups)
    )
