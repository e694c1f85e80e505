"""The tables of an export: which columns it has, in words, and the rows of a session."""

from collections.abc import Iterator
from dataclasses import dataclass

from coach.app.export.exporting import Wish
from coach.app.shipped import Shipped
from coach.domain.record import PlayedSession
from coach.formats.tables.column import Column, Group, chosen
from coach.formats.tables.session_columns import session_columns
from coach.formats.tables.set_columns import SetRow, set_columns
from coach.store.errors import KnownError


@dataclass(frozen=True, slots=True)
class Tables:
    """The columns of both tables, and what the whole is about."""

    sets: tuple[Column, ...]
    sessions: tuple[Column, ...]
    title: str
    about: tuple[str, ...]


def tables_of(shipped: Shipped, wish: Wish) -> Tables:
    """The tables that a wish asks for. Raises KnownError for an unknown group of columns."""
    unknown = set(wish.fields or ()) - set(Group)
    if unknown:
        known = ", ".join(Group)
        raise KnownError(f"{min(unknown)}: no such group of columns; there are {known}")
    say = shipped.phrases.say

    def words(name: str) -> str:
        return say(f"export.column.{name}")

    questions = {question.id: question.text for question in shipped.screen}
    masked, groups = wish.deidentify, wish.fields
    about = [say("export.about_rows"), say("export.about_empty")]
    if masked:
        about.append(say("export.about_masked"))
    return Tables(
        chosen(set_columns(words), groups, masked=masked),
        chosen(session_columns(words, questions), groups, masked=masked),
        say("export.title"),
        tuple(about),
    )


def set_rows(session: PlayedSession) -> Iterator[SetRow]:
    """The rows of the table of sets that a session gives."""
    return (SetRow(session, played) for played in session.sets)
