"""What no validator looks at: our scales, our questions, our codes, where references lead."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from coach.formats.fhir.codes import SYSTEMS, loinc_digit_fits, snomed_digit_fits

#: Findings of SNOMED CT that must never be a question (interop.md 1.1).
FINDINGS = {"62507009", "91019004", "44077006"}

#: What our references may lead to.
TARGETS = {
    "subject": {"Patient"},
    "partOf": {"Procedure"},
    "basedOn": {"ServiceRequest"},
    "derivedFrom": {"QuestionnaireResponse", "Observation"},
    "usedReference": {"Device"},
    "device": {"Device"},
    "source": {"Patient"},
    "actor": {"Patient"},
    "performer": {"Patient"},
    "author": {"Patient", "Device"},
}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_OFFSET = re.compile(r"(Z|[+-]\d\d:\d\d)$")
#: Words and names, which may look like a moment and are none.
_NO_MOMENTS = (".value", ".title", ".text", ".div", ".valueString")
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")

Node = tuple[str, Any]
Check = Callable[[dict[str, Any]], Iterator[str]]


def nodes(value: Any, at: str = "") -> Iterator[Node]:
    """Every value inside a value, with its dotted path, the outermost first."""
    yield at, value
    inside = value.items() if isinstance(value, dict) else ()
    listed = enumerate(value) if isinstance(value, list) else ()
    for key, item in (*inside, *listed):
        yield from nodes(item, f"{at}.{key}" if at else str(key))


def entries(bundle: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = bundle.get("entry")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def resources(bundle: Mapping[str, Any], kind: str | None = None) -> list[dict[str, Any]]:
    made = [one.get("resource", {}) for one in entries(bundle)]
    return [one for one in made if kind is None or one.get("resourceType") == kind]


def empty(bundle: dict[str, Any]) -> Iterator[str]:
    """FHIR knows no empty list, object or text, and no null."""
    for at, value in nodes(bundle):
        if value is None or value in ("", [], {}):
            yield f"{at} is empty"


def names(bundle: dict[str, Any]) -> Iterator[str]:
    """Every entry has a name of its own (bdl-7), and every id is one."""
    seen = [one.get("fullUrl") for one in entries(bundle)]
    if len(set(seen)) < len(seen):
        yield "bdl-7: a fullUrl is there twice"
    for at, value in nodes(bundle):
        if at.endswith(".resource.id") and not _ID.fullmatch(str(value)):
            yield f"{at} {value!r} is no id"


def shape(bundle: dict[str, Any]) -> Iterator[str]:
    """A transaction asks for something, a document says what it is (bdl-3, 9, 10, 11)."""
    kind, found = bundle.get("type"), entries(bundle)
    if kind == "transaction":
        yield from (
            f"bdl-3: {one.get('fullUrl')} asks for nothing" for one in found if "request" not in one
        )
    elif kind == "document":
        yield from (
            f"a document has no {part}"
            for part in ("identifier", "timestamp")
            if part not in bundle
        )
        if [one.get("resourceType") for one in resources(bundle)][:1] != ["Composition"]:
            yield "bdl-11: the Composition does not come first"
    else:
        yield f"type {kind!r} is neither transaction nor document"


def references(bundle: dict[str, Any]) -> Iterator[str]:
    """Each reference leads to an entry of the right kind."""
    there = {
        one.get("fullUrl"): one.get("resource", {}).get("resourceType") for one in entries(bundle)
    }
    for at, value in nodes(bundle):
        if not at.endswith(".reference"):
            continue
        if value not in there:
            yield f"{at} {value} leads nowhere"
            continue
        field = next(part for part in reversed(at.split(".")[:-1]) if not part.isdecimal())
        if field in TARGETS and there[value] not in TARGETS[field]:
            yield f"{at} leads to a {there[value]}"


def reachable(bundle: dict[str, Any]) -> Iterator[str]:
    """Everything in a document is led to from its Composition."""
    if bundle.get("type") != "document":
        return
    leads = {
        one.get("fullUrl"): [value for at, value in nodes(one) if at.endswith(".reference")]
        for one in entries(bundle)
    }
    todo = list(leads)[:1]
    met = set(todo)
    while todo:
        new = [url for url in leads.get(todo.pop(), ()) if url not in met]
        met.update(new)
        todo += new
    yield from (f"{url} is not part of the document" for url in leads if url not in met)


def scales(bundle: dict[str, Any]) -> Iterator[str]:
    """A score is a whole number 0-10 in {score}; and nothing else is a rating."""
    for at, value in nodes(bundle):
        if isinstance(value, dict) and value.get("code") == "{score}":
            score = value.get("value")
            if type(score) is not int or not 0 <= score <= 10:
                yield f"{at} {score!r} is not on the scale 0-10"


def answers(bundle: dict[str, Any]) -> Iterator[str]:
    """A response answers questions that were asked, within their limits, with what they offer."""
    forms = {f"{one['url']}|{one['version']}": one for one in resources(bundle, "Questionnaire")}
    for response in resources(bundle, "QuestionnaireResponse"):
        form = forms.get(str(response.get("questionnaire")))
        if form is None:
            yield f"questionnaire {response.get('questionnaire')} is not in the bundle"
            continue
        items = {item["linkId"]: item for item in form["item"]}
        given = response.get("item", [])
        for item in given:
            asked = items.get(item["linkId"])
            if asked is None:
                yield f"linkId {item['linkId']} was never asked"
                continue
            for answer in item["answer"]:
                yield from _answer(asked, answer)
        missing = {link for link, item in items.items() if item.get("required")}
        missing -= {item["linkId"] for item in given}
        if response.get("status") == "completed" and missing:
            yield f"completed without {', '.join(sorted(missing))}"


def _answer(asked: Mapping[str, Any], answer: Mapping[str, Any]) -> Iterator[str]:
    kinds = {"integer": "valueInteger", "boolean": "valueBoolean", "choice": "valueCoding"}
    wanted = kinds[asked["type"]]
    if list(answer) != [wanted]:
        yield f"{asked['linkId']}: {list(answer)} does not answer a question of {asked['type']}"
    elif wanted == "valueCoding" and answer not in asked["answerOption"]:
        yield f"{asked['linkId']}: {answer} is not offered"
    elif wanted == "valueInteger":
        value = answer[wanted]
        limits = {
            one["url"].rsplit("/", 1)[1]: one["valueInteger"] for one in asked.get("extension", ())
        }
        if type(value) is not int:
            yield f"{asked['linkId']}: {value!r} is no whole number"
        elif not limits.get("minValue", value) <= value <= limits.get("maxValue", value):
            yield f"{asked['linkId']}: {value} is outside {limits}"


def codes(bundle: dict[str, Any]) -> Iterator[str]:
    """Check digits fit; our own codes are in our CodeSystem."""
    fits = {SYSTEMS["loinc"]: loinc_digit_fits, SYSTEMS["snomed"]: snomed_digit_fits}
    own = {one["url"]: one["concept"] for one in resources(bundle, "CodeSystem")}
    known = {url: {concept["code"] for concept in listed} for url, listed in own.items()}
    for at, value in nodes(bundle):
        if not (isinstance(value, dict) and isinstance(value.get("code"), str)):
            continue
        system, code = value.get("system"), value["code"]
        if system in fits and not fits[system](code):
            yield f"{at}: the check digit of {code} does not fit"
        if str(system).endswith("/CodeSystem/nerve-coach") and code not in known.get(system, ()):
            yield f"{at}: {code} is in no CodeSystem of the bundle"


def observations(bundle: dict[str, Any]) -> Iterator[str]:
    """A value or the reason why there is none, never both (obs-6); no finding as the question."""
    for one in resources(bundle, "Observation"):
        values = [key for key in one if key.startswith("value")]
        if values and "dataAbsentReason" in one:
            yield "obs-6: a value, and a reason why there is none"
        if len(values) > 1:
            yield f"several values: {', '.join(values)}"
        asked = {coding.get("code") for coding in one.get("code", {}).get("coding", ())}
        if asked & FINDINGS:
            yield f"the question is a finding: {asked & FINDINGS}"


def sections(bundle: dict[str, Any]) -> Iterator[str]:
    """A section holds something (cmp-1)."""
    for one in resources(bundle, "Composition"):
        for section in one.get("section", ()):
            if not {"text", "entry", "section"} & section.keys():
                yield f"cmp-1: section {section.get('title')} is empty"


def moments(bundle: dict[str, Any]) -> Iterator[str]:
    """A moment with a time has an offset."""
    for at, value in nodes(bundle):
        said = isinstance(value, str) and not at.endswith(_NO_MOMENTS) and _MOMENT.match(value)
        if said and not _OFFSET.search(value):
            yield f"{at} {value} has no offset"


CHECKS: tuple[Check, ...] = (
    *(empty, names, shape, references, reachable, scales),
    *(answers, codes, observations, sections, moments),
)


def own_faults(bundle: dict[str, Any]) -> list[str]:
    """Everything that is wrong with a bundle, as far as these checks see."""
    found: list[str] = []
    for check in CHECKS:
        try:
            found += check(bundle)
        except (AttributeError, KeyError, TypeError) as error:
            found.append(f"{check.__name__}: cannot be read ({error!r})")
    return found
