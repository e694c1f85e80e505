"""Keeping the screen awake, only while a session runs."""

import ctypes
import os
import shutil
import subprocess
import sys
from typing import Protocol

LEFT_ALONE_MS = 5 * 60_000
"""How long a session that waits for a person keeps the screen awake; it may wait all night."""

_REASON = "A guided session is running"


class Keeper(Protocol):
    """One way of keeping a screen awake. ``hold`` returns False where it does not work."""

    name: str

    def hold(self) -> bool:
        """Keep the screen awake from now on."""

    def release(self) -> None:
        """Let the screen sleep again."""


class WakeLock:
    """Holds the first keeper that works; quiet about having none, but says so when asked."""

    def __init__(self, keepers: tuple[Keeper, ...]) -> None:
        self._keepers = keepers
        self._wanted = False
        self._held: Keeper | None = None

    @property
    def status(self) -> str | None:
        """The name of the keeper holding the screen awake, None when nothing holds it."""
        return None if self._held is None else self._held.name

    def hold(self) -> None:
        """Keep the screen awake; holding twice is holding once, also where nothing works."""
        if not self._wanted:
            self._wanted = True
            self._held = next((keeper for keeper in self._keepers if keeper.hold()), None)

    def release(self) -> None:
        """Let the screen sleep again."""
        self._wanted = False
        if self._held is not None:
            self._held.release()
            self._held = None


class _ScreenSaverService:
    """The screen saver service of a Linux desktop, over a bus connection of our own.

    The service ends an inhibition when its connection goes away, so closing the connection
    releases the screen, and so does a crash.
    """

    name = "org.freedesktop.ScreenSaver"
    _CONNECTION = "nerve-coach-awake"

    def hold(self) -> bool:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, self._CONNECTION)
        held = False
        if bus.isConnected():
            call = QDBusMessage.createMethodCall(
                self.name, "/org/freedesktop/ScreenSaver", self.name, "Inhibit"
            )
            call.setArguments(["nerve-coach", _REASON])
            answer = bus.call(call, timeout=500)
            held = answer.type() is QDBusMessage.MessageType.ReplyMessage
        if not held:
            self.release()
        return held

    def release(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        QDBusConnection.disconnectFromBus(self._CONNECTION)


class _WindowsExecutionState:
    """SetThreadExecutionState, which Windows drops when the program ends."""

    name = "SetThreadExecutionState"
    _CONTINUOUS, _DISPLAY = 0x80000000, 0x00000002

    def _set(self, state: int) -> bool:
        windll = getattr(ctypes, "windll", None)
        return bool(windll and windll.kernel32.SetThreadExecutionState(state))

    def hold(self) -> bool:
        return self._set(self._CONTINUOUS | self._DISPLAY)

    def release(self) -> None:
        self._set(self._CONTINUOUS)


class _Caffeinate:
    """The macOS command that keeps the display awake while it, and we, live."""

    name = "caffeinate"

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def hold(self) -> bool:
        command = shutil.which("caffeinate")
        if command is None:
            return False
        self._process = subprocess.Popen([command, "-d", "-w", str(os.getpid())])
        return True

    def release(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(2)
            self._process = None


def wake_lock_of(platform: str = sys.platform) -> WakeLock:
    """The wake lock of an operating system, named as :data:`sys.platform` names it."""
    keepers: dict[str, Keeper] = {
        "linux": _ScreenSaverService(),
        "win32": _WindowsExecutionState(),
        "darwin": _Caffeinate(),
    }
    return WakeLock((keepers[platform],) if platform in keepers else ())
