import array
import struct
import wave
from pathlib import Path

import pytest

from coach.voice.wav import TAIL_S, DamagedSoundError, Sound, read_sound, write_finished

RATE = 22050


def write_wav(path: Path, samples: list[int], *, width: int = 2, rate: int = RATE) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setparams((1, width, rate, 0, "NONE", ""))
        out.writeframes(
            b"".join(sample.to_bytes(width, "little", signed=True) for sample in samples)
        )
    return path


def aiff(samples: list[int], *, form: bytes = b"AIFF", compression: bytes = b"") -> bytes:
    """Return an AIFF file as macOS writes it: an odd chunk first, the rate as an 80-bit float."""
    order = "<" if compression == b"sowt" else ">"
    exponent = 16383 + RATE.bit_length() - 1
    mantissa = RATE << (64 - RATE.bit_length())
    common = struct.pack(">hIhHQ", 1, len(samples), 16, exponent, mantissa)
    if form == b"AIFC":
        common += compression + b"\x00\x00"
    body = struct.pack(">II", 0, 0) + struct.pack(f"{order}{len(samples)}h", *samples)
    chunks = b""
    for name, data in ((b"NAME", b"odd"), (b"COMM", common), (b"SSND", body)):
        chunks += name + struct.pack(">I", len(data)) + data + b"\x00" * (len(data) % 2)
    return b"FORM" + struct.pack(">I", 4 + len(chunks)) + form + chunks


def test_a_wav_tells_its_length_and_where_its_sound_ends(tmp_path: Path) -> None:
    sound = read_sound(write_wav(tmp_path / "a.wav", [0] * 100 + [9000] * RATE + [0] * RATE))
    assert sound.seconds == pytest.approx(2.0, abs=0.01)
    assert sound.heard_s == pytest.approx((100 + RATE) / RATE)


def test_a_sound_below_zero_is_heard_too(tmp_path: Path) -> None:
    assert read_sound(write_wav(tmp_path / "a.wav", [0, -32768])).heard_s == 2 / RATE


@pytest.mark.parametrize(
    ("form", "compression"),
    [(b"AIFF", b""), (b"AIFC", b"NONE"), (b"AIFC", b"twos"), (b"AIFC", b"sowt")],
)
def test_an_aiff_has_the_same_samples_as_the_wav(
    tmp_path: Path, form: bytes, compression: bytes
) -> None:
    samples = [0, 1, -2, 300, -32768, 32767]
    file = tmp_path / "spoken.wav"
    file.write_bytes(aiff(samples, form=form, compression=compression))
    assert read_sound(file) == Sound(RATE, 1, array.array("h", samples))


def test_a_damaged_file_is_refused_with_its_name(tmp_path: Path) -> None:
    whole = write_wav(tmp_path / "whole.wav", [7000] * 500).read_bytes()
    cut_aiff = aiff([7000] * 500)[:-200]
    cases = {
        "empty": b"",
        "cut": whole[:-100],
        "header": whole[:20],
        "text": b"not a sound at all, only words",
        "aiff-cut": cut_aiff,
        "aiff-bare": b"FORM\x00\x00\x00\x04AIFF",
        "mp3-in-aiff": aiff([1], form=b"AIFC", compression=b"MPG3"),
    }
    for name, data in cases.items():
        file = tmp_path / name
        file.write_bytes(data)
        with pytest.raises(DamagedSoundError, match=name):
            read_sound(file)


def test_a_missing_silent_or_eight_bit_file_is_refused(tmp_path: Path) -> None:
    for file in (
        tmp_path / "missing.wav",
        write_wav(tmp_path / "silent.wav", [0] * 500),
        write_wav(tmp_path / "narrow.wav", [100] * 500, width=1),
    ):
        with pytest.raises(DamagedSoundError, match=file.name):
            read_sound(file)


@pytest.mark.parametrize("silence", [0, 500, RATE])
def test_a_finished_file_ends_in_silence(tmp_path: Path, silence: int) -> None:
    spoken = Sound(RATE, 1, array.array("h", [8000] * 1000 + [0] * silence))
    written = write_finished(spoken, tmp_path / "done.wav")
    assert read_sound(tmp_path / "done.wav") == written
    assert written.seconds - written.heard_s >= TAIL_S - 0.001
    assert len(written.samples) == 1000 + max(silence, round(TAIL_S * RATE))
