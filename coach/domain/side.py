"""Left, right, and the choice a plan makes between them."""

from enum import StrEnum


class Side(StrEnum):
    """The working leg of a set."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite leg."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Sides(StrEnum):
    """Which leg or legs a plan asks for."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
