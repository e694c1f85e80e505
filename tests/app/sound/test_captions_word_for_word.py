"""What is captioned is what is said: each sentence, at its moment, and no other."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from coach.app.sound.cues import pieces_of_text
from coach.domain.outcome import Outcome
from coach.voice.interface import Priority
from live_player import LivePlayer, shipped_answers
from opened_program import OpenedProgram

#: Captions are looked at this often, in milliseconds; no caption is shorter.
LOOK_MS = 100


@dataclass(frozen=True)
class Heard:
    """A sentence that was not taken back before its second came."""

    second: float
    text: str


def played(program: OpenedProgram, answers: str) -> tuple[list[Heard], list[tuple[float, str]]]:
    """What could be heard in a whole session, and what stood on the screen each moment."""
    voice, clock = program.voice, program.clock
    heard: list[Heard] = []
    say, hush = voice.say, voice.hush

    def note(text: str, at: float | None = None, priority: Priority = Priority.NORMAL) -> None:
        heard.append(Heard(clock.seconds() if at is None else at, text))
        say(text, at, priority)

    def take_back() -> None:
        heard[:] = [one for one in heard if one.second <= clock.seconds()]
        hush()

    voice.say, voice.hush = note, take_back  # type: ignore[method-assign]
    player = LivePlayer(program.app.begin(), clock, shipped_answers(answers))
    shown: list[tuple[float, str]] = []
    wait = player.wait

    def look(ms: int) -> None:
        shown.append((clock.seconds(), player.live.caption))
        while ms > 0:
            share = min(ms, LOOK_MS)
            wait(share)
            shown.append((clock.seconds(), player.live.caption))
            ms -= share

    player.wait = look  # type: ignore[method-assign]
    player.play()
    shown.append((clock.seconds(), player.live.caption))
    assert player.live.view().ledger.outcome is not Outcome.INCOMPLETE
    return heard, shown


def sentences(caption: str) -> list[str]:
    return [piece.text for piece in pieces_of_text(caption)]


@pytest.mark.parametrize("answers", ["calm-day", "eased-day", "emergency-at-check-in"])
def test_every_sentence_said_is_captioned_and_every_caption_is_said(
    opened: Callable[..., OpenedProgram], answers: str
) -> None:
    """Over a whole session: the caption holds each sentence from the moment it begins."""
    program = opened(demo=True)
    heard, shown = played(program, answers)
    assert heard
    for one in heard:
        now = [text for second, text in shown if 0 <= second - one.second + 0.001 < 0.15]
        assert any(one.text in sentences(text) for text in now), one
    captioned = {sentence for _, text in shown for sentence in sentences(text)}
    assert captioned <= set(program.voice.texts)
