"""Domain values to JSON and back."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from coach.domain.action import Tier
from coach.domain.exercise import Level, LevelName, Tag
from coach.domain.lever import Lever, LeverStep
from coach.domain.plan import Limits, Plan, PlanItem
from coach.domain.pose import Joint, Pose
from coach.domain.screening import Lock
from coach.domain.side import Sides
from coach.formats.values import as_data, from_data


@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Lock, Lock(Tier.URGENT, "U1")),
        (LeverStep, LeverStep(Lever.POS, "S4")),
        (Level, Level(LevelName.B, Pose(70.5, 60), Pose(), 2, 8, 60, prop="step")),
        (
            Plan,
            Plan("First week", "we", 1, "en", (PlanItem("W1"), PlanItem("S3", Sides.BOTH, sets=2))),
        ),
        (Plan, Plan("x", "y", 2, "de", (), Limits(4, 1), date(2027, 6, 30))),
        (dict[str, Pose], {"home": Pose(), "out": Pose(1, 2, 3, 4, 5)}),
        (frozenset[Tag], frozenset({Tag.NO_NECK, Tag.NO_FLAT})),
        (tuple[tuple[str, str], ...], (("start", "cue.a"), ("out", "cue.b"))),
        (tuple[Joint, ...], tuple(Joint)),
        (tuple[bool | None, ...], (True, None)),
    ],
)
def test_a_value_comes_back_from_json_as_it_was(kind: Any, value: object) -> None:
    assert from_data(kind, json.loads(json.dumps(as_data(value)))) == value


def test_what_is_left_out_has_its_default() -> None:
    assert from_data(Point, {"x": 3}) == Point(3, 0)


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        (Point, {}, "x: is missing"),
        (Point, {"x": 1, "z": 2}, "z: is not a known key"),
        (Point, {"x": "1"}, "x: is no int"),
        (Point, {"x": True}, "x: is no int"),
        (Point, [1], "value: is no dict"),
        (dict[str, Point], {"a": {"x": None}}, "a.x: is no int"),
        (tuple[Point, ...], [{"x": 1}, {"x": 1.5}], "1.x: is no int"),
        (tuple[str, str], ["a"], "value: has 1 entries, not 2"),
        (Lock, {"tier": "WORST", "rule": "U1"}, "tier: is no Tier"),
        (Lock, {"tier": [], "rule": "U1"}, "tier: is no Tier"),
        (LevelName, "E", "value: is no LevelName"),
        (date, 2027, "value: is no date"),
        (date, "soon", "value: is no date"),
        (frozenset[Tag], "no-neck", "value: is no list"),
    ],
)
def test_data_of_another_shape_is_refused_with_its_place(
    kind: Any, data: object, message: str
) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        from_data(kind, data)
    assert str(refused.value) == message
