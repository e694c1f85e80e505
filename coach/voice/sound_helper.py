"""Helper process that plays tones and cues with QtMultimedia. Run, never imported, by the window.

Requests, one JSON object a line: `{"op": "play", "id", "at", "latest", "volume"}` with "file" or
"tone", `{"op": "cancel", "id", "at"}`, `{"op": "hush"}` and `{"op": "device", "id"}`. Times are
seconds of `time.perf_counter()`, which all processes of a computer share. It answers
`{"ready": true, "devices", "on"}` once and whenever outputs come or go, `{"id", "late_ms"}` or
`{"id", "failed"}` for every sound when the output has taken all of it or will not, and
`{"beat": true}` every second.

Qt never finds a sound server that was started after it, and aborts when the server dies. So this
process leaves when there is no device, and its parent starts it again. Nor does Qt notice every
output that goes away: one that cannot be opened any more gives way to the next.
"""

import heapq
import itertools
import os
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coach.voice.interface import Reason
from coach.voice.line_protocol import (
    EXIT_NO_DEVICE,
    EXIT_NO_LIBRARY,
    Message,
    claim_stdout,
    listen,
)
from coach.voice.tones import Tone, tone_sound
from coach.voice.wav import DamagedSoundError, Sound, read_sound

try:
    from PySide6.QtCore import (
        QBuffer,
        QByteArray,
        QCoreApplication,
        QIODevice,
        QObject,
        Qt,
        QTimer,
        Signal,
    )
    from PySide6.QtMultimedia import QAudio, QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices
except ImportError:
    # libpulse is not everywhere, and without it the module does not even load.
    sys.exit(EXIT_NO_LIBRARY)

LOOK_AHEAD_S = 0.25
"""A sound is started this early behind just as much silence: a stall of 200 ms moves nothing."""

_SINKS = 3
"""One for the voice, one for a tone over it, one for what is already being started ahead."""

_BEAT_MS = 1000
_WARM_UP_S = 0.25
_NOWHERE = b"auto_null"
"""The output that PulseAudio and PipeWire make up while there is none: nothing on it is heard."""

_PATIENCE_S = 3.0
"""How long after its end an output may go on taking a sound; one that needs longer stands still.

Outputs that slept take up to two seconds to wake.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A sound that was asked for, and how late it began."""

    number: int
    late_ms: float


class Sink:
    """One open output. Takes one sound at a time, and tells how it ended: taken, or not."""

    def __init__(self, owner: QObject, ended: Callable[[Asked, bool], None]) -> None:
        self.playing: Asked | None = None
        self.busy_until = 0.0
        self._owner = owner
        self._ended = ended
        self._buffer = QBuffer(owner)
        self._sink: QAudioSink | None = None
        self._opened: tuple[int, int, bytes] | None = None

    def play(
        self, asked: Asked | None, sound: Sound, at: float, volume: float, device: QAudioDevice
    ) -> str | None:
        """Start now, with silence until second `at` and then the sound; returns Qt's error."""
        self.stop()
        sink = self._sink_for(sound, device)
        sink.setVolume(volume)
        pcm = sound.pcm()
        self._buffer.close()
        # Last of all, because whatever is done between here and the start makes the sound late.
        wait_s = max(0.0, at - time.perf_counter())
        silence = bytes(2 * sound.channels * round(wait_s * sound.rate))
        self._buffer.setData(QByteArray(silence + pcm))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        sink.start(self._buffer)
        # The enumeration does not compare equal to itself across Qt's two names for it.
        error = str(sink.error().name)
        if error != "NoError":
            return error
        self.playing = asked
        self.busy_until = time.perf_counter() + wait_s + sound.seconds
        return None

    def stop(self) -> None:
        """Silence at once; what was heard until then counts as taken."""
        self._end(taken=True)
        self.busy_until = 0.0
        if self._sink is not None:
            self._sink.stop()

    def look(self) -> None:
        """Give up a sound that should have been over long ago."""
        if self.playing is not None and time.perf_counter() > self.busy_until + _PATIENCE_S:
            self._end(taken=False)

    def _state_changed(self, state: QAudio.State) -> None:
        if state == QAudio.State.IdleState and self._buffer.atEnd():
            self._end(taken=True)
        elif state == QAudio.State.StoppedState:
            self._end(taken=False)

    def _end(self, *, taken: bool) -> None:
        # Forgotten first: stopping makes the output tell its state once more.
        asked, self.playing = self.playing, None
        if asked is not None:
            self._ended(asked, taken)

    def _sink_for(self, sound: Sound, device: QAudioDevice) -> QAudioSink:
        wanted = (sound.rate, sound.channels, bytes(device.id().data()))
        if self._sink is None or wanted != self._opened:
            if self._sink is not None:
                self._sink.deleteLater()
            shape = QAudioFormat()
            shape.setSampleRate(sound.rate)
            shape.setChannelCount(sound.channels)
            shape.setSampleFormat(QAudioFormat.SampleFormat.Int16)
            self._sink = QAudioSink(device, shape, self._owner)
            self._sink.stateChanged.connect(self._state_changed)
            self._opened = wanted
        return self._sink


class Playback(QObject):
    """Plays what is asked for, on the beat."""

    requested = Signal(dict)

    def __init__(self, answer: Callable[[Message], None]) -> None:
        super().__init__()
        self._answer = answer
        self._order = itertools.count()
        self._plan: list[tuple[float, int, Message]] = []
        self._tones: dict[Tone, Sound] = {}
        self._chosen = b""
        self._gone: set[bytes] = set()
        self._media = QMediaDevices(self)
        self._device = self._find_device()
        self._sinks = [Sink(self, self._tell_end) for _ in range(_SINKS)]
        self._alarm = QTimer(self)
        self._alarm.setSingleShot(True)
        self._alarm.setTimerType(Qt.TimerType.PreciseTimer)
        self._alarm.timeout.connect(self._work)
        self._beat = QTimer(self)
        self._beat.timeout.connect(self._show_life)
        self._media.audioOutputsChanged.connect(self._look_again)
        self.requested.connect(self._take)

    def begin(self) -> None:
        """Open the output, and say so."""
        self._warm_up()
        self._tell_devices()
        self._beat.start(_BEAT_MS)

    def _warm_up(self) -> None:
        """Play silence: opening takes up to 100 ms the first time, and waking up seconds."""
        silence = tone_sound(Tone.TICK)
        for sink in self._sinks:
            if sink.playing is None:
                sink.play(None, silence, time.perf_counter() + _WARM_UP_S, 0.0, self._device)

    @property
    def has_device(self) -> bool:
        """Whether there is anything to play on."""
        return not self._device.isNull()

    def _take(self, request: Message) -> None:
        op = request["op"]
        if op == "play":
            self._put(request["at"] - LOOK_AHEAD_S, request)
        elif op == "cancel" and request["at"] is not None:
            self._put(request["at"], request)
        elif op == "cancel":
            self._cancel(request["id"])
        elif op == "hush":
            self._plan.clear()
            for sink in self._sinks:
                sink.stop()
        elif op == "device":
            self._chosen = b64decode(request["id"] or "")
            self._look_again()
        self._set_alarm()

    def _put(self, when: float, request: Message) -> None:
        heapq.heappush(self._plan, (when, next(self._order), request))

    def _set_alarm(self) -> None:
        if self._plan:
            self._alarm.start(max(0, int(1000 * (self._plan[0][0] - time.perf_counter()))))
        else:
            self._alarm.stop()

    def _work(self) -> None:
        while self._plan and self._plan[0][0] <= time.perf_counter() + 0.001:
            _, _, request = heapq.heappop(self._plan)
            if request["op"] == "cancel":
                self._cancel(request["id"])
            else:
                self._play(request)
        self._set_alarm()

    def _cancel(self, number: int) -> None:
        self._plan = [entry for entry in self._plan if entry[2]["id"] != number]
        heapq.heapify(self._plan)
        for sink in self._sinks:
            if sink.playing is not None and sink.playing.number == number:
                sink.stop()

    def _play(self, request: Message) -> None:
        now = time.perf_counter()
        if now > request["latest"]:
            self._answer({"id": request["id"], "failed": Reason.CUE_TOO_LATE})
            return
        try:
            sound = self._sound(request)
        except DamagedSoundError:
            self._answer({"id": request["id"], "failed": Reason.CUE_NOT_SPOKEN})
            return
        sink = min(self._sinks, key=lambda sink: sink.busy_until)
        asked = Asked(request["id"], round(1000 * max(0.0, now - request["at"]), 1))
        while error := sink.play(asked, sound, request["at"], request["volume"], self._device):
            self._give_up_device(error)

    def _tell_end(self, asked: Asked, taken: bool) -> None:  # noqa: FBT001 - a callback
        if taken:
            self._answer({"id": asked.number, "late_ms": asked.late_ms})
        else:
            self._answer({"id": asked.number, "failed": Reason.SOUND_LOST})

    def _show_life(self) -> None:
        for sink in self._sinks:
            sink.look()
        self._answer({"beat": True})

    def _sound(self, request: Message) -> Sound:
        if "file" in request:
            return read_sound(Path(request["file"]))
        tone = Tone(request["tone"])
        if tone not in self._tones:
            self._tones[tone] = tone_sound(tone)
        return self._tones[tone]

    def _outputs(self) -> dict[bytes, QAudioDevice]:
        outputs = {bytes(device.id().data()): device for device in QMediaDevices.audioOutputs()}
        return {key: each for key, each in outputs.items() if key not in {_NOWHERE, *self._gone}}

    def _find_device(self) -> QAudioDevice:
        """The chosen output, else the usual one, else any; an empty one when there is none."""
        outputs = self._outputs()
        usual = bytes(QMediaDevices.defaultAudioOutput().id().data())
        for key in (self._chosen, usual, *outputs):
            if key in outputs:
                return outputs[key]
        return QAudioDevice()

    def _give_up_device(self, error: str) -> None:
        """Go on with another output; leave when there is none."""
        sys.stderr.write(f"{error}\n")
        self._gone.add(bytes(self._device.id().data()))
        self._device = self._find_device()
        if not self.has_device:
            os._exit(EXIT_NO_DEVICE)
        self._tell_devices()

    def _look_again(self) -> None:
        before = self._device
        self._gone.clear()
        self._device = self._find_device()
        if not self.has_device:
            os._exit(EXIT_NO_DEVICE)
        if self._device.id() != before.id():
            self._warm_up()
        self._tell_devices()

    def _tell_devices(self) -> None:
        devices = [
            {"id": b64encode(key).decode(), "name": device.description()}
            for key, device in self._outputs().items()
        ]
        on = b64encode(bytes(self._device.id().data())).decode()
        self._answer({"ready": True, "devices": devices, "on": on})


def main() -> int:
    """Play for the parent process until it leaves."""
    answer = claim_stdout()
    app = QCoreApplication([])
    playback = Playback(answer)
    if not playback.has_device:
        return EXIT_NO_DEVICE
    playback.begin()
    listen(playback.requested.emit)
    return app.exec()


if __name__ == "__main__":
    # Qt's own clean-up may wait for a sound server that no longer answers.
    os._exit(main())
