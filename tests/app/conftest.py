"""The program on an empty home, and a person who plays a session with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fake_clock import FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import OpenedProgram


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def opened(tmp_path: Path, clock: FakeClock) -> Iterator[Callable[..., OpenedProgram]]:
    """Opens the program on the home, as often as asked; the one before is closed first."""
    programs: list[OpenedProgram] = []

    def open_again(**options: object) -> OpenedProgram:
        if programs:
            programs[-1].close()
        programs.append(OpenedProgram(tmp_path / "home", clock, **options))  # type: ignore[arg-type]
        return programs[-1]

    yield open_again
    if programs:
        programs[-1].close()


@pytest.fixture
def program(opened: Callable[..., OpenedProgram]) -> OpenedProgram:
    return opened()


@pytest.fixture
def player(program: OpenedProgram) -> LivePlayer:
    """Somebody at the beginning of a session of the first plan, on a calm day."""
    return LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day"))
