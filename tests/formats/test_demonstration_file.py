"""The demonstration file: what is in it, and what is refused in it."""

import pytest

from coach.app.shipped_place import shipped_root
from coach.domain.pose import Pose
from coach.formats.bad_file import BadFile
from coach.formats.demonstration_file import read_demonstrations
from playing import SHIPPED

TEXT = (shipped_root() / "assets" / "demonstration.toml").read_text(encoding="utf-8")


def read(text: str) -> object:
    return read_demonstrations(text, "demonstration.toml", SHIPPED.catalogue)


def test_the_shipped_file_leads_with_the_toes() -> None:
    """Pointing the toes costs the hamstrings nothing (nerve-model.md 6)."""
    eases = SHIPPED.demonstrations.eases
    assert eases.start == Pose(hip=70)
    assert list(eases.changes) == ["toes", "knee"]


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ('exercise = "S3"', 'exercise = "S99"', "eases.exercise"),
        ('exercise = "S8"', 'exercise = "S99"', "comparison.exercise"),
        ("start = { hip = 70 }", "start = { hip = 130 }", "eases.start.hip"),
        ("hip = 70, knee = 25", "hip = 70, knee = -5", "eases.change.knee.knee"),
        ("ankle = 10, trunk = 40, neck = 40", "ankle = 30", "comparison.tensioner.out.ankle"),
        ("seconds = 2.0", "seconds = 0.0", "comparison.seconds"),
        ("lean = -15", "leen = -15", "comparison.leen"),
    ],
)
def test_a_mistake_in_it_is_named_with_its_field(right: str, wrong: str, field: str) -> None:
    assert right in TEXT
    with pytest.raises(BadFile) as caught:
        read(TEXT.replace(right, wrong, 1))
    fault = next(one for one in caught.value.faults if one.field == field)
    line = next(n for n, one in enumerate(TEXT.splitlines(), 1) if right in one)
    assert (fault.file, fault.line) == ("demonstration.toml", line)
