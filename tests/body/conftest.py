"""Which exercises a test of the figure is about, told by the name of its argument."""

from collections.abc import Callable

import pytest

from coach.body.skeleton import View
from figure_cases import CASES, Case

KINDS: dict[str, Callable[[Case], bool]] = {
    "case": lambda case: True,
    "march": lambda case: case.marches,
    "repetition": lambda case: not case.marches,
    "unforeshortened": lambda case: case.stage.view is not View.FRONT,
    "on_the_floor": lambda case: case.stage.view is not View.ABOVE,
    "propped": lambda case: case.exercise.id not in {"W1", "SP1"},
    "other_foot_flat": lambda case: case.exercise.id not in {"W1", "SP1", "S2", "R1", "DB1", "BD1"},
    "heel_down": lambda case: case.exercise.id in {"S9", "H2", "BR1"},
    "walled": lambda case: "wall" in case.exercise.supports,
    "free_knee": lambda case: case.exercise.id not in {"SP1", "BR1"},
    "leaning": lambda case: case.dose.out.trunk > 0,
    "standing_slider": lambda case: case.exercise.id == "S9",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once for each exercise and level it is about."""
    for name in KINDS.keys() & set(metafunc.fixturenames):
        chosen = [case for case in CASES if KINDS[name](case)]
        assert chosen, name
        metafunc.parametrize(name, chosen, ids=str)
