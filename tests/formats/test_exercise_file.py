"""Catalogue files: shipped ones are read, unsafe or broken ones are refused with their place."""

import re

import pytest

from coach.domain.exercise import Catalogue, Kind, LevelName, Tag
from coach.domain.lever import Lever, LeverStep
from coach.domain.pose import Joint, Pose
from coach.formats.bad_file import BadFile
from coach.formats.exercise_file import catalogue_from, read_exercise
from coach.formats.phrases import Phrases


def fields_of(text: str, phrases: Phrases) -> list[tuple[int, str]]:
    with pytest.raises(BadFile) as caught:
        read_exercise(text, "x.toml", phrases)
    return [(fault.line, fault.field) for fault in caught.value.faults]


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


def test_the_catalogue_has_every_exercise_gentle_to_strong(catalogue: Catalogue) -> None:
    assert list(catalogue) == [
        *("W1", "R1", "S1", "S2", "S9", "S3", "S4", "S6", "S7", "S5", "S8"),
        *("H1", "H3", "H2", "DB1", "BR1", "SP1", "BD1"),
    ]


def test_every_rated_exercise_has_levels_a_to_d(catalogue: Catalogue) -> None:
    for exercise in catalogue.values():
        names = [level.name for level in exercise.levels]
        assert names == (list(LevelName) if exercise.kind.rated else [LevelName.A])


def test_an_exercise_is_read_as_written(catalogue: Catalogue) -> None:
    """S5 shows everything at once: phases of single joints, a ceiling, tags, lever orders."""
    s5 = catalogue["S5"]
    assert s5.level(LevelName.D).out == Pose(hip=90, knee=20, ankle=10)
    assert [(phase.name, phase.ms, phase.joints) for phase in s5.phases[:3]] == [
        ("out", 1800, (Joint.KNEE,)),
        ("lift", 700, (Joint.ANKLE,)),
        ("lower", 700, (Joint.ANKLE,)),
    ]
    assert s5.home_ceiling is LevelName.B
    assert s5.barred_by == {Tag.NO_FLAT, Tag.TINGLING_NOW}
    assert catalogue["S3"].ease[-2:] == (LeverStep(Lever.POS, "S2"), LeverStep(Lever.POS, "S1"))
    assert catalogue["S8"].home_ceiling is None
    assert catalogue["S8"].barred_by == {Tag.NO_SLUMP, Tag.NO_NECK, Tag.JUST_RISEN}
    assert not catalogue["W1"].sided


def test_a_slider_takes_six_seconds_a_repetition_and_ankle_pumps_five(
    catalogue: Catalogue,
) -> None:
    """clinical.md 7.0 tempo, 7.2 S1."""
    for exercise in catalogue.values():
        if exercise.kind is Kind.SLIDER:
            seconds = sum(phase.ms for phase in exercise.phases) / 1000
            assert seconds == {"S1": 5, "S5": 5.5}.get(exercise.id, 6)


@pytest.mark.hazard("H06")
def test_the_neck_looks_up_where_the_knee_is_out(catalogue: Catalogue) -> None:
    """Hazard H06, read from the shipped files themselves."""
    for name in ("S7", "S8"):
        for level in catalogue[name].levels:
            assert level.out.neck < 0 < level.home.neck
            assert level.out.knee < level.home.knee


@pytest.mark.hazard("H06")
def test_s7_with_the_neck_reversed_is_refused(
    exercise_texts: dict[str, str], phrases: Phrases
) -> None:
    """Hazard H06: the corrupted file would pull the nerve at both ends."""
    text = exercise_texts["S7.toml"]
    broken = text.replace("knee = 30, ankle = -10, neck = -20", "knee = 30, ankle = -10, neck = 20")
    assert broken != text
    assert (line_of(broken, "neck = 20 }\n\n[level.D]"), "level.C.out.neck") in fields_of(
        broken, phrases
    )


BROKEN = [
    ("S3", 'id = "S3"', 'id = "floss"', "id"),
    ("S3", 'kind = "slider"', 'kind = "tensioner"', "kind"),
    ("S3", 'posture = "lying"', 'posture = "flying"', "posture"),
    ("S3", "rank = 40", "rank = 40.5", "rank"),
    ("S3", "rank = 40", "", "rank"),
    ("S3", '"mat", "pillow"', '"mat", "trampoline"', "supports.2"),
    ("S3", '["no-flat"]', '["no-fun"]', "barred_by.1"),
    ("S3", '"bounces"', '"sings"', "errors.4"),
    ("S3", '"RNG", "HIP", "REP", "TMP"', '"RNG", "JMP", "REP", "TMP"', "ease.2"),
    ("S3", '"POS:S1"', '"POS"', "ease.6"),
    ("S3", '"POS:S1"', '"RNG"', "ease.6"),
    ("S3", '"POS:S1"', '"HIP:S1"', "ease.6"),
    ("S3", "knee = 75 ", "knee = 175 ", "ease_floor.knee"),
    ("S3", '"S3.out"', '"S3.outt"', "cues.out"),
    ("S3", 'turn = "S3.turn"', 'twist = "S3.turn"', "cues.twist"),
    ("S3", 'start = "S3.start"', 'start = "cue.set_of"', "cues.start"),
    ("S3", "seconds = 2.5", 'seconds = "2.5"', "phase.1.seconds"),
    ("S3", "seconds = 2.5", "seconds = -2.5", "phase.1.seconds"),
    ("S3", "seconds = 2.5", "", "phase.1.seconds"),
    ("S3", "seconds = 2.5", "seconds = inf", "phase.1.seconds"),
    ("S3", "seconds = 0.5", "seconds = 0.6", "phase.2.seconds"),
    ("S3", 'to = "home"', 'to = "out"', "phase.4"),
    ("S3", 'to = "home"', 'to = "up"', "phase.3.to"),
    ("S3", 'name = "back"', 'name = "out"', "phase.3.name"),
    ("S5", 'joints = ["knee"]', 'joints = ["toe"]', "phase.1.joints.1"),
    ("S5", 'joints = ["knee"]', "joints = []", "phase.1.joints"),
    ("S3", "[level.A]", "[level.Z]", "level.Z"),
    ("S3", "sets = 1", "sets = 4", "level.A.sets"),
    ("S3", "reps = 8", "reps = 0", "level.A.reps"),
    ("S3", "rest_s = 45", "rest_s = 29", "level.A.rest_s"),
    ("S3", "rest_s = 45", "rest_s = 181", "level.A.rest_s"),
    ("S3", "rest_s = 45", "rest_s = 45\nhold_s = 5", "level.A.hold_s"),
    ("S3", "knee = 60,", "elbow = 60,", "level.A.out.elbow"),
    ("S3", "knee = 60,", "", "level.A.out.knee"),
    ("S3", "knee = 60,", "knee = 141,", "level.A.out.knee"),
    ("S3", "hip = 70, knee = 60", "hip = 121, knee = 60", "level.A.out.hip"),
    ("S3", "hip = 70, knee = 60", f"hip = {'9' * 400}, knee = 60", "level.A.out.hip"),
    ("H1", "hold_s = 10", "hold_s = 31", "level.A.hold_s"),
    ("H1", "reps = 1", "reps = 2", "level.A.reps"),
    ("H1", "knee = 70, ankle = -25", "knee = 70, ankle = 5", "level.A.out.ankle"),
    ("H1", "hold = true", "seconds = 10", "phase"),
    ("H1", "hold = true", "hold = true\nseconds = 10", "phase.2.seconds"),
    ("SP1", '"HLD", "SET"', '"ANK", "SET"', "ease.1"),
    ("S9", 'prop = "step"', 'prop = "cliff"', "level.C.prop"),
    ("S7", 'home_ceiling = "C"', 'home_ceiling = "none"', "home_ceiling"),
]


@pytest.mark.parametrize(("exercise", "old", "new", "field"), BROKEN)
def test_a_broken_exercise_names_line_and_field(
    exercise: str,
    old: str,
    new: str,
    field: str,
    exercise_texts: dict[str, str],
    phrases: Phrases,
) -> None:
    text = exercise_texts[f"{exercise}.toml"]
    assert old in text
    broken = text.replace(old, new, 1)
    found = {blamed: line for line, blamed in fields_of(broken, phrases)}
    assert field in found
    there = broken.splitlines()[found[field] - 1]
    names = [step for step in field.split(".") if not step.isdecimal()]
    assert found[field] == 1 or there.startswith("[") or any(name in there for name in names[-2:])


def test_all_files_are_looked_at_before_the_catalogue_is_refused(
    exercise_texts: dict[str, str], phrases: Phrases
) -> None:
    files = {name: text.encode() for name, text in exercise_texts.items()}
    files["S1.toml"] = files["S1.toml"].replace(b"rank = 10", b"rank = true")
    files["S4.toml"] = b"nonsense"
    files["copy.toml"] = files["H1.toml"]
    with pytest.raises(BadFile) as caught:
        catalogue_from(files, phrases)
    assert {fault.file for fault in caught.value.faults} == {"S1.toml", "S4.toml", "copy.toml"}


@pytest.mark.parametrize(
    ("name", "old", "new", "field"),
    [
        ("S7.toml", '"POS:S3"', '"POS:S99"', "ease.6"),
        ("S7.toml", '"POS:S3"', '"POS:S6"', "ease.6"),
        ("S7.toml", '"POS:S3"', '"POS:H1"', "ease.6"),
        ("S7.toml", '"POS:S3"', '"POS:S7"', "ease.6"),
        ("S3.toml", '"POS:S4"', '"POS:S1"', "harder.4"),
        ("S1.toml", "rank = 10", "rank = 99", "ease.4"),
        ("S9.toml", "hip = 20, knee = 30", "hip = 20, knee = 44", "ease.4"),
    ],
)
def test_a_change_of_exercise_must_lead_down_the_ladder(
    name: str, old: str, new: str, field: str, exercise_texts: dict[str, str], phrases: Phrases
) -> None:
    assert old in exercise_texts[name]
    files = {file: text.encode() for file, text in exercise_texts.items()}
    files[name] = exercise_texts[name].replace(old, new, 1).encode()
    with pytest.raises(BadFile) as caught:
        catalogue_from(files, phrases)
    assert field in [fault.field for fault in caught.value.faults]


@pytest.mark.hazard("H11")
def test_cues_fit_their_phase(catalogue: Catalogue, phrases: Phrases) -> None:
    """At 2.7 words a second a cue ends with its phase (clinical.md 7.0 Voice)."""
    for exercise in catalogue.values():
        for phase in exercise.phases:
            key = exercise.cue(phase.name)
            if key is not None and not phase.hold:
                words = len(re.findall(r"[\w'-]+", phrases.say(key)))
                assert words <= min(6, -(-phase.ms * 27 // 10_000)), key
        for moment in ("start", "reminder"):
            key = exercise.cue(moment)
            assert key is not None
            assert len(phrases.say(key).split()) <= 6, key


@pytest.mark.hazard("H13")
def test_every_exercise_has_a_cue_for_every_moving_phase(catalogue: Catalogue) -> None:
    """Whoever lies with closed eyes can follow by ear alone."""
    for exercise in catalogue.values():
        for phase in exercise.phases:
            if phase.toward is not None or phase.hold:
                assert exercise.cue(phase.name), f"{exercise.id} {phase.name}"


def test_every_exercise_text_is_used(catalogue: Catalogue, phrases: Phrases) -> None:
    """Words that nothing shows are words that nobody reviews."""
    used = {key for exercise in catalogue.values() for _, key in exercise.cues}
    for exercise in catalogue.values():
        used |= {f"{exercise.id}.{part}" for part in ("name", "do", "setup", "feel")}
        used |= {f"{exercise.id}.error.{error}" for error in exercise.errors}
    assert {key for key in phrases if key.partition(".")[0] in catalogue} == used
