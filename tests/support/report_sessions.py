"""A made-up person's sessions for the clinician's page: two weeks with a bit of everything.

Run as a program it writes what is on their page anew, as values and as text of the printed PDF.
"""

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from coach.app.clinician_report.page import Subject, clinician_report
from coach.app.clinician_report.rule_words import RuleWords
from coach.app.history.chart import TrendChart
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.domain.action import Action, Tier
from coach.domain.exercise import LevelName
from coach.domain.outcome import Outcome
from coach.domain.pose import Pose
from coach.domain.rating import Feel, Place
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
from coach.formats.report_page import Block, Cell, Chart, Entry, Quote, Report, Table, report_pdf

COMMAND = "python tests/support/report_sessions.py"
GOLDEN = Path(__file__).parents[1] / "golden" / "clinician-report.json"
PRINTED = GOLDEN.with_suffix(".txt")
SHIPPED = Shipped(shipped_root())
FIRST_EVENING = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
RULES = RuleWords(SHIPPED)


def evening(day: int) -> datetime:
    """Half past six on a day, the first being day 1."""
    return FIRST_EVENING + timedelta(days=day - 1)


def played(n: int, tingling: int | None = 2, pain: int | None = 1, **changed: object) -> PlayedSet:
    """A set of the lying slider, left."""
    pose = Pose(hip=90, knee=60, ankle=0, trunk=0, neck=0)
    plain = PlayedSet(
        *(n, "S3", Side.LEFT, LevelName.A, 8, 45, pose, pose, 60_000, 60_000),
        tingling=tingling,
        pain=pain,
        settled_s=30,
        action=Action.CONTINUE,
        rules=("SET-01",),
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def session(day: int, *sets: PlayedSet, **changed: object) -> PlayedSession:
    """An evening's session that was completed as planned."""
    began = evening(day)
    plain = PlayedSession(
        f"session-{day}",
        "p-1",
        began,
        began + timedelta(minutes=12),
        Outcome.COMPLETED,
        "First week",
        "a" * 64,
        "1.2.3",
        "b" * 64,
        f"{day:064x}",
        replies={"E1": "no"},
        tingling=2,
        pain=1,
        sets=sets or (played(1), played(2)),
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def morning(day: int, tingling: int | None, pain: int | None, *, woken: bool | None) -> SaidLater:
    """What was said the morning after a day's session."""
    said = evening(day) + timedelta(hours=13)
    return SaidLater(Moment.MORNING, said, tingling, pain, woken)


def correction(day: int, value: int | None, reason: str, n: int = 1) -> Correction:
    """A set's tingling said differently two hours later."""
    made = evening(day) + timedelta(hours=2)
    return Correction(Moment.SET, n, Asked.TINGLING, value, reason, made)


def stop(day: int, rule: str, tier: Tier, **changed: object) -> SetLock:
    """A stop on a day that still stands."""
    plain = SetLock(f"stop-{day}-{rule}", tier, rule, evening(day))
    return replace(plain, **changed)  # type: ignore[arg-type]


def two_weeks() -> tuple[PlayedSession, ...]:
    """Easing, a plan's new version, a stop that was lifted, words and corrections."""
    calf = {"where": (Place.CALF, Place.THIGH), "feels": (Feel.MILD_PINS,)}
    eased = {"action": Action.EASE1, "rules": ("SET-03",), "levers": ("RNG",)}
    later = {"plan_sha256": "c" * 64, "rules_sha256": "d" * 64}
    b = {"level": LevelName.B}
    return (
        session(
            1,
            played(1, 4, 3, **calf, **eased),
            played(2, 3, 2, **calf),
            later=(morning(1, 3, 2, woken=True),),
        ),
        session(
            2,
            played(1, 3, 2, **calf),
            played(2, None, None),
            later=(morning(2, 2, 1, woken=False),),
        ),
        session(
            4,
            played(1, 3, 1),
            corrections=(correction(4, 4, "It was the calf, I pressed the wrong key"),),
            outcome=Outcome.ENDED,
        ),
        session(
            6,
            played(1, 7, 2, action=Action.END_SESSION, rules=("SET-05", "SET-06")),
            outcome=Outcome.ENDED,
        ),
        session(
            7,
            played(1, 2, 1, action=Action.SEE_CLINICIAN, rules=("CHR-04",)),
            outcome=Outcome.CLINICIAN,
            locks=(
                stop(
                    7,
                    "CHR-04",
                    Tier.CLEARANCE,
                    lifted_at=evening(9),
                    lifted_by="GP",
                    note="assessed 2026-03-10",
                ),
            ),
        ),
        session(10, played(1, 1, 1), played(2, 1, 0), **later),
        session(12, played(1, 1, 0, **b), later=(morning(12, 1, 0, woken=False),), **later),
        session(
            14,
            played(1, 0, 0, **b, where=(Place.BUTTOCK,)),
            played(2, 0, 0, **b, exercise="H1", side=Side.RIGHT),
            later=(morning(14, None, None, woken=None),),
            corrections=(correction(14, None, "I had not thought about it", n=2),),
            **later,
        ),
    )


def drawn(chart: TrendChart) -> bytes:
    """Stands for a drawn chart."""
    title = chart.words.title
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4">'
    return f"{head}<title>{title}</title></svg>".encode()


def subject(**changed: object) -> Subject:
    """Whom the page is about."""
    return replace(Subject("Maria Sommer", Selection(), "1.2.3"), **changed)  # type: ignore[arg-type]


def report(sessions: Sequence[PlayedSession], about: Subject | None = None) -> Report:
    """The page about these sessions."""
    return clinician_report(sessions, about or subject(), SHIPPED.phrases, RULES, drawn)


def golden() -> str:
    """The two weeks' page with its appendix, and the same without what names the person."""
    pages = {
        "page": report(two_weeks(), subject(appendix=True)),
        "pseudonymised": report(two_weeks(), subject(name="x-p1", pseudonymised=True)),
    }
    plain = {name: _plain(page) for name, page in pages.items()}
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def on_paper(page: Report) -> Report:
    """The page with stand-ins for charts that have the shape of real ones."""
    charts = (replace(one, svg=one.svg.replace(b"0 0 9 4", b"0 0 460 190")) for one in page.charts)
    return replace(page, charts=tuple(charts))


def printed() -> str:
    """The text of the two weeks' PDF and its appendix, as another program reads it, by pages."""
    page = on_paper(report(two_weeks(), subject(appendix=True)))
    read = PdfReader(BytesIO(report_pdf(page, SHIPPED.report_layout)))
    lines = []
    for n, sheet in enumerate(read.pages, 1):
        lines.append(f"--- page {n}")
        lines += [line.rstrip() for line in sheet.extract_text().splitlines()]
    return "\n".join(lines) + "\n"


def _plain(value: object) -> object:
    """Values as JSON knows them, a row of a table as one line."""
    match value:
        case Cell(text, note):
            return f"{text} [{note}]" if note else text
        case Table(head, rows):
            return [" | ".join(head), *(" | ".join(map(str, map(_plain, row))) for row in rows)]
        case bytes():
            return value.decode()
        case tuple():
            return [_plain(one) for one in value]
        case date():
            return value.isoformat()
        case Report() | Block() | Chart() | Quote() | Entry():
            return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        case _:
            return value


if __name__ == "__main__":
    GOLDEN.write_text(golden(), encoding="utf-8")
    PRINTED.write_text(printed(), encoding="utf-8")
