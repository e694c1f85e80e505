"""What the rest of the program knows about sound: settings, status, and the `Voice` it talks to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol

from coach.voice.tones import Tone

RATE_WPM = (80, 260)
SOUND_OFFSET_MS = (-200, 500)


class Wanted(StrEnum):
    """What the person asked to hear."""

    VOICE = "voice"
    TONES = "tones"
    BOTH = "both"
    SILENT = "silent"

    @property
    def speaks(self) -> bool:
        """Whether words are to be spoken."""
        return self in (Wanted.VOICE, Wanted.BOTH)


class Channel(StrEnum):
    """What can be heard at this moment. Captions are on the screen in every case."""

    VOICE = "voice"
    TONES = "tones"
    CAPTIONS = "captions"


class Reason(StrEnum):
    """Why the channel is what it is."""

    SYSTEM_VOICE = "system_voice"
    BUNDLED_VOICE = "bundled_voice"
    CHOSEN = "chosen"
    VOICE_STARTING = "voice_starting"
    NO_VOICE_ENGINE = "no_voice_engine"
    NO_VOICE_FOR_LANGUAGE = "no_voice_for_language"
    VOICE_KEEPS_FAILING = "voice_keeps_failing"
    DISK_FULL = "disk_full"
    CACHE_UNUSABLE = "cache_unusable"
    SOUND_STARTING = "sound_starting"
    NO_SOUND_DEVICE = "no_sound_device"
    NO_SOUND_LIBRARY = "no_sound_library"
    SOUND_LOST = "sound_lost"
    CLOSED = "closed"
    CUE_NOT_READY = "cue_not_ready"
    CUE_NOT_SPOKEN = "cue_not_spoken"
    CUE_HAS_NO_ROOM = "cue_has_no_room"
    CUE_TOO_LATE = "cue_too_late"

    @property
    def key(self) -> str:
        """The key of its words in the phrase catalogue; they say what to do where one can."""
        return f"sound.{self}"


class Priority(IntEnum):
    """Which of two cues that meet is heard: the higher one, or the later one of equals."""

    EXTRA = 0
    NORMAL = 1
    URGENT = 2


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """Everything that shapes the sound of a cue.

    `voice` is an id of the speech engine, None for the usual one of `language` (BCP 47, "en");
    `rate_wpm` is words a minute.
    """

    voice: str | None = None
    language: str = "en"
    rate_wpm: int = 160

    def __post_init__(self) -> None:
        """Refuse a rate that the speech engines cannot do."""
        low, high = RATE_WPM
        if not low <= self.rate_wpm <= high:
            raise ValueError(f"rate_wpm: {self.rate_wpm} is not between {low} and {high}")


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """What the person set.

    `volume` is 0-1. `sound_offset_ms` is how late the loudspeaker is (Bluetooth: 100-300); every
    timed cue is sent that much earlier. `device` is an id of `Voice.devices`, None for the usual.
    """

    wanted: Wanted = Wanted.BOTH
    choice: VoiceChoice = VoiceChoice()
    volume: float = 1.0
    sound_offset_ms: int = 0
    device: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if not 0.0 <= self.volume <= 1.0:
            raise ValueError(f"volume: {self.volume} is not between 0 and 1")
        low, high = SOUND_OFFSET_MS
        if not low <= self.sound_offset_ms <= high:
            raise ValueError(f"sound_offset_ms: {self.sound_offset_ms} is not in {low}..{high}")


@dataclass(frozen=True, slots=True)
class SpeakerStatus:
    """What can be heard now, and why."""

    channel: Channel
    reason: Reason


@dataclass(frozen=True, slots=True)
class SoundHealth:
    """How voice and loudspeaker are, each by itself and whatever is wanted.

    `voice` is where the voice comes from while `speaks`, else what is wrong with it; `speaking` is
    the voice in use. `sound` is what is wrong with sound, None when nothing is; `playing` is the
    output in use.
    """

    speaks: bool
    voice: Reason
    speaking: "VoiceInfo | None" = None
    sound: Reason | None = None
    playing: "Device | None" = None


@dataclass(frozen=True, slots=True)
class CueReport:
    """How one cue came out: spoken, as a tone instead, or only as a caption."""

    text: str
    channel: Channel
    reason: Reason


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice of the speech engine; `languages` as lower-case BCP 47 tags."""

    id: str
    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Device:
    """A sound output."""

    id: str
    name: str


StatusListener = Callable[[SpeakerStatus], None]
CueListener = Callable[[CueReport], None]


class Voice(Protocol):
    """What a session needs to be heard. No call waits for sound.

    The two listeners may be called on any thread; `status` is always the newest.
    """

    on_status_change: StatusListener | None
    on_cue: CueListener | None

    @property
    def status(self) -> SpeakerStatus:
        """What can be heard now, and why."""

    @property
    def health(self) -> SoundHealth:
        """How voice and loudspeaker are, each by itself."""

    @property
    def durations(self) -> Mapping[str, float]:
        """Text to seconds from its start to the end of its last word, for cues that are ready."""

    @property
    def voices(self) -> Sequence[VoiceInfo]:
        """The voices to choose from; empty until the speech engine has answered."""

    @property
    def devices(self) -> Sequence[Device]:
        """The sound outputs there are now; empty until sound has started."""

    def start(self) -> None:
        """Start the helpers in the background."""

    def configure(self, settings: VoiceSettings) -> None:
        """Use other settings from now on; cues already prepared are prepared again if need be."""

    def prepare(self, texts: Sequence[str]) -> None:
        """Make these cues ready in the background, in this order."""

    def say(self, text: str, at: float | None = None, priority: Priority = Priority.NORMAL) -> None:
        """Speak at the clock's second `at`, or now."""

    def tone(self, name: Tone, at: float | None = None) -> None:
        """Sound a tone at the clock's second `at`, or now."""

    def hush(self) -> None:
        """Silence at once; nothing asked for before is heard after."""

    def close(self) -> None:
        """End the helpers."""
