"""Tingling and pain, the first week beside the last, and where it was felt."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

from coach.app.clinician_report.numbers import (
    Spread,
    Stretch,
    before,
    compared,
    during,
    nights,
    places,
    rated_sets,
    spread,
)
from coach.app.clinician_report.words import ReportWords, left_out
from coach.domain.rating import Feel
from coach.domain.record import Asked, PlayedSession
from coach.formats.report_page import Block, Cell, Table

_Word = TypeVar("_Word", bound=StrEnum)

MOST_PLACES, MOST_FEELS = 5, 4
"""What the page has room for, the most frequent first."""


def course_block(sessions: Sequence[PlayedSession], words: ReportWords) -> Block:
    """Median and range of each kind of rating, never of one that is missing."""
    say = words.phrases.say
    title = say("report.course.title")
    if not sessions:
        return Block(title, (say("report.nothing"),))
    stretches = compared(sessions)
    head = (say("report.course.measure"), *_names(stretches, words))
    rows = [
        (Cell(say(f"report.course.{name}")), *(_spread(one, words) for one in found))
        for name, found in _measures(stretches)
    ]
    rows.append((Cell(say("report.course.woken")), *(_woken(one, words) for one in stretches)))
    below = [say("report.course.strongest")]
    if len(sessions) == 1:
        below.append(say("report.course.one_session"))
    elif len(stretches) == 1:
        below.append(say("report.course.one_week"))
    if any(one.corrections for one in sessions):
        below.append(say("report.course.corrected"))
    return Block(title, (), Table(head, tuple(rows)), tuple(below))


def _names(stretches: Sequence[Stretch], words: ReportWords) -> Iterator[str]:
    for name, stretch in zip(_stretch_names(stretches, words), stretches, strict=True):
        days = words.between(stretch.first, stretch.last)
        yield words.phrases.say("report.course.column", name=name, days=days)


def _stretch_names(stretches: Sequence[Stretch], words: ReportWords) -> tuple[str, ...]:
    say = words.phrases.say
    if len(stretches) == 1:
        return (say("report.course.only"),)
    first, last = stretches
    whole = last.days == first.days
    return (
        say("report.course.first_week"),
        say("report.course.last_week") if whole else say("report.course.last_days", n=last.days),
    )


def _measures(stretches: Sequence[Stretch]) -> Iterator[tuple[str, list[Spread | None]]]:
    for asked in Asked:
        yield f"{asked}_before", [spread(before(one.sessions, asked)) for one in stretches]
        yield f"{asked}_set", [spread(during(one.sessions, asked)) for one in stretches]
        mornings = [nights(one.sessions) for one in stretches]
        yield f"{asked}_morning", [spread(night.said(asked) for night in one) for one in mornings]


def _spread(found: Spread | None, words: ReportWords) -> Cell:
    say = words.phrases.say
    if found is None:
        return Cell(say("report.course.none"))
    middle = f"{found.median:g}"
    text = (
        middle
        if found.low == found.high
        else say("report.course.range", median=middle, low=found.low, high=found.high)
    )
    return Cell(text, say("report.course.answers", n=found.answers))


def _woken(stretch: Stretch, words: ReportWords) -> Cell:
    say = words.phrases.say
    woken = [night.woken for night in nights(stretch.sessions) if night.woken is not None]
    if not woken:
        return Cell(say("report.course.none"))
    return Cell(say("report.course.woken_of", n=sum(woken), m=len(woken)))


def where_block(sessions: Sequence[PlayedSession], words: ReportWords) -> Block:
    """Where it was felt: sets that named a place, of all sets that were rated."""
    say = words.phrases.say
    title = say("report.where.title")
    named = places(sessions)
    if not named:
        return Block(title, (say("report.where.none"), *_feels(sessions, words)))
    stretches = compared(sessions)
    counted = [(places(one.sessions), rated_sets(one.sessions)) for one in stretches]
    names = _stretch_names(stretches, words)
    if len(stretches) > 1:
        counted.append((named, rated_sets(sessions)))
        names = (*names, say("report.where.all"))
    rows = tuple(
        (
            Cell(say(f"place.{place}")),
            *(Cell(_share(found[place], m, words)) for found, m in counted),
        )
        for place, _ in _by_number(named)
    )
    table = Table((say("report.where.place"), *names), rows[:MOST_PLACES])
    below = (*left_out(words.phrases, rows, MOST_PLACES), *_feels(sessions, words))
    return Block(title, (), table, (*below, say("report.where.asked")))


def _share(n: int, m: int, words: ReportWords) -> str:
    return words.phrases.say("report.where.of", n=n, m=m)


def _feels(sessions: Iterable[PlayedSession], words: ReportWords) -> Iterator[str]:
    say = words.phrases.say
    feels: Counter[Feel] = Counter(
        feel for one in sessions for played in one.sets for feel in played.feels
    )
    if feels:
        listed = [
            say("report.where.feel", feel=say(f"feel.{feel}"), n=n)
            for feel, n in _by_number(feels)[:MOST_FEELS]
        ]
        yield say("report.where.feels", list=", ".join(listed))


def _by_number(counted: Counter[_Word]) -> list[tuple[_Word, int]]:
    """The most frequent first; equally frequent ones by name."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))
