import numpy as np
import pytest

from coach.voice.tones import Tone, tone_seconds, tone_sound
from coach.voice.wav import TAIL_S


def spectrum_peak(tone: Tone, start_s: float, end_s: float) -> float:
    sound = tone_sound(tone)
    part = np.array(sound.samples[round(start_s * sound.rate) : round(end_s * sound.rate)])
    spectrum = np.abs(np.fft.rfft(part * np.hanning(part.size), 1 << 16))
    return float(np.argmax(spectrum)) * sound.rate / (1 << 16)


@pytest.mark.parametrize("tone", Tone)
def test_every_tone_is_heard_does_not_clip_and_ends_in_silence(tone: Tone) -> None:
    sound = tone_sound(tone)
    assert 2000 < max(map(abs, sound.samples)) < 24000
    assert sound.heard_s <= tone_seconds(tone)
    assert sound.seconds - tone_seconds(tone) == pytest.approx(TAIL_S, abs=0.001)
    assert not any(sound.samples[-round(TAIL_S * sound.rate) + 1 :])


@pytest.mark.parametrize("tone", Tone)
def test_no_tone_starts_or_ends_with_a_click(tone: Tone) -> None:
    steps = np.abs(np.diff(np.array(tone_sound(tone).samples, dtype=float)))
    assert steps[0] < 200
    assert steps.max() < 7500


def test_the_last_tick_differs_in_pitch_and_length() -> None:
    tick, last = (spectrum_peak(tone, 0.0, 0.06) for tone in (Tone.TICK, Tone.LAST_TICK))
    assert last == pytest.approx(2 * tick, rel=0.02)
    assert tone_seconds(Tone.LAST_TICK) > 2 * tone_seconds(Tone.TICK)


def test_a_complete_set_is_three_rising_notes() -> None:
    spans = ((0.0, 0.14), (0.15, 0.29), (0.3, 0.6))
    heights = [spectrum_peak(Tone.SET_COMPLETE, *span) for span in spans]
    assert heights == pytest.approx([523, 659, 784], rel=0.02)


def test_the_soft_tone_is_the_quietest() -> None:
    peaks = {tone: max(tone_sound(tone).samples) for tone in Tone}
    assert min(peaks, key=peaks.__getitem__) is Tone.SOFT
