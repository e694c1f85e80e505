"""Our icon in the system tray, where there is one."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from coach.app.daily.reminders import Snooze
from coach.ui.desktop import Say, TrayActions
from coach.ui.mark import program_mark

_TOLD_FOR_MS = 20_000


class SystemTray(QObject):
    """Pressing the icon or a message opens the window; its menu puts reminders off."""

    def __init__(self, say: Say, actions: TrayActions) -> None:
        super().__init__()
        self.menu = QMenu()
        self.menu.addAction(say("ui.reminders.open"), actions.open)
        later = self.menu.addMenu(say("ui.reminders.snooze"))
        for snooze in Snooze:
            later.addAction(say(f"ui.reminders.{snooze}"), partial(actions.snooze, snooze))
        self.menu.addSeparator()
        self.menu.addAction(say("ui.reminders.quit"), actions.quit)
        self._actions = actions
        self._icon = QSystemTrayIcon(program_mark(), self)
        self._icon.setToolTip(say("ui.header.name"))
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._pressed)
        self._icon.messageClicked.connect(actions.open)

    @property
    def shown(self) -> bool:
        """Whether it is there to be pressed."""
        return self._icon.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Put it there, if there is a tray."""
        if QSystemTrayIcon.isSystemTrayAvailable() and not self._icon.isVisible():
            self._icon.show()

    def hide(self) -> None:
        """Take it away."""
        self._icon.hide()

    def tell(self, title: str, text: str) -> bool:
        """Show a message of the desktop; False where that is not possible."""
        if not self.shown or not QSystemTrayIcon.supportsMessages():
            return False
        self._icon.showMessage(title, text, self._icon.icon(), _TOLD_FOR_MS)
        return True

    def _pressed(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self._actions.open()
