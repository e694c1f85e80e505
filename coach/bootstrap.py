"""The only file that names concrete parts and wires them.

What the first frame does not need is imported after it, in the function that needs it.
"""

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coach.app.kept import Kept
from coach.app.shipped_phrases import shipped_phrases
from coach.app.shipped_place import shipped_root
from coach.formats.bad_file import BadFile
from coach.store.call_file import CallFile, call
from coach.store.errors import KnownError
from coach.store.paths import HOME_VARIABLE, Home
from coach.store.settings import SettingsFile
from coach.store.single_instance import AlreadyRunningError, SingleInstance
from coach.ui.app import UNUSABLE, Look, run_window

if TYPE_CHECKING:
    from coach.app.coach_app import CoachApp
    from coach.app.history.chart import TrendChart
    from coach.store.sessions import SessionStore

LANGUAGE = "en"
DONE = 0
CHART_ON_PAPER = (460, 190)
"""Pixels at which a chart's words are as large on paper as the page's small print."""


class SystemClock:
    """The clocks of this machine."""

    def monotonic_ms(self) -> int:
        """Milliseconds of the monotonic clock that also times the sounds.

        The other one, time.monotonic, moves in steps of 16 ms on Windows.
        """
        return time.perf_counter_ns() // 1_000_000

    def utc_ms(self) -> int:
        """Milliseconds of the wall clock in UTC."""
        return time.time_ns() // 1_000_000

    def wall(self) -> str:
        """Local wall time with offset."""
        now = datetime.now(UTC).astimezone()  # noqa: TID251 - this is the one clock
        return now.isoformat(timespec="milliseconds")


def open_window(
    *, plan: str | None, demo: bool, profile: str | None, home: str | None, in_tray: bool = False
) -> int:
    """Open the program in its window, or in_tray without one; returns the exit status."""
    place = Home.find(Path(home) if home else None, os.environ)
    moved = bool(home or os.environ.get(HOME_VARIABLE))
    keep = place.cache / "shipped"
    try:
        place.prepare()
        with SingleInstance(place.lock_file), ExitStack() as until_closed:
            look = Look(
                shipped_phrases(shipped_root(), LANGUAGE, Kept(keep)),
                SettingsFile(place.settings_file).load().settings,
                place.window_file,
                until_closed.enter_context(CallFile(place.call_file)),
                in_tray,
            )

            def open_coach() -> "CoachApp":
                from coach.app.coach_app import CoachApp
                from coach.app.shipped import Shipped
                from coach.store.autostart import autostart_of
                from coach.voice.interface import VoiceSettings
                from coach.voice.speaker import open_speaker

                clock = SystemClock()
                today = datetime.fromisoformat(clock.wall()).date()
                store = until_closed.enter_context(_opened_store(place, today))
                return CoachApp(
                    Shipped(shipped_root(), LANGUAGE, keep),
                    place,
                    store,
                    clock,
                    open_speaker(place.cache / "voice", VoiceSettings(), log_folder=place.logs),
                    time.perf_counter,
                    plan=plan,
                    profile=profile,
                    demo=demo,
                    shuffle=random.SystemRandom().shuffle,
                    environment=os.environ,
                    draw_chart=drawn_chart,
                    autostart=autostart_of(
                        sys.platform, start_command(place, moved=moved), os.environ, Path.home()
                    ),
                )

            def unlock_data(typed: str) -> None:
                from coach.store.encryption import unlock

                unlock(place, typed)

            return run_window(look, open_coach, unlock_data)
    except AlreadyRunningError as error:
        if plan is None and not demo and call(place.call_file):
            return DONE
        print(error, file=sys.stderr)  # noqa: T201 - there is no window to show it in
        return UNUSABLE
    except (KnownError, BadFile) as error:
        print(error, file=sys.stderr)  # noqa: T201 - there is no window to show it in
        return UNUSABLE


def start_command(place: Home, *, moved: bool) -> list[str]:
    """The command that starts this program in the tray; moved: its folders are not the usual."""
    program = [sys.executable]
    if not getattr(sys, "frozen", False):
        windowed = Path(sys.executable).with_name("pythonw.exe")  # has no console window
        program = [str(windowed if windowed.exists() else sys.executable), "-m", "coach"]
    return [*program, *(["--home", str(place.data.parent)] if moved else []), "--tray"]


def drawn_chart(chart: "TrendChart") -> bytes:
    """A chart as SVG of the size it has on the clinician's page; no display is needed."""
    from coach.ui.charts.svg import svg_of

    return svg_of(chart, CHART_ON_PAPER)


@contextmanager
def _opened_store(place: Home, today: date) -> "Iterator[SessionStore]":
    """The data file, backed up when all went well and closed in any case."""
    from coach.store.database import open_database
    from coach.store.sessions import SessionStore

    database = open_database(place, today)
    try:
        yield SessionStore(database)
        database.back_up(today)
    finally:
        database.close()
        if database.forgotten:
            from coach.store.deletion import sweep

            sweep(place)
