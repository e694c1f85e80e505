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


class Channel(StrEnum):
    """What can be heard at this moment. Captions are on the screen in every case."""

    VOICE = "voice"
    TONES = "tones"
    CAPTIONS = "captions"


class Reason(StrEnum):
    """Why the channel is what it is. The value is the key for translation."""

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
    def words(self) -> str:
        """The reason in plain English, with what to do about it where something can be done."""
        return _WORDS[self]


_WORDS = {
    Reason.SYSTEM_VOICE: "The voice of this computer.",
    Reason.BUNDLED_VOICE: "The espeak-ng voice that came with the program.",
    Reason.CHOSEN: "As chosen in the settings.",
    Reason.VOICE_STARTING: "The voice is starting.",
    Reason.NO_VOICE_ENGINE: "This computer has no speech engine. On Linux, install espeak-ng.",
    Reason.NO_VOICE_FOR_LANGUAGE: "This computer has no voice for the chosen language.",
    Reason.VOICE_KEEPS_FAILING: "The speech engine keeps failing; it is left alone until restart.",
    Reason.DISK_FULL: "The disk is full, so new cues cannot be spoken. Free some space.",
    Reason.CACHE_UNUSABLE: "The folder for spoken cues cannot be written.",
    Reason.SOUND_STARTING: "Sound is starting.",
    Reason.NO_SOUND_DEVICE: "No sound device was found. It is looked for again now and then.",
    Reason.NO_SOUND_LIBRARY: "The sound library is missing. On Linux, install libpulse0.",
    Reason.SOUND_LOST: "Sound was lost and is being started again.",
    Reason.CLOSED: "Sound is switched off.",
    Reason.CUE_NOT_READY: "The cue was not ready in time.",
    Reason.CUE_NOT_SPOKEN: "The speech engine could not say this cue.",
    Reason.CUE_HAS_NO_ROOM: "Another cue was being spoken.",
    Reason.CUE_TOO_LATE: "Its moment had passed.",
}


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
    def durations(self) -> Mapping[str, float]:
        """Text to seconds from its start to the end of its last word, for cues that are ready."""

    @property
    def voices(self) -> Sequence[VoiceInfo]:
        """The voices to choose from; empty until the speech engine has answered."""

    @property
    def devices(self) -> Sequence[Device]:
        """The sound outputs to choose from; empty until sound has started."""

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
