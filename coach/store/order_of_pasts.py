"""The order in which a person's sessions happened, as far as rows can tell."""

import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate


def put_in_order(connection: sqlite3.Connection, profile: str, came: Collection[str]) -> None:
    """Give sessions that came their place among a person's sessions.

    Those that were here keep their order, which is the one they were closed in even where a
    clock was wrong; each that came goes before the first that began later.
    """
    rows = connection.execute(
        "SELECT session, data, started_utc FROM past JOIN session ON session.id = past.session"
        " WHERE profile = ? ORDER BY seq",
        (profile,),
    ).fetchall()
    whole = _in_place(rows, came)
    if [row["session"] for row in whole] == [row["session"] for row in rows]:
        return
    connection.executemany(
        "DELETE FROM past WHERE session = ?", [(row["session"],) for row in rows]
    )
    connection.executemany(
        "INSERT INTO past (session, data) VALUES (?, ?)",
        [(row["session"], row["data"]) for row in whole],
    )


def _in_place(rows: Sequence[sqlite3.Row], came: Collection[str]) -> list[sqlite3.Row]:
    here = [row for row in rows if row["session"] not in came]
    # The latest beginning up to each: in order whatever the clock said.
    latest = list(accumulate(map(_began, here), max))
    whole: list[sqlite3.Row] = []
    done = 0
    for row in sorted((row for row in rows if row["session"] in came), key=_began):
        place = bisect_right(latest, _began(row))
        whole += here[done:place]
        whole.append(row)
        done = place
    return whole + here[done:]


def _began(row: sqlite3.Row) -> tuple[str, str]:
    return row["started_utc"], row["session"]
