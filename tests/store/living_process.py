"""Run by the crash test: a session and a morning after another, each named once it is on disk."""

import os
import sys
from datetime import date
from itertools import count
from pathlib import Path

from coach.store.database import open_database
from coach.store.paths import Home
from coach.store.records import AfterwardsRow, LockRow, SessionHeader
from coach.store.sessions import SessionStore

WALL = "2025-11-20T18:30:00+01:00"


def live_for_ever(folder: Path, name: str) -> None:
    store = SessionStore(open_database(Home.under(folder), date(2025, 11, 20)))
    for number in count():
        session = f"{name}-{number}"
        store.open_session(SessionHeader(session, "p1", "t", "text", "aa", "e", "r", "UTC", WALL))
        store.close_session(session, "completed", WALL, "h", '{"worst":3}')
        store.add_afterwards(
            AfterwardsRow(session, "morning", WALL, tingling=7),
            locks=[LockRow(f"{session}-DAY-06", "p1", session, "clearance", "DAY-06", WALL)],
        )
        os.write(sys.stdout.fileno(), f"{number}\n".encode())


live_for_ever(Path(sys.argv[1]), sys.argv[2])
