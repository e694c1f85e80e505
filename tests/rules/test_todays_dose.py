"""What each leg begins with today, and why (clinical.md 9.5, 7.0 caps)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.dose import Dose
from coach.domain.exercise import LevelName, Tag
from coach.domain.lever import Lever
from coach.domain.outcome import Outcome
from coach.domain.past import Morning, PastSession, Worked
from coach.domain.plan import PlanItem
from coach.domain.side import Sides
from coach.rules.harder import gentlest
from coach.rules.next_day import gap_ends
from coach.rules.plan_load import Portion, within_caps
from coach.rules.progression import LegKey, levers_up
from coach.rules.todays_dose import Day, Reason, Standing, ceiling_of, clock_went_back
from days import (
    CATALOGUE,
    GOOD,
    LEFT,
    RIGHT,
    S3_LEFT,
    TABLE,
    at,
    calm_days,
    dose,
    eased,
    legs_on,
    morning,
    past,
    today,
    worked,
)

A, B = dose("S3"), dose("S3", "B")
S3, H1, S2 = PlanItem("S3"), PlanItem("H1"), PlanItem("S2")
H1_LEFT: LegKey = ("H1", LEFT)
MORE = dose("S3", sets=2)
MINUTE = 1 / 60  # hours


def found(standing: Standing, rule: str) -> list[Reason]:
    return [reason for reason in standing.reasons if reason.rule == rule]


def test_the_first_day_plays_the_plan() -> None:
    first = today(0, [], PlanItem("S3", Sides.BOTH, LevelName.B, reps=6), PlanItem("W1"))

    planned = replace(B, reps=6)
    assert {key: one.reps for key, one in first.doses.items()} == {S3_LEFT: 6, ("S3", RIGHT): 6}
    assert replace(first.doses[S3_LEFT], level=planned.level) == planned
    assert (first.reasons, first.withheld, first.rules) == ((), {}, ())


# Up


@pytest.mark.rule("PRG-01")
def test_three_calm_days_earn_one_lever() -> None:
    raised = today(3, calm_days(range(3)))

    assert raised.doses == {S3_LEFT: MORE}
    assert raised.reasons == (Reason("PRG-01", S3_LEFT, Lever.SET),)


@pytest.mark.rule("PRG-01")
@pytest.mark.rule("PRG-02")
def test_two_calm_days_do_not() -> None:
    waits = today(3, calm_days(range(2)))

    assert waits.doses == {S3_LEFT: A}
    assert waits.reasons == (Reason("PRG-02", S3_LEFT, count=1, moment=at(1)),)


@pytest.mark.rule("PRG-01")
def test_72_hours_lie_between_two_changes() -> None:
    """Three calm mornings alone can be two days."""
    early = [past(0, worked(), hour=20), *(past(day, worked(), hour=7) for day in (1, 2))]

    assert today(3, early, hour=20).doses == {S3_LEFT: MORE}
    assert today(3, early, hour=20 - MINUTE).doses == {S3_LEFT: A}
    assert today(3, early, hour=20 - MINUTE).rules == ("PRG-02",)


@pytest.mark.rule("PRG-01")
def test_nothing_is_raised_before_the_last_morning_has_come() -> None:
    """A second session the same evening plays what the first one played."""
    evening = [*calm_days(range(3)), past(3, worked(), hour=8, morning=None)]

    assert today(3, evening, hour=20).doses == {S3_LEFT: A}
    assert today(4, [*evening[:-1], past(3, worked(), hour=8)]).doses == {S3_LEFT: MORE}


@pytest.mark.rule("PRG-01")
def test_only_one_exercise_of_one_leg_is_raised() -> None:
    """The one that has waited longest; the others of that leg wait another 72 hours."""
    pasts = [past(day, worked(), worked("H1")) for day in range(3)]
    raised = today(3, pasts, S3, H1)

    assert raised.doses == {S3_LEFT: MORE, H1_LEFT: dose("H1")}
    then = [*pasts, past(3, worked(MORE), worked("H1"))]
    assert today(5, then, S3, H1).doses == raised.doses
    later = [*then, *(past(day, worked(MORE), worked("H1")) for day in (4, 5))]
    assert today(6, later, S3, H1).doses == {S3_LEFT: MORE, H1_LEFT: dose("H1", sets=3)}
    both = [past(day, worked(MORE), worked(dose("H1", sets=3))) for day in (6, 7, 8)]
    assert today(9, [*later, *both], S3, H1).reasons[0].leg == S3_LEFT


@pytest.mark.rule("PRG-02")
def test_the_leg_that_needs_least_says_how_long_it_still_takes() -> None:
    pasts = [past(0, worked("H1")), past(1, worked(), worked("H1"))]

    assert today(2, pasts, S3, H1).reasons == (Reason("PRG-02", H1_LEFT, count=1, moment=at(1)),)


@pytest.mark.rule("PRG-03")
def test_after_a_step_down_four_calm_days_are_needed() -> None:
    less = eased(B, "RNG")
    fallen = [past(0, worked(B, ended=less))]

    assert today(4, [*fallen, *calm_days((1, 2, 3), worked(less))]).doses == {S3_LEFT: less}
    assert today(5, [*fallen, *calm_days((1, 2, 3, 4), worked(less))]).doses == {S3_LEFT: B}


# Down


@pytest.mark.rule("PRG-03")
def test_the_next_session_begins_where_the_last_one_was_eased_to() -> None:
    less = eased(B, "RNG")
    eased_day = today(1, [past(0, worked(B, ended=less))])

    assert eased_day.doses == {S3_LEFT: less}
    assert eased_day.reasons[0] == Reason("PRG-03", S3_LEFT)
    assert "PRG-03" not in today(1, [past(0, worked(B, calm=False))]).rules


@pytest.mark.rule("PRG-03")
@pytest.mark.parametrize(("points", "rule"), [(2, "PRG-03"), (3, "DAY-03"), (4, "DAY-04")])
def test_a_morning_that_lowers_more_speaks_instead(points: int, rule: str) -> None:
    fell = past(0, worked(B, ended=eased(B, "RNG")), morning=morning(points))
    told = {"PRG-03", "DAY-03", "DAY-04"} & set(today(3, [fell]).rules)

    assert told == {rule}


@pytest.mark.rule("PRG-03")
def test_only_exercises_of_today_are_said_to_be_eased() -> None:
    pasts = [past(0, worked(), worked("H1", ended=eased(dose("H1"), "RNG")))]

    assert found(today(1, pasts), "PRG-03") == []
    assert found(today(1, pasts, S3, H1), "PRG-03") == [Reason("PRG-03", H1_LEFT)]


@pytest.mark.rule("PRG-03")
def test_a_gentler_exercise_gives_way_again_at_the_gentlest_dose() -> None:
    """Back to the planned exercise with every lever eased: a step of one exercise, no more."""
    stand_in = [
        past(0, worked(A, ended=dose("S2"))),
        *calm_days((1, 2, 3), worked(dose("S2"), item="S3")),
    ]
    back = today(5, [*stand_in, *calm_days((4,), worked(dose("S2"), item="S3"))])

    assert today(4, stand_in).doses == {S3_LEFT: dose("S2")}
    assert back.doses == {S3_LEFT: gentlest(CATALOGUE["S3"])}
    assert back.reasons == (Reason("PRG-01", S3_LEFT, Lever.POS),)


@pytest.mark.parametrize(
    ("said", "rule", "expected"),
    [
        pytest.param(morning(2), "DAY-02", B, marks=pytest.mark.rule("DAY-02")),
        pytest.param(morning(3), "DAY-03", A, marks=pytest.mark.rule("DAY-03")),
        pytest.param(morning(4), "DAY-04", A, marks=pytest.mark.rule("DAY-04")),
        pytest.param(None, "DAY-06", B, marks=pytest.mark.rule("DAY-06")),
    ],
)
def test_what_the_morning_said_is_named_with_its_day(
    said: Morning | None, rule: str, expected: Dose
) -> None:
    standing = today(3, [past(0, worked(B), morning=said)])

    assert standing.doses == {S3_LEFT: expected}
    assert standing.reasons[0] == Reason(rule, moment=at(0))


@pytest.mark.rule("DAY-01")
def test_a_good_morning_needs_no_words() -> None:
    assert today(3, [past(0, worked(B), morning=morning(1))]).rules == ("PRG-02",)


@pytest.mark.rule("PRG-10")
def test_after_a_lock_the_first_level_is_played() -> None:
    life = [past(0, worked(B))]
    sent = [past(0, worked(B), outcome=Outcome.URGENT)]

    assert today(3, life).doses == {S3_LEFT: B}
    for locked in (today(3, life, locked=[at(1)]), today(3, sent)):
        assert locked.doses == {S3_LEFT: A}
        assert "PRG-10" in locked.rules
    settled = today(4, [*life, past(2, worked(A))], locked=[at(1)])
    assert "PRG-10" not in settled.rules


# Away


@pytest.mark.rule("PRG-04")
def test_seven_days_away_cost_a_level() -> None:
    life = [past(0, worked(dose("S3", "C")))]
    away = today(7, life)

    assert today(7, life, hour=18 - MINUTE).doses == {S3_LEFT: dose("S3", "C")}
    assert away.doses == {S3_LEFT: B}
    assert away.reasons == (Reason("PRG-04", S3_LEFT, count=7),)


@pytest.mark.rule("PRG-05")
def test_fourteen_days_away_cost_all_of_them() -> None:
    life = [past(0, worked(dose("S3", "C")))]
    away = today(14, life)

    assert today(14, life, hour=18 - MINUTE).doses == {S3_LEFT: B}
    assert away.doses == {S3_LEFT: A}
    assert away.reasons == (Reason("PRG-05", S3_LEFT, count=14),)
    assert today(90, life).doses == {S3_LEFT: A}


@pytest.mark.rule("PRG-04")
@pytest.mark.rule("PRG-05")
def test_nothing_is_caught_up_after_missed_days() -> None:
    """Enough calm days before the gap earn nothing after it (clinical.md 9.5)."""
    ready = calm_days(range(3), worked(dose("S3", "C")))

    assert levers_up(dose("S3", "C"), today(8, ready).doses[S3_LEFT], CATALOGUE)
    assert today(9, ready).doses == {S3_LEFT: B}
    assert today(16, ready).doses == {S3_LEFT: A}
    back = [*ready, past(9, worked(B)), past(10, worked(B)), past(11, worked(B))]
    assert today(12, back).doses == {S3_LEFT: B}
    assert levers_up(B, today(13, [*back, past(12, worked(B))]).doses[S3_LEFT], CATALOGUE)


@pytest.mark.rule("PRG-11")
def test_a_session_of_the_future_says_that_the_clock_was_changed() -> None:
    ahead = [past(10, worked(B))]

    assert clock_went_back(ahead, at(9, 18 - MINUTE), TABLE)
    assert not clock_went_back(ahead, at(9), TABLE)
    assert not clock_went_back([], at(0), TABLE)


@pytest.mark.rule("PRG-11")
def test_without_days_that_can_be_trusted_the_first_level_is_played() -> None:
    ready = calm_days(range(3), worked(B))
    lost = today(3, ready, lost=True)

    assert lost.doses == {S3_LEFT: A}
    assert lost.reasons == (Reason("PRG-11", S3_LEFT),)
    assert levers_up(B, today(3, ready).doses[S3_LEFT], CATALOGUE) == (Lever.REP,)
    assert today(3, calm_days(range(3)), lost=True).doses == {S3_LEFT: A}


# Levers that failed


def fails(days: Sequence[float]) -> list[PastSession]:
    """SET was raised on these days and taken back in the same session."""
    return [past(days[0] - 5, worked()), *(past(day, worked(MORE, ended=A)) for day in days)]


@pytest.mark.rule("PRG-06")
def test_a_lever_that_failed_twice_waits_fourteen_days() -> None:
    """Another lever may be raised meanwhile."""
    once = [*fails([0]), *calm_days(range(1, 5))]
    twice = [*fails([-10, 0]), *calm_days(range(1, 5))]
    longer = [*fails([-10, 0]), *calm_days(range(10, 14))]

    assert today(5, once).doses == {S3_LEFT: MORE}
    other = today(5, twice)
    assert other.reasons == (Reason("PRG-01", S3_LEFT, Lever.RNG),)
    assert today(14, longer, hour=18 - MINUTE).reasons[0].lever is Lever.RNG
    assert today(14, longer).doses == {S3_LEFT: MORE}


@pytest.mark.rule("PRG-06")
def test_when_no_other_lever_is_left_the_reason_is_told() -> None:
    nearly = eased(dose("S1"), "RNG")
    up = dose("S1")
    life = [
        past(-30, worked(nearly)),
        past(-20, worked(up, ended=nearly)),
        past(-10, worked(up, ended=nearly)),
        *calm_days((-4, -3, -2, -1), worked(nearly)),
    ]
    waits = today(0, life, PlanItem("S1"))

    assert waits.doses == {("S1", LEFT): nearly}
    assert waits.reasons == (Reason("PRG-06", ("S1", LEFT), Lever.RNG),)


@pytest.mark.rule("PRG-07")
def test_a_lever_that_failed_three_times_needs_a_code() -> None:
    """However long ago."""
    twice = [*fails([-60, -50]), *calm_days(range(1, 5))]
    thrice = [*fails([-60, -50, -40]), *calm_days(range(1, 5))]

    assert today(5, twice).reasons[0].lever is Lever.SET
    assert today(5, thrice).reasons[0].lever is Lever.RNG
    four_times = [*fails([-60, -50, -45, -40]), *calm_days(range(1, 5))]
    assert today(5, four_times).reasons[0].lever is Lever.RNG
    nearly, up = eased(dose("S1"), "RNG"), dose("S1")
    life = [
        past(-70, worked(nearly)),
        *(past(day, worked(up, ended=nearly)) for day in (-60, -50, -40)),
        *calm_days((-4, -3, -2, -1), worked(nearly)),
    ]
    shut = today(0, life, PlanItem("S1"))
    assert shut.reasons == (Reason("PRG-07", ("S1", LEFT), Lever.RNG),)


@pytest.mark.rule("PRG-07")
def test_a_code_gives_the_lever_back() -> None:
    thrice = [*fails([-60, -50, -40]), *calm_days(range(1, 5))]

    assert today(5, thrice, allowed=["S3"]).reasons[0].lever is Lever.SET


def test_a_first_dose_asks_the_last_day_and_not_the_first() -> None:
    """An exercise that is new today, after another one."""
    item, plans = PlanItem("H1", level=LevelName.B), dose("H1", "B")
    good, bad = past(0, worked()), past(0, worked(), morning=morning(3))
    later = {"good": past(2, worked()), "bad": past(2, worked(), morning=morning(3))}
    assert today(3, [bad, later["good"]], item).doses["H1", LEFT] == plans
    assert today(3, [good, later["bad"]], item).doses["H1", LEFT] == dose("H1", "A")


@pytest.mark.rule("PRG-05")
@pytest.mark.parametrize(("day", "level"), [(13, LevelName.B), (14, LevelName.A)])
def test_after_fourteen_days_away_a_new_exercise_begins_at_its_first_level(
    day: int, level: LevelName
) -> None:
    item = PlanItem("H1", level=LevelName.B)
    assert today(day, [past(0, worked())], item).doses["H1", LEFT].level is level


def test_a_bad_morning_is_told_of_the_last_day_only() -> None:
    bad, good = past(0, worked(), morning=morning(3)), past(2, worked())
    assert "DAY-03" in today(1, [bad]).rules
    assert "DAY-03" not in today(3, [bad, good]).rules


def test_what_follows_a_warm_up_has_its_dose() -> None:
    for before in ("W1", "S8"):  # the one is not dosed, the other waits for a code
        assert today(0, [], PlanItem(before), PlanItem("S3")).doses == {S3_LEFT: dose("S3")}


@pytest.mark.rule("PRG-10")
def test_a_lock_of_the_moment_the_last_session_began_is_told() -> None:
    assert "PRG-10" in today(5, [past(2, worked())], locked=[at(2)]).rules
    assert "PRG-10" not in today(5, [past(2, worked())], locked=[at(1)]).rules


@pytest.mark.rule("PRG-13")
def test_a_double_is_left_out_wherever_it_stands_in_the_plan() -> None:
    gave_way = worked("S3", ended=eased(dose("S3"), "POS:S2"))
    life = [past(0, worked("H1"), worked("S2"), gave_way)]
    found = today(1, life, PlanItem("H1"), PlanItem("S2"), PlanItem("S3"))
    assert found.withheld == {S3_LEFT: Tag.STOOD_IN}


def test_a_session_dated_later_by_a_wrong_clock_is_not_the_last_day() -> None:
    ahead, last = past(5, worked(), morning=morning(3)), past(3, worked())
    assert "DAY-03" not in today(6, [ahead, last]).rules


def test_days_can_be_relied_on_unless_told_otherwise() -> None:
    assert not Day(at(0), "plan", ()).lost


def test_time_away_counts_from_the_last_session() -> None:
    item, pasts = PlanItem("H1", level=LevelName.B), [past(0, worked()), past(20, worked())]
    assert today(21, pasts, item).doses["H1", LEFT] == dose("H1", "B")


def test_what_an_easy_day_may_need_is_known_though_the_plan_lacks_it() -> None:
    """S1 and S2 stand in for everything then (clinical.md 8)."""
    pasts = calm_days(range(2), worked(dose("S1", "C")), worked())
    assert today(3, pasts).doses["S1", LEFT] == dose("S1", "A")


@pytest.mark.rule("PRG-12")
@pytest.mark.parametrize("other", ["another plan", "the plan"])
def test_any_other_plan_is_another_one(other: str) -> None:
    grown = calm_days(range(2), worked(dose("S3", "C")))
    assert today(3, grown, plan=other).doses == {S3_LEFT: dose("S3", "A")}


@pytest.mark.rule("PRG-01")
def test_when_one_exercise_cannot_rise_the_next_one_does_and_says_so_first() -> None:
    top = [worked(dose("S7", "C"), side) for side in (LEFT, RIGHT)]
    ready = calm_days(range(3), *top, worked(dose("S3")))
    found = today(3, ready, PlanItem("S7", Sides.BOTH, LevelName.C), PlanItem("S3"))
    assert [reason.rule for reason in found.reasons] == ["PRG-01", "PRG-08", "PRG-08"]
    assert found.reasons[0].leg == S3_LEFT


@pytest.mark.rule("PRG-01")
def test_the_exercise_whose_last_step_is_longest_ago_rises_first() -> None:
    """A step up of the other one in between makes it wait, not lose its turn."""
    s3_up, h1, h1_up = worked(MORE), worked(dose("H1")), worked(dose("H1", sets=3))
    life = [
        *calm_days(range(3), worked(), h1),
        *calm_days((4, 5, 6), s3_up, h1),
        *calm_days((8, 9, 10), s3_up, h1_up),
    ]
    found = today(12, life, PlanItem("H1"), PlanItem("S3"))
    assert (found.reasons[0].rule, found.reasons[0].leg) == ("PRG-01", S3_LEFT)


# Ceilings and what has to be earned


@pytest.mark.rule("PRG-08")
def test_at_the_home_ceiling_the_level_stays() -> None:
    top = calm_days(range(3), worked(dose("S7", "C")))
    item = PlanItem("S7", level=LevelName.C)
    stays = today(3, top, item)

    assert stays.doses == {("S7", LEFT): dose("S7", "C")}
    assert stays.reasons == (Reason("PRG-08", ("S7", LEFT)),)
    lifted = today(3, top, item, allowed=["S7"])
    assert lifted.reasons == (Reason("PRG-01", ("S7", LEFT), Lever.SET),)


@pytest.mark.rule("PRG-08")
def test_a_level_above_the_ceiling_comes_down_to_it() -> None:
    """As after a code was taken back."""
    item = PlanItem("S7", level=LevelName.C)
    high = [past(0, worked(dose("S7", "D")))]
    capped = today(1, high, item)

    assert capped.doses == {("S7", LEFT): dose("S7", "C")}
    assert Reason("PRG-08", ("S7", LEFT)) in capped.reasons
    assert today(1, high, item, allowed=["S7"]).doses == {("S7", LEFT): dose("S7", "D")}


@pytest.mark.parametrize(
    ("exercise", "ceiling"),
    [("S3", LevelName.D), ("S5", LevelName.B), ("S7", LevelName.C), ("S8", None)],
)
def test_the_home_ceilings_are_those_of_the_source(
    exercise: str, ceiling: LevelName | None
) -> None:
    """clinical.md 9.5; a code lifts each of them."""
    assert ceiling_of(CATALOGUE[exercise], frozenset()) is ceiling
    assert ceiling_of(CATALOGUE[exercise], frozenset({exercise})) is LevelName.D
    assert ceiling_of(CATALOGUE[exercise], frozenset({"H1"})) is ceiling


@pytest.mark.rule("PRG-08")
def test_a_flat_back_keeps_a_hinge_where_it_is() -> None:
    """The tag no-slump lets no hinge go above 15 degrees (clinical.md 7.3)."""
    b, c = dose("H2", "B"), dose("H2", "C")
    all_but_hip = dose("H2", "C", out=replace(c.out, hip=b.out.hip, trunk=b.out.trunk))
    ready = calm_days(range(3), worked(all_but_hip))
    item = PlanItem("H2", level=LevelName.B)

    assert today(3, ready, item).reasons == (Reason("PRG-01", ("H2", LEFT), Lever.HIP),)
    flat = today(3, ready, item, tags=[Tag.NO_SLUMP])
    assert flat.reasons == (Reason("PRG-08", ("H2", LEFT), Lever.HIP),)
    assert flat.doses["H2", LEFT].out.trunk == 15
    lower = calm_days(range(3), worked(dose("H2", "B", out=replace(b.out, hip=80, trunk=10))))
    assert today(3, lower, item, tags=[Tag.NO_SLUMP]).doses == {("H2", LEFT): b}
    lowest = calm_days(range(3), worked(eased(dose("H2"), "HIP")))
    gentle = today(3, lowest, PlanItem("H2"), tags=[Tag.NO_SLUMP])
    assert gentle.doses == {("H2", LEFT): dose("H2")}


@pytest.mark.rule("PRG-09")
@pytest.mark.parametrize(
    ("passed", "waits"),
    [
        (worked(dose("S3", "D")), False),
        (worked(dose("S4", "C")), False),
        (worked(dose("S4", "D")), False),
        (worked(dose("S3", "C")), True),
        (worked(dose("S4", "B")), True),
        (worked(dose("S3", "D"), RIGHT), True),
        (worked(dose("S3", "D"), calm=False), True),
    ],
)
def test_an_exercise_waits_until_an_easier_one_was_passed_on_its_leg(
    passed: Worked, waits: bool
) -> None:
    """clinical.md 7.2 S5: S3 D or S4 C."""
    standing = today(1, [past(0, passed)], PlanItem("S5"))
    key = ("S5", LEFT)

    assert (key in standing.withheld) is (key not in standing.doses) is waits
    assert found(standing, "PRG-09") == ([Reason("PRG-09", key)] if waits else [])
    if waits:
        assert standing.withheld[key] is Tag.NOT_YET


@pytest.mark.rule("PRG-09")
def test_an_exercise_that_needs_a_code_waits_for_it_and_for_what_it_is_earned_by() -> None:
    """clinical.md 7.2 S8."""
    passed = [past(0, worked(dose("S7", "C")))]
    key = ("S8", LEFT)

    assert today(1, passed, PlanItem("S8")).withheld == {key: Tag.NOT_YET}
    assert today(1, [], PlanItem("S8"), allowed=["S8"]).withheld == {key: Tag.NOT_YET}
    assert key in today(1, passed, PlanItem("S8"), allowed=["S8"]).doses


# Plans


@pytest.mark.rule("PRG-12")
def test_a_changed_plan_that_begins_gentler_is_followed() -> None:
    life = [past(0, worked(B))]
    changed = today(1, life, plan="another")

    assert changed.doses == {S3_LEFT: A}
    assert changed.reasons[-1] == Reason("PRG-12", S3_LEFT)
    assert today(1, life).doses == {S3_LEFT: B}


@pytest.mark.rule("PRG-12")
def test_a_changed_plan_that_begins_harder_changes_nothing() -> None:
    stays = today(1, [past(0, worked(A))], PlanItem("S3", level=LevelName.C), plan="another")

    assert stays.doses == {S3_LEFT: A}
    assert "PRG-12" not in stays.rules


@pytest.mark.rule("PRG-13")
def test_a_stand_in_is_not_played_beside_itself() -> None:
    life = [past(0, worked(A, ended=dose("S2")), worked("S2"))]
    both = today(1, life, S3, S2)

    assert both.doses == {("S2", LEFT): dose("S2")}
    assert both.withheld == {S3_LEFT: Tag.STOOD_IN}
    assert Reason("PRG-13", S3_LEFT) in both.reasons
    assert today(1, life, S3).withheld == {}
    other_leg = today(1, life, S3, PlanItem("S2", Sides.RIGHT))
    assert other_leg.withheld == {}


@pytest.mark.rule("PRG-13")
def test_two_exercises_with_the_same_stand_in_play_it_once() -> None:
    life = [past(0, worked(A, ended=dose("S2")), worked("S9", ended=dose("S2")))]
    both = today(1, life, S3, PlanItem("S9"))

    assert both.doses == {S3_LEFT: dose("S2")}
    assert both.withheld == {("S9", LEFT): Tag.STOOD_IN}


# Caps


@pytest.mark.rule("CAP-03")
def test_a_step_that_would_pass_a_cap_is_not_taken() -> None:
    """60 slider repetitions a leg: ten more fit beside 50 and not beside 58."""
    s6, s4 = dose("S6", "C"), dose("S4", "C", reps=15)
    crowd = (PlanItem("S6", level=LevelName.C), PlanItem("S4", level=LevelName.C, reps=15))
    calm = [past(day, worked(s6), worked(s4)) for day in range(3)]
    raised = today(3, calm, *crowd)
    full = today(3, calm, *crowd, PlanItem("S1", level=LevelName.A, reps=8))

    assert raised.reasons[0] == Reason("PRG-01", ("S6", LEFT), Lever.SET)
    assert full.reasons[0] == Reason("PRG-01", ("S6", LEFT), Lever.RNG)


@pytest.mark.rule("CAP-03")
def test_when_every_step_would_pass_a_cap_the_reason_is_told() -> None:
    """60 seconds of stretch a leg: 45 and 15 leave no room for longer holds."""
    only_hold, beside = dose("H1", "C", hold_s=15), dose("H3", sets=1, hold_s=15)
    calm = calm_days((0, 1), worked(only_hold))
    alone = [*calm, past(2, worked(only_hold))]
    both = [*calm, past(2, worked(only_hold), worked(beside))]
    full = today(3, both, H1, PlanItem("H3"))

    assert today(3, alone, H1).reasons == (Reason("PRG-01", H1_LEFT, Lever.HLD),)
    assert full.doses == {H1_LEFT: only_hold, ("H3", LEFT): beside}
    assert full.reasons == (Reason("CAP-03", H1_LEFT, Lever.HLD),)


@pytest.mark.rule("CAP-03")
def test_doses_that_grew_under_other_plans_come_down_together() -> None:
    """The last of the plan first, and only as far as it must."""
    grown = [past(0, worked(dose("S3", "D"))), past(1, worked(dose("S4", "D")))]
    items = (PlanItem("S3", reps=5), PlanItem("S4", reps=5))
    fits = today(2, grown, *items, plan="plan")
    three = [*grown, past(2, worked(dose("S6", "D")))]
    over = today(3, three, *items, PlanItem("S6"))

    assert fits.doses == {S3_LEFT: dose("S3", "D"), ("S4", LEFT): dose("S4", "D")}
    assert over.doses[("S6", LEFT)] == dose("S6")
    assert over.doses[("S4", LEFT)] == dose("S4", reps=5)
    assert over.doses[S3_LEFT] == dose("S3", "D")
    assert [reason.leg for reason in found(over, "CAP-03")] == [("S6", LEFT), ("S4", LEFT)]


# Lives

BOTH = (PlanItem("S3", Sides.BOTH), PlanItem("H1", Sides.BOTH), PlanItem("S2", Sides.BOTH))
GAPS = st.sampled_from([1, 1, 1, 1, 2, 3, 8, 15])
FELT = st.sampled_from(["calm"] * 8 + ["hold", "eased", "ended"])
MORNINGS = st.sampled_from([GOOD] * 9 + [morning(n) for n in (1, 2, 3, 4)] + [None])
WELL = (GOOD, morning(1))
Days = list[tuple[int, tuple[str, str], Morning | None]]
LIVES: st.SearchStrategy[Days] = st.lists(
    st.tuples(GAPS, st.tuples(FELT, FELT), MORNINGS), min_size=3, max_size=45
)


def played(began: Dose, key: LegKey, felt: str) -> Worked:
    """What a leg did with a dose on a day that felt so."""
    order = CATALOGUE[began.exercise].ease
    levers = {"eased": 1, "ended": 3}.get(felt, 0)
    names = [str(step) for step in order[:levers]]
    ended = eased(began, *names) if names else began
    return worked(began, key[1], ended=ended, calm=felt == "calm", item=key[0])


def lived(
    life: Days, items: Sequence[PlanItem] = BOTH
) -> list[tuple[datetime, list[PastSession], Standing]]:
    """Every day of a life: the moment, what came before it, what it began with."""
    pasts: list[PastSession] = []
    seen = []
    day = 0
    for gap, (left, right), after in life:
        day += gap
        if any(
            wait[1] > at(day)
            for wait in (gap_ends(one, at(day).date(), TABLE) for one in pasts)
            if wait
        ):
            continue
        standing = today(day, pasts, *items)
        seen.append((at(day), list(pasts), standing))
        felt = {LEFT: left, RIGHT: right}
        done = [played(began, key, felt[key[1] or LEFT]) for key, began in standing.doses.items()]
        pasts.append(past(day, *done, morning=after))
    return seen


@settings(max_examples=60)
@given(LIVES)
def test_in_any_life_at_most_one_exercise_of_one_leg_is_harder_than_it_stood(life: Days) -> None:
    """And by one lever, with its reason, under every cap and ceiling."""
    for now, pasts, standing in lived(life):
        before = legs_on((now - at(0)).days, pasts)
        raised = {
            key: levers
            for key, began in standing.doses.items()
            if key in before
            if (levers := levers_up(before[key].dose, began, CATALOGUE))
        }
        reasons = [reason.leg for reason in found(standing, "PRG-01")]
        assert len(raised) <= 1
        assert all(len(levers) == 1 for levers in raised.values())
        assert reasons == list(raised)
        session = [
            Portion(CATALOGUE[began.exercise], began, key[1])
            for key, began in standing.doses.items()
        ]
        assert within_caps(session)


@settings(max_examples=60)
@given(LIVES)
def test_in_any_life_a_step_up_follows_three_calm_days_and_72_hours(life: Days) -> None:
    """Counted from the sessions themselves, not from what the leg remembers."""
    for now, pasts, standing in lived(life):
        for name, side in filter(None, (reason.leg for reason in found(standing, "PRG-01"))):
            stood = legs_on((now - at(0)).days, pasts)[name, side].dose
            run: list[PastSession] = []
            for one in reversed(pasts):
                same_leg = [work for work in one.worked if work.side is side]
                if one.morning not in WELL or not all(work.calm for work in same_leg):
                    break
                began = [work.began for work in same_leg if work.exercise == name]
                if began and began != [stood]:
                    break
                run += [one] if began else []
            assert len({one.day for one in run}) >= 3
            assert now - run[-1].began >= timedelta(hours=72)


@settings(max_examples=40)
@given(LIVES)
def test_in_any_life_a_failing_left_leg_leaves_the_right_one_where_it_stood(life: Days) -> None:
    """Doses, counts and failures are kept per side (clinical.md 7.0)."""
    for _, pasts, _ in lived(life):
        for last in pasts[-1:]:
            failing = tuple(
                played(work.began, (work.exercise, LEFT), "ended") if work.side is LEFT else work
                for work in last.worked
            )
            assert not any(work.calm for work in failing if work.side is LEFT)
            one, two = (
                {
                    key: leg
                    for key, leg in legs_on(400, [*pasts[:-1], end]).items()
                    if key[1] is RIGHT
                }
                for end in (last, replace(last, worked=failing))
            )
            assert one == two


# H16: nothing flaps


def ratings(history: str, began: Dose = B) -> list[PastSession]:
    """A session a day, a digit each: its highest rating (clinical.md 9.3 SET-01 to SET-04)."""
    pasts: list[PastSession] = []
    for day, digit in enumerate(history):
        dose_today = today(day, pasts, PlanItem("S3", level=began.level)).doses[S3_LEFT]
        names = {"4": ["RNG"], "5": ["RNG", "HIP"]}.get(digit, [])
        ended = eased(dose_today, *names)
        pasts.append(past(day, worked(dose_today, ended=ended, calm=digit in "012", item="S3")))
    return pasts


def path(history: str, began: Dose = B) -> list[Dose]:
    return [one.worked[0].began for one in ratings(history, began)]


@pytest.mark.hazard("H16")
@pytest.mark.rule("PRG-01")
def test_a_history_of_ratings_gives_the_levels_it_has_to_give() -> None:
    """Three calm days, up; an eased day, down and kept; four calm days, up again."""
    up = dose("S3", "B", reps=10)
    lower = eased(up, "RNG")

    assert path("2222422223") == [B, B, B, up, up, lower, lower, lower, lower, up]


@pytest.mark.hazard("H16")
@given(st.lists(st.sampled_from(["2", "3"]), min_size=1, max_size=20))
def test_ratings_around_the_border_of_calm_keep_the_level(days: list[str]) -> None:
    """Between 2 and 3 nothing moves as long as no three days running are calm."""
    steady = "".join(days).replace("222", "223")

    assert set(path(steady)) == {B}


@pytest.mark.hazard("H16")
@given(st.lists(st.sampled_from(["3", "4"]), min_size=1, max_size=12))
def test_ratings_around_the_border_of_easing_never_lead_up(days: list[str]) -> None:
    doses = path("".join(days))

    assert not any(levers_up(one, two, CATALOGUE) for one, two in pairwise(doses))


@pytest.mark.hazard("H16")
@given(st.lists(st.sampled_from([-2, -1, 0, 1]), min_size=3, max_size=3))
def test_mornings_within_a_point_are_all_the_same(points: list[int]) -> None:
    noisy = [
        past(day, worked(), tingling=2, pain=2, morning=morning(2 + rise, 2))
        for day, rise in enumerate(points)
    ]

    assert today(3, noisy).doses == today(3, calm_days(range(3))).doses


@pytest.mark.hazard("H16")
@settings(max_examples=60)
@given(LIVES)
def test_after_a_step_down_no_life_goes_up_within_four_calm_days(life: Days) -> None:
    """Hysteresis: down needs one day, up again needs four."""
    seen = lived(life)
    for index, (_, _, standing) in enumerate(seen):
        for key in (reason.leg for reason in found(standing, "PRG-01")):
            assert key is not None
            recent = [earlier.doses[key] for _, _, earlier in seen[:index] if key in earlier.doses]
            for before, after in pairwise(recent[-4:]):
                assert not levers_up(after, before, CATALOGUE)


@pytest.mark.parametrize(
    "before",
    [
        past(0, worked("S3"), outcome=Outcome.URGENT),
        past(0, worked("S3"), morning=Morning(9, 0, woken=False)),
        past(-20, worked("S3")),
    ],
    ids=["after a stop", "after a hard night", "after twenty days away"],
)
def test_an_exercise_never_played_begins_at_its_first_level_too(before: PastSession) -> None:
    """What is gentle today is gentle for every exercise and every leg, also for the first time."""
    item = PlanItem("S4", Sides.RIGHT, LevelName.C)
    assert today(4, [before], item).doses["S4", RIGHT] == dose("S4", "A")
    assert today(4, [past(0, worked("S3"))], item).doses["S4", RIGHT] == dose("S4", "C")


def test_after_a_clearly_worse_morning_a_first_dose_is_a_level_lower() -> None:
    item = PlanItem("S4", Sides.LEFT, LevelName.C)
    worse = past(0, worked("S3"), morning=Morning(3, 0, woken=False))
    assert today(4, [worse], item).doses["S4", LEFT] == dose("S4", "B")


@pytest.mark.rule("PRG-11")
def test_dates_that_run_backwards_are_not_trusted() -> None:
    """A clock 200 days behind for one session; set right again, nobody knows what lies between."""
    pasts = [past(300, worked("S3")), past(100, worked("S3"))]
    assert clock_went_back(pasts, at(301), TABLE)
    assert not clock_went_back([*pasts, past(301, worked("S3"))], at(302), TABLE)
