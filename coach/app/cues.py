"""What a step says: words for ear and screen, and the sounds around a set."""

from collections.abc import Iterable, Sequence

from coach.app.phrasing import Phrasing
from coach.domain.decision import Phrase
from coach.engine.control import LeadIn
from coach.engine.course import Course
from coach.engine.effects import Effect, Hush, Say, SetEnds
from coach.engine.script import Script
from coach.voice.interface import Voice
from coach.voice.tones import Tone

COUNTDOWN_S = (3, 2, 1)

#: Phrases without blanks that any session may need at any moment.
_ALWAYS = (
    "cue.last_one",
    "cue.leg_to_rest",
    "cue.paused",
    "cue.resume",
    "cue.warm_up",
    "cue.warm_up_half",
    "cue.asked_again",
    "ask.tingling",
    "ask.settle",
    "tier.ok",
    "R1.start",
    "outcome.completed",
    "tier.end_session",
    "tier.clearance",
    "tier.urgent",
    "tier.emergency",
)


def spoken(effects: Iterable[Effect], phrasing: Phrasing) -> str:
    """All that one step says, in order; "" when it says nothing."""
    phrases = [effect.phrase for effect in effects if isinstance(effect, Say)]
    return phrasing.sentence(phrases)


def cues_of(script: Script, course: Course, phrasing: Phrasing) -> list[str]:
    """Every cue a session is known to need, first needed first."""
    texts: list[str] = []
    for block in course.blocks:
        exercise = script.exercises[block.exercise]
        name, start = f"@{exercise.id}.name", exercise.cue("start")
        ready = (
            Phrase("cue.get_ready", (("exercise", name), ("side", f"@side.{block.side}")))
            if block.side
            else Phrase("cue.get_ready_plain", (("exercise", name),))
        )
        begins = [ready] if start is None else [ready, Phrase(start)]
        texts.append(phrasing.sentence(begins))
        phases = (exercise.cue(phase.name) for phase in exercise.phases)
        texts += [phrasing.words(Phrase(key)) for key in phases if key]
    texts += [phrasing.words(Phrase(key)) for key in _ALWAYS]
    return list(dict.fromkeys(texts))


def play(
    voice: Voice, effects: Sequence[Effect], text: str, entered: LeadIn | None, began_s: float
) -> None:
    """Let the voice do what one step asks: silence first, then words, then tones.

    entered: the lead-in this step began, whose last three seconds are counted; began_s: when the
    step was due, on the voice's clock in seconds.
    """
    if any(isinstance(effect, Hush) for effect in effects):
        voice.hush()
    ended = [effect for effect in effects if isinstance(effect, SetEnds)]
    if ended and not ended[-1].stopped:
        voice.tone(Tone.SET_COMPLETE)
    if text:
        voice.say(text)
    if entered is not None:
        begins = began_s + entered.ms / 1000
        for second in COUNTDOWN_S:
            if second * 1000 < entered.ms:
                voice.tone(Tone.TICK, begins - second)
        voice.tone(Tone.LAST_TICK, begins)
