"""One line of the report."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, in words with its unit; the goal likewise; whether it is reached."""

    name: str
    measured: str
    goal: str
    ok: bool

    def __str__(self) -> str:
        verdict = "ok" if self.ok else "short"
        return f"{self.name} | {self.measured} | {self.goal} | {verdict}"


def at_most(name: str, value: float, limit: float, unit: str, note: str = "") -> Row:
    """A number that should stay small."""
    measured = f"{_number(value)} {unit}{f' ({note})' if note else ''}"
    return Row(name, measured, f"<= {limit:,g} {unit}", value <= limit)


def at_least(name: str, value: float, limit: float, unit: str, note: str = "") -> Row:
    """A number that should be large."""
    measured = f"{_number(value)} {unit}{f' ({note})' if note else ''}"
    return Row(name, measured, f">= {limit:,g} {unit}", value >= limit)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share (0-1) of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(math.ceil(share * len(ordered)), len(ordered)) - 1]


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
