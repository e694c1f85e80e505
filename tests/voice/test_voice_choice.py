import pytest

from coach.voice.interface import VoiceChoice, VoiceInfo, VoiceSettings
from coach.voice.voices import pick_voice

VOICES = (
    VoiceInfo("en-sc", "Scottish", ("en-gb-scotland",)),
    VoiceInfo("en-gb", "British", ("en-gb",)),
    VoiceInfo("de-at", "Austrian", ("de-at",)),
    VoiceInfo("de", "German", ("de",)),
)


@pytest.mark.parametrize(
    ("voice", "language", "picked"),
    [
        ("de-at", "en", "de-at"),
        (None, "en", "en-gb"),
        (None, "EN_us", "en-gb"),
        (None, "de", "de"),
        (None, "de-AT", "de-at"),
        ("uninstalled", "de", "de"),
        (None, "es", None),
    ],
)
def test_the_chosen_voice_else_one_of_the_language(
    voice: str | None, language: str, picked: str | None
) -> None:
    assert pick_voice(VOICES, "en-gb", VoiceChoice(voice, language)) == picked


def test_a_usual_voice_of_another_language_does_not_speak_this_one() -> None:
    assert pick_voice(VOICES, "de", VoiceChoice(None, "en")) == "en-sc"


def test_a_usual_voice_of_unknown_language_is_better_than_none() -> None:
    """Another voice of unknown language is not: nobody chose it."""
    bare = VoiceInfo("bare", "Bare", ())
    assert pick_voice((bare,), "bare", VoiceChoice(None, "en")) == "bare"
    assert pick_voice((*VOICES, bare), "bare", VoiceChoice(None, "en")) == "en-sc"
    assert pick_voice((bare,), None, VoiceChoice(None, "en")) is None


def test_a_region_that_was_asked_for_goes_before_the_usual_voice() -> None:
    """Where no voice is of it, the usual one speaks."""
    american = VoiceInfo("en-us", "American", ("en-us",))
    voices = (*VOICES, american)
    assert pick_voice(voices, "en-gb", VoiceChoice(None, "en-US")) == "en-us"
    assert pick_voice(voices, "en-us", VoiceChoice(None, "en-GB")) == "en-gb"
    assert pick_voice(voices, "en-us", VoiceChoice(None, "en")) == "en-us"
    assert pick_voice(voices, "en-us", VoiceChoice(None, "en-AU")) == "en-us"


@pytest.mark.parametrize("rate", [79, 261])
def test_a_rate_no_engine_can_do_is_refused(rate: int) -> None:
    with pytest.raises(ValueError, match="rate_wpm"):
        VoiceChoice(rate_wpm=rate)


@pytest.mark.parametrize(
    "bad", [{"volume": -0.1}, {"volume": 1.1}, {"sound_offset_ms": -201}, {"sound_offset_ms": 501}]
)
def test_settings_out_of_range_name_their_field(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(bad))):
        VoiceSettings(**bad)
