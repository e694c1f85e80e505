"""The reviewed table of outside codes: read, and every check digit looked at.

Public code is full of wrong codes (interop.md 1.1), so a code is only ever taken from this table.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, StringConstraints

from coach.domain.rating import Feel, News, Place
from coach.domain.side import Side
from coach.formats.fields import Words
from coach.formats.reading import Reading, Shape

FORMAT = "nerve-coach.codes/1"

System = Literal["loinc", "snomed", "ucum"]
#: R4 ConceptMap equivalences that make sense from one of our words to one outside code.
Equivalence = Literal["relatedto", "equivalent", "equal", "wider", "narrower", "inexact"]

SYSTEMS: Mapping[System, str] = {
    "loinc": "http://loinc.org",
    "snomed": "http://snomed.info/sct",
    "ucum": "http://unitsofmeasure.org",
}

#: What a bundle cannot be written without.
NEEDED: tuple[tuple[str, System], ...] = (
    ("pain", "loinc"),
    ("exercise_duration", "loinc"),
    ("patient_note", "loinc"),
    ("score", "ucum"),
    ("minutes", "ucum"),
    ("seconds", "ucum"),
)
#: Words whose codes stand in a resource of their own accord.
_DIRECT = frozenset({*(word for word, _ in NEEDED), "exercise_session"})
#: Words of our own code system that an outside code can be related to.
LOCAL = frozenset(
    {
        "tingling_nrs",
        *(f"leg_{side}" for side in Side),
        *(f"place_{place}" for place in Place),
        *(f"feel_{feel}" for feel in Feel),
        *(f"new_{news}" for news in News),
    }
)

_SAME = ("equal", "equivalent")

_Base = Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9.-]+(/[a-z0-9-]+)*$")]


@dataclass(frozen=True, slots=True)
class Code:
    """One outside code. word: ours; equivalence: None for codes that need no ConceptMap."""

    word: str
    system: System
    code: str
    display: str
    source: str
    equivalence: Equivalence | None = None

    @property
    def coding(self) -> dict[str, str]:
        """As a FHIR Coding."""
        return {"system": SYSTEMS[self.system], "code": self.code, "display": self.display}


@dataclass(frozen=True)
class CodeTable:
    """The confirmed codes; base: what the names of our own systems begin with."""

    base: str
    codes: tuple[Code, ...]

    def codings(self, word: str) -> list[dict[str, str]]:
        """The codes that mean just what our word means, as FHIR Codings; often none."""
        return [one.coding for one in self.codes if one.word == word and _means_it(one)]

    def unit(self, word: str) -> Code:
        """A UCUM unit. Raises KeyError when the table has none for that word."""
        for one in self.codes:
            if one.word == word and one.system == "ucum":
                return one
        raise KeyError(word)

    @property
    def mapped(self) -> tuple[Code, ...]:
        """The codes for the ConceptMap."""
        return tuple(one for one in self.codes if one.equivalence is not None)


def _means_it(code: Code) -> bool:
    return code.equivalence is None or code.equivalence in _SAME


class _CodeShape(Shape):
    word: Annotated[str, Field(alias="for", pattern=r"^[a-z][a-z_]{0,39}$")]
    system: System
    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9{}-]{1,20}$")]
    display: Words
    source: Words
    confirmed: bool
    equivalence: Equivalence | None = None


class _FileShape(Shape):
    format: str
    base: _Base
    code: list[dict[str, Any]]


def read_codes(text: bytes | str, name: str) -> CodeTable:
    """The codes of one file. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    file = reading.shaped(_FileShape, reading.content)
    raw = [] if file is None else file.code
    rows: list[_CodeShape] = []
    for place, entry in enumerate(raw):
        row = reading.shaped(_CodeShape, entry, ("code", place))
        if row is None:
            continue
        for key, message in _faults(row, rows):
            reading.fault(("code", place, key), message)
        rows.append(row)
    kept = [row for row in rows if row.confirmed]
    there = {(row.word, row.system) for row in kept}
    missing = [f"{word} ({system})" for word, system in NEEDED if (word, system) not in there]
    if file is not None and missing:
        reading.fault(("code",), f"leaves out {', '.join(missing)}")
    codes = tuple(
        Code(row.word, row.system, row.code, row.display, row.source, row.equivalence)
        for row in kept
    )
    return CodeTable(reading.accepted(file).base, codes)


def _faults(row: _CodeShape, before: list[_CodeShape]) -> Iterator[tuple[str, str]]:
    """What is wrong with a row that comes after these."""
    if row.word not in _DIRECT | LOCAL:
        yield "for", f"{row.word} is no word of this program"
    if (row.word, row.system) in {(other.word, other.system) for other in before}:
        yield "for", f"{row.word} has a {row.system} code already"
    if row.system == "loinc" and not loinc_digit_fits(row.code):
        yield "code", f"{row.code} is no LOINC code: its check digit does not fit"
    if row.system == "snomed" and not snomed_digit_fits(row.code):
        yield "code", f"{row.code} is no SNOMED CT code: its check digit does not fit"
    if row.word in LOCAL and row.equivalence is None:
        yield "equivalence", f"is missing; it must be one of {', '.join(get_args(Equivalence))}"
    if row.word in _DIRECT and row.equivalence is not None:
        yield "equivalence", f"{row.word} is no word of our own code system"


def loinc_digit_fits(code: str) -> bool:
    """Whether a LOINC code such as 72514-3 ends in its Luhn check digit."""
    number, dash, digit = code.rpartition("-")
    if not (dash and number.isascii() and number.isdecimal()):
        return False
    if len(digit) != 1 or not (digit.isascii() and digit.isdecimal()):
        return False
    doubled = [int(d) * (2 - n % 2) for n, d in enumerate(reversed(number))]
    total = sum(d - 9 if d > 9 else d for d in doubled)
    return (total + int(digit)) % 10 == 0


# The tables of the dihedral check (Verhoeff 1969), as SNOMED CT prescribes for its identifiers.
_TIMES = tuple(
    tuple(map(int, row))
    for row in (
        *("0123456789", "1234067895", "2340178956", "3401289567", "4012395678"),
        *("5987604321", "6598710432", "7659821043", "8765932104", "9876543210"),
    )
)
_TURNED = tuple(
    tuple(map(int, row))
    for row in (
        *("0123456789", "1576283094", "5803796142", "8916043527"),
        *("9453126870", "4286573901", "2793806415", "7046913258"),
    )
)


def snomed_digit_fits(code: str) -> bool:
    """Whether a SNOMED CT code ends in its Verhoeff check digit."""
    if not (code.isascii() and code.isdecimal() and 6 <= len(code) <= 18):
        return False
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = _TIMES[check][_TURNED[place % 8][int(digit)]]
    return check == 0
