"""What a made-up person's home keeps between sessions."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coach.app.daily.days import KeptLock
from coach.app.simulation.simulated_home import Home
from coach.domain.rating import RestAnswer
from coach.rules.locks import NUMB
from days import past
from playing import SHIPPED, shipped_plan


@pytest.mark.rule("CHR-04")
@pytest.mark.parametrize("tingling", [None, 0])
def test_less_feeling_ten_minutes_later_closes_sessions(tingling: int | None) -> None:
    """With a number or without one; "no" and no answer close nothing."""
    told = replace(past(0), tingling=1)
    later = told.began + timedelta(minutes=40)
    for numb, locks in (
        (True, [KeptLock(NUMB, later)]),
        (False, []),
        (None, []),
    ):
        home = Home(SHIPPED, shipped_plan("first-week"), "", pasts=[told])
        home.answer_ten_minutes(RestAnswer(tingling, numb=numb), later)

        assert home.locks == locks
