"""The set-up scripts find a Python that runs, install only what is missing, and take a no."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "packaging" / "setup"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for POSIX shells")


class Machine:
    """A folder to work in whose programs are whatever the test says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        (folder / ".venv" / "bin").mkdir(parents=True)
        self.has("uname", "echo Linux")
        self.has("sudo", "echo 'no sudo for you' >&2; exit 1")
        self.calls = folder / "calls"

    def has(self, name: str, script: str) -> None:
        program = self.bin / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    def is_debian(self, *, user: int, lacks: str, renamed: str = "") -> None:
        """Give it dpkg and apt; ``lacks`` and ``renamed`` are words divided by spaces."""
        self.has("id", f"echo {user}")
        self.has("apt-get", f'echo "$@" >>{self.calls}')
        self.has("apt-cache", f'case " {renamed} " in *" $2 "*) exit 0;; esac; exit 100')
        # The package is the last argument.
        self.has(
            "dpkg-query",
            'for package; do :; done; case "$package" in *t64) exit 1;; esac\n'
            f'case " {lacks} " in *" $package "*) exit 1;; esac; echo "install ok installed"',
        )

    def runs(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [SCRIPTS / script, *arguments],
            cwd=self.folder,
            env={"PATH": f"{self.bin}:/usr/bin:/bin"} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def installed(self) -> list[str]:
        """What apt-get was asked to install."""
        calls = self.calls.read_text(encoding="utf-8").splitlines() if self.calls.exists() else []
        return [
            word
            for call in calls
            if "install" in call.split()
            for word in call.split("--no-install-recommends")[1].split()
        ]


@pytest.fixture(name="machine")
def _machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_python_that_is_only_a_name_is_passed_over(machine: Machine) -> None:
    machine.has("python3.13", "echo 'python3.13: command not found' >&2; exit 127")
    machine.has("python3.12", "exit 0")

    assert machine.runs("find-python").stdout == f"{machine.bin}/python3.12\n"


def test_without_any_python_one_sentence_says_so(machine: Machine) -> None:
    for name in ("python3.13", "python3.12", "python3.11", "python3", "python"):
        machine.has(name, "exit 1")

    ran = machine.runs("find-python")

    assert ran.returncode == 1
    assert "needs Python 3.11 or newer" in ran.stderr


def test_only_missing_libraries_are_installed(machine: Machine) -> None:
    machine.is_debian(user=0, lacks="libegl1 libpulse0")

    ran = machine.runs("system-libraries", "program")

    assert ran.returncode == 0
    assert machine.installed() == ["libegl1", "libpulse0"]


def test_nothing_is_asked_of_a_machine_that_has_everything(machine: Machine) -> None:
    machine.is_debian(user=0, lacks="")

    assert machine.runs("system-libraries", "program").stdout == ""
    assert not machine.calls.exists()


def test_a_renamed_library_is_installed_under_its_new_name(machine: Machine) -> None:
    machine.is_debian(user=0, lacks="libglib2.0-0", renamed="libglib2.0-0t64")

    machine.runs("system-libraries", "program")

    assert machine.installed() == ["libglib2.0-0t64"]


def test_without_root_it_says_what_to_install_and_goes_on(machine: Machine) -> None:
    machine.is_debian(user=1000, lacks="libegl1 libpulse0")

    ran = machine.runs("system-libraries", "program")

    assert ran.returncode == 0
    assert "apt-get install --no-install-recommends libegl1 libpulse0" in ran.stdout
    assert machine.installed() == []


def test_a_refusal_is_remembered_until_something_else_is_missing(machine: Machine) -> None:
    machine.is_debian(user=1000, lacks="libegl1")
    machine.runs("system-libraries", "program")

    assert machine.runs("system-libraries", "program").stdout == ""

    machine.is_debian(user=1000, lacks="libegl1 libgl1")

    assert "libgl1" in machine.runs("system-libraries", "program").stdout


def test_without_a_display_a_session_plays_on_the_terminal(machine: Machine) -> None:
    (machine.folder / ".venv" / "bin" / "nerve-coach").symlink_to(machine.bin / "nerve-coach")
    machine.has("nerve-coach", 'echo "coach $*"')

    said = machine.runs("start").stdout

    assert (
        "coach simulate sessions/plans/first-week.toml --answers sessions/answers/calm-day.toml"
        in said
    )
    assert "To open the window" in said


@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_with_a_display_the_window_opens(machine: Machine, display: str) -> None:
    (machine.folder / ".venv" / "bin" / "nerve-coach").symlink_to(machine.bin / "nerve-coach")
    machine.has("nerve-coach", 'echo "coach $*"')

    ran = machine.runs("start", "--home", "here", **{display: ":0"})

    assert ran.stdout == "coach --home here\n"
