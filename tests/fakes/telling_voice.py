"""A silent voice whose cues come out as a test says, at once."""

from collections.abc import Mapping
from dataclasses import replace

from coach.voice.interface import (
    Channel,
    CueReport,
    Device,
    Priority,
    Reason,
    SoundHealth,
    SpeakerStatus,
    VoiceInfo,
    VoiceSettings,
)
from silent_speaker import Said, SilentSpeaker

LIZ = VoiceInfo("liz", "Liz", ("en-gb",))
AMY = VoiceInfo("amy", "Amy", ("en-us",))
EVA = VoiceInfo("eva", "Eva", ("de-de",))
LOUDSPEAKER = Device("ls", "Loudspeaker")
WELL = SoundHealth(
    speaks=True, voice=Reason.SYSTEM_VOICE, speaking=LIZ, sound=None, playing=LOUDSPEAKER
)


class Seconds(Mapping[str, float]):
    """Every sentence is ready and takes two seconds."""

    def __getitem__(self, text: str) -> float:
        return 2.0

    def __iter__(self):  # noqa: ANN204 - nothing to go through
        return iter(())

    def __len__(self) -> int:
        return 1

    def __contains__(self, text: object) -> bool:
        return True


class TellingVoice(SilentSpeaker):
    """All is well until the test says something else."""

    def __init__(self) -> None:
        super().__init__(Seconds())
        self.status = SpeakerStatus(Channel.VOICE, Reason.SYSTEM_VOICE)
        self.health = WELL
        self.voices = (LIZ, AMY, EVA)
        self.devices = (LOUDSPEAKER,)
        self.configured: list[VoiceSettings] = []

    @property
    def texts(self) -> list[str]:
        """What was said, in order."""
        return [one.text for one in self.heard if isinstance(one, Said)]

    def configure(self, settings: VoiceSettings) -> None:
        super().configure(settings)
        self.configured.append(settings)

    def say(self, text: str, at: float | None = None, priority: Priority = Priority.NORMAL) -> None:
        self.heard.append(Said(text, at, priority))
        if self.on_cue is not None:
            self.on_cue(CueReport(text, self.status.channel, self.status.reason))

    def is_starting(self) -> None:
        """Voice and sound were started only just now; nothing is known of them."""
        self.status = SpeakerStatus(Channel.CAPTIONS, Reason.SOUND_STARTING)
        self.health = SoundHealth(
            speaks=False, voice=Reason.VOICE_STARTING, sound=Reason.SOUND_STARTING
        )
        self.voices, self.devices = (), ()

    def has_started(self) -> None:
        """They are there."""
        fresh = TellingVoice()
        self.status, self.health = fresh.status, fresh.health
        self.voices, self.devices = fresh.voices, fresh.devices

    def has_no_engine(self) -> None:
        """There is sound, and no speech engine."""
        self.status = SpeakerStatus(Channel.TONES, Reason.NO_VOICE_ENGINE)
        self.health = replace(WELL, speaks=False, voice=Reason.NO_VOICE_ENGINE, speaking=None)
        self.voices = ()

    def has_no_output(self) -> None:
        """There is a voice, and nothing to hear it from."""
        self.status = SpeakerStatus(Channel.CAPTIONS, Reason.NO_SOUND_DEVICE)
        self.health = replace(WELL, sound=Reason.NO_SOUND_DEVICE, playing=None)
        self.devices = ()
