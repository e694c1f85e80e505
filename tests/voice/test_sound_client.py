import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest

from coach.voice.interface import Device, Reason
from coach.voice.sound_client import NotPlayed, Outcome, Played, SoundClient, SoundLimits
from coach.voice.tones import Tone

FAKE = Path(__file__).with_name("fake_sound_helper.py")
QUICK = SoundLimits(finish_s=0.2, back_off_s=(0.01,))


class Sounding:
    """A sound client with the fake helper, and everything it says."""

    def __init__(
        self, folder: Path, behaviour: str, limits: SoundLimits, clock: Callable[[], float]
    ) -> None:
        self.folder = folder
        self.outcomes: Queue[Outcome] = Queue()
        self.troubles: Queue[Reason | None] = Queue()
        self.client = SoundClient(
            clock=clock,
            command=[sys.executable, str(FAKE), str(folder), behaviour],
            limits=limits,
        )
        self.client.start(self.outcomes.put, lambda: self.troubles.put(self.client.trouble))

    def trouble(self) -> Reason | None:
        return self.troubles.get(timeout=10)

    def outcome(self) -> Outcome:
        return self.outcomes.get(timeout=10)

    def play(self, sound: Path | Tone = Tone.TICK, at: float = 100.0) -> int | None:
        return self.client.play(sound, at, at + 0.3, 0.5)

    @property
    def starts(self) -> int:
        return (self.folder / "starts").stat().st_size

    @property
    def asked(self) -> list[dict[str, object]]:
        lines = (self.folder / "asked").read_text().splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture
def sounding(tmp_path: Path) -> Iterator[Callable[..., Sounding]]:
    made: list[Sounding] = []

    def make(
        behaviour: str = "good",
        limits: SoundLimits = QUICK,
        clock: Callable[[], float] = time.perf_counter,
    ) -> Sounding:
        made.append(Sounding(tmp_path, behaviour, limits, clock))
        return made[-1]

    yield make
    for each in made:
        each.client.close()
        each.client.join()


def test_a_sound_is_played_and_reported(sounding: Callable[..., Sounding]) -> None:
    sound = sounding()
    assert sound.trouble() is None
    assert sound.client.devices == (Device("d", "Loudspeaker"),)
    number = sound.play()
    assert sound.outcome() == Played(number, 1.5)
    (asked,) = sound.asked
    assert asked == {**asked, "op": "play", "tone": "tick", "volume": 0.5}
    assert asked["at"] == pytest.approx(100.0)


def test_moments_are_translated_from_the_callers_clock(
    sounding: Callable[..., Sounding],
) -> None:
    sound = sounding(clock=lambda: 50.0)
    sound.trouble()
    before = time.perf_counter()
    sound.play(Path("a.wav"), at=52.0)
    after = time.perf_counter()
    sound.outcome()
    (asked,) = sound.asked
    assert before + 2 <= asked["at"] <= after + 2
    assert asked["latest"] == pytest.approx(asked["at"] + 0.3)
    assert asked["file"] == "a.wav"


def test_before_it_is_ready_a_sound_is_refused(sounding: Callable[..., Sounding]) -> None:
    sound = sounding("silent")
    assert sound.client.trouble is Reason.SOUND_STARTING
    assert sound.play() is None


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (4, Reason.NO_SOUND_DEVICE),
        (5, Reason.NO_SOUND_LIBRARY),
        (1, Reason.SOUND_LOST),
    ],
)
def test_why_there_is_no_sound_is_told(
    sounding: Callable[..., Sounding], status: int, reason: Reason
) -> None:
    sound = sounding(f"leave {status}")
    assert sound.trouble() is reason
    assert sound.play() is None


def test_tries_follow_each_other_ever_more_slowly(sounding: Callable[..., Sounding]) -> None:
    sound = sounding("leave 4", SoundLimits(back_off_s=(0.0, 0.0, 60.0)))
    sound.trouble()
    end = time.monotonic() + 10
    while sound.starts < 3 and time.monotonic() < end:
        time.sleep(0.01)
    deadline = sound.client._deadline
    while deadline - time.monotonic() < 30 and time.monotonic() < end:
        deadline = sound.client._deadline
        time.sleep(0.01)
    assert sound.starts == 3
    assert deadline - time.monotonic() > 30


def test_a_helper_that_never_says_a_word_is_started_again(
    sounding: Callable[..., Sounding],
) -> None:
    sound = sounding("silent", SoundLimits(start_s=0.15, finish_s=0.1, back_off_s=(0.0, 60.0)))
    assert sound.trouble() is Reason.SOUND_LOST


def test_a_helper_that_stops_beating_is_replaced(sounding: Callable[..., Sounding]) -> None:
    limits = SoundLimits(start_s=5, beat_s=0.3, finish_s=0.1, back_off_s=(0.0, 60.0))
    sound = sounding("hang once", limits)
    assert [sound.trouble() for _ in range(3)] == [None, Reason.SOUND_LOST, None]


def test_sounds_lost_in_a_crash_are_reported_and_sound_comes_back(
    sounding: Callable[..., Sounding],
) -> None:
    sound = sounding("abort on play")
    sound.trouble()
    number = sound.play()
    assert sound.outcome() == NotPlayed(number, Reason.SOUND_LOST)
    assert [sound.trouble() for _ in range(2)] == [Reason.SOUND_LOST, None]
    again = sound.play()
    assert sound.outcome() == Played(again, 1.5)


def test_a_sound_whose_moment_had_passed_is_reported(
    sounding: Callable[..., Sounding],
) -> None:
    sound = sounding("too late")
    sound.trouble()
    number = sound.play()
    assert sound.outcome() == NotPlayed(number, Reason.CUE_TOO_LATE)


def test_the_chosen_device_outlives_the_helper(sounding: Callable[..., Sounding]) -> None:
    sound = sounding("abort on play")
    sound.trouble()
    sound.client.use_device("headphones")
    sound.play()
    sound.outcome()
    sound.trouble()
    sound.trouble()
    sound.play()
    sound.outcome()
    devices = [asked["id"] for asked in sound.asked if asked["op"] == "device"]
    assert devices == ["headphones", "headphones"]


def test_cancel_and_hush_are_passed_on(sounding: Callable[..., Sounding]) -> None:
    sound = sounding(clock=lambda: 0.0)
    sound.trouble()
    sound.client.cancel(7)
    sound.client.cancel(8, at=1.0)
    sound.client.hush()
    sound.play()
    sound.outcome()
    cancel, cut, hush, _ = sound.asked
    assert cancel == {"op": "cancel", "id": 7, "at": None}
    assert cut["id"] == 8 and cut["at"] > time.perf_counter() - 10
    assert hush == {"op": "hush"}
