"""How long a repetition takes, to the millisecond; a slow one is longer (clinical.md 7.0)."""

from dataclasses import replace

import pytest

from coach.domain.exercise import LevelName, Phase, Toward
from coach.rules.levers import base_dose
from coach.rules.plan_load import Portion, planned_seconds
from coach.rules.repetition import phase_ms, repetition_ms
from playing import SHIPPED

S3 = base_dose(SHIPPED.catalogue["S3"], LevelName.B)


@pytest.mark.parametrize(
    ("phase", "slow", "ms"),
    [
        (Phase("out", 2_500, Toward.OUT), False, 2_500),
        (Phase("out", 2_500, Toward.OUT), True, 3_500),
        (Phase("out", 1_000, Toward.HOME), True, 1_400),
        (Phase("turn", 500), True, 500),
        (Phase("hold", 0, hold=True), False, 10_000),
        (Phase("hold", 0, hold=True), True, 10_000),
    ],
)
def test_slow_stretches_what_moves_and_nothing_else(phase: Phase, slow: bool, ms: int) -> None:
    """2.5 seconds become 3.5 (clinical.md 7.0, tempo); a hold lasts as its level says."""
    assert phase_ms(replace(S3, slow=slow, hold_s=10), phase) == ms


def test_a_slow_repetition_is_two_seconds_longer() -> None:
    exercise = SHIPPED.catalogue["S3"]

    assert repetition_ms(exercise, S3) == 6_000
    assert repetition_ms(exercise, replace(S3, slow=True)) == 8_000


def test_a_slow_session_is_planned_as_long_as_it_takes() -> None:
    """Two seconds more for each repetition, or the cap of 25 minutes would be passed unseen."""
    exercise = SHIPPED.catalogue["S3"]
    usual, slow = (
        planned_seconds([Portion(exercise, replace(S3, slow=slow), None)]) for slow in (False, True)
    )

    assert slow - usual == S3.sets * S3.reps * 2
