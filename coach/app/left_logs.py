"""Stops that only a log file still knows: an older data file was put in place by hand.

Session logs are files of their own. Where the data file knows nothing of one, it is older than
the log, and a stop in that log still stands (clinical.md 10 H01, H18).
"""

from coach.formats.bad_file import BadFile
from coach.formats.session_log import LogRecord, read_log
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
    for path in sorted(home.session_logs.glob("*.jsonl")):
        if path.stem in known:
            continue
        try:
            records = read_log(path.read_bytes(), path.name)
        except (BadFile, OSError):
            continue
        header = records[0].data
        if header.get("profile") in others or header.get("demo"):
            continue
        found.append(path.stem)
        own = header.get("profile") == profile.pseudonym
        rows = [_row(record, path.stem, profile, own=own) for record in records if _is_lock(record)]
        locks.update({row.id: row for row in rows if row.id not in seen})
    if found:
        store.note_left_logs(profile.id, found, wall, locks=list(locks.values()))
    return bool(found)


def sole_person(home: Home) -> str | None:
    """The pseudonym in this home's logs, None where there is none or more than one."""
    people: set[str] = set()
    for path in sorted(home.session_logs.glob("*.jsonl")):
        try:
            header = read_log(path.read_bytes(), path.name)[0].data
        except (BadFile, OSError):
            continue
        person = header.get("profile")
        if isinstance(person, str) and not header.get("demo"):
            people.add(person)
    return people.pop() if len(people) == 1 else None


def _is_lock(record: LogRecord) -> bool:
    return record.type == "lock"


def _row(record: LogRecord, session: str, profile: Profile, *, own: bool) -> LockRow:
    # A log of nobody may stop more than one person: each needs a row of their own.
    name = session if own else f"{profile.id}-{session}"
    return LockRow(
        id=f"{name}-{record.data['rule']}",
        profile=profile.id,
        session=session,
        tier=str(record.data["tier"]).lower(),
        rule=record.data["rule"],
        set_wall=record.wall,
    )
