"""Pictures on disk: whole or not there, and trouble in plain words."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.app.picture_files import new_folder, save_picture, saving_series
from coach.store.errors import KnownError


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def full_after(monkeypatch: pytest.MonkeyPatch, writes: int) -> None:
    """The disk has room for so many files."""
    real, left = os.fsync, [writes]

    def fsync(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)


def test_a_picture_replaces_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    save_picture(path, b"one")
    save_picture(path, b"two")
    assert path.read_bytes() == b"two"
    assert files(tmp_path) == ["a.png"]


def test_on_a_full_disk_the_picture_before_stays_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    save_picture(path, b"one")
    full_after(monkeypatch, 0)
    with pytest.raises(KnownError, match=r"a\.png: cannot write this file: No space left"):
        save_picture(path, b"two")
    assert path.read_bytes() == b"one"
    assert files(tmp_path) == ["a.png"]


def test_a_place_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="No such file"):
        save_picture(tmp_path / "nowhere" / "a.png", b"one")
    with pytest.raises(KnownError, match="cannot make this folder: No such file"):
        list(saving_series(tmp_path / "nowhere" / "series", "a", [b"one"]))


def test_a_series_is_numbered_and_counted(tmp_path: Path) -> None:
    folder = tmp_path / "slide"
    assert list(saving_series(folder, "S3-A", [b"one", b"two"])) == [1, 2]
    assert files(tmp_path) == ["slide", "slide/S3-A-001.png", "slide/S3-A-002.png"]


def test_the_folder_appears_only_when_all_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "slide"
    steps = saving_series(folder, "a", [b"one", b"two"])
    next(steps)
    assert not folder.exists()
    steps.close()
    assert files(tmp_path) == []


def test_a_series_on_a_disk_that_fills_up_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_after(monkeypatch, 3)  # a file and its name, and the second file
    with pytest.raises(KnownError, match="No space left"):
        list(saving_series(tmp_path / "slide", "a", [b"one", b"two", b"three"]))
    assert files(tmp_path) == []


def test_a_picture_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    def pictures() -> Iterator[bytes]:
        yield b"one"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        list(saving_series(tmp_path / "slide", "a", pictures()))
    assert files(tmp_path) == []


def test_a_folder_that_is_there_is_never_written_into(tmp_path: Path) -> None:
    (tmp_path / "slide").mkdir()
    assert new_folder(tmp_path / "slide") == tmp_path / "slide-2"
    (tmp_path / "slide" / "mine.png").write_bytes(b"mine")
    with pytest.raises(KnownError, match="cannot make this folder"):
        list(saving_series(tmp_path / "slide", "a", [b"one"]))
    assert (tmp_path / "slide" / "mine.png").read_bytes() == b"mine"
