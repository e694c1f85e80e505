"""What the speaker decides, with a renderer and a player that only take notes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from coach.voice.cache import CachedCue
from coach.voice.interface import (
    Channel,
    CueReport,
    Device,
    Priority,
    Reason,
    SoundHealth,
    SpeakerStatus,
    Voice,
    VoiceChoice,
    VoiceInfo,
    VoiceSettings,
    Wanted,
)
from coach.voice.render_client import NotRendered, Rendered, Result
from coach.voice.sound_client import NotPlayed, Outcome, Played
from coach.voice.speaker import LATE_S, Speaker
from coach.voice.tones import Tone
from playing import SHIPPED
from silent_speaker import Said, SilentSpeaker, Toned


class FakeRenderer:
    def __init__(self) -> None:
        self.trouble: Reason | None = None
        self.origin = Reason.SYSTEM_VOICE
        self.usual: str | None = "v"
        self.voices = (VoiceInfo("v", "V", ("en",)),)
        self.asked: list[tuple[str, bool]] = []
        self.ended = False

    def start(self, deliver: Callable[[Result], None], changed: Callable[[], None]) -> None:
        self.deliver, self.changed = deliver, changed

    def request(self, text: str, choice: VoiceChoice, *, urgent: bool = False) -> None:
        assert choice is not None
        self.asked.append((text, urgent))

    def close(self) -> None:
        self.ended = True

    def join(self) -> None:
        assert self.ended


@dataclass
class Sound:
    what: Path | Tone
    at: float
    latest: float
    volume: float
    cancelled: list[float | None] = field(default_factory=list)


class FakePlayer:
    def __init__(self) -> None:
        self.trouble: Reason | None = None
        self.devices = (Device("d", "Loudspeaker"),)
        self.playing: Device | None = self.devices[0]
        self.sounds: list[Sound] = []
        self.hushes = 0
        self.device: str | None = None
        self.ended = False

    def start(self, deliver: Callable[[Outcome], None], changed: Callable[[], None]) -> None:
        self.deliver, self.changed = deliver, changed

    def play(self, sound: Path | Tone, at: float, latest: float, volume: float) -> int | None:
        if self.trouble is not None:
            return None
        self.sounds.append(Sound(sound, at, latest, volume))
        return len(self.sounds)

    def cancel(self, number: int, at: float | None = None) -> None:
        self.sounds[number - 1].cancelled.append(at)

    def hush(self) -> None:
        self.hushes += 1

    def use_device(self, device: str | None) -> None:
        self.device = device

    def close(self) -> None:
        self.ended = True

    def join(self) -> None:
        assert self.ended


class Room:
    """A speaker with fakes around it and a clock that stands still until told."""

    def __init__(self, settings: VoiceSettings) -> None:
        self.now = 100.0
        self.settings = settings
        self.renderer, self.player = FakeRenderer(), FakePlayer()
        self.speaker = Speaker(self.renderer, self.player, settings, lambda: self.now)
        self.statuses: list[SpeakerStatus] = []
        self.reports: list[CueReport] = []
        self.speaker.on_status_change = self.statuses.append
        self.speaker.on_cue = self.reports.append
        self.speaker.start()

    def ready(self, text: str, seconds: float = 1.0) -> Path:
        """Let a cue become ready; returns its file."""
        file = Path(f"{text}.wav")
        cue = CachedCue(file, seconds)
        self.renderer.deliver(Rendered(text, self.settings.choice, cue))
        return file

    def prepared(self, text: str, seconds: float = 1.0) -> Path:
        self.speaker.prepare([text])
        return self.ready(text, seconds)

    @property
    def sounds(self) -> list[Sound]:
        return self.player.sounds


@pytest.fixture
def room() -> Iterator[Callable[..., Room]]:
    made: list[Room] = []

    def make(settings: VoiceSettings | None = None) -> Room:
        made.append(Room(settings or VoiceSettings()))
        return made[-1]

    yield make
    for each in made:
        each.speaker.close()


def test_the_speaker_and_its_silent_twin_are_voices(room: Callable[..., Room]) -> None:
    voices: list[Voice] = [room().speaker, SilentSpeaker()]
    assert [voice.durations for voice in voices] == [{}, {}]


# -- status -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "sound", "voice", "channel", "reason"),
    [
        (Wanted.BOTH, None, None, Channel.VOICE, Reason.SYSTEM_VOICE),
        (Wanted.VOICE, None, Reason.NO_VOICE_ENGINE, Channel.TONES, Reason.NO_VOICE_ENGINE),
        (Wanted.VOICE, None, Reason.VOICE_STARTING, Channel.TONES, Reason.VOICE_STARTING),
        (Wanted.TONES, None, Reason.NO_VOICE_ENGINE, Channel.TONES, Reason.CHOSEN),
        (Wanted.BOTH, Reason.SOUND_LOST, None, Channel.CAPTIONS, Reason.SOUND_LOST),
        (Wanted.TONES, Reason.NO_SOUND_DEVICE, None, Channel.CAPTIONS, Reason.NO_SOUND_DEVICE),
        (Wanted.SILENT, None, None, Channel.CAPTIONS, Reason.CHOSEN),
        (Wanted.SILENT, Reason.NO_SOUND_DEVICE, None, Channel.CAPTIONS, Reason.CHOSEN),
    ],
)
def test_the_status_names_what_is_heard_and_why(
    room: Callable[..., Room],
    wanted: Wanted,
    sound: Reason | None,
    voice: Reason | None,
    channel: Channel,
    reason: Reason,
) -> None:
    here = room(VoiceSettings(wanted))
    here.player.trouble, here.renderer.trouble = sound, voice
    assert here.speaker.status == SpeakerStatus(channel, reason)


def test_a_change_of_status_is_told_once(room: Callable[..., Room]) -> None:
    here = room()
    here.renderer.trouble = Reason.VOICE_KEEPS_FAILING
    here.renderer.changed()
    here.renderer.changed()
    assert here.statuses == [SpeakerStatus(Channel.TONES, Reason.VOICE_KEEPS_FAILING)]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_for_people(reason: Reason) -> None:
    """They stand in the phrase catalogue and are a whole sentence."""
    words = SHIPPED.phrases.say(reason.key)
    assert words[0].isupper() and words.endswith(".")


def test_there_are_no_words_for_reasons_that_never_occur() -> None:
    shipped = {key for key in SHIPPED.phrases if key.startswith("sound.")}
    assert shipped == {reason.key for reason in Reason}


def test_the_health_names_voice_and_output_whatever_is_wanted(room: Callable[..., Room]) -> None:
    """A silent session still tells how voice and sound are."""
    here = room(VoiceSettings(Wanted.SILENT))
    (voice,), (device,) = here.renderer.voices, here.player.devices
    well = SoundHealth(True, Reason.SYSTEM_VOICE, voice, None, device)
    assert here.speaker.health == well
    here.renderer.trouble = Reason.DISK_FULL
    here.player.trouble, here.player.playing = Reason.NO_SOUND_DEVICE, None
    ill = SoundHealth(False, Reason.DISK_FULL, voice, Reason.NO_SOUND_DEVICE, None)
    assert here.speaker.health == ill
    here.speaker.close()
    assert here.speaker.health.sound is Reason.CLOSED


# -- preparing --------------------------------------------------------------------------------


def test_each_cue_is_asked_for_once_and_without_decoration(room: Callable[..., Room]) -> None:
    here = room()
    here.speaker.prepare(["Hold \U0001f4aa", "Hold", "...", "Turn"])
    here.speaker.prepare(["Turn"])
    assert here.renderer.asked == [("Hold", False), ("Turn", False)]


def test_durations_are_found_under_the_callers_own_words(room: Callable[..., Room]) -> None:
    here = room()
    here.speaker.prepare(["Hold <b>", "Turn"])
    here.ready("Hold", 0.8)
    assert here.speaker.durations == {"Hold <b>": 0.8}


def test_another_rate_prepares_everything_again(room: Callable[..., Room]) -> None:
    here = room()
    here.prepared("Hold")
    slower = VoiceChoice(rate_wpm=120)
    here.speaker.configure(replace(here.settings, choice=slower))
    assert here.speaker.durations == {}
    assert here.renderer.asked == [("Hold", False)] * 2
    here.ready("Hold", 9.0)
    assert here.speaker.durations == {}, "this one still has the old rate"
    here.renderer.deliver(Rendered("Hold", slower, CachedCue(Path("slow.wav"), 1.4)))
    assert here.speaker.durations == {"Hold": 1.4}


def test_another_volume_prepares_nothing_again(room: Callable[..., Room]) -> None:
    here = room()
    file = here.prepared("Hold")
    here.speaker.configure(replace(here.settings, volume=0.3))
    here.speaker.say("Hold")
    assert len(here.renderer.asked) == 1
    assert (here.sounds[0].what, here.sounds[0].volume) == (file, 0.3)


def test_a_device_is_chosen_at_the_start_and_later(room: Callable[..., Room]) -> None:
    here = room(VoiceSettings(device="a"))
    assert here.player.device == "a"
    here.speaker.configure(replace(here.settings, device=None))
    assert here.player.device is None


# -- saying -----------------------------------------------------------------------------------


def test_a_ready_cue_is_spoken_on_its_moment(room: Callable[..., Room]) -> None:
    here = room()
    file = here.prepared("Hold")
    here.speaker.say("Hold", at=101.0)
    (sound,) = here.sounds
    assert (sound.what, sound.at, sound.latest) == (file, 101.0, 101.0 + LATE_S)
    here.player.deliver(Played(1, 0.0))
    assert here.reports == [CueReport("Hold", Channel.VOICE, Reason.SYSTEM_VOICE)]


@pytest.mark.parametrize(
    ("offset_ms", "at", "latest"), [(200, 101.3, 101.8), (-200, 101.7, 102.0), (500, 101.0, 101.8)]
)
def test_a_late_loudspeaker_is_sent_its_cues_earlier(
    room: Callable[..., Room], offset_ms: int, at: float, latest: float
) -> None:
    here = room(VoiceSettings(sound_offset_ms=offset_ms))
    here.now = 101.0
    here.speaker.tone(Tone.TICK, at=101.5)
    (sound,) = here.sounds
    assert sound.at == pytest.approx(at)
    assert sound.latest == pytest.approx(latest)


def test_a_cue_just_in_time_replaces_its_stand_in(room: Callable[..., Room]) -> None:
    here = room()
    here.speaker.say("Hold", at=101.0)
    assert here.renderer.asked == [("Hold", True)]
    (stand_in,) = here.sounds
    assert (stand_in.what, stand_in.at) == (Tone.SOFT, 101.0 + LATE_S)
    here.now = 101.2
    file = here.ready("Hold")
    assert stand_in.cancelled == [None]
    assert (here.sounds[1].what, here.sounds[1].at) == (file, 101.2)
    here.player.deliver(Played(2, 0.0))
    assert [report.channel for report in here.reports] == [Channel.VOICE]


def test_a_cue_too_slow_to_be_ready_stays_a_tone(room: Callable[..., Room]) -> None:
    here = room()
    here.speaker.say("Hold")
    here.player.deliver(Played(1, 0.0))
    here.now += LATE_S + 0.01
    here.ready("Hold")
    assert [sound.what for sound in here.sounds] == [Tone.SOFT]
    assert here.sounds[0].cancelled == []
    assert here.reports == [CueReport("Hold", Channel.TONES, Reason.CUE_NOT_READY)]


def test_a_cue_the_engine_cannot_say_is_a_tone_from_then_on(room: Callable[..., Room]) -> None:
    here = room()
    here.speaker.prepare(["Hold"])
    choice = here.settings.choice
    here.renderer.deliver(NotRendered("Hold", choice, Reason.CUE_NOT_SPOKEN))
    here.speaker.say("Hold")
    here.player.deliver(Played(1, 0.0))
    assert here.reports == [CueReport("Hold", Channel.TONES, Reason.CUE_NOT_SPOKEN)]
    assert len(here.renderer.asked) == 1


def test_cues_lost_to_a_failing_engine_are_asked_for_again_when_said(
    room: Callable[..., Room],
) -> None:
    """The first of them were taken for bad cues; then the engine turned out to be bad."""
    here = room()
    here.speaker.prepare(["Hold", "Turn"])
    choice = here.settings.choice
    here.renderer.deliver(NotRendered("Hold", choice, Reason.CUE_NOT_SPOKEN))
    here.renderer.trouble = Reason.VOICE_KEEPS_FAILING
    here.renderer.deliver(NotRendered("Turn", choice, Reason.VOICE_KEEPS_FAILING))
    here.speaker.say("Hold")
    here.player.deliver(Played(1, 0.0))
    assert here.reports == [CueReport("Hold", Channel.TONES, Reason.VOICE_KEEPS_FAILING)]
    assert here.renderer.asked[2:] == [("Hold", False)]


def test_without_a_voice_a_tone_marks_the_cue_and_says_why(room: Callable[..., Room]) -> None:
    here = room(VoiceSettings(Wanted.VOICE))
    here.renderer.trouble = Reason.NO_VOICE_ENGINE
    here.speaker.say("Hold", at=101.0)
    assert (here.sounds[0].what, here.sounds[0].at) == (Tone.SOFT, 101.0)
    here.player.deliver(Played(1, 0.0))
    assert here.reports == [CueReport("Hold", Channel.TONES, Reason.NO_VOICE_ENGINE)]


def test_what_was_ready_is_spoken_even_when_the_engine_has_failed(
    room: Callable[..., Room],
) -> None:
    here = room()
    file = here.prepared("Hold")
    here.renderer.trouble = Reason.DISK_FULL
    here.speaker.say("Hold")
    assert here.sounds[0].what == file


def test_a_trouble_that_may_pass_is_tried_again(room: Callable[..., Room]) -> None:
    here = room()
    here.renderer.trouble = Reason.DISK_FULL
    here.speaker.say("Hold")
    here.renderer.deliver(NotRendered("Hold", here.settings.choice, Reason.DISK_FULL))
    here.renderer.trouble = None
    file = here.ready("Hold")
    here.speaker.say("Hold")
    assert [sound.what for sound in here.sounds] == [Tone.SOFT, file]


def test_without_sound_a_cue_is_a_caption_and_says_why(room: Callable[..., Room]) -> None:
    here = room()
    here.prepared("Hold")
    here.player.trouble = Reason.NO_SOUND_DEVICE
    here.speaker.say("Hold")
    here.speaker.tone(Tone.TICK)
    assert here.sounds == []
    assert here.reports == [CueReport("Hold", Channel.CAPTIONS, Reason.NO_SOUND_DEVICE)]


def test_a_sound_lost_on_its_way_is_reported(room: Callable[..., Room]) -> None:
    here = room()
    here.prepared("Hold")
    here.speaker.say("Hold")
    here.player.deliver(NotPlayed(1, Reason.SOUND_LOST))
    assert here.reports == [CueReport("Hold", Channel.CAPTIONS, Reason.SOUND_LOST)]


def test_a_file_that_went_bad_is_rendered_again(room: Callable[..., Room]) -> None:
    here = room()
    here.prepared("Hold")
    here.speaker.say("Hold")
    here.player.deliver(NotPlayed(1, Reason.CUE_NOT_SPOKEN))
    here.speaker.say("Hold")
    assert here.renderer.asked[-1] == ("Hold", True)


def test_nothing_to_say_says_nothing(room: Callable[..., Room]) -> None:
    here = room()
    here.speaker.say(" \U0001f4aa ")
    assert here.sounds == [] and here.reports == []


def test_chosen_tones_mark_a_cue_and_sound_the_countdown(room: Callable[..., Room]) -> None:
    here = room(VoiceSettings(Wanted.TONES))
    here.speaker.say("Hold")
    here.speaker.tone(Tone.TICK)
    assert [sound.what for sound in here.sounds] == [Tone.SOFT, Tone.TICK]


@pytest.mark.parametrize(
    ("wanted", "voice", "heard"),
    [
        (Wanted.VOICE, None, False),
        (Wanted.VOICE, Reason.NO_VOICE_ENGINE, True),
        (Wanted.BOTH, None, True),
        (Wanted.SILENT, None, False),
    ],
)
def test_tones_are_for_those_who_want_them_or_have_no_voice(
    room: Callable[..., Room], wanted: Wanted, voice: Reason | None, heard: bool
) -> None:
    here = room(VoiceSettings(wanted))
    here.renderer.trouble = voice
    here.speaker.tone(Tone.LAST_TICK)
    assert bool(here.sounds) is heard


# -- two cues at a time -----------------------------------------------------------------------


def test_the_next_cue_cuts_the_one_before_at_its_own_start(room: Callable[..., Room]) -> None:
    here = room()
    here.prepared("Bend slowly", 3.0)
    here.prepared("Hold", 1.0)
    here.speaker.say("Bend slowly", at=101.0)
    here.speaker.say("Hold", at=102.0)
    assert here.sounds[0].cancelled == [102.0]


def test_a_small_cue_does_not_interrupt_an_urgent_one(room: Callable[..., Room]) -> None:
    here = room()
    here.prepared("Stop now", 2.0)
    here.prepared("Well done", 1.0)
    here.speaker.say("Stop now", priority=Priority.URGENT)
    here.speaker.say("Well done", at=101.0)
    assert len(here.sounds) == 1 and here.sounds[0].cancelled == []
    assert here.reports == [CueReport("Well done", Channel.CAPTIONS, Reason.CUE_HAS_NO_ROOM)]


def test_an_urgent_cue_takes_back_one_that_was_to_come(room: Callable[..., Room]) -> None:
    here = room()
    here.prepared("Stop now", 2.0)
    here.prepared("Hold", 1.0)
    here.speaker.say("Hold", at=101.0)
    here.speaker.say("Stop now", at=100.5, priority=Priority.URGENT)
    assert here.sounds[0].cancelled == [None]


# -- the end ----------------------------------------------------------------------------------


def test_after_hush_nothing_asked_for_before_is_heard(room: Callable[..., Room]) -> None:
    here = room()
    here.speaker.say("Hold", at=100.2)
    here.speaker.hush()
    here.ready("Hold")
    assert here.player.hushes == 1
    assert [sound.what for sound in here.sounds] == [Tone.SOFT]
    here.player.deliver(Played(1, 0.0))
    assert here.reports == []


def test_hush_makes_room(room: Callable[..., Room]) -> None:
    here = room()
    file = here.prepared("Stop now", 60.0)
    here.speaker.say("Stop now", priority=Priority.URGENT)
    here.speaker.hush()
    here.prepared("Hold")
    here.speaker.say("Hold")
    assert [sound.what for sound in here.sounds] == [file, Path("Hold.wav")]


def test_a_closed_speaker_is_quiet_and_says_so(room: Callable[..., Room]) -> None:
    here = room()
    here.prepared("Hold")
    here.speaker.close()
    here.speaker.close()
    here.speaker.say("Hold")
    assert here.renderer.ended and here.player.ended
    assert here.sounds == []
    assert here.statuses == [SpeakerStatus(Channel.CAPTIONS, Reason.CLOSED)]
    assert here.reports == [CueReport("Hold", Channel.CAPTIONS, Reason.CLOSED)]


def test_a_listener_may_ask_the_speaker(room: Callable[..., Room]) -> None:
    here = room()
    asked: list[SpeakerStatus] = []
    here.speaker.on_status_change = lambda _: asked.append(here.speaker.status)
    here.player.trouble = Reason.SOUND_LOST
    here.player.changed()
    assert asked == [SpeakerStatus(Channel.CAPTIONS, Reason.SOUND_LOST)]


def test_the_silent_speaker_remembers_in_order() -> None:
    silent = SilentSpeaker({"Hold": 0.5})
    reports: list[CueReport] = []
    silent.on_cue = reports.append
    silent.prepare(["Hold"])
    silent.say("Hold", at=3.0)
    silent.tone(Tone.TICK, at=4.0)
    silent.hush()
    silent.close()
    assert silent.heard == [Said("Hold", 3.0, Priority.NORMAL), Toned(Tone.TICK, 4.0)]
    assert (silent.prepared, silent.hushes, silent.closed) == (["Hold"], 1, True)
    assert reports == [CueReport("Hold", Channel.CAPTIONS, Reason.CHOSEN)]
