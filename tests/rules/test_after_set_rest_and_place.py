"""Rules on how it settles and where it is felt: REC-01 to REC-04, LOC-01 to LOC-06."""

import pytest

from asking_rules import after
from coach.domain.action import Action
from coach.domain.rating import News, Place
from coach.rules.after_set import History, Settled, settled_class

SECONDS = [
    (0, "REC-01", Action.CONTINUE),
    (60, "REC-01", Action.CONTINUE),
    (61, "REC-02", Action.EASE1),
    (120, "REC-02", Action.EASE1),
    (121, "REC-03", Action.END_SESSION),
    (600, "REC-03", Action.END_SESSION),
]


@pytest.mark.rule("REC-01")
@pytest.mark.rule("REC-02")
@pytest.mark.rule("REC-03")
@pytest.mark.parametrize(("seconds", "rule", "action"), SECONDS)
def test_the_time_to_settle_decides(seconds: int, rule: str, action: Action) -> None:
    verdict = after(2, 0, t0=1, settled=settled_class(seconds))
    assert verdict.action is action
    assert [name for name in verdict.rules if name.startswith("REC")] == [rule]


@pytest.mark.rule("REC-04")
@pytest.mark.parametrize(("seconds", "fires"), [(600, False), (601, True), (-1, True)])
def test_not_within_ten_minutes_is_noted(seconds: int, fires: bool) -> None:
    """-1 is the answers file's word for "not within ten minutes"."""
    verdict = after(2, 0, t0=1, settled=settled_class(seconds))
    assert verdict.action is Action.END_SESSION
    assert ("REC-04" in verdict.rules) is fires


@pytest.mark.rule("REC-01")
def test_before_the_settle_check_no_rest_rule_speaks() -> None:
    verdict = after(2, 0, t0=1, settled=None)
    assert not [name for name in verdict.rules if name.startswith("REC")]


@pytest.mark.rule("LOC-01")
@pytest.mark.parametrize(
    ("zone", "place", "fires"),
    [
        (3, Place.BUTTOCK, True),
        (3, Place.THIGH, True),
        (3, Place.CALF, False),
        (0, Place.THIGH, False),
    ],
)
def test_the_same_place_or_higher_up_changes_nothing(zone: int, place: Place, fires: bool) -> None:
    verdict = after(1, 0, t0=1, zone=zone, where=[place])
    assert ("LOC-01" in verdict.rules) is fires
    if fires:
        assert verdict.action is Action.CONTINUE


@pytest.mark.rule("LOC-02")
@pytest.mark.parametrize(
    ("zone", "place", "fires"),
    [
        (1, Place.BUTTOCK, True),
        (3, Place.THIGH, False),
        (3, Place.BEHIND_KNEE, True),
        (4, Place.CALF, False),
        (4, Place.HEEL, True),
        (5, Place.TOES, False),
    ],
)
def test_further_down_the_leg_eases(zone: int, place: Place, fires: bool) -> None:
    """Zones from top to bottom: back, buttock, thigh, knee and calf, foot."""
    verdict = after(1, 0, t0=1, zone=zone, where=[place])
    assert ("LOC-02" in verdict.rules) is fires
    assert verdict.action is (Action.EASE1 if fires else Action.CONTINUE)


@pytest.mark.rule("LOC-02")
def test_the_place_named_last_comes_before_the_check_in() -> None:
    earlier = History(tingling=1, zone=5)
    assert "LOC-02" not in after(1, 0, zone=3, where=[Place.CALF], history=earlier).rules
    assert "LOC-02" in after(1, 0, zone=3, where=[Place.CALF]).rules


@pytest.mark.rule("LOC-02")
def test_without_a_place_to_compare_with_nothing_is_lower() -> None:
    assert "LOC-02" not in after(1, 0, zone=0, where=[Place.TOES]).rules


@pytest.mark.rule("LOC-03")
@pytest.mark.parametrize(
    ("settled", "fires"),
    [(None, False), (Settled.BY_60, False), (Settled.BY_120, True), (Settled.BY_600, True)],
)
def test_lower_and_still_there_ends_the_exercise(settled: Settled | None, fires: bool) -> None:
    verdict = after(1, 0, t0=1, zone=3, where=[Place.CALF], settled=settled)
    assert ("LOC-03" in verdict.rules) is fires
    assert (verdict.action >= Action.END_EXERCISE) is fires
    assert "LOC-03" not in after(1, 0, t0=1, zone=3, where=[Place.THIGH], settled=settled).rules


@pytest.mark.parametrize(
    ("place", "news", "action", "rule"),
    [
        pytest.param(
            Place.OTHER_LEG,
            News.OTHER_LEG,
            Action.URGENT,
            "LOC-04",
            marks=pytest.mark.rule("LOC-04"),
        ),
        pytest.param(
            Place.BOTH_LEGS,
            News.BOTH_LEGS,
            Action.EMERGENCY,
            "LOC-05",
            marks=pytest.mark.rule("LOC-05"),
        ),
        pytest.param(
            Place.SADDLE,
            News.SADDLE_OR_TOILET,
            Action.EMERGENCY,
            "LOC-06",
            marks=pytest.mark.rule("LOC-06"),
        ),
    ],
)
def test_places_outside_this_leg_call_for_help(
    place: Place, news: News, action: Action, rule: str
) -> None:
    """Named as a place or from the list behind "Something is wrong", at the lowest ratings."""
    for verdict in (after(0, 0, where=[place]), after(0, 0, new=[news])):
        assert verdict.action is action
        assert rule in verdict.rules
    assert rule not in after(0, 0, where=[Place.TOES]).rules
