"""What of a damaged data file still fits its seals, taken over into the one that replaces it."""

import contextlib
import json
import sqlite3

from coach.store import seals
from coach.store.order_of_pasts import put_in_order

#: What reading a damaged file may raise: also the text of SQLite's own message can be none.
UNREADABLE = (sqlite3.Error, ValueError)


def sessions_in(old: sqlite3.Connection) -> dict[str, str]:
    """Id and day of every closed session that a damaged file still names."""
    named: dict[str, str] = {}
    with contextlib.suppress(*UNREADABLE):
        for name, wall in old.execute("SELECT id, started_wall FROM session ORDER BY id"):
            named[name] = wall[:10]
    return named


def take_over(old: sqlite3.Connection, fresh: sqlite3.Connection) -> None:
    """Copy every session that fits its seal, whole, and everything else if that fits its own.

    Both files need the same tables. A session that is in the new file already is replaced: what
    fits its seal is at least as new as any backup.
    """
    if _tables(old) != _tables(fresh):
        return
    fresh.execute("PRAGMA defer_foreign_keys = ON")
    if seals.small_holds(old):
        for table in seals.small_tables(old):
            fresh.execute(f'DELETE FROM "{table}"')  # noqa: S608 (names of the schema)
            _copy(old, fresh, table, "", ())
    people = {row[0] for row in fresh.execute("SELECT id FROM profile")}
    plans = {row[0] for row in fresh.execute("SELECT sha256 FROM plan")}
    taken: list[str] = []
    for name in seals.holding(old):
        whose, plan = old.execute(
            "SELECT profile, plan_sha256 FROM session WHERE id = ?", (name,)
        ).fetchone()
        if whose not in people or (plan not in plans and not _take_plan(old, fresh, plan)):
            continue
        plans.add(plan)
        for table, key, _ in reversed(seals.SESSION_TABLES):
            fresh.execute(f'DELETE FROM "{table}" WHERE "{key}" = ?', (name,))  # noqa: S608 (as above)
        for table, key, _ in seals.SESSION_TABLES:
            if table != "past":
                _copy(old, fresh, table, f'WHERE "{key}" = ?', (name,))
        taken.append(name)
    _take_pasts(old, fresh, taken)


def logged_stops(fresh: sqlite3.Connection) -> None:
    """Set every stop that the log of a session tells and that has no row of its own.

    One that was lifted may stand again, which is the safe mistake.
    """
    told = fresh.execute(
        "SELECT session, profile, data, wall FROM event JOIN session ON session.id = event.session"
        " WHERE type = 'lock' AND demo = 0"
    ).fetchall()
    for session, profile, data, wall in told:
        try:
            stop = json.loads(data)
            tier, rule = stop["tier"].lower(), stop["rule"]
        except (ValueError, LookupError, TypeError, AttributeError):
            continue  # no line of ours; it must not keep the program from starting
        fresh.execute(
            "INSERT OR IGNORE INTO lock (id, profile, session, tier, rule, set_wall)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (f"{session}-{rule}", profile, session, tier, rule, wall),
        )


def keep_stops(now: sqlite3.Connection, fresh: sqlite3.Connection) -> None:
    """Give a file that is to be used instead the stops of the present one, as they stand there.

    Who lifted one counts as well: what was lifted elsewhere in the copy may stand by now.
    """
    elsewhere = {row["lock"] for row in now.execute("SELECT lock FROM lifted_elsewhere")}
    people = {row["id"]: row for row in fresh.execute("SELECT * FROM profile")}
    names = {row["name"]: row["id"] for row in people.values()}
    for row in now.execute("SELECT * FROM profile"):
        if row["id"] not in people and row["name"] not in names:
            fresh.execute("INSERT INTO profile VALUES (?, ?, ?)", tuple(row))
            names[row["name"]] = row["id"]
    for row in now.execute(
        "SELECT lock.*, profile.name AS person FROM lock JOIN profile ON profile.id = lock.profile"
    ):
        whose = row["profile"] if row["profile"] in people else names[row["person"]]
        fresh.execute(
            "INSERT OR REPLACE INTO lock"
            " (id, profile, session, tier, rule, set_wall, lifted_wall, lifted_by, note)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(row["id"], whose, row["session"], row["tier"], row["rule"], row["set_wall"]),
                *(row["lifted_wall"], row["lifted_by"], row["note"]),
            ),
        )
        fresh.execute("DELETE FROM lifted_elsewhere WHERE lock = ?", (row["id"],))
        if row["id"] in elsewhere:
            fresh.execute("INSERT INTO lifted_elsewhere (lock) VALUES (?)", (row["id"],))


def keep_physio(now: sqlite3.Connection, fresh: sqlite3.Connection) -> None:
    """Give a file that is to be used instead the physiotherapist's present code.

    What they have taken back since is taken from it as well.
    """
    fresh.execute("DELETE FROM physio_code")
    _copy(now, fresh, "physio_code", "", ())
    allowed = {tuple(row) for row in now.execute("SELECT profile, exercise FROM allowance")}
    for row in fresh.execute("SELECT id, profile, exercise FROM allowance").fetchall():
        if (row["profile"], row["exercise"]) not in allowed:
            fresh.execute("DELETE FROM allowance WHERE id = ?", (row["id"],))


def _take_plan(old: sqlite3.Connection, fresh: sqlite3.Connection, sha256: str) -> bool:
    """Whether the text of a plan could be copied."""
    try:
        _copy(old, fresh, "plan", "WHERE sha256 = ?", (sha256,))
    except UNREADABLE:
        return False
    return True


def _take_pasts(old: sqlite3.Connection, fresh: sqlite3.Connection, taken: list[str]) -> None:
    """What sessions leave, in the order of the damaged file; the others find their place in it."""
    whole = set(taken)
    others = [row[0] for row in fresh.execute("SELECT session FROM past") if row[0] not in whole]
    rows = [
        (name, data)
        for _, name, data in sorted(
            tuple(row)
            for name in taken
            for row in old.execute("SELECT seq, session, data FROM past WHERE session = ?", (name,))
        )
    ]
    fresh.executemany("INSERT INTO past (session, data) VALUES (?, ?)", rows)
    if rows and others:
        for (profile,) in fresh.execute("SELECT id FROM profile").fetchall():
            put_in_order(fresh, profile, frozenset(others))


def _copy(
    old: sqlite3.Connection,
    fresh: sqlite3.Connection,
    table: str,
    where: str,
    values: tuple[str, ...],
) -> None:
    rows = [
        tuple(row)
        for row in old.execute(f'SELECT * FROM "{table}" {where}', values)  # noqa: S608 (names of the schema)
    ]
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        fresh.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)  # noqa: S608 (as above)


def _tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    try:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        )
        return [(row[0], row[1]) for row in rows]
    except UNREADABLE:
        return []
