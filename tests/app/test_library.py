"""The library: every exercise with all it has to say, found by words and posture."""

from math import radians

import pytest

from coach.app.library import Lead, entries, found, shown_wrong, wrong_stage
from coach.body import proportions as size
from coach.body.limits import beyond
from coach.body.skeleton import Skeleton
from coach.body.staging import stage_for
from coach.domain.exercise import Kind, LevelName, Posture
from figure_cases import Case
from figure_crossings import crossings
from playing import SHIPPED

LIBRARY = entries(SHIPPED)
BY_ID = {entry.exercise.id: entry for entry in LIBRARY}


def ids(words: str = "", posture: Posture | None = None) -> list[str]:
    return [entry.exercise.id for entry in found(LIBRARY, words, posture)]


def test_every_exercise_is_there_with_all_its_texts() -> None:
    assert list(BY_ID) == list(SHIPPED.catalogue)
    for entry in LIBRARY:
        assert all((entry.name, entry.do, entry.setup, entry.feel, entry.posture, entry.kind))
        assert len(entry.mistakes) == len(entry.exercise.errors)
        assert [row.name for row in entry.levels] == [one.name for one in entry.exercise.levels]
        assert all(row.text for row in entry.levels)


def test_where_it_leads_is_named() -> None:
    """Up and down the ladder (clinical.md 7.2 S3)."""
    assert BY_ID["S3"].easier == (Lead("S2", LevelName.A), Lead("S1", LevelName.A))
    assert BY_ID["S3"].harder == (Lead("S4", LevelName.A),)


def test_every_slider_and_stretch_but_the_plain_standing_one_names_a_source() -> None:
    """Core work and the standing slider are our own; they name none."""
    without = {
        entry.exercise.id
        for entry in LIBRARY
        if entry.exercise.kind in (Kind.SLIDER, Kind.STRETCH) and not entry.sources
    }
    assert without == {"S9"}


@pytest.mark.parametrize(
    ("words", "posture", "expected"),
    [
        ("", Posture.SIDE_LYING, ["S2", "SP1"]),
        ("wall", None, ["H3"]),
        ("STRETCH chair", None, ["H2"]),
        ("stretch", Posture.STANDING, []),
        ("nothing like it", None, []),
        ("s7", None, ["S7"]),
    ],
)
def test_it_is_found_by_words_and_posture(
    words: str, posture: Posture | None, expected: list[str]
) -> None:
    assert ids(words, posture) == expected


def test_without_words_or_posture_everything_is_shown() -> None:
    assert ids() == list(SHIPPED.catalogue)
    assert sorted(one for posture in Posture for one in ids(posture=posture)) == sorted(ids())


DRAWN = [
    (entry.exercise, row.dose, mistake.wrong)
    for entry in LIBRARY
    for mistake in entry.mistakes
    for row in entry.levels
    if mistake.wrong is not None
]


def test_every_mistake_is_drawn_or_named_with_the_reason_why_not() -> None:
    file = SHIPPED.library
    for exercise in SHIPPED.catalogue.values():
        for error in exercise.errors:
            drawn = file.look(exercise, error) is not None
            assert drawn != (error in file.unseen), f"{exercise.id} {error}"
    assert all(file.unseen.values())


def test_most_mistakes_are_drawn_and_some_of_every_exercise() -> None:
    mistakes = [one for entry in LIBRARY for one in entry.mistakes]
    assert sum(one.wrong is not None for one in mistakes) >= 36
    with_mistakes = {entry.exercise.id for entry in LIBRARY if entry.mistakes}
    assert {exercise.id for exercise, _, _ in DRAWN} == with_mistakes


def test_a_mistake_that_is_drawn_looks_otherwise_and_keeps_the_limits() -> None:
    """A foot or a hip is somewhere else by 3 cm, or the head by ten degrees, at one of the ends."""
    for exercise, dose, wrong in DRAWN:
        shown = shown_wrong(dose, wrong)
        assert beyond(shown.home) == beyond(shown.out) == ()
        right, stage = stage_for(exercise, dose), wrong_stage(exercise, dose, wrong)
        ends = [
            (right.skeleton(dose.home), stage.skeleton(shown.home)),
            (right.skeleton(dose.out), stage.skeleton(shown.out)),
        ]
        assert max(apart(*pair) for pair in ends) > 0.03, (exercise.id, dose.level, wrong)


def apart(one: Skeleton, other: Skeleton) -> float:
    """The most by which a point lies elsewhere, metres; the head turns about half a head."""
    points = zip(one.points(), other.points(), strict=True)
    nod = radians(abs(one.head_lean - other.head_lean)) * size.HEAD
    return max(nod, *(a.distance(b) for a, b in points))


def test_a_mistake_that_is_drawn_crosses_nothing_and_stays_in_its_picture() -> None:
    """Wrong is the movement, never the drawing."""
    for exercise, dose, wrong in DRAWN:
        shown = shown_wrong(dose, wrong)
        stage = wrong_stage(exercise, dose, wrong)
        frame = stage.frame
        for body in Case(exercise, shown, stage).bodies(8):
            assert crossings(stage, body) == [], (exercise.id, dose.level, wrong)
            for point in body.points():
                assert frame.left < point.x < frame.right, (exercise.id, dose.level, wrong)
                assert frame.bottom < point.y < frame.top, (exercise.id, dose.level, wrong)
