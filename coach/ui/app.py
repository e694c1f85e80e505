"""Opening the window: its frame at once, everything else after the first paint."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from coach.formats.bad_file import BadFile
from coach.formats.phrases import Phrases
from coach.store.errors import KnownError
from coach.store.opener import LockedError
from coach.store.settings import Settings
from coach.ui.frame import Frame
from coach.ui.theme import Choice, Wardrobe

if TYPE_CHECKING:  # its words bring the whole engine, which is loaded after the first paint
    from coach.ui.ports import CoachApp

Unlock = Callable[[str], None]
OpenCoach = Callable[[], "CoachApp"]

UNUSABLE = 2
"""The exit status when there was nothing to show but why."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What the first frame needs: words, settings, and the file that says where it stood.

    call_file: changes when the program is started once more. in_tray: no frame is shown at all
    where there is a system tray, and a minimised one elsewhere.
    """

    phrases: Phrases
    settings: Settings
    place_file: Path
    call_file: Path | None = None
    in_tray: bool = False


def no_lock(_typed: str) -> None:
    """There is nothing to unlock."""


def run_window(look: Look, open_coach: OpenCoach, unlock: Unlock = no_lock) -> int:
    """Show the window until it is closed; the exit status comes back.

    ``open_coach`` is called after the first paint. When it raises LockedError, the window asks and
    hands what was typed to ``unlock``, which raises KnownError when that is wrong. When it raises
    another KnownError or BadFile, the window says so in its words, standard error too, and the
    status is 2.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("nerve-coach")
    app.setApplicationDisplayName(look.phrases.say("ui.header.name"))
    app.setDesktopFileName("nerve-coach")
    settings = look.settings
    wardrobe = Wardrobe(app, Choice(settings.theme), settings.text_scale / 100)
    frame = Frame(look.phrases.say, look.place_file)
    filling = _Filling(frame, wardrobe, open_coach, unlock, look)
    if look.in_tray:
        _stay_away(frame)
        filling.begin()
    else:
        frame.show()
    try:
        status = app.exec()
    finally:
        filling.close()
    if filling.bug is not None:
        raise filling.bug
    return UNUSABLE if filling.failed else status


def _stay_away(frame: Frame) -> None:
    """Begin without taking anybody's screen."""
    from PySide6.QtWidgets import QSystemTrayIcon

    if not QSystemTrayIcon.isSystemTrayAvailable():
        frame.showMinimized()


class _Filling(QObject):
    """Fills a frame step by step, each when the frame has been painted and nothing else is due."""

    def __init__(
        self,
        frame: Frame,
        wardrobe: Wardrobe,
        open_coach: OpenCoach,
        unlock: Unlock,
        look: Look,
    ) -> None:
        super().__init__(frame)
        self._look = look
        self.failed = False
        self.bug: Exception | None = None
        self._frame = frame
        self._wardrobe = wardrobe
        self._open_coach = open_coach
        self._unlock = unlock
        self._coach: CoachApp | None = None
        self._steps = self._filled()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)
        frame.painted.connect(self.begin)

    def begin(self) -> None:
        """Fill from now on; the first painted frame asks for it by itself."""
        self._frame.painted.disconnect(self.begin)
        self._timer.start()

    def _next(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._timer.stop()
        except LockedError as error:
            self._timer.stop()
            self._ask(by_passphrase=error.by_passphrase)
        except (KnownError, BadFile) as error:
            self._timer.stop()
            self.failed = True
            print(error, file=sys.stderr)  # noqa: T201 - for whoever started it from a terminal
            self._frame.tell(str(error))
            self._frame.show()
        except Exception as error:  # noqa: BLE001 - raised again when the event loop has ended
            self._timer.stop()
            self.bug = error
            QApplication.exit()

    def _ask(self, *, by_passphrase: bool) -> None:
        from coach.ui.unlock_data import UnlockData

        page = UnlockData(
            self._look.phrases.say, self._unlock, self._go_on, by_passphrase=by_passphrase
        )
        self._frame.ask(page)
        self._frame.show()
        page.typed.setFocus()

    def _go_on(self) -> None:
        self._frame.wait()
        self._steps = self._filled()
        self._timer.start()

    def _filled(self) -> Iterator[None]:
        from coach.ui.desktop import Desktop, disturbs
        from coach.ui.main_window import MainWindow
        from coach.ui.tray import SystemTray
        from coach.ui.wake_lock import wake_lock_of

        yield
        self._coach = self._open_coach()
        yield
        look = self._look
        desktop = Desktop(SystemTray, disturbs, QApplication.exit, look.call_file, look.in_tray)
        window = MainWindow(self._coach, self._wardrobe, wake_lock_of(), desktop)
        self._frame.hold(window, window.reminding.quit)
        yield
        if not self._frame.isVisible():  # nobody listens yet, so the helpers need not run
            self._timer.stop()
            self._frame.painted.connect(self.begin)
            yield
        self._coach.start_voice()

    def close(self) -> None:
        """End what was opened."""
        self._timer.stop()
        if self._coach is not None:
            self._coach.close()
