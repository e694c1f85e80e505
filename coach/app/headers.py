"""The first record of a session log: everything needed to decide it again."""

from hashlib import sha256
from typing import Any

from coach import __version__
from coach.app.shipped import Shipped
from coach.engine.script import Script
from coach.formats.session_log import FORMAT


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
    demo: bool = False,
) -> dict[str, Any]:
    """The header data: engine, rules, plan with its text, questions asked, pseudonym."""
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
        "session": session,
        "profile": profile,
        "demo": demo,
    }
