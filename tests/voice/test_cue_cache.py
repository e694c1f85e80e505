import errno
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice.cache import CueCache, CueCacheError, cue_key
from coach.voice.tones import Tone, tone_sound
from coach.voice.wav import DamagedSoundError, write_finished

CUE = ("Hold", "gmw/en", 160, "espeak 1.51 system")


def rendered(cache: CueCache, key: str) -> Path:
    """Return a part file as the speech engine leaves it."""
    part = cache.part(key, ".wav")
    write_finished(tone_sound(Tone.CHIME), part)
    return part


@pytest.fixture
def cache(tmp_path: Path) -> CueCache:
    cache = CueCache(tmp_path / "voice")
    cache.open()
    return cache


@pytest.mark.parametrize(
    "other",
    [
        ("Hold on", "gmw/en", 160, "espeak 1.51 system"),
        ("Hold", "gmw/de", 160, "espeak 1.51 system"),
        ("Hold", "gmw/en", 161, "espeak 1.51 system"),
        ("Hold", "gmw/en", 160, "espeak 1.52 bundled"),
    ],
)
def test_whatever_changes_the_sound_changes_the_key(other: tuple[str, str, int, str]) -> None:
    assert cue_key(*other) != cue_key(*CUE)


@given(st.text(), st.text())
def test_text_and_voice_cannot_be_mixed_up(text: str, voice: str) -> None:
    assert (cue_key(text, voice, 160, "e") == cue_key(voice, text, 160, "e")) == (text == voice)


def test_a_kept_cue_is_found_with_its_length(cache: CueCache) -> None:
    kept = cache.keep("a" * 32, rendered(cache, "a" * 32))
    assert cache.find("a" * 32) == kept
    assert 0.3 < kept.heard_s < 0.5


def test_a_cue_never_made_is_not_found(cache: CueCache) -> None:
    assert cache.find("b" * 32) is None


def test_a_damaged_cue_is_removed_to_be_made_again(cache: CueCache) -> None:
    kept = cache.keep("k", rendered(cache, "k"))
    kept.file.write_bytes(kept.file.read_bytes()[:-50])
    assert cache.find("k") is None
    assert not kept.file.exists()


def test_a_bad_part_never_becomes_a_cue(cache: CueCache) -> None:
    part = cache.part("k", ".wav")
    part.write_bytes(b"RIFF")
    with pytest.raises(DamagedSoundError):
        cache.keep("k", part)
    assert cache.find("k") is None
    assert not part.exists()


def test_above_its_size_the_longest_unused_cues_go(tmp_path: Path) -> None:
    size = len(tone_sound(Tone.CHIME).pcm())
    cache = CueCache(tmp_path, max_bytes=3 * size + 500)
    files = {}
    for age, key in enumerate("abc"):
        files[key] = cache.keep(key, rendered(cache, key)).file
        os.utime(files[key], (1000 + age, 1000 + age))
    assert cache.find("a") is not None  # used just now, so no longer the oldest
    cache.keep("d", rendered(cache, "d"))
    assert {key for key in "abcd" if cache.find(key)} == {"a", "c", "d"}


def test_a_cue_larger_than_the_whole_cache_is_still_kept(tmp_path: Path) -> None:
    cache = CueCache(tmp_path, max_bytes=10)
    cache.keep("a", rendered(cache, "a"))
    cache.keep("b", rendered(cache, "b"))
    assert cache.find("a") is None
    assert cache.find("b") is not None


def test_opening_removes_what_a_crash_left(tmp_path: Path) -> None:
    cache = CueCache(tmp_path)
    kept = cache.keep("a", rendered(cache, "a"))
    left = rendered(cache, "b")
    cache.open()
    assert not left.exists()
    assert kept.file.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_the_cues_are_the_users_alone(cache: CueCache, tmp_path: Path) -> None:
    kept = cache.keep("a", rendered(cache, "a"))
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "voice").stat().st_mode) == 0o700


def test_a_full_disk_is_told_apart(cache: CueCache, monkeypatch: pytest.MonkeyPatch) -> None:
    part = rendered(cache, "a")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CueCacheError, match="disk is full") as caught:
        cache.keep("a", part)
    assert caught.value.disk_full
    monkeypatch.setattr(Path, "write_bytes", full)
    problem = cache.explain_no_sound()
    assert problem is not None and problem.disk_full


def test_a_disk_without_room_for_a_cue_is_full_before_the_engine_is_asked(
    cache: CueCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A speech engine may hang on a full disk, so it never gets to see one."""
    assert cache.part("key", ".wav").suffix == ".wav"
    usage = type("usage", (), {"free": 1_000_000})
    monkeypatch.setattr("coach.voice.cache.shutil.disk_usage", lambda _folder: usage)
    with pytest.raises(CueCacheError) as problem:
        cache.part("key", ".wav")
    assert problem.value.disk_full


def test_a_folder_that_is_a_file_is_told_clearly(tmp_path: Path) -> None:
    (tmp_path / "voice").write_text("in the way")
    with pytest.raises(CueCacheError, match="voice") as caught:
        CueCache(tmp_path / "voice").open()
    assert not caught.value.disk_full


def test_a_good_folder_is_not_to_blame(cache: CueCache) -> None:
    assert cache.explain_no_sound() is None
