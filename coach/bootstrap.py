"""The only file that names concrete parts and wires them."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from coach.app.coach_app import CoachApp
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.formats.bad_file import BadFile
from coach.store.database import open_database
from coach.store.errors import KnownError
from coach.store.paths import Home
from coach.store.sessions import SessionStore
from coach.store.single_instance import AlreadyRunningError, SingleInstance
from coach.voice.interface import VoiceSettings
from coach.voice.speaker import open_speaker

UNUSABLE = 2


class SystemClock:
    """The clocks of this machine."""

    def monotonic_ms(self) -> int:
        """Milliseconds of the monotonic clock."""
        return time.monotonic_ns() // 1_000_000

    def utc_ms(self) -> int:
        """Milliseconds of the wall clock in UTC."""
        return time.time_ns() // 1_000_000

    def wall(self) -> str:
        """Local wall time with offset."""
        now = datetime.now(UTC).astimezone()  # noqa: TID251 - this is the one clock
        return now.isoformat(timespec="milliseconds")


def open_window(*, plan: str | None, demo: bool, profile: str | None, home: str | None) -> int:
    """Open the program in its window; returns the exit status."""
    clock = SystemClock()
    today = datetime.fromisoformat(clock.wall()).date()
    place = Home.find(Path(home) if home else None, os.environ)
    try:
        place.prepare()
        with SingleInstance(place.lock_file):
            database = open_database(place, today)
            try:
                speaker = open_speaker(
                    place.cache / "voice", VoiceSettings(), log_folder=place.logs
                )
                app = CoachApp(
                    Shipped(shipped_root()),
                    place,
                    SessionStore(database),
                    clock,
                    speaker,
                    time.perf_counter,
                    plan=plan,
                    profile=profile,
                    demo=demo,
                    environment=os.environ,
                )
                from coach.ui.app import run_window

                status = run_window(app)
                database.back_up(today)
                return status
            finally:
                database.close()
    except (KnownError, BadFile, AlreadyRunningError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - there is no window to show it in
        return UNUSABLE
