"""Run by the crash test: tries a code and is killed while that is being looked at."""

import hashlib
import os
import signal
import sys
from datetime import date
from pathlib import Path

from coach.store.database import open_database
from coach.store.paths import Home
from coach.store.physio_code import PhysioCode


def die(*_: object, **__: object) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


hashlib.scrypt = die  # type: ignore[assignment]
PhysioCode(open_database(Home.under(Path(sys.argv[1])), date(2025, 11, 20))).check(sys.argv[2], 0)
