"""Answers files: what a person would say, for playing a plan without one."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field

from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.formats.fields import RatingField, SideField
from coach.formats.questions_file import QUESTION_IDS
from coach.formats.reading import Reading, Shape
from coach.formats.toml_places import Path

FORMAT = "nerve-coach.answers/1"
MOST_SETS = 200  # entries of one file, far above what a session can hold
NEVER_SETTLED = -1

_ReplyField = Annotated[Reply, Field(strict=False)]
_PlaceField = Annotated[Place, Field(strict=False)]
_FeelField = Annotated[Feel, Field(strict=False)]
_NewsField = Annotated[News, Field(strict=False)]


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Answers before a session; what is None was not answered.

    all_reply: the reply to every question that has none of its own.
    tingling, pain: T0 and P0, 0-10.
    """

    all_reply: Reply | None = None
    replies: tuple[tuple[str, Reply], ...] = ()
    tingling: int | None = None
    pain: int | None = None
    where: frozenset[Place] = frozenset()
    sore_side: Side | None = None

    def reply(self, question_id: str) -> Reply | None:
        """The reply to one question."""
        return dict(self.replies).get(question_id, self.all_reply)


@dataclass(frozen=True, slots=True)
class SetScript:
    """Answers after one set.

    settled_s: seconds until tingling was back to T0+1 or less, -1 for not within ten minutes.
    pain_2min: pain 0-10 after two minutes of rest. What is None was not answered.
    """

    answers: SetAnswers
    settled_s: int | None = None
    pain_2min: int | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """One session's answers; the last set's answers repeat for all later sets."""

    check_in: CheckIn = CheckIn()
    sets: tuple[SetScript, ...] = ()


class CheckInShape(Shape):
    """A ``check_in`` table; every key that is not a field is a question's id."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, _ReplyField]

    all: _ReplyField | None = None
    tingling: RatingField | None = None
    pain: RatingField | None = None
    where: list[_PlaceField] = []
    sore_side: SideField | None = None

    def check_in(self) -> CheckIn:
        """The value without the file's form."""
        replies = tuple(self.__pydantic_extra__.items())
        where = frozenset(self.where)
        return CheckIn(self.all, replies, self.tingling, self.pain, where, self.sore_side)

    def check_ids(self, reading: Reading, at: Path) -> None:
        """Note a fault for every key that is no question."""
        for key in self.__pydantic_extra__:
            if key not in QUESTION_IDS:
                reading.fault((*at, key), "is not a known question")


class SetShape(Shape):
    """One ``[[set]]``."""

    tingling: RatingField | None = None
    pain: RatingField | None = None
    settled_s: Annotated[int, Field(ge=NEVER_SETTLED, le=600)] | None = None
    pain_2min: RatingField | None = None
    where: list[_PlaceField] = []
    feels: list[_FeelField] = []
    new: list[_NewsField] = []

    def script(self) -> SetScript:
        """The value without the file's form."""
        where, feels, new = frozenset(self.where), frozenset(self.feels), frozenset(self.new)
        answers = SetAnswers(self.tingling, self.pain, where, feels, new)
        return SetScript(answers, self.settled_s, self.pain_2min)


SetsField = Annotated[list[SetShape], Field(max_length=MOST_SETS)]


class _AnswersShape(Shape):
    format: str
    check_in: CheckInShape = CheckInShape()
    sets: Annotated[SetsField, Field(alias="set")] = []


def read_answers(text: bytes | str, name: str) -> Answers:
    """The answers of one file. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    shape = reading.shaped(_AnswersShape, reading.content)
    if shape is not None:
        shape.check_in.check_ids(reading, ("check_in",))
    shape = reading.accepted(shape)
    return Answers(shape.check_in.check_in(), tuple(entry.script() for entry in shape.sets))
