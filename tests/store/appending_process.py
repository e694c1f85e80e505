"""Run by the crash test: appends for ever and names each entry once it is on disk."""

import os
import sys
from datetime import date
from pathlib import Path

from coach.store.database import open_database
from coach.store.paths import Home
from coach.store.records import AnswerRow, LockRow, LogEntry, SessionHeader
from coach.store.sessions import SessionStore

WALL = "2025-11-20T18:30:00+01:00"


def append_for_ever(folder: Path, session: str) -> None:
    store = SessionStore(open_database(Home.under(folder), date(2025, 11, 20)))
    store.open_session(SessionHeader(session, "p1", "t", "text", "aa", "e", "r", "UTC", WALL))
    seq = 0
    while True:
        store.append(
            session,
            [LogEntry(seq, "rating", seq, WALL, '{"tingling":3}', f"h{seq}")],
            answers=[AnswerRow(seq, "E1", "yes")],
            locks=[LockRow(f"{session}-{seq}", "p1", session, "emergency", "E1", WALL)],
        )
        os.write(sys.stdout.fileno(), f"{seq}\n".encode())
        seq += 1


append_for_ever(Path(sys.argv[1]), sys.argv[2])
