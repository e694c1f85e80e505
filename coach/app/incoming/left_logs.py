"""Stops that only a log file still knows: an older data file was put in place by hand.

Session logs are files of their own. Where the data file knows nothing of one, it is older than
the log, and a stop in that log still stands (clinical.md 10 H01, H18), also where it is damaged.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from coach.app.incoming.told_stops import ToldStops, told_stops
from coach.store.paths import Home
from coach.store.records import LockRow, Profile
from coach.store.sessions import SessionStore


def bring_back_stops(home: Home, store: SessionStore, profile: Profile, wall: str) -> bool:
    """Set every lock of this person's logs that the data file has never seen.

    A log of nobody in the data file counts as this person's: their name may be lost with it.
    Each log is noted once, found at ``wall``; True when there was a new one.
    """
    known = store.session_ids() | store.left_logs(profile.id).keys()
    others = {one.pseudonym for one in store.profiles()} - {profile.pseudonym}
    seen = {row.id for row in (*store.active_locks(profile.id), *store.lifted_locks(profile.id))}
    found: list[str] = []
    locks: dict[str, LockRow] = {}
    for path, told in _told(home, wall):
        if path.stem in known or told.person in others:
            continue
        found.append(path.stem)
        own = told.person == profile.pseudonym
        rows = [_row(lock, profile, own=own) for lock in told.locks]
        locks.update({row.id: row for row in rows if row.id not in seen})
    if found:
        store.note_left_logs(profile.id, found, wall, locks=list(locks.values()))
    return bool(found)


def sole_person(home: Home, wall: str) -> str | None:
    """The pseudonym in this home's logs, None where there is none or more than one."""
    people = {told.person for _, told in _told(home, wall) if told.person is not None}
    return people.pop() if len(people) == 1 else None


def _told(home: Home, wall: str) -> Iterator[tuple[Path, ToldStops]]:
    """What the logs of real sessions tell of stops."""
    for path in sorted(home.session_logs.glob("*.jsonl")):
        try:
            told = told_stops(path.read_bytes(), wall, path.stem)
        except OSError:
            continue
        if told.real:
            yield path, told


def _row(lock: LockRow, profile: Profile, *, own: bool) -> LockRow:
    # A log of nobody may stop more than one person: each needs a row of their own.
    name = lock.id if own else f"{profile.id}-{lock.id}"
    return replace(lock, id=name, profile=profile.id)
