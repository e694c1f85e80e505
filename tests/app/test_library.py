"""The library: every exercise with all it has to say, found by words and posture."""

import pytest

from coach.app.library import entries, found, shown_wrong
from coach.body.limits import beyond
from coach.domain.exercise import Kind, Posture
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
    assert BY_ID["S3"].easier == ("S2", "S1")
    assert BY_ID["S3"].harder == ("S4",)


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


def test_a_mistake_that_is_drawn_differs_from_the_right_movement_and_keeps_the_limits() -> None:
    drawn = [
        (entry, row.dose, mistake.wrong)
        for entry in LIBRARY
        for mistake in entry.mistakes
        for row in entry.levels
        if mistake.wrong is not None
    ]
    assert len({entry.exercise.id for entry, _, _ in drawn}) >= 11
    for _, dose, wrong in drawn:
        shown = shown_wrong(dose, wrong)
        assert (shown.home, shown.out) != (dose.home, dose.out)
        assert beyond(shown.home) == beyond(shown.out) == ()
