"""A check-in question with its words in one language."""

from dataclasses import dataclass

from coach.domain.screening import Question


@dataclass(frozen=True, slots=True)
class ScreenQuestion:
    """A question with its words."""

    question: Question
    text: str

    @property
    def id(self) -> str:
        """The question's id, such as E1."""
        return self.question.id
