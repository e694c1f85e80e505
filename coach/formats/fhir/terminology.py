"""Our own words published beside the data: a CodeSystem, and a ConceptMap to SNOMED CT."""

from coach.formats.fhir.codes import SYSTEMS, Code
from coach.formats.fhir.lexicon import LOCAL_WORDS, Lexicon, Resource, code_of
from coach.formats.fhir.naming import Entry, Naming

#: Raised by hand whenever a word or a relation changes what it means.
VERSION = "1.0.0"


def terminology(lexicon: Lexicon, naming: Naming) -> tuple[Entry, Entry]:
    """The CodeSystem, and the ConceptMap that says what its words are related to."""
    concepts = [{"code": code_of(word), "display": lexicon.display(word)} for word in LOCAL_WORDS]
    system: Resource = {
        "resourceType": "CodeSystem",
        "language": lexicon.language,
        "url": lexicon.system,
        "version": VERSION,
        "name": "NerveCoach",
        "title": lexicon.say("codes_title"),
        "status": "active",
        "caseSensitive": True,
        "content": "complete",
        "count": len(concepts),
        "concept": concepts,
    }
    related: Resource = {
        "resourceType": "ConceptMap",
        "language": lexicon.language,
        "url": lexicon.url("ConceptMap", "nerve-coach-to-snomed"),
        "version": VERSION,
        "name": "NerveCoachToSnomed",
        "title": lexicon.say("map_title"),
        "status": "active",
    }
    if lexicon.codes.mapped:
        related["group"] = [
            {
                "source": lexicon.system,
                "sourceVersion": VERSION,
                "target": SYSTEMS["snomed"],
                "element": [_element(code, lexicon) for code in lexicon.codes.mapped],
            }
        ]
    return _named(system, naming), _named(related, naming)


def _element(code: Code, lexicon: Lexicon) -> Resource:
    target = {"code": code.code, "display": code.display, "equivalence": code.equivalence}
    return {
        "code": code_of(code.word),
        "display": lexicon.display(code.word),
        "target": [target],
    }


def _named(resource: Resource, naming: Naming) -> Entry:
    return Entry(naming.urn("words", f"{resource['url']}|{resource['version']}"), resource)
