"""The decision table as the engine has it, for people and as JSON."""

from typing import Any

from coach.app.shipped import Shipped
from coach.domain.rule import Rule


def _numbers(rule: Rule) -> dict[str, Any]:
    """The row's own numbers, leaving out those it does not use."""
    plain_row = Rule(rule.id, rule.when, rule.action, rule.stage)
    names = ("low", "high", "drop", "rise", "above_s", "up_to_s", "after_s", "times", "checks")
    return {
        name: getattr(rule, name)
        for name in names
        if getattr(rule, name) != getattr(plain_row, name)
    }


def rule_objects(shipped: Shipped) -> list[dict[str, Any]]:
    """Check-in items and after-set rows, each with id, condition, outcome and source."""
    asked = [
        {
            "id": q.id,
            "when": q.text,
            "action": q.question.tier.name,
            "every_time": q.question.every_time,
            "tag": q.question.tag.value if q.question.tag else None,
            "source": f"clinical.md 8 {q.id}",
        }
        for q in shipped.screen
    ]
    rows = [
        {
            "id": rule.id,
            "when": rule.when,
            "action": rule.action.name,
            "numbers": _numbers(rule),
            "source": rule.source,
        }
        for rule in shipped.after_set.table
    ]
    return asked + rows


def rule_lines(shipped: Shipped) -> str:
    """The same as a table for a terminal."""
    lines = [f"{'rule':<8}{'action':<15}when"]
    lines += [f"{r['id']:<8}{r['action']:<15}{r['when']}" for r in rule_objects(shipped)]
    lines += ["", f"Fingerprint: {shipped.rules_sha256}"]
    return "\n".join(lines)
