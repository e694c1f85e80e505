"""Plays through the sound helper without ever waiting for it, and starts it again when it fails."""

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from coach.voice.child_process import ChildProcess, Ended, helper_command
from coach.voice.interface import Device, Reason
from coach.voice.line_protocol import EXIT_NO_DEVICE, EXIT_NO_LIBRARY, Message
from coach.voice.tones import Tone

_TROUBLE = {
    EXIT_NO_DEVICE: Reason.NO_SOUND_DEVICE,
    EXIT_NO_LIBRARY: Reason.NO_SOUND_LIBRARY,
}


@dataclass(frozen=True, slots=True)
class Played:
    """The output took the whole sound, or as much as was not cut off, beginning `late_ms` late."""

    number: int
    late_ms: float


@dataclass(frozen=True, slots=True)
class NotPlayed:
    """A sound was not, or not certainly, heard."""

    number: int
    reason: Reason


Outcome = Played | NotPlayed


@dataclass(frozen=True, slots=True)
class SoundLimits:
    """Seconds to wait.

    `back_off_s` are the pauses before the first, second, ... start in a row that fails; they grow
    long because a computer without sound would otherwise spend its battery on trying.
    """

    start_s: float = 10.0
    beat_s: float = 4.0
    finish_s: float = 2.0
    back_off_s: tuple[float, ...] = (0.2, 1.0, 2.0, 5.0, 15.0, 60.0)


@dataclass(frozen=True, slots=True)
class _FromChild:
    child: ChildProcess
    message: Message | Ended


class _Close:
    """Asks the worker to end."""


class SoundClient:
    """The way to the loudspeaker. Sounds are refused, not queued, while it is closed.

    `trouble` is None while sounds are taken. `clock` gives the seconds in which callers say when.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.perf_counter,
        command: Sequence[str] | None = None,
        limits: SoundLimits | None = None,
        log_file: Path | None = None,
    ) -> None:
        self._clock = clock
        self._command = command or helper_command("coach.voice.sound_helper")
        self._limits = limits or SoundLimits()
        self._log_file = log_file
        self._inbox: SimpleQueue[Message | _FromChild | _Close] = SimpleQueue()
        self._numbers = itertools.count(1)
        self._asked: set[int] = set()
        self._child: ChildProcess | None = None
        self._deadline = 0.0
        self._failures = 0
        self._device: str | None = None
        self._thread: threading.Thread | None = None
        self.trouble: Reason | None = Reason.SOUND_STARTING
        self.devices: tuple[Device, ...] = ()
        self.playing: Device | None = None

    def start(self, deliver: Callable[[Outcome], None], changed: Callable[[], None]) -> None:
        """Start working. Both callables are called on the worker thread."""
        self._deliver = deliver
        self._changed = changed
        self._thread = threading.Thread(target=self._work, name="sound", daemon=True)
        self._thread.start()

    def play(self, sound: Path | Tone, at: float, latest: float, volume: float) -> int | None:
        """Play at the clock's second `at`, not at all after `latest`.

        Returns the number under which the outcome comes, None when there is no sound now.
        """
        if self.trouble is not None:
            return None
        number = next(self._numbers)
        what = {"tone": sound.value} if isinstance(sound, Tone) else {"file": str(sound)}
        shift = time.perf_counter() - self._clock()
        times = {"at": at + shift, "latest": latest + shift}
        self._inbox.put({"op": "play", "id": number, "volume": volume, **times, **what})
        return number

    def cancel(self, number: int, at: float | None = None) -> None:
        """Take a sound back, or cut it off, now or at the clock's second `at`."""
        if at is not None:
            at += time.perf_counter() - self._clock()
        self._inbox.put({"op": "cancel", "id": number, "at": at})

    def hush(self) -> None:
        """Cut everything off, and forget what was to come."""
        self._inbox.put({"op": "hush"})

    def use_device(self, device: str | None) -> None:
        """Play on this output from the next sound on; None for the computer's usual one."""
        self._inbox.put({"op": "device", "id": device})

    def close(self) -> None:
        """Let the worker end its helper and itself; `join` waits for that."""
        self._inbox.put(_Close())

    def join(self) -> None:
        """Wait until the helper is gone."""
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        self._launch()
        while True:
            try:
                item = self._inbox.get(timeout=max(0.0, self._deadline - time.monotonic()))
            except Empty:
                self._overdue()
                continue
            match item:
                case _Close():
                    self._end_helper()
                    return
                case _FromChild(child, message):
                    if child is self._child:
                        self._hear(message)
                case request:
                    self._pass_on(request)

    def _launch(self) -> None:
        try:
            self._child = ChildProcess(
                self._command,
                lambda child, message: self._inbox.put(_FromChild(child, message)),
                self._log_file,
            )
        except OSError:
            self._lost(Reason.SOUND_LOST)
            return
        self._deadline = time.monotonic() + self._limits.start_s
        if self._device is not None:
            self._child.send({"op": "device", "id": self._device})

    def _overdue(self) -> None:
        """Act on a deadline: a pause that is over, or a helper that gives no sign of life."""
        if self._child is None:
            self._launch()
        else:
            self._child.kill()
            self._end_helper()
            self._lost(Reason.SOUND_LOST)

    def _hear(self, message: Message | Ended) -> None:
        if isinstance(message, Ended):
            self._end_helper()
            self._lost(_TROUBLE.get(message.exit_status, Reason.SOUND_LOST))
            return
        self._deadline = time.monotonic() + self._limits.beat_s
        if "beat" in message:
            self._failures = 0  # only now: one that dies as it starts must not start at full speed
        elif "devices" in message:
            self.devices = tuple(Device(each["id"], each["name"]) for each in message["devices"])
            self.playing = next((each for each in self.devices if each.id == message["on"]), None)
            self._show(None)
        elif "id" in message and message["id"] in self._asked:
            self._asked.remove(message["id"])
            self._deliver(_outcome(message))

    def _pass_on(self, request: Message) -> None:
        op = request["op"]
        if op == "device":
            self._device = request["id"]
        elif op == "hush":
            self._asked.clear()
        elif op == "cancel" and request["at"] is None:
            self._asked.discard(request["id"])
        elif op == "play" and self._child is None:
            self._deliver(NotPlayed(request["id"], self.trouble or Reason.SOUND_LOST))
        elif op == "play":
            self._asked.add(request["id"])
        if self._child is not None:
            self._child.send(request)

    def _lost(self, reason: Reason) -> None:
        pauses = self._limits.back_off_s
        self._deadline = time.monotonic() + pauses[min(self._failures, len(pauses) - 1)]
        self._failures += 1
        self.devices, self.playing = (), None
        self._show(reason)
        for number in sorted(self._asked):
            self._deliver(NotPlayed(number, reason))
        self._asked.clear()

    def _end_helper(self) -> None:
        if self._child is not None:
            self._child.finish(self._limits.finish_s)
            self._child = None

    def _show(self, trouble: Reason | None) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self._changed()


def _outcome(message: Message) -> Outcome:
    if "failed" in message:
        return NotPlayed(message["id"], Reason(message["failed"]))
    return Played(message["id"], message["late_ms"])
