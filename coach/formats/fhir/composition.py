"""The first page of a FHIR document: what is in it, in words that a person can read."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from coach.domain.record import Asked, PlayedSession, PlayedSet, SetLock
from coach.formats.fhir.lexicon import Lexicon, Resource
from coach.formats.fhir.naming import Entry, Naming, cleaned, plan_key, program_key, written
from coach.formats.fhir.session_resources import SessionResources


class Outline:
    """Takes in the sessions of one person and makes the Composition of their document."""

    def __init__(self, lexicon: Lexicon, naming: Naming, resources: SessionResources) -> None:
        self._lexicon = lexicon
        self._naming = naming
        self._resources = resources
        self._people: dict[str, None] = {}
        self._shared: dict[str, None] = {}
        self._sections: list[Resource] = []
        self._marks: list[str] = []
        self._latest: datetime | None = None

    def add(self, session: PlayedSession, entries: Sequence[Entry]) -> None:
        """One session with its own resources."""
        self._people[session.person] = None
        self._shared[self._naming.urn("program", program_key(session))] = None
        self._shared[self._naming.urn("plan", plan_key(session))] = None
        self._marks += (session.id, session.fingerprint)
        self._marks += (entry.url for entry in entries)
        self._notice(_moments(session))
        section: Resource = {
            "title": written(session.began),
            "text": self._narrative(session),
            "entry": [entry.reference for entry in entries],
        }
        self._sections.append(section)

    def add_stop(self, person: str, lock: SetLock) -> None:
        """One stop that belongs to no session."""
        entry = self._resources.flag(person, lock)
        self._people[person] = None
        self._marks.append(entry.url)
        self._notice(_turns(lock))
        line = escape(entry.resource["code"]["text"])
        section: Resource = {
            "title": written(lock.set_at),
            "text": _div(f"<p>{line}</p>"),
            "entry": [entry.reference],
        }
        self._sections.append(section)

    def head(self) -> Resource:
        """What a document bundle says about itself."""
        return {
            "identifier": self._naming.identifier("document", self._key),
            "type": "document",
            "timestamp": written(self._moment),
        }

    def composition(self, definitions: Iterable[Entry]) -> Entry:
        """The Composition. Raises ValueError, in plain words, when none can be made."""
        if not self._people:
            raise ValueError("there are no sessions, and a document is about some")
        if len(self._people) > 1:
            raise ValueError(
                f"a document is about one person, and these sessions are of"
                f" {', '.join(self._people)}; choose a profile"
            )
        (person,) = self._people
        subject = self._naming.reference("person", person)
        used = [*self._shared, *(entry.url for entry in definitions)]
        resource: Resource = {
            "resourceType": "Composition",
            "language": self._lexicon.language,
            "identifier": self._naming.identifier("document", self._key),
            "status": "final",
            "type": self._lexicon.coded("patient_note", self._lexicon.say("document")),
            "subject": subject,
            "date": written(self._moment),
            "author": [subject],
            "title": self._lexicon.say("document"),
            "section": [
                *self._sections,
                {
                    "title": self._lexicon.say("questions_and_codes"),
                    "entry": [{"reference": url} for url in used],
                },
            ],
        }
        return Entry(self._naming.urn("document", self._key), resource)

    def _notice(self, moments: Iterable[datetime]) -> None:
        for moment in moments:
            self._marks.append(written(moment))
            if self._latest is None or moment > self._latest:
                self._latest = moment

    @property
    def _key(self) -> str:
        """Another document whenever anything in it is another."""
        return self._naming.urn("sessions", "\n".join(self._marks)).removeprefix("urn:uuid:")

    @property
    def _moment(self) -> datetime:
        if self._latest is None:
            raise ValueError("there are no sessions, and a document is about some")
        return self._latest

    def _narrative(self, session: PlayedSession) -> Resource:
        lines = [
            self._outcome(session),
            self._lexicon.say(
                "before",
                tingling=self._answer(session.tingling),
                pain=self._answer(session.pain),
            ),
            *(self._row(played) for played in session.sets),
            *self._corrections(session),
        ]
        if not session.sets:
            lines.insert(2, self._lexicon.say("no_sets"))
        items = "".join(f"<li>{escape(cleaned(line))}</li>" for line in lines)
        return _div(f"<ul>{items}</ul>")

    def _outcome(self, session: PlayedSession) -> str:
        outcome = self._lexicon.display(f"outcome_{session.outcome}")
        rules = self._resources.reasons(session)
        if not rules:
            return outcome
        return self._lexicon.say("for_rules", outcome=outcome, rules=", ".join(rules))

    def _row(self, played: PlayedSet) -> str:
        side = played.side
        leg = self._lexicon.display(f"leg_{side}") if side else self._lexicon.say("no_leg")
        return self._lexicon.say(
            "row",
            n=played.n,
            exercise=played.exercise,
            level=played.level.value,
            leg=leg.lower(),
            reps=played.reps,
            tingling=self._answer(played.tingling),
            pain=self._answer(played.pain),
        )

    def _corrections(self, session: PlayedSession) -> Iterable[str]:
        taken_back = self._lexicon.say("taken_back")
        for one in session.corrections:
            about = self._resources.ratings.about(Asked(one.asked), one.moment, one.n)
            value = taken_back if one.value is None else one.value
            yield self._lexicon.say("was_corrected", about=about, value=value)

    def _answer(self, rating: int | None) -> str | int:
        return self._lexicon.say("no_answer") if rating is None else rating


def _moments(session: PlayedSession) -> Iterable[datetime]:
    """Every moment something of this session was said or set, so also its last."""
    yield session.began
    yield session.closed
    yield from (said.said for said in session.later)
    yield from (one.made for one in session.corrections)
    for lock in session.locks:
        yield from _turns(lock)


def _turns(lock: SetLock) -> Iterable[datetime]:
    """When it was set, and when it was lifted."""
    yield lock.set_at
    if lock.lifted_at is not None:
        yield lock.lifted_at


def _div(inside: str) -> Resource:
    """Words for people, as FHIR has them beside the data."""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{inside}</div>'
    return {"status": "generated", "div": div}
