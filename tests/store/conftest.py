"""An empty home, a database in it, a store over that, and rows to put in."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from coach.store.database import Database, open_database
from coach.store.paths import Home
from coach.store.records import LogEntry, Profile, SessionHeader, SetRow
from coach.store.sessions import SessionStore

TODAY = date(2025, 11, 20)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.under(tmp_path / "home")


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def opened(home: Home, today: date) -> Iterator[Callable[[], Database]]:
    """Opens the database of the home, as often as asked, and closes whatever was opened."""
    databases: list[Database] = []

    def open_again() -> Database:
        databases.append(open_database(home, today))
        return databases[-1]

    yield open_again
    for database in databases:
        database.close()


@pytest.fixture
def store(opened: Callable[[], Database]) -> SessionStore:
    """A store that knows one profile, p1."""
    sessions = SessionStore(opened())
    sessions.add_profile(Profile("p1", "Ada", "p-7c1f"))
    return sessions


@pytest.fixture
def header() -> Callable[..., SessionHeader]:
    def make(
        session: str = "s1", started_wall: str = "2025-11-20T18:30:00+01:00", **other: object
    ) -> SessionHeader:
        values: dict[str, object] = {
            "id": session,
            "profile": "p1",
            "plan_title": "First week",
            "plan_text": "title = 'First week'\n",
            "plan_sha256": "aa",
            "engine_version": "1.0.0",
            "rules_sha256": "bb",
            "tz": "Europe/Berlin",
            "started_wall": started_wall,
        }
        return SessionHeader(**(values | other))  # type: ignore[arg-type]

    return make


@pytest.fixture
def entry() -> Callable[..., LogEntry]:
    def make(seq: int, data: str = "{}") -> LogEntry:
        return LogEntry(seq, "rating", seq * 1000, "2025-11-20T18:31:00+01:00", data, f"h{seq}")

    return make


@pytest.fixture
def set_row() -> SetRow:
    return SetRow(
        n=1,
        exercise="S3",
        side="left",
        level="A",
        reps=8,
        rest_s=30,
        home={"hip": 80.0, "knee": 90.0},
        out={"hip": 80.0, "knee": 40.5},
        planned_ms=52000,
        done_ms=51980,
        tingling=3,
        pain=1,
        where=("thigh", "calf"),
        feels=("pull",),
        new=(),
        settled_s=-1,
        action="EASE1",
        rules=("SET-03",),
        levers=("RNG", "POS:S2"),
    )
