"""The words of a session, cut into pieces that are spoken one after another."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from coach.app.phrasing import Phrasing
from coach.app.session.session_view import PAIN_ITEM, PLACES_ITEM, TINGLING_ITEM
from coach.domain.decision import Phrase
from coach.domain.exercise import Exercise
from coach.domain.rating import HIGHEST, LOWEST, Feel, News, Place, RestAnswer
from coach.domain.screening import Reply
from coach.engine.course import Block
from coach.engine.effects import Effect, Say
from coach.engine.inputs import (
    BaselinePain,
    BaselinePlaces,
    BaselineTingling,
    Input,
    Rated,
    Replied,
    RestReply,
)
from coach.engine.script import Script
from coach.engine.stages.announcing import announcement
from coach.rules.check_in import EASY_DAY_FROM, Clearance

#: The phrase of each check-in item that is no screening question.
ITEM_PHRASES: Mapping[str, str] = {
    TINGLING_ITEM: "ask.baseline_tingling",
    PAIN_ITEM: "ask.baseline_pain",
    PLACES_ITEM: "ask.baseline_where",
}
#: What tells tingling from numbness, read out before the first question about either (H23).
DEFINITIONS = (Phrase("feel_help.tingling"), Phrase("feel_help.numb"))

GAP_MS = 150  # between two sentences
SLOW_GAP_MS = 700  # between the sentences of a stop message
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_SLOW = "tier."
_CHOSEN = "heard.chosen"


class Need(IntEnum):
    """What goes first when there is not enough time for everything (peers.md 4)."""

    ECHO = 0
    REASON = 1
    NEXT = 2
    INSTRUCTION = 3


class Felt(StrEnum):
    """What a rating is about."""

    TINGLING = "tingling"
    PAIN = "pain"


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence; gap_ms: the silence before whatever is said after it."""

    text: str
    need: Need = Need.INSTRUCTION
    gap_ms: int = GAP_MS


def _need(key: str) -> Need:
    if key == _CHOSEN:
        return Need.ECHO
    if key.startswith("why."):
        return Need.REASON
    return Need.NEXT if key.startswith("cue.next") else Need.INSTRUCTION


def pieces_of_text(text: str) -> tuple[Piece, ...]:
    """The sentences of a text that is no phrase, such as a screening question."""
    return tuple(Piece(sentence) for sentence in _SENTENCE_END.split(text.strip()) if sentence)


def pieces(phrases: Iterable[Phrase], phrasing: Phrasing) -> tuple[Piece, ...]:
    """The sentences of some phrases, in order."""
    return tuple(
        Piece(one.text, _need(phrase.key), SLOW_GAP_MS if phrase.key.startswith(_SLOW) else GAP_MS)
        for phrase in phrases
        for one in pieces_of_text(phrasing.words(phrase))
    )


def said_in(effects: Iterable[Effect]) -> tuple[Phrase, ...]:
    """The phrases that some effects ask for, in order."""
    return tuple(effect.phrase for effect in effects if isinstance(effect, Say))


# What somebody answered, said back


def rating_heard(felt: Felt, number: int) -> Phrase:
    """How a rating is said back."""
    return Phrase(f"heard.{felt}", (("number", f"@number.{number}"),))


def _rating(felt: Felt, number: int | None) -> tuple[Phrase, ...]:
    known = number is not None and LOWEST <= number <= HIGHEST
    return (rating_heard(felt, number),) if number is not None and known else ()


def _numb(answer: RestAnswer) -> tuple[Phrase, ...]:
    return () if answer.numb is None else (reply_heard(Reply.YES if answer.numb else Reply.NO),)


def reply_heard(reply: Reply) -> Phrase:
    """How a reply is said back."""
    return Phrase(f"heard.{reply.name.lower()}")


def _chosen(key: str) -> Phrase:
    return Phrase(_CHOSEN, (("what", f"@{key}"),))


def places_heard(where: Collection[Place]) -> tuple[Phrase, ...]:
    """How places are said back, each by itself: there are too many to make every set ready."""
    return tuple(_chosen(f"place.{place}") for place in Place if place in where)


def feels_heard(feels: Collection[Feel]) -> tuple[Phrase, ...]:
    """How it is said back what a set was like."""
    return tuple(_chosen(f"feel.{feel}") for feel in Feel if feel in feels)


def news_heard(news: Collection[News]) -> tuple[Phrase, ...]:
    """How it is said back what is new, or that nothing is."""
    named = tuple(_chosen(f"news.{one}") for one in News if one in news)
    return named or (_chosen("news.none"),)


def heard(given: Input) -> tuple[Phrase, ...]:
    """How an input is said back; nothing for what is no answer."""
    match given:
        case Replied(_, reply):
            return (reply_heard(reply),)
        case BaselineTingling(number):
            return _rating(Felt.TINGLING, number)
        case BaselinePain(number):
            return _rating(Felt.PAIN, number)
        case BaselinePlaces(where):
            return places_heard(where)
        case Rated(answers):
            return (
                *_rating(Felt.TINGLING, answers.tingling),
                *_rating(Felt.PAIN, answers.pain),
                *places_heard(answers.where),
                *feels_heard(answers.feels),
                *news_heard(answers.new),
            )
        case RestReply(answer):
            return (
                *_rating(Felt.TINGLING, answer.tingling),
                *_numb(answer),
                *_rating(Felt.PAIN, answer.pain),
            )
        case _:
            return ()


# Everything a session can say, to be made ready before it is needed

#: Whole sections of the phrase catalogue that any session may need.
_SECTIONS = ("cue", "ask", "decision", "lever", "why", "tier", "outcome")
#: Of those, what only the window shows, and what is asked before a session.
_SHOWN = re.compile(r"ask\.(first|about_|morning_|sore_side)")
_REST = (Phrase("R1.start"), Phrase("R1.reminder"), Phrase("cue.next", (("exercise", "@R1.name"),)))
_EASY_DAY = Phrase("ui.check_in.easy_day")


def _exercises(block: Block, script: Script) -> list[Exercise]:
    """The exercise of a block and every gentler one that easing may lead to."""
    names = [block.exercise, *(step.target for step in block.ease if step.target)]
    return [script.exercises[name] for name in dict.fromkeys(names)]


def _of_block(block: Block, script: Script) -> Iterator[Phrase]:
    """All that one block may need, first needed first."""
    exercises = _exercises(block, script)
    side = () if block.side is None else (("side", f"@side.{block.side}"),)
    if block.kind.rated:
        for exercise in exercises:
            yield from announcement(exercise, block.side)
    for exercise in exercises:
        yield from (Phrase(key) for _, key in exercise.cues)
    if side:
        yield Phrase("cue.switch_sides", side)
    most = max(level.sets for exercise in exercises for level in exercise.levels)
    for sets in range(most, 0, -1):
        for n in range(1, sets + 1):
            numbers = (("m", str(sets)), ("n", str(n)))
            yield Phrase("cue.set_of_side" if side else "cue.set_of", (*numbers, *side))
            for exercise in exercises:
                name = ("exercise", f"@{exercise.id}.name")
                key = "cue.next_set" if side else "cue.next_set_plain"
                yield Phrase(key, (name, *numbers, *side))
    for exercise in exercises:
        yield Phrase("lever.POS", (("exercise", f"@{exercise.id}.name"),))


def _always(phrasing: Phrasing) -> Iterator[Phrase]:
    """What any session may need at any moment."""
    yield from (rating_heard(felt, n) for felt in Felt for n in range(LOWEST, HIGHEST + 1))
    yield from (reply_heard(reply) for reply in Reply)
    yield from (*places_heard([*Place]), *feels_heard([*Feel]))
    yield from (*news_heard([]), *news_heard([*News]))
    yield from (*_REST, _EASY_DAY)
    for key in phrasing.phrases:
        ready = phrasing.phrases.blanks(key) <= {"number"}
        if ready and key.partition(".")[0] in _SECTIONS and not _SHOWN.match(key):
            yield Phrase(key)


def cues_of(script: Script, phrasing: Phrasing, questions: Mapping[str, str]) -> list[str]:
    """Every sentence a session can say, first needed first, whatever the check-in finds.

    The first announcement leads, because it has a deadline of its own; what is asked before it
    waits for the person. questions: the texts of the screening questions.
    """
    usual = script.course(Clearance(tags=script.tags)).blocks
    easy = script.course(Clearance(tags=script.tags, tingling=EASY_DAY_FROM, pain=LOWEST)).blocks
    first = usual[0] if usual else None
    begins: tuple[Phrase, ...] = (Phrase("cue.warm_up"),)
    if first is not None and first.kind.rated:
        begins = announcement(script.exercises[first.exercise], first.side)
    asked = (Phrase(key) for key in ITEM_PHRASES.values())
    known = [
        *pieces(begins, phrasing),
        *(piece for one in script.questions for piece in pieces_of_text(questions[one.id])),
        *pieces((*DEFINITIONS, *asked), phrasing),
        *pieces((one for block in (*usual, *easy) for one in _of_block(block, script)), phrasing),
        *pieces(_always(phrasing), phrasing),
    ]
    return list(dict.fromkeys(piece.text for piece in known))
