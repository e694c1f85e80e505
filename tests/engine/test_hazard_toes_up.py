"""H07: tingling takes the toes back first."""

import pytest

from coach.domain.exercise import Exercise, LevelName
from coach.domain.lever import Lever
from coach.engine.control import Move, Rate
from coach.rules.levers import base_dose
from playing import SHIPPED, Playing, plan_of

S5 = SHIPPED.catalogue["S5"]


@pytest.mark.hazard("H07")
@pytest.mark.parametrize("level", ["A", "B"])
@pytest.mark.parametrize("tingling", [4, 5])
def test_after_tingling_the_next_set_has_no_toes_up(level: str, tingling: int) -> None:
    """From the floss with its toe lift to toes that stay pointed, in the very next set."""
    plan = plan_of(f'id = "S5", side = "left", level = "{level}", sets = 2')
    playing = Playing(plan).check_in(1).until(Move)
    assert playing.ledger.sets[0].dose.out.ankle == base_dose(S5, LevelName(level)).out.ankle >= 0
    playing.until(Rate).rate(tingling).rest_reply(1).until(Move)
    second = playing.ledger.sets[1].dose
    assert second.exercise == "S5"
    assert max(second.out.ankle, second.home.ankle) <= -20


@pytest.mark.hazard("H07")
@pytest.mark.parametrize(
    "exercise", [one for one in SHIPPED.catalogue.values() if one.kind.rated], ids=lambda e: e.id
)
def test_where_toes_come_up_they_are_the_first_thing_to_go(exercise: Exercise) -> None:
    """Whatever exercise lifts the toes at some level eases by letting them go before all else."""
    lifts = any(max(level.home.ankle, level.out.ankle) > 0 for level in exercise.levels)
    assert not lifts or exercise.ease[0].lever is Lever.ANK
