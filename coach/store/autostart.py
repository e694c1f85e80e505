"""Starting with the computer: an entry that the desktop reads when somebody logs in.

Linux: a desktop entry in the autostart folder (freedesktop.org Desktop Application Autostart and
Desktop Entry specifications). macOS: a property list in the user's LaunchAgents folder
(``launchd.plist``). Windows: a value under the user's Run key. The entry itself is the only truth:
who takes it away by hand has switched it off.
"""

import plistlib
import subprocess
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

from coach.store.errors import KnownError
from coach.store.private_file import write_private

_NAME = "Nerve Coach"
_PROGRAM = "nerve-coach"
#: The label of the macOS agent, also the name of its file.
_LABEL = "nerve-coach.autostart"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
#: Windows runs no longer command from its Run key.
_LONGEST_RUN = 260


class Autostart(Protocol):
    """Whether the program starts when its user logs in."""

    @property
    def on(self) -> bool:
        """Whether the entry is there; False as well where that cannot be known."""

    def turn_on(self) -> None:
        """Write the entry. Raises KnownError when that fails."""

    def turn_off(self) -> None:
        """Take the entry away; harmless when there is none. Raises KnownError when that fails."""


class EntryFile:
    """An entry that is a file of its own. content: the whole file; off: lines that disable it."""

    def __init__(self, file: Path, content: bytes, *, off: tuple[bytes, ...]) -> None:
        self._file = file
        self._content = content
        self._off = off

    @property
    def on(self) -> bool:
        """Whether the file is there and not switched off in it, as some desktops do."""
        try:
            content = self._file.read_bytes()
        except OSError:
            return False
        return not any(line in content for line in self._off)

    def turn_on(self) -> None:
        """Write the file; its folder is the desktop's, and keeps its permissions."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KnownError(f"{self._file}: cannot write this file: {error.strerror}") from error
        write_private(self._file, self._content)

    def turn_off(self) -> None:
        """Remove the file."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            raise KnownError(f"{self._file}: cannot remove this file: {error.strerror}") from error


class Registry(Protocol):
    """The values of one key of the Windows registry. Each raises OSError when it fails."""

    def read(self, name: str) -> str | None:
        """The value of that name, None when there is none."""

    def write(self, name: str, value: str) -> None:
        """Set the value."""

    def delete(self, name: str) -> None:
        """Remove the value, which is there."""


class RunValue:
    """A value under the Run key of Windows."""

    def __init__(self, registry: Registry, command: Sequence[str]) -> None:
        self._registry = registry
        self._line = subprocess.list2cmdline(command)

    @property
    def on(self) -> bool:
        """Whether the value is there."""
        try:
            return self._registry.read(_NAME) is not None
        except OSError:
            return False

    def turn_on(self) -> None:
        """Set the value."""
        if len(self._line) > _LONGEST_RUN:
            raise KnownError(
                f"Windows starts no command of more than {_LONGEST_RUN} characters, and this one"
                f" has {len(self._line)}: {self._line}"
            )
        try:
            self._registry.write(_NAME, self._line)
        except OSError as error:
            raise KnownError(f"the Run key of Windows cannot be written: {error}") from error

    def turn_off(self) -> None:
        """Remove the value."""
        try:
            if self._registry.read(_NAME) is not None:
                self._registry.delete(_NAME)
        except OSError as error:
            raise KnownError(f"the Run key of Windows cannot be written: {error}") from error


def desktop_entry(command: Sequence[str]) -> bytes:
    """The desktop entry that runs a command."""
    line = " ".join(_quoted(argument) for argument in command)
    lines = ("[Desktop Entry]", "Type=Application", f"Name={_NAME}", f"Exec={line}")
    return ("\n".join((*lines, "Terminal=false", "X-GNOME-Autostart-enabled=true")) + "\n").encode()


def _quoted(argument: str) -> str:
    """One argument of an Exec line: quoted, then escaped once more as a value of the file.

    A character that ends a line cannot stand in it at all.
    """
    if any(mark in argument for mark in "\n\r"):
        raise KnownError(f"{argument!r}: a line end cannot stand in a desktop entry")
    inside = "".join(f"\\{mark}" if mark in '"`$\\' else mark for mark in argument)
    return f'"{inside}"'.replace("\\", "\\\\").replace("%", "%%")


def launch_agent(command: Sequence[str]) -> bytes:
    """The property list that runs a command once at login."""
    agent = {
        "Label": _LABEL,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "ProcessType": "Interactive",
    }
    return plistlib.dumps(agent)


def autostart_of(
    platform: str, command: Sequence[str], environment: Mapping[str, str], home: Path
) -> Autostart | None:
    """How an operating system, named as ``sys.platform`` names it, starts a command at login.

    home: the user's own folder. None where we know of no way.
    """
    match platform:
        case "linux":
            config = environment.get("XDG_CONFIG_HOME") or str(home / ".config")
            file = Path(config) / "autostart" / f"{_PROGRAM}.desktop"
            disabled = (b"\nHidden=true", b"\nX-GNOME-Autostart-enabled=false")
            return EntryFile(file, desktop_entry(command), off=disabled)
        case "darwin":
            file = home / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
            return EntryFile(file, launch_agent(command), off=(b"<key>Disabled</key>\n\t<true/>",))
        case "win32":
            return RunValue(WindowsRegistry(), command)
        case _:
            return None


class WindowsRegistry:
    """The Run key of this user, through a module that Python has on Windows only."""

    def read(self, name: str) -> str | None:
        """The value of that name, None when there is none."""
        winreg = import_module("winreg")
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                return str(winreg.QueryValueEx(key, name)[0])
        except FileNotFoundError:
            return None

    def write(self, name: str, value: str) -> None:
        """Set the value."""
        winreg = import_module("winreg")
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
            winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)

    def delete(self, name: str) -> None:
        """Remove the value, which is there."""
        winreg = import_module("winreg")
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY, 0, winreg.KEY_SET_VALUE) as key:
            winreg.DeleteValue(key, name)
