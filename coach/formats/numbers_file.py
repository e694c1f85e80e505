"""The emergency numbers by country (clinical.md 6 and 10 H17): which to call for an ambulance."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from coach.formats.emergency_number import EmergencyNumber
from coach.formats.fields import Words
from coach.formats.reading import Reading, Shape

FORMAT = "nerve-coach.numbers/1"

#: A shorter table is one that has lost some of its rows.
FEWEST_COUNTRIES = 40

_CODE = re.compile(r"[A-Z]{2}")
_NUMBER = re.compile(r"[0-9]{2,6}")

#: Numbers that answer, but send no ambulance (clinical.md 6): the costliest mistake there is.
_NEVER = {
    ("GB", "111"): "is the advice line of the United Kingdom, never its emergency number",
    (
        "GB",
        "101",
    ): "is the police of the United Kingdom without urgency, never its emergency number",
}


class _CountryShape(Shape):
    code: str
    name: Words
    ambulance: Annotated[list[str], Field(min_length=1, max_length=4)]
    source: str


class _FileShape(Shape):
    format: str
    sources: dict[str, Words]
    country: list[dict[str, Any]]


def read_numbers(text: bytes | str, name: str) -> Mapping[str, EmergencyNumber]:
    """The countries of one file by code, in order. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    file = reading.shaped(_FileShape, reading.content)
    raw = [] if file is None else file.country
    rows = [reading.shaped(_CountryShape, entry, ("country", n)) for n, entry in enumerate(raw)]
    sources = {} if file is None else file.sources
    codes: set[str] = set()
    for place, row in enumerate(rows):
        for path, message in [] if row is None else _faults(row, codes, sources):
            reading.fault(("country", place, *path), message)
    if file is not None and len(raw) < FEWEST_COUNTRIES:
        few = f"has {len(raw)} countries, at least {FEWEST_COUNTRIES} are needed"
        reading.fault(("country",), few)
    reading.stop_if_faulty()
    return {
        row.code: EmergencyNumber(row.code, row.name, tuple(row.ambulance), row.source)
        for row in rows
        if row is not None
    }


def _faults(
    row: _CountryShape, codes: set[str], sources: Mapping[str, str]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What is wrong with a row after the rows of ``codes``, to which its own is added."""
    if not _CODE.fullmatch(row.code):
        yield ("code",), f"must be two capital letters such as NZ (found {row.code!r})"
    elif row.code in codes:
        yield ("code",), f"{row.code} is there twice"
    codes.add(row.code)
    for place, number in enumerate(row.ambulance):
        if not _NUMBER.fullmatch(number):
            yield ("ambulance", place), f"must be 2 to 6 digits (found {number!r})"
        elif number in row.ambulance[:place]:
            yield ("ambulance", place), f"{number} is there twice"
        elif (row.code, number) in _NEVER:
            yield ("ambulance", place), f"{number} {_NEVER[row.code, number]}"
    if row.source not in sources:
        yield ("source",), f"{row.source!r} is none of the [sources]"
