"""What a FHIR bundle says about a session, and what it never says."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, Place
from coach.domain.record import Asked, Correction, Moment, PlayedSession
from coach.formats.fhir.bundle import FhirWriter, bundle
from fhir_own_checks import FINDINGS, nodes, own_faults, resources
from fhir_records import (
    CALM,
    EVENING,
    GOLDEN,
    LEXICON,
    RECORD,
    REFUSED,
    SLIDER,
    URGENT,
    document_text,
    goldens,
    masked,
    transaction_text,
)


def made(*sessions: PlayedSession) -> dict[str, Any]:
    return bundle(sessions, LEXICON)


def named(whole: dict[str, Any], ending: str) -> list[dict[str, Any]]:
    """The Observations whose identifier ends like this."""
    found = resources(whole, "Observation")
    return [one for one in found if one["identifier"][0]["value"].endswith(ending)]


def response(whole: dict[str, Any], ending: str) -> dict[str, list[Any]]:
    """The answers of a response, by question."""
    for one in resources(whole, "QuestionnaireResponse"):
        if one["identifier"]["value"].endswith(ending):
            return {
                item["linkId"]: [value for answer in item["answer"] for value in answer.values()]
                for item in one["item"]
            }
    raise LookupError(ending)


@pytest.mark.parametrize("name", goldens())
def test_the_committed_bundles_are_what_is_written_today(name: str) -> None:
    """``python tests/support/fhir_records.py`` writes them anew; look at what has changed."""
    committed = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    assert goldens()[name].splitlines() == committed


def test_the_same_record_gives_the_same_bytes() -> None:
    assert transaction_text(*RECORD) == transaction_text(*RECORD)
    assert document_text(*RECORD) == document_text(*RECORD)


def test_a_rating_is_a_score_beside_the_answer_it_comes_from() -> None:
    whole = made(CALM)
    (pain,) = named(whole, "set-2/pain")
    assert pain["valueQuantity"] == {
        "value": 1,
        "unit": "{score}",
        "system": "http://unitsofmeasure.org",
        "code": "{score}",
    }
    assert [coding["code"] for coding in pain["code"]["coding"]] == ["72514-3", "225908003"]
    assert response(whole, "set-2")["pain"] == [1]
    urls = {one["fullUrl"]: one["resource"] for one in whole["entry"]}
    source = urls[pain["derivedFrom"][0]["reference"]]
    assert source["identifier"]["value"] == f"{CALM.id}/set-2"


def test_tingling_is_a_question_of_our_own_and_never_a_finding() -> None:
    """interop.md 1.1: a finding as the question would say that it was found."""
    whole = made(*RECORD)
    (tingling,) = named(whole, "A1/set-2/tingling")
    assert [coding["code"] for coding in tingling["code"]["coding"]] == ["tingling-nrs"]
    asked = [one["code"] for one in resources(whole, "Observation")]
    asked += [
        part["code"] for one in resources(whole, "Observation") for part in one.get("component", ())
    ]
    assert FINDINGS.isdisjoint(
        coding["code"] for code in asked for coding in code.get("coding", ())
    )


def test_our_words_are_published_and_related_to_snomed() -> None:
    whole = made(CALM)
    (system,) = resources(whole, "CodeSystem")
    (related,) = resources(whole, "ConceptMap")
    assert {"code": "tingling-nrs", "display": "Tingling, 0 to 10"} in system["concept"]
    relation = {one["code"]: one["target"] for one in related["group"][0]["element"]}
    assert relation["tingling-nrs"] == [
        {"code": "62507009", "display": "Pins and needles", "equivalence": "relatedto"}
    ]


def test_what_was_not_answered_is_not_there() -> None:
    """Missing is never zero (DESIGN 2)."""
    nothing = replace(SLIDER, tingling=None, pain=None, where=(), feels=(), settled_s=None)
    unanswered = replace(CALM, tingling=None, pain=None, replies={"E1": None}, sets=(nothing,))
    whole = made(replace(unanswered, later=(), corrections=()))
    assert resources(whole, "QuestionnaireResponse") == []
    scores = [
        value
        for _, value in nodes(whole)
        if isinstance(value, dict) and "{score}" in value.values()
    ]
    assert scores == []


def test_a_zero_that_was_said_is_there() -> None:
    (pain,) = named(made(CALM), "check-in/pain")
    assert pain["valueQuantity"]["value"] == 0


def test_half_an_answer_is_marked_as_such() -> None:
    whole = made(URGENT)
    states = {
        one["identifier"]["value"].rpartition("/")[2]: one["status"]
        for one in resources(whole, "QuestionnaireResponse")
    }
    assert states == {"check-in": "stopped", "set-2": "completed", "set-3": "stopped"}
    assert "pain" not in response(whole, "set-3")


def test_a_correction_stands_beside_what_was_said_first() -> None:
    """Each with its reason, and each derived from the one before it."""
    whole = made(CALM)
    first, second, third = (
        *named(whole, "set-2/tingling"),
        *named(whole, "set-2/tingling/correction-1"),
        *named(whole, "set-2/tingling/correction-2"),
    )
    values = [one["valueQuantity"]["value"] for one in (first, second, third)]
    assert (values, response(whole, "set-2")["tingling"]) == ([4, 5, 3], [4])
    assert [one["status"] for one in (first, second, third)] == ["final", "amended", "amended"]
    assert second["note"] == [{"time": "2025-11-20T19:00:00+01:00", "text": "I meant five <&>"}]
    urls = {one["fullUrl"]: one["resource"] for one in whole["entry"]}
    assert urls[second["derivedFrom"][0]["reference"]] == first
    assert urls[third["derivedFrom"][0]["reference"]] == second


def test_an_answer_that_was_taken_back_has_a_reason_and_no_value() -> None:
    (gone,) = named(made(CALM), "pain/correction-1")
    assert gone["dataAbsentReason"]["coding"][0]["code"] == "asked-declined"
    assert "valueQuantity" not in gone
    assert gone["note"][0]["text"].startswith("The answer was changed later")


def test_what_was_only_said_in_a_correction_is_told_once() -> None:
    late = Correction(Moment.MORNING, 0, Asked.PAIN, 2, "forgot it", EVENING)
    whole = made(replace(CALM, later=(), corrections=(late,)))
    (only,) = named(whole, "correction-1")
    assert (only["valueQuantity"]["value"], "derivedFrom" in only) == (2, False)


@pytest.mark.parametrize(
    ("session", "status", "reason"),
    [
        (CALM, "completed", None),
        (
            URGENT,
            "stopped",
            "Session ended. Please get medical advice today. Rules: NEW-02, SET-05.",
        ),
        (REFUSED, "not-done", "No session today. Rules: E1."),
        (
            replace(CALM, outcome=Outcome.INCOMPLETE),
            "stopped",
            "Session incomplete: an answer was missing. No rule was noted.",
        ),
    ],
)
def test_how_a_session_ended_and_by_which_rule(
    session: PlayedSession, status: str, reason: str | None
) -> None:
    (procedure,) = resources(made(session), "Procedure")
    assert (procedure["status"], procedure.get("statusReason", {}).get("text")) == (status, reason)


@pytest.mark.parametrize(
    ("rule", "seconds", "named"),
    [("NEW-02", 0, True), ("NEW-02", 1, False), ("DAY-04", 0, False), ("REC-04", 0, False)],
)
def test_only_a_rule_of_the_session_itself_ended_it(rule: str, seconds: int, named: bool) -> None:
    """Not one of the ten minutes or the mornings after it, and none that came later."""
    (lock,) = URGENT.locks
    set_at = URGENT.closed + timedelta(seconds=seconds)
    ended = replace(URGENT, locks=(replace(lock, rule=rule, set_at=set_at),), sets=())
    (procedure,) = resources(made(ended), "Procedure")
    assert (rule in procedure["statusReason"]["text"]) is named


def test_a_stop_is_a_flag_until_it_is_lifted_and_names_nobody() -> None:
    whole = made(URGENT, REFUSED)
    lifted, standing = resources(whole, "Flag")
    assert (lifted["status"], standing["status"]) == ("inactive", "active")
    assert lifted["period"]["end"] == "2025-11-25T18:30:00+01:00"
    assert "Dr Example" not in json.dumps(whole)


def test_a_stop_of_no_session_is_told_too() -> None:
    """Such as one that was found in a log whose session is gone."""
    (lock,) = REFUSED.locks
    alone = [(CALM.person, lock)]
    whole = json.loads("".join(FhirWriter(LEXICON).transaction([CALM], alone)))
    (flag,) = resources(whole, "Flag")
    assert (flag["status"], "author" in flag, own_faults(whole)) == ("active", False, [])
    only = json.loads("".join(FhirWriter(LEXICON).transaction([], alone)))
    assert [one["resourceType"] for one in resources(only)][-2:] == ["Patient", "Flag"]
    assert own_faults(only) == []


def test_a_document_names_a_stop_of_no_session() -> None:
    (lock,) = REFUSED.locks
    pieces = FhirWriter(LEXICON).document([CALM], lambda: [CALM], lambda: [(CALM.person, lock)])
    whole = json.loads("".join(pieces))
    assert own_faults(whole) == []
    assert len(resources(whole, "Flag")) == 1
    (_, stop, _) = resources(whole, "Composition")[0]["section"]
    assert "Sessions closed: rule E1" in stop["text"]["div"]
    assert whole["timestamp"] == "2025-11-26T18:31:00+01:00"


def test_places_are_of_the_leg_and_an_unsure_code_stays_a_word() -> None:
    burning = replace(SLIDER, where=(Place.BEHIND_KNEE, Place.OTHER_LEG), feels=(Feel.BURNING,))
    (told,) = named(made(replace(CALM, sets=(burning,))), "set-2/told")
    said = [part["valueCodeableConcept"] for part in told["component"]]
    assert [[coding["code"] for coding in one["coding"]] for one in said] == [
        *(["32361000", "place-behind-knee"], ["place-other-leg"], ["feel-burning"])
    ]


def test_not_settled_in_ten_minutes_is_more_than_600_seconds() -> None:
    (settled,) = named(made(URGENT), "set-3/settled_after")
    value = settled["valueQuantity"]
    assert (value["comparator"], value["value"], value["code"]) == (">", 600, "s")


def test_minutes_of_exercise_are_those_of_all_sets() -> None:
    (duration,) = named(made(CALM), "/duration")
    assert duration["code"]["coding"][0]["code"] == "55411-3"
    assert duration["valueQuantity"]["value"] == 1.82
    assert named(made(REFUSED), "/duration") == []


def test_sent_twice_nothing_is_made_twice() -> None:
    """Each entry names what must not be there yet, and each names something else."""
    requests = [one["request"] for one in made(*RECORD)["entry"]]
    made_once = [one["ifNoneExist"] for one in requests if one["method"] == "POST"]
    kept_up = [one["url"] for one in requests if one["method"] == "PUT"]
    assert len(made_once) + len(kept_up) == len(requests)
    assert len({*made_once, *kept_up}) == len(requests)
    assert [url.partition("=")[0] for url in kept_up] == ["Flag?identifier"] * 2


def test_a_name_that_would_break_a_search_is_replaced_by_its_fingerprint() -> None:
    """Such as one from a log that somebody wrote by hand."""
    whole = made(replace(CALM, person="a|b&c=d"))
    (patient,) = resources(whole, "Patient")
    assert patient["identifier"][0]["value"] == sha256(b"a|b&c=d").hexdigest()
    assert own_faults(whole) == []


def test_what_sessions_share_is_there_once() -> None:
    kinds = [one["resourceType"] for one in resources(made(*RECORD))]
    once = ("Patient", "Device", "ServiceRequest", "CodeSystem", "ConceptMap")
    assert [kinds.count(kind) for kind in once] == [1] * len(once)
    assert kinds.count("Questionnaire") == 4


def test_another_version_of_the_rules_is_another_device() -> None:
    """It says which rules decided."""
    other = replace(URGENT, rules_sha256="09" * 32)
    devices = resources(made(CALM, other), "Device")
    assert [one["version"][1]["value"] for one in devices] == ["cd" * 32, "09" * 32]


def test_a_long_record_is_written_as_it_is_read() -> None:
    def endless() -> Iterator[PlayedSession]:
        yield CALM
        raise AssertionError("read too far")

    pieces = FhirWriter(LEXICON).transaction(endless())
    assert "CodeSystem" in next(pieces)
    assert '"Patient"' in "".join(next(pieces) for _ in range(6))


def test_a_document_says_first_what_is_in_it() -> None:
    whole = json.loads(document_text(*RECORD))
    first = whole["entry"][0]["resource"]
    assert (whole["type"], first["resourceType"]) == ("document", "Composition")
    assert whole["timestamp"] == first["date"] == "2025-11-26T18:31:00+01:00"
    titles = [section["title"] for section in first["section"]]
    assert titles[:3] == [session.began.isoformat() for session in RECORD]
    assert "Set 2: S3 A, left leg, 8 repetitions; tingling 4, pain 1." in json.dumps(first)
    assert "pain not answered" in json.dumps(first)
    assert not any("request" in one for one in whole["entry"])


def test_a_document_changes_its_name_with_what_is_in_it() -> None:
    stands = replace(URGENT, locks=(replace(URGENT.locks[0], lifted_at=None),))
    names = {
        json.loads(document_text(session))["identifier"]["value"]
        for session in (CALM, URGENT, stands)
    }
    assert len(names) == 3


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        ((), "there are no sessions"),
        ((CALM, replace(URGENT, person="p-other")), "p-7c1f, p-other; choose a profile"),
    ],
)
def test_a_document_that_cannot_be_says_why(sessions: tuple[PlayedSession, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        document_text(*sessions)


def test_nothing_to_send_is_a_transaction_that_asks_for_nothing() -> None:
    assert json.loads(transaction_text()) == {
        "resourceType": "Bundle",
        "language": "en",
        "type": "transaction",
    }


def test_a_masked_bundle_says_so_and_names_nobody() -> None:
    text = transaction_text(*masked(*RECORD), deidentified=True)
    whole = json.loads(text)
    for secret in (CALM.person, CALM.id, CALM.plan_title, "I meant five", CALM.fingerprint, "2025"):
        assert secret not in text
    assert whole["meta"]["security"][0]["code"] == "PSEUDED"
    assert whole["meta"]["tag"][0]["display"].startswith("The first day is 2000-01-01")
    (patient,) = resources(whole, "Patient")
    assert patient["meta"] == whole["meta"]
    began = [one["performedPeriod"]["start"] for one in resources(whole, "Procedure")]
    assert began[0] == "2000-01-01T18:00:00+00:00"


def test_an_unmasked_bundle_does_not_claim_to_be_masked() -> None:
    assert "PSEUDED" not in transaction_text(*RECORD)


def test_a_reply_that_nobody_can_give_is_refused() -> None:
    with pytest.raises(ValueError, match="perhaps"):
        made(replace(CALM, replies={"E1": "perhaps"}))
