"""The coach's own tones, computed sample by sample; no sound files are shipped."""

import array
import math
from dataclasses import dataclass
from enum import StrEnum

from coach.voice.wav import TAIL_S, Sound

RATE = 22050
"""Samples a second: that of the espeak voice, so tones and voice share an open output."""

_FADE_IN_S = 0.008
_FADE_OUT_S = 0.02


class Tone(StrEnum):
    """What a tone means."""

    TICK = "tick"
    LAST_TICK = "last_tick"
    SET_COMPLETE = "set_complete"
    CHIME = "chime"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class _Note:
    """Frequencies in hertz sounding together from `start_s` for `length_s`; loudness 0-1.

    `decay` is how many times a second the loudness falls by a factor of e.
    """

    start_s: float
    length_s: float
    hertz: tuple[float, ...]
    loudness: float
    decay: float


# The last tick of a countdown is an octave higher and longer: told apart without counting.
_SCORES = {
    Tone.TICK: (_Note(0.0, 0.07, (784.0,), 0.45, 12.0),),
    Tone.LAST_TICK: (_Note(0.0, 0.24, (1568.0,), 0.45, 7.0),),
    Tone.SET_COMPLETE: (
        _Note(0.0, 0.14, (523.25,), 0.5, 5.0),
        _Note(0.15, 0.14, (659.25,), 0.5, 5.0),
        _Note(0.30, 0.40, (783.99,), 0.5, 6.0),
    ),
    Tone.CHIME: (_Note(0.0, 0.45, (880.0, 1318.5), 0.5, 7.0),),
    Tone.SOFT: (_Note(0.0, 0.22, (440.0,), 0.25, 8.0),),
}


def tone_seconds(tone: Tone) -> float:
    """Seconds from the start of a tone to its last audible sample."""
    return max(note.start_s + note.length_s for note in _SCORES[tone])


def tone_sound(tone: Tone) -> Sound:
    """Return the tone, mono, with the trailing silence every sound of ours has."""
    samples = array.array("h", bytes(2 * round((tone_seconds(tone) + TAIL_S) * RATE)))
    for note in _SCORES[tone]:
        first = round(note.start_s * RATE)
        for step in range(round(note.length_s * RATE)):
            samples[first + step] = round(32767 * _level(note, step / RATE))
    return Sound(RATE, 1, samples)


def _level(note: _Note, t: float) -> float:
    fades = min(1.0, t / _FADE_IN_S) * min(1.0, (note.length_s - t) / _FADE_OUT_S)
    wave = sum(math.sin(math.tau * hertz * t) for hertz in note.hertz) / len(note.hertz)
    return note.loudness * fades * math.exp(-note.decay * t) * wave
