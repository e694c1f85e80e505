"""What to install where something is missing: exact package names for each kind of system."""

import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Missing(StrEnum):
    """What a system may lack."""

    VOICE = "voice"
    SOUND_LIBRARY = "sound_library"
    SOUND_SERVER = "sound_server"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class _Manager:
    """A package manager: its command, and its packages for everything that may be missing.

    marks: names in /etc/os-release by which its systems are known.
    """

    marks: tuple[str, ...]
    command: str
    packages: Mapping[Missing, str]


_QT_ON_DEBIAN = (
    "libgl1 libegl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1"
    " libxcb-shape0 libxcb-xkb1"
)
_MANAGERS = (
    _Manager(
        ("debian", "ubuntu"),
        "sudo apt install",
        {
            Missing.VOICE: "libespeak-ng1",
            Missing.SOUND_LIBRARY: "libpulse0",
            Missing.SOUND_SERVER: "pipewire-pulse wireplumber",
            Missing.SCREEN: _QT_ON_DEBIAN,
        },
    ),
    _Manager(
        ("fedora", "rhel", "centos"),
        "sudo dnf install",
        {
            Missing.VOICE: "espeak-ng",
            Missing.SOUND_LIBRARY: "pulseaudio-libs",
            Missing.SOUND_SERVER: "pipewire-pulseaudio wireplumber",
            Missing.SCREEN: "libglvnd-egl libglvnd-glx libxkbcommon-x11 xcb-util-cursor"
            " xcb-util-wm xcb-util-keysyms",
        },
    ),
    _Manager(
        ("arch",),
        "sudo pacman -S",
        {
            Missing.VOICE: "espeak-ng",
            Missing.SOUND_LIBRARY: "libpulse",
            Missing.SOUND_SERVER: "pipewire-pulse wireplumber",
            Missing.SCREEN: "libglvnd libxkbcommon-x11 xcb-util-cursor xcb-util-wm"
            " xcb-util-keysyms",
        },
    ),
    _Manager(
        ("suse", "opensuse"),
        "sudo zypper install",
        {
            Missing.VOICE: "espeak-ng",
            Missing.SOUND_LIBRARY: "libpulse0",
            Missing.SOUND_SERVER: "pipewire-pulseaudio wireplumber",
            Missing.SCREEN: "libglvnd libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4"
            " libxcb-keysyms1",
        },
    ),
    _Manager(
        ("alpine",),
        "sudo apk add",
        {
            Missing.VOICE: "espeak-ng",
            Missing.SOUND_LIBRARY: "libpulse",
            Missing.SOUND_SERVER: "pipewire-pulse wireplumber",
            Missing.SCREEN: "mesa-gl mesa-egl libxkbcommon-x11 xcb-util-cursor xcb-util-wm"
            " xcb-util-keysyms",
        },
    ),
)


@dataclass(frozen=True, slots=True)
class System:
    """The system this program runs on.

    name: "linux", "win32" or "darwin"; marks: what a Linux calls itself and what it is like; pip:
    the command that adds to this Python, "" where the program brings its own.
    """

    name: str
    marks: tuple[str, ...] = ()
    pip: str = ""

    @classmethod
    def here(cls) -> "System":
        """This computer."""
        name = "linux" if sys.platform.startswith("linux") else sys.platform
        try:
            release = platform.freedesktop_os_release() if name == "linux" else {}
        except OSError:  # no such file: a Linux of an unusual kind
            release = {}
        marks = (release.get("ID", ""), *release.get("ID_LIKE", "").split())
        frozen = getattr(sys, "frozen", False)
        return cls(name, marks, "" if frozen else f"{sys.executable} -m pip install")

    def install(self, missing: Missing) -> str | None:
        """The command that installs what is missing; None where nobody can say."""
        manager = _manager_of(self.marks)
        return f"{manager.command} {manager.packages[missing]}" if manager else None


def _manager_of(marks: Sequence[str]) -> _Manager | None:
    """What the system calls itself counts before what it says it is like."""
    for mark in marks:
        for manager in _MANAGERS:
            # "opensuse-tumbleweed" and "opensuse-leap" are both opensuse.
            if mark.partition("-")[0] in manager.marks:
                return manager
    return None
