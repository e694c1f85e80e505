"""Stop signs and stops with their dates: what a clinician looks for first."""

from collections.abc import Sequence

from coach.app.clinician_report.rule_words import RuleWords
from coach.app.clinician_report.words import LONGEST_NAME, ReportWords, left_out, shortened
from coach.domain.action import Tier
from coach.domain.record import PlayedSession, SetLock
from coach.formats.report_page import Block, Cell, Table
from coach.rules.locks import NECK_OFF

MOST_STOPS = 5
"""Rows the page has room for, the gravest and newest first."""


def stops_of(sessions: Sequence[PlayedSession], others: Sequence[SetLock]) -> tuple[SetLock, ...]:
    """All stops: those of sessions, those of none, and dizziness.

    Dizziness closes nothing and leaves no lock, but somebody should be seen about it (clinical.md
    9.3 NEW-03). others: stops that came from no session, visits about dizziness among them.
    """
    locks = [lock for one in sessions for lock in one.locks]
    spells = [one for one in sessions if _was_dizzy(one)]
    visits = [lock for lock in others if lock.rule == NECK_OFF.rule and lock.lifted_at is not None]
    told = [lock for lock in others if not (spells and lock in visits)]
    return (*told, *locks, *(_spell(one, visits) for one in spells))


def _was_dizzy(session: PlayedSession) -> bool:
    locked = any(lock.rule == NECK_OFF.rule for lock in session.locks)
    return not locked and any(NECK_OFF.rule in played.rules for played in session.sets)


def _spell(session: PlayedSession, visits: Sequence[SetLock]) -> SetLock:
    """The dizziness of a session, answered by the first visit after it."""
    after = [
        (visit.lifted_at, visit.lifted_by)
        for visit in visits
        if visit.lifted_at is not None and visit.lifted_at > session.began
    ]
    seen, by = min(after, key=lambda one: one[0], default=(None, None))
    name = f"{session.id}-{NECK_OFF.rule}"
    return SetLock(name, NECK_OFF.tier, NECK_OFF.rule, session.began, seen, by)


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
    closed = lock.tier is not Tier.ADVISE
    if lock.lifted_at is None:
        return say("report.stops.closed" if closed else "report.stops.unseen")
    day, who = words.moment(lock.lifted_at), lock.lifted_by
    if words.pseudonymised or not who:
        return say("report.stops.open_unnamed" if closed else "report.stops.seen_unnamed", day=day)
    named = shortened(who, LONGEST_NAME)
    return say("report.stops.open" if closed else "report.stops.seen", day=day, who=named)
