"""What many sessions share: the person, the program, the plan, the questions and the words."""

from collections.abc import Iterator

from coach.domain.record import PlayedSession
from coach.formats.fhir.lexicon import Lexicon, Resource
from coach.formats.fhir.naming import Entry, Naming, cleaned, plan_key, program_key
from coach.formats.fhir.questionnaires import Forms
from coach.formats.fhir.terminology import terminology


class SharedResources:
    """Makes them; `definitions` are the same whatever was played."""

    def __init__(self, lexicon: Lexicon, naming: Naming) -> None:
        self._lexicon = lexicon
        self._naming = naming
        self.forms = Forms(lexicon, naming)
        self.definitions = (*terminology(lexicon, naming), *self.forms.entries.values())

    def entries(self, session: PlayedSession) -> Iterator[Entry]:
        """Everything that this session's own resources refer to."""
        yield from self.definitions
        yield self.person(session.person)
        yield self._program(session)
        yield self._plan(session)

    def person(self, pseudonym: str) -> Entry:
        """A pseudonym and nothing else: who it is stays with whoever keeps the link."""
        resource: Resource = {
            "resourceType": "Patient",
            "identifier": [self._naming.identifier("person", pseudonym)],
        }
        return Entry(self._naming.urn("person", pseudonym), resource)

    def _program(self, session: PlayedSession) -> Entry:
        """The version of the program and of its rules: what the decisions rest on."""
        key = program_key(session)
        name = {"name": "Nerve Coach", "type": "user-friendly-name"}
        versions = [
            {"type": {"text": kind}, "value": value}
            for kind, said in (("program", session.engine), ("rules", session.rules_sha256))
            if (value := cleaned(said))
        ]
        resource: Resource = {
            "resourceType": "Device",
            "identifier": [self._naming.identifier("program", key)],
            "status": "active",
            "deviceName": [name],
            "type": {"text": self._lexicon.say("program")},
        }
        if versions:
            resource["version"] = versions
        return Entry(self._naming.urn("program", key), resource)

    def _plan(self, session: PlayedSession) -> Entry:
        """The plan that was played. Whether it is still in use the record does not say."""
        key = plan_key(session)
        title = cleaned(session.plan_title) or self._lexicon.say("plan")
        resource: Resource = {
            "resourceType": "ServiceRequest",
            "identifier": [self._naming.identifier("plan", key)],
            "status": "unknown",
            "intent": "plan",
            "code": self._lexicon.coded("exercise_session", title),
            "subject": self._naming.reference("person", session.person),
        }
        return Entry(self._naming.urn("plan", key), resource)
