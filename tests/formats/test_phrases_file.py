"""One catalogue holds all words, and a blank is never left empty."""

from pathlib import Path

import pytest

from coach.domain.action import Action, Tier
from coach.domain.lever import Lever
from coach.domain.rating import Feel, News, Place
from coach.formats.bad_file import BadFile
from coach.formats.phrases import Phrases
from coach.formats.phrases_file import read_phrases
from coach.formats.questions_file import read_questions
from coach.rules.after_set import KNOWN_IDS

TEXT = """format = "nerve-coach.phrases/1"
language = "en"
[cue]
rest = "Rest."
next = "Next: {exercise}."
deep.er = "Down."
"""


def test_tables_become_dotted_keys() -> None:
    phrases = read_phrases(TEXT, "en.toml")
    assert phrases.keys() == {"cue.rest", "cue.next", "cue.deep.er"}
    assert phrases.language == "en"
    assert "cue.rest" in phrases
    assert len(phrases) == 3


def test_blanks_are_filled() -> None:
    assert read_phrases(TEXT, "en.toml").say("cue.next", exercise="Bridge") == "Next: Bridge."


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        read_phrases(TEXT, "en.toml").say("cue.nothing")


@pytest.mark.parametrize(
    ("key", "blanks"),
    [("cue.next", {}), ("cue.rest", {"n": 1}), ("cue.next", {"exercise": 1, "n": 2})],
)
def test_blanks_must_match_exactly(key: str, blanks: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="blanks given"):
        read_phrases(TEXT, "en.toml").say(key, **blanks)


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('"en"', '"English"', 2, "language"),
        ('language = "en"\n', "", 1, "language"),
        ('"Rest."', "4", 4, "cue.rest"),
        ('"Rest."', '" "', 4, "cue.rest"),
        ('"Rest."', '["Rest."]', 4, "cue.rest"),
        ('"Rest."', '"\\u0007"', 4, "cue.rest"),
        ("{exercise}", "{", 5, "cue.next"),
        ("{exercise}", "{}", 5, "cue.next"),
        ("{exercise}", "{0}", 5, "cue.next"),
        ("{exercise}", "{exercise!r}", 5, "cue.next"),
        ("{exercise}", "{exercise:>10}", 5, "cue.next"),
        ("{exercise}", "{exercise.id}", 5, "cue.next"),
        ("rest =", '"deep.er" =', 6, "cue.deep.er"),
    ],
)
def test_broken_phrases_name_line_and_field(old: str, new: str, line: int, field: str) -> None:
    assert old in TEXT
    with pytest.raises(BadFile) as caught:
        read_phrases(TEXT.replace(old, new, 1), "en.toml")
    assert [(fault.line, fault.field) for fault in caught.value.faults] == [(line, field)]


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("decision", [action.name.lower() for action in Action]),
        ("action", [action.name.lower() for action in Action]),
        ("tier", [tier.name.lower() for tier in Tier]),
        ("lever", [lever.value for lever in Lever]),
        ("place", [place.value for place in Place]),
        ("feel", [feel.value for feel in Feel]),
        ("news", [news.value for news in News]),
    ],
)
def test_every_value_that_is_shown_has_words(
    prefix: str, names: list[str], phrases: Phrases
) -> None:
    assert [name for name in names if f"{prefix}.{name}" not in phrases] == []


def test_every_rule_says_why(phrases: Phrases) -> None:
    assert [rule for rule in KNOWN_IDS if f"why.{rule}" not in phrases] == []


def _text(phrases: Phrases, key: str) -> str:
    return phrases.say(key, **dict.fromkeys(phrases.blanks(key), "x"))


@pytest.fixture(scope="module")
def questions_text(root: Path) -> str:
    return (root / "assets/questions/en.toml").read_text(encoding="utf-8")


def test_questions_come_in_order_with_their_tiers(questions_text: str) -> None:
    """clinical.md 8, with the cautious reading of E6 and C9."""
    asked = read_questions(questions_text, "en.toml")
    assert len(asked) == 36
    tiers = {question.id: question.question.tier for question in asked}
    assert [q.id for q in asked][:2] == ["E1", "E2"]
    assert all(tier is Tier.EMERGENCY for name, tier in tiers.items() if name[0] == "E")
    assert all(tier is Tier.URGENT for name, tier in tiers.items() if name[0] == "U")
    assert tiers["C9"] is Tier.URGENT
    assert tiers["C1"] is Tier.CLEARANCE
    assert tiers["A6"] is Tier.ADVISE
    assert tiers["A7"] is Tier.OK


def test_the_short_screen_is_the_starred_questions(questions_text: str) -> None:
    asked = read_questions(questions_text, "en.toml")
    starred = [question.id for question in asked if question.question.every_time]
    assert starred == ["E1", "E2", "E4", "E5", "E6", "E7", "E8", "U1", "U2", "U3", "U4", "A7"]


def test_five_questions_take_exercises_away(questions_text: str) -> None:
    asked = read_questions(questions_text, "en.toml")
    tags = {q.id: q.question.tag.value for q in asked if q.question.tag}
    assert tags == {
        "C3": "no-flat",
        "A1": "no-slump",
        "A2": "no-neck",
        "A3": "no-stand",
        "A7": "just-risen",
    }


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('tier = "emergency"', 'tier = "urgent"', "question.1.tier"),
        ('tier = "emergency"', 'tier = "panic"', "question.1.tier"),
        ('id = "E2"', 'id = "E1"', "question.2.id"),
        ('id = "E2"', 'id = "E22"', "question.2.id"),
        ('id = "U1"\n', "", "question.11.id"),
        ("every_time = true", 'every_time = "yes"', "question.1.every_time"),
        ('tag = "no-flat"', 'tag = "no-sun"', "question.23.tag"),
        ('text = "Are you under 18?"', 'text = ""', "question.21.text"),
    ],
)
def test_broken_questions_name_the_field(
    old: str, new: str, field: str, questions_text: str
) -> None:
    assert old in questions_text
    with pytest.raises(BadFile) as caught:
        read_questions(questions_text.replace(old, new, 1), "en.toml")
    assert field in [fault.field for fault in caught.value.faults]


def test_no_question_can_be_left_out(questions_text: str) -> None:
    cut = questions_text[: questions_text.index('\n[[question]]\nid = "A7"')]
    with pytest.raises(BadFile, match="leaves out A7"):
        read_questions(cut, "en.toml")
