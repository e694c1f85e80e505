"""A whole session with the real speaker on a virtual clock: its log, and how each cue came out."""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.app.session.keeping import kept_records
from coach.engine.control import Move
from coach.voice.cache import CueCache
from coach.voice.interface import CueReport, SpeakerStatus, Voice, VoiceSettings
from coach.voice.render_client import RenderClient, RenderLimits
from coach.voice.sound_client import SoundClient, SoundLimits
from coach.voice.speaker import Speaker
from fake_clock import FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram
from playing import plan_text
from silent_speaker import SilentSpeaker

FAKES = Path(__file__).resolve().parents[1] / "voice"
PATIENCE_S = 30.0
#: A cue that is prepared for every session and said in the middle of this one.
CUE = SHIPPED.phrases.say("cue.leg_to_rest")
#: What differs from one session to the next by chance alone.
_CHANCE = ("session", "profile")


def wait_for(fact: Callable[[], object]) -> None:
    """Wait until something that another process does has happened."""
    end = time.monotonic() + PATIENCE_S
    while not fact():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@dataclass
class Setting:
    """How the speaker is put together. The commands stand for the real helpers when given."""

    cache: Path
    voice_command: Sequence[str] | None = None
    sound_command: Sequence[str] | None = None
    render_limits: RenderLimits = field(default_factory=RenderLimits)
    sound_limits: SoundLimits = field(default_factory=SoundLimits)

    def speaker(self, clock: FakeClock) -> Speaker:
        """A speaker that lives on the session's clock."""
        return Speaker(
            RenderClient(
                CueCache(self.cache), command=self.voice_command, limits=self.render_limits
            ),
            SoundClient(clock=clock.seconds, command=self.sound_command, limits=self.sound_limits),
            VoiceSettings(),
            clock.seconds,
        )


def fake_voice(folder: Path, behaviour: str) -> list[str]:
    """The command of a speech helper that misbehaves as said."""
    folder.mkdir(parents=True, exist_ok=True)
    return [sys.executable, str(FAKES / "fake_voice_helper.py"), str(folder), behaviour]


def fake_sound(folder: Path, behaviour: str) -> list[str]:
    """The command of a sound helper that misbehaves as said."""
    folder.mkdir(parents=True, exist_ok=True)
    return [sys.executable, str(FAKES / "fake_sound_helper.py"), str(folder), behaviour]


@dataclass
class Played:
    """What a session left: its log without what is chance, and what was told about sound.

    cue: how a cue of the session came out that was said while the first set stood still.
    """

    log: list[tuple[int, str, str]]
    reports: list[CueReport]
    cue: CueReport
    status: SpeakerStatus
    note: str | None


def play_session(
    folder: Path,
    voice_on: Callable[[FakeClock], Voice],
    ready: Callable[[Voice], object] = lambda _voice: True,
    midway: Callable[[Voice], None] = lambda _voice: None,
    plan: Path | None = None,
) -> Played:
    """Play today's session, or that of a plan of the test's own, to its end on a calm day.

    ready: true once the voice is as the test wants it. midway: done while the first set moves;
    then a cue is said and waited for, because a virtual clock leaves the others no time to sound.
    """
    reports: list[CueReport] = []
    clock = FakeClock()
    with OpenedProgram(folder, clock, plan=str(plan) if plan else None) as program:
        # Waiting for the disk is most of such a session, and the store's own tests look after it.
        program._database._connection.execute("PRAGMA synchronous = OFF")
        voice = voice_on(clock)
        voice.on_cue = reports.append
        program.app._voice = voice
        program.app.start_voice()
        try:
            wait_for(lambda: ready(voice))
            player = LivePlayer(program.app.begin(), clock, shipped_answers("calm-day"))
            player.until(Move)
            midway(voice)
            cue = _outcome(voice, reports)
            live = player.play()
            note, status = live.voice_note, voice.status
        finally:
            program.app.close()
        session = program.store.last_session(program.profile)
        assert session is not None
        log = [
            (record.ms, record.type, _without_chance(record.data))
            for record in kept_records(program.store, session.id)
        ]
    return Played(log, reports, cue, status, note)


def _outcome(voice: Voice, reports: list[CueReport]) -> CueReport:
    voice.hush()
    voice.say(CUE)
    wait_for(lambda: any(report.text == CUE for report in reports))
    return next(report for report in reversed(reports) if report.text == CUE)


def _without_chance(data: Mapping[str, Any]) -> str:
    return json.dumps({key: value for key, value in data.items() if key not in _CHANCE})


def silent_session(folder: Path, plan: Path | None = None) -> Played:
    """The same session with a voice that only takes notes."""
    return play_session(folder, lambda _clock: SilentSpeaker(), plan=plan)


def long_plan(folder: Path) -> Path:
    """A plan that takes twenty minutes."""
    items = (*(f'id = "{name}", side = "both"' for name in ("S3", "S1", "H1", "H2")), 'id = "R1"')
    file = folder / "twenty-minutes.toml"
    file.write_text(plan_text(*items))
    return file
