"""A session played aloud and recorded: every cue comes out once, and nothing else does.

How well they keep their moments is measured by make bench over twenty minutes; here a machine with
too much to do may delay a cue, but not swap, lose or double one.
"""

import ctypes.util
import os
import sys
from array import array
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.voice.tones import Tone
from coach.voice.wav import Sound, write_finished
from heard_cues import Ear, Wanted, play_aloud, wanted
from playing import plan_text
from sound_server import RATE, Recording, SoundServer

pytestmark = pytest.mark.alone

has_espeak = pytest.mark.skipif(
    not sys.platform.startswith("linux") or ctypes.util.find_library("espeak-ng") is None,
    reason="libespeak-ng is not installed",
)


def tone_recording(*at: tuple[Tone, float], seconds: float = 4.0) -> Recording:
    """A recording with tones in it at the given seconds."""
    tones = Ear({})._whole
    return recorded(*((tones[tone.value], second) for tone, second in at), seconds=seconds)


def recorded(*at: tuple[np.ndarray, float], seconds: float = 4.0) -> Recording:
    """A recording, begun at second 100, with sounds in it at the given seconds."""
    samples = np.zeros(round(seconds * RATE), dtype=np.float32)
    for sound, second in at:
        first = round((second - 100) * RATE)
        samples[first : first + sound.size] += 0.8 * sound
    n = np.arange(0, samples.size, 240) + 240
    return Recording(samples, 100 + n / RATE, n)


def meant(tone: Tone, due: float) -> Wanted:
    return Wanted(tone.value, due, due + Ear({}).length_s[tone.value], planned=True)


def test_the_ear_hears_what_is_there_and_when() -> None:
    """Positive control: to half a millisecond."""
    recording = tone_recording((Tone.CHIME, 101.0), (Tone.TICK, 102.012))
    verdict = Ear({}).judge(recording, [meant(Tone.CHIME, 101.0), meant(Tone.TICK, 102.0)])
    assert verdict.errors_s == pytest.approx([0.0, 0.012], abs=0.0005)
    assert (verdict.wrong, verdict.lost, verdict.extra) == ([], [], [])


def test_the_ear_misses_what_is_not_there() -> None:
    """Negative controls: a cue that is missing, another one, and one too many."""
    ear = Ear({})
    assert ear.judge(tone_recording(), [meant(Tone.TICK, 101.0)]).lost == ["tick"]
    swapped = ear.judge(tone_recording((Tone.LAST_TICK, 101.0)), [meant(Tone.TICK, 101.0)])
    assert swapped.wrong == [("tick", "last_tick")]
    doubled = tone_recording((Tone.TICK, 101.0), (Tone.TICK, 102.5))
    verdict = ear.judge(doubled, [meant(Tone.TICK, 101.0)])
    assert verdict.extra == pytest.approx([102.5], abs=0.02)


def test_the_ear_hears_a_cue_that_stutters(tmp_path: Path) -> None:
    """An output without a processor leaves out milliseconds, and the rest comes sooner."""
    rush = np.random.default_rng(1).integers(-9000, 9000, RATE).tolist()
    write_finished(Sound(RATE, 1, array("h", rush)), tmp_path / "rush.wav")
    ear = Ear({"rush": tmp_path / "rush.wav"})
    sound = ear._whole["rush"]
    broken = np.delete(sound, range(RATE // 2, RATE // 2 + 240))
    verdict = ear.judge(recorded((broken, 101.0)), [Wanted("rush", 101.0, 102.0, planned=True)])
    assert verdict.stuttered == ["rush"]
    assert (verdict.lost, verdict.wrong, verdict.extra) == ([], [], [])
    assert verdict.errors_s == pytest.approx([0.0], abs=0.0005)
    verdict = ear.judge(
        recorded((sound[: RATE // 3], 101.0)), [Wanted("rush", 101.0, 102.0, planned=True)]
    )
    assert verdict.lost == ["rush"]


def test_what_is_said_at_once_may_have_to_wait_and_a_timed_cue_may_not() -> None:
    ear = Ear({})
    late = tone_recording((Tone.CHIME, 102.2))
    verdict = ear.judge(late, [replace(meant(Tone.CHIME, 101.0), planned=False)])
    assert (verdict.lost, verdict.extra) == ([], [])
    assert verdict.reactions_s == pytest.approx([1.2], abs=0.001)
    assert ear.judge(late, [meant(Tone.CHIME, 101.0)]).lost == ["chime"]


def test_the_ear_takes_no_cue_for_the_next_one() -> None:
    """Each of two in a row is found for itself, and missed for itself."""
    ear = Ear({})
    row = [meant(Tone.LAST_TICK, 101.0), meant(Tone.SET_COMPLETE, 101.3)]
    both = tone_recording((Tone.LAST_TICK, 101.0), (Tone.SET_COMPLETE, 101.3))
    verdict = ear.judge(both, row)
    assert (verdict.lost, verdict.wrong, len(verdict.errors_s)) == ([], [], 2)
    verdict = ear.judge(tone_recording((Tone.LAST_TICK, 101.0)), row)
    assert (verdict.lost, verdict.wrong) == (["set_complete"], [])


def test_the_ear_finds_drift() -> None:
    ear = Ear({})
    moments = [101.0 + n for n in range(12)]
    late = [(Tone.TICK, moment + 0.001 * n) for n, moment in enumerate(moments)]
    recording = tone_recording(*late, seconds=16.0)
    verdict = ear.judge(recording, [meant(Tone.TICK, moment) for moment in moments])
    assert verdict.drift_s == pytest.approx(0.011, abs=0.0005)


def test_what_was_hushed_or_cut_is_not_looked_for() -> None:
    """A later cue ends the earlier one; after a hush nothing asked for before is heard."""
    length = {"one": 1.0, "two": 1.0, "tick": 0.1}

    def asked(sound: str, due: float) -> dict[str, object]:
        return {"sound": sound, "due": due, "asked": due - 1, "planned": True}

    left = wanted([asked("one", 1.0), asked("two", 1.5), asked("tick", 1.6)], length)
    assert [(one.name, round(one.end - one.due, 2)) for one in left] == [
        ("one", 0.4),
        ("two", 1.0),
        ("tick", 0.1),
    ]
    hushed = wanted([asked("one", 1.0), asked("two", 3.0), {"hush": 1.8}], length)
    assert [(one.name, round(one.end, 2)) for one in hushed] == [("one", 1.7)]
    assert not any(one.brief for one in (*left, *hushed))


def test_what_was_cut_off_at_once_may_be_heard() -> None:
    """Too little of it to tell which it was: neither lost, nor another one, nor one too many."""
    ear = Ear({})
    recording = tone_recording((Tone.LAST_TICK, 101.0))
    brief = replace(meant(Tone.TICK, 101.0), brief=True)
    verdict = ear.judge(recording, [brief])
    assert (verdict.errors_s, verdict.wrong, verdict.lost, verdict.extra) == ([], [], [], [])
    cut = wanted(
        [
            {"sound": "one", "due": 1.0, "asked": 1.0, "planned": False},
            {"hush": 1.15},
        ],
        {"one": 1.0},
    )
    assert [one.brief for one in cut] == [True]


@pytest.fixture(scope="module")
def cues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the sessions keep their cues, so that they are made only once."""
    return tmp_path_factory.mktemp("cues")


@has_espeak
def test_every_cue_is_heard_once_while_core_and_window_are_disturbed(
    sound_server: SoundServer, tmp_path: Path, cues: Path
) -> None:
    """From the check-in into the first set; nothing sounds that was not asked for."""
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    if busy > 3 * cores:
        pytest.skip(f"this machine has too much to do: load {busy:.0f} on {cores} cores")
    plan = tmp_path / "plan.toml"
    plan.write_text(plan_text('id = "S3", side = "both"'))
    session = play_aloud(tmp_path, sound_server, plan, 22, disturbed=True, pace=0.08, cues=cues)
    assert session.verdict.wrong == []
    assert session.verdict.lost == []
    assert session.verdict.extra == []
    assert session.unheard == []
    assert len(session.verdict.errors_s) >= 6


@has_espeak
def test_a_session_on_a_muted_output_is_found_silent(
    sound_server: SoundServer, tmp_path: Path, cues: Path
) -> None:
    """Negative control: the judgement comes from the recording and from nothing else."""
    plan = tmp_path / "plan.toml"
    plan.write_text(plan_text('id = "S3", side = "both"'))
    sound_server.mute("room")
    try:
        session = play_aloud(tmp_path, sound_server, plan, 4, disturbed=False, pace=0.2, cues=cues)
    finally:
        sound_server.mute("room", muted=False)
    assert len(session.verdict.lost) == session.count > 5
