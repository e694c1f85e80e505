"""Spoken cues kept on disk, so that a plan is ready at once the next time it is opened."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from coach.voice.wav import DamagedSoundError, read_sound, write_finished

_FORMAT = 1
"""Raise when finished files change shape, so that old ones are made again."""

_MAX_BYTES = 64 * 1024 * 1024
_PART = ".part"

_CUE_BYTES = 1024 * 1024
"""As large as a spoken cue can get: a disk without room for it is full."""


class CueCacheError(Exception):
    """A cue cannot be kept; `disk_full` tells the one cause a person can mend."""

    def __init__(self, message: str, *, disk_full: bool) -> None:
        super().__init__(message)
        self.disk_full = disk_full


@dataclass(frozen=True, slots=True)
class CachedCue:
    """A finished WAV file and the seconds to the end of its last word."""

    file: Path
    heard_s: float


def cue_key(text: str, voice: str, rate_wpm: int, engine: str) -> str:
    """Return the name of a cue: the same for the same words in the same voice of the same engine.

    The sound itself is no key: an engine renders the same words a little differently each time.
    """
    parts = json.dumps([_FORMAT, text, voice, rate_wpm, engine], ensure_ascii=True)
    return hashlib.sha256(parts.encode()).hexdigest()[:32]


class CueCache:
    """Finished cues in one folder, the longest unused thrown away above `max_bytes`."""

    def __init__(self, folder: Path, max_bytes: int = _MAX_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    def open(self) -> None:
        """Make the folder, for this user only, and drop what a crash left half written."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for part in self._folder.glob(f"*{_PART}.*"):
                part.unlink(missing_ok=True)
        except OSError as problem:
            raise self._error(problem) from problem

    def find(self, key: str) -> CachedCue | None:
        """Return a cue that is there and whole; a damaged one is removed, to be made again."""
        file = self._file(key)
        try:
            sound = read_sound(file)
        except DamagedSoundError:
            self._remove(file)
            return None
        with contextlib.suppress(OSError):  # its age only says what to throw away first
            os.utime(file)
        return CachedCue(file, sound.heard_s)

    def part(self, key: str, suffix: str) -> Path:
        """Return where the speech engine may write while the cue is not finished.

        Raises CueCacheError when there is no room for it: espeak hangs on a full disk.
        """
        try:
            free = shutil.disk_usage(self._folder).free
        except OSError as problem:
            raise self._error(problem) from problem
        if free < _CUE_BYTES:
            raise self._error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        return self._folder / f"{key}{_PART}.{os.getpid()}{suffix}"

    def keep(self, key: str, part: Path) -> CachedCue:
        """Check what the engine wrote, finish it, and put it in its place in one step.

        Raises DamagedSoundError for a bad sound and CueCacheError when it cannot be written.
        """
        finished = self._folder / f"{key}{_PART}.{os.getpid()}.finished"
        try:
            sound = write_finished(read_sound(part), finished)
            finished.chmod(0o600)
            finished.replace(self._file(key))
        except OSError as problem:
            raise self._error(problem) from problem
        finally:
            self._remove(part)
            self._remove(finished)
        self._make_room(key)
        return CachedCue(self._file(key), sound.heard_s)

    def explain_no_sound(self) -> CueCacheError | None:
        """Tell whether the folder is why the engine wrote nothing useful, by trying it."""
        probe = self._folder / f"probe{_PART}.{os.getpid()}"
        try:
            probe.write_bytes(bytes(_CUE_BYTES))
        except OSError as problem:
            return self._error(problem)
        finally:
            self._remove(probe)
        return None

    def _make_room(self, newest: str) -> None:
        aged = sorted(
            (status.st_mtime, status.st_size, file)
            for file in self._folder.glob("*.wav")
            if (status := _status(file)) is not None
        )
        total = sum(size for _, size, _ in aged)
        for _, size, file in aged:
            if total <= self._max_bytes:
                return
            if file != self._file(newest):
                self._remove(file)
                total -= size

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.wav"

    def _error(self, problem: OSError) -> CueCacheError:
        full = problem.errno in {errno.ENOSPC, errno.EDQUOT}
        what = "the disk is full" if full else (problem.strerror or str(problem))
        return CueCacheError(f"{self._folder}: {what}", disk_full=full)

    @staticmethod
    def _remove(file: Path) -> None:
        with contextlib.suppress(OSError):  # what cannot be removed is replaced when needed
            file.unlink(missing_ok=True)


def _status(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:
        return None
