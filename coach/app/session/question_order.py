"""The order of the check-in questions: another one each time, but never across tiers (H22)."""

from collections.abc import Callable
from itertools import groupby

from coach.domain.screening import Question

#: Puts a list in another order, in place.
Shuffle = Callable[[list[Question]], None]


def as_written(_questions: list[Question]) -> None:
    """No other order."""


def varied(questions: tuple[Question, ...], shuffle: Shuffle) -> tuple[Question, ...]:
    """The questions with those of one tier in another order; the tiers keep theirs."""
    order: list[Question] = []
    for _, same in groupby(questions, key=lambda question: question.tier):
        tier = list(same)
        shuffle(tier)
        order += tier
    return tuple(order)
