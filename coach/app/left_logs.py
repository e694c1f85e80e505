"""Stops that only a log file still knows: an older data file was put in place by hand.

Session logs are files of their own. Where the data file knows nothing of one, it is older than
the log, and a stop in that log still stands (clinical.md 10 H01, H18).
"""

from coach.formats.bad_file import BadFile
from coach.formats.session_log import LogRecord, read_log
from coach.store.paths import Home
from coach.store.records import LockRow, Profile
from coach.store.sessions import SessionStore


def bring_back_stops(home: Home, store: SessionStore, profile: Profile) -> bool:
    """Set every lock of this person's logs that the data file has never seen.

    True when there was a log of a session that the data file does not know.
    """
    known = store.session_ids()
    unknown = [path for path in home.session_logs.glob("*.jsonl") if path.stem not in known]
    seen = {row.id for row in (*store.active_locks(profile.id), *store.lifted_locks(profile.id))}
    found = False
    rows: list[LockRow] = []
    for path in sorted(unknown):
        try:
            records = read_log(path.read_bytes(), path.name)
        except (BadFile, OSError):
            continue
        header = records[0].data
        if header.get("profile") == profile.pseudonym and not header.get("demo"):
            found = True
            rows += [_row(record, path.stem, profile) for record in records if _is_lock(record)]
    store.set_locks([row for row in rows if row.id not in seen])
    return found


def _is_lock(record: LogRecord) -> bool:
    return record.type == "lock"


def _row(record: LogRecord, session: str, profile: Profile) -> LockRow:
    return LockRow(
        id=f"{session}-{record.data['rule']}",
        profile=profile.id,
        session=session,
        tier=str(record.data["tier"]).lower(),
        rule=record.data["rule"],
        set_wall=record.wall,
    )
