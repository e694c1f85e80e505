"""Twenty-four mistakes to plant in a good bundle, one each (interop.md 1.4)."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

Bundle = dict[str, Any]
Plant = Callable[[Bundle], None]


def first(bundle: Bundle, kind: str, having: str | None = None) -> dict[str, Any]:
    """The first resource of a kind, with a certain field."""
    for entry in bundle["entry"]:
        resource: dict[str, Any] = entry["resource"]
        if resource["resourceType"] == kind and (having is None or having in resource):
            return resource
    raise LookupError(kind, having)


def _rated(bundle: Bundle) -> dict[str, Any]:
    return first(bundle, "Observation", "valueQuantity")


def _answered(bundle: Bundle) -> dict[str, Any]:
    return first(bundle, "QuestionnaireResponse")


def _remove(kind: str, field: str) -> Plant:
    return lambda bundle: first(bundle, kind).pop(field)


def _put(kind: str, having: str | None = None, **fields: Any) -> Plant:
    return lambda bundle: first(bundle, kind, having).update(fields)


def _twice(bundle: Bundle) -> None:
    bundle["entry"][1]["fullUrl"] = bundle["entry"][0]["fullUrl"]


def _moved(bundle: Bundle) -> None:
    bundle["entry"].append(bundle["entry"].pop(0))


def _wrong_target(bundle: Bundle) -> None:
    observation = _rated(bundle)
    observation["partOf"] = [deepcopy(observation["subject"])]


def _nowhere(bundle: Bundle) -> None:
    _rated(bundle)["subject"] = {"reference": "urn:uuid:00000000-0000-4000-8000-000000000000"}


def _text_for_a_number(bundle: Bundle) -> None:
    response = first(bundle, "QuestionnaireResponse")
    rating = next(item for item in response["item"] if "valueInteger" in item["answer"][0])
    rating["answer"] = [{"valueInteger": "7"}]


def _off_the_scale(bundle: Bundle) -> None:
    _rated(bundle)["valueQuantity"] |= {"value": 14}


def _unknown_question(bundle: Bundle) -> None:
    _answered(bundle)["item"][0]["linkId"] = "Q99"


def _digit(bundle: Bundle) -> None:
    for entry in bundle["entry"]:
        resource = entry["resource"]
        if resource["resourceType"] == "Observation":
            for coding in resource["code"].get("coding", ()):
                if coding["code"] == "72514-3":
                    coding["code"] = "72514-4"
                    return
    raise LookupError("72514-3")


def _absent_too(bundle: Bundle) -> None:
    _rated(bundle)["dataAbsentReason"] = {"text": "not known"}


def _empty_section(bundle: Bundle) -> None:
    first(bundle, "Composition")["section"][0] = {"title": "nothing"}


def _bundle_field(field: str) -> Plant:
    return lambda bundle: bundle.pop(field)


def _entry_field(field: str) -> Plant:
    return lambda bundle: bundle["entry"][0].pop(field)


def _type(bundle: Bundle) -> None:
    bundle["type"] = "txn"


#: Which bundle it is planted in, and how.
DEFECTS: Mapping[str, tuple[str, Plant]] = {
    "status missing": ("transaction", _remove("Observation", "status")),
    "status finished": ("transaction", _put("Observation", status="finished")),
    "code missing": ("transaction", _remove("Observation", "code")),
    "7 as text for an integer": ("transaction", _text_for_a_number),
    "unknown element": ("transaction", _put("Observation", mood="fine")),
    "two values": ("transaction", _put("Observation", "valueQuantity", valueString="3")),
    "date 2025-13-40": ("transaction", _put("Observation", issued="2025-13-40T10:00:00Z")),
    "time without offset": (
        "transaction",
        _put("QuestionnaireResponse", authored="2025-11-20T18:30:00"),
    ),
    "obs-6 value and dataAbsentReason": ("transaction", _absent_too),
    "bdl-7 fullUrl twice": ("transaction", _twice),
    "bdl-3 request missing": ("transaction", _entry_field("request")),
    "bdl-9 document identifier missing": ("document", _bundle_field("identifier")),
    "bdl-11 Composition not first": ("document", _moved),
    "urn that leads nowhere": ("transaction", _nowhere),
    "partOf leads to a Patient": ("transaction", _wrong_target),
    "14 on the scale 0-10": ("transaction", _off_the_scale),
    "linkId unknown": ("transaction", _unknown_question),
    "LOINC check digit": ("transaction", _digit),
    "Bundle.type txn": ("transaction", _type),
    "id with underscore": ("transaction", _put("Patient", id="p_1")),
    "empty array": ("transaction", _put("Observation", note=[])),
    "null element": ("transaction", _put("Observation", note=None)),
    "resourceType PainLog": ("transaction", _put("Observation", resourceType="PainLog")),
    "cmp-1 empty section": ("document", _empty_section),
}


def planted(name: str, good: Mapping[str, Bundle]) -> Bundle:
    """A copy of a good bundle with one mistake in it."""
    kind, plant = DEFECTS[name]
    bundle = deepcopy(good[kind])
    plant(bundle)
    return bundle
