"""One way to make a movement easier or harder."""

from dataclasses import dataclass
from enum import StrEnum


class Lever(StrEnum):
    """Lever codes of clinical.md 7.0."""

    ANK = "ANK"
    RNG = "RNG"
    HIP = "HIP"
    TRK = "TRK"
    REP = "REP"
    SET = "SET"
    TMP = "TMP"
    NCK = "NCK"
    HLD = "HLD"
    POS = "POS"


@dataclass(frozen=True, slots=True)
class LeverStep:
    """One entry of an exercise's ease or harder order; POS names the exercise to change to."""

    lever: Lever
    target: str | None = None

    def __str__(self) -> str:
        return f"{self.lever}:{self.target}" if self.target else str(self.lever)
