"""Tingling and pain as Observations; what was said differently later stands beside them.

A correction is an Observation of its own, `amended`, derived from the one before it. The first one
stays as it was: a server that already has it would not take a changed copy under the same name, and
nobody could see any more what the coach had decided on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from coach.domain.record import Asked, Correction, Moment, PlayedSession
from coach.formats.fhir.lexicon import Lexicon, Resource
from coach.formats.fhir.naming import Entry, Naming, cleaned, written

SURVEY = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "survey",
            "display": "Survey",
        }
    ]
}
_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_DECLINED = {
    "coding": [{"system": _ABSENT, "code": "asked-declined", "display": "Asked But Declined"}]
}
_WORD = {Asked.TINGLING: "tingling_nrs", Asked.PAIN: "pain"}
_ABOUT = {
    Moment.CHECK_IN: "about_before",
    Moment.SET: "about_set",
    Moment.TEN_MINUTES: "about_ten_minutes",
    Moment.MORNING: "about_morning",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One rating that was asked for.

    place: tells apart what was said at the same moment (DESIGN 4: sets count from 1). effective:
    when it was, as a FHIR value with its name. response: the answers it was taken from.
    stands: False for an answer that was given anew at the same moment; corrections mean the last.
    """

    moment: Moment
    n: int
    place: str
    effective: Resource
    response: Entry | None = None
    stands: bool = True


class Ratings:
    """Makes the rating Observations of sessions."""

    def __init__(self, lexicon: Lexicon, naming: Naming) -> None:
        self._lexicon = lexicon
        self._naming = naming

    def of(
        self, session: PlayedSession, question: Question, asked: Asked, value: int | None
    ) -> Iterator[Entry]:
        """What was first said, if anything was, then every correction of it."""
        name = f"{question.place}/{asked}"
        before = question.response
        if value is not None:
            resource = self._observation(session, question, asked, name, before)
            resource["valueQuantity"] = self._lexicon.quantity(value, "score")
            before = Entry(self._naming.urn("observation", f"{session.id}/{name}"), resource)
            yield before
        if not question.stands:
            return
        about = (question.moment, question.n, asked)
        corrections = [c for c in session.corrections if (c.moment, c.n, c.asked) == about]
        for n, correction in enumerate(corrections, 1):
            changed = f"{name}/correction-{n}"
            resource = self._observation(session, question, asked, changed, before)
            before = self._amended(session, resource, correction, changed)
            yield before

    def about(self, asked: Asked, moment: Moment, n: int) -> str:
        """Which answer it is, in words."""
        blanks: dict[str, str | int] = {"n": n} if moment is Moment.SET else {}
        word = self._lexicon.display(_WORD[asked])
        return self._lexicon.say(_ABOUT[moment], asked=word, **blanks)

    def _observation(
        self,
        session: PlayedSession,
        question: Question,
        asked: Asked,
        name: str,
        before: Entry | None,
    ) -> Resource:
        person = self._naming.reference("person", session.person)
        resource: Resource = {
            "resourceType": "Observation",
            "identifier": [self._naming.identifier("observation", f"{session.id}/{name}")],
            "partOf": [self._naming.reference("session", session.id)],
            "status": "final",
            "category": [SURVEY],
            "code": {
                "coding": self._lexicon.concept(_WORD[asked])["coding"],
                "text": self.about(asked, question.moment, question.n),
            },
            "subject": person,
            **question.effective,
            "performer": [person],
        }
        if before is not None:
            resource["derivedFrom"] = [before.reference]
        return resource

    def _amended(
        self, session: PlayedSession, resource: Resource, correction: Correction, name: str
    ) -> Entry:
        resource["status"] = "amended"
        if correction.value is None:
            resource["dataAbsentReason"] = _DECLINED
        else:
            resource["valueQuantity"] = self._lexicon.quantity(correction.value, "score")
        resource["note"] = [
            {
                "time": written(correction.made),
                "text": cleaned(correction.reason) or self._lexicon.say("changed"),
            }
        ]
        return Entry(self._naming.urn("observation", f"{session.id}/{name}"), resource)
