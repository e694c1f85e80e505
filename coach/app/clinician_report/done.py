"""How many sessions there were, and which ended before their end, and why."""

from collections import Counter
from collections.abc import Sequence

from coach.app.clinician_report.numbers import rated_sets
from coach.app.clinician_report.rule_words import RuleWords
from coach.app.clinician_report.words import LONGEST_NAME, ReportWords, left_out, shortened
from coach.domain.outcome import Outcome
from coach.domain.record import PlayedSession
from coach.formats.report_page import Block, Cell, Table
from coach.rules.check_in import BASELINE_RULE

MOST_REASONS = 4
"""Rows the page has room for, the most frequent first."""
_MINUTE_MS = 60_000
_A_WHILE = 14
"""Days from which on sessions a week say something."""


def done_block(sessions: Sequence[PlayedSession], words: ReportWords) -> Block:
    """Sessions done. No plan prescribes days, and that is said rather than made up."""
    say = words.phrases.say
    title = say("report.done.title")
    if not sessions:
        return Block(title, (say("report.nothing"),))
    completed = sum(one.outcome is Outcome.COMPLETED for one in sessions)
    lines = [_counted(sessions, words), say("report.done.completed", n=completed)]
    sets = [played for one in sessions for played in one.sets]
    if sets:
        done = round(sum(one.done_ms for one in sets) / _MINUTE_MS)
        planned = round(sum(one.planned_ms for one in sets) / _MINUTE_MS)
        lines.append(say("report.done.sets", n=len(sets), done=done, planned=planned))
    unrated = len(sets) - rated_sets(sessions)
    if unrated:
        lines.append(say("report.done.unrated", n=unrated, m=len(sets)))
    if not words.pseudonymised:
        several = len({one.plan_title for one in sessions}) > 1
        last = shortened(sessions[-1].plan_title, LONGEST_NAME)
        lines.append(say("report.done.plans" if several else "report.done.plan", title=last))
    return Block(title, (*lines, say("report.done.prescribed")))


def _counted(sessions: Sequence[PlayedSession], words: ReportWords) -> str:
    say = words.phrases.say
    lived = {one.day for one in sessions}
    span = (max(lived) - min(lived)).days + 1
    count = len(sessions)
    if count == 1:
        return say("report.done.count_one")
    if span == 1:
        return say("report.done.count_one_day", sessions=count)
    counted = say("report.done.count", sessions=count, days=len(lived), span=span)
    if span < _A_WHILE:
        return counted
    weekly = f"{count / span * 7:.1f}".removesuffix(".0")
    return f"{counted} {say('report.done.weekly', n=weekly)}"


def early_block(sessions: Sequence[PlayedSession], words: ReportWords, rules: RuleWords) -> Block:
    """Sessions that ended before their end, by reason. Stopping early is following the plan."""
    say = words.phrases.say
    title = say("report.early.title")
    early = [one for one in sessions if one.outcome is not Outcome.COMPLETED]
    if not early:
        return Block(title, (say("report.early.none"),))
    reasons = [why_early(one, words, rules) for one in early]
    last = {why: one.day for why, one in zip(reasons, early, strict=True)}
    rows = tuple(
        (Cell(why), Cell(str(n)), Cell(words.day(last[why])))
        for why, n in sorted(Counter(reasons).items(), key=lambda item: (-item[1], item[0]))
    )
    head = tuple(say(f"report.early.{column}") for column in ("why", "times", "last"))
    counted = say("report.early.count", n=len(early), m=len(sessions))
    below = left_out(words.phrases, rows, MOST_REASONS)
    return Block(title, (counted,), Table(head, rows[:MOST_REASONS]), below)


def why_early(session: PlayedSession, words: ReportWords, rules: RuleWords) -> str:
    """Why a session ended before its end, in the words of the rule that ended it."""
    say = words.phrases.say
    if session.outcome.sought_help and session.locks:
        worst = max(session.locks, key=lambda lock: (lock.tier, lock.set_at))
        return rules.stop(worst.rule, worst.tier)
    if session.outcome is Outcome.INCOMPLETE:
        return say("report.early.incomplete")
    if session.outcome is Outcome.REFUSED:
        return rules.text(BASELINE_RULE)
    for played in reversed(session.sets):
        if played.action is not None and played.action.stops_session and played.rules:
            return rules.text(played.rules[0], played.action)
    return say("report.early.own")
