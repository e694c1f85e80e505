"""Finds the cues of a session in a recording of what came out: which, when, and what else."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from coach.voice.tones import Tone, tone_sound
from coach.voice.wav import Sound, read_sound
from helper_processes import helpers_of
from sound_server import RATE, Recording, SoundServer

SLOW = 6
"""Cues are told apart at a sixth of the rate, 8 kHz: as good, and six times as fast."""

BEFORE_S, AFTER_S = 0.25, 0.35
"""How far from its moment a cue is looked for."""

CUT_S = 0.1
"""How much sooner than meant the end of a cue may be heard that is cut off."""

SHORTEST_S = 0.2
"""What was cut off earlier than this is not looked for."""

ALIKE = 0.85
"""Correlation from which a recording holds a cue; another cue reaches 0.6 at most."""

DOUBT = 0.02
"""How much better another cue has to fit: cut off early, two that begin alike are the same."""

LOUD = 0.004
"""Far below the softest tone, far above the noise of 16 bits."""

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Wanted:
    """A sound that was to be heard from `due` until `end`; `planned`: handed over ahead of time."""

    name: str
    due: float
    end: float
    planned: bool


@dataclass
class Verdict:
    """What the recording shows. errors_s: onset minus moment, of cues planned ahead.

    reactions_s: the same for what was said at once because somebody did something. wrong: another
    cue than the right one; lost: no cue at all; extra: moments at which something else was heard.
    """

    errors_s: list[float] = field(default_factory=list)
    at_s: list[float] = field(default_factory=list)
    reactions_s: list[float] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    extra: list[float] = field(default_factory=list)

    @property
    def drift_s(self) -> float:
        """How much later the last cues come than the first, by the straight line through all."""
        if len(self.errors_s) < 10:
            return 0.0
        slope, _ = np.polyfit(self.at_s, self.errors_s, 1)
        return float(slope) * (max(self.at_s) - min(self.at_s))


def wanted(events: Sequence[Mapping[str, Any]], length_s: Mapping[str, float]) -> list[Wanted]:
    """What of all that was asked for was to be heard, after every hush and every cut."""
    kept: list[Wanted] = []
    for event in events:
        if "hush" in event:
            now = event["hush"]
            kept = [_cut(one, now) if now < one.end else one for one in kept if one.due < now]
            continue
        name = event["sound"]
        due = max(event["due"], event["asked"]) if not event["planned"] else event["due"]
        if _spoken(name):
            # Two cues never talk at once: the later one cuts the earlier.
            kept = [
                _cut(one, due) if one.due < due < one.end and _spoken(one.name) else one
                for one in kept
            ]
        kept.append(Wanted(name, due, due + length_s[name], event["planned"]))
    shortest = {one.name: min(SHORTEST_S, length_s[one.name]) for one in kept}
    return [one for one in kept if one.end - one.due >= shortest[one.name] - 1e-6]


def _spoken(name: str) -> bool:
    return name not in set(Tone)


def _cut(one: Wanted, end: float) -> Wanted:
    return Wanted(one.name, one.due, min(one.end, end - CUT_S), one.planned)


class Ear:
    """Knows every cue there is by its sound."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        sounds = {name: read_sound(file) for name, file in files.items()}
        sounds |= {tone.value: tone_sound(tone) for tone in Tone}
        self.length_s = {name: sound.heard_s for name, sound in sounds.items()}
        self._whole = {name: _resampled(sound, RATE) for name, sound in sounds.items()}
        self._slow = {name: _resampled(sound, RATE // SLOW) for name, sound in sounds.items()}

    def judge(self, recording: Recording, asked: Sequence[Wanted]) -> Verdict:
        """Look for each cue at its moment, and for sound where there should be none."""
        verdict = Verdict()
        quiet = np.ones(recording.samples.size, dtype=bool)
        for one in asked:
            first = recording.at(one.due - BEFORE_S)
            last = recording.at(one.end + AFTER_S)
            part = recording.samples[first:last]
            best = self._best(part, one.end - one.due)
            onset, score = _found(part, self._cut(self._whole[one.name], one, RATE))
            at = recording.when(first + onset)
            if score < ALIKE and best[1] < ALIKE:
                verdict.lost.append(one.name)
            elif best[0] != one.name and best[1] > score + DOUBT:
                verdict.wrong.append((one.name, best[0]))
            elif one.planned:
                verdict.errors_s.append(at - one.due)
                verdict.at_s.append(one.due)
            else:
                verdict.reactions_s.append(at - one.due)
            quiet[max(0, first) : last] = False
        verdict.extra = _noises(recording, quiet)
        return verdict

    @staticmethod
    def _cut(samples: np.ndarray, one: Wanted, rate: int) -> np.ndarray:
        return samples[: max(1, round((one.end - one.due) * rate))]

    def _best(self, part: np.ndarray, length_s: float) -> tuple[str, float]:
        """The cue that fits best; only as much of each is compared as was to be heard."""
        slow = _thin(part)
        scores = {}
        size = 1 << (2 * slow.size - 1).bit_length()
        spectrum = np.fft.rfft(slow, size)
        power = np.concatenate(([0.0], np.cumsum(slow.astype(np.float64) ** 2)))
        for name, reference in self._slow.items():
            cut = reference[: max(1, round(length_s * RATE / SLOW))]
            if cut.size <= slow.size:
                scores[name] = _score(spectrum, power, cut, size, _latest(RATE // SLOW))[1]
        name = max(scores, key=lambda each: scores[each])
        return name, scores[name]


def _resampled(sound: Sound, rate: int) -> np.ndarray:
    heard = np.array(sound.samples[: round(sound.heard_s * sound.rate) * sound.channels])
    mono = heard[:: sound.channels] / 32768
    size = round(mono.size * rate / sound.rate)
    whole = np.interp(np.arange(size) * sound.rate / rate, np.arange(mono.size), mono)
    return whole.astype(np.float32)


def _latest(rate: int) -> int:
    """The last sample at which a cue may begin, counted from `BEFORE_S` before its moment."""
    return round((BEFORE_S + AFTER_S) * rate)


def _thin(samples: np.ndarray) -> np.ndarray:
    """The same at a sixth of the rate, each sample the mean of six."""
    size = samples.size // SLOW * SLOW
    return samples[:size].reshape(-1, SLOW).mean(axis=1)


def _found(part: np.ndarray, reference: np.ndarray) -> tuple[int, float]:
    """Where a cue begins in a part of the recording, and how alike they are."""
    if reference.size > part.size:
        return 0, 0.0
    size = 1 << (2 * part.size - 1).bit_length()
    power = np.concatenate(([0.0], np.cumsum(part.astype(np.float64) ** 2)))
    return _score(np.fft.rfft(part, size), power, reference, size, _latest(RATE))


def _score(
    spectrum: np.ndarray, power: np.ndarray, reference: np.ndarray, size: int, latest: int
) -> tuple[int, float]:
    """Where it fits best, not later than a sample, and how well."""
    places = min(latest, power.size - 1 - reference.size) + 1
    product = spectrum * np.conj(np.fft.rfft(reference, size))
    meeting = np.fft.irfft(product, size)[:places]
    energy = power[reference.size : reference.size + places] - power[:places]
    own = float(np.sum(reference.astype(np.float64) ** 2))
    # What is nearly silent is like nothing, however it is scaled.
    scores = meeting / np.sqrt(np.maximum(energy, 1e-3) * own)
    at = int(np.argmax(scores))
    return at, float(scores[at])


def _noises(recording: Recording, quiet: np.ndarray) -> list[float]:
    """Seconds at which something is heard although nothing was asked for; one a second at most."""
    loud = np.flatnonzero((np.abs(recording.samples) > LOUD) & quiet)
    found: list[float] = []
    for sample in loud[:: RATE // 100]:
        at = recording.when(int(sample))
        if not found or at - found[-1] > 1.0:
            found.append(at)
    return found


@dataclass(frozen=True)
class Session:
    """A session that was played aloud and recorded.

    unheard: cues that did not come out as speech, with their reasons. share: of a processor, used
    by the window; helpers_s: processor seconds of both helpers.
    """

    verdict: Verdict
    count: int
    unheard: list[list[str]]
    outcome: str
    seconds: float
    share: float
    helpers_s: float


def play_aloud(
    folder: Path,
    server: SoundServer,
    plan: Path,
    seconds: float,
    *,
    disturbed: bool,
    pace: float = 1.0,
) -> Session:
    """Play a plan in a process of its own, record it, and judge what was heard.

    seconds: where it stops if it is not over before. disturbed: one core is kept busy and the
    window stands still for 200 ms now and then. pace: below 1 it is answered faster.
    """
    home = folder / "home"
    command = [sys.executable, str(ROOT / "tests/support/playing_aloud.py"), str(home), str(plan)]
    environment = {
        **os.environ,
        **server.environment,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(
            str(ROOT / path) for path in ("", "tests/fakes", "tests/support")
        ),
    }
    with (
        _busy_core(busy=disturbed),
        subprocess.Popen(
            [*command, str(seconds), str(int(disturbed)), str(pace)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as player,
    ):
        assert player.stdin is not None and player.stdout is not None
        said = player.stdout.readline().strip()
        if said != "ready":
            raise RuntimeError(said or "the player ended before it was ready")
        recorder = server.record()
        before = _helper_seconds(player.pid)
        player.stdin.write("go\n")
        player.stdin.flush()
        spent = before
        while player.poll() is None:
            spent = max(spent, _helper_seconds(player.pid))
            try:
                player.wait(0.5)
            except subprocess.TimeoutExpired:
                continue
    if player.returncode:
        recorder.stop()
        raise RuntimeError(f"the player ended with {player.returncode}")
    heard = json.loads((home / "heard.json").read_text())
    recording = recorder.until(heard["ended"] + 0.2)
    events = heard["events"]
    unready = [
        one["sound"] for one in events if one.get("file", "") is None and _spoken(one["sound"])
    ]
    ear = Ear({one["sound"]: Path(one["file"]) for one in events if one.get("file")})
    asked = wanted([one for one in events if one.get("sound") not in unready], ear.length_s)
    return Session(
        verdict=ear.judge(recording, asked),
        count=len(asked),
        unheard=[*heard["unheard"], *([text, "captions", "never made"] for text in unready)],
        outcome=heard["outcome"],
        seconds=heard["ended"] - heard["began"],
        share=heard["share"],
        helpers_s=spent - before,
    )


@contextmanager
def _busy_core(*, busy: bool) -> Iterator[None]:
    if not busy:
        yield
        return
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as hog:
        try:
            yield
        finally:
            hog.kill()


def _helper_seconds(pid: int) -> float:
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0
    for helper in helpers_of(pid):
        try:
            fields = Path(f"/proc/{helper}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += int(fields[11]) + int(fields[12])
    return total / ticks
