"""Reading, checking and finishing the sound files a speech engine writes."""

import array
import struct
import sys
import wave
from dataclasses import dataclass
from pathlib import Path

TAIL_S = 0.1
"""Seconds of silence after the sound: some outputs swallow the last 30 ms of a stream."""

_SILENCE = 100
"""Distance from zero, of 32768, up to which nobody hears a sample (-50 dB)."""


class DamagedSoundError(Exception):
    """The file is not a sound that can be played."""


@dataclass(frozen=True, slots=True)
class Sound:
    """16-bit samples, interleaved when there is more than one channel."""

    rate: int
    channels: int
    samples: "array.array[int]"

    @property
    def seconds(self) -> float:
        """Length of the whole sound in seconds."""
        return len(self.samples) / self.channels / self.rate

    @property
    def heard_s(self) -> float:
        """Seconds from the start to the last sample that can be heard."""
        for last in range(len(self.samples) - 1, -1, -1):
            if abs(self.samples[last]) > _SILENCE:
                return (last // self.channels + 1) / self.rate
        return 0.0

    def pcm(self) -> bytes:
        """Return the samples as little-endian bytes."""
        return _little_endian(self.samples).tobytes()


def read_sound(path: Path) -> Sound:
    """Read a WAV, AIFF or AIFF-C file whole.

    Raises DamagedSoundError when it is missing, cut short, silent, or not 16-bit PCM.
    """
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise DamagedSoundError(f"{path.name}: {problem.strerror}") from problem
    # macOS writes AIFF whatever the file is called, so only the content tells.
    sound = _from_aiff(path, data) if data[:4] == b"FORM" else _from_wav(path)
    if not sound.heard_s:
        raise DamagedSoundError(f"{path.name}: nothing to hear in it")
    return sound


def write_finished(sound: Sound, path: Path) -> Sound:
    """Write a WAV with at least `TAIL_S` of silence at its end; returns what was written."""
    missing_s = TAIL_S - (sound.seconds - sound.heard_s)
    tail = array.array("h", bytes(2 * sound.channels * max(0, round(missing_s * sound.rate))))
    finished = Sound(sound.rate, sound.channels, sound.samples + tail)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(finished.channels)
        out.setsampwidth(2)
        out.setframerate(finished.rate)
        out.writeframes(finished.pcm())
    return finished


def _from_wav(path: Path) -> Sound:
    try:
        with wave.open(str(path), "rb") as source:
            rate, channels = source.getframerate(), source.getnchannels()
            frames, width = source.getnframes(), source.getsampwidth()
            data = source.readframes(frames)
    except (wave.Error, EOFError, OSError) as problem:
        raise DamagedSoundError(f"{path.name}: {problem}") from problem
    if width != 2:
        raise DamagedSoundError(f"{path.name}: {8 * width} bits a sample, not 16")
    if rate <= 0 or not frames or len(data) != frames * channels * width:
        raise DamagedSoundError(f"{path.name}: cut short")
    return Sound(rate, channels, _little_endian(array.array("h", data)))


def _from_aiff(path: Path, data: bytes) -> Sound:
    try:
        return _parse_aiff(data)
    except (struct.error, ValueError, OverflowError) as problem:
        raise DamagedSoundError(f"{path.name}: {problem}") from problem


def _parse_aiff(data: bytes) -> Sound:
    chunks = _aiff_chunks(data)
    common, body = chunks.get(b"COMM", b""), chunks.get(b"SSND", b"")
    channels, frames, bits = struct.unpack_from(">hIh", common)
    exponent, mantissa = struct.unpack_from(">HQ", common, 8)
    rate = round(mantissa * 2.0 ** (exponent - 16383 - 63))
    compression = common[18:22] if data[8:12] == b"AIFC" else b"NONE"
    if bits != 16 or channels < 1 or rate < 1 or compression not in {b"NONE", b"twos", b"sowt"}:
        raise ValueError(f"{bits} bits, {channels} channels, {compression!r} is not understood")
    (offset,) = struct.unpack_from(">I", body)
    pcm = body[8 + offset :]
    if not frames or len(pcm) < frames * channels * 2:
        raise ValueError("cut short")
    samples = array.array("h", pcm[: frames * channels * 2])
    if (compression == b"sowt") != (sys.byteorder == "little"):
        samples.byteswap()
    return Sound(rate, channels, samples)


def _aiff_chunks(data: bytes) -> dict[bytes, bytes]:
    chunks: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(data):
        (size,) = struct.unpack_from(">I", data, at + 4)
        chunks[data[at : at + 4]] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    return chunks


def _little_endian(samples: "array.array[int]") -> "array.array[int]":
    if sys.byteorder == "little":
        return samples
    swapped = array.array("h", samples)
    swapped.byteswap()
    return swapped
