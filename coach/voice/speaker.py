"""The coach's voice as a session uses it: speech where there is any, else tones, else captions."""

import atexit
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, assert_never

from coach.voice.cache import CachedCue, CueCache
from coach.voice.cue_text import clean
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
    VoiceChoice,
    VoiceInfo,
    VoiceSettings,
    Wanted,
)
from coach.voice.render_client import NotRendered, RenderClient, Rendered, Result
from coach.voice.sound_client import NotPlayed, Outcome, Played, SoundClient
from coach.voice.talk import Speech, Talk
from coach.voice.tones import Tone
from coach.voice.voices import pick_voice

LATE_S = 0.3
"""A timed cue may start this many seconds late; after that its movement has gone on without it."""

LATE_UNTIMED_S = 2.0
"""The same for a cue that has no moment of its own."""


class Renderer(Protocol):
    """Makes cues ready; see RenderClient."""

    trouble: Reason | None
    origin: Reason
    usual: str | None
    voices: tuple[VoiceInfo, ...]

    def start(self, deliver: Callable[[Result], None], changed: Callable[[], None]) -> None:
        """Start working."""

    def request(self, text: str, choice: VoiceChoice, *, urgent: bool = False) -> None:
        """Ask for a cue."""

    def close(self) -> None:
        """Begin to end."""

    def join(self) -> None:
        """Wait for the end."""


class Player(Protocol):
    """Plays sounds; see SoundClient."""

    trouble: Reason | None
    devices: tuple[Device, ...]
    playing: Device | None

    def start(self, deliver: Callable[[Outcome], None], changed: Callable[[], None]) -> None:
        """Start working."""

    def play(self, sound: Path | Tone, at: float, latest: float, volume: float) -> int | None:
        """Play, or refuse with None."""

    def cancel(self, number: int, at: float | None = None) -> None:
        """Take back, or cut off."""

    def hush(self) -> None:
        """Cut everything off."""

    def use_device(self, device: str | None) -> None:
        """Choose the output."""

    def close(self) -> None:
        """Begin to end."""

    def join(self) -> None:
        """Wait for the end."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A cue to be heard: start and latest start in clock seconds."""

    text: str
    start: float
    latest: float
    priority: Priority


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A cue that is still being rendered, with the tone that takes its place if that is slow."""

    wish: _Wish
    deadline: float
    stand_in: int | None


class Speaker:
    """The `Voice` of the window. Safe to call from any thread; no call but `close` waits.

    A cue that is not rendered when it is asked for is spoken if it becomes ready within 0.3 s,
    else a soft tone marks its moment. Two cues never speak at once: see `Priority`.
    """

    def __init__(
        self,
        renderer: Renderer,
        player: Player,
        settings: VoiceSettings,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.on_status_change: StatusListener | None = None
        self.on_cue: CueListener | None = None
        self._renderer = renderer
        self._player = player
        self._settings = settings
        self._clock = clock
        self._lock = threading.RLock()
        self._texts: dict[str, str] = {}
        self._ready: dict[str, CachedCue] = {}
        self._failed: set[str] = set()
        self._asked: set[str] = set()
        self._waiting: dict[str, list[_Waiting]] = {}
        self._talk = Talk()
        self._outcomes: dict[int, CueReport] = {}
        self._reports: list[CueReport] = []
        self._closed = False
        self._told = self.status

    @property
    def status(self) -> SpeakerStatus:
        """What can be heard now, and why."""
        wanted = self._settings.wanted
        if self._closed:
            return SpeakerStatus(Channel.CAPTIONS, Reason.CLOSED)
        if wanted is Wanted.SILENT:
            return SpeakerStatus(Channel.CAPTIONS, Reason.CHOSEN)
        if (trouble := self._player.trouble) is not None:
            return SpeakerStatus(Channel.CAPTIONS, trouble)
        if wanted is Wanted.TONES:
            return SpeakerStatus(Channel.TONES, Reason.CHOSEN)
        if (trouble := self._renderer.trouble) is not None:
            return SpeakerStatus(Channel.TONES, trouble)
        return SpeakerStatus(Channel.VOICE, self._renderer.origin)

    @property
    def health(self) -> SoundHealth:
        """How voice and loudspeaker are, each by itself."""
        renderer = self._renderer
        trouble = renderer.trouble
        voice_id = pick_voice(renderer.voices, renderer.usual, self._settings.choice)
        return SoundHealth(
            speaks=trouble is None,
            voice=trouble or renderer.origin,
            speaking=next((voice for voice in renderer.voices if voice.id == voice_id), None),
            sound=Reason.CLOSED if self._closed else self._player.trouble,
            playing=self._player.playing,
        )

    @property
    def durations(self) -> Mapping[str, float]:
        """Text to seconds from its start to the end of its last word, for cues that are ready."""
        with self._lock:
            return {
                text: self._ready[words].heard_s
                for text, words in self._texts.items()
                if words in self._ready
            }

    @property
    def voices(self) -> Sequence[VoiceInfo]:
        """The voices to choose from; empty until the speech engine has answered."""
        return self._renderer.voices

    @property
    def devices(self) -> Sequence[Device]:
        """The sound outputs there are now; empty until sound has started."""
        return self._player.devices

    def start(self) -> None:
        """Start both helpers. Early is good: the first sound of a new output may come late."""
        atexit.register(self.close)
        if self._settings.device is not None:
            self._player.use_device(self._settings.device)
        self._player.start(self._on_outcome, self._tell)
        self._renderer.start(self._on_rendered, self._tell)

    def configure(self, settings: VoiceSettings) -> None:
        """Use other settings from now on; prepared cues are prepared again if they sound otherwise.

        What is being heard goes on as it is.
        """
        with self._lock:
            before, self._settings = self._settings, settings
            if settings.device != before.device:
                self._player.use_device(settings.device)
            if settings.choice != before.choice:
                self._ready.clear()
                self._failed.clear()
                self._asked.clear()
                for words in dict.fromkeys(self._texts.values()):
                    self._request(words)
        self._tell()

    def prepare(self, texts: Sequence[str]) -> None:
        """Make these cues ready in the background, in this order."""
        with self._lock:
            for text in texts:
                words = clean(text)
                if words:
                    self._texts[text] = words
                    if not self._known(words):
                        self._request(words)

    def say(self, text: str, at: float | None = None, priority: Priority = Priority.NORMAL) -> None:
        """Speak at the clock's second `at`, or now. How it came out goes to `on_cue`."""
        words = clean(text)
        if not words:
            return
        with self._lock:
            start, latest = self._times(at)
            wish = _Wish(text, start, latest, priority)
            status = self.status
            if status.channel is Channel.CAPTIONS:
                self._report(text, Channel.CAPTIONS, status.reason)
            elif self._settings.wanted is Wanted.TONES:
                self._mark(wish, Reason.CHOSEN)
            else:
                self._texts.setdefault(text, words)
                self._say_or_wait(words, wish)
        self._tell()

    def tone(self, name: Tone, at: float | None = None) -> None:
        """Sound a tone at the clock's second `at`, or now.

        Silent for somebody who wants the voice alone, unless there is no voice.
        """
        with self._lock:
            channel = self.status.channel
            voice_alone = self._settings.wanted is Wanted.VOICE and channel is Channel.VOICE
            if channel is not Channel.CAPTIONS and not voice_alone:
                start, latest = self._times(at)
                self._player.play(name, start, latest, self._settings.volume)

    def hush(self) -> None:
        """Silence at once; nothing asked for before is heard after."""
        with self._lock:
            self._waiting.clear()
            self._talk.clear()
            self._outcomes.clear()
            self._player.hush()

    def close(self) -> None:
        """End both helpers and wait until they are gone; 2 s at most for one that hangs.

        Not to be called from a listener, whose thread would wait for itself.
        """
        with self._lock:
            if self._closed:
                return
            self.hush()
            self._closed = True
        atexit.unregister(self.close)
        for part in (self._player, self._renderer):
            part.close()
        for part in (self._player, self._renderer):
            part.join()
        self._tell()

    def _times(self, at: float | None) -> tuple[float, float]:
        now = self._clock()
        if at is None:
            return now, now + LATE_UNTIMED_S
        due = at - self._settings.sound_offset_ms / 1000
        return max(now, due), max(at, due) + LATE_S

    def _known(self, words: str) -> bool:
        return words in self._ready or words in self._failed or words in self._asked

    def _request(self, words: str, *, urgent: bool = False) -> None:
        self._asked.add(words)
        self._renderer.request(words, self._settings.choice, urgent=urgent)

    def _say_or_wait(self, words: str, wish: _Wish) -> None:
        trouble = self._renderer.trouble
        if words in self._ready:
            # Even when the engine has failed since: the file is there.
            self._speak(self._ready[words], wish)
        elif words in self._failed:
            self._mark(wish, Reason.CUE_NOT_SPOKEN)
        elif trouble is None or trouble is Reason.VOICE_STARTING:
            self._wait(words, wish)
        else:
            self._mark(wish, trouble)
            # The trouble may have passed, as when the disk was full.
            self._request(words)

    def _wait(self, words: str, wish: _Wish) -> None:
        self._request(words, urgent=True)
        deadline = wish.start + LATE_S
        late = _Wish(wish.text, deadline, deadline + LATE_S, wish.priority)
        stand_in = self._mark(late, Reason.CUE_NOT_READY)
        self._waiting.setdefault(words, []).append(_Waiting(wish, deadline, stand_in))

    def _speak(self, cue: CachedCue, wish: _Wish) -> None:
        start, end = wish.start, wish.start + cue.heard_s
        displaced = self._talk.displaced(start, end, wish.priority, self._clock())
        if displaced is None:
            self._report(wish.text, Channel.CAPTIONS, Reason.CUE_HAS_NO_ROOM)
            return
        number = self._player.play(cue.file, start, wish.latest, self._settings.volume)
        if number is None:
            self._report_refusal(wish)
            return
        for speech in displaced:
            self._player.cancel(speech.number, start if speech.start < start else None)
        self._talk.replace(displaced, by=Speech(number, start, end, wish.priority))
        self._outcomes[number] = CueReport(wish.text, Channel.VOICE, self._renderer.origin)

    def _mark(self, wish: _Wish, reason: Reason) -> int | None:
        """Sound the soft tone in place of a cue."""
        number = self._player.play(Tone.SOFT, wish.start, wish.latest, self._settings.volume)
        if number is None:
            self._report_refusal(wish)
        else:
            self._outcomes[number] = CueReport(wish.text, Channel.TONES, reason)
        return number

    def _on_rendered(self, result: Result) -> None:
        with self._lock:
            if result.choice == self._settings.choice:
                self._asked.discard(result.text)
                match result:
                    case Rendered():
                        self._ready[result.text] = result.cue
                        self._catch_up(result.text, result.cue)
                    case NotRendered():
                        self._waiting.pop(result.text, None)
                        if result.reason is Reason.CUE_NOT_SPOKEN:
                            self._failed.add(result.text)
                        elif result.reason is Reason.VOICE_KEEPS_FAILING:
                            self._failed.clear()  # it was not these cues' own fault
                    case _:
                        assert_never(result)
        self._tell()

    def _catch_up(self, words: str, cue: CachedCue) -> None:
        now = self._clock()
        for waiting in self._waiting.pop(words, []):
            if now > waiting.deadline:
                continue
            if waiting.stand_in is not None:
                self._player.cancel(waiting.stand_in)
                self._outcomes.pop(waiting.stand_in, None)
            wish = waiting.wish
            start = max(now, wish.start)
            latest = max(wish.latest, start + LATE_S)
            self._speak(cue, _Wish(wish.text, start, latest, wish.priority))

    def _on_outcome(self, outcome: Outcome) -> None:
        with self._lock:
            meant = self._outcomes.pop(outcome.number, None)
            if meant is not None:
                match outcome:
                    case Played():
                        self._report(meant.text, meant.channel, meant.reason)
                    case NotPlayed():
                        self._forget_damaged(meant, outcome.reason)
                        self._report(meant.text, Channel.CAPTIONS, outcome.reason)
                    case _:
                        assert_never(outcome)
        self._tell()

    def _forget_damaged(self, meant: CueReport, reason: Reason) -> None:
        # The file went bad or away after it was made; the next time it is rendered again.
        if meant.channel is Channel.VOICE and reason is Reason.CUE_NOT_SPOKEN:
            self._ready.pop(clean(meant.text), None)

    def _report_refusal(self, wish: _Wish) -> None:
        reason = self._player.trouble or Reason.SOUND_LOST
        self._report(wish.text, Channel.CAPTIONS, reason)

    def _report(self, text: str, channel: Channel, reason: Reason) -> None:
        self._reports.append(CueReport(text, channel, reason))

    def _tell(self) -> None:
        """Tell the listeners, without the lock: a listener may wait for a thread that wants it."""
        with self._lock:
            reports, self._reports = self._reports, []
            status = self.status
            changed, self._told = status != self._told, status
        if changed and self.on_status_change is not None:
            self.on_status_change(status)
        for report in reports:
            if self.on_cue is not None:
                self.on_cue(report)


def open_speaker(
    cache_folder: Path,
    settings: VoiceSettings,
    *,
    log_folder: Path | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Speaker:
    """Return a speaker with the real helpers, not yet started.

    `cache_folder` keeps spoken cues between runs. `log_folder` gets what the helpers' libraries
    print; cue texts are never in it.
    """
    return Speaker(
        RenderClient(
            CueCache(cache_folder), log_file=log_folder and log_folder / "voice-helper.log"
        ),
        SoundClient(clock=clock, log_file=log_folder and log_folder / "sound-helper.log"),
        settings,
        clock,
    )
