"""The words of a session: cut into sentences, said back, and all known beforehand."""

import pytest

from coach.app.phrasing import Phrasing
from coach.app.sound.cues import (
    DEFINITIONS,
    Felt,
    Need,
    Piece,
    cues_of,
    heard,
    news_heard,
    pieces,
    pieces_of_text,
    rating_heard,
)
from coach.domain.decision import Phrase
from coach.domain.plan import Plan
from coach.domain.rating import Feel, News, Place, RestAnswer, SetAnswers
from coach.domain.screening import Reply
from coach.engine.inputs import (
    BaselinePain,
    BaselinePlaces,
    BaselineTingling,
    Input,
    Pause,
    Rated,
    Replied,
    RestReply,
)
from coach.engine.script import Script
from coach.voice.cue_text import LIMIT, clean
from opened_program import SHIPPED
from playing import plan_of

PHRASING = Phrasing(SHIPPED.phrases, "112")
QUESTIONS = {question.id: question.text for question in SHIPPED.screen}


def script_for(plan: Plan) -> Script:
    questions = SHIPPED.questions(full=True)
    return Script(plan, SHIPPED.catalogue, questions, SHIPPED.after_set)


def said(given: Input) -> str:
    return " ".join(PHRASING.words(phrase) for phrase in heard(given))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Replied("E1", Reply.NO), "No."),
        (Replied("E1", Reply.YES), "Yes."),
        (Replied("E1", Reply.NOT_SURE), "Not sure."),
        (BaselineTingling(4), "Tingling four."),
        (BaselinePain(0), "Pain zero."),
        (Rated(SetAnswers(tingling=10, pain=7)), "Tingling ten. Pain seven. Nothing new."),
        (
            Rated(
                SetAnswers(
                    3,
                    0,
                    where=frozenset({Place.HEEL, Place.CALF}),
                    feels=frozenset({Feel.BURNING, Feel.PULL}),
                    new=frozenset({News.NUMB_STAYS}),
                )
            ),
            "Tingling three. Pain zero. Calf. Heel. A pull. Burning. Less feeling that stays.",
        ),
        (BaselinePlaces(frozenset({Place.TOES, Place.OTHER_LEG})), "Toes. The other leg."),
        (BaselinePlaces(frozenset()), ""),
        (RestReply(RestAnswer(1)), "Tingling one."),
        (RestReply(RestAnswer(2, pain=5)), "Tingling two. Pain five."),
        (Pause(), ""),
        (BaselineTingling(11), ""),
        (Rated(SetAnswers(tingling=3)), "Tingling three. Nothing new."),
    ],
)
def test_an_answer_is_said_back(given: Input, words: str) -> None:
    assert said(given) == words


@pytest.mark.parametrize("felt", list(Felt))
def test_every_rating_has_words(felt: Felt) -> None:
    words = [PHRASING.words(rating_heard(felt, number)) for number in range(11)]
    assert len(set(words)) == 11
    assert all(text.lower().startswith(felt.value) for text in words)


def test_a_text_is_cut_into_its_sentences() -> None:
    """Nothing is lost, nothing is added."""
    text = "Stop. Call 112 or go. Is it? Yes!"
    assert [piece.text for piece in pieces_of_text(text)] == [
        "Stop.",
        "Call 112 or go.",
        "Is it?",
        "Yes!",
    ]
    assert pieces_of_text("  ") == ()


def test_echoes_and_reasons_go_first_and_instructions_last() -> None:
    """peers.md 4: name and instruction beat numbers; a reason can be read.

    What was chosen a moment ago is known to whoever chose it.
    """
    phrases = [Phrase("why.SET-01"), Phrase("cue.next", (("exercise", "@S3.name"),))]
    needs = [
        piece.need for piece in pieces([*news_heard([]), *phrases, Phrase("lever.RNG")], PHRASING)
    ]
    assert needs == [Need.ECHO, Need.REASON, Need.NEXT, Need.INSTRUCTION]
    assert Need.ECHO < Need.REASON < Need.NEXT < Need.INSTRUCTION


def test_the_first_announcement_is_made_ready_first() -> None:
    """Then what is asked before it, in its order."""
    cues = cues_of(script_for(plan_of('id = "S3", side = "left"')), PHRASING, QUESTIONS)
    assert cues[0] == "Get ready."
    assert cues[1] == "Lying slider, left leg."
    first = pieces_of_text(QUESTIONS["E1"])[0].text
    second = pieces_of_text(QUESTIONS["E2"])[0].text
    assert cues.index("Turn at first pull.") < cues.index(first) < cues.index(second)
    assert cues.index(second) < cues.index("Tingling four.")

    warm = cues_of(
        script_for(plan_of('id = "W1"', 'id = "S3", side = "left"')), PHRASING, QUESTIONS
    )
    assert warm[0] == SHIPPED.phrases.say("cue.warm_up")


def test_no_cue_is_too_long_for_the_voice_and_none_comes_twice() -> None:
    """What is cut off at the engine's limit would not be what is captioned."""
    plan = plan_of(*(f'id = "{name}", side = "both"' for name in ("S1", "S2", "S3", "S4", "H1")))
    cues = cues_of(script_for(plan), PHRASING, QUESTIONS)
    assert len(cues) == len(set(cues))
    assert [text for text in cues if len(text) > LIMIT or not clean(text)] == []


@pytest.mark.parametrize("number", ["112", "your local emergency number", "999 or 112"])
def test_stop_messages_are_ready_whatever_the_number(number: str) -> None:
    phrasing = Phrasing(SHIPPED.phrases, number)
    ready = cues_of(script_for(plan_of('id = "S3", side = "left"')), phrasing, QUESTIONS)
    for tier in ("emergency", "urgent", "clearance", "end_session"):
        wanted = pieces([Phrase(f"tier.{tier}")], phrasing)
        assert {piece.text for piece in wanted} <= set(ready)
        assert all(isinstance(piece, Piece) and len(piece.text) <= LIMIT for piece in wanted)


def test_whatever_can_be_chosen_is_said_back_with_words_that_are_ready() -> None:
    """In any combination, because each is a sentence of its own."""
    ready = cues_of(script_for(plan_of('id = "S3", side = "left"')), PHRASING, QUESTIONS)
    everything = SetAnswers(0, 0, frozenset(Place), frozenset(Feel), frozenset(News))
    back = pieces([*heard(Rated(everything)), *news_heard([])], PHRASING)
    assert len(back) == 2 + len(Place) + len(Feel) + len(News) + 1
    assert {piece.text for piece in back} <= set(ready)


@pytest.mark.hazard("H23")
def test_both_definitions_are_made_ready() -> None:
    ready = cues_of(script_for(plan_of('id = "S3", side = "left"')), PHRASING, QUESTIONS)
    assert {piece.text for piece in pieces(DEFINITIONS, PHRASING)} <= set(ready)
