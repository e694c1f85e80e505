"""What can be chosen for the sound."""

import pytest

from coach.app.sound.sound_choices import (
    device_choices,
    language_choices,
    next_text_size,
    next_voice,
    next_volume,
    voice_choices,
)
from coach.app.sound.voice_settings import voice_settings
from coach.store.settings import Settings
from coach.voice.interface import VoiceInfo
from telling_voice import TellingVoice


@pytest.fixture
def voice() -> TellingVoice:
    return TellingVoice()


def test_only_voices_of_the_words_language_are_offered(voice: TellingVoice) -> None:
    """And one of which nobody knows what it speaks."""
    voice.voices = (*voice.voices, VoiceInfo("bare", "Bare", ()))
    offered = voice_choices(voice, Settings(), "en")
    assert offered.items == (("liz", "Liz"), ("amy", "Amy"), ("bare", "Bare"))
    assert (offered.chosen, offered.usual, offered.missing) == ("", "Liz", False)


def test_a_region_narrows_the_voices(voice: TellingVoice) -> None:
    """Another language than that of the words does not."""
    offered = voice_choices(voice, Settings(language="en-US"), "en")
    assert offered.items == (("amy", "Amy"),)
    offered = voice_choices(voice, Settings(language="de-DE"), "en")
    assert offered.items == (("liz", "Liz"), ("amy", "Amy"))


def test_the_voice_chosen_is_in_the_list_whatever_it_speaks(voice: TellingVoice) -> None:
    """It is there, so it is not called missing."""
    offered = voice_choices(voice, Settings(language="en-US", voice_id="liz"), "en")
    assert offered.items == (("liz", "Liz"), ("amy", "Amy"))
    assert not offered.missing


def test_the_regions_are_those_that_some_voice_speaks(voice: TellingVoice) -> None:
    rp = VoiceInfo("rp", "RP", ("en-gb-x-rp",))
    voice.voices = (*voice.voices, rp)
    offered = language_choices(voice, Settings(language="en-GB"), "en")
    assert offered.items == (("en-GB", "en-GB"), ("en-US", "en-US"))
    assert (offered.chosen, offered.missing) == ("en-GB", False)
    assert language_choices(voice, Settings(), "en").chosen == ""


@pytest.mark.parametrize("language", ["en-US", "system", "de", "de-DE"])
def test_the_voice_speaks_the_region_chosen_and_never_another_language(language: str) -> None:
    spoken = voice_settings(Settings(language=language), "en").choice.language
    assert spoken == ("en-US" if language == "en-US" else "en")


def test_a_list_is_unknown_until_the_helpers_have_answered(voice: TellingVoice) -> None:
    """What was kept is not called missing before that."""
    settings = Settings(voice_id="gone", sound_device="gone")
    voice.is_starting()
    for offered in (voice_choices(voice, settings, "en"), device_choices(voice, settings)):
        assert (offered.known, offered.missing, offered.chosen) == (False, False, "gone")
    voice.has_started()
    for offered in (voice_choices(voice, settings, "en"), device_choices(voice, settings)):
        assert (offered.known, offered.missing, offered.chosen) == (True, True, "gone")


def test_without_an_engine_the_list_is_known_and_empty(voice: TellingVoice) -> None:
    voice.has_no_engine()
    offered = voice_choices(voice, Settings(), "en")
    assert (offered.known, offered.items) == (True, ())


def test_the_next_voice_goes_round_with_the_usual_one_first(voice: TellingVoice) -> None:
    round_, now = [], ""
    for _ in range(4):
        now = next_voice(voice_choices(voice, Settings(voice_id=now), "en"))
        round_.append(now)
    assert round_ == ["liz", "amy", "", "liz"]
    assert next_voice(voice_choices(voice, Settings(voice_id="gone"), "en")) == ""


@pytest.mark.parametrize(
    ("now", "way", "then"), [(80, 1, 90), (85, 1, 90), (95, 1, 100), (100, 1, 100), (0, -1, 0)]
)
def test_volume_goes_by_steps_of_ten_and_not_beyond(now: int, way: int, then: int) -> None:
    assert next_volume(now, way) == then


@pytest.mark.parametrize(
    ("now", "way", "then"),
    [(100, 1, 125), (110, 1, 125), (200, 1, 200), (200, -1, 175), (110, -1, 100), (100, -1, 100)],
)
def test_text_goes_by_the_sizes_of_the_settings(now: int, way: int, then: int) -> None:
    assert next_text_size(now, way) == then
