"""The library's file: sources and drawn mistakes, and what is refused in it."""

import pytest

from coach.domain.library import Wrong
from coach.domain.pose import Pose
from coach.formats.bad_file import BadFile
from coach.formats.library_file import read_library
from playing import SHIPPED

TEXT = """format = "nerve-coach.library/1"
[source]
A1 = "A work."
[exercise]
S3 = ["A1"]
[wrong.locks_knee]
posture = "lying"
out = { knee = -60 }
"""


def read(text: str) -> object:
    return read_library(text, "library.toml", SHIPPED.catalogue)


def test_a_file_says_where_an_exercise_comes_from_and_how_a_mistake_looks() -> None:
    found = read_library(TEXT, "library.toml", SHIPPED.catalogue)
    assert found.sources == {"S3": ("A work.",)}
    assert found.wrong == {
        "locks_knee": Wrong(Pose(), Pose(knee=-60), SHIPPED.catalogue["S3"].posture)
    }


@pytest.mark.parametrize(
    ("right", "wrong", "line", "field"),
    [
        ("S3 =", "S99 =", 5, "exercise.S99"),
        ('["A1"]', '["A1", "B2"]', 5, "exercise.S3.2"),
        ("locks_knee", "locks_elbow", 6, "wrong.locks_elbow"),
        ("-60", "-600", 8, "wrong.locks_knee.out.knee"),
        ('"lying"', '"flying"', 7, "wrong.locks_knee.posture"),
        ("knee = -60", "knie = -60", 8, "wrong.locks_knee.out.knie"),
    ],
)
def test_a_mistake_in_it_is_named_with_its_line_and_field(
    right: str, wrong: str, line: int, field: str
) -> None:
    with pytest.raises(BadFile) as caught:
        read(TEXT.replace(right, wrong, 1))
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.field) == ("library.toml", line, field)
