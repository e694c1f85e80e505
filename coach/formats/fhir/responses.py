"""What was answered, as QuestionnaireResponses; a question without an answer is not there."""

from collections.abc import Iterable, Mapping
from typing import Any

from coach.domain.record import Moment, PlayedSession, PlayedSet, SaidLater
from coach.domain.screening import Reply
from coach.formats.fhir.lexicon import Lexicon, Resource
from coach.formats.fhir.naming import Entry, Naming, written
from coach.formats.fhir.questionnaires import Form, Forms

_FORMS = {Moment.TEN_MINUTES: Form.TEN_MINUTES, Moment.MORNING: Form.MORNING}


class Responses:
    """Makes the responses of sessions."""

    def __init__(self, lexicon: Lexicon, naming: Naming, forms: Forms) -> None:
        self._lexicon = lexicon
        self._naming = naming
        self._forms = forms

    def check_in(self, session: PlayedSession) -> Entry | None:
        """The questions before the session; None when nothing at all was answered.

        Raises ValueError when a reply is none that can be given.
        """
        replies = {
            link: [self._coding(f"reply_{Reply(reply).replace(' ', '_')}")]
            for link, reply in session.replies.items()
            if reply is not None and link in self._forms.asked
        }
        answers = {**replies, **_ratings(session.tingling, session.pain)}
        unanswered = None in session.replies.values()
        return self._response(
            session,
            Form.CHECK_IN,
            "check-in",
            answers,
            complete=not unanswered and None not in (session.tingling, session.pain),
            authored=written(session.began),
        )

    def after_set(self, session: PlayedSession, played: PlayedSet) -> Entry | None:
        """The questions after a set; None when nothing was answered.

        Nobody noted the minute of each answer here, so it is dated by the end of its session.
        """
        answers = {
            **_ratings(played.tingling, played.pain),
            "where": [self._coding(f"place_{place}") for place in played.where],
            "feels": [self._coding(f"feel_{feel}") for feel in played.feels],
            "new": [self._coding(f"new_{news}") for news in played.new],
        }
        if not any(answers.values()):
            return None
        return self._response(
            session,
            Form.AFTER_SET,
            f"set-{played.n}",
            {"set": [{"valueInteger": played.n}], **answers},
            complete=None not in (played.tingling, played.pain),
            authored=written(session.closed),
        )

    def later(self, session: PlayedSession, place: int, said: SaidLater) -> Entry | None:
        """What was said after the session; None for a question that was skipped."""
        form = _FORMS[said.moment]
        extra, answer = ("woken", said.woken) if form is Form.MORNING else ("numb", said.numb)
        answers = {
            **_ratings(said.tingling, said.pain),
            extra: [] if answer is None else [{"valueBoolean": answer}],
        }
        # Ten minutes later only tingling has to be answered (clinical.md 9.1 Q5).
        needed = (said.tingling, said.pain) if form is Form.MORNING else (said.tingling,)
        return self._response(
            session,
            form,
            f"later-{place}",
            answers,
            complete=None not in needed,
            authored=written(said.said),
        )

    def _coding(self, word: str) -> Resource:
        return {"valueCoding": self._lexicon.local(word)}

    def _response(
        self,
        session: PlayedSession,
        form: Form,
        name: str,
        answers: Mapping[str, list[Resource]],
        *,
        complete: bool,
        authored: str,
    ) -> Entry | None:
        questions = self._forms.entries[form].resource["item"]
        items = list(_items(questions, answers))
        if not items:
            return None
        key = f"{session.id}/{name}"
        person = self._naming.reference("person", session.person)
        resource: Resource = {
            "resourceType": "QuestionnaireResponse",
            "language": self._lexicon.language,
            "identifier": self._naming.identifier("response", key),
            "partOf": [self._naming.reference("session", session.id)],
            "questionnaire": self._forms.canonical(form),
            "status": "completed" if complete else "stopped",
            "subject": person,
            "authored": authored,
            "author": person,
            "source": person,
            "item": items,
        }
        return Entry(self._naming.urn("response", key), resource)


def _items(
    questions: Iterable[Mapping[str, Any]], answers: Mapping[str, list[Resource]]
) -> Iterable[Resource]:
    """The answers in the order of the questions."""
    for question in questions:
        given = answers.get(question["linkId"])
        if given:
            yield {"linkId": question["linkId"], "text": question["text"], "answer": given}


def _ratings(tingling: int | None, pain: int | None) -> dict[str, list[Resource]]:
    said = {"tingling": tingling, "pain": pain}
    return {name: [{"valueInteger": value}] for name, value in said.items() if value is not None}
