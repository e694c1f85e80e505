"""Proof of sound: what the helper plays is recorded from a sound server of our own."""

import os
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import numpy as np
import pytest

from coach.voice.interface import Reason
from coach.voice.sound_client import NotPlayed, Outcome, Played, SoundClient, SoundLimits
from coach.voice.tones import Tone
from sound_server import Recording, SoundServer

pytestmark = pytest.mark.alone

UNSURE_S = 0.04
"""How unsure the moments of a recording are where the machine has much to do."""


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
    sound_server: SoundServer, playing: Callable[..., Playing]
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
        # Which sound, and nearer to its own moment than to the next; how near is for the bench.
        onset = heard.onset(moment - 0.1)
        assert onset == pytest.approx(moment, abs=0.15)
        assert heard.pitch(onset + 0.005, onset + 0.06) == pytest.approx(hertz, rel=0.04)
    assert {type(sound.outcome()) for _ in range(3)} == {Played}


def test_a_volume_of_zero_is_silent(
    sound_server: SoundServer, playing: Callable[..., Playing]
) -> None:
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
    sound_server: SoundServer, playing: Callable[..., Playing], long_note: Path
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
    assert loudness(heard, moment + 0.1, hushed - UNSURE_S) > 0.1
    assert loudness(heard, hushed + 0.3, moment + 1.3) < 0.001


def test_a_cue_is_cut_when_the_next_one_starts(
    sound_server: SoundServer, playing: Callable[..., Playing], long_note: Path
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
    chime = heard.between(moment + 0.45, moment + 0.7)
    spectrum = np.abs(np.fft.rfft(chime * np.hanning(chime.size)))
    hertz = np.fft.rfftfreq(chime.size, 1 / 48000)
    assert spectrum[np.abs(hertz - 300) < 30].max() < 0.02 * spectrum.max()


def test_a_moment_long_past_is_not_played(
    sound_server: SoundServer, playing: Callable[..., Playing]
) -> None:
    sound = playing()
    sound.trouble()
    number = sound.play(Tone.TICK, time.perf_counter() - 1.0)
    assert sound.outcome() == NotPlayed(number, Reason.CUE_TOO_LATE)


def test_a_file_that_has_gone_is_reported(
    sound_server: SoundServer, playing: Callable[..., Playing], tmp_path: Path
) -> None:
    sound = playing()
    sound.trouble()
    number = sound.play(tmp_path / "gone.wav", time.perf_counter())
    assert sound.outcome() == NotPlayed(number, Reason.CUE_NOT_SPOKEN)


def test_a_dead_sound_server_is_noticed_and_nothing_hangs(
    dying_sound_server: SoundServer, playing: Callable[..., Playing]
) -> None:
    sound = playing(SoundLimits(back_off_s=(0.05, 60.0)))
    sound.trouble()
    dying_sound_server.stop()
    started = time.perf_counter()
    sound.client.play(Tone.TICK, started, started + 0.3, 1.0)
    assert time.perf_counter() - started < 1.0
    assert sound.trouble() in {Reason.SOUND_LOST, Reason.NO_SOUND_DEVICE}


def test_the_helper_leaves_when_it_is_closed(
    sound_server: SoundServer, playing: Callable[..., Playing]
) -> None:
    sound = playing()
    sound.trouble()
    pid = sound.client._child.pid
    sound.client.close()
    sound.client.join()
    with pytest.raises(OSError):
        os.kill(pid, 0)


# -- outputs that come and go -----------------------------------------------------------------


def wait_for(fact: Callable[[], object]) -> None:
    """Wait until something that another process does has happened."""
    end = time.monotonic() + 20
    while not fact():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def names(playing: Playing) -> list[str]:
    return sorted(device.name for device in playing.client.devices)


def loudness(heard: Recording, start: float, end: float) -> float:
    return float(np.abs(heard.between(start, end)).max())


def test_a_muted_output_is_silence_in_the_recording(
    sound_server: SoundServer, playing: Callable[..., Playing]
) -> None:
    """Negative control: nobody tells the program, and the recording is not fooled."""
    sound = playing()
    sound.trouble()
    sound_server.mute("room")
    try:
        recorder = sound_server.record()
        moment = time.perf_counter() + 0.3
        sound.play(Tone.CHIME, moment)
        heard = recorder.until(moment + 0.7)
    finally:
        sound_server.mute("room", muted=False)
    assert loudness(heard, moment - 0.2, moment + 0.6) < 0.001


def test_an_output_plugged_in_is_offered_and_can_be_chosen(
    dying_sound_server: SoundServer, playing: Callable[..., Playing]
) -> None:
    sound = playing()
    sound.trouble()
    assert names(sound) == ["room"]
    dying_sound_server.plug_in("headphones")
    wait_for(lambda: names(sound) == ["headphones", "room"])
    chosen = next(each for each in sound.client.devices if each.name == "headphones")
    sound.client.use_device(chosen.id)
    wait_for(lambda: sound.client.playing == chosen)
    keeps_it_quick = dying_sound_server.record("headphones")
    recorder = dying_sound_server.record("headphones")
    moment = time.perf_counter() + 0.4
    sound.play(Tone.CHIME, moment)
    heard = recorder.until(moment + 0.6)
    keeps_it_quick.stop()
    assert loudness(heard, moment, moment + 0.4) > 0.05


def test_a_chosen_output_that_is_pulled_out_gives_way_without_losing_a_sound(
    dying_sound_server: SoundServer, playing: Callable[..., Playing]
) -> None:
    """The next sound comes out of the usual output; how near its moment is for the bench."""
    sound = playing()
    sound.trouble()
    dying_sound_server.plug_in("headphones")
    wait_for(lambda: len(sound.client.devices) == 2)
    chosen = next(each for each in sound.client.devices if each.name == "headphones")
    sound.client.use_device(chosen.id)
    wait_for(lambda: sound.client.playing == chosen)
    dying_sound_server.pull_out("headphones")
    keeps_it_quick = dying_sound_server.record()
    recorder = dying_sound_server.record()
    moment = time.perf_counter() + 0.6
    number = sound.play(Tone.CHIME, moment)
    heard = recorder.until(moment + 0.6)
    keeps_it_quick.stop()
    assert isinstance(outcome := sound.outcome(), Played) and outcome.number == number
    assert heard.onset(moment - 0.2) == pytest.approx(moment, abs=0.15)
    assert sound.client.trouble is None
    assert names(sound) == ["room"] and sound.client.playing.name == "room"


def test_when_the_usual_output_is_pulled_out_the_next_one_is_used(
    dying_sound_server: SoundServer, playing: Callable[..., Playing]
) -> None:
    sound = playing()
    sound.trouble()
    dying_sound_server.plug_in("headphones")
    wait_for(lambda: len(sound.client.devices) == 2)
    dying_sound_server.make_usual("headphones")
    wait_for(lambda: sound.client.playing.name == "headphones")
    dying_sound_server.pull_out("headphones")
    wait_for(lambda: sound.client.playing.name == "room" and names(sound) == ["room"])
    assert sound.client.trouble is None


def test_a_sound_whose_only_output_is_pulled_out_is_not_reported_as_played(
    dying_sound_server: SoundServer, playing: Callable[..., Playing], long_note: Path
) -> None:
    """At the next sound it is clear that there is no output; sound comes back with a new one."""
    sound = playing(SoundLimits(back_off_s=(0.2,)))
    assert sound.trouble() is None
    moment = time.perf_counter() + 0.1
    number = sound.play(long_note, moment)
    wait_for(lambda: time.perf_counter() > moment + 0.3)
    dying_sound_server.pull_out("room")
    assert sound.outcome() == NotPlayed(number, Reason.SOUND_LOST)
    number = sound.play(Tone.TICK, time.perf_counter() + 0.1)
    assert sound.outcome() == NotPlayed(number, Reason.NO_SOUND_DEVICE)
    assert sound.client.trouble is Reason.NO_SOUND_DEVICE
    assert sound.client.devices == () and sound.client.playing is None
    dying_sound_server.plug_in("loudspeaker")
    wait_for(lambda: sound.client.trouble is None)
    assert names(sound) == ["loudspeaker"]


def test_the_output_that_stands_for_none_is_none(
    dying_sound_server: SoundServer, playing: Callable[..., Playing]
) -> None:
    """Sound servers make up an output while there is no real one; nobody hears what goes there."""
    dying_sound_server.plug_in("auto_null")
    dying_sound_server.pull_out("room")
    sound = playing(SoundLimits(back_off_s=(60.0,)))
    assert sound.trouble() is Reason.NO_SOUND_DEVICE


def test_a_sound_is_reported_as_played_only_when_the_output_has_taken_it(
    sound_server: SoundServer, playing: Callable[..., Playing], long_note: Path
) -> None:
    sound = playing()
    sound.trouble()
    moment = time.perf_counter() + 0.3
    sound.play(long_note, moment)
    assert isinstance(sound.outcome(), Played)
    assert time.perf_counter() > moment + 1.0


def test_a_sound_lost_with_its_server_is_not_reported_as_played(
    dying_sound_server: SoundServer, playing: Callable[..., Playing], long_note: Path
) -> None:
    sound = playing(SoundLimits(back_off_s=(60.0,)))
    sound.trouble()
    moment = time.perf_counter() + 0.1
    number = sound.play(long_note, moment)
    wait_for(lambda: time.perf_counter() > moment + 0.3)
    dying_sound_server.stop()
    outcome = sound.outcome()
    assert isinstance(outcome, NotPlayed) and outcome.number == number
