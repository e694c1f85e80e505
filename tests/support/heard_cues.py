"""Finds the cues of a session in a recording of what came out: which, when, and what else."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from coach.voice.speaker import LATE_UNTIMED_S
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
"""What was cut off earlier than this may be heard, and is not looked for."""

ALIKE = 0.85
"""Correlation from which a recording holds a cue; another cue reaches 0.6 at most."""

PIECE_S = 0.2
"""An output that is starved of a processor leaves out milliseconds; such pieces then still fit."""

DOUBT = 0.02
"""How much better another cue has to fit: cut off early, two that begin alike are the same."""

LOUD = 0.004
"""Far below the softest tone, far above the noise of 16 bits."""

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Wanted:
    """A sound that was to be heard from `due` until `end`; `planned`: handed over ahead of time.

    brief: it was cut off so early that nobody can tell which it was.
    """

    name: str
    due: float
    end: float
    planned: bool
    brief: bool = False


@dataclass
class Verdict:
    """What the recording shows. errors_s: onset minus moment, of cues planned ahead.

    reactions_s: the same for what was said at once because somebody did something. wrong: another
    cue than the right one; lost: no cue at all; extra: moments at which something else was heard;
    stuttered: heard with milliseconds left out.
    """

    errors_s: list[float] = field(default_factory=list)
    at_s: list[float] = field(default_factory=list)
    reactions_s: list[float] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    extra: list[float] = field(default_factory=list)
    stuttered: list[str] = field(default_factory=list)

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
    return [replace(one, brief=one.end - one.due < _shortest(length_s[one.name])) for one in kept]


def _shortest(length_s: float) -> float:
    return min(SHORTEST_S, length_s) - 1e-6


def _spoken(name: str) -> bool:
    return name not in set(Tone)


def _cut(one: Wanted, end: float) -> Wanted:
    return replace(one, end=min(one.end, end - CUT_S))


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
            quiet[first:last] = False
            if one.brief:
                continue
            part = recording.samples[first:last]
            reference = self._whole[one.name][: _samples(one.end - one.due, RATE)]
            onset, score = _found(part, reference, _latest(RATE))
            if score < ALIKE:
                last = recording.at(_patience_ends(one, asked))
                part = recording.samples[first:last]
                onset, score = _found_in_pieces(part, reference)
                if score >= ALIKE:
                    verdict.stuttered.append(one.name)
                    quiet[first:last] = False
            # A neighbour in time is no other cue in its place: it is looked for by itself.
            near = {each.name for each in asked if each is not one and _meet(each, one)}
            other, best = self._best(part, one, near)
            at = recording.when(first + onset)
            if score < ALIKE and best < ALIKE:
                verdict.lost.append(one.name)
            elif best > score + DOUBT:
                verdict.wrong.append((one.name, other))
            elif one.planned:
                verdict.errors_s.append(at - one.due)
                verdict.at_s.append(one.due)
            else:
                verdict.reactions_s.append(at - one.due)
        verdict.extra = _noises(recording, quiet)
        return verdict

    def _best(self, part: np.ndarray, one: Wanted, near: set[str]) -> tuple[str, float]:
        """Another cue that fits best; only as much of each is compared as was to be heard."""
        slow = _thin(part)
        rate = RATE // SLOW
        cuts = {
            name: whole[: _samples(one.end - one.due, rate)]
            for name, whole in self._slow.items()
            if name != one.name and name not in near
        }
        found = _each_found(slow, cuts.values(), _latest(rate))
        scores = {name: score for name, (_, score) in zip(cuts, found, strict=True)}
        return max(scores.items(), key=itemgetter(1))


def _samples(seconds: float, rate: int) -> int:
    return max(1, round(seconds * rate))


def _meet(one: Wanted, other: Wanted) -> bool:
    """Whether a cue is heard in the stretch in which another is looked for."""
    return one.due < other.end + AFTER_S and other.due - BEFORE_S < one.end


def _patience_ends(one: Wanted, asked: Sequence[Wanted]) -> float:
    """Until when a cue may come that was not there on its moment.

    What belongs to a moment is worth nothing later; what does not may be late, but not so late
    that it would be taken for the next of its kind.
    """
    if one.planned:
        return one.end + AFTER_S
    again = [each.due for each in asked if each.name == one.name and each.due > one.due]
    return min([one.end + LATE_UNTIMED_S, *again])


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


def _found(part: np.ndarray, reference: np.ndarray, latest: int) -> tuple[int, float]:
    """Where a cue begins in a part of the recording, at most so late; and how alike they are."""
    (found,) = _each_found(part, [reference], latest)
    return found


def _each_found(
    part: np.ndarray, references: Iterable[np.ndarray], latest: int
) -> Iterator[tuple[int, float]]:
    """The same for each of several cues."""
    size = 1 << (2 * part.size - 1).bit_length()
    spectrum = np.fft.rfft(part, size)
    power = np.concatenate(([0.0], np.cumsum(part.astype(np.float64) ** 2)))
    for reference in references:
        fits = reference.size <= part.size
        yield _score(spectrum, power, reference, size, latest) if fits else (0, 0.0)


def _found_in_pieces(part: np.ndarray, reference: np.ndarray) -> tuple[int, float]:
    """The same for a cue that stutters: at least half of it has to be there, in its order."""
    length = min(_samples(PIECE_S, RATE), reference.size)
    begins = range(0, reference.size - length + 1, length)
    pieces = [reference[at : at + length] for at in begins]
    found = zip(begins, _each_found(part, pieces, part.size), strict=True)
    there = [(at, place, score) for at, (place, score) in found if score >= ALIKE]
    places = [place for _, place, _ in there]
    if 2 * len(there) < len(pieces) or places != sorted(places):
        return 0, 0.0
    at, place, _ = there[0]
    return place - at, min(score for _, _, score in there)


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
    cues: Path | None = None,
) -> Session:
    """Play a plan in a process of its own, record it, and judge what was heard.

    seconds: where it stops if it is not over before. disturbed: one core is kept busy and the
    window stands still for 200 ms now and then. pace: below 1 it is answered faster. cues: a folder
    in which they may have been made already.
    """
    home = folder / "home"
    if cues is not None:
        (home / "cache").mkdir(parents=True)
        (home / "cache" / "voice").symlink_to(cues)
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
        count=sum(not one.brief for one in asked),
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
