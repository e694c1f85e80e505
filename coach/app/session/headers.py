"""The first record of a session log: everything needed to decide it again."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from coach import __version__
from coach.app.shipped import Shipped
from coach.domain.dose import Dose
from coach.domain.exercise import Tag
from coach.domain.side import Side
from coach.engine.script import Script
from coach.formats.session_log import FORMAT, plain
from coach.rules.check_in import StillUp


@dataclass(frozen=True, slots=True)
class LegDose:
    """What one leg begins an exercise of the plan with."""

    exercise: str
    side: Side | None
    dose: Dose


@dataclass(frozen=True, slots=True)
class LegWithheld:
    """An exercise of the plan left out on one leg, and why."""

    exercise: str
    side: Side | None
    reason: Tag


@dataclass(frozen=True, slots=True)
class LoggedStanding:
    """What earlier days made of this session.

    rules: ids that shaped it; allowed: exercises whose home limits a code had lifted.
    """

    doses: tuple[LegDose, ...] = ()
    withheld: tuple[LegWithheld, ...] = ()
    still_up: StillUp | None = None
    rules: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


def text_sha256(text: str) -> str:
    """Fingerprint of a file's text."""
    return sha256(text.encode()).hexdigest()


def session_header(
    shipped: Shipped,
    script: Script,
    plan_text: str,
    *,
    session: str,
    profile: str,
    wall: str,
    rules: tuple[str, ...] = (),
    allowed: frozenset[str] = frozenset(),
    demo: bool = False,
) -> dict[str, Any]:
    """The header data: engine, rules, plan with its text, questions asked, pseudonym.

    wall: when it begins, local time with offset. rules: ids of the rules that shaped the day;
    allowed: exercises that a code opened.
    """
    standing = LoggedStanding(
        tuple(LegDose(name, leg, dose) for (name, leg), dose in script.doses.items()),
        tuple(LegWithheld(name, leg, reason) for (name, leg), reason in script.withheld.items()),
        script.still_up,
        rules,
        tuple(sorted(allowed)),
    )
    return {
        "format": FORMAT,
        "engine": __version__,
        "rules_sha256": shipped.rules_sha256,
        "plan_sha256": text_sha256(plan_text),
        "plan": plan_text,
        "questions": [question.id for question in script.questions],
        "sore_side": None if script.sore is None else script.sore.value,
        "side": None if script.side is None else script.side.value,
        "lead_in_ms": script.lead_in_ms,
        "cleared": sorted(script.cleared),
        "tags": sorted(script.tags),
        "standing": plain(standing),
        "session": session,
        "tz": str(datetime.fromisoformat(wall).tzinfo),
        "profile": profile,
        "demo": demo,
    }
