"""Questions a history page asks, answered in few rows however long the record is.

Every question is about one profile's closed sessions; demonstrations and sessions still open are
left out. What was corrected is told beside what was first said, never in its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coach.domain.record import Selection
from coach.store.database import Database, Value

_EARLIEST, _LATEST = date.min, date.max
# As in record_reader: a night belongs to the day before until five.
_LIVED_DAY = "date(substr(started_wall, 1, 19), '-5 hours')"
_WEEK = f"date({_LIVED_DAY}, 'weekday 0', '-6 days')"
_MONTH = f"date({_LIVED_DAY}, 'start of month')"
_CORRECTED = "EXISTS (SELECT 1 FROM correction WHERE correction.session = session.id)"
# What is no JSON comes out as something that no reader takes for an answer.
_PLACES = """iif(json_valid("where"), "where", '["?"]')"""
_PAST = """iif(json_valid(data), data, '{"past":{"worked":["?"]}}')"""
#: No two places on earth are further apart in time, and a day begins five hours late.
_ZONES = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class RatedSet:
    """The ratings of a set as first said: 0-10, None was not answered."""

    session: str
    day: date
    n: int
    tingling: int | None
    pain: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers (0-10) of a week or a month: how many, their sum and range, how many missing."""

    begins: date
    n: int
    total: int | None
    low: int | None
    high: int | None
    missing: int


@dataclass(frozen=True, slots=True)
class RatedMorning:
    """What was said next morning about a session of ``day``."""

    session: str
    day: date
    tingling: int | None
    pain: int | None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in a list. worst_…: highest rating of its sets as first said."""

    id: str
    began: datetime
    closed: datetime
    outcome: str
    plan_title: str
    sets: int
    worst_tingling: int | None
    worst_pain: int | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class CorrectedValue:
    """The last correction of one answer: what it is now, None when it was taken back."""

    session: str
    moment: str
    n: int
    asked: str
    value: int | None


@dataclass(frozen=True, slots=True)
class DayLine:
    """One session of a day: how it ended."""

    day: date
    outcome: str


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """After how many of a day's sets a place was named, and how many sets were rated that day.

    place: None for the sets that were rated without naming any.
    """

    day: date
    place: str | None
    times: int
    sets: int


@dataclass(frozen=True, slots=True)
class WorkedLine:
    """What one leg did of an exercise in a session: canonical JSON of a ``Worked``."""

    session: str
    began: datetime
    outcome: str
    easy_day: bool
    worked: str


class HistoryReader:
    """Reads what the history page shows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def path(self) -> Path:
        """The file that is read."""
        return self._database.home.database

    def first_day(self, profile: str) -> date | None:
        """The day of the oldest session, None when there is none."""
        rows = self._database.query(
            f"SELECT {_LIVED_DAY} AS day FROM session"  # noqa: S608 (words of this file)
            " WHERE profile = ? AND demo = 0 AND closed_wall IS NOT NULL"
            " ORDER BY started_utc LIMIT 1",
            (profile,),
        )
        return _day(rows[0]["day"]) if rows else None

    def exercises(self, profile: str) -> tuple[str, ...]:
        """Ids of the exercises played lately, over the last thousand sessions."""
        rows = self._database.query(
            "SELECT DISTINCT exercise FROM set_row WHERE session IN (SELECT id FROM session"
            " WHERE profile = ? AND demo = 0 ORDER BY started_utc DESC LIMIT 1000)"
            " ORDER BY exercise",
            (profile,),
        )
        return tuple(row["exercise"] for row in rows)

    def sets(self, selection: Selection, *, corrected: bool = False) -> list[RatedSet]:
        """Every set played, oldest first; corrected: of sessions with a correction only."""
        where, values = _condition(selection)
        played, more = _played(selection)
        if corrected:
            where += f" AND {_CORRECTED}"
        rows = self._database.query(
            f"SELECT id, {_LIVED_DAY}, n, tingling, pain"  # noqa: S608 (as above)
            f" FROM session JOIN set_row ON set_row.session = session.id"
            f" WHERE {where}{played} ORDER BY started_utc, id, n",
            [*values, *more],
        )
        return [RatedSet(one[0], _day(one[1]), *one[2:]) for one in map(tuple, rows)]

    def tallies(
        self, selection: Selection, *, weeks: bool, highest: bool
    ) -> list[tuple[Tally, Tally]]:
        """Tingling and pain by week or month, oldest first, without sessions with a correction.

        highest: the highest answer of each session instead of every answer.
        """
        where, values = _condition(selection)
        played, more = _played(selection)
        begins = _WEEK if weeks else _MONTH
        answers = "max(tingling) AS tingling, max(pain) AS pain" if highest else "tingling, pain"
        by_session = " GROUP BY id" if highest else ""
        counted = ", ".join(
            f"count({one}), sum({one}), min({one}), max({one}), count(*) - count({one})"
            for one in ("tingling", "pain")
        )
        rows = self._database.query(
            f"WITH picked AS MATERIALIZED (SELECT id, {begins} AS begins"  # noqa: S608 (as above)
            f" FROM session WHERE {where} AND NOT {_CORRECTED}),"
            f" said AS (SELECT begins, {answers} FROM picked JOIN set_row ON session = id"
            f" WHERE TRUE{played}{by_session})"
            f" SELECT begins, {counted} FROM said GROUP BY begins ORDER BY begins",
            [*values, *more],
        )
        return [
            (Tally(_day(begins), *row[:5]), Tally(_day(begins), *row[5:]))
            for begins, *row in map(tuple, rows)
        ]

    def mornings(self, selection: Selection) -> list[RatedMorning]:
        """What was last said the morning after each session, where it was asked; oldest first."""
        where, values = _condition(selection)
        among, more = _among(selection)
        rows = self._database.query(
            f"SELECT id, {_LIVED_DAY}, tingling, pain, max(seq)"  # noqa: S608 (as above)
            " FROM session JOIN afterwards ON afterwards.session = session.id"
            f" WHERE {where}{among} AND kind = 'morning' GROUP BY id ORDER BY started_utc, id",
            [*values, *more],
        )
        return [RatedMorning(one[0], _day(one[1]), one[2], one[3]) for one in map(tuple, rows)]

    def corrections(self, selection: Selection) -> list[CorrectedValue]:
        """The last correction of each corrected answer."""
        where, values = _condition(selection)
        rows = self._database.query(
            "SELECT correction.session, moment, n, asked, value, max(seq)"  # noqa: S608 (as above)
            " FROM correction JOIN session ON session.id = correction.session"
            f" WHERE {where} GROUP BY correction.session, moment, n, asked",
            values,
        )
        return [CorrectedValue(*tuple(row)[:5]) for row in rows]

    def days(self, selection: Selection) -> list[DayLine]:
        """Every session by its day, oldest first."""
        where, values = _condition(selection)
        among, more = _among(selection)
        rows = self._database.query(
            f"SELECT {_LIVED_DAY} AS day, outcome FROM session"  # noqa: S608 (as above)
            f" WHERE {where}{among} ORDER BY started_utc, id",
            [*values, *more],
        )
        return [DayLine(_day(row["day"]), row["outcome"]) for row in rows]

    def places(self, selection: Selection) -> list[PlaceCount]:
        """How often each place was named on each day with rated sets, oldest first."""
        where, values = _condition(selection)
        played, more = _played(selection)
        rows = self._database.query(
            f"WITH said AS (SELECT {_LIVED_DAY} AS day, {_PLACES} AS places"  # noqa: S608 (as above)
            " FROM session JOIN set_row ON set_row.session = session.id"
            f" WHERE {where}{played} AND coalesce(tingling, pain) IS NOT NULL),"
            " counted AS (SELECT day, count(*) AS sets FROM said GROUP BY day)"
            " SELECT said.day, value, count(*), counted.sets"
            " FROM said JOIN counted ON counted.day = said.day"
            " LEFT JOIN json_each(said.places) ON TRUE"
            " GROUP BY said.day, value ORDER BY said.day, value",
            [*values, *more],
        )
        return [PlaceCount(_day(one[0]), one[1], one[2], one[3]) for one in map(tuple, rows)]

    def lines(
        self, selection: Selection, *, limit: int, before: tuple[datetime, str] | None = None
    ) -> list[SessionLine]:
        """Sessions newest first; ``before``: only what is older than this start and id."""
        where, values = _condition(selection)
        among, more = _among(selection)
        older = ""
        if before is not None:
            older = " AND (started_utc, id) < (?, ?)"
            more = [*more, _utc(before[0]), before[1]]
        rows = self._database.query(
            "WITH picked AS (SELECT id, started_wall, closed_wall, outcome, plan_title,"  # noqa: S608
            f" started_utc FROM session WHERE {where}{among}{older}"
            " ORDER BY started_utc DESC, id DESC LIMIT ?)"
            " SELECT id, started_wall, closed_wall, outcome, plan_title,"
            " (SELECT count(*) FROM set_row WHERE session = id),"
            " (SELECT max(tingling) FROM set_row WHERE session = id),"
            " (SELECT max(pain) FROM set_row WHERE session = id),"
            " EXISTS (SELECT 1 FROM correction WHERE session = id)"
            " FROM picked ORDER BY started_utc DESC, id DESC",
            [*values, *more, limit],
        )
        found = []
        for row in rows:
            name, began, closed, *said, corrected = tuple(row)
            times = (_moment(began), _moment(closed))
            outcome, title, sets, tingling, pain = said
            worst = (tingling, pain)
            found.append(
                SessionLine(name, *times, outcome, title, sets, *worst, corrected=bool(corrected))
            )
        return found

    def worked(self, selection: Selection) -> list[WorkedLine]:
        """What each leg did in each session, in the order in which sessions closed."""
        where, values = _condition(selection)
        rows = self._database.query(
            "SELECT session.id, started_wall, outcome,"  # noqa: S608 (as above)
            " json_extract(whole, '$.past.easy_day'), one.value"
            f" FROM session JOIN (SELECT session, seq, {_PAST} AS whole FROM past) AS past"
            " ON past.session = session.id, json_each(whole, '$.past.worked') AS one"
            f" WHERE {where} ORDER BY past.seq",
            values,
        )
        return [
            WorkedLine(each[0], _moment(each[1]), each[2], bool(each[3]), each[4])
            for each in map(tuple, rows)
        ]

    def headers(self, sessions: Iterable[str]) -> dict[str, str]:
        """The first line of logs, as canonical JSON, by session."""
        found: dict[str, str] = {}
        for session in sessions:
            rows = self._database.query(
                "SELECT data FROM event WHERE session = ? AND seq = 0", (session,)
            )
            if rows:
                found[session] = rows[0]["data"]
        return found

    def decided(self, sessions: Iterable[str]) -> dict[str, list[tuple[str, str | None, str, str]]]:
        """Exercise, side, rules and levers (JSON lists) of each set of sessions, in order."""
        found: dict[str, list[tuple[str, str | None, str, str]]] = {}
        for session in sessions:
            rows = self._database.query(
                "SELECT exercise, side, rules, levers FROM set_row WHERE session = ? ORDER BY n",
                (session,),
            )
            found[session] = [(one[0], one[1], one[2], one[3]) for one in map(tuple, rows)]
        return found


def _condition(selection: Selection) -> tuple[str, list[Value]]:
    since, until = selection.since or _EARLIEST, selection.until or _LATEST
    values: list[Value] = [selection.profile]
    terms = ["profile = ?", "demo = 0", "closed_wall IS NOT NULL"]
    if (since, until) != (_EARLIEST, _LATEST):
        # The first two find it by the index, the third is exact.
        terms += ["started_utc >= ?", "started_utc < ?", f"{_LIVED_DAY} BETWEEN ? AND ?"]
        values += [_around(since, -_ZONES), _around(until, _ZONES)]
        values += [since.isoformat(), until.isoformat()]
    return " AND ".join(terms), values


def _around(day: date, apart: timedelta) -> str:
    try:
        return (day + apart).isoformat()
    except OverflowError:
        return day.isoformat()


def _played(selection: Selection) -> tuple[str, list[Value]]:
    """Only the sets of a leg or an exercise."""
    wanted = {"side": selection.side, "exercise": selection.exercise}
    given = {column: str(value) for column, value in wanted.items() if value is not None}
    return "".join(f" AND {column} = ?" for column in given), list(given.values())


def _among(selection: Selection) -> tuple[str, list[Value]]:
    """Only sessions with a set of a leg or an exercise."""
    played, values = _played(selection)
    if not played:
        return "", []
    found = f" AND EXISTS (SELECT 1 FROM set_row WHERE set_row.session = session.id{played})"  # noqa: S608
    return found, values


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
