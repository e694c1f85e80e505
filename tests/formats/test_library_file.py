"""The library's file: sources and drawn mistakes, and what is refused in it."""

import pytest

from coach.domain.exercise import Posture
from coach.domain.library import Back, Wrong
from coach.domain.pose import Pose
from coach.formats.bad_file import BadFile
from coach.formats.library_file import read_library
from playing import SHIPPED

TEXT = """format = "nerve-coach.library/1"
[source]
A1 = "A work."
[exercise]
S3 = ["A1"]
[[wrong.locks_knee]]
posture = "lying"
out = { knee = -60, back_cm = -4 }
[[wrong.locks_knee]]
hand_off = true
[unseen]
knee_to_chest = "not here"
holds_top = "timing"
bounces = "timing"
head_up = "not here"
holds_breath = "breath"
"""
ONLY = {"S3": SHIPPED.catalogue["S3"]}


def read(text: str) -> object:
    return read_library(text, "library.toml", ONLY)


def test_a_file_says_where_an_exercise_comes_from_and_how_a_mistake_looks() -> None:
    found = read_library(TEXT, "library.toml", ONLY)
    lying = Wrong(Pose(), Pose(knee=-60), Posture.LYING, Back(0, -4))
    assert found.sources == {"S3": ("A work.",)}
    assert found.wrong == {"locks_knee": (lying, Wrong(Pose(), Pose(), hand_off=True))}
    assert found.unseen["holds_breath"] == "breath"


def test_a_mistake_looks_as_in_the_posture_of_the_exercise() -> None:
    found = read_library(TEXT, "library.toml", ONLY)
    lying, other = found.wrong["locks_knee"]
    assert found.look(SHIPPED.catalogue["S3"], "locks_knee") is lying
    assert found.look(SHIPPED.catalogue["S9"], "locks_knee") is other
    assert found.look(SHIPPED.catalogue["S3"], "bounces") is None


@pytest.mark.parametrize(
    ("right", "wrong", "line", "field"),
    [
        ("S3 =", "S99 =", 5, "exercise.S99"),
        ('["A1"]', '["A1", "B2"]', 5, "exercise.S3.2"),
        ("[unseen]", "[[wrong.locks_elbow]]\n[unseen]", 11, "wrong.locks_elbow"),
        ("-60", "-600", 8, "wrong.locks_knee.1.out.knee"),
        ('"lying"', '"flying"', 7, "wrong.locks_knee.1.posture"),
        ("knee = -60", "knie = -60", 8, "wrong.locks_knee.1.out.knie"),
        ("-4", "-40", 8, "wrong.locks_knee.1.out.back_cm"),
        ("[unseen]", '[unseen]\nbounces_a_lot = "timing"', 12, "unseen.bounces_a_lot"),
        ('bounces = "timing"', "", 11, "unseen"),
        ("[unseen]", '[unseen]\nlocks_knee = "drawn"', 12, "unseen.locks_knee"),
    ],
)
def test_a_mistake_in_it_is_named_with_its_line_and_field(
    right: str, wrong: str, line: int, field: str
) -> None:
    with pytest.raises(BadFile) as caught:
        read(TEXT.replace(right, wrong, 1))
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.field) == ("library.toml", line, field)
