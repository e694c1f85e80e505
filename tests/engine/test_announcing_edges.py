"""What is announced ahead of time: what comes next, and what is said while a stage lasts."""

import pytest

from coach.domain.decision import Phrase
from coach.domain.side import Side
from coach.engine.control import LeadIn, Move, Rate, Rest, RestPosition, Settle, WarmUp
from coach.engine.stages.announcing import lying_side, next_up, said_within
from playing import SHIPPED, Playing, plan_of


def within(playing: Playing) -> list[tuple[int, str]]:
    """Milliseconds from the beginning of the stage, and the phrase."""
    said = said_within(playing.run.script, playing.run.control)
    return [(at_ms, phrase.key) for at_ms, phrase in said]


def holding(name: str, level: str) -> Playing:
    """In the hold of the first repetition, left leg."""
    playing = Playing(plan_of(f'id = "{name}", side = "left", level = "{level}"')).check_in(1)
    playing.until(Move)
    while not playing.run.script.exercises[name].phases[playing.stage.phase].hold:
        playing.wait(playing.run.deadline_ms - playing.run.now_ms)
    return playing


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("A", [(5_000, "cue.hold_half")]),
        ("C", [(10_000, "cue.hold_half"), (15_000, "H1.reminder")]),
        ("D", [(15_000, "cue.hold_half"), (22_500, "H1.reminder")]),
    ],
)
def test_a_stretch_asks_at_half_time_and_a_long_one_reminds(
    level: str, said: list[tuple[int, str]]
) -> None:
    """Twenty seconds are long (clinical.md 7.3)."""
    assert within(holding("H1", level)) == said


def test_any_other_hold_only_says_half_way() -> None:
    playing = holding("SP1", "A")
    length_ms = playing.run.deadline_ms - playing.run.now_ms
    assert within(playing) == [(length_ms // 2, "cue.halfway")]


def test_the_warm_up_reminds_once_in_the_middle_of_its_first_half() -> None:
    playing = Playing(plan_of('id = "W1"', 'id = "S3", side = "left"')).check_in(1).until(WarmUp)
    assert within(playing) == [(75_000, "W1.reminder")]
    playing.wait(150_000)
    assert playing.stage == WarmUp(second_half=True)
    assert within(playing) == []


def test_the_rest_position_reminds_half_way() -> None:
    playing = Playing(plan_of('id = "S3", side = "left", sets = 1')).check_in(1).until(Rate)
    playing.rate(1).until(Settle).rest_reply(1).until(RestPosition)
    assert within(playing) == [(60_000, "R1.reminder")]


@pytest.mark.parametrize("stage", [LeadIn, Move, Rate, Rest])
def test_nothing_is_said_within_what_does_not_hold(stage: type) -> None:
    playing = Playing(plan_of('id = "S3", side = "left", sets = 2')).check_in(1)
    if stage is Rest:
        playing.until(Rate).rate(1)
    assert within(playing.until(stage)) == []


def test_what_is_next_is_a_set_then_an_exercise_then_lying_at_rest() -> None:
    """Set n of m, n from 1, with the leg where there is one."""
    plan = plan_of(
        *('id = "S3", side = "left", sets = 2', 'id = "BR1", sets = 2'),
        *('id = "H1", side = "left"',),
    )
    playing, told = Playing(plan).check_in(1), []
    while not isinstance(playing.stage, RestPosition):
        playing.until(Rate, RestPosition)
        if isinstance(playing.stage, Rate):
            told.append(next_up(playing.run.script, playing.run.control, ended=False))
            playing.rate(1).until(Settle).rest_reply(1)
    sets = [phrase for phrase in told if phrase.key != "cue.next"]

    def ahead(name: str, n: int, side: Side | None) -> Phrase:
        numbers = (("exercise", f"@{name}.name"), ("m", "2"), ("n", str(n)))
        if side is None:
            return Phrase("cue.next_set_plain", numbers)
        return Phrase("cue.next_set", (*numbers, ("side", f"@side.{side}")))

    assert sets[:3] == [ahead("S3", 2, Side.LEFT), ahead("BR1", 1, None), ahead("BR1", 2, None)]
    assert sets[3].key == "cue.next_set" and ("n", "1") in sets[3].blanks
    assert told[-1] == Phrase("cue.next", (("exercise", "@R1.name"),))


def test_an_exercise_that_was_ended_is_followed_by_the_next() -> None:
    plan = plan_of('id = "S3", side = "left", sets = 3', 'id = "BR1", sets = 2')
    playing = Playing(plan).check_in(1).until(Rate)
    phrase = next_up(playing.run.script, playing.run.control, ended=True)
    assert dict(phrase.blanks) == {"exercise": "@BR1.name", "n": "1", "m": "2"}


@pytest.mark.parametrize(
    ("name", "key", "side"),
    [
        ("S2", "cue.lie_on", Side.RIGHT),
        ("SP1", "cue.lie_on", Side.LEFT),
        ("S9", "cue.hold_on", Side.RIGHT),
    ],
)
def test_how_to_lie_or_hold_on_is_said_for_the_left_leg(name: str, key: str, side: Side) -> None:
    """The working leg on top, the forearm beneath, the other hand on the worktop (7.3b)."""
    assert lying_side(SHIPPED.catalogue[name], Side.LEFT) == Phrase(
        key, (("side", f"@side.{side}"),)
    )


@pytest.mark.parametrize(("name", "side"), [("S3", Side.LEFT), ("S2", None), ("S9", None)])
def test_nothing_is_said_where_the_leg_decides_nothing(name: str, side: Side | None) -> None:
    assert lying_side(SHIPPED.catalogue[name], side) is None
