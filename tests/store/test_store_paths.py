"""Where things are kept, and who may read them."""

import errno
import os
from pathlib import Path

import pytest

from coach.store.errors import KnownError
from coach.store.paths import Home
from coach.store.private_file import create_private, narrow, write_private

posix = pytest.mark.skipif(os.name == "nt", reason="Windows relies on the profile's access list")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_home_moves_data_settings_cache_and_logs_together(tmp_path: Path) -> None:
    """--home wins over the environment, and both over the platform's folders."""
    environment = {"NERVE_COACH_HOME": str(tmp_path / "env")}
    asked = Home.find(tmp_path / "asked", environment)
    assert asked == Home.under(tmp_path / "asked")
    assert {asked.data, asked.settings, asked.cache, asked.logs} == {
        tmp_path / "asked" / name for name in ("data", "settings", "cache", "logs")
    }
    assert Home.find(None, environment) == Home.under(tmp_path / "env")


def test_platform_folders_carry_the_programs_name() -> None:
    """Nothing is put loosely into a shared folder."""
    home = Home.find(None, {})
    for folder in (home.data, home.settings, home.cache, home.logs):
        assert "nerve-coach" in folder.parts


@posix
def test_every_folder_is_for_its_owner_alone(home: Home) -> None:
    """Also one that was open to others before."""
    home.data.mkdir(parents=True, mode=0o755)
    home.prepare()
    for folder in (home.data, home.settings, home.cache, home.logs, home.backups):
        assert mode(folder) == 0o700


@posix
def test_an_existing_folder_given_as_home_keeps_its_own_permissions(tmp_path: Path) -> None:
    """It is the user's folder; only what we make in it is ours to close."""
    tmp_path.chmod(0o755)
    Home.under(tmp_path).prepare()
    assert mode(tmp_path) == 0o755


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(KnownError, match="data: cannot make this folder"):
        Home.under(tmp_path).prepare()


@pytest.mark.parametrize("session", ["", "../x", "a/b", "a\\b", ".hidden", "x" * 65, "a\n"])
def test_a_session_id_never_leads_out_of_the_log_folder(home: Home, session: str) -> None:
    """Ids arrive in files other people send."""
    with pytest.raises(KnownError, match="session id"):
        home.session_log(session)


def test_a_session_log_is_named_after_its_session(home: Home) -> None:
    """In the data folder, since it belongs to the data."""
    assert home.session_log("01JD-a_b") == home.data / "logs" / "01JD-a_b.jsonl"


@posix
def test_private_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    """New ones, replaced ones, and one that was readable by all."""
    old = tmp_path / "old"
    old.write_text("x")
    old.chmod(0o644)
    create_private(old)
    create_private(tmp_path / "new")
    write_private(tmp_path / "written", b"y")
    assert [mode(path) for path in sorted(tmp_path.iterdir())] == [0o600] * 3
    assert old.read_text() == "x"


def test_a_write_that_fails_leaves_the_old_content_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up before the new content is complete."""
    target = tmp_path / "file"
    write_private(target, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnownError, match="No space left on device"):
        write_private(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_disk_that_may_only_be_read_is_told_where_something_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folders keep the permissions they have; any other failure is not passed over."""
    told = OSError(errno.EROFS, "Read-only file system")

    def refuse(_: Path, __: int) -> None:
        raise told

    monkeypatch.setattr(Path, "chmod", refuse)
    narrow(tmp_path, 0o700)
    told = OSError(errno.EIO, "Input/output error")
    with pytest.raises(OSError, match="Input/output"):
        narrow(tmp_path, 0o700)
