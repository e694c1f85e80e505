"""Makes cues ready in the background: one worker, one speech helper, and a watch over it."""

import itertools
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, PriorityQueue, SimpleQueue
from typing import NoReturn, assert_never

from coach.voice.cache import CachedCue, CueCache, CueCacheError, cue_key
from coach.voice.child_process import ChildProcess, Ended, helper_command
from coach.voice.interface import Reason, VoiceChoice, VoiceInfo
from coach.voice.line_protocol import Message
from coach.voice.pronunciation import respelled
from coach.voice.voices import pick_voice
from coach.voice.wav import DamagedSoundError


@dataclass(frozen=True, slots=True)
class Rendered:
    """A cue that is ready."""

    text: str
    choice: VoiceChoice
    cue: CachedCue


@dataclass(frozen=True, slots=True)
class NotRendered:
    """A cue that will not become ready."""

    text: str
    choice: VoiceChoice
    reason: Reason


Result = Rendered | NotRendered


@dataclass(frozen=True, slots=True)
class RenderLimits:
    """Seconds to wait, how often to start again, and how many cues in a row may fail.

    A first start may make Windows generate its COM wrappers, hence 15 s; a cue takes 0.01 s.
    """

    start_s: float = 15.0
    cue_s: float = 3.0
    letter_s: float = 0.05
    idle_s: float = 30.0
    finish_s: float = 2.0
    restarts: int = 3
    restarts_within_s: float = 60.0
    failures: int = 3


class _HelperDiedError(Exception):
    """The helper crashed, hung or talked nonsense."""


class _NoVoiceError(Exception):
    """There will be no voice; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Engine:
    """What a helper says about its speech engine."""

    name: str
    origin: Reason
    usual: str | None
    voices: tuple[VoiceInfo, ...]

    def languages(self, voice_id: str) -> tuple[str, ...]:
        return next((voice.languages for voice in self.voices if voice.id == voice_id), ())


@dataclass(frozen=True, slots=True)
class _Helper:
    """A helper that has greeted us."""

    child: ChildProcess
    engine: _Engine


_CLOSE, _SOON, _LATER = range(3)
_Job = tuple[int, int, str, VoiceChoice]


class RenderClient:
    """Renders cues one after the other on a thread of its own; no method waits for it.

    `trouble` is None while cues can be rendered. An engine that fails with `failures` cues in a
    row is in trouble until it makes one; it is asked for every cue all the same. The helper leaves
    after `idle_s` without work and comes back for the next cue.
    """

    def __init__(
        self,
        cache: CueCache,
        *,
        command: Sequence[str] | None = None,
        limits: RenderLimits | None = None,
        log_file: Path | None = None,
    ) -> None:
        self._cache = cache
        self._command = command or helper_command("coach.voice.voice_helper")
        self._limits = limits or RenderLimits()
        self._log_file = log_file
        self._jobs: PriorityQueue[_Job] = PriorityQueue()
        self._numbers = itertools.count(1)
        self._replies: SimpleQueue[tuple[ChildProcess, Message | Ended]] = SimpleQueue()
        self._helper: _Helper | None = None
        self._engine: _Engine | None = None
        self._starts: deque[float] = deque(maxlen=self._limits.restarts + 1)
        self._failures = 0
        self._given_up: Reason | None = None
        self._thread: threading.Thread | None = None
        self.trouble: Reason | None = Reason.VOICE_STARTING
        self.origin = Reason.SYSTEM_VOICE
        self.usual: str | None = None
        self.voices: tuple[VoiceInfo, ...] = ()

    def start(self, deliver: Callable[[Result], None], changed: Callable[[], None]) -> None:
        """Start working. Both callables are called on the worker thread."""
        self._deliver = deliver
        self._changed = changed
        self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
        self._thread.start()

    def request(self, text: str, choice: VoiceChoice, *, urgent: bool = False) -> None:
        """Ask for a clean text; urgent ones come before all others."""
        self._jobs.put((_SOON if urgent else _LATER, next(self._numbers), text, choice))

    def close(self) -> None:
        """Let the worker end its helper and itself; `join` waits for that."""
        self._jobs.put((_CLOSE, 0, "", VoiceChoice()))

    def join(self) -> None:
        """Wait until the helper is gone."""
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        try:
            self._cache.open()
            self._running()
        except (CueCacheError, _NoVoiceError) as problem:
            self._show(_reason(problem))
        while True:
            try:
                urgency, _, text, choice = self._jobs.get(timeout=self._idle_s())
            except Empty:
                self._dismiss()
                continue
            if urgency == _CLOSE:
                self._dismiss()
                return
            self._deliver(self._result(text, choice))

    def _idle_s(self) -> float | None:
        return self._limits.idle_s if self._helper is not None else None

    def _result(self, text: str, choice: VoiceChoice) -> Result:
        try:
            cue = self._cached_or_new(text, choice)
        except (CueCacheError, _NoVoiceError) as problem:
            return self._not_rendered(text, choice, problem)
        except (_HelperDiedError, DamagedSoundError):
            # A full disk shows first in the helper, which cannot tell it from other failures.
            cause = self._cache.explain_no_sound()
            if cause is not None:
                self._starts.clear()  # the engine is not to blame
                return self._not_rendered(text, choice, cause)
            self._failures += 1
            if self._failing is not None:
                self._show(self._failing)
            return NotRendered(text, choice, self._failing or Reason.CUE_NOT_SPOKEN)
        self._show(self._failing)
        return Rendered(text, choice, cue)

    @property
    def _failing(self) -> Reason | None:
        """One bad cue may be the cue's own fault; several in a row are the engine's."""
        failing = self._failures >= self._limits.failures
        return Reason.VOICE_KEEPS_FAILING if failing else self._given_up

    def _not_rendered(
        self, text: str, choice: VoiceChoice, problem: CueCacheError | _NoVoiceError
    ) -> NotRendered:
        reason = _reason(problem)
        self._show(reason)
        return NotRendered(text, choice, reason)

    def _cached_or_new(self, text: str, choice: VoiceChoice) -> CachedCue:
        engine = self._engine or self._running().engine
        voice = pick_voice(engine.voices, engine.usual, choice)
        if voice is None:
            raise _NoVoiceError(Reason.NO_VOICE_FOR_LANGUAGE)
        told = respelled(text, engine.name, engine.languages(voice))
        key = cue_key(told, voice, choice.rate_wpm, engine.name)
        cached = self._cache.find(key)
        if cached is not None:
            return cached
        # The one retry covers a helper that had gone bad before this cue; a cue that fails twice
        # is left alone, so that it cannot use up the restarts of all others.
        try:
            return self._new(key, told, voice, choice.rate_wpm)
        except (_HelperDiedError, DamagedSoundError):
            return self._new(key, told, voice, choice.rate_wpm)

    def _new(self, key: str, text: str, voice: str, rate_wpm: int) -> CachedCue:
        # The macOS engine writes AIFF and hangs on endings it does not know.
        part = self._cache.part(key, ".aiff" if sys.platform == "darwin" else ".wav")
        child = self._running().child
        number = next(self._numbers)
        child.send({"id": number, "text": text, "out": str(part), "voice": voice, "rate": rate_wpm})
        end = time.monotonic() + self._limits.cue_s + self._limits.letter_s * len(text)
        while (reply := self._reply(child, end)).get("id") != number:
            pass
        if reply.get("error"):
            raise DamagedSoundError(str(reply["error"]))
        cue = self._cache.keep(key, part)
        self._failures = 0  # one that was found in the cache says nothing about the engine
        return cue

    def _running(self) -> _Helper:
        """Return a helper that is ready to render, started if need be."""
        while self._helper is None:
            if self._given_up is not None:
                raise _NoVoiceError(self._given_up)
            self._note_start()
            try:
                child = ChildProcess(
                    self._command,
                    lambda child, reply: self._replies.put((child, reply)),
                    self._log_file,
                )
                engine = self._greeting(child)
            except (_HelperDiedError, OSError):
                continue
            self._helper = _Helper(child, engine)
            self._engine = engine
            self.origin = engine.origin
            self.usual = engine.usual
            self.voices = engine.voices
            self._show(self._failing)
        return self._helper

    def _note_start(self) -> None:
        now = time.monotonic()
        recent = len(self._starts) == self._starts.maxlen
        if recent and now - self._starts[0] < self._limits.restarts_within_s:
            self._give_up(Reason.VOICE_KEEPS_FAILING)
        self._starts.append(now)

    def _greeting(self, child: ChildProcess) -> _Engine:
        greeting = self._reply(child, time.monotonic() + self._limits.start_s)
        if not greeting.get("ready"):
            child.finish(self._limits.finish_s)
            self._give_up(Reason.NO_VOICE_ENGINE)
        bundled = greeting["origin"] == "bundled"
        return _Engine(
            name=greeting["engine"],
            origin=Reason.BUNDLED_VOICE if bundled else Reason.SYSTEM_VOICE,
            usual=greeting["usual"],
            voices=tuple(
                VoiceInfo(voice["id"], voice["name"], tuple(voice["languages"]))
                for voice in greeting["voices"]
            ),
        )

    def _give_up(self, reason: Reason) -> NoReturn:
        self._given_up = reason
        raise _NoVoiceError(reason)

    def _reply(self, child: ChildProcess, end: float) -> Message:
        """Return the next message of this helper; end it and raise when none comes by `end`."""
        while True:
            try:
                sender, reply = self._replies.get(timeout=max(0.0, end - time.monotonic()))
            except Empty:
                problem = "no answer"
                break
            if sender is not child:
                continue
            if isinstance(reply, Ended):
                problem = f"exit status {reply.exit_status}"
                break
            return reply
        child.kill()
        child.finish(self._limits.finish_s)
        self._helper = None
        raise _HelperDiedError(problem)

    def _dismiss(self) -> None:
        if self._helper is not None:
            self._helper.child.finish(self._limits.finish_s)
            self._helper = None

    def _show(self, trouble: Reason | None) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self._changed()


def _reason(problem: CueCacheError | _NoVoiceError) -> Reason:
    match problem:
        case CueCacheError():
            return Reason.DISK_FULL if problem.disk_full else Reason.CACHE_UNUSABLE
        case _NoVoiceError():
            return problem.reason
        case _:
            assert_never(problem)
