"""The cue timeline: every cue at its moment, nothing overlaps, what has no room is named."""

from dataclasses import replace
from itertools import pairwise

import pytest

from coach.app.phrasing import Phrasing
from coach.app.sound.cues import SLOW_GAP_MS, pieces
from coach.app.sound.timeline import (
    COUNTDOWN_S,
    Cue,
    Dropped,
    Happening,
    Stretch,
    ahead,
    lay_out,
    length_from,
    timeline,
)
from coach.domain.action import Action
from coach.domain.decision import Phrase
from coach.domain.exercise import LevelName
from coach.domain.plan import Plan, PlanItem
from coach.domain.side import Sides
from coach.engine.control import Control, Message, Rate
from coach.engine.run import Run, advance
from coach.engine.script import Script
from coach.rules.check_in import Clearance
from coach.voice.interface import Priority
from coach.voice.tones import Tone, tone_seconds
from opened_program import SHIPPED
from playing import Playing, plan_of

PHRASING = Phrasing(SHIPPED.phrases, "112")
FAST, SLOW = 0.25, 2.0  # seconds a word
EVERY = [
    exercise.id
    for exercise in SHIPPED.catalogue.values()
    if exercise.kind.rated and exercise.levels
]


def say(key: str, **blanks: str) -> str:
    return SHIPPED.phrases.say(key, **blanks)


def plan(*items: PlanItem) -> Plan:
    return Plan("Test", "Us", 1, "en", items)


def stretches(script: Script, durations: dict[str, float] | None = None) -> tuple[Stretch, ...]:
    return timeline(script, Clearance(), PHRASING, length_from(durations or {}))


def script_for(*items: PlanItem) -> Script:
    return Script(plan(*items), SHIPPED.catalogue, (), SHIPPED.after_set)


def words(stretch: Stretch) -> list[tuple[int, str]]:
    return [(c.at_ms, c.sound) for c in stretch.cues if not isinstance(c.sound, Tone)]


def tones(stretch: Stretch) -> list[tuple[int, Tone]]:
    return [(c.at_ms, c.sound) for c in stretch.cues if isinstance(c.sound, Tone)]


S3 = PlanItem("S3", Sides.LEFT, LevelName.A, sets=2, reps=8)
H1 = PlanItem("H1", Sides.LEFT, LevelName.D, sets=2)


@pytest.mark.parametrize("level", list(LevelName))
@pytest.mark.parametrize("name", EVERY)
def test_nothing_overlaps_in_any_exercise_at_any_level(name: str, level: LevelName) -> None:
    """By estimated lengths, on both sides; every cue has a moment, in order."""
    sides = Sides.BOTH if SHIPPED.catalogue[name].sided else None
    for stretch in stretches(script_for(PlanItem(name, sides, level))):
        assert stretch.overlaps == ()
        assert [cue.at_ms for cue in stretch.cues] == sorted(cue.at_ms for cue in stretch.cues)
        assert stretch.dropped == ()


def test_a_set_is_announced_counted_in_moved_and_asked_about() -> None:
    """Name, leg and instruction; 3-2-1 and another last tone; each phase; half way; last one."""
    first, second = stretches(script_for(S3))
    spoken = [text for _, text in words(first)]
    assert spoken[:4] == [
        "Get ready.",
        "Lying slider, left leg.",
        "Thigh still.",
        "Turn at first pull.",
    ]
    assert spoken[-1] == say("ask.tingling")
    assert spoken.count(say("cue.halfway")) == spoken.count(say("cue.last_one")) == 1
    assert words(second)[0] == (0, "Set 2 of 2, left.")

    begins = 15_000
    assert tones(first)[:4] == [
        *((begins - s * 1000, Tone.TICK) for s in COUNTDOWN_S),
        (begins, Tone.LAST_TICK),
    ]
    rep_ms = 6_000
    moved = dict(words(first))
    last_tick_ms = round(tone_seconds(Tone.LAST_TICK) * 1000)
    assert moved[begins + last_tick_ms] == say("S3.out")
    for rep in range(1, 8):
        start = begins + rep * rep_ms
        instead = {2: "S3.reminder", 4: "cue.halfway", 6: "S3.reminder", 7: "cue.last_one"}
        assert moved[start] == say(instead.get(rep, "S3.out"))
        assert moved[start + 3_000] == say("S3.back")
    ended = begins + 8 * rep_ms
    assert tones(first)[-1] == (ended, Tone.SET_COMPLETE)
    assert words(first)[-1][0] > ended + tone_seconds(Tone.SET_COMPLETE) * 1000


def test_a_hold_is_prompted_at_half_time() -> None:
    """clinical.md 7.3: at half of the hold, about tingling; a long hold has its reminder later."""
    stretch = stretches(script_for(H1))[0]
    hold_ms = 30_000
    begins = 15_000 + 3_000
    said = dict(words(stretch))
    assert said[begins] == say("H1.hold")
    assert said[begins + hold_ms // 2] == "Half way."
    assert "If it tingles, bend the knee." in said.values()
    assert said[begins + hold_ms * 3 // 4] == say("H1.reminder")
    assert said[begins + hold_ms] == say("H1.ease_out")


def test_changing_sides_and_the_warm_up_are_announced() -> None:
    script = script_for(PlanItem("W1"), PlanItem("S3", Sides.BOTH, LevelName.A, sets=1))
    walk, first, other = stretches(script)
    assert words(walk)[0] == (0, say("cue.warm_up"))
    assert say("W1.reminder") in dict(words(walk)).values()
    assert (150_000, say("cue.warm_up_half")) in words(walk)
    assert first.side is not other.side
    assert [text for _, text in words(other)][:2] == [
        "Change sides.",
        f"Now the {other.side} leg.",
    ]
    assert f"Lying slider, {other.side} leg." in dict(words(other)).values()


def test_the_voice_says_which_side_to_lie_on() -> None:
    """clinical.md 7.3b: the working leg is on top."""
    (left,) = stretches(script_for(PlanItem("S2", Sides.LEFT, LevelName.A, sets=1)))
    assert "Lie on your right side." in dict(words(left)).values()
    (plank,) = stretches(script_for(PlanItem("SP1", Sides.LEFT, LevelName.A, sets=1)))
    assert "Lie on your left side." in dict(words(plank)).values()
    (stand,) = stretches(script_for(PlanItem("S9", Sides.LEFT, LevelName.A, sets=1)))
    assert "Hold on with your right hand." in dict(words(stand)).values()


def test_a_cue_that_does_not_fit_its_phase_is_dropped_and_nothing_is_delayed() -> None:
    """It is named with its reason, and every other cue keeps its moment."""
    usual = stretches(script_for(S3))[0]
    slow = stretches(script_for(S3), {say("S3.out"): 2.6})[0]
    dropped = [cue for cue in slow.cues if cue.dropped]
    assert {cue.sound for cue in dropped} == {say("S3.out")}
    assert {cue.dropped for cue in dropped} == {Dropped.NO_ROOM}
    assert [cue.at_ms for cue in slow.cues] == [cue.at_ms for cue in usual.cues]
    assert slow.overlaps == ()
    assert Dropped.NO_ROOM.key in SHIPPED.phrases


def test_one_that_just_fits_is_kept_and_a_millisecond_more_is_too_much() -> None:
    for seconds, fits in ((0.5, True), (0.501, False)):
        stretch = stretches(script_for(S3), {say("S3.turn"): seconds})[0]
        assert (not stretch.dropped) is fits


def test_numbers_give_way_to_words() -> None:
    """A tick that falls into the announcement is left out; the last tone is not, nor the words."""
    announced = "Set 2 of 2, left."
    second = stretches(script_for(S3), {announced: 2.5})[1]
    assert [(c.at_ms, c.sound, c.dropped) for c in second.dropped] == [
        (2_000, Tone.TICK, Dropped.NUMBERS_GIVE_WAY)
    ]
    assert (5_000, Tone.LAST_TICK) in tones(second)


def test_name_and_leg_stay_when_there_is_no_time_for_everything() -> None:
    """In a five-second lead-in the last instruction goes first."""
    script = replace(script_for(S3), lead_in_ms=5_000)
    long = {"Lying slider, left leg.": 2.5, "Get ready.": 1.0, "Thigh still.": 1.2}
    first = stretches(script, long)[0]
    gone = [cue.sound for cue in first.dropped if not isinstance(cue.sound, Tone)]
    assert gone == ["Turn at first pull."]
    assert first.overlaps == ()


@pytest.mark.parametrize("per_word", [FAST, SLOW])
def test_any_pace_of_speech_leaves_no_overlap(per_word: float) -> None:
    """Whatever the voice is like: less is said, never later."""
    script = script_for(PlanItem("W1"), S3, H1, PlanItem("S5", Sides.RIGHT, LevelName.B))
    texts = {cue.sound for one in stretches(script) for cue in one.cues}
    durations = {text: per_word * len(text.split()) for text in texts}
    usual, paced = stretches(script), stretches(script, durations)
    assert all(one.overlaps == () for one in paced)
    for before, after in zip(usual, paced, strict=True):
        assert [cue.sound for cue in before.cues] == [cue.sound for cue in after.cues]
    assert any(one.dropped for one in paced) is (per_word == SLOW)


def test_an_overlap_would_be_found() -> None:
    """The check itself: two cues of which the first is too long."""
    cues = (Cue(0, "One.", 900), Cue(800, "Two.", 300), Cue(2_000, "Three.", 300))
    assert Stretch("S3", None, 1, 1, cues).overlaps == ((cues[0], cues[1]),)


def test_what_lies_ahead_is_what_then_happens() -> None:
    """The same moments and effects as the engine's own, with the cues in between in order."""
    playing = Playing(plan_of('id = "H1", side = "left"')).check_in(1)
    run: Run = playing.run
    to_ms = run.now_ms + 60_000
    seen = list(ahead(run, to_ms))
    _, moments = advance(run, to_ms)
    engine = [
        (one.at_ms, one.effects) for one in seen if one.effects and one.run.now_ms == one.at_ms
    ]
    assert [moment for moment in moments if moment[1]] == engine
    assert [one.at_ms for one in seen] == sorted(one.at_ms for one in seen)
    assert isinstance(seen[-1].run.control.stage, Rate)


def test_stop_messages_are_urgent() -> None:
    """They may cut anything, and nothing cuts them."""
    run = Run(script_for(S3), Control(stage=Message(Action.EMERGENCY)))
    said = pieces([Phrase("tier.emergency")], PHRASING)
    cues = lay_out(
        Happening(0, run), said, length_from({}), begin_ms=0, room=None, busy_until_ms=99_999
    )
    assert {cue.priority for cue in cues} == {Priority.URGENT}
    assert " ".join(cue.sound for cue in cues) == PHRASING.words(Phrase("tier.emergency"))
    gaps = [b.at_ms - a.end_ms for a, b in pairwise(cues)]
    assert set(gaps) == {SLOW_GAP_MS}
