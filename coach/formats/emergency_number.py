"""Whom to call for an ambulance in one country, apart from how the table of them is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """code: the country's ISO 3166-1 alpha-2 code; numbers: in the order to show them.

    source: the label of the place it was looked up, as the table's own ``[sources]`` explain it.
    """

    code: str
    name: str
    numbers: tuple[str, ...]
    source: str
