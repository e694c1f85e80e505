"""One log from elsewhere, decided again and turned into the rows that its session consists of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from coach.app.session.keeping import answer_row, entry, set_row
from coach.app.session.replaying import Difference, past_session, replayed
from coach.app.shipped import Shipped
from coach.domain.action import Tier
from coach.domain.exercise import Exercise
from coach.domain.outcome import Outcome
from coach.domain.past import PastSession
from coach.engine.run import Run
from coach.formats.bad_file import BadFile, FileFault
from coach.formats.past_text import past_text
from coach.formats.session_log import CLOSED, NAME, RULE, LogRecord
from coach.store.merging import SessionRows
from coach.store.records import LockRow, SessionHeader

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class ImportedLog:
    """A log that could be decided again.

    person: pseudonym. ended: the session was over when the log ends. locks: those that the log
    tells and those that deciding it again asks for, still without a profile.
    """

    name: str
    records: Sequence[LogRecord]
    run: Run
    past: PastSession
    differences: tuple[Difference, ...]
    locks: tuple[LockRow, ...]
    exercises: Mapping[str, Exercise]

    @property
    def header(self) -> dict[str, Any]:
        """The first record's data."""
        return self.records[0].data

    @property
    def id(self) -> str:
        """The session's id."""
        return str(self.header["session"])

    @property
    def person(self) -> str:
        """The pseudonym of whose session it is."""
        return str(self.header["profile"])

    @property
    def began(self) -> datetime:
        """When the session began: local time with offset."""
        return self.past.began

    @property
    def ended(self) -> bool:
        """Whether the log itself says that the session was over."""
        return self.records[-1].type == CLOSED

    def rows(self, profile: str) -> SessionRows:
        """The session as a profile's."""
        header, wall = self.header, self.records[0].wall
        answers = [row for record in self.records if (row := answer_row(record)) is not None]
        sets = [one for one in self.run.ledger.sets if one.ended_ms is not None]
        return SessionRows(
            SessionHeader(
                id=self.id,
                profile=profile,
                plan_title=self.run.script.plan.title,
                plan_text=header["plan"],
                plan_sha256=header["plan_sha256"],
                engine_version=header["engine"],
                rules_sha256=header["rules_sha256"],
                tz=str(datetime.fromisoformat(wall).tzinfo),
                started_wall=wall,
            ),
            entries=[entry(record) for record in self.records],
            sets=[set_row(one, self.exercises) for one in sets],
            answers=answers,
            outcome=self.past.outcome.value,
            closed_wall=self.records[-1].wall,
            past=past_text(self.past),
        )


def decided(shipped: Shipped, records: Sequence[LogRecord], name: str) -> ImportedLog:
    """A log decided again. Raises BadFile when it is none of a session that was really played."""
    _check_header(records[0].data, name)
    _check_times(records, name)
    run, replay = replayed(shipped, records, name)
    # Of a log that was cut off in the middle of a step, what comes after the cut is no difference.
    cut = replay.ends_open
    differences = tuple(one for one in replay.differences if not (cut and one.logged == "nothing"))
    session = str(records[0].data["session"])
    told = _logged_locks(records, session, name)
    asked = [
        LockRow(
            f"{session}-{lock.rule}",
            "",
            session,
            lock.tier.name.lower(),
            lock.rule,
            records[-1].wall,
        )
        for lock in run.ledger.locks
    ]
    locks = {lock.id: lock for lock in (*asked, *told)}
    past = replace(past_session(run, records), outcome=_outcome(records[-1]))
    exercises = shipped.catalogue
    return ImportedLog(name, records, run, past, differences, tuple(locks.values()), exercises)


def _logged_locks(records: Sequence[LogRecord], session: str, name: str) -> list[LockRow]:
    """The locks that a log tells. Raises BadFile for one that is none."""
    rows = []
    for record in records:
        if record.type != "lock":
            continue
        tier, rule = record.data.get("tier"), record.data.get("rule")
        if not isinstance(tier, str) or tier not in Tier.__members__:
            raise _bad(name, record.seq + 1, "data.tier", "is no tier of a lock")
        if not isinstance(rule, str) or not RULE.fullmatch(rule):
            raise _bad(name, record.seq + 1, "data.rule", "is no rule")
        rows.append(LockRow(f"{session}-{rule}", "", session, tier.lower(), rule, record.wall))
    return rows


def _outcome(last: LogRecord) -> Outcome:
    if last.type == CLOSED and last.data.get("outcome") in list(Outcome):
        return Outcome(last.data["outcome"])
    return Outcome.INCOMPLETE


def _check_header(header: dict[str, Any], name: str) -> None:
    def require(field: str, *, so: bool, message: str) -> None:
        if not so:
            raise _bad(name, 1, f"data.{field}", message)

    for field, form, what in (
        ("session", NAME, "letters, digits, - and _, at most 64"),
        ("profile", NAME, "letters, digits, - and _, at most 64"),
        ("plan_sha256", _SHA256, "a SHA-256"),
        ("rules_sha256", _SHA256, "a SHA-256"),
    ):
        value = header.get(field)
        require(
            field,
            so=isinstance(value, str) and bool(form.fullmatch(value)),
            message=f"must be {what}",
        )
    for field in ("plan", "engine"):
        require(field, so=isinstance(header.get(field), str), message="must be text")
    require("demo", so=not header.get("demo"), message="a demonstration is no session")
    require(
        "deidentified",
        so="deidentified" not in header,
        message="a de-identified copy has no real days, so it cannot join a record",
    )


def _check_times(records: Sequence[LogRecord], name: str) -> None:
    for record in records:
        try:
            moment = datetime.fromisoformat(record.wall)
        except ValueError:
            raise _bad(name, record.seq + 1, "wall", "is no time") from None
        if moment.tzinfo is None:
            raise _bad(name, record.seq + 1, "wall", "needs an offset such as +01:00")
        try:
            moment.astimezone(UTC)
        except OverflowError:
            message = "is in no year that can be reckoned with"
            raise _bad(name, record.seq + 1, "wall", message) from None


def _bad(name: str, line: int, field: str, message: str) -> BadFile:
    return BadFile([FileFault(name, line, field, message)])
