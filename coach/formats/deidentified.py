"""Sessions and logs without what tells whose they are.

Names and ids are replaced by ones made for one export, days by their distance from the person's
first one, times of day keep only their hour, and free text is left out: titles, authors, reasons,
names of clinicians, notes. It stays personal data as long as somebody keeps the link.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from coach.domain.past import lived_day
from coach.domain.record import Correction, PlayedSession, SaidLater, SetLock
from coach.formats.session_log import LogRecord, canonical, chained

#: The first day of everybody, where a format has to have dates.
FIRST_DAY = date(2000, 1, 1)

#: What a log's header says about itself.
NOTE = (
    "De-identified copy: ids, days, times, plan title and plan author were replaced, free text was"
    " left out, and the chain was computed anew over what is left."
)
PLAN_TITLE, PLAN_AUTHOR = "Plan", "Somebody"


class Deidentifier:
    """Replaces what names a person, in the same way throughout one export.

    export: random letters and digits of this export, with which every new id begins. Sessions are
    numbered as they come, so hand them over oldest first.
    """

    def __init__(self, export: str) -> None:
        self._export = export
        self._people: dict[str, str] = {}
        self._first_days: dict[str, date] = {}
        self._sessions: dict[str, str] = {}
        self._stops: dict[str, str] = {}

    def session(self, session: PlayedSession) -> PlayedSession:
        """The session as somebody unknown played it."""
        first = self._first_days.setdefault(session.person, session.day)
        began = _shifted(session.began, first)
        lasted = timedelta(seconds=(session.closed - session.began) // timedelta(seconds=1))
        return replace(
            session,
            id=self.session_id(session.id),
            person=self.person(session.person),
            began=began,
            closed=began + lasted,
            plan_title="",
            plan_sha256="",
            fingerprint="",
            later=tuple(_said(one, first) for one in session.later),
            locks=tuple(
                _lock(one, first, f"{self.session_id(session.id)}-{one.rule}")
                for one in session.locks
            ),
            corrections=tuple(_correction(one, first) for one in session.corrections),
        )

    def person(self, pseudonym: str) -> str:
        """Who it is in this export."""
        return self._people.setdefault(pseudonym, f"{self._export}-p{len(self._people) + 1}")

    def session_id(self, session: str) -> str:
        """Which session it is in this export."""
        return self._sessions.setdefault(session, f"{self._export}-{len(self._sessions) + 1:05d}")

    def stop(self, lock: SetLock, pseudonym: str) -> SetLock:
        """A stop that comes with no session; where there is none at all, its day is the first."""
        first = self._first_days.setdefault(pseudonym, lived_day(lock.set_at))
        name = self._stops.setdefault(lock.id, f"{self._export}-s{len(self._stops) + 1}")
        return _lock(lock, first, name)

    def log(self, records: Sequence[LogRecord], session: PlayedSession) -> list[LogRecord]:
        """The log of a session that `session` has already changed, chained anew."""
        header = records[0].data
        plan = _plan_without_names(header["plan"])
        first: dict[str, Any] = {
            **header,
            "deidentified": NOTE,
            "plan": plan,
            "plan_sha256": sha256(plan.encode()).hexdigest(),
            "profile": session.person,
            "session": session.id,
            "tz": str(UTC),
        }
        copied: list[LogRecord] = []
        for record in records:
            data = record.data if copied else first
            wall = session.began + timedelta(milliseconds=record.ms)
            text = wall.isoformat(timespec="milliseconds")
            copied.append(
                chained(copied[-1] if copied else None, record.type, record.ms, text, data)
            )
        return copied


def _shifted(moment: datetime, first: date) -> datetime:
    """The full hour it happened in, as many days after the first day as it really was."""
    day = FIRST_DAY + (moment.date() - first)
    return datetime(day.year, day.month, day.day, moment.hour, tzinfo=UTC)


def _lock(lock: SetLock, first: date, name: str) -> SetLock:
    lifted = None if lock.lifted_at is None else _shifted(lock.lifted_at, first)
    return replace(
        lock,
        id=name,
        set_at=_shifted(lock.set_at, first),
        lifted_at=lifted,
        lifted_by=None if lifted is None else "",
        note=None,
    )


def _said(said: SaidLater, first: date) -> SaidLater:
    return replace(said, said=_shifted(said.said, first))


def _correction(correction: Correction, first: date) -> Correction:
    return replace(correction, reason="", made=_shifted(correction.made, first))


def _plan_without_names(text: str) -> str:
    """The plan as far as it decides anything: no comments, title, author or date."""
    plan = tomllib.loads(text) | {"title": PLAN_TITLE, "author": PLAN_AUTHOR}
    plan.pop("valid_until", None)
    limits, exercises = plan.pop("limits", {}), plan.pop("exercise", [])
    lines = _pairs(plan)
    if limits:
        lines += ["", "[limits]", *_pairs(limits)]
    for exercise in exercises:
        lines += ["", "[[exercise]]", *_pairs(exercise)]
    return "\n".join(lines) + "\n"


def _pairs(table: dict[str, Any]) -> list[str]:
    # Texts, whole numbers and truth values of a plan are written in TOML as they are in JSON.
    return [f"{key} = {canonical(value)}" for key, value in table.items()]
