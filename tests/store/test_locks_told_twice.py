"""H01: a stop that one file calls lifted and another calls standing stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from coach.store.database import Database, open_database
from coach.store.paths import Home
from coach.store.records import LockRow, Profile
from coach.store.sessions import SessionStore

TODAY = date(2025, 11, 20)
WALL = "2025-11-20T18:30:00.000+01:00"
STANDS = LockRow("s-E1", "me", "s", "emergency", "E1", WALL)
LIFTED = replace(STANDS, lifted_wall="2025-11-22T09:00:00.000+01:00", lifted_by="GP", note="")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(Home.under(tmp_path), TODAY)
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> SessionStore:
    made = SessionStore(database)
    made.add_profile(Profile("me", "me", "p-1"))
    return made


def tell(store: SessionStore, lock: LockRow) -> None:
    with store.merging.batch() as batch:
        batch.set_locks([lock])


@pytest.mark.hazard("H01")
def test_a_copy_put_back_does_not_forget_that_a_stop_was_told_to_stand(store: SessionStore) -> None:
    """It was lifted elsewhere when the copy was made; nobody has lifted it since it stands."""
    tell(store, LIFTED)
    copy = store.custody.back_up(TODAY)
    kept = copy.with_name("nerve-coach-2025-11-19.db")
    copy.rename(kept)
    tell(store, STANDS)
    assert store.active_locks("me") == [STANDS]
    store.custody.restore(kept, TODAY)
    assert store.active_locks("me") == [STANDS]
    tell(store, LIFTED)
    assert store.active_locks("me") == [STANDS]


def test_a_copy_put_back_does_not_forget_that_a_stop_was_lifted_here(store: SessionStore) -> None:
    """Somebody was seen about it; an old file does not close sessions again."""
    tell(store, LIFTED)
    copy = store.custody.back_up(TODAY)
    kept = copy.with_name("nerve-coach-2025-11-19.db")
    copy.rename(kept)
    tell(store, STANDS)
    store.lift_locks([STANDS.id], lifted_wall=WALL, lifted_by="GP")
    store.custody.restore(kept, TODAY)
    tell(store, STANDS)
    assert store.active_locks("me") == []


@pytest.mark.hazard("H01")
def test_a_mark_of_another_time_lifts_nothing(store: SessionStore, database: Database) -> None:
    """A stop that stands is lifted by no file, also where one said so before."""
    tell(store, STANDS)
    with database.transaction() as connection:
        connection.execute("INSERT INTO lifted_elsewhere (lock) VALUES (?)", (STANDS.id,))
    tell(store, LIFTED)
    assert store.active_locks("me") == [STANDS]
    assert store.lifted_locks("me") == []
    store.lift_locks([STANDS.id], lifted_wall=WALL, lifted_by="GP")
    tell(store, STANDS)
    assert store.active_locks("me") == []


def test_of_two_liftings_elsewhere_the_first_counts(store: SessionStore) -> None:
    later = replace(LIFTED, lifted_wall="2025-11-23T09:00:00.000+01:00")
    tell(store, later)
    tell(store, LIFTED)
    assert store.lifted_locks("me") == [LIFTED]
