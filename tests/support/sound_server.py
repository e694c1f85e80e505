"""A sound server of the tests' own, with outputs nobody hears that can be listened to."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

RATE = 48_000
_LOCAL_S = 1.0
"""The server's clock and ours drift apart, so a moment is read from arrivals this near to it."""

_EARLIEST = 10
"""Per cent of the arrivals that count as early."""


class NoSoundServerError(Exception):
    """There can be no sound server here; the text says why."""


@dataclass(frozen=True)
class Recording:
    """What came out, -1 to 1, and when it came in: `perf_counter` seconds and samples so far."""

    samples: np.ndarray
    arrived_s: np.ndarray
    arrived_n: np.ndarray

    def when(self, sample: int) -> float:
        """The `perf_counter` second of a sample."""
        k = int(np.searchsorted(self.arrived_n, sample + 1))
        return self._offset(k) + sample / RATE

    def at(self, second: float) -> int:
        """The sample of a `perf_counter` second."""
        k = int(np.searchsorted(self.arrived_s, second))
        return max(0, min(round((second - self._offset(k)) * RATE), self.samples.size))

    def _offset(self, k: int) -> float:
        """What lies between our clock and the server's around an arrival.

        A recorder that has to wait for a processor reads late and never early, so the earliest
        arrivals tell.
        """
        middle = self.arrived_s[min(k, self.arrived_s.size - 1)]
        first, last = np.searchsorted(self.arrived_s, (middle - _LOCAL_S, middle + _LOCAL_S))
        offsets = self.arrived_s[first:last] - self.arrived_n[first:last] / RATE
        return float(np.percentile(offsets, _EARLIEST))

    def between(self, start: float, end: float) -> np.ndarray:
        """The samples of a stretch of `perf_counter` seconds."""
        return self.samples[self.at(start) : self.at(end)]

    def onset(self, after: float) -> float:
        """The second of the first audible sample after the given second."""
        first = self.at(after)
        loud = np.flatnonzero(np.abs(self.samples[first:]) > 0.01)
        assert loud.size, "nothing was heard"
        return self.when(first + int(loud[0]))

    def pitch(self, start: float, end: float) -> float:
        """The strongest frequency in hertz."""
        part = self.between(start, end)
        spectrum = np.abs(np.fft.rfft(part * np.hanning(part.size)))
        return float(np.argmax(spectrum)) * RATE / part.size


class SoundServer:
    """A private pulseaudio with one output, `room`; more can be plugged in and pulled out.

    Raises NoSoundServerError where there can be none.
    """

    def __init__(self, folder: Path) -> None:
        for program in ("pulseaudio", "parec", "pactl"):
            if shutil.which(program) is None:
                raise NoSoundServerError(f"{program} is not installed")
        socket = folder / "socket"
        self.environment = {
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_COOKIE": str(folder / "cookie"),
        }
        self._folder = folder
        self._modules: dict[str, str] = {}
        self._server = subprocess.Popen(
            [
                "pulseaudio",
                *("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}"),
            ],
            env=self._whole_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 10
        while not socket.exists():
            if time.monotonic() > end or self._server.poll() is not None:
                self.stop()
                raise NoSoundServerError("pulseaudio does not start here")
            time.sleep(0.02)
        self.plug_in("room")

    def _whole_environment(self) -> Mapping[str, str]:
        return {**os.environ, **self.environment, "HOME": str(self._folder)}

    def _control(self, *arguments: str) -> str:
        ran = subprocess.run(
            ["pactl", *arguments],
            env=self._whole_environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout.strip()

    def plug_in(self, name: str) -> None:
        """Add an output; it does not become the usual one if there is one."""
        self._modules[name] = self._control(
            *("load-module", "module-null-sink", f"sink_name={name}"),
            *(f"rate={RATE}", "channels=1", f"sink_properties=device.description={name}"),
        )

    def pull_out(self, name: str) -> None:
        """Take an output away while it may be playing."""
        self._control("unload-module", self._modules.pop(name))

    def make_usual(self, name: str) -> None:
        """Let whoever asks for no output in particular get this one."""
        self._control("set-default-sink", name)

    def mute(self, name: str, *, muted: bool = True) -> None:
        """Turn an output off as the person would, without anybody being told."""
        self._control("set-sink-mute", name, "1" if muted else "0")

    def record(self, name: str = "room") -> "Recorder":
        """Listen to an output from now on."""
        return Recorder(self._whole_environment(), name)

    def stop(self) -> None:
        """End at once, as in a crash."""
        self._server.kill()
        self._server.wait()


def start_server(folders: pytest.TempPathFactory) -> SoundServer:
    """A server for a test, which is skipped with the reason where there can be none."""
    try:
        return SoundServer(folders.mktemp("pulse"))
    except NoSoundServerError as reason:
        pytest.skip(str(reason))


@contextmanager
def running_server(folders: pytest.TempPathFactory) -> Iterator[SoundServer]:
    """A server that is stopped in the end, if the test has not done so."""
    server = start_server(folders)
    yield server
    server.stop()


@contextmanager
def quick_server(folders: pytest.TempPathFactory) -> Iterator[SoundServer]:
    """A server for many tests, kept awake by being recorded.

    A new null sink gives its first samples to a recorder only after two seconds.
    """
    with running_server(folders) as server:
        keeps_it_quick = server.record()
        yield server
        keeps_it_quick.stop()


def announce(server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every helper started in the test find the server by itself."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)


class Recorder:
    """Records an output on a thread until it is stopped."""

    def __init__(self, environment: Mapping[str, str], name: str) -> None:
        self._process = subprocess.Popen(
            [
                "parec",
                *("--raw", f"--rate={RATE}", "--channels=1", "--format=s16le"),
                *("--latency-msec=5", f"--device={name}.monitor"),
            ],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._data = bytearray()
        self._arrivals: list[tuple[float, int]] = []
        begun = threading.Event()
        self._thread = threading.Thread(target=self._read, args=(begun,), daemon=True)
        self._thread.start()
        begun.wait(10)

    def _read(self, begun: threading.Event) -> None:
        stdout = self._process.stdout
        assert stdout is not None
        with stdout:
            while heard := os.read(stdout.fileno(), 1 << 16):
                self._data += heard
                self._arrivals.append((time.perf_counter(), len(self._data) // 2))
                begun.set()

    def until(self, second: float) -> Recording:
        """Record until this `perf_counter` second, then return everything."""
        while time.perf_counter() < second:
            time.sleep(0.01)
        self.stop()
        assert self._arrivals, "the server gave nothing to record"
        whole = bytes(self._data[: len(self._data) // 2 * 2])
        arrived_s, arrived_n = (np.array(each) for each in zip(*self._arrivals, strict=True))
        samples = (np.frombuffer(whole, "<i2") / np.float32(32768)).astype(np.float32)
        return Recording(samples, arrived_s, arrived_n)

    def stop(self) -> None:
        """End the recording."""
        self._process.terminate()
        self._process.wait()
        self._thread.join()
