"""Sessions as one FHIR bundle: a transaction to push to a server, or a document to file.

Both are written piece by piece, so a record of any length fits. Nothing in them comes from a
clock or from chance: the same record gives the same bytes.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from coach.domain.record import PlayedSession, SetLock
from coach.formats.fhir.composition import Outline
from coach.formats.fhir.lexicon import Lexicon, Resource
from coach.formats.fhir.naming import Entry, Naming
from coach.formats.fhir.session_resources import SessionResources
from coach.formats.fhir.shared_resources import SharedResources

_DEFINED = ("Questionnaire", "CodeSystem", "ConceptMap")
_SHARED = (*_DEFINED, "Patient", "Device", "ServiceRequest")
_PSEUDONYMISED = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
    "code": "PSEUDED",
    "display": "pseudonymized",
}

#: A stop and the pseudonym of whose it is.
Stop = tuple[str, SetLock]


class FhirWriter:
    """Writes bundles.

    deidentified: the sessions have been through `coach.formats.deidentified`; the bundle and what
    stands for a person or a session in it say so. written: how many resources of each type are in
    the text so far.
    """

    def __init__(self, lexicon: Lexicon, *, deidentified: bool = False) -> None:
        self._lexicon = lexicon
        self._naming = Naming(lexicon.codes.base)
        self._shared = SharedResources(lexicon, self._naming)
        self._sessions = SessionResources(lexicon, self._naming, self._shared.forms)
        self._meta = self._said_of_masked() if deidentified else None
        self.written: Counter[str] = Counter()

    def transaction(
        self, sessions: Iterable[PlayedSession], stops: Iterable[Stop] = ()
    ) -> Iterator[str]:
        """The text of a transaction; sending it again creates nothing twice.

        stops: those that no session left, read after the sessions.
        """
        entries = self._entries(sessions, stops)
        return self._text(_requested(one) for one in entries)

    def document(
        self,
        before: Iterable[PlayedSession],
        sessions: Callable[[], Iterable[PlayedSession]],
        stops: Callable[[], Iterable[Stop]] = tuple,
    ) -> Iterator[str]:
        """The text of a document about one person, empty pieces while it is looked through.

        before: the same sessions as `sessions` gives afterwards; they are read twice because a
        document says first what is in it. Raises ValueError, in plain words, when there are no
        sessions or they are of several people.
        """
        outline = Outline(self._lexicon, self._naming, self._sessions)
        for session in before:
            outline.add(session, [*self._sessions.entries(session)])
            yield ""
        for person, lock in stops():
            outline.add_stop(person, lock)
        composition = outline.composition(self._shared.definitions)
        entries = chain([composition], self._entries(sessions(), stops()))
        yield from self._text(map(_plain, entries), outline.head())

    def _entries(self, sessions: Iterable[PlayedSession], stops: Iterable[Stop]) -> Iterator[Entry]:
        """Every entry once; what several sessions share comes before the first that needs it."""
        written: set[str] = set()
        for entry in self._in_order(sessions, stops):
            if entry.url not in written:
                yield self._marked(entry)
            if entry.resource["resourceType"] in _SHARED:
                written.add(entry.url)

    def _in_order(
        self, sessions: Iterable[PlayedSession], stops: Iterable[Stop]
    ) -> Iterator[Entry]:
        for session in sessions:
            yield from self._shared.entries(session)
            yield from self._sessions.entries(session)
        for person, lock in stops:
            yield from self._shared.definitions
            yield self._shared.person(person)
            yield self._sessions.flag(person, lock)

    def _marked(self, entry: Entry) -> Entry:
        if self._meta is None or entry.resource["resourceType"] not in ("Patient", "Procedure"):
            return entry
        kind = entry.resource["resourceType"]
        return Entry(entry.url, {"resourceType": kind, "meta": self._meta, **entry.resource})

    def _said_of_masked(self) -> Resource:
        tag = {
            **self._lexicon.local("dates_shifted"),
            "display": self._lexicon.say("dates_shifted"),
        }
        return {"security": [_PSEUDONYMISED], "tag": [tag]}

    def _text(
        self, entries: Iterable[Resource], head: Mapping[str, Any] | None = None
    ) -> Iterator[str]:
        """One entry a line; without entries there is no list: FHIR has no empty ones."""
        whole: Resource = {"resourceType": "Bundle", "language": self._lexicon.language}
        if self._meta is not None:
            whole["meta"] = self._meta
        whole |= head or {"type": "transaction"}
        opening = _json(whole).removesuffix("}")
        before = f'{opening},"entry":[\n'
        for entry in entries:
            self.written[entry["resource"]["resourceType"]] += 1
            yield before + _json(entry)
            before = ",\n"
        yield opening + "}\n" if before != ",\n" else "\n]}\n"


def bundle(
    sessions: Iterable[PlayedSession], lexicon: Lexicon, *, deidentified: bool = False
) -> Resource:
    """A transaction as one value, for records that are short."""
    writer = FhirWriter(lexicon, deidentified=deidentified)
    whole: Resource = json.loads("".join(writer.transaction(sessions)))
    return whole


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _plain(entry: Entry) -> Resource:
    return {"fullUrl": entry.url, "resource": entry.resource}


def _requested(entry: Entry) -> Resource:
    """An entry with what a server is to do: make it unless it is there already.

    A stop can be lifted after it was first sent, so that one is brought up to date.
    """
    kind, resource = entry.resource["resourceType"], entry.resource
    if kind in _DEFINED:
        search = f"url={resource['url']}&version={resource['version']}"
    else:
        named = resource["identifier"]
        first = named[0] if isinstance(named, list) else named
        search = f"identifier={first['system']}|{first['value']}"
    if kind == "Flag":
        request = {"method": "PUT", "url": f"{kind}?{search}"}
    else:
        request = {"method": "POST", "url": kind, "ifNoneExist": search}
    return _plain(entry) | {"request": request}
