"""How a frozen program, which has no `python -m`, becomes one of its own helper processes."""

from collections.abc import Sequence

FROZEN_SWITCH = "--helper"

HELPERS = ("coach.voice.voice_helper", "coach.voice.sound_helper", "coach.ui.screen_probe")
"""Every module that runs as a process of its own; packaging has to bring them all."""


def frozen_helper(arguments: Sequence[str]) -> str | None:
    """Return the helper module a program was started for, None for the program itself."""
    match arguments:
        case [switch, module] if switch == FROZEN_SWITCH and module in HELPERS:
            return module
        case _:
            return None
