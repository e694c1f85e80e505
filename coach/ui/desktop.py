"""What the window asks of the desktop around it: a tray, and whether somebody may be disturbed."""

import ctypes
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from coach.app.daily.reminders import Snooze

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True, eq=False)
class TrayActions:
    """What can be asked for from the tray."""

    open: Callable[[], object]
    snooze: Callable[[Snooze], object]
    quit: Callable[[], object]


class Tray(Protocol):
    """Our icon in the system tray."""

    @property
    def shown(self) -> bool:
        """Whether it is there to be pressed."""

    def show(self) -> None:
        """Put it there, if there is a tray."""

    def hide(self) -> None:
        """Take it away."""

    def tell(self, title: str, text: str) -> bool:
        """Show a message of the desktop; False where that is not possible."""


@dataclass(frozen=True, slots=True, eq=False)
class Desktop:
    """The desktop a window stands on; as it is made here, it has neither tray nor opinion.

    disturbs: whether the person does not want to be disturbed; False also where nobody tells.
    end: ends the program, also while no window shows whose closing would do so. call_file: changes
    when somebody starts the program again. in_tray: the window began hidden.
    """

    tray: Callable[[Say, TrayActions], Tray | None] = lambda _say, _actions: None
    disturbs: Callable[[], bool] = lambda: False
    end: Callable[[], object] = lambda: None
    call_file: Path | None = None
    in_tray: bool = False


def disturbs(platform: str = sys.platform) -> bool:
    """Whether the desktop says now that the person is not to be disturbed.

    Plasma says so in a property of the notification service. Windows answers the question how
    notifications would be received; it knows presentations, full screens and quiet hours. GNOME
    and macOS do not tell programs: there it is their own notification service that stays quiet.
    """
    match platform:
        case "linux":
            return _inhibited()
        case "win32":
            return _quiet_windows()
        case _:
            return False


def _inhibited() -> bool:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    service, path = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
    ours = "nerve-coach-disturbs"
    bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, ours)
    try:
        if not bus.isConnected():
            return False
        properties = "org.freedesktop.DBus.Properties"
        call = QDBusMessage.createMethodCall(service, path, properties, "Get")
        call.setArguments([service, "Inhibited"])
        call.setAutoStartService(False)
        answer = bus.call(call, timeout=500)
        told = answer.arguments()
        if answer.type() is not QDBusMessage.MessageType.ReplyMessage or not told:
            return False
        value = told[0]
        return bool(value.variant() if hasattr(value, "variant") else value)
    finally:
        QDBusConnection.disconnectFromBus(ours)


#: SHQueryUserNotificationState: the one state in which notifications are accepted.
_ACCEPTS = 5


def _quiet_windows() -> bool:
    windll = getattr(ctypes, "windll", None)
    if windll is None:
        return False
    state = ctypes.c_int(_ACCEPTS)
    failed: int = windll.shell32.SHQueryUserNotificationState(ctypes.byref(state))
    return not failed and state.value != _ACCEPTS
