"""Proof of sound: what the helper plays is recorded from a sound server of our own."""

import os
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import numpy as np
import pytest

from coach.voice.interface import Reason
from coach.voice.sound_client import NotPlayed, Outcome, Played, SoundClient, SoundLimits
from coach.voice.tones import Tone

ONSET_S = 0.04
"""How far an onset may lie from its moment; the recorder alone is unsure by 10 ms."""


class Playing:
    """The real helper behind its client."""

    def __init__(self, limits: SoundLimits | None = None) -> None:
        self.outcomes: Queue[Outcome] = Queue()
        self.troubles: Queue[Reason | None] = Queue()
        self.client = SoundClient(limits=limits)
        self.client.start(self.outcomes.put, lambda: self.troubles.put(self.client.trouble))

    def trouble(self) -> Reason | None:
        return self.troubles.get(timeout=20)

    def play(self, sound: Tone | Path, at: float, volume: float = 1.0) -> int:
        number = self.client.play(sound, at, at + 0.3, volume)
        assert number is not None
        return number

    def outcome(self) -> Outcome:
        return self.outcomes.get(timeout=10)


@pytest.fixture
def playing() -> Iterator[Callable[..., Playing]]:
    made: list[Playing] = []

    def make(limits: SoundLimits | None = None) -> Playing:
        made.append(Playing(limits))
        return made[-1]

    yield make
    for each in made:
        each.client.close()
        each.client.join()


def test_without_a_sound_server_that_is_what_is_said(
    no_sound_server: None, playing: Callable[..., Playing]
) -> None:
    sound = playing()
    assert sound.trouble() is Reason.NO_SOUND_DEVICE
    assert sound.client.play(Tone.TICK, 0.0, 1.0, 1.0) is None


def test_sounds_come_out_on_their_moment(
    sound_server: Any, playing: Callable[..., Playing]
) -> None:
    sound = playing()
    assert sound.trouble() is None
    recorder = sound_server.record()
    beat = time.perf_counter() + 0.4
    sound.play(Tone.TICK, beat)
    sound.play(Tone.LAST_TICK, beat + 0.35)
    sound.play(Tone.SET_COMPLETE, beat + 0.7)
    heard = recorder.until(beat + 1.4)
    for moment, hertz in ((beat, 784), (beat + 0.35, 1568), (beat + 0.7, 523)):
        assert heard.onset(moment - 0.1) == pytest.approx(moment, abs=ONSET_S)
        assert heard.pitch(moment + 0.005, moment + 0.06) == pytest.approx(hertz, rel=0.04)
    assert {type(sound.outcome()) for _ in range(3)} == {Played}


def test_a_volume_of_zero_is_silent(sound_server: Any, playing: Callable[..., Playing]) -> None:
    sound = playing()
    sound.trouble()
    recorder = sound_server.record()
    moment = time.perf_counter() + 0.3
    sound.play(Tone.CHIME, moment, volume=0.0)
    heard = recorder.until(moment + 0.5)
    assert np.abs(heard.between(moment - 0.2, moment + 0.4)).max() < 0.001
    assert isinstance(sound.outcome(), Played)


@pytest.fixture
def long_note(tmp_path: Path) -> Path:
    """A second and a half of sound, as loud at its end as at its start."""
    file = tmp_path / "long.wav"
    samples = np.round(9000 * np.sin(np.arange(33075) * 2 * np.pi * 300 / 22050)).astype("<i2")
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, 22050, 0, "NONE", ""))
        out.writeframes(samples.tobytes())
    return file


@pytest.mark.hazard("H11")
def test_hush_cuts_what_sounds_and_what_was_to_come(
    sound_server: Any, playing: Callable[..., Playing], long_note: Path
) -> None:
    sound = playing()
    sound.trouble()
    recorder = sound_server.record()
    moment = time.perf_counter() + 0.3
    sound.play(long_note, moment)
    sound.play(Tone.CHIME, moment + 0.9)
    while time.perf_counter() < moment + 0.3:
        time.sleep(0.005)
    hushed = time.perf_counter()
    sound.client.hush()
    heard = recorder.until(moment + 1.4)
    assert np.abs(heard.between(moment + 0.1, hushed - ONSET_S)).max() > 0.1
    assert np.abs(heard.between(hushed + ONSET_S + 0.05, moment + 1.3)).max() < 0.001


def test_a_cue_is_cut_when_the_next_one_starts(
    sound_server: Any, playing: Callable[..., Playing], long_note: Path
) -> None:
    sound = playing()
    sound.trouble()
    recorder = sound_server.record()
    moment = time.perf_counter() + 0.3
    first = sound.play(long_note, moment)
    sound.play(Tone.CHIME, moment + 0.3)
    sound.client.cancel(first, at=moment + 0.3)
    heard = recorder.until(moment + 1.2)
    assert heard.pitch(moment + 0.05, moment + 0.25) == pytest.approx(300, rel=0.04)
    chime = heard.between(moment + 0.35, moment + 0.6)
    spectrum = np.abs(np.fft.rfft(chime * np.hanning(chime.size)))
    hertz = np.fft.rfftfreq(chime.size, 1 / 48000)
    assert spectrum[np.abs(hertz - 300) < 30].max() < 0.02 * spectrum.max()


def test_a_moment_long_past_is_not_played(
    sound_server: Any, playing: Callable[..., Playing]
) -> None:
    sound = playing()
    sound.trouble()
    number = sound.play(Tone.TICK, time.perf_counter() - 1.0)
    assert sound.outcome() == NotPlayed(number, Reason.CUE_TOO_LATE)


def test_a_file_that_has_gone_is_reported(
    sound_server: Any, playing: Callable[..., Playing], tmp_path: Path
) -> None:
    sound = playing()
    sound.trouble()
    number = sound.play(tmp_path / "gone.wav", time.perf_counter())
    assert sound.outcome() == NotPlayed(number, Reason.CUE_NOT_SPOKEN)


def test_a_dead_sound_server_is_noticed_and_nothing_hangs(
    dying_sound_server: Any, playing: Callable[..., Playing]
) -> None:
    sound = playing(SoundLimits(back_off_s=(0.05, 60.0)))
    sound.trouble()
    dying_sound_server.stop()
    started = time.perf_counter()
    sound.client.play(Tone.TICK, started, started + 0.3, 1.0)
    assert time.perf_counter() - started < 0.1
    assert sound.trouble() in {Reason.SOUND_LOST, Reason.NO_SOUND_DEVICE}


def test_the_helper_leaves_when_it_is_closed(
    sound_server: Any, playing: Callable[..., Playing]
) -> None:
    sound = playing()
    sound.trouble()
    pid = sound.client._child.pid
    sound.client.close()
    sound.client.join()
    with pytest.raises(OSError):
        os.kill(pid, 0)
