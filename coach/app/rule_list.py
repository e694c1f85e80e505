"""The rules as the program has them, for people and as JSON."""

from dataclasses import fields
from typing import Any

from coach.app.shipped import Shipped
from coach.domain.day_rule import DayRule
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


#: What a rule from one day to the next shapes; its own words say how.
NEXT_DAYS = "NEXT_DAYS"


def _day_numbers(rule: DayRule) -> dict[str, int]:
    """The row's own numbers, leaving out those it does not use."""
    return {
        field.name: getattr(rule, field.name)
        for field in fields(rule)
        if field.name not in ("id", "when") and getattr(rule, field.name) != field.default
    }


def rule_objects(shipped: Shipped) -> list[dict[str, Any]]:
    """Check-in items, after-set and day rows, each with id, condition, outcome and source."""
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
    days = [
        {
            "id": rule.id,
            "when": rule.when,
            "action": NEXT_DAYS,
            "numbers": _day_numbers(rule),
            "source": rule.source,
        }
        for rule in shipped.across_days.values()
    ]
    return asked + rows + days


def rule_lines(shipped: Shipped) -> str:
    """The same as a table for a terminal."""
    lines = [f"{'rule':<8}{'action':<15}when"]
    lines += [f"{r['id']:<8}{r['action']:<15}{r['when']}" for r in rule_objects(shipped)]
    lines += ["", f"Fingerprint: {shipped.rules_sha256}"]
    return "\n".join(lines)
