"""What the coach decided, by which rules, and in which words."""

from dataclasses import dataclass

from coach.domain.action import Action
from coach.domain.lever import LeverStep


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of all rules after a set.

    rules: ids of every rule that fired, strongest first.
    levers: the levers pulled, in the exercise's own order; empty when nothing changes.
    words: phrase keys that say it to the person, in order.
    """

    action: Action
    rules: tuple[str, ...] = ()
    levers: tuple[LeverStep, ...] = ()
    words: tuple[str, ...] = ()
