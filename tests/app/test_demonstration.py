"""Showing a movement: time, steps and speed; and that what is taught holds."""

from collections.abc import Callable

import pytest

from coach.app.demonstration import (
    EASE_S,
    MOST_PICTURES,
    SPEEDS,
    START,
    STEPS,
    Playback,
    Reel,
    between,
    compared_pose,
    compared_seconds,
    degrees_shown,
    ease_names,
    ease_pose,
    signed,
)
from coach.body import nerve
from coach.body.hamstrings import hamstring_index
from coach.body.nerve_pose import nerve_pose
from coach.domain.demonstration import Ends
from coach.domain.pose import Joint, Pose
from coach.rules.levers import base_dose
from nerve_draws import DRAWS, drawn_strands
from playing import SHIPPED

EASES, COMPARED = SHIPPED.demonstrations.eases, SHIPPED.demonstrations.comparison


def reel(exercise_id: str) -> Reel:
    exercise = SHIPPED.catalogue[exercise_id]
    return Reel(exercise, base_dose(exercise, exercise.levels[0].name))


# Time


def test_a_repetition_takes_its_own_time_and_no_hold_lasts_long() -> None:
    """S3: 2.5 s out, half a second, 2.5 s back, half a second (clinical.md 7.2)."""
    assert reel("S3").seconds == 6.0
    assert reel("H1").seconds == 3 + 4 + 3 + 4


def test_every_phase_of_every_exercise_is_passed_in_order() -> None:
    for exercise_id, exercise in SHIPPED.catalogue.items():
        shown = reel(exercise_id)
        phases = [shown.at(n / 200)[0] for n in range(200)]
        assert phases == sorted(phases)
        assert set(phases) == set(range(len(exercise.phases)))


def test_time_passes_at_the_speed_chosen_and_begins_anew() -> None:
    assert Playback(0.25).after(1.5, 6.0).share == pytest.approx(0.5)
    assert Playback(0.25, speed=0.5).after(1.5, 6.0).share == pytest.approx(0.375)
    assert Playback(0.9, speed=2.0).after(1.0, 6.0).share == pytest.approx(0.9 + 1 / 3 - 1)


def test_a_quarter_to_twice_the_speed_can_be_chosen_and_nothing_else() -> None:
    assert (SPEEDS[0], SPEEDS[-1]) == (0.25, 2.0)
    assert [Playback().at_speed(one).speed for one in SPEEDS] == list(SPEEDS)
    with pytest.raises(ValueError):
        Playback().at_speed(3.0)


def test_what_is_frozen_stands_until_it_is_let_go() -> None:
    frozen = Playback(0.3).toggled()
    assert frozen.after(5, 6) == frozen
    assert frozen.toggled().after(3, 6).share == pytest.approx(0.8)


def test_scrubbing_freezes_where_it_is_put() -> None:
    assert Playback().scrubbed(0.4) == Playback(0.4, frozen=True)
    assert Playback().scrubbed(1.7).share == 1.0
    assert Playback().scrubbed(-1).share == 0.0


def test_steps_are_even_freeze_and_go_round() -> None:
    assert Playback().stepped(1) == Playback(1 / STEPS, frozen=True)
    assert Playback().stepped(-1).share == pytest.approx(1 - 1 / STEPS)
    there_and_back = Playback(0.5).stepped(7).stepped(-7)
    assert there_and_back.share == 0.5


def test_a_series_shows_each_moment_once_and_is_never_endless() -> None:
    shares = reel("S3").pictures()
    assert len(shares) == 90
    assert shares[0] == 0.0 and shares[-1] < 1.0
    assert all(len(reel(one).pictures()) <= MOST_PICTURES for one in SHIPPED.catalogue)


# What is written


def test_degrees_of_the_leg_are_always_worth_showing() -> None:
    shown = dict(degrees_shown(Pose(hip=69.6), ()))
    assert shown == {Joint.HIP: 70, Joint.KNEE: 0, Joint.ANKLE: 0}


def test_trunk_and_neck_are_shown_where_they_are_bent_or_moved() -> None:
    assert Joint.NECK in dict(degrees_shown(Pose(), (Joint.NECK,)))
    assert dict(degrees_shown(Pose(trunk=12), ()))[Joint.TRUNK] == 12


def test_a_minus_is_a_minus() -> None:
    assert [signed(n) for n in (-20, 0, 7)] == ["\N{MINUS SIGN}20", "0", "7"]


# The eases


def gauge(pose: Pose) -> nerve.Nerve:
    exercise = SHIPPED.catalogue[EASES.exercise]
    return nerve.solve(nerve_pose(exercise, pose))


@pytest.mark.parametrize(
    ("name", "tension", "stretch"), [(START, 95, 87), ("toes", 83, 87), ("knee", 65, 59)]
)
def test_the_gauges_of_the_eases_read_as_published(name: str, tension: int, stretch: int) -> None:
    """nerve-model.md 6: one change at a time from a raise to 70 degrees."""
    found = gauge(ease_pose(EASES, name))
    assert found.gauge == pytest.approx(tension, abs=0.6)
    assert found.hamstring_index == pytest.approx(stretch, abs=0.6)


def test_one_ease_follows_the_other_smoothly() -> None:
    assert ease_names(EASES) == (START, "toes", "knee")
    start, end = EASES.start, EASES.changes["knee"]
    assert between(start, end, 0) == start
    assert between(start, end, EASE_S / 2).knee == pytest.approx(12.5)
    assert between(start, end, EASE_S * 3) == end


# Slider and tensioner


def compared(pose: Pose) -> nerve.Pose:
    return nerve_pose(SHIPPED.catalogue[COMPARED.exercise], pose, COMPARED.lean)


@pytest.mark.parametrize(
    ("pose", "tension", "root"),
    [
        (COMPARED.slider.home, 22, 68),
        (COMPARED.slider.out, 83, 47),
        (COMPARED.tensioner.home, 17, 33),
        (COMPARED.tensioner.out, 94, 83),
    ],
)
def test_the_compared_movements_read_as_published(pose: Pose, tension: int, root: int) -> None:
    """nerve-model.md 8, seated slider with the neck and tensioner."""
    found = nerve.solve(compared(pose))
    assert found.gauge == pytest.approx(tension, abs=0.6)
    assert found.colour["root"] == pytest.approx(root, abs=0.6)


def test_only_the_neck_and_the_foot_tell_the_two_apart() -> None:
    for end in ("home", "out"):
        slider, tensioner = getattr(COMPARED.slider, end), getattr(COMPARED.tensioner, end)
        assert slider.moved(Joint.NECK, 0).moved(Joint.ANKLE, 0) == tensioner.moved(
            Joint.NECK, 0
        ).moved(Joint.ANKLE, 0)
        assert slider != tensioner


def test_both_go_out_and_come_back_together() -> None:
    ends = COMPARED.slider
    assert compared_seconds(COMPARED) == 4.0
    assert compared_pose(ends, 0.0) == compared_pose(ends, 1.0) == ends.home
    assert compared_pose(ends, 0.5) == ends.out
    going, coming = compared_pose(ends, 0.3).as_dict(), compared_pose(ends, 0.7).as_dict()
    assert going == pytest.approx(coming)


# What the texts say


def toes_ease_the_nerve(strand: nerve.Strand) -> bool:
    """Pointing the toes eases the nerve."""
    return gauge_of(strand, EASES.changes["toes"]) < gauge_of(strand, EASES.start)


def knee_eases_the_nerve_clearly(strand: nerve.Strand) -> bool:
    """By more than a tenth."""
    return gauge_of(strand, EASES.changes["knee"]) < 0.9 * gauge_of(strand, EASES.start)


def slider_slides_further(strand: nerve.Strand) -> bool:
    return _travel(strand, COMPARED.slider) > _travel(strand, COMPARED.tensioner)


def slider_ends_less_taut(strand: nerve.Strand) -> bool:
    slider, tensioner = (compared(ends.out) for ends in (COMPARED.slider, COMPARED.tensioner))
    return strand.solve(slider).gauge < strand.solve(tensioner).gauge


def gauge_of(strand: nerve.Strand, pose: Pose) -> float:
    return strand.solve(nerve_pose(SHIPPED.catalogue[EASES.exercise], pose)).gauge


def _travel(strand: nerve.Strand, ends: Ends) -> float:
    home, out = (
        strand.solve(compared(pose)).slide_mm["midthigh"] for pose in (ends.home, ends.out)
    )
    return abs(out - home)


@pytest.mark.parametrize(
    "claim",
    [
        toes_ease_the_nerve,
        knee_eases_the_nerve_clearly,
        slider_slides_further,
        slider_ends_less_taut,
    ],
)
def test_what_the_texts_say_holds_in_nine_draws_of_ten(
    claim: Callable[[nerve.Strand], bool],
) -> None:
    assert sum(claim(strand) for strand in drawn_strands()) >= 0.9 * DRAWS


def test_the_toes_cost_the_hamstrings_nothing_and_the_knee_does() -> None:
    start, toes, knee = EASES.start, EASES.changes["toes"], EASES.changes["knee"]
    before = hamstring_index(start.hip, start.knee)
    assert hamstring_index(toes.hip, toes.knee) == before
    assert hamstring_index(knee.hip, knee.knee) < 0.75 * before


def test_the_knee_is_never_said_to_cost_no_stretch() -> None:
    said = SHIPPED.phrases.say("ui.demonstrate.ease_knee_text")
    assert "eases the hamstrings as well" in said
