"""The rules from one day to the next as a file: rows of clinical.md 9.4, 9.5 and 7.0 (caps)."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field

from coach.domain.day_rule import DayRule, DayTable
from coach.domain.rating import HIGHEST
from coach.formats.fields import RatingField, Words
from coach.formats.reading import Reading, Shape

FORMAT = "nerve-coach.days/1"

#: The numbers each rule works with; a row gives exactly these.
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "DAY-01": ("high",),
    "DAY-02": ("low", "high", "gap_h"),
    "DAY-03": ("low", "high", "gap_h"),
    "DAY-04": ("low", "gap_h", "times", "days"),
    "DAY-05": ("low", "hours", "times"),
    "DAY-06": (),
    "DAY-07": ("low", "days", "entries"),
    "DAY-08": ("times", "days", "long_times", "long_days"),
    "DAY-09": ("low", "share", "days", "sessions"),
    "DAY-10": (),
    "REC-04": ("gap_h",),
    "PRG-01": ("sessions", "hours"),
    "PRG-02": (),
    "PRG-03": ("sessions",),
    "PRG-04": ("days",),
    "PRG-05": ("days",),
    "PRG-06": ("times", "days"),
    "PRG-07": ("times",),
    "PRG-08": (),
    "PRG-09": (),
    "PRG-10": (),
    "PRG-11": ("days",),
    "PRG-12": (),
    "PRG-13": (),
    "CAP-01": ("times",),
    "CAP-02": ("gap_h",),
    "CAP-03": (),
    "CAP-04": (),
}

#: The mornings from mild to bad: together they know what to do about any rise.
_MORNINGS = ("DAY-01", "DAY-02", "DAY-03", "DAY-04")

#: A number of one rule that must stay below a number of another.
_BELOW = (
    ("DAY-08", "times", "DAY-08", "long_times"),
    ("DAY-08", "days", "DAY-08", "long_days"),
    ("PRG-04", "days", "PRG-05", "days"),
    ("PRG-06", "times", "PRG-07", "times"),
)

_Hours = Annotated[int, Field(ge=1, le=168)]
_Days = Annotated[int, Field(ge=1, le=60)]
_Count = Annotated[int, Field(ge=1, le=20)]


class _RuleShape(Shape):
    id: str
    when: Words
    low: RatingField = 0
    high: RatingField = HIGHEST
    gap_h: _Hours = 0
    hours: _Hours = 0
    times: _Count = 0
    days: _Days = 0
    long_times: _Count = 0
    long_days: _Days = 0
    sessions: _Count = 0
    entries: _Count = 0
    share: Annotated[int, Field(ge=1, le=100)] = 0

    def rule(self) -> DayRule:
        return DayRule(**self.model_dump())


class _FileShape(Shape):
    format: str
    rule: list[dict[str, Any]]


def read_day_rules(text: bytes | str, name: str) -> DayTable:
    """The rules of one file by id. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    file = reading.shaped(_FileShape, reading.content)
    raw = [] if file is None else file.rule
    rows = [reading.shaped(_RuleShape, entry, ("rule", n)) for n, entry in enumerate(raw)]
    table: dict[str, DayRule] = {}
    place_of: dict[str, int] = {}
    for place, row in enumerate(rows):
        if row is None:
            continue
        for key, message in _faults(row, table):
            reading.fault(("rule", place, key), message)
        table[row.id] = row.rule()
        place_of[row.id] = place
    missing = sorted(NUMBERS.keys() - {str(entry.get("id")) for entry in raw})
    if file is not None and missing:
        reading.fault(("rule",), f"leaves out {', '.join(missing)}")
    for rule, key, message in _conflicts(table):
        reading.fault(("rule", place_of[rule], key), message)
    reading.stop_if_faulty()
    return table


def _faults(row: _RuleShape, before: DayTable) -> Iterator[tuple[str, str]]:
    """What is wrong with a row that comes after the rows of ``before``."""
    if row.id not in NUMBERS:
        yield "id", f"{row.id} is not a known rule"
        return
    if row.id in before:
        yield "id", f"{row.id} is there twice"
    given = row.model_fields_set - {"id", "when"}
    for key in NUMBERS[row.id]:
        if key not in given:
            yield key, "is missing"
    for key in sorted(given.difference(NUMBERS[row.id])):
        yield key, f"is not used by {row.id}"
    if row.low > row.high:
        yield "low", "is above high"


def _conflicts(table: DayTable) -> Iterator[tuple[str, str, str]]:
    """Where rows do not fit together: rule, key, what is wrong."""
    for milder, worse in pairwise(_MORNINGS):
        if {milder, worse} <= table.keys() and table[worse].low != table[milder].high + 1:
            yield worse, "low", f"must follow on {milder}, which ends at {table[milder].high}"
    for rule, key, other, other_key in _BELOW:
        if {rule, other} <= table.keys():
            most = getattr(table[other], other_key)
            if getattr(table[rule], key) >= most > 0:
                place = other_key if rule == other else f"{other_key} of {other}"
                yield rule, key, f"must be below {place}, which is {most}"
