"""What is said and noted while a set goes on, phase by phase."""

from dataclasses import replace

import pytest

from coach.domain.decision import Phrase
from coach.domain.side import Side
from coach.engine.control import LeadIn, Move, Rate, Settle, SwitchSides
from coach.engine.course import Course
from coach.engine.effects import Hush, Reached, Say, SetBegins, SetEnds
from coach.engine.inputs import Pause, Resume, Stop
from coach.engine.stages.going import begin_block
from playing import Playing, plan_of

S3 = 'id = "S3", side = "left", level = "B", sets = 3'


def said(playing: Playing) -> list[str]:
    return [effect.phrase.key for effect in playing.effects if isinstance(effect, Say)]


def with_reps(reps: int) -> Playing:
    """A set of S3 with a number of repetitions that no plan may ask for."""
    playing = Playing(plan_of(S3)).check_in(1)
    script, found = playing.run.script, playing.run.control.clearance
    (block,) = script.course(found).blocks
    few = replace(block, dose=replace(block.dose, reps=reps))
    script._courses[found.easy_day, found.bars] = Course((few,))
    return playing


def first_cues(playing: Playing) -> list[str]:
    """What is said at the start of every repetition of a set."""
    cues = []
    playing.until(Move)
    while isinstance(stage := playing.stage, Move):
        if stage.phase == 0:
            cues += said(playing)
        assert playing.run.deadline_ms is not None
        playing.wait(playing.run.deadline_ms - playing.run.now_ms)
    return cues


@pytest.mark.parametrize(
    ("reps", "said_instead"),
    [
        (1, {}),
        (2, {1: "cue.last_one"}),
        (3, {2: "cue.last_one"}),
        (4, {1: "S3.reminder", 2: "cue.halfway", 3: "cue.last_one"}),
        (5, {1: "S3.reminder", 2: "cue.halfway", 3: "S3.reminder", 4: "cue.last_one"}),
        (8, {2: "S3.reminder", 4: "cue.halfway", 6: "S3.reminder", 7: "cue.last_one"}),
        (12, {3: "S3.reminder", 6: "cue.halfway", 9: "S3.reminder", 11: "cue.last_one"}),
    ],
)
def test_half_way_reminders_and_the_last_one_take_a_repetition_s_first_cue(
    reps: int, said_instead: dict[int, str]
) -> None:
    """A set of up to three needs none but the last; the only one is not called the last."""
    expected = [said_instead.get(rep, "S3.out") for rep in range(reps)]

    assert first_cues(with_reps(reps)) == expected


def test_every_other_phase_says_its_own_cue_in_every_repetition() -> None:
    playing = Playing(plan_of(S3)).check_in(1).until(Move)
    seen: dict[int, list[list[str]]] = {}
    while isinstance(stage := playing.stage, Move):
        seen.setdefault(stage.phase, []).append(said(playing))
        assert playing.run.deadline_ms is not None
        playing.wait(playing.run.deadline_ms - playing.run.now_ms)

    exercise = playing.run.script.exercises["S3"]
    for phase, cues in seen.items():
        cue = exercise.cue(exercise.phases[phase].name)
        if phase > 0:
            assert cues == [[cue] if cue else []] * 8


@pytest.mark.parametrize(
    ("item", "noted"),
    [
        ('id = "S3", side = "left", reps = 5', [Reached(rep, 0) for rep in range(1, 5)]),
        ('id = "H1", side = "left"', [Reached(0, 1)]),
    ],
)
def test_every_further_repetition_and_every_hold_is_noted(item: str, noted: list[Reached]) -> None:
    """What a session cut off by a crash goes on from; the set's beginning is noted as such."""
    playing = Playing(plan_of(item)).check_in(1).until(Move)
    assert any(isinstance(effect, SetBegins) for effect in playing.effects)
    reached = []
    while isinstance(playing.stage, Move):
        reached += [effect for effect in playing.effects if isinstance(effect, Reached)]
        assert playing.run.deadline_ms is not None
        playing.wait(playing.run.deadline_ms - playing.run.now_ms)

    assert reached == noted


def test_a_whole_set_asks_for_tingling_and_a_stopped_one_brings_the_leg_to_rest_first() -> None:
    whole = Playing(plan_of(S3)).check_in(1).until(Rate)
    assert whole.effects == (Hush(), SetEnds(8, stopped=False), Say(Phrase("ask.tingling")))

    stopped = Playing(plan_of(S3)).check_in(1).until(Move)
    stopped.give(Stop())
    assert stopped.effects[:2] == (Hush(), SetEnds(0, stopped=True))
    assert said(stopped) == ["cue.leg_to_rest", "ask.tingling"]


def test_the_second_set_is_announced_by_its_number_and_leg() -> None:
    playing = Playing(plan_of(S3)).check_in(1)
    playing.until(Rate).rate(1).until(Settle).rest_reply(1)
    playing.until(LeadIn)

    of = Phrase("cue.set_of_side", (("m", "3"), ("n", "2"), ("side", "@side.left")))
    assert playing.effects == (Say(of),)


def test_after_a_pause_in_the_lead_in_the_position_is_named_again() -> None:
    playing = Playing(plan_of(S3)).check_in(1)
    playing.until(Rate).rate(1).until(Settle).rest_reply(1)
    playing.until(LeadIn).give(Pause())
    playing.give(Resume())

    assert said(playing) == ["cue.get_ready", "S3.start"]


def test_an_exercise_without_sides_needs_no_change_of_sides() -> None:
    """Heel taps after a slider, then the other leg: only the last one turns."""
    playing = Playing(
        plan_of('id = "S3", side = "left"', 'id = "BR1"', 'id = "S3", side = "right"')
    )
    script = playing.check_in(1).run.script
    blocks = script.course(playing.run.control.clearance).blocks
    assert [block.side for block in blocks] == [Side.LEFT, None, Side.RIGHT]
    stages = [
        begin_block(script, replace(playing.run.control, block=n)).control.stage for n in (1, 2)
    ]
    assert [type(stage) for stage in stages] == [LeadIn, SwitchSides]
