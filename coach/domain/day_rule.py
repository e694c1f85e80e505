"""One row of the rules from one day to the next."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DayRule:
    """A row of clinical.md 9.4, 9.5 or 7.0 (caps) with its own numbers.

    low, high: points above the check-in of the session; gap_h: hours without a session after the
    start of the last one; hours: hours that must have passed; times within days, long_times within
    long_days; sessions: how many; entries: ratings needed on each side; share: percent.
    """

    id: str
    when: str
    low: int = 0
    high: int = 10
    gap_h: int = 0
    hours: int = 0
    times: int = 0
    days: int = 0
    long_times: int = 0
    long_days: int = 0
    sessions: int = 0
    entries: int = 0
    share: int = 0

    @property
    def source(self) -> str:
        """Where the row comes from."""
        return _SOURCES[self.id.partition("-")[0]].format(id=self.id)


_SOURCES = {
    "DAY": "clinical.md 9.4 {id}",
    "REC": "clinical.md 9.3 {id}",
    "PRG": "clinical.md 9.5",
    "CAP": "clinical.md 7.0 caps",
}


#: The rows by id.
DayTable = Mapping[str, DayRule]
