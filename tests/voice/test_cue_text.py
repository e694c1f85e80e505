import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice.cue_text import LIMIT, clean


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Straighten your knee.", "Straighten your knee."),
        ("  Breathe\tin \n and out  ", "Breathe in and out"),
        ("Well done! \U0001f4aa\ufe0f", "Well done!"),
        ("<speak>Slowly <b>back</b></speak>", "Slowly back"),
        ("[[h@l'oU]] Hold", "Hold"),
        ("a < b & c", "a b & c"),
        ("Stop\x00here\x1b[0m", "Stop here 0m"),
        ("Zuru\u0308ck, f\u00fcnf", "Zur\u00fcck, f\u00fcnf"),
        ("Don\u2019t push", "Don\u2019t push"),
        ("half \ud800 pair", "half pair"),
        ("नमस्ते", "नमस्ते"),
        ("...", ""),
        ("\U0001f4aa", ""),
        ("", ""),
    ],
)
def test_only_what_can_be_read_aloud_stays(text: str, spoken: str) -> None:
    assert clean(text) == spoken


def test_a_long_text_ends_at_a_whole_word() -> None:
    spoken = clean("gently " * 60)
    assert len(spoken) <= LIMIT
    assert spoken.split() == ["gently"] * 28


def test_a_text_of_exactly_the_limit_is_whole() -> None:
    text = "a" * (LIMIT - 2) + " b"
    assert clean(text) == text


@given(st.text())
def test_a_cleaned_text_is_short_composed_and_clean_again(text: str) -> None:
    spoken = clean(text)
    assert len(spoken) <= LIMIT
    assert clean(spoken) == spoken
    assert all(unicodedata.category(mark)[0] not in "CS" for mark in spoken)
    spoken.encode("utf-8")
