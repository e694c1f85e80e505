"""What was asked, as versioned Questionnaires: the words, and the ratings' limits 0-10."""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256

from coach.domain.rating import HIGHEST, LOWEST, Feel, News, Place
from coach.domain.screening import Reply
from coach.formats.fhir.lexicon import Lexicon, Resource
from coach.formats.fhir.naming import Entry, Naming

_MIN = "http://hl7.org/fhir/StructureDefinition/minValue"
_MAX = "http://hl7.org/fhir/StructureDefinition/maxValue"


class Form(StrEnum):
    """The moments questions are asked together (clinical.md 8 and 9.1)."""

    CHECK_IN = "check-in"
    AFTER_SET = "after-set"
    TEN_MINUTES = "ten-minutes"
    MORNING = "morning"


class Forms:
    """The Questionnaires in one language, made once."""

    def __init__(self, lexicon: Lexicon, naming: Naming) -> None:
        made = {form: _questionnaire(form, lexicon) for form in Form}
        self.entries: Mapping[Form, Entry] = {
            form: Entry(naming.urn("questionnaire", f"{one['url']}|{one['version']}"), one)
            for form, one in made.items()
        }
        self.asked = frozenset(item["linkId"] for item in made[Form.CHECK_IN]["item"])

    def canonical(self, form: Form) -> str:
        """The name with its version, by which a response says what it answers."""
        resource = self.entries[form].resource
        return f"{resource['url']}|{resource['version']}"


def _questionnaire(form: Form, lexicon: Lexicon) -> Resource:
    items = _ITEMS[form](lexicon)
    # The words decide: other words are another version, whoever changed them and whenever.
    words = json.dumps(items, ensure_ascii=False, sort_keys=True)
    return {
        "resourceType": "Questionnaire",
        "language": lexicon.language,
        "url": lexicon.url("Questionnaire", form.value),
        "version": f"1-{sha256(words.encode()).hexdigest()[:12]}",
        "name": "".join(part.title() for part in form.split("-")),
        "title": lexicon.say(form.value.replace("-", "_")),
        "status": "active",
        "subjectType": ["Patient"],
        "item": items,
    }


def _check_in(lexicon: Lexicon) -> list[Resource]:
    replies = [f"reply_{reply.replace(' ', '_')}" for reply in Reply]
    return [
        *(_choice(asked.id, asked.text, replies, lexicon) for asked in lexicon.screen),
        _rating("tingling", "baseline_tingling", lexicon),
        _rating("pain", "baseline_pain", lexicon),
    ]


def _after_set(lexicon: Lexicon) -> list[Resource]:
    number = {
        "linkId": "set",
        "text": lexicon.display("set_number"),
        "type": "integer",
        "required": True,
        "readOnly": True,
    }
    several = {
        "where": [f"place_{place}" for place in Place],
        "feels": [f"feel_{feel}" for feel in Feel],
        "new": [f"new_{news}" for news in News],
    }
    return [
        number,
        _rating("tingling", "tingling", lexicon),
        _rating("pain", "pain", lexicon),
        *(
            {**_choice(name, _ask(name, lexicon), words, lexicon), "repeats": True}
            for name, words in several.items()
        ),
    ]


def _ten_minutes(lexicon: Lexicon) -> list[Resource]:
    return [
        _rating("tingling", "settle", lexicon),
        _rating("pain", "pain_after_rest", lexicon, required=False),
        _yes_no("numb", "numb_still", lexicon),
    ]


def _morning(lexicon: Lexicon) -> list[Resource]:
    return [
        _rating("tingling", "morning_tingling", lexicon),
        _rating("pain", "morning_pain", lexicon),
        _yes_no("woken", "morning_woken", lexicon),
    ]


_ITEMS = {
    Form.CHECK_IN: _check_in,
    Form.AFTER_SET: _after_set,
    Form.TEN_MINUTES: _ten_minutes,
    Form.MORNING: _morning,
}


def _ask(key: str, lexicon: Lexicon) -> str:
    return lexicon.phrases.texts[f"ask.{key}"]


def _rating(link: str, ask: str, lexicon: Lexicon, *, required: bool = True) -> Resource:
    """A question that is answered 0-10 (clinical.md 9.1); nothing is filled in beforehand."""
    coding = lexicon.concept("tingling_nrs" if link == "tingling" else "pain")["coding"]
    return {
        "linkId": link,
        "code": coding,
        "text": _ask(ask, lexicon),
        "type": "integer",
        "required": required,
        "extension": [
            {"url": _MIN, "valueInteger": LOWEST},
            {"url": _MAX, "valueInteger": HIGHEST},
        ],
    }


def _choice(link: str, text: str, words: Iterable[str], lexicon: Lexicon) -> Resource:
    options = [{"valueCoding": lexicon.local(word)} for word in words]
    return {"linkId": link, "text": text, "type": "choice", "answerOption": options}


def _yes_no(link: str, ask: str, lexicon: Lexicon) -> Resource:
    return {"linkId": link, "text": _ask(ask, lexicon), "type": "boolean"}
