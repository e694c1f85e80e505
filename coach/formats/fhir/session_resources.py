"""One session as resources: the Procedure, what was done, told and decided, and its stops."""

from collections.abc import Iterable, Iterator

from coach.domain.outcome import Outcome
from coach.domain.record import Asked, Moment, PlayedSession, PlayedSet, SetLock
from coach.domain.side import Side
from coach.formats.fhir.lexicon import Lexicon, Resource
from coach.formats.fhir.naming import Entry, Naming, cleaned, plan_key, program_key, written
from coach.formats.fhir.questionnaires import Forms
from coach.formats.fhir.ratings import SURVEY, Question, Ratings
from coach.formats.fhir.responses import Responses

_ACTIVITY = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "activity",
            "display": "Activity",
        }
    ]
}
_STATUS = {Outcome.COMPLETED: "completed", Outcome.REFUSED: "not-done"}
#: Not settled by then (clinical.md 9.3 REC-04); a set says -1.
_LONGEST_WATCHED_S = 600
_NOT_IN_SESSION = ("DAY-", "REC-04")
"""Rules of the ten minutes and the days after it; they did not end it (clinical.md 9.4)."""


class SessionResources:
    """Makes the resources of sessions, one session at a time."""

    def __init__(self, lexicon: Lexicon, naming: Naming, forms: Forms) -> None:
        self._lexicon = lexicon
        self._naming = naming
        self._responses = Responses(lexicon, naming, forms)
        self.ratings = Ratings(lexicon, naming)

    def entries(self, session: PlayedSession) -> Iterator[Entry]:
        """Everything that belongs to this session alone, the Procedure first."""
        yield self._procedure(session)
        yield from self._check_in(session)
        for played in session.sets:
            yield from self._set(session, played)
        if session.sets:
            yield self._duration(session)
        yield from self._later(session)
        for lock in session.locks:
            yield self.flag(session.person, lock, program_key(session))

    def reasons(self, session: PlayedSession) -> tuple[str, ...]:
        """The ids of the rules that ended a session; none for one that was completed."""
        if session.outcome is Outcome.COMPLETED:
            return ()
        found = [
            lock.rule
            for lock in session.locks
            if lock.set_at <= session.closed and not lock.rule.startswith(_NOT_IN_SESSION)
        ]
        last = session.sets[-1] if session.sets else None
        if last is not None and last.action is not None and last.action.stops_session:
            found += last.rules
        return tuple(dict.fromkeys(filter(None, map(cleaned, found))))

    def _procedure(self, session: PlayedSession) -> Entry:
        person = self._naming.reference("person", session.person)
        identifiers = [self._naming.identifier("session", session.id)]
        if session.fingerprint:
            identifiers.append(self._naming.identifier("log", session.fingerprint))
        resource: Resource = {
            "resourceType": "Procedure",
            "identifier": identifiers,
            "basedOn": [self._naming.reference("plan", plan_key(session))],
            "status": _STATUS.get(session.outcome, "stopped"),
        }
        if session.outcome is not Outcome.COMPLETED:
            resource["statusReason"] = self._why(session)
        legs = [side for side in Side if any(played.side is side for played in session.sets)]
        resource |= {
            "code": self._lexicon.coded("exercise_session", self._lexicon.say("session")),
            "subject": person,
            "performedPeriod": _period(session)["effectivePeriod"],
            "performer": [{"actor": person}],
        }
        if legs:
            resource["bodySite"] = [self._lexicon.concept(f"leg_{side}") for side in legs]
        resource["usedReference"] = [self._naming.reference("program", program_key(session))]
        return Entry(self._naming.urn("session", session.id), resource)

    def _why(self, session: PlayedSession) -> Resource:
        word = f"outcome_{session.outcome}"
        rules = self.reasons(session)
        said = {"outcome": self._lexicon.display(word)}
        if rules:
            text = self._lexicon.say("for_rules", **said, rules=", ".join(rules))
        else:
            text = self._lexicon.say("nothing_more", **said)
        return {"coding": [self._lexicon.local(word)], "text": text}

    def _check_in(self, session: PlayedSession) -> Iterator[Entry]:
        response = self._responses.check_in(session)
        if response is not None:
            yield response
        began = {"effectiveDateTime": written(session.began)}
        question = Question(Moment.CHECK_IN, 0, "check-in", began, response)
        yield from self.ratings.of(session, question, Asked.TINGLING, session.tingling)
        yield from self.ratings.of(session, question, Asked.PAIN, session.pain)

    def _set(self, session: PlayedSession, played: PlayedSet) -> Iterator[Entry]:
        yield self._done(session, played)
        response = self._responses.after_set(session, played)
        if response is not None:
            yield response
        question = Question(Moment.SET, played.n, f"set-{played.n}", _period(session), response)
        yield from self.ratings.of(session, question, Asked.TINGLING, played.tingling)
        yield from self.ratings.of(session, question, Asked.PAIN, played.pain)
        told = [
            *(("where_felt", f"place_{place}") for place in played.where),
            *(("felt_like", f"feel_{feel}") for feel in played.feels),
            *(("something_new", f"new_{news}") for news in played.new),
        ]
        if told:
            parts = [self._part(word, concept=self._lexicon.concept(what)) for word, what in told]
            extra: Resource = {"component": parts}
            yield self._observation(session, played, "told", extra, response, by_person=True)
        if played.settled_s is not None:
            extra = {"valueQuantity": self._settled(played.settled_s)}
            yield self._observation(session, played, "settled_after", extra, by_person=True)
        if played.action is not None:
            yield self._decision(session, played, response)

    def _done(self, session: PlayedSession, played: PlayedSet) -> Entry:
        parts: list[Resource] = [
            {**self._part("set_number"), "valueInteger": played.n},
            *self._texts("exercise", (played.exercise,)),
            *self._texts("level", (played.level,)),
        ]
        if played.side is not None:
            leg = self._lexicon.concept(f"leg_{played.side}")
            parts.append(self._part("leg", concept=leg))
        duration = self._lexicon.coded("exercise_duration", self._lexicon.say("set_duration"))
        parts += [
            {**self._part("repetitions"), "valueInteger": played.reps},
            {"code": duration, "valueQuantity": self._minutes(played.done_ms)},
            {
                **self._part("rest"),
                "valueQuantity": self._lexicon.quantity(played.rest_s, "seconds"),
            },
        ]
        return self._observation(
            session, played, "exercise_set", {"component": parts}, category=_ACTIVITY
        )

    def _decision(self, session: PlayedSession, played: PlayedSet, response: Entry | None) -> Entry:
        """What the coach did next, by which rules and levers."""
        action = played.action.name.lower() if played.action is not None else ""
        parts: list[Resource] = [
            *self._texts("rule", played.rules),
            *self._texts("lever", played.levers),
        ]
        decided: Resource = {"valueCodeableConcept": self._lexicon.concept(f"action_{action}")}
        if parts:
            decided["component"] = parts
        return self._observation(session, played, "what_next", decided, response, category=None)

    def _duration(self, session: PlayedSession) -> Entry:
        key = f"{session.id}/duration"
        code = self._lexicon.coded("exercise_duration", self._lexicon.say("duration"))
        resource = self._plain(session, "duration", _ACTIVITY, code)
        whole = sum(played.done_ms for played in session.sets)
        resource["valueQuantity"] = self._minutes(whole)
        return Entry(self._naming.urn("observation", key), resource)

    def _later(self, session: PlayedSession) -> Iterator[Entry]:
        """Answers ten minutes later and next morning; corrections go with the last one given."""
        last = {said.moment: place for place, said in enumerate(session.later)}
        for place, said in enumerate(session.later):
            response = self._responses.later(session, place, said)
            if response is not None:
                yield response
            at = {"effectiveDateTime": written(said.said)}
            stands = last[said.moment] == place
            question = Question(said.moment, 0, f"later-{place}", at, response, stands)
            yield from self.ratings.of(session, question, Asked.TINGLING, said.tingling)
            yield from self.ratings.of(session, question, Asked.PAIN, said.pain)
        for moment in (Moment.TEN_MINUTES, Moment.MORNING):
            if moment not in last:  # only said afterwards, if at all
                question = Question(moment, 0, moment.value.replace("_", "-"), {})
                for asked in Asked:
                    yield from self.ratings.of(session, question, asked, None)

    def flag(self, person: str, lock: SetLock, program: str | None = None) -> Entry:
        """A stop, still standing or lifted. Who lifted it stays out: it may be a name.

        program: the key of the version that set it, None where that is not known.
        """
        word = f"lock_{lock.tier.name.lower()}"
        period = {"start": written(lock.set_at)}
        if lock.lifted_at is not None:
            period["end"] = written(lock.lifted_at)
        resource: Resource = {
            "resourceType": "Flag",
            "identifier": [self._naming.identifier("stop", lock.id)],
            "status": "active" if lock.lifted_at is None else "inactive",
            "category": [{"coding": [self._lexicon.local(word)]}],
            "code": {"text": self._lexicon.say("stop", rule=cleaned(lock.rule))},
            "subject": self._naming.reference("person", person),
            "period": period,
        }
        if program is not None:
            resource["author"] = self._naming.reference("program", program)
        return Entry(self._naming.urn("stop", lock.id), resource)

    def _texts(self, word: str, values: Iterable[str]) -> Iterator[Resource]:
        for value in values:
            text = cleaned(value)
            if text:
                yield {**self._part(word), "valueString": text}

    def _part(self, word: str, *, concept: Resource | None = None) -> Resource:
        part: Resource = {"code": self._lexicon.concept(word)}
        return part if concept is None else {**part, "valueCodeableConcept": concept}

    def _observation(
        self,
        session: PlayedSession,
        played: PlayedSet,
        word: str,
        extra: Resource,
        response: Entry | None = None,
        *,
        category: Resource | None = SURVEY,
        by_person: bool = False,
    ) -> Entry:
        name = f"set-{played.n}/{word}"
        resource = self._plain(session, name, category, self._lexicon.concept(word))
        if by_person:
            resource["performer"] = [self._naming.reference("person", session.person)]
        if response is not None:
            resource["derivedFrom"] = [response.reference]
        return Entry(self._naming.urn("observation", f"{session.id}/{name}"), resource | extra)

    def _plain(
        self, session: PlayedSession, name: str, category: Resource | None, code: Resource
    ) -> Resource:
        kind = {} if category is None else {"category": [category]}
        return {
            "resourceType": "Observation",
            "identifier": [self._naming.identifier("observation", f"{session.id}/{name}")],
            "partOf": [self._naming.reference("session", session.id)],
            "status": "final",
            **kind,
            "code": code,
            "subject": self._naming.reference("person", session.person),
            **_period(session),
            "device": self._naming.reference("program", program_key(session)),
        }

    def _minutes(self, ms: int) -> Resource:
        return self._lexicon.quantity(round(ms / 60_000, 2), "minutes")

    def _settled(self, seconds: int) -> Resource:
        if seconds >= 0:
            return self._lexicon.quantity(seconds, "seconds")
        return {"comparator": ">"} | self._lexicon.quantity(_LONGEST_WATCHED_S, "seconds")


def _period(session: PlayedSession) -> Resource:
    """The session's time: the record does not keep the minute of each set."""
    start, end = sorted((session.began, session.closed))
    return {"effectivePeriod": {"start": written(start), "end": written(end)}}
