"""No shipped word names a cause, calls anything safe, or promises anything (hazards H02 and H21).

Everything somebody may read is looked at: each string of the assets, plans and logs that ship, the
documents, and the strings of the code. What may stand all the same is named here with its reason.
"""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coach.app.phrasing import Phrasing
from coach.domain.decision import Phrase
from playing import SHIPPED

ROOT = Path(__file__).parents[2]

_WORDS = {
    # What symptoms may come from: never for the program to say (clinical.md 10 H02).
    "cause": (
        r"discs?|slipped|herniat\w*|bulging|prolaps\w*|protrusions?|degenerat\w*|fusion",
        r"sciatic\w*|stenos\w+|neuropath\w*|radiculopath\w*|myelopath\w*|neuroma\w*|neuritis",
        r"piriformis|spondyl\w*|arthr\w+|rheumat\w*|osteopor\w*|fragile bones?|whiplash",
        r"fractur\w*|cancers?|tumou?rs?|metasta\w*|malignan\w*|infections?|inflam\w+",
        r"dvt|thromb\w*|blood clots?|embol\w*|ischa?em\w*|claudicat\w*|poor circulation",
        r"compartment\w*|cauda|ces|strokes?|diabet\w*|b12|nerve disease|hip replacement",
        r"pinched|trapped|entrap\w*|nerve (root|damage|injur\w+|irritat\w+|compress\w+)",
    ),
    # No answer of the program says that exercise is all right (clinical.md 8, 10 H21).
    "safe": (
        r"(un)?safe(r|st|ly|ty)?|safeguard\w*|harmless|risk.free|(no|without) risks?|no danger",
        r"nothing (serious|to worry)|all clear|good to go|(fit|fine|ok|okay) to exercise",
    ),
    "promise": (
        r"cur(e|es|ed|ing|able)|heal(s|ed|ing)?|relie(f|fs|ve|ves|ved|ving)|remed(y|ies)|miracle",
        r"will (soon )?(feel|get|be|become) (better|well|fine|stronger|pain.?free)|pain.free",
        r"guarantee\w*|promis(e|es|ed|ing)|proven|effective(ly)?|gets? rid|for good",
        r"(reduce|remove|end|stop|fixe?|ease)s? (your|the) (pain|tingling|symptoms?)",
    ),
    # What would make a coach into something else (the words to avoid of clinical.md 6).
    "claim": (
        r"treat(s|ed|ing|ment|ments)?|rehab\w*|therap(y|ies|eutic\w*)|assess\w*|diagnos\w*",
        r"triag\w*|monitor(s|ing)? your|clinically|medically",
    ),
}
BANNED = {
    kind: re.compile(rf"\b({'|'.join(parts)})\b", re.IGNORECASE) for kind, parts in _WORDS.items()
}

_ASKS = "asks whether the person has been told of it; says nothing about these symptoms"
_DENIES = "says what the program does not do"
_ASSESSED = "what a clinician has done, not the program"
#: What is taken out before the search, and why it may stand.
EXCUSED = {
    "Have you ever had cancer, and is there also new leg weakness": _ASKS,
    "Cancer now or in the past, with new leg weakness": _ASKS,
    "past cancer with new back or leg pain": _ASKS,
    "a recent serious infection": _ASKS,
    "new strong back pain together with osteoporosis": _ASKS,
    "Do you have diabetes with numb feet, a known nerve disease or low vitamin B12?": _ASKS,
    "Do you have a hip replacement, a spinal fusion, a slipped vertebra or a disc problem under "
    "treatment?": _ASKS,
    "Do you have osteoporosis or fragile bones?": _ASKS,
    "neck arthritis, rheumatoid disease, a past whiplash": _ASKS,
    "a sore on it that does not heal": "asks about a sore on the foot",
    "It is not a cure and does not tell you why you have symptoms.": _DENIES,
    "It does not examine you, diagnose or treat": _DENIES,
    "This page is not a diagnosis.": _DENIES,
    "somebody has assessed you": _ASSESSED,
    "who assessed you": _ASSESSED,
    "day of the assessment": _ASSESSED,
    "the person enters who assessed them": _ASSESSED,
    'never say "safe" and promise nothing': "is this very rule",
    "Exercise therapy": "the name that SNOMED CT gives one of its codes",
}
#: Whole strings of the code that nobody reads.
NOT_READ = {
    "fusion": "the name of a Qt style",
    "Fusion": "the name of a Qt style",
    "assessed ": "the key of an answer in the data file",
    r"assessed \d{4}-\d{2}-\d{2}|": "finds that key's note, so that it is shown to nobody",
    "osteoporosis": "a word that a voice says wrongly, looked for in what it is to say",
    "osteo-porosis": "how that word is written for the voice",
}


def strings_in(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """(place, text) of every string in nested tables and lists."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from strings_in(one, f"{place} {key}")
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from strings_in(one, f"{place} {n}")
    elif isinstance(value, str):
        yield place, value


def in_code(source: str, place: str) -> Iterator[tuple[str, str]]:
    """(place, text) of every string that is no docstring."""
    tree = ast.parse(source)
    comments = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in comments
            and node.value not in NOT_READ
        ):
            yield f"{place}:{node.lineno}", node.value


def in_document(text: str) -> str:
    """A document without names of files and code, which are no words about a person."""
    return re.sub(r"```.*?```|`[^`]*`|(?<=\])\([^)]*\)", " ", text, flags=re.DOTALL)


@cache
def shipped() -> tuple[tuple[str, str], ...]:
    """(place, text) of everything that may be read."""
    found: list[tuple[str, str]] = []
    for path in sorted(ROOT.rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        folder, _, _ = name.partition("/")
        if folder in ("assets", "sessions", "coach") and path.is_file():
            match path.suffix:
                case ".toml":
                    found += strings_in(tomllib.loads(path.read_text(encoding="utf-8")), name)
                case ".json":
                    found += strings_in(json.loads(path.read_text(encoding="utf-8")), name)
                case ".jsonl":
                    lines = path.read_text(encoding="utf-8").splitlines()
                    for n, line in enumerate(lines, 1):
                        found += strings_in(json.loads(line), f"{name}:{n}")
                case ".md":
                    found.append((name, in_document(path.read_text(encoding="utf-8"))))
                case ".typ":
                    quoted = re.findall(r'"([^"]*)"', path.read_text(encoding="utf-8"))
                    found += [(name, text) for text in quoted]
                case ".txt":
                    found.append((name, path.read_text(encoding="utf-8")))
                case ".svg":
                    tags = re.compile(r"<[^>]*>")
                    found.append((name, tags.sub(" ", path.read_text(encoding="utf-8"))))
                case ".py":
                    found += in_code(path.read_text(encoding="utf-8"), name)
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        name = path.relative_to(ROOT).as_posix()
        found.append((name, in_document(path.read_text(encoding="utf-8"))))
    for path in (ROOT / "packaging").rglob("*"):
        if path.is_file():
            name = path.relative_to(ROOT).as_posix()
            found.append((name, path.read_text(encoding="utf-8")))
    return tuple((place, re.sub(r"[\s>]+", " ", text)) for place, text in found)


def faults(text: str) -> list[str]:
    """The words of a text that may not stand, each with what is wrong with it."""
    for excerpt in EXCUSED:
        text = re.sub(re.escape(excerpt), " ", text, flags=re.IGNORECASE)
    return [
        f"{kind}: {match.group()}"
        for kind, words in BANNED.items()
        for match in words.finditer(text)
    ]


@pytest.mark.hazard("H02")
@pytest.mark.hazard("H21")
def test_no_shipped_word_names_a_cause_or_claims_anything() -> None:
    found = {place: wrong for place, text in shipped() if (wrong := faults(text))}
    assert found == {}


def test_everything_that_ships_is_looked_at() -> None:
    """A folder or a kind of file nobody thought of would be read by nobody."""
    kinds = {".toml", ".json", ".jsonl", ".md", ".svg", ".txt", ".typ", ".py"}
    silent = {".pyc", ".wav", ".png", ".ico", ".ttf", ".typed"}
    for folder in ("assets", "sessions", "coach"):
        suffixes = {path.suffix for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert suffixes <= kinds | silent
    places = {place.partition(" ")[0].partition(":")[0] for place, _ in shipped()}
    assert {
        "assets/questions/en.toml",
        "assets/phrases/en.toml",
        "sessions/plans/first-week.toml",
        "sessions/logs/calm.jsonl",
        "coach/voice/interface.py",
        "README.md",
        "docs/rules-and-tests.md",
        "packaging/setup/start",
    } <= places
    assert len(shipped()) > 3000


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("This is probably a slipped disc.", "cause"),
        ("Your sciatica is irritated.", "cause"),
        ("It looks like spinal stenosis.", "cause"),
        ("A herniation presses on it.", "cause"),
        ("That may be a DVT.", "cause"),
        ("A thrombosis has to be ruled out.", "cause"),
        ("Compartment syndrome hurts like that.", "cause"),
        ("It could be cauda equina syndrome.", "cause"),
        ("Peripheral neuropathy makes feet numb.", "cause"),
        ("The nerve is pinched.", "cause"),
        ("It is safe to exercise.", "safe"),
        ("You can safely go on.", "safe"),
        ("There is no risk in it.", "safe"),
        ("You are fit to exercise.", "safe"),
        ("You will feel better tomorrow.", "promise"),
        ("It relieves tingling.", "promise"),
        ("A proven way.", "promise"),
        ("The cure for stiff legs.", "promise"),
        ("It eases the pain.", "promise"),
        ("We treat legs.", "claim"),
        ("Rehabilitation at home.", "claim"),
        ("The app assesses you.", "claim"),
    ],
)
def test_the_search_finds_what_it_is_for(text: str, kind: str) -> None:
    """Also in capitals, over a line's end, and beside an excused sentence."""
    for written in (
        text,
        text.upper(),
        f"It is not a cure and does not tell you why you have symptoms. {text}",
    ):
        assert any(fault.startswith(f"{kind}: ") for fault in faults(written)), written


def test_strings_of_code_and_documents_are_found_where_they_stand() -> None:
    code = '"""Safe."""\ndef f():\n    """Safe."""\n    return {"x": f"is {1} safe"}\n'
    assert list(in_code(code, "a.py")) == [("a.py:4", "x"), ("a.py:4", "is "), ("a.py:4", " safe")]
    assert in_document("[a](safe.md) `safe` b").split() == ["[a]", "b"]
    assert faults(in_document("[safe](a.md)")) == ["safe: safe"]


def test_every_string_said_to_be_unread_is_in_the_code() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "coach").rglob("*.py"))
    assert [text for text in NOT_READ if f'"{text}' not in code] == []


@pytest.mark.parametrize("excerpt", EXCUSED)
def test_every_exception_is_still_needed(excerpt: str) -> None:
    """It stands somewhere, and without its excuse it would be found."""
    assert any(excerpt.lower() in text.lower() for _, text in shipped())
    assert any(words.search(excerpt) for words in BANNED.values())


# clinical.md 8 (messages of each tier) and 5 (what is known): ours, word for word.
TIER_MESSAGES = {
    "emergency": "Stop. Bring the leg to rest. What you reported needs emergency medical help "
    "now. Call {number} or go to an emergency department. Do not drive yourself. Do not wait.",
    "urgent": "Stop here. Please speak to a doctor or an urgent advice line today. No more "
    "exercise in this app until you have been checked.",
    "clearance": "Please see a doctor or physiotherapist before using these exercises.",
    "advise": "You can use the gentle routine. Book a routine check as well.",
    "end_session": "That is enough for today. Rest with your legs supported. We will ask how it "
    "is in ten minutes and tomorrow.",
    "ok": "No stop signs reported today.",
}
HONEST = (
    "Nerve gliding is a gentle way of moving your leg so the nerve and muscles move together. "
    "Small studies suggest it can ease back and leg discomfort a little over weeks and make the "
    "leg straighten more easily. The studies are mixed and the certainty is low: some good trials "
    "found nothing extra compared with staying active or other exercise. It is not a cure and "
    "does not tell you why you have symptoms. Most episodes of leg pain from the back improve "
    "with time. If it makes you worse, that is a reason to stop, not to push."
)


@pytest.mark.hazard("H21")
@pytest.mark.parametrize(("tier", "message"), TIER_MESSAGES.items())
def test_each_tier_s_message_is_word_for_word(tier: str, message: str) -> None:
    """In the end what is shown, with the number filled in and nothing added."""
    shown = Phrasing(SHIPPED.phrases, "{number}").words(Phrase(f"tier.{tier}"))
    assert shown == message


def test_what_is_known_is_told_word_for_word() -> None:
    """In the program and at the top of the read-me."""
    assert SHIPPED.phrases.say("evidence.honest").strip() == HONEST
    assert HONEST in dict(shipped())["README.md"]
