"""A record of three sessions, every one of its values written down here, and its export files.

Nothing in it depends on the rules or on the clock, so that what is committed in
``tests/golden/exports`` changes only when the exports do. Run this file to write them anew:
``PYTHONPATH=.:tests/support python tests/support/small_record.py``
"""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, cast

import openpyxl

from coach.app.export.exporting import Exported, Format, Source, Wish, export
from coach.app.session.keeping import entry
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
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
from coach.formats.session_log import FORMAT, LogRecord, chained
from coach.store.paths import Home
from coach.store.records import LockRow, LogEntry, Profile
from coach.store.sessions import SessionStore
from report_sessions import drawn

GOLDEN = Path(__file__).parents[1] / "golden" / "exports"
SHIPPED = Shipped(shipped_root())

NAME = "Anna Example"
TITLE = "Annas Plan für abends"
CLINICIAN = "@Dr. Beispiel"
REASONS = ('=HYPERLINK("http://x.example","pressed the\nwrong key")', "stood up; it was less")
PEOPLE = (Profile("anna", NAME, "p-anna"), Profile("ben", "Ben Example", "p-ben"))
PLAN = f"""\
# For Anna, written by Dr. Beispiel
format = "nerve-coach.plan/1"
title = "{TITLE}"
author = "Dr. Beispiel"
revision = 3
language = "en"
valid_until = 2030-01-31

[[exercise]]
id = "S3"
side = "left"
level = "A"
"""
TYPED = (NAME, "Anna", TITLE, "Beispiel", "HYPERLINK", "wrong key", "stood up", "2026", "2030")
"""What may be nowhere in a de-identified export."""

_ZONE = timezone(timedelta(hours=2))
_EVENING = datetime(2026, 6, 1, 18, 30, 7, tzinfo=_ZONE)
_NIGHT = datetime(2026, 6, 4, 0, 40, tzinfo=_ZONE)
_NOON = datetime(2026, 6, 2, 12, 5, tzinfo=_ZONE)
_REPLIES: Mapping[str, str | None] = {"E1": "no", "U4": "not sure", "A2": None}


def _log(session: str, person: str, began: datetime, outcome: Outcome) -> tuple[LogRecord, ...]:
    def wall(ms: int) -> str:
        return (began + timedelta(milliseconds=ms)).isoformat(timespec="milliseconds")

    header: dict[str, Any] = {
        "format": FORMAT,
        "engine": "0.9.0",
        "rules_sha256": sha256(b"rules").hexdigest(),
        "plan": PLAN,
        "plan_sha256": sha256(PLAN.encode()).hexdigest(),
        "profile": person,
        "session": session,
        "demo": False,
    }
    first = chained(None, "header", 0, wall(0), header)
    said = {"kind": "BaselineTingling", "rating": 2}
    second = chained(first, "input", 9_500, wall(9_500), said)
    closed = {"outcome": outcome.value}
    return first, second, chained(second, "closed", 600_000, wall(600_000), closed)


_SET = PlayedSet(
    *(1, "S3", Side.LEFT, LevelName.A, 8, 45),
    *(Pose(70, 90, -20), Pose(70, 57.5, -20), 48_000, 48_010),
    tingling=4,
    pain=1,
    where=(Place.THIGH, Place.CALF),
    feels=(Feel.MILD_PINS,),
    settled_s=35,
    action=Action.EASE1,
    rules=("SET-03", "REC-01"),
    levers=("RNG", "POS:S2"),
)
_SETS = (
    _SET,
    replace(_SET, n=2, tingling=0, pain=0, where=(), feels=(), settled_s=-1, levers=()),
    PlayedSet(2 + 1, "W1", None, LevelName.B, 0, 0, Pose(), Pose(hip=20), 20_000, 1_200),
)


def _session(name: str, person: str, began: datetime, outcome: Outcome) -> PlayedSession:
    log = _log(name, person, began, outcome)
    header = log[0].data
    return PlayedSession(
        *(name, person, began, began + timedelta(seconds=600), outcome, TITLE),
        *(header["plan_sha256"], header["engine"], header["rules_sha256"], log[-1].h),
        replies=_REPLIES,
    )


def _sessions() -> tuple[PlayedSession, ...]:
    whole = _session("20260601T183007-aaaa", "p-anna", _EVENING, Outcome.COMPLETED)
    morning = datetime(2026, 6, 2, 7, 15, tzinfo=_ZONE)
    later = datetime(2026, 6, 1, 18, 51, tzinfo=_ZONE)
    whole = replace(
        whole,
        tingling=0,
        pain=2,
        sets=_SETS,
        later=(
            SaidLater(Moment.TEN_MINUTES, later, tingling=1, numb=False),
            SaidLater(Moment.MORNING, morning, tingling=3, pain=0, woken=True),
        ),
        corrections=(
            Correction(Moment.SET, 1, Asked.TINGLING, 6, REASONS[0], later),
            Correction(Moment.MORNING, 0, Asked.TINGLING, None, REASONS[1], morning),
        ),
    )
    refused = _session("20260602T120500-bbbb", "p-ben", _NOON, Outcome.REFUSED)
    stopped = _session("20260604T004000-cccc", "p-anna", _NIGHT, Outcome.CLINICIAN)
    stopped = replace(
        stopped,
        sets=(replace(_SET, tingling=None, pain=None, new=(News.DIZZY,), settled_s=None),),
        locks=(
            SetLock(
                *(f"{stopped.id}-NEW-03", Tier.CLEARANCE, "NEW-03", _NIGHT),
                *(_NIGHT + timedelta(days=2), CLINICIAN, "assessed 2026-06-05"),
            ),
        ),
    )
    return whole, refused, stopped


SESSIONS = _sessions()
_LOGS = {one.id: _log(one.id, one.person, one.began, one.outcome) for one in SESSIONS}
_OTHER_LOCK = LockRow(
    *("left-U2", "anna", None, "urgent", "U2", "2026-06-07T09:00:00.000+02:00", None, None, None),
)


class _Record:
    def count(self, selection: Selection) -> int:
        return len(list(self.sessions(selection)))

    def ids(self, selection: Selection) -> list[str]:
        return [one.id for one in self.sessions(selection)]

    def sessions(self, selection: Selection) -> Iterator[PlayedSession]:
        wanted = {one.id: one.pseudonym for one in PEOPLE}
        for session in SESSIONS:
            if selection.profile is None or wanted[selection.profile] == session.person:
                yield session


class _Store:
    """As much of a store as an export asks for."""

    record = _Record()

    def profiles(self) -> list[Profile]:
        return list(PEOPLE)

    def session_ids(self) -> frozenset[str]:
        return frozenset(_LOGS)

    def entries(self, session: str) -> list[LogEntry]:
        return [entry(record) for record in _LOGS[session]]

    def active_locks(self, profile: str) -> list[LockRow]:
        return [_OTHER_LOCK] if profile == _OTHER_LOCK.profile else []

    def lifted_locks(self, profile: str) -> list[LockRow]:  # noqa: ARG002 - nobody has any
        return []


def small_source(home: Path) -> Source:
    """The record as something to export from; its ids are counted, its charts are stand-ins."""
    ids = count(1)
    return Source(
        cast("SessionStore", _Store()),
        SHIPPED,
        Home.under(home),
        "2026-06-10T10:00:00.000+02:00",
        lambda: f"e{next(ids)}",
        drawn,
    )


def whole(kind: Format) -> Selection:
    """As much of the record as a format can hold."""
    return Selection(PEOPLE[0].id) if kind is Format.PDF else Selection()


def exported(folder: Path, kind: Format, **wishes: Any) -> Exported:
    """An export of all of it into a folder, under its own name; a page is about one person."""
    out = folder / ("csv" if kind is Format.CSV else f"record.{kind}")
    wish = Wish(kind, wishes.pop("selection", whole(kind)), out, **wishes)
    return export(small_source(folder / "home"), wish)


def _csv(folder: Path, place: Path, **wishes: Any) -> None:
    for path in exported(folder, Format.CSV, **wishes).files:
        shutil.copyfile(path, place / path.name)


def _json(folder: Path, place: Path, **wishes: Any) -> None:
    with zipfile.ZipFile(exported(folder, Format.JSON, **wishes).files[0]) as archive:
        archive.extractall(place)


def _xlsx(folder: Path, place: Path, **wishes: Any) -> None:
    book = openpyxl.load_workbook(exported(folder, Format.XLSX, **wishes).files[0])
    for sheet in book:
        rows = (
            " | ".join("" if cell.value is None else repr(cell.value) for cell in row)
            for row in sheet.iter_rows()
        )
        (place / f"{sheet.title}.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")


_KINDS: Mapping[str, Callable[..., None]] = {"csv": _csv, "json": _json, "xlsx": _xlsx}
CASES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "csv": ("csv", {}),
    "csv-semicolon": ("csv", {"semicolon": True, "fields": ("ratings", "words")}),
    "csv-deidentified": ("csv", {"deidentify": True}),
    "json": ("json", {}),
    "json-deidentified": ("json", {"deidentify": True}),
    "xlsx": ("xlsx", {}),
    "xlsx-deidentified": ("xlsx", {"deidentify": True}),
}


def golden_files(folder: Path, case: str) -> dict[str, bytes]:
    """The files of one case by name: zips unpacked, sheets as text."""
    kind, wishes = CASES[case]
    place = folder / "shown"
    place.mkdir()
    _KINDS[kind](folder, place, **wishes)
    files = sorted(path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


def main() -> None:
    """Write every golden file anew."""
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            for name, content in golden_files(Path(folder), case).items():
                path = GOLDEN / case / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)


if __name__ == "__main__":
    main()
