"""What the coach decided, by which rules, and in which words."""

from dataclasses import dataclass

from coach.domain.action import Action
from coach.domain.lever import LeverStep


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to say or show, by its key in the phrase catalogue.

    blanks: name and value of each gap in the text; a value that starts with "@" is itself a key.
    """

    key: str
    blanks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of all rules after a set.

    rules: ids of every rule that fired, strongest first.
    levers: the levers pulled, in the exercise's own order; empty when nothing changes.
    words: how it is said to the person, in order.
    """

    action: Action
    rules: tuple[str, ...] = ()
    levers: tuple[LeverStep, ...] = ()
    words: tuple[Phrase, ...] = ()
