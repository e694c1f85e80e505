"""The columns of the table of sets: one row for each set that was played."""

from collections.abc import Callable, Iterable
from datetime import date, time
from functools import partial
from typing import NamedTuple

from coach.domain.action import Action
from coach.domain.exercise import LevelName
from coach.domain.pose import Joint
from coach.domain.rating import HIGHEST, LOWEST, Feel, News, Place
from coach.domain.record import Asked, Moment, PlayedSession, PlayedSet
from coach.domain.side import Side
from coach.formats.deidentified import FIRST_DAY
from coach.formats.tables.column import Cell, Column, Group, Kind, Shown

#: The words for each column, by its name.
Words = Callable[[str], str]

SETTLED_WITHIN_S = 600  # clinical.md 9.1 Q5
_NEVER_SETTLED = -1


class SetRow(NamedTuple):
    """A set and the session it belongs to."""

    session: PlayedSession
    played: PlayedSet


def set_columns(words: Words) -> tuple[Column, ...]:
    """Every column there can be, in order."""
    return (*_keys(words), *_dose(words), *_ratings(words), *_said(words))


def moment_columns(words: Words, names: tuple[str, str]) -> Iterable[Column]:
    """Day and time of a session; names: what the day and the time are called."""
    day, clock = names

    def number(session: PlayedSession) -> Cell:
        return (session.day - FIRST_DAY).days + 1

    column = partial(Column, group=Group.TIME, needed=True)
    yield column(day, Kind.DATE, about=words(day), cell=_date, shown=Shown.NAMED)
    yield column(clock, Kind.TIME, about=words(clock), cell=_time, shown=Shown.NAMED)
    yield column("day", Kind.INTEGER, about=words("day"), cell=number, shown=Shown.MASKED)
    yield column(
        *("hour", Kind.INTEGER),
        about=words("hour"),
        cell=lambda session: session.began.hour,
        least=0,
        most=23,
        shown=Shown.MASKED,
    )


def _date(session: PlayedSession) -> date:
    return session.began.date()


def _time(session: PlayedSession) -> time:
    return session.began.time().replace(microsecond=0)


def _keys(words: Words) -> Iterable[Column]:
    key = partial(Column, group=Group.KEY, needed=True)

    def code(name: str, cell: Callable[[SetRow], Cell]) -> Column:
        return key(name, Kind.CODE, about=words(name), cell=cell)

    yield code("session_id", lambda row: row.session.id)
    yield key("set_no", Kind.INTEGER, about=words("set_no"), cell=lambda row: row.played.n, least=1)
    yield code("person", lambda row: row.session.person)
    for column in moment_columns(words, ("session_date", "session_time")):
        yield _of_session(column)
    yield code("exercise", lambda row: row.played.exercise)
    yield Column(
        *("side", Kind.CODE, Group.KEY, words("side"), lambda row: row.played.side),
        choices=tuple(Side),
    )
    yield key(
        *("level", Kind.CODE),
        about=words("level"),
        cell=lambda row: row.played.level,
        choices=tuple(LevelName),
    )


def _of_session(column: Column) -> Column:
    return Column(
        *(column.name, column.kind, column.group, column.about),
        lambda row: column.cell(row.session),
        least=column.least,
        most=column.most,
        needed=column.needed,
        shown=column.shown,
    )


def _dose(words: Words) -> Iterable[Column]:
    for name in ("reps", "rest_s", "planned_ms", "done_ms"):
        yield Column(
            *(name, Kind.INTEGER, Group.DOSE, words(name), _field(name)), least=0, needed=True
        )
    for end in ("home", "out"):
        for joint in Joint:
            name = f"{end}_{joint}_deg"
            angle = partial(_angle, end=end, joint=joint)
            yield Column(name, Kind.NUMBER, Group.ANGLES, words(name), angle, needed=True)


def _field(name: str) -> Callable[[SetRow], Cell]:
    def cell(row: SetRow) -> Cell:
        value: Cell = getattr(row.played, name)
        return value

    return cell


def _angle(row: SetRow, end: str, joint: Joint) -> Cell:
    angle: float = getattr(row.played, end)[joint]
    return int(angle) if float(angle).is_integer() else angle


def _ratings(words: Words) -> Iterable[Column]:
    for asked in Asked:
        about = partial(_corrected, asked=asked)
        yield from rating_columns(words, asked, asked, Group.RATINGS, _field(asked), about)
    yield Column(
        *("settled_s", Kind.INTEGER, Group.RATINGS, words("settled_s"), _settled_s),
        least=0,
        most=SETTLED_WITHIN_S,
    )
    name = "settled_within_10_min"
    yield Column(name, Kind.BOOLEAN, Group.RATINGS, words(name), _settled)


def rating_columns(
    words: Words,
    name: str,
    asked: Asked,
    group: Group,
    said: Callable[..., Cell],
    corrected: Callable[..., tuple[bool, Cell]],
) -> Iterable[Column]:
    """What was said first, whether that was corrected, and what was said instead."""
    yield Column(f"{name}_0_10", Kind.INTEGER, group, words(f"{asked}_0_10"), said, LOWEST, HIGHEST)
    flag = f"{name}_corrected"
    yield Column(
        flag, Kind.BOOLEAN, group, words("corrected"), lambda row: corrected(row)[0], needed=True
    )
    yield Column(
        *(f"{flag}_0_10", Kind.INTEGER, group, words("corrected_0_10")),
        lambda row: corrected(row)[1],
        LOWEST,
        HIGHEST,
    )


def _corrected(row: SetRow, asked: Asked) -> tuple[bool, Cell]:
    return correction(row.session, Moment.SET, asked, row.played.n)


def correction(
    session: PlayedSession, moment: Moment, asked: Asked, n: int = 0
) -> tuple[bool, Cell]:
    """Whether an answer was corrected, and to what; None takes it back."""
    if not session.corrections:
        return False, None
    found = session.corrected(moment, asked, n)
    return found is not None, found.value if found else None


def _settled_s(row: SetRow) -> Cell:
    seconds = row.played.settled_s
    return None if seconds == _NEVER_SETTLED else seconds


def _settled(row: SetRow) -> Cell:
    seconds = row.played.settled_s
    return None if seconds is None else seconds != _NEVER_SETTLED


def _said(words: Words) -> Iterable[Column]:
    for name, choices in (("where", Place), ("feels", Feel), ("new", News)):
        yield Column(
            *(name, Kind.CODE, Group.PLACES, words(name), _list(name)),
            choices=tuple(map(str, choices)),
            listed=True,
        )
    yield Column(
        *("action", Kind.CODE, Group.DECISIONS, words("action"), _action),
        choices=tuple(action.name for action in Action),
    )
    for name in ("rules", "levers"):
        yield Column(name, Kind.CODE, Group.DECISIONS, words(name), _list(name), listed=True)


def _list(name: str) -> Callable[[SetRow], Cell]:
    def cell(row: SetRow) -> Cell:
        return " ".join(getattr(row.played, name)) or None

    return cell


def _action(row: SetRow) -> Cell:
    return None if row.played.action is None else row.played.action.name
