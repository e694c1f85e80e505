"""The result of a step, and the small moves every stage is made of."""

from dataclasses import replace
from typing import NamedTuple

from coach.domain.decision import Phrase
from coach.domain.rating import HIGHEST, LOWEST
from coach.engine.control import (
    Control,
    Stage,
)
from coach.engine.effects import (
    Effect,
    Refusal,
    Refused,
    Say,
)
from coach.engine.inputs import (
    Tick,
)
from coach.engine.script import Script
from coach.engine.view import duration_ms


class Stepped(NamedTuple):
    """The control after an input, and what it asks of the world, in order."""

    control: Control
    effects: tuple[Effect, ...] = ()


def refuse(control: Control, reason: Refusal) -> Stepped:
    """Nothing changes, and why."""
    return Stepped(control, (Refused(reason),))


def at(control: Control, stage: Stage) -> Control:
    """The same control in another stage."""
    return replace(control, stage=stage)


def say(key: str, **blanks: str) -> Say:
    """Speak a phrase by its key."""
    return Say(Phrase(key, tuple(sorted(blanks.items()))))


def is_over(script: Script, control: Control, given: Tick) -> bool:
    """Whether the present stage has lasted as long as planned."""
    planned = duration_ms(script, control)
    return planned is not None and given.elapsed_ms >= planned


def on_scale(*ratings: int | None) -> bool:
    """Whether every rating was given and lies on the scale 0-10."""
    return all(rating is not None and LOWEST <= rating <= HIGHEST for rating in ratings)
