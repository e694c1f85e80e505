"""The emergency numbers: the ones we know, and a table that is refused with every mistake named."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from coach.formats.bad_file import BadFile
from coach.formats.emergency_number import EmergencyNumber
from coach.formats.numbers_file import FEWEST_COUNTRIES, read_numbers

Numbers = Mapping[str, EmergencyNumber]

EUROPEAN_UNION = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"


@pytest.fixture(scope="session")
def numbers_text(root: Path) -> str:
    return (root / "assets/emergency_numbers.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def numbers(numbers_text: str) -> Numbers:
    return read_numbers(numbers_text, "numbers.toml")


def faults(text: str) -> list[str]:
    with pytest.raises(BadFile) as bad:
        read_numbers(text, "numbers.toml")
    return str(bad.value).splitlines()


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_shipped_table_knows_countries_of_every_continent(numbers: Numbers) -> None:
    """H17 asks for a table; ours has far more than the forty a file needs."""
    assert len(numbers) > 2 * FEWEST_COUNTRIES
    assert {"ZA", "EG", "JP", "IN", "DE", "US", "BR", "AU", "NZ"} <= numbers.keys()


@pytest.mark.parametrize(
    ("code", "called"),
    [
        ("GB", ("999", "112")),
        ("NZ", ("111",)),
        ("US", ("911",)),
        ("CA", ("911",)),
        ("AU", ("000",)),
        ("DE", ("112",)),
        ("FR", ("112", "15")),
        ("IT", ("112", "118")),
        ("AT", ("112", "144")),
        ("PL", ("112", "999")),
        ("ES", ("112",)),
        ("IE", ("112", "999")),
        ("CH", ("144", "112")),
        ("NO", ("113",)),
        ("JP", ("119",)),
        ("KR", ("119",)),
        ("CN", ("120",)),
        ("IN", ("112", "108")),
        ("BR", ("192",)),
        ("MX", ("911",)),
        ("IL", ("101",)),
        ("SG", ("995",)),
        ("ZA", ("10177", "112")),
    ],
)
def test_the_ambulance_is_called_at(numbers: Numbers, code: str, called: tuple[str, ...]) -> None:
    """H17: NZ=111, UK=999; where the number is the police's only, it is not shown."""
    assert numbers[code].numbers == called


@pytest.mark.parametrize(
    "code",
    EUROPEAN_UNION.split(),
)
def test_112_comes_first_in_the_european_union(numbers: Numbers, code: str) -> None:
    assert numbers[code].numbers[0] == "112"


@pytest.mark.parametrize("number", ["111", "101"])
@pytest.mark.parametrize("others", ['"999", ', ""])
def test_a_table_that_sends_britons_to_an_advice_line_is_refused(
    numbers_text: str, number: str, others: str
) -> None:
    """clinical.md 6: 111 is an ambulance in New Zealand and an advice line in the UK."""
    row = 'code = "GB"\nname = "United Kingdom"\nambulance = ['
    text = numbers_text.replace(f'{row}"999", "112"]', f'{row}{others}"{number}"]')
    place = 2 if others else 1
    line = line_of(text, row) + 2
    (fault,) = faults(text)
    assert fault.startswith(f"numbers.toml:{line}: country.")
    assert f".ambulance.{place}: {number} is the" in fault
    assert fault.endswith("never its emergency number")


def test_every_row_says_where_it_is_from(numbers: Numbers) -> None:
    assert all(one.source and one.name for one in numbers.values())
    assert len({one.name for one in numbers.values()}) == len(numbers)


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ('ambulance = ["911"]', 'ambulance = ["9"]', "ambulance.1", "must be 2 to 6 digits"),
        ('ambulance = ["911"]', 'ambulance = ["9111111"]', "ambulance.1", "must be 2 to 6 digits"),
        ('ambulance = ["911"]', 'ambulance = ["9-1-1"]', "ambulance.1", "must be 2 to 6 digits"),
        ('ambulance = ["911"]', 'ambulance = ["٩١١"]', "ambulance.1", "must be 2 to 6 digits"),
        ('ambulance = ["911"]', 'ambulance = ["911\\n"]', "ambulance.1", "must be 2 to 6 digits"),
        ('ambulance = ["911"]', 'ambulance = ["911", "911"]', "ambulance.2", "911 is there twice"),
        ('ambulance = ["911"]', "ambulance = [911]", "ambulance.1", "must be text in"),
        ('ambulance = ["911"]', "ambulance = []", "ambulance", "must have at least 1 entries"),
        ('ambulance = ["911"]', 'ambulance = "911"', "ambulance", "must be a list"),
        ('ambulance = ["911"]', 'ambulances = ["911"]', "ambulances", "did you mean ambulance?"),
        ('code = "DE"', 'code = "AT"', "code", "AT is there twice"),
        ('code = "DE"', 'code = "de"', "code", "must be two capital letters"),
        ('code = "DE"', 'code = "DEU"', "code", "must be two capital letters"),
        ('name = "Germany"', 'name = ""', "name", "must have at least 1 characters"),
        ('source = "nhs"', 'source = "hearsay"', "source", "'hearsay' is none of the [sources]"),
    ],
)
def test_a_mistake_in_a_row_is_named_with_its_place(
    numbers_text: str, old: str, new: str, field: str, message: str
) -> None:
    text = numbers_text.replace(old, new, 1)
    line = line_of(numbers_text, old)
    assert any(
        fault.startswith(f"numbers.toml:{line}: country.") and f".{field}: " in fault
        for fault in faults(text)
        if message in fault
    ), faults(text)


def test_every_mistake_is_named_at_once(numbers_text: str) -> None:
    broken = numbers_text.replace('["999", "112"]', '["111"]').replace('code = "DE"', 'code = "d"')
    found = "\n".join(faults(broken))
    assert "advice line" in found
    assert "two capital letters" in found


def test_a_table_that_has_lost_its_rows_is_refused(numbers_text: str) -> None:
    """One country more than is too few is enough."""
    rows = numbers_text.split("\n[[country]]\n")
    enough = "\n[[country]]\n".join(rows[: FEWEST_COUNTRIES + 1])
    few = "\n[[country]]\n".join(rows[:FEWEST_COUNTRIES])
    assert len(read_numbers(enough, "numbers.toml")) == FEWEST_COUNTRIES
    line = line_of(few, "[[country]]")
    assert faults(few) == [
        f"numbers.toml:{line}: country: has 39 countries, at least 40 are needed"
    ]


def test_a_table_without_sources_is_refused(numbers_text: str) -> None:
    head, _, rows = numbers_text.partition("[sources]")
    text = head + rows[rows.index("[[country]]") :]
    assert "numbers.toml:1: sources: is missing" in faults(text)
