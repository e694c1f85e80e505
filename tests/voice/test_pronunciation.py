"""What voices are given to read: numbers to call, and words they would say wrongly."""

import ctypes.util
import json
import re
import subprocess
import sys

import pytest

from coach.app.emergency import emergency_numbers
from coach.app.phrasing import Phrasing
from coach.app.shipped_place import shipped_root
from coach.app.sound.cues import cues_of
from coach.domain.plan import Plan, PlanItem
from coach.domain.side import Sides
from coach.engine.script import Script
from coach.voice.pronunciation import FIXES, respelled
from opened_program import SHIPPED

ESPEAK = "espeak 2.99 1.51 system"
ENGLISH = ("en-gb",)

SOUNDS = {
    "hamstring tare": "t'e@",
    "osteo-porosis": ",oUpo@r'oUsIs",
    "physio-therapist": "T'Er@p",
    "1 1 2": "t'u:",
}
"""What has to be in what espeak says, in its own letters for sounds; alike in every English."""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Call 112 or go.", "Call 1 1 2 or go."),
        ("Call 999 or 112.", "Call 9 9 9 or 1 1 2."),
        ("Call 10177.", "Call 1 0 1 7 7."),
        ("Call 000.", "Call 0 0 0."),
        ("In the last 12 weeks", "In the last 12 weeks"),
        ("low vitamin B12?", "low vitamin B12?"),
        ("Set 2 of 3.", "Set 2 of 3."),
    ],
)
@pytest.mark.parametrize("engine", [ESPEAK, "sapi5 2.99 10.0.22631 system", "nsss 2.99 23.1"])
def test_a_number_to_call_is_read_figure_by_figure(engine: str, text: str, told: str) -> None:
    """By every voice, also one that nobody knows anything about."""
    assert respelled(text, engine, ENGLISH) == told
    assert respelled(text, engine, ()) == told


def test_every_number_to_call_is() -> None:
    """Two figures are one word everywhere, such as "fifteen"; all longer ones are spelt."""
    for country in emergency_numbers(shipped_root()).values():
        for number in country.numbers:
            told = respelled(f"Call {number}.", ESPEAK, ENGLISH)
            assert told == f"Call {' '.join(number) if len(number) > 2 else number}."


def test_words_are_mended_for_the_voice_that_says_them_wrongly_and_for_no_other() -> None:
    text = "Please see a doctor or physiotherapist."
    assert respelled(text, ESPEAK, ENGLISH) == "Please see a doctor or physio-therapist."
    assert respelled(text, ESPEAK, ("en-us",)) == "Please see a doctor or physio-therapist."
    assert respelled(text, ESPEAK, ("de",)) == text
    assert respelled(text, ESPEAK, ()) == text
    assert respelled(text, "sapi5 2.99 10.0.22631 system", ENGLISH) == text


def test_only_whole_words_are_mended() -> None:
    assert respelled("two physiotherapists", ESPEAK, ENGLISH) == "two physiotherapists"
    assert respelled("a tear", ESPEAK, ENGLISH) == "a tear"


def everything_said() -> str:
    """Every cue of every exercise in English, on one line each."""
    phrasing = Phrasing(SHIPPED.phrases, "your local emergency number")
    questions = {question.id: question.text for question in SHIPPED.screen}
    asked = SHIPPED.questions(full=True)
    lines: dict[str, None] = {}
    for exercise in SHIPPED.catalogue.values():
        item = PlanItem(exercise.id, Sides.BOTH if exercise.sided else None)
        plan = Plan("Test", "Us", 1, "en", (item,))
        script = Script(plan, SHIPPED.catalogue, asked, SHIPPED.after_set)
        lines.update(dict.fromkeys(cues_of(script, phrasing, questions)))
    return "\n".join(lines)


def test_every_word_that_is_mended_is_said_somewhere() -> None:
    """And no cue counts so far that it would be taken for a number to call."""
    said = everything_said()
    assert [wrong for wrong in FIXES["espeak", "en"] if wrong not in said] == []
    assert re.findall(r"\d{3,}", said) == []


TELL = """
import ctypes, json, sys
speech = ctypes.CDLL(sys.argv[1])
speech.espeak_Initialize(2, 0, None, 0)
speech.espeak_TextToPhonemes.restype = ctypes.c_char_p
told = {}
for voice in ("gmw/en", "gmw/en-us"):
    speech.espeak_SetVoiceByName(voice.encode())
    for text in json.loads(sys.argv[2]):
        left = ctypes.pointer(ctypes.c_char_p(text.encode()))
        told[voice + " " + text] = speech.espeak_TextToPhonemes(left, 1, 0).decode()
print(json.dumps(told))
"""


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or ctypes.util.find_library("espeak-ng") is None,
    reason="libespeak-ng is not installed",
)
def test_espeak_says_wrongly_what_is_mended_and_rightly_what_it_is_given() -> None:
    """By its own account of the sounds it makes, in both kinds of English."""
    wrong = {right: wrong for wrong, right in FIXES["espeak", "en"].items()} | {"1 1 2": "112"}
    assert wrong.keys() == SOUNDS.keys()
    library = str(ctypes.util.find_library("espeak-ng"))
    texts = json.dumps([*wrong, *wrong.values()])
    ran = subprocess.run(
        [sys.executable, "-c", TELL, library, texts], capture_output=True, text=True, check=True
    )
    told = json.loads(ran.stdout)
    for right, sound in SOUNDS.items():
        for voice in ("gmw/en", "gmw/en-us"):
            assert sound in told[f"{voice} {right}"]
            assert sound not in told[f"{voice} {wrong[right]}"]
