"""Starting with the computer, by one contract for every way; Windows and macOS on stand-ins.

What the real registry and launchd do with these entries is not tried here.
"""

import os
import plistlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.store.autostart import (
    Autostart,
    EntryFile,
    RunValue,
    autostart_of,
    desktop_entry,
    launch_agent,
)
from coach.store.errors import KnownError

COMMAND = ("/opt/nerve coach/bin/nerve-coach", "--home", "/users/mo/50 % $HOME", "--tray")


class FakeRegistry:
    """A key with values; `broken` makes every use fail."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.broken = False

    def _use(self) -> None:
        if self.broken:
            raise PermissionError("access is denied")

    def read(self, name: str) -> str | None:
        self._use()
        return self.values.get(name)

    def write(self, name: str, value: str) -> None:
        self._use()
        self.values[name] = value

    def delete(self, name: str) -> None:
        self._use()
        del self.values[name]


def of_linux(folder: Path) -> Autostart:
    made = autostart_of("linux", COMMAND, {"XDG_CONFIG_HOME": str(folder / "config")}, folder)
    assert made is not None
    return made


def of_macos(folder: Path) -> Autostart:
    made = autostart_of("darwin", COMMAND, {}, folder)
    assert made is not None
    return made


def of_windows(_folder: Path) -> Autostart:
    return RunValue(FakeRegistry(), COMMAND)


@pytest.mark.parametrize("make", [of_linux, of_macos, of_windows])
def test_it_is_off_until_turned_on_and_off_again_afterwards(
    make: Callable[[Path], Autostart], tmp_path: Path
) -> None:
    """Each twice: on means on, off means off."""
    entry = make(tmp_path)
    assert not entry.on
    entry.turn_off()
    for _ in range(2):
        entry.turn_on()
        assert entry.on
    for _ in range(2):
        entry.turn_off()
        assert not entry.on


def test_each_system_has_its_own_place(tmp_path: Path) -> None:
    """The folder of the environment where it names one; nothing on a system we do not know."""
    places = {
        "linux": tmp_path / ".config" / "autostart" / "nerve-coach.desktop",
        "darwin": tmp_path / "Library" / "LaunchAgents" / "nerve-coach.autostart.plist",
    }
    for platform, file in places.items():
        entry = autostart_of(platform, COMMAND, {}, tmp_path)
        assert entry is not None
        entry.turn_on()
        assert file.is_file()
    assert isinstance(autostart_of("win32", COMMAND, {}, tmp_path), RunValue)
    assert autostart_of("plan9", COMMAND, {}, tmp_path) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_the_folder_of_the_desktop_keeps_its_permissions(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "autostart"
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    of_linux(tmp_path).turn_on()
    assert folder.stat().st_mode & 0o777 == 0o755


def command_in(entry: bytes) -> list[str]:
    """What a desktop runs: the value unescaped, then each quoted argument, then its field codes."""
    lines = dict(line.split("=", 1) for line in entry.decode().split("\n")[1:-1])
    value = re.sub(r"\\(.)", r"\1", lines["Exec"])
    quoted = re.findall(r'"((?:[^"\\]|\\["`$\\])*)"(?: |$)', value, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", one, flags=re.DOTALL).replace("%%", "%") for one in quoted]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), min_size=1))
def test_a_desktop_entry_runs_exactly_this_command(command: list[str]) -> None:
    """With spaces, quotes, dollars, backslashes and per cent signs in it."""
    assert command_in(desktop_entry(command)) == command


def test_a_line_end_cannot_add_a_line_to_an_entry() -> None:
    """It is refused rather than written."""
    with pytest.raises(KnownError, match="line end"):
        desktop_entry(["nerve-coach", "--home", "a\nExec=other"])


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_desktop_disabled_is_off(tmp_path: Path, line: str) -> None:
    """As its own list of programs does; turning it on again writes it anew."""
    entry = of_linux(tmp_path)
    entry.turn_on()
    file = tmp_path / "config" / "autostart" / "nerve-coach.desktop"
    kept = [old for old in file.read_text().splitlines() if not old.startswith("X-GNOME")]
    file.write_text("\n".join([*kept, line, ""]))
    assert not entry.on
    entry.turn_on()
    assert entry.on


def test_the_agent_of_macos_runs_the_command_at_login() -> None:
    """As launchd.plist describes it."""
    agent = plistlib.loads(launch_agent(COMMAND))
    assert agent["ProgramArguments"] == list(COMMAND)
    assert agent["RunAtLoad"] is True
    assert "KeepAlive" not in agent


def test_windows_gets_one_quoted_line_that_is_not_too_long() -> None:
    """The Run key takes 260 characters; both sides of it."""
    registry = FakeRegistry()
    RunValue(registry, ("C:\\Program Files\\nerve-coach.exe", "--tray")).turn_on()
    assert registry.values == {"Nerve Coach": '"C:\\Program Files\\nerve-coach.exe" --tray'}
    RunValue(registry, ("x" * 260,)).turn_on()
    with pytest.raises(KnownError, match="260 characters"):
        RunValue(registry, ("x" * 261,)).turn_on()


def test_what_the_system_refuses_is_told_in_words(tmp_path: Path) -> None:
    """And looks like off."""
    registry = FakeRegistry()
    registry.broken = True
    value = RunValue(registry, COMMAND)
    assert not value.on
    for change in (value.turn_on, value.turn_off):
        with pytest.raises(KnownError, match="access is denied"):
            change()
    (tmp_path / "file").write_text("")
    entry = EntryFile(tmp_path / "file" / "inside", b"x", off=())
    assert not entry.on
    with pytest.raises(KnownError, match="cannot write"):
        entry.turn_on()
    with pytest.raises(KnownError, match="cannot remove"):
        entry.turn_off()
