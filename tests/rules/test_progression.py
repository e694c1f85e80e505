"""Where each leg stands: down at once, up slowly, each leg for itself (clinical.md 9.5)."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from coach.domain.dose import Dose
from coach.domain.exercise import LevelName
from coach.domain.lever import Lever
from coach.domain.outcome import Outcome
from coach.domain.past import Morning, PastSession
from coach.rules.progression import Leg, levers_up
from days import (
    CATALOGUE,
    LEFT,
    RIGHT,
    S3_LEFT,
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
LESS = eased(B, "RNG")


def s3(pasts: Sequence[PastSession], day: float = 30) -> Leg:
    return legs_on(day, pasts)[S3_LEFT]


def test_a_leg_begins_where_its_first_session_began() -> None:
    leg = s3([past(0, worked(B))])

    assert (leg.dose, leg.played, leg.changed) == (B, at(0), at(0))
    assert (leg.calm, leg.needs, leg.passed) == (1, 3, LevelName.B)
    assert (leg.raised, leg.failures) == (None, ())


# Counting calm days


@pytest.mark.rule("PRG-01")
def test_calm_sessions_on_different_days_are_counted() -> None:
    assert [s3(calm_days(range(n))).calm for n in (1, 2, 3)] == [1, 2, 3]


@pytest.mark.rule("PRG-01")
def test_two_calm_sessions_of_one_day_are_one_day() -> None:
    same_day = [past(0, worked(), hour=8), past(0, worked(), hour=18)]

    assert s3(same_day).calm == 1
    assert s3([*same_day, past(1, worked())]).calm == 2


@pytest.mark.rule("PRG-01")
@pytest.mark.parametrize(
    "broken",
    [
        past(1, worked(calm=False)),
        past(1, worked(), outcome=Outcome.ENDED),
        past(1, worked(), outcome=Outcome.INCOMPLETE),
        past(1, worked(), morning=morning(2)),
        past(1, worked(), morning=None),
        past(1, worked(), morning=Morning(0, 0, None)),
        past(1, worked("H1", calm=False), worked()),
        past(1, worked("S1", own=False), easy_day=True),
        past(1, worked("H1", calm=False)),
        past(1, worked("H1"), outcome=Outcome.ENDED),
        past(1, worked("H1"), morning=morning(2)),
        past(1, outcome=Outcome.REFUSED, tingling=6, played=False),
    ],
    ids=[
        "a set was not calm",
        "a rule ended it",
        "it broke off",
        "the morning was two points up",
        "nobody said how the morning was",
        "half a morning",
        "another exercise of this leg was not calm",
        "an easy day",
        "this exercise was not played and another was not calm",
        "this exercise was not reached",
        "the morning after other exercises",
        "it was too strong to begin",
    ],
)
def test_a_session_that_was_not_calm_ends_the_run(broken: PastSession) -> None:
    """Three sessions running: every set, every exercise of the leg, every morning."""
    assert s3([*calm_days([0]), broken]).calm == 0
    assert s3([*calm_days([0]), broken, past(2, worked())]).calm == 1


@pytest.mark.parametrize(
    "beside",
    [
        past(1, worked("H1")),
        past(1, worked("H1", RIGHT, calm=False)),
        past(1, worked("H1", RIGHT), morning=morning(2)),
        past(1, outcome=Outcome.INCOMPLETE, played=False),
    ],
    ids=["another exercise, calm", "the other leg", "the other leg's morning", "never begun"],
)
def test_what_is_beside_the_leg_neither_counts_nor_breaks(beside: PastSession) -> None:
    assert s3([*calm_days([0]), beside]).calm == 1


def test_while_the_morning_is_open_a_session_neither_counts_nor_breaks() -> None:
    evening = past(1, worked(), morning=None)

    assert s3([*calm_days([0]), evening], day=1).calm == 1
    assert s3([*calm_days([0]), evening], day=2).calm == 0


# Steps up


@pytest.mark.rule("PRG-01")
def test_a_step_up_is_known_by_the_dose_the_session_began_with() -> None:
    more = dose("S3", sets=2)
    leg = s3([*calm_days(range(3)), past(4, worked(more))])

    assert (leg.dose, leg.raised, leg.changed) == (more, Lever.SET, at(4))
    assert (leg.calm, leg.needs) == (1, 3)


def test_of_several_levers_up_the_first_of_the_order_is_the_step() -> None:
    """A log of another program may hold more than one."""
    assert levers_up(A, B, CATALOGUE) == (Lever.SET, Lever.RNG, Lever.HIP)
    assert s3([past(0, worked(A)), past(4, worked(B))]).raised is Lever.SET


@pytest.mark.rule("PRG-01")
def test_after_a_step_up_every_exercise_of_that_leg_counts_anew() -> None:
    """One exercise at a time; the other leg goes on."""
    before = [
        past(day, worked(), worked("H1"), worked("H1", RIGHT), worked("BR1", None))
        for day in range(3)
    ]
    raised = past(
        4,
        worked(dose("S3", sets=2)),
        worked("H1"),
        worked("H1", RIGHT),
        worked("BR1", None),
    )
    legs = legs_on(30, [*before, raised])

    assert {key: leg.calm for key, leg in legs.items()} == {
        S3_LEFT: 1,
        ("H1", LEFT): 1,
        ("H1", RIGHT): 4,
        ("BR1", None): 1,
    }
    assert [legs[key].changed for key in (("H1", LEFT), ("H1", RIGHT))] == [at(4), at(0)]


def test_a_proven_step_up_cannot_fail_any_more() -> None:
    up = [past(0, worked(A)), *calm_days((3, 4, 5), worked(dose("S3", sets=2)))]

    assert s3(up[:-1]).raised is Lever.SET
    assert s3(up).raised is None
    lower = past(7, worked(dose("S3", sets=2), ended=A))
    assert s3([*up, lower]).failures == ()
    assert [failed.lever for failed in s3([*up[:-1], lower]).failures] == [Lever.SET]


def test_levers_up_names_what_is_harder_and_nothing_else() -> None:
    assert levers_up(A, dose("S3", sets=2), CATALOGUE) == (Lever.SET,)
    assert levers_up(B, A, CATALOGUE) == ()
    assert levers_up(A, A, CATALOGUE) == ()
    assert levers_up(dose("S2", "D"), A, CATALOGUE) == (Lever.POS,)
    assert levers_up(A, dose("S2", "D"), CATALOGUE) == ()
    assert levers_up(A, dose("S4"), CATALOGUE) == ()  # they stand side by side on the ladder


# Steps down


@pytest.mark.rule("PRG-03")
def test_what_was_eased_stays_eased_and_the_next_step_needs_four() -> None:
    leg = s3([*calm_days((0, 1), worked(B)), past(2, worked(B, ended=LESS))])

    assert (leg.dose, leg.calm, leg.needs, leg.changed) == (LESS, 0, 4, at(2))
    assert s3([*calm_days((0, 1), worked(B)), past(2, worked(B, calm=False))]).needs == 3


@pytest.mark.rule("PRG-03")
def test_the_count_of_four_ends_with_the_step_up() -> None:
    fallen = [past(0, worked(B, ended=LESS)), *calm_days(range(1, 5), worked(LESS))]

    assert (s3(fallen).calm, s3(fallen).needs) == (4, 4)
    assert s3([*fallen, past(6, worked(B))]).needs == 3


@pytest.mark.rule("PRG-03")
def test_a_gentler_exercise_that_took_its_place_stays() -> None:
    lower = eased(dose("S2"), "RNG")
    leg = s3([past(0, worked(A, ended=dose("S2"))), past(2, worked(dose("S2"), item="S3"))])

    assert leg.dose == dose("S2")
    assert leg.passed is None
    eased_again = past(4, worked(dose("S2"), ended=lower, item="S3"))
    assert s3([past(0, worked(A, ended=dose("S2"))), eased_again]).dose == lower


def test_a_session_that_began_gentler_is_no_failure() -> None:
    """Away, another plan or a tag: the lever has not failed."""
    up = [past(0, worked(A)), past(3, worked(dose("S3", sets=2)))]
    leg = s3([*up, past(12, worked(A))])

    assert (leg.dose, leg.needs, leg.failures) == (A, 4, ())


def test_an_easy_day_can_lower_a_leg_but_never_raise_it() -> None:
    first = [past(0, worked("S1"))]
    lower = eased(dose("S1"), "ANK")
    easy = past(2, worked("S1", own=False), easy_day=True)
    bad = past(2, worked("S1", ended=lower, own=False), easy_day=True)
    key = ("S1", LEFT)

    assert legs_on(9, [*first, easy])[key].dose == dose("S1")
    assert legs_on(9, [*first, bad])[key].dose == lower
    assert legs_on(9, [*first, easy])[key].played == at(0)
    stronger = past(2, worked(dose("S1", "B"), own=False), easy_day=True)
    assert legs_on(9, [*first, stronger])[key].dose == dose("S1")


# Mornings


@pytest.mark.rule("DAY-03")
def test_three_points_up_take_a_level_off() -> None:
    assert s3([past(0, worked(B), morning=morning(3))]).dose == A
    assert s3([past(0, worked(B), morning=morning(2))]).dose == B
    assert s3([past(0, worked(A), morning=morning(3))]).dose == eased(A, "RNG")


@pytest.mark.rule("DAY-04")
def test_four_points_up_or_a_broken_night_restart() -> None:
    high = dose("S3", "D")

    assert s3([past(0, worked(high), morning=morning(4))]).dose == A
    assert s3([past(0, worked(high), morning=morning(woken=True))]).dose == A
    assert s3([past(0, worked(high), morning=morning(3))]).dose == dose("S3", "C")


@pytest.mark.rule("REC-04")
def test_what_did_not_settle_restarts_the_same_day() -> None:
    slow = past(0, worked(B), unsettled=True, morning=None)

    assert s3([slow], day=0).dose == A
    assert s3([past(0, worked(B), morning=None)], day=0).dose == B


@pytest.mark.rule("DAY-02")
def test_two_points_up_change_nothing_but_the_count() -> None:
    leg = s3([*calm_days((0, 1), worked(B)), past(2, worked(B), morning=morning(2))])

    assert (leg.dose, leg.calm, leg.needs) == (B, 0, 3)


@pytest.mark.rule("DAY-04")
@pytest.mark.parametrize(
    "flare",
    [
        past(2, worked("S1", own=False), easy_day=True, morning=morning(4)),
        past(2, worked("H1"), unsettled=True, outcome=Outcome.ENDED),
        past(2, worked("BR1", None), morning=morning(4)),
    ],
    ids=["an easy day", "a session that was ended early", "work of both legs"],
)
def test_a_bad_morning_speaks_of_every_exercise_of_the_leg(flare: PastSession) -> None:
    """The next session begins at the first level, whatever the last one reached."""
    before = past(0, worked(B), worked("BR1", None))

    assert s3([before, flare]).dose == A
    assert s3([before, past(2, worked("S1", RIGHT), morning=morning(4))]).dose == B


def test_a_bad_morning_after_another_exercise_is_no_failure_of_this_one() -> None:
    up = [past(0, worked(A)), past(3, worked(dose("S3", sets=2)))]

    assert s3([*up, past(5, worked("H1"), morning=morning(4))]).failures == ()
    assert len(s3([up[0], past(3, worked(dose("S3", sets=2)), morning=morning(4))]).failures) == 1


# Failing levers


def failing(times: int, lever_up: Dose, since: int = 0) -> list[PastSession]:
    """A step up from A that is taken back in the same session, so many times."""
    days = (since + 5 * n for n in range(1, times + 1))
    return [past(since, worked(A)), *(past(day, worked(lever_up, ended=A)) for day in days)]


@pytest.mark.rule("PRG-06")
@pytest.mark.rule("PRG-07")
def test_every_step_up_that_is_taken_back_is_a_failure_of_its_lever() -> None:
    leg = s3([*failing(2, dose("S3", sets=2)), past(20, worked(dose("S3", reps=10), ended=A))])

    assert [(failed.lever, failed.at) for failed in leg.failures] == [
        (Lever.SET, at(5)),
        (Lever.SET, at(10)),
        (Lever.REP, at(20)),
    ]


@pytest.mark.rule("PRG-06")
def test_one_bad_session_is_one_failure() -> None:
    """Eased in the session and down again in the morning."""
    twice = past(5, worked(dose("S3", sets=2), ended=A), morning=morning(4))

    assert len(s3([past(0, worked(A)), twice]).failures) == 1


@pytest.mark.rule("PRG-07")
def test_a_physiotherapists_code_forgives_the_failures_before_it() -> None:
    life = failing(3, dose("S3", sets=2))

    assert len(legs_on(30, life, allowed=(("S3", at(16)),))[S3_LEFT].failures) == 0
    assert len(legs_on(30, life, allowed=(("S3", at(12)),))[S3_LEFT].failures) == 1
    for other in ("H1", "S9"):
        assert len(legs_on(30, life, allowed=((other, at(16)),))[S3_LEFT].failures) == 3
    last = legs_on(30, life)[S3_LEFT].failures[-1].at
    assert legs_on(30, life, allowed=(("S3", last),))[S3_LEFT].failures == ()


# Locks


@pytest.mark.rule("PRG-10")
@pytest.mark.parametrize("outcome", [Outcome.CLINICIAN, Outcome.URGENT, Outcome.EMERGENCY])
def test_a_session_that_sent_somebody_for_help_restarts_every_leg(outcome: Outcome) -> None:
    legs = legs_on(30, [past(0, worked(B), worked(B, RIGHT)), past(2, worked(B), outcome=outcome)])

    assert [leg.dose for leg in legs.values()] == [A, A]
    assert all((leg.needs, leg.calm) == (4, 0) for leg in legs.values())
    assert s3([past(0, worked(B)), past(2, worked(B), outcome=Outcome.ENDED)]).dose == B


@pytest.mark.rule("PRG-10")
def test_a_lock_restarts_what_was_played_before_it_and_nothing_after() -> None:
    def leg(*locked: float) -> Leg:
        life = [past(0, worked(B)), past(4, worked(A)), past(9, worked(B))]
        return legs_on(30, life, locked=tuple(at(day) for day in locked))[S3_LEFT]

    assert leg().dose == B
    assert leg(2).dose == B
    assert (leg(10).dose, leg(10).changed, leg(10).failures) == (A, at(10), ())
    assert leg(2, 10).dose == A


def test_a_lock_before_everything_changes_nothing() -> None:
    assert legs_on(30, [past(0, worked(B))], locked=(at(-5),))[S3_LEFT].dose == B


# Each leg for itself


def test_one_leg_failing_does_not_lower_the_other() -> None:
    both = [past(day, worked(B), worked(B, RIGHT)) for day in range(2)]
    bad = past(2, worked(B, ended=LESS), worked(B, RIGHT))
    legs = legs_on(30, [*both, bad])

    assert (legs[S3_LEFT].dose, legs[S3_LEFT].calm) == (LESS, 0)
    assert (legs["S3", RIGHT].dose, legs["S3", RIGHT].calm, legs["S3", RIGHT].needs) == (B, 3, 3)


def test_the_passed_level_is_the_highest_calm_one() -> None:
    life = [
        past(0, worked(B)),
        past(1, worked(dose("S3", "C"), calm=False)),
        past(2, worked(A)),
    ]

    assert s3(life).passed is LevelName.B
    assert s3(life[1:]).passed is LevelName.A
    assert s3([past(0, worked(B, calm=False))]).passed is None


def test_the_same_days_tell_the_same_story() -> None:
    """Nothing but the sessions is remembered."""
    life = [*calm_days(range(3)), past(4, worked(dose("S3", sets=2), ended=A)), *calm_days((6, 7))]

    assert legs_on(30, life) == legs_on(30, list(life))
    assert today(9, life) == today(9, life)


def test_two_sessions_of_a_day_share_the_strictest_morning() -> None:
    """A second session that began before the morning came does not undo what it says."""
    strong = dose("S3", "C")
    day = [
        past(0, worked(strong), hour=9, tingling=0, morning=Morning(4, 0, woken=False)),
        past(0, worked(strong), hour=17, tingling=3, morning=Morning(4, 0, woken=False)),
    ]
    assert s3(day).dose == dose("S3", "A")


def test_what_was_too_much_on_an_easy_day_restarts_what_it_stood_in_for() -> None:
    began = dose("S1", "A")
    easy = worked(began, ended=eased(began, "REP"), own=False)
    pasts = [past(0, worked(dose("S3", "C"))), past(2, easy, easy_day=True)]
    assert s3(pasts).dose == dose("S3", "A")
    calm = worked(began, own=False)
    pasts = [past(0, worked(dose("S3", "C"))), past(2, calm, easy_day=True)]
    assert s3(pasts).dose == dose("S3", "C")


def test_an_easy_day_restarts_nothing_that_was_played_on_it_and_went_well() -> None:
    gone_well = worked(dose("S1", "A"), own=False)
    began = dose("S2", "A")
    hard = worked(began, ended=eased(began, "REP"), own=False)
    standing = past(0, worked(dose("S1", "C")), worked(dose("S2", "C")))
    legs = legs_on(30, [standing, past(2, gone_well, hard, easy_day=True)])
    assert legs["S1", LEFT].dose == dose("S1", "C")
    assert legs["S2", LEFT].dose.level is LevelName.A


def test_an_easy_day_that_was_too_much_restarts_stretches_as_well() -> None:
    began = dose("S1", "A")
    easy = worked(began, ended=eased(began, "REP"), own=False)
    legs = legs_on(30, [past(0, worked(dose("H1", "C"))), past(2, easy, easy_day=True)])
    assert legs["H1", LEFT].dose == dose("H1", "A")


def test_an_easy_day_proves_no_step_up_wrong() -> None:
    """The exercise itself was not played."""
    up = [past(0, worked(A)), past(4, worked(B))]
    began = dose("S1", "A")
    easy = past(6, worked(began, ended=eased(began, "REP"), own=False), easy_day=True)
    assert s3(up).raised is not None
    assert s3([*up, easy]).failures == ()
    assert s3([*up, easy]).raised is None


@pytest.mark.parametrize(("own", "level"), [(True, LevelName.C), (False, LevelName.A)])
def test_a_first_dose_of_an_easy_day_is_named_after_what_it_reaches(
    own: bool, level: LevelName
) -> None:
    """Elsewhere the log's own name stands."""
    named = replace(dose("S1", "A"), level=LevelName.C)
    legs = legs_on(1, [past(0, worked(named, own=own, calm=False), easy_day=not own)])
    assert legs["S1", LEFT].dose.level is level


def test_a_lock_of_the_moment_a_session_begins_lies_before_it() -> None:
    leg = legs_on(30, [past(0, worked(B)), past(2, worked(B))], locked=(at(2),))[S3_LEFT]
    assert (leg.dose, leg.raised_at) == (B, at(2))


def test_each_lock_speaks_before_the_sessions_after_it() -> None:
    """What was played between two locks began anew, so going on higher was a step up."""
    pasts = [past(0, worked(B)), past(2, worked(B)), past(4, worked(A))]
    leg = legs_on(30, pasts, locked=(at(1), at(3)))[S3_LEFT]
    assert leg.raised_at == at(2)


def test_a_bad_morning_counts_from_the_last_session_of_its_day() -> None:
    bad = Morning(3, 0, woken=False)
    day = [past(0, worked(B), hour=9, morning=bad), past(0, worked(B), hour=17, morning=bad)]
    assert s3(day).changed == at(0, 17)


def test_core_work_beside_one_leg_says_nothing_about_the_other() -> None:
    right = past(0, worked(B, RIGHT))
    left = past(2, worked(A), worked("BR1", None), morning=Morning(4, 0, woken=False))
    assert legs_on(30, [right, left])["S3", RIGHT].dose == B
    alone = past(2, worked("BR1", None), morning=Morning(4, 0, woken=False))
    assert legs_on(30, [right, alone])["S3", RIGHT].dose == A


def test_a_day_that_comes_again_is_not_counted_again() -> None:
    """The clock was set back."""
    again = [past(5, worked()), past(3, worked())]
    assert s3(again).calm == 1


def test_after_a_lock_a_level_has_to_be_passed_anew() -> None:
    pasts = [past(0, worked(dose("S3", "D"))), past(2, worked("S3"), outcome=Outcome.URGENT)]
    assert s3(pasts[:1]).passed is LevelName.D
    assert s3(pasts).passed is None
