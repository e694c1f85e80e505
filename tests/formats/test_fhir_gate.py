"""The gate for FHIR: good bundles pass every checker, and planted mistakes do not."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from fhir_defects import DEFECTS, planted
from fhir_gate import MEDPLUM, MODELS, OWN, SCHEMA, checkers, judged
from fhir_records import (
    CALM,
    FEW_QUESTIONS,
    RECORD,
    REFUSED,
    URGENT,
    document_text,
    masked,
    transaction_text,
)

GOOD = {
    "transaction": json.loads(transaction_text(*RECORD)),
    "document": json.loads(document_text(*RECORD)),
    "nothing": json.loads(transaction_text()),
    "masked transaction": json.loads(transaction_text(*masked(*RECORD), deidentified=True)),
    "masked document": json.loads(document_text(*masked(*RECORD), deidentified=True)),
}
#: What the mistakes are planted in: few questions, so that the checkers have less to read.
SMALL = {
    "transaction": json.loads(transaction_text(CALM, lexicon=FEW_QUESTIONS)),
    "document": json.loads(document_text(CALM, lexicon=FEW_QUESTIONS)),
}
#: Who sees each mistake. What only one sees is why there are four.
SEEN_BY = {
    "status missing": {MODELS, MEDPLUM},
    "status finished": {SCHEMA},
    "code missing": {MODELS, SCHEMA, MEDPLUM},
    "7 as text for an integer": {OWN, SCHEMA, MEDPLUM},
    "unknown element": {MODELS, SCHEMA, MEDPLUM},
    "two values": {OWN, MODELS, MEDPLUM},
    "date 2025-13-40": {MODELS, SCHEMA, MEDPLUM},
    "time without offset": {OWN, MODELS, SCHEMA},
    "obs-6 value and dataAbsentReason": {OWN, MEDPLUM},
    "bdl-7 fullUrl twice": {OWN, MEDPLUM},
    "bdl-3 request missing": {OWN, MEDPLUM},
    "bdl-9 document identifier missing": {OWN, MEDPLUM},
    "bdl-11 Composition not first": {OWN, MEDPLUM},
    "urn that leads nowhere": {OWN, MEDPLUM},
    "partOf leads to a Patient": {OWN, MEDPLUM},
    "14 on the scale 0-10": {OWN},
    "linkId unknown": {OWN},
    "LOINC check digit": {OWN},
    "Bundle.type txn": {OWN, SCHEMA, MEDPLUM},
    "id with underscore": {OWN, MODELS, SCHEMA},
    "empty array": {OWN},
    "null element": {OWN, SCHEMA, MEDPLUM},
    "resourceType PainLog": {MODELS, SCHEMA, MEDPLUM},
    "cmp-1 empty section": {OWN, MEDPLUM},
}


@pytest.fixture(scope="module")
def verdicts() -> Mapping[str, Mapping[str, list[str]]]:
    """Everything judged at once: starting the validators takes longer than using them."""
    bundles = GOOD | {name: planted(name, SMALL) for name in DEFECTS}
    return dict(zip(bundles, judged(list(bundles.values())), strict=True))


@pytest.mark.parametrize("checker", [OWN, MODELS, SCHEMA, MEDPLUM])
@pytest.mark.parametrize("name", GOOD)
def test_a_good_bundle_passes_every_checker(
    name: str, checker: str, verdicts: Mapping[str, Mapping[str, list[str]]]
) -> None:
    if checker not in checkers():
        pytest.skip(f"{checker} is not in build/node (packaging/setup/fhir-validator fetches it)")
    assert verdicts[name][checker] == []


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_mistake_is_seen_by_those_who_can_see_it(
    name: str, verdicts: Mapping[str, Mapping[str, list[str]]]
) -> None:
    seen = {checker for checker, faults in verdicts[name].items() if faults}
    assert seen == SEEN_BY[name] & set(checkers())


def test_of_twenty_four_mistakes_none_slips_through_all_four() -> None:
    """interop.md 1.4 lost the empty array; our own checks see that too."""
    assert len(DEFECTS) == 24
    assert DEFECTS.keys() == SEEN_BY.keys()
    assert all(SEEN_BY.values())


def test_without_node_only_a_wrong_status_slips() -> None:
    """So a machine without the validator still catches 23."""
    slips = [name for name, seen in SEEN_BY.items() if not seen & {OWN, MODELS}]
    assert slips == ["status finished"]


@pytest.mark.parametrize(
    ("row", "checker"),
    [
        ("our own checks", OWN),
        ("fhir.resources", MODELS),
        ("R4 JSON schema", SCHEMA),
        ("medplum for each entry", MEDPLUM),
    ],
)
def test_the_page_tells_how_many_each_sees(row: str, checker: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "fhir.md").read_text(encoding="utf-8")
    count = sum(checker in seen for seen in SEEN_BY.values())
    assert f"| {row} | {count} |" in page


def test_the_records_differ_in_what_they_show() -> None:
    """Otherwise the gate would see the same few resources again and again."""
    kinds = {entry["resource"]["resourceType"] for entry in GOOD["document"]["entry"]}
    assert kinds == {
        *("Composition", "Patient", "Device", "ServiceRequest", "Procedure", "Flag"),
        *("Questionnaire", "QuestionnaireResponse", "Observation", "CodeSystem", "ConceptMap"),
    }
    assert {CALM.outcome, URGENT.outcome, REFUSED.outcome} == {
        session.outcome for session in RECORD
    }
