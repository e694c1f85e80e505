"""Opening the window."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from coach.ui.main_window import MainWindow
from coach.ui.ports import CoachApp
from coach.ui.theme import Choice, Wardrobe
from coach.ui.wake_lock import wake_lock_of

_SIZE = QSize(1280, 800)


def run_window(coach: CoachApp, *, arguments: Sequence[str] = ()) -> int:
    """Show the window until it is closed; the exit status comes back."""
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("nerve-coach")
    app.setApplicationDisplayName(coach.phrases.say("ui.header.name"))
    app.setDesktopFileName("nerve-coach")
    settings = coach.settings
    wardrobe = Wardrobe(app, Choice(settings.theme), settings.text_scale / 100)
    window = MainWindow(coach, wardrobe, wake_lock_of())
    window.resize(_SIZE.boundedTo(app.primaryScreen().availableSize()))
    window.show()
    coach.start_voice()
    try:
        return app.exec()
    finally:
        coach.close()
