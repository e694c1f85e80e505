"""Windows with a real session inside, closed again after each test."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from coach.ui.desktop import Desktop
from coach_fake import FakeCoach
from window_driver import Driver


@pytest.fixture
def coach() -> FakeCoach:
    made = FakeCoach()
    made.change_setting("welcomed", True)
    return made


@pytest.fixture
def make_driver(qtbot: QtBot) -> Iterator[Callable[..., Driver]]:
    """For tests that need a window of another kind."""
    made: list[Driver] = []

    def make(coach: FakeCoach, *, scale: float = 1.0, desktop: Desktop | None = None) -> Driver:
        made.append(Driver(qtbot, coach, scale=scale, desktop=desktop))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def driver(make_driver: Callable[..., Driver], coach: FakeCoach) -> Driver:
    return make_driver(coach)
