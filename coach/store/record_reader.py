"""The record read back as values, a batch of sessions at a time, so that a long one fits."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import starmap
from typing import Any

from coach.domain.action import Action, Tier
from coach.domain.exercise import LevelName
from coach.domain.outcome import Outcome
from coach.domain.pose import Pose
from coach.domain.rating import Feel, News, Place
from coach.domain.record import (
    Asked,
    Correction,
    Moment,
    PlayedSession,
    PlayedSet,
    SaidLater,
    Selection,
    SetLock,
)
from coach.domain.side import Side
from coach.store.database import Database, Value
from coach.store.errors import DamagedError

_BATCH = 50
"""Sessions read at once: few queries, and so short that a window is not held up by them."""

_EARLIEST, _LATEST = date.min, date.max
_BASELINES = ("T0", "P0")

_SESSIONS = """
    SELECT session.id, profile.pseudonym, started_wall, closed_wall, outcome, plan_title,
        plan_sha256, engine_version, rules_sha256, log_head
    FROM session JOIN profile ON profile.id = session.profile
    WHERE session.id IN (SELECT value FROM json_each(?)) AND closed_wall IS NOT NULL AND demo = 0
    ORDER BY started_utc, session.id
"""
_SETS = """
    SELECT session, n, exercise, side, level, reps, rest_s, home, out, planned_ms, done_ms,
        tingling, pain, "where", feels, new, settled_s, action, rules, levers
    FROM set_row WHERE session IN (SELECT value FROM json_each(?)) ORDER BY n
"""
_ANSWERS = """
    SELECT session, question, value
    FROM answer WHERE session IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
_LATER = """
    SELECT session, kind, wall, tingling, pain, woken, numb
    FROM afterwards WHERE session IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
_LOCKS = """
    SELECT session, id, tier, rule, set_wall, lifted_wall, lifted_by, note
    FROM lock WHERE session IN (SELECT value FROM json_each(?)) ORDER BY id
"""
_CORRECTIONS = """
    SELECT session, moment, n, asked, value, reason, wall
    FROM correction WHERE session IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
# The night belongs to the day before until five (coach.domain.past): shifted by five hours, a
# wall time's own date is the day as it was lived.
_LIVED_DAY = "date(substr(started_wall, 1, 19), '-5 hours')"


class RecordReader:
    """Reads closed sessions; demonstrations and sessions that are still open are left out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, selection: Selection) -> int:
        """How many sessions there are."""
        where, values = _condition(selection)
        rows = self._database.query(f"SELECT count(*) FROM session WHERE {where}", values)  # noqa: S608 (words of this file)
        return int(rows[0][0])

    def ids(self, selection: Selection) -> list[str]:
        """The ids of the sessions, oldest first."""
        where, values = _condition(selection)
        rows = self._database.query(
            f"SELECT id FROM session WHERE {where} ORDER BY started_utc, id",  # noqa: S608 (as above)
            values,
        )
        return [row["id"] for row in rows]

    def sessions(self, selection: Selection) -> Iterator[PlayedSession]:
        """Sessions oldest first. Raises DamagedError naming one that cannot be read."""
        ids = self.ids(selection)
        for start in range(0, len(ids), _BATCH):
            yield from self._batch(ids[start : start + _BATCH])

    def session(self, session_id: str) -> PlayedSession | None:
        """One closed session, None when there is none of that id."""
        return next(iter(self._batch([session_id])), None)

    def _batch(self, ids: Sequence[str]) -> Iterator[PlayedSession]:
        wanted = json.dumps(ids)
        sets, answers, later, locks, corrections = (
            self._grouped(sql, wanted) for sql in (_SETS, _ANSWERS, _LATER, _LOCKS, _CORRECTIONS)
        )
        rows = self._database.query(_SESSIONS, (wanted,))
        self._check([row["id"] for row in rows])
        for row in rows:
            name = row["id"]
            try:
                said = dict(answers[name])
                tingling, pain = (_rating(said.pop(baseline, None)) for baseline in _BASELINES)
                yield PlayedSession(
                    name,
                    row["pseudonym"],
                    datetime.fromisoformat(row["started_wall"]),
                    datetime.fromisoformat(row["closed_wall"]),
                    Outcome(row["outcome"]),
                    row["plan_title"],
                    row["plan_sha256"],
                    row["engine_version"],
                    row["rules_sha256"],
                    row["log_head"],
                    replies=said,
                    tingling=tingling,
                    pain=pain,
                    sets=tuple(starmap(_set, sets[name])),
                    later=tuple(starmap(_later, later[name])),
                    locks=tuple(starmap(_lock, locks[name])),
                    corrections=tuple(starmap(_correction, corrections[name])),
                )
            except (KeyError, TypeError, ValueError) as error:
                path = self._database.home.database
                raise DamagedError(f"{path}: session {name} is damaged ({error})") from error

    def _check(self, ids: Sequence[str]) -> None:
        """Raise DamagedError for a session that is not as it was when it was closed."""
        if self._database.holds(ids):
            return
        path = self._database.home.database
        for name in ids:
            if not self._database.holds([name]):
                raise DamagedError(
                    f"{path}: session {name} has changed by itself since it was closed. Close the"
                    " program and open it again: it then looks for what is damaged, and brings back"
                    " what it can."
                )

    def _grouped(self, sql: str, wanted: str) -> dict[str, list[tuple[Any, ...]]]:
        """Rows by the session they belong to, without that column."""
        grouped: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for session, *values in self._database.query(sql, (wanted,)):
            grouped[session].append(tuple(values))
        return grouped


def _condition(selection: Selection) -> tuple[str, list[Value]]:
    since, until = selection.since or _EARLIEST, selection.until or _LATEST
    terms = ["demo = 0", "closed_wall IS NOT NULL", f"{_LIVED_DAY} BETWEEN ? AND ?"]
    values: list[Value] = [since.isoformat(), until.isoformat()]
    if selection.profile is not None:
        terms.append("profile = ?")
        values.append(selection.profile)
    played = {"side": selection.side, "exercise": selection.exercise}
    wanted = {column: str(value) for column, value in played.items() if value is not None}
    if wanted:
        match = " AND ".join(f"{column} = ?" for column in wanted)
        terms.append(f"id IN (SELECT session FROM set_row WHERE {match})")  # noqa: S608 (as above)
        values += wanted.values()
    return " AND ".join(terms), values


def _set(*row: Any) -> PlayedSet:
    n, exercise, side, level, reps, rest_s, home, out, planned_ms, done_ms, *said = row
    tingling, pain, where, feels, new, settled_s, action, rules, levers = said
    return PlayedSet(
        *(n, exercise, None if side is None else Side(side), LevelName(level), reps, rest_s),
        *(_pose(home), _pose(out), planned_ms, done_ms, tingling, pain),
        tuple(map(Place, _words(where))),
        tuple(map(Feel, _words(feels))),
        tuple(map(News, _words(new))),
        settled_s,
        None if action is None else Action[action],
        _words(rules),
        _words(levers),
    )


# The same few angles and lists come again and again.
@lru_cache(maxsize=1024)
def _pose(text: str) -> Pose:
    return Pose(**json.loads(text))


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _rating(text: str | None) -> int | None:
    return None if text is None else int(text)


def _later(
    kind: str,
    wall: str,
    tingling: int | None,
    pain: int | None,
    woken: int | None,
    numb: int | None,
) -> SaidLater:
    woke, no_feeling = (None if one is None else bool(one) for one in (woken, numb))
    moment, said = Moment(kind), datetime.fromisoformat(wall)
    return SaidLater(moment, said, tingling, pain, woke, no_feeling)


def _lock(
    name: str,
    tier: str,
    rule: str,
    set_wall: str,
    lifted_wall: str | None,
    lifted_by: str | None,
    note: str | None,
) -> SetLock:
    lifted = None if lifted_wall is None else datetime.fromisoformat(lifted_wall)
    set_at = datetime.fromisoformat(set_wall)
    return SetLock(name, Tier[tier.upper()], rule, set_at, lifted, lifted_by, note)


def _correction(
    moment: str, n: int, asked: str, value: int | None, reason: str, wall: str
) -> Correction:
    made = datetime.fromisoformat(wall)
    return Correction(Moment(moment), n, Asked(asked), value, reason, made)
