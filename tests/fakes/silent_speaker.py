"""A voice that makes no sound and remembers everything: for playing a plan without a room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.voice.interface import (
    Channel,
    CueListener,
    CueReport,
    Device,
    Priority,
    Reason,
    SoundHealth,
    SpeakerStatus,
    StatusListener,
    VoiceInfo,
    VoiceSettings,
    Wanted,
)
from coach.voice.tones import Tone


@dataclass(frozen=True, slots=True)
class Said:
    """A cue that would have been spoken; `at` in clock seconds, None for at once."""

    text: str
    at: float | None
    priority: Priority


@dataclass(frozen=True, slots=True)
class Toned:
    """A tone that would have sounded; `at` in clock seconds, None for at once."""

    name: Tone
    at: float | None


class SilentSpeaker:
    """The `Voice` of `simulate` and of tests."""

    def __init__(self, durations: Mapping[str, float] | None = None) -> None:
        self.on_status_change: StatusListener | None = None
        self.on_cue: CueListener | None = None
        self.durations: Mapping[str, float] = durations or {}
        self.status = SpeakerStatus(Channel.CAPTIONS, Reason.CHOSEN)
        self.health = SoundHealth(speaks=False, voice=Reason.CLOSED, sound=Reason.CLOSED)
        self.voices: Sequence[VoiceInfo] = ()
        self.devices: Sequence[Device] = ()
        self.settings = VoiceSettings(wanted=Wanted.SILENT)
        self.prepared: list[str] = []
        self.heard: list[Said | Toned] = []
        self.hushes = 0
        self.closed = False

    def start(self) -> None:
        """Nothing needs to be started."""

    def configure(self, settings: VoiceSettings) -> None:
        """Remember the settings."""
        self.settings = settings

    def prepare(self, texts: Sequence[str]) -> None:
        """Remember the cues."""
        self.prepared.extend(texts)

    def say(self, text: str, at: float | None = None, priority: Priority = Priority.NORMAL) -> None:
        """Remember the cue, and report it as a caption."""
        self.heard.append(Said(text, at, priority))
        if self.on_cue is not None:
            self.on_cue(CueReport(text, self.status.channel, self.status.reason))

    def tone(self, name: Tone, at: float | None = None) -> None:
        """Remember the tone."""
        self.heard.append(Toned(name, at))

    def hush(self) -> None:
        """Count it."""
        self.hushes += 1

    def close(self) -> None:
        """Remember it."""
        self.closed = True
