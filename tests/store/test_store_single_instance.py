"""One program for each data folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import coach
from coach.store.errors import KnownError
from coach.store.single_instance import AlreadyRunningError, SingleInstance

HOLDER = """
import sys, pathlib
from coach.store.single_instance import SingleInstance
SingleInstance(pathlib.Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.read()
"""


def holder(file: Path) -> "subprocess.Popen[str]":
    """Another process that holds the lock until it ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(coach.__file__).parents[1])},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_program_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    """By its process number, in words that say what to do; afterwards the folder is free."""
    file = tmp_path / "app.lock"
    with holder(file) as process:
        with pytest.raises(AlreadyRunningError, match=f"process {process.pid}") as refusal:
            SingleInstance(file).acquire()
        assert refusal.value.process == process.pid
        process.communicate()
    with SingleInstance(file):
        assert file.read_text() == f"{os.getpid()}\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_a_killed_program_leaves_the_folder_free(tmp_path: Path) -> None:
    """The file it leaves behind means nothing."""
    file = tmp_path / "app.lock"
    for _ in range(3):
        with holder(file) as process:
            process.send_signal(signal.SIGKILL)
            process.wait()
        with SingleInstance(file):
            pass


def test_a_holder_that_cannot_be_read_is_still_a_holder(tmp_path: Path) -> None:
    """The lock counts, not the text in the file."""
    file = tmp_path / "app.lock"
    with SingleInstance(file) as held:
        held.acquire()
        file.write_text("?")
        with pytest.raises(AlreadyRunningError, match="another program") as refusal:
            SingleInstance(file).acquire()
        assert refusal.value.process is None
    held.release()


@pytest.mark.skipif(os.name == "nt", reason="Windows relies on the profile's access list")
def test_the_lock_file_is_private(tmp_path: Path) -> None:
    """Like everything in the data folder."""
    with SingleInstance(tmp_path / "app.lock"):
        assert (tmp_path / "app.lock").stat().st_mode & 0o777 == 0o600


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """Not a traceback."""
    with pytest.raises(KnownError, match="cannot open this file"):
        SingleInstance(tmp_path / "nowhere" / "app.lock").acquire()


def test_child_programs_do_not_inherit_the_lock(tmp_path: Path) -> None:
    """A helper process that outlives the window must not keep the folder."""
    file = tmp_path / "app.lock"
    first = SingleInstance(file)
    first.acquire()
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
    ) as child:
        first.release()
        with SingleInstance(file):
            pass
        child.communicate()
