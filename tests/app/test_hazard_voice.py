"""H11, H13: without a voice a session can be followed by eye, and with one without looking."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach.domain.exercise import Exercise, Posture
from coach.domain.outcome import Outcome
from coach.engine.control import LeadIn, Move
from coach.engine.inputs import Stop
from coach.voice.cache import CachedCue
from coach.voice.interface import Device, Reason, VoiceChoice, VoiceInfo, VoiceSettings
from coach.voice.render_client import NotRendered, Rendered, Result
from coach.voice.sound_client import Outcome as SoundOutcome
from coach.voice.speaker import Speaker
from coach.voice.tones import Tone
from fake_clock import FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram
from playing import plan_text

Open = Callable[..., OpenedProgram]
#: From "stop" to the first sound of what is said about it (clinical.md 10 H11).
SOON_S = 0.3


class Engine:
    """Speaks every cue at once, or none because the speech engine fails."""

    origin = Reason.SYSTEM_VOICE
    voices = (VoiceInfo("v", "V", ("en",)),)

    def __init__(self, trouble: Reason | None) -> None:
        self.trouble = trouble
        self.asked: list[tuple[str, bool]] = []

    def start(self, deliver: Callable[[Result], None], _changed: Callable[[], None]) -> None:
        self.deliver = deliver

    def request(self, text: str, choice: VoiceChoice, *, urgent: bool = False) -> None:
        self.asked.append((text, urgent))
        if self.trouble is None:
            self.deliver(Rendered(text, choice, CachedCue(Path(f"{text}.wav"), 1.0)))
        else:
            self.deliver(NotRendered(text, choice, self.trouble))

    def close(self) -> None:
        pass

    def join(self) -> None:
        pass


class Loudspeaker:
    """Notes what it is given to play, and when; or plays nothing because there is no device."""

    devices = (Device("d", "Loudspeaker"),)

    def __init__(self, clock: FakeClock, trouble: Reason | None) -> None:
        self.clock, self.trouble = clock, trouble
        self.heard: list[tuple[float, str]] = []
        self.hushed: list[float] = []

    def start(self, deliver: Callable[[SoundOutcome], None], changed: Callable[[], None]) -> None:
        pass

    def play(self, sound: Path | Tone, at: float, _latest: float, _volume: float) -> int | None:
        if self.trouble is not None:
            return None
        self.heard.append((at, sound.stem if isinstance(sound, Path) else sound.value))
        return len(self.heard)

    def cancel(self, number: int, at: float | None = None) -> None:
        pass

    def hush(self) -> None:
        self.hushed.append(self.clock.seconds())

    def use_device(self, device: str | None) -> None:
        pass

    def close(self) -> None:
        pass

    def join(self) -> None:
        pass


@pytest.fixture
def spoken_by(program: OpenedProgram) -> Iterator[Callable[..., Loudspeaker]]:
    """Gives the program a real speaker with an engine and a loudspeaker of the test."""
    speakers: list[Speaker] = []

    def give(engine: Reason | None = None, sound: Reason | None = None) -> Loudspeaker:
        loud = Loudspeaker(program.clock, sound)
        speaker = Speaker(Engine(engine), loud, VoiceSettings(), program.clock.seconds)
        speakers.append(speaker)
        program.app._voice = speaker
        program.app.start_voice()
        return loud

    yield give
    for speaker in speakers:
        speaker.close()


@pytest.mark.hazard("H11")
@pytest.mark.parametrize(
    ("engine", "sound"),
    [
        (Reason.NO_VOICE_ENGINE, None),
        (Reason.DISK_FULL, None),
        (None, Reason.NO_SOUND_DEVICE),
        (Reason.NO_VOICE_ENGINE, Reason.NO_SOUND_DEVICE),
    ],
)
def test_a_session_is_usable_when_the_voice_fails(
    program: OpenedProgram,
    spoken_by: Callable[..., Loudspeaker],
    engine: Reason | None,
    sound: Reason | None,
) -> None:
    """Every cue stands on the screen, why it is not heard is said, and the session ends well."""
    loud = spoken_by(engine, sound)
    player = LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day"))
    live = player.until(LeadIn)
    captions = []

    def look() -> bool:
        captions.append(live.caption)
        return False

    player.play(look)
    assert live.view().ledger.outcome is Outcome.COMPLETED
    assert live.voice_note
    for cue in ("S3.out", "S3.back", "H1.hold", "H1.ease_out", "cue.last_one"):
        assert any(program.app.phrases.say(cue) in caption for caption in captions), cue
    assert all(text in {tone.value for tone in Tone} for _, text in loud.heard)


@pytest.mark.hazard("H11")
def test_stop_is_silent_at_once_and_says_so_within_300_ms(
    program: OpenedProgram, spoken_by: Callable[..., Loudspeaker]
) -> None:
    """What was to come is never heard."""
    loud = spoken_by()
    player = LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day"))
    player.until(Move)
    player.wait(1_000)
    before, stopped = len(loud.heard), program.clock.seconds()
    loud.hushed.clear()
    player.live.give(Stop())
    assert loud.hushed[:1] == [stopped]
    said = [(at - stopped, text) for at, text in loud.heard[before:]]
    assert said
    assert 0 <= said[0][0] <= SOON_S
    assert said[0][1].startswith(program.app.phrases.say("cue.leg_to_rest").rstrip("."))


LYING = [
    exercise
    for exercise in SHIPPED.catalogue.values()
    if exercise.posture in (Posture.LYING, Posture.SIDE_LYING)
    and exercise.kind.rated
    and exercise.home_ceiling is not None
]


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("exercise", LYING, ids=lambda e: e.id)
def test_a_lying_exercise_can_be_followed_with_the_eyes_closed(
    opened: Open, tmp_path: Path, exercise: Exercise
) -> None:
    """Spoken are its name and leg, how to begin, each movement as it begins, and each question."""
    side = ', side = "left"' if exercise.sided else ""
    path = tmp_path / "lying.toml"
    path.write_text(plan_text(f'id = "{exercise.id}"{side}'))
    # One that has to be earned is played as a demonstration, which speaks alike.
    program = opened(plan=str(path), demo=bool(exercise.earned_by))
    say = program.app.phrases.say
    player = LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day"))
    live = player.until(LeadIn)
    begins = live.caption
    assert say(f"{exercise.id}.name") in begins
    assert say(f"{exercise.id}.start") in begins
    assert not exercise.sided or "left leg" in begins

    since = len(program.voice.texts)
    moving = {
        say(key)
        for phase in exercise.phases
        if (phase.toward is not None or phase.hold) and (key := exercise.cue(phase.name))
    }
    assert len(moving) >= 2
    player.play()
    assert live.view().ledger.outcome is Outcome.COMPLETED
    heard = " ".join(program.voice.texts[since:])
    for words in (*moving, say("ask.tingling"), say("ask.settle"), say("decision.continue")):
        assert words in heard, words
