"""A believable record of any length in a store: a year really played, and copies of it before.

The same arguments write the same bytes.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

from coach import __version__
from coach.app.session.headers import text_sha256
from coach.formats.past_text import FORMAT as PAST_FORMAT
from coach.formats.session_log import LogRecord, canonical, chained
from coach.formats.values import as_data
from coach.store.records import SetRow
from coach.store.sessions import SessionStore
from lived_year import LAST_DAY, LENGTH, PLAN, Kept, played, session_id, shipped, training_days

A_YEAR = sum(1 for _ in training_days())
"""As many sessions as the played year has at most."""

_COLUMNS = {
    "session": 13,
    "event": 7,
    "set_row": 20,
    "answer": 4,
    "afterwards": 8,
    "lock": 9,
    "correction": 8,
}
_AT_ONCE = 2_000

Row = tuple[object, ...]


def write_long_record(
    store: SessionStore,
    profile: str,
    sessions: int = A_YEAR,
    *,
    pseudonym: str | None = None,
    whole_logs: bool = True,
) -> int:
    """Write sessions of a profile that is there, the last of them on LAST_DAY; how many they are.

    sessions: at most so many; beyond a year they are the same year again, each time a year
    earlier. whole_logs: every line of each log, so that it replays; False keeps two lines of it,
    which is smaller and far faster. pseudonym: how logs name the person, None for the profile's
    own.
    """
    if pseudonym is None:
        (pseudonym,) = (one.pseudonym for one in store.profiles() if one.id == profile)
    return _write(store, [(profile, pseudonym)], sessions, whole_logs=whole_logs)


def _write(
    store: SessionStore, people: Sequence[tuple[str, str]], sessions: int, *, whole_logs: bool
) -> int:
    year = [_Written(kept) for kept in played(min(sessions, A_YEAR))]
    written = 0
    with store._database.transaction() as connection:
        connection.execute("INSERT OR IGNORE INTO plan VALUES (?, ?)", (text_sha256(PLAN), PLAN))
        rows: dict[str, list[Row]] = {table: [] for table in (*_COLUMNS, "past")}
        for profile, pseudonym in people:
            for one, shift in _spread(year, sessions):
                one.add_to(rows, profile, pseudonym, shift, whole_logs=whole_logs)
                written += 1
                if len(rows["session"]) >= _AT_ONCE:
                    _put(connection, rows)
        _put(connection, rows)
    return written


def _spread(year: Sequence["_Written"], sessions: int) -> Iterator[tuple["_Written", timedelta]]:
    """Sessions oldest first, with how far their days are moved."""
    if sessions <= A_YEAR:
        late = LAST_DAY - year[-1].day
        yield from ((one, late) for one in year)
        return
    whole, rest = divmod(sessions, len(year))
    if rest:
        yield from ((one, -LENGTH * whole) for one in year[-rest:])
    for back in reversed(range(whole)):
        yield from ((one, -LENGTH * back) for one in year)


def _put(connection: sqlite3.Connection, rows: dict[str, list[Row]]) -> None:
    for table, columns in _COLUMNS.items():
        marks = ", ".join("?" * columns)
        insert = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608 (names of this file)
        connection.executemany(insert, rows[table])
    connection.executemany("INSERT INTO past (session, data) VALUES (?, ?)", rows["past"])
    for pending in rows.values():
        pending.clear()


def _wall(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="milliseconds")


def _columns(row: SetRow) -> Row:
    values = (getattr(row, one.name) for one in fields(row))
    return tuple(canonical(v) if isinstance(v, dict | tuple) else v for v in values)


class _Written:
    """A session ready to be written under many ids and on many days."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._sets = [_columns(row) for row in kept.sets]
        self._past = as_data(kept.past)

    @property
    def day(self) -> date:
        """The day it was played on."""
        return self._kept.past.day

    def add_to(
        self,
        rows: dict[str, list[Row]],
        profile: str,
        pseudonym: str,
        shift: timedelta,
        *,
        whole_logs: bool,
    ) -> None:
        """Add every row of it; ``shift`` moves its days."""
        kept = self._kept
        began, closed = kept.began + shift, kept.closed + shift
        name = session_id(profile, began)
        log = self._log(name, pseudonym, began, whole=whole_logs)
        rows["session"].append(
            (
                *(name, profile, "Slider and stretch", text_sha256(PLAN), __version__),
                *(shipped().rules_sha256, "UTC+01:00", _wall(began), _wall(began.astimezone(UTC))),
                *(_wall(closed), kept.past.outcome.value, log[-1].h, 0),
            )
        )
        rows["event"] += [
            (name, one.seq, one.type, one.ms, one.wall, canonical(one.data), one.h) for one in log
        ]
        rows["set_row"] += [(name, *columns) for columns in self._sets]
        rows["answer"] += [(name, *columns) for columns in kept.answers]
        rows["afterwards"] += [
            (name, n, one.kind, _wall(one.said + shift), *one.values)
            for n, one in enumerate(kept.later)
        ]
        for tier, rule, at, lifted in kept.locks:
            opened = None if lifted is None else lifted + shift
            by = None if opened is None else "Dr Weiss"
            note = None if opened is None else f"assessed {opened.date()}"
            columns = (_wall(at + shift), _wall(opened), by, note)
            rows["lock"].append((f"{name}-{rule}", profile, name, tier, rule, *columns))
        rows["correction"] += [
            (name, n, one.moment, one.n, one.asked, one.value, one.reason, _wall(one.made + shift))
            for n, one in enumerate(kept.corrections)
        ]
        past = {**self._past, "id": name, "began": began.isoformat()}
        rows["past"].append((name, canonical({"format": PAST_FORMAT, "past": past})))

    def _log(
        self, name: str, pseudonym: str, began: datetime, *, whole: bool
    ) -> tuple[LogRecord, ...]:
        kept = self._kept.log
        header = {**kept[0][2], "session": name, "profile": pseudonym}
        if not whole:
            header = {key: header[key] for key in ("format", "session", "profile")}
            kept = (kept[0], kept[-1])
        made: list[LogRecord] = []
        for kind, ms, data in kept:
            wall = _wall(began + timedelta(milliseconds=ms)) or ""
            before = made[-1] if made else None
            made.append(chained(before, kind, ms, wall, data if made else header))
        return tuple(made)
