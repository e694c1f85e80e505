"""How the routine changed: levels, eased sets, plans."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from coach.app.clinician_report.words import LONGEST_NAME, ReportWords, left_out, shortened
from coach.domain.action import Action
from coach.domain.record import PlayedSession, PlayedSet
from coach.domain.side import Side
from coach.formats.report_page import Block, Cell, Table

MOST_EXERCISES = 6
"""Rows the page has room for, the most played first."""
LAST_CHANGES = 3

#: An exercise and the leg that works.
Work = tuple[str, Side | None]
#: What a session played of it.
Turn = tuple[date, tuple[PlayedSet, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """Something about the routine that was different from a day on."""

    day: date
    text: str


def routine_block(sessions: Sequence[PlayedSession], words: ReportWords) -> Block:
    """Each exercise from its first level to its last, and the last changes."""
    say = words.phrases.say
    title = say("report.routine.title")
    turns = _turns(sessions)
    if not turns:
        return Block(title, (say("report.routine.none"),))
    most_played = sorted(turns.items(), key=lambda item: -len(item[1]))
    rows = tuple(_row(work, played, words) for work, played in most_played)
    columns = ("exercise", "sessions", "level", "eased", "ended")
    head = tuple(say(f"report.routine.{column}") for column in columns)
    left = left_out(words.phrases, rows, MOST_EXERCISES)
    below = (*left, say("report.routine.note"), *_last_changes(sessions, turns, words))
    return Block(title, (), Table(head, rows[:MOST_EXERCISES]), below)


def _turns(sessions: Sequence[PlayedSession]) -> dict[Work, list[Turn]]:
    found: dict[Work, list[Turn]] = {}
    for session in sessions:
        together: dict[Work, list[PlayedSet]] = {}
        for played in session.sets:
            together.setdefault((played.exercise, played.side), []).append(played)
        for work, sets in together.items():
            found.setdefault(work, []).append((session.day, tuple(sets)))
    return found


def _row(work: Work, turns: Sequence[Turn], words: ReportWords) -> tuple[Cell, ...]:
    sets = [played for _, those in turns for played in those]
    first, last = sets[0].level, sets[-1].level
    level = (
        str(last)
        if first is last
        else words.phrases.say("report.routine.moved", first=first, last=last)
    )
    eased = sum(played.action is not None and played.action.eases for played in sets)
    ended = sum(played.action is Action.END_EXERCISE for played in sets)
    texts = (words.exercise(*work), str(len(turns)), level, str(eased), str(ended))
    return tuple(Cell(text) for text in texts)


def _last_changes(
    sessions: Sequence[PlayedSession], turns: Mapping[Work, Sequence[Turn]], words: ReportWords
) -> Iterator[str]:
    say = words.phrases.say
    changes = sorted(
        (*_level_changes(turns, words), *_plan_changes(sessions, words)),
        key=lambda change: change.day,
        reverse=True,
    )
    if not changes and len(sessions) > 1:
        yield say("report.routine.steady")
    yield from (change.text for change in changes[:LAST_CHANGES])
    earlier = len(changes) - LAST_CHANGES
    if earlier == 1:
        yield say("report.routine.earlier_one")
    elif earlier > 1:
        yield say("report.routine.earlier", n=earlier)


def _level_changes(turns: Mapping[Work, Sequence[Turn]], words: ReportWords) -> Iterator[Change]:
    for work, played in turns.items():
        for (_, earlier), (day, sets) in pairwise(played):
            first, last = earlier[0].level, sets[0].level
            if first is not last:
                yield Change(
                    day,
                    words.phrases.say(
                        "report.routine.change",
                        day=words.day(day),
                        exercise=words.exercise(*work),
                        first=first,
                        last=last,
                    ),
                )


def _plan_changes(sessions: Sequence[PlayedSession], words: ReportWords) -> Iterator[Change]:
    say = words.phrases.say
    for earlier, session in pairwise(sessions):
        if earlier.plan_sha256 == session.plan_sha256:
            continue
        day = words.day(session.day)
        before, title = (shortened(one.plan_title, LONGEST_NAME) for one in (earlier, session))
        if words.pseudonymised:
            text = say("report.routine.plan_unnamed", day=day)
        elif before == title:
            text = say("report.routine.plan_again", day=day, title=title)
        else:
            text = say("report.routine.plan", day=day, title=title, before=before)
        yield Change(session.day, text)
