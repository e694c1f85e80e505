"""Stop signs and stops with their dates: what a clinician looks for first."""

from collections.abc import Sequence

from coach.app.clinician_report.rule_words import RuleWords
from coach.app.clinician_report.words import LONGEST_NAME, ReportWords, left_out, shortened
from coach.domain.action import Tier
from coach.domain.record import SetLock
from coach.formats.report_page import Block, Cell, Table

MOST_STOPS = 5
"""Rows the page has room for, the gravest and newest first."""


def stops_block(stops: Sequence[SetLock], words: ReportWords, rules: RuleWords) -> Block:
    """Every stop, the same ones together."""
    say = words.phrases.say
    title = say("report.stops.title")
    if not stops:
        return Block(title, (say("report.stops.none"),))
    groups: dict[tuple[str, Tier], list[SetLock]] = {}
    for lock in sorted(stops, key=lambda lock: (lock.set_at, lock.id)):
        groups.setdefault((lock.rule, lock.tier), []).append(lock)
    ranked = sorted(groups.values(), key=lambda same: (same[-1].tier, same[-1].set_at))
    rows = tuple(_row(same, words, rules) for same in reversed(ranked))
    head = tuple(say(f"report.stops.{column}") for column in ("when", "what", "asked", "since"))
    below = left_out(words.phrases, rows, MOST_STOPS)
    return Block(title, (), Table(head, rows[:MOST_STOPS]), below)


def _row(same: Sequence[SetLock], words: ReportWords, rules: RuleWords) -> tuple[Cell, ...]:
    say = words.phrases.say
    newest = same[-1]
    days = words.moment(newest.set_at)
    if len(same) == 2:
        days = say("report.stops.earlier_one", days=days)
    elif len(same) > 2:
        days = say("report.stops.earlier", days=days, n=len(same) - 1)
    asked = say(f"report.stops.{newest.tier.name.lower()}")
    reported = rules.stop(newest.rule, newest.tier)
    return Cell(days), Cell(reported), Cell(asked), Cell(_since(newest, words))


def _since(lock: SetLock, words: ReportWords) -> str:
    say = words.phrases.say
    if lock.lifted_at is None:
        return say("report.stops.closed")
    day, who = words.moment(lock.lifted_at), lock.lifted_by
    if words.pseudonymised or not who:
        return say("report.stops.open_unnamed", day=day)
    named = shortened(who, LONGEST_NAME)
    if lock.tier is Tier.ADVISE:
        return say("report.stops.seen", day=day, who=named)
    return say("report.stops.open", day=day, who=named)
