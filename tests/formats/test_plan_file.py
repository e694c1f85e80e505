"""Plans are read whole or refused with every mistake and its line."""

import json
from datetime import date
from pathlib import Path

import pytest

from coach.domain.exercise import Catalogue, LevelName
from coach.domain.plan import Limits, PlanItem
from coach.domain.side import Sides
from coach.formats.bad_file import BadFile, FileFault
from coach.formats.plan_file import plan_schema, read_plan

PLAN = """format = "nerve-coach.plan/1"
title = "A week"
author = "A physio"
revision = 3
language = "en"
valid_until = 2027-06-30
[limits]
end_exercise_at = 5
sessions_per_day = 1
[[exercise]]
id = "W1"
[[exercise]]
id = "S3"
side = "both"
level = "B"
sets = 2
reps = 8
[[exercise]]
id = "H1"
side = "left"
"""


def faults_of(text: str, catalogue: Catalogue) -> tuple[FileFault, ...]:
    with pytest.raises(BadFile) as caught:
        read_plan(text.encode(), "week.toml", catalogue)
    return caught.value.faults


def test_a_good_plan_becomes_values(catalogue: Catalogue) -> None:
    plan = read_plan(PLAN, "week.toml", catalogue)
    assert plan.title == "A week"
    assert plan.revision == 3
    assert plan.valid_until == date(2027, 6, 30)
    assert plan.limits == Limits(5, 1)
    assert plan.items == (
        PlanItem("W1"),
        PlanItem("S3", Sides.BOTH, LevelName.B, 2, 8),
        PlanItem("H1", Sides.LEFT, LevelName.A),
    )


# What to change, what to change it into, the line and field blamed, and words of the message.
BROKEN = [
    ("plan/1", "plan/2", 1, "format", "newer"),
    ("plan/1", "routine/1", 1, "format", "must be"),
    ('title = "A week"\n', "", 1, "title", "missing"),
    ('"A week"', '""', 2, "title", "at least 1"),
    ('"A week"', '"a\\u0000b"', 2, "title", "printable"),
    ('"A week"', '"a\\nb"', 2, "title", "printable"),
    ('"A week"', f'"{"x" * 201}"', 2, "title", "at most 200"),
    ('"A week"', "7", 2, "title", "text"),
    ('author = "A physio"\n', "", 1, "author", "missing"),
    ("revision = 3", "revision = 0", 4, "revision", "at least 1"),
    ("revision = 3", "revision = 3.0", 4, "revision", "whole number"),
    ("revision = 3", 'revision = "3"', 4, "revision", "whole number"),
    ("revision = 3", "revision = true", 4, "revision", "found true"),
    ('"en"', '"english"', 5, "language", "pattern"),
    ("2027-06-30", '"2027-06-30"', 6, "valid_until", "date"),
    ("2027-06-30", "2027-06-30T07:00:00", 6, "valid_until", "date"),
    ("2027-06-30", "inf", 6, "valid_until", "date"),
    ("end_exercise_at = 5", "end_exercise_at = 7", 8, "limits.end_exercise_at", "at most 6"),
    ("end_exercise_at = 5", "end_exercise_at = 0", 8, "limits.end_exercise_at", "at least 1"),
    ("sessions_per_day = 1", "sessions_per_day = 3", 9, "limits.sessions_per_day", "at most 2"),
    ("sessions_per_day = 1", "pause = 1", 9, "limits.pause", "not a known key"),
    ("[limits]", "[limit]", 7, "limit", "did you mean limits?"),
    ('id = "W1"', 'id = "W1"\nsets = 2', 12, "exercise.1.sets", "played once"),
    ('id = "W1"', 'id = "W1"\nreps = 5', 12, "exercise.1.reps", "must be 1"),
    ('id = "S3"', 'id = "S33"', 13, "exercise.2.id", "S3?"),
    ('id = "S3"', 'id = "s3"', 13, "exercise.2.id", "no exercise"),
    ('id = "S3"\n', "", 12, "exercise.2.id", "missing"),
    ('side = "both"\n', "", 12, "exercise.2.side", "missing"),
    ('"both"', '"Left"', 14, "exercise.2.side", "'left'"),
    ('level = "B"', 'level = "E"', 15, "exercise.2.level", "'A'"),
    ('level = "B"', "level = 2", 15, "exercise.2.level", "'A'"),
    ("sets = 2", "sets = 4", 16, "exercise.2.sets", "at most 3"),
    ("sets = 2", "sets = 0", 16, "exercise.2.sets", "at least 1"),
    ("sets = 2", "sets = true", 16, "exercise.2.sets", "whole number"),
    ("reps = 8", "reps = 4", 17, "exercise.2.reps", "5 to 10"),
    ("reps = 8", "reps = 11", 17, "exercise.2.reps", "5 to 10"),
    ("reps = 8", "reps = -8", 17, "exercise.2.reps", "at least 1"),
    ("reps = 8", "reps = 1e3", 17, "exercise.2.reps", "whole number"),
    ("reps = 8", f"reps = {'9' * 300}", 17, "exercise.2.reps", "at most 60"),
    ("reps = 8", "rest = 60", 17, "exercise.2.rest", "not a known key"),
    ('id = "H1"\nside = "left"', 'id = "H1"\nside = "left"\nreps = 2', 21, "exercise.3.reps", "1"),
    ('id = "H1"', 'id = "S3"', 19, "exercise.3.id", "twice"),
    ('id = "H1"', 'id = "W1"', 19, "exercise.3.id", "twice"),
    ('id = "H1"', 'id = "S8"', 19, "exercise.3.id", "physiotherapist"),
    ('id = "H1"', 'id = "S5"\nlevel = "C"', 20, "exercise.3.level", "level B at home"),
    ('id = "H1"', 'id = "S7"\nlevel = "D"', 20, "exercise.3.level", "level C at home"),
    ('id = "H1"', 'id = "R1"\nlevel = "B"', 20, "exercise.3.level", "only the levels A"),
    ('id = "H1"', 'id = "S1"\nlevel="D"\nsets=3\nreps=15', 10, "exercise", "61 slider"),
    ('id = "H1"', 'id = "H3"\nside = "left"\n[[exercise]]\nid = "H1"\nlevel = "C"', 10,
     "exercise", "80 seconds of stretch"),
]  # fmt: skip


@pytest.mark.hazard("H20")
@pytest.mark.parametrize(("old", "new", "line", "field", "words"), BROKEN)
def test_a_broken_plan_names_line_and_field(
    old: str, new: str, line: int, field: str, words: str, catalogue: Catalogue
) -> None:
    assert old in PLAN
    found = faults_of(PLAN.replace(old, new, 1), catalogue)
    assert [(fault.file, fault.line, fault.field) for fault in found] == [
        ("week.toml", line, field)
    ]
    assert words in found[0].message


def test_all_mistakes_come_at_once(catalogue: Catalogue) -> None:
    """An unknown exercise is named although another part of the plan has the wrong shape."""
    text = PLAN.replace("revision = 3", "revision = 0").replace("reps = 8", "reps = true")
    text = text.replace('"H1"', '"H9"')
    assert [fault.field for fault in faults_of(text, catalogue)] == [
        "revision",
        "exercise.2.reps",
        "exercise.3.id",
    ]


def test_more_than_thirty_exercises_are_refused(catalogue: Catalogue) -> None:
    text = PLAN + '[[exercise]]\nid = "R1"\n' * 28
    assert "exercise: must have at most 30 entries" in str(faults_of(text, catalogue)[0])


def test_a_plan_without_exercises_is_refused(catalogue: Catalogue) -> None:
    text = PLAN[: PLAN.index("[[exercise]]")]
    assert [fault.field for fault in faults_of(text, catalogue)] == ["exercise"]


@pytest.mark.hazard("H20")
def test_a_session_longer_than_25_minutes_is_refused(catalogue: Catalogue) -> None:
    text = PLAN.replace('id = "H1"', 'id = "SP1"\nlevel = "D"')
    text += '[[exercise]]\nid = "DB1"\nside = "both"\nlevel = "D"\n'
    text += '[[exercise]]\nid = "BD1"\nside = "both"\nlevel = "D"\n'
    (fault,) = faults_of(text, catalogue)
    assert "minutes, at most 25" in fault.message


def test_one_exercise_may_be_listed_once_for_each_leg(catalogue: Catalogue) -> None:
    text = PLAN.replace('"both"', '"right"') + '[[exercise]]\nid = "S3"\nside = "left"\n'
    assert len(read_plan(text, "week.toml", catalogue).items) == 4


def test_the_shipped_schema_is_current(root: Path) -> None:
    """Write plan_schema() to sessions/plans/plan.schema.json when this fails."""
    shipped = (root / "sessions/plans/plan.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == json.loads(json.dumps(plan_schema()))
