"""The columns of the table of sessions: one row for each, also where no set was played."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from coach.domain.action import Tier
from coach.domain.outcome import Outcome
from coach.domain.record import Asked, Moment, PlayedSession, SaidLater
from coach.domain.screening import Reply
from coach.formats.tables.column import Cell, Column, Group, Kind, Shown
from coach.formats.tables.set_columns import Words, correction, moment_columns, rating_columns

_LATER = (Moment.TEN_MINUTES, Moment.MORNING)


def session_columns(words: Words, questions: Mapping[str, str]) -> tuple[Column, ...]:
    """Every column there can be, in order; questions: the words of each check-in item by id."""
    return (
        *_keys(words),
        *_baselines(words),
        *_check_in(words, questions),
        *_later(words),
        *_locks(words),
        *_corrections(words),
        *_origin(words),
    )


def _keys(words: Words) -> Iterable[Column]:
    key = partial(Column, group=Group.KEY, needed=True)
    for name in ("session_id", "person"):
        cell = _field({"session_id": "id"}.get(name, name))
        yield key(name, Kind.CODE, about=words(name), cell=cell)
    yield from moment_columns(words, ("session_date", "session_time"))
    yield Column(
        *("began", Kind.MOMENT, Group.TIME, words("began")),
        lambda session: session.began.isoformat(timespec="seconds"),
        needed=True,
        shown=Shown.NAMED,
    )
    yield Column(
        *("duration_s", Kind.INTEGER, Group.TIME, words("duration_s")),
        lambda session: round((session.closed - session.began).total_seconds()),
        needed=True,
    )
    yield key(
        *("outcome", Kind.CODE),
        about=words("outcome"),
        cell=_field("outcome"),
        choices=tuple(Outcome),
    )
    yield key(
        *("sets", Kind.INTEGER),
        about=words("sets"),
        cell=lambda session: len(session.sets),
        least=0,
    )


def _field(name: str) -> Callable[[PlayedSession], Cell]:
    def cell(session: PlayedSession) -> Cell:
        value: Cell = getattr(session, name)
        return value

    return cell


def _baselines(words: Words) -> Iterable[Column]:
    for asked in Asked:
        corrected = partial(correction, moment=Moment.CHECK_IN, asked=asked)
        name = f"check_in_{asked}"
        yield from rating_columns(words, name, asked, Group.RATINGS, _field(asked), corrected)


def _check_in(words: Words, questions: Mapping[str, str]) -> Iterable[Column]:
    for question, text in questions.items():
        yield Column(
            *(question, Kind.CODE, Group.CHECK_IN, text),
            partial(_reply, question=question),
            choices=tuple(Reply),
        )

    def others(session: PlayedSession) -> Cell:
        said = [f"{q}={reply}" for q, reply in session.replies.items() if q not in questions]
        return "; ".join(said) or None

    # An item of another version of the program is no column here, but what was said is kept.
    name = "check_in_other"
    yield Column(name, Kind.TEXT, Group.CHECK_IN, words(name), others, shown=Shown.NAMED)


def _reply(session: PlayedSession, question: str) -> Cell:
    return session.replies.get(question)


def _later(words: Words) -> Iterable[Column]:
    for moment in _LATER:
        for asked in Asked:
            said = partial(_said, moment=moment, name=asked)
            corrected = partial(correction, moment=moment, asked=asked)
            name = f"{moment}_{asked}"
            yield from rating_columns(words, name, asked, Group.LATER, said, corrected)
        extra = "numb" if moment is Moment.TEN_MINUTES else "woken"
        name = f"{moment}_{extra}"
        cell = partial(_said, moment=moment, name=extra)
        yield Column(name, Kind.BOOLEAN, Group.LATER, words(name), cell)


def _said(session: PlayedSession, moment: Moment, name: str) -> Cell:
    """The answer said last at that moment, None when there is none."""
    found: SaidLater | None = None
    for one in session.later:
        if one.moment is moment:
            found = one
    value: Cell = None if found is None else getattr(found, name)
    return value


def _locks(words: Words) -> Iterable[Column]:
    column = partial(Column, group=Group.LOCKS)
    tiers = tuple(tier.name.lower() for tier in Tier if tier.locks)

    def tier(session: PlayedSession) -> Cell:
        return max(lock.tier for lock in session.locks).name.lower() if session.locks else None

    def rules(session: PlayedSession) -> Cell:
        return " ".join(lock.rule for lock in session.locks) or None

    def lifted(session: PlayedSession) -> Cell:
        if not session.locks:
            return None
        return all(lock.lifted_at is not None for lock in session.locks)

    def lifted_date(session: PlayedSession) -> Cell:
        days = [lock.lifted_at.date() for lock in session.locks if lock.lifted_at is not None]
        return max(days) if days and len(days) == len(session.locks) else None

    yield column("lock_tier", Kind.CODE, about=words("lock_tier"), cell=tier, choices=tiers)
    yield column("lock_rules", Kind.CODE, about=words("lock_rules"), cell=rules, listed=True)
    yield column("lock_lifted", Kind.BOOLEAN, about=words("lock_lifted"), cell=lifted)
    name = "lock_lifted_date"
    yield column(name, Kind.DATE, about=words(name), cell=lifted_date, shown=Shown.NAMED)
    for name, field in (("lock_lifted_by", "lifted_by"), ("lock_note", "note")):
        cell = partial(_typed, field=field)
        yield Column(name, Kind.TEXT, Group.WORDS, words(name), cell, shown=Shown.NAMED)


def _typed(session: PlayedSession, field: str) -> Cell:
    """What was typed about the locks, each text once."""
    said = (getattr(lock, field) for lock in session.locks)
    return "; ".join(dict.fromkeys(text for text in said if text)) or None


def _corrections(words: Words) -> Iterable[Column]:
    yield Column(
        *("corrections", Kind.INTEGER, Group.RATINGS, words("corrections")),
        lambda session: len(session.corrections),
        least=0,
        needed=True,
    )
    name = "correction_reasons"
    yield Column(name, Kind.TEXT, Group.WORDS, words(name), _reasons, shown=Shown.NAMED)


def _reasons(session: PlayedSession) -> Cell:
    """Each correction with what it changed a rating to, when, and why in the person's own words.

    Of several of one rating only the last stands in the columns of that rating.
    """
    told = []
    for one in session.corrections:
        about = f"{one.moment} {one.n}" if one.n else str(one.moment)
        value = "taken back" if one.value is None else one.value
        told.append(f"{about} {one.asked} {value} on {one.made:%Y-%m-%d %H:%M}: {one.reason}")
    return "; ".join(told) or None


def _origin(words: Words) -> Iterable[Column]:
    yield Column(
        *("plan_title", Kind.TEXT, Group.WORDS, words("plan_title"), _field("plan_title")),
        shown=Shown.NAMED,
    )
    for name in ("plan_sha256", "engine", "rules_sha256", "fingerprint"):
        shown = Shown.NAMED if name in ("plan_sha256", "fingerprint") else Shown.ALWAYS
        yield Column(
            *(name, Kind.CODE, Group.ORIGIN, words(name), _field(name)), needed=True, shown=shown
        )
