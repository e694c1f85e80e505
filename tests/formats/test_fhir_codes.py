"""The reviewed table of outside codes, and its reader."""

from collections.abc import Callable

import pytest

from coach.domain.rating import Place
from coach.formats.bad_file import BadFile
from coach.formats.fhir.codes import (
    LOCAL,
    SYSTEMS,
    CodeTable,
    loinc_digit_fits,
    read_codes,
    snomed_digit_fits,
)
from coach.formats.fhir.lexicon import LOCAL_WORDS
from fhir_records import CODES_FILE, LEXICON

TEXT = CODES_FILE.read_text(encoding="utf-8")
TABLE = LEXICON.codes

OUTSIDE_THE_LEG = {Place.OTHER_LEG, Place.BOTH_LEGS, Place.SADDLE}


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("72514-3", True),
        ("38208-5", True),
        ("55411-3", True),
        ("75325-1", True),
        ("51855-5", True),
        ("72514-4", False),
        ("72541-3", False),
        ("55411-0", False),
        ("725143", False),
        ("-3", False),
        ("7251\u096a-3", False),
        ("72514-33", False),
        ("72514-x", False),
        ("LP1234-5", False),
        ("", False),
    ],
)
def test_a_loinc_code_ends_in_its_luhn_digit(code: str, fits: bool) -> None:
    assert loinc_digit_fits(code) is fits


@pytest.mark.parametrize("place", range(5))
def test_the_luhn_digit_notices_any_one_wrong_digit(place: int) -> None:
    """Which is what it is for (interop.md 1.1)."""
    for digit in set("0123456789") - {"72514-3"[place]}:
        assert not loinc_digit_fits("72514-3"[:place] + digit + "72514-3"[place + 1 :])


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("68367000", True),
        ("225908003", True),
        ("900000000000207008", True),
        ("68367001", False),
        ("86367000", False),
        ("68637000", False),
        ("12345", False),
        ("6836700\u0966", False),
        ("", False),
    ],
)
def test_a_snomed_code_ends_in_its_verhoeff_digit(code: str, fits: bool) -> None:
    assert snomed_digit_fits(code) is fits


def test_every_shipped_code_has_a_source_and_a_fitting_digit() -> None:
    fits: dict[str, Callable[[str], bool]] = {
        "loinc": loinc_digit_fits,
        "snomed": snomed_digit_fits,
        "ucum": lambda _code: True,
    }
    assert all(fits[one.system](one.code) and one.source for one in TABLE.codes)


def test_every_place_on_the_leg_has_a_code_and_no_other_place_has() -> None:
    """Other leg, both legs and between the legs are words that no one code says."""
    mapped = {one.word for one in TABLE.mapped if one.word.startswith("place_")}
    assert mapped == {f"place_{place}" for place in Place if place not in OUTSIDE_THE_LEG}


def test_only_codes_that_mean_the_same_stand_beside_our_own() -> None:
    """Our word for light pins and needles is narrower than the finding; ours for a calf is not."""
    assert TABLE.codings("feel_mild_pins") == []
    assert [coding["code"] for coding in TABLE.codings("place_calf")] == ["53840002"]


def test_a_code_that_was_not_confirmed_is_left_out() -> None:
    assert "90673000" in TEXT
    assert {"90673000", "55300003"}.isdisjoint(one.code for one in TABLE.codes)


def test_every_word_that_can_be_mapped_is_in_our_code_system() -> None:
    assert set(LOCAL_WORDS) >= LOCAL


def test_a_unit_the_table_lacks_is_named() -> None:
    with pytest.raises(KeyError, match="hours"):
        TABLE.unit("hours")


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


PAIN = 'for = "pain"\n'
BACK = 'confirmed = true\nequivalence = "wider"'


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        (changed("72514-3", "72514-4"), '"72514-4"', "code.1.code: 72514-4 is no LOINC code"),
        (changed("32153003", "32153004"), '"32153004"', "code.9.code: 32153004 is no SNOMED CT"),
        (changed(PAIN, 'for = "agony"\n'), '"agony"', "code.1.for: agony is no word"),
        (changed("place_sole", "place_toes"), '"29707007"', "place_toes has a snomed code already"),
        (changed('"loinc"', '"icd"'), '"icd"', "code.1.system: must be"),
        (changed(BACK, "confirmed = true"), '"place_back"', "code.11.equivalence: is missing"),
        (changed('"wider"', '"same"'), '"same"', "code.11.equivalence: must be"),
        (changed("https://nerve", "nowhere"), "base = ", "base: "),
        (changed("confirmed = true", "confirmed = false"), "[[code]]", "leaves out pain (loinc)"),
        (changed(PAIN, f'note = "x"\n{PAIN}'), 'note = "x"', "code.1.note: is not a known key"),
        (changed(PAIN, f'equivalence = "equal"\n{PAIN}'), "equivalence = ", "pain is no word of"),
        (changed("codes/1", "codes/2"), "format = ", "is newer than this program reads"),
        ('format = "nerve-coach.codes/1"', "format", "base: is missing"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_field(text: str, at: str, said: str) -> None:
    with pytest.raises(BadFile) as raised:
        read_codes(text, "codes.toml")
    near = {line_of(text, at) + offset for offset in (-2, -1, 0)}  # the key, or its table
    found = [fault for fault in raised.value.faults if said in str(fault)]
    assert [fault.file for fault in found] == ["codes.toml"], raised.value.faults
    assert found[0].line in near


def test_the_systems_are_those_fhir_knows() -> None:
    assert isinstance(TABLE, CodeTable)
    assert SYSTEMS["snomed"] == "http://snomed.info/sct"
