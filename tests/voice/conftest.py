"""A sound server of the tests' own, with a null sink that can be listened to."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

_RATE = 48000


@dataclass(frozen=True)
class Recording:
    """What came out, -1 to 1, and the `perf_counter` second of its first sample."""

    samples: np.ndarray
    began: float

    def between(self, start: float, end: float) -> np.ndarray:
        first, last = (max(0, round((t - self.began) * _RATE)) for t in (start, end))
        return self.samples[first:last]

    def onset(self, after: float) -> float:
        """Return the second of the first audible sample after the given second."""
        loud = np.flatnonzero(np.abs(self.between(after, after + 60)) > 0.01)
        assert loud.size, "nothing was heard"
        return after + float(loud[0]) / _RATE

    def pitch(self, start: float, end: float) -> float:
        """Return the strongest frequency in hertz."""
        part = self.between(start, end)
        spectrum = np.abs(np.fft.rfft(part * np.hanning(part.size)))
        return float(np.argmax(spectrum)) * _RATE / part.size


class SoundServer:
    """A private pulseaudio; what plays on its null sink can be recorded."""

    def __init__(self, folder: Path) -> None:
        socket = folder / "socket"
        self.environment = {
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_COOKIE": str(folder / "cookie"),
        }
        self._folder = folder
        self._server = subprocess.Popen(
            [
                "pulseaudio",
                *("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}"),
                *("-L", "module-null-sink sink_name=room rate=48000 channels=1"),
            ],
            env={**os.environ, **self.environment, "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 10
        while not socket.exists():
            if time.monotonic() > end or self._server.poll() is not None:
                pytest.skip("pulseaudio does not start here")
            time.sleep(0.02)

    def announce(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in self.environment.items():
            monkeypatch.setenv(name, value)

    def record(self) -> "Recorder":
        return Recorder({**os.environ, **self.environment, "HOME": str(self._folder)})

    def stop(self) -> None:
        self._server.kill()
        self._server.wait()


class Recorder:
    """Records the null sink until `stop`."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [
                "parec",
                *("--raw", f"--rate={_RATE}", "--channels=1", "--format=s16le"),
                *("--latency-msec=5", "--device=room.monitor"),
            ],
            env=environment,
            stdout=subprocess.PIPE,
        )
        self._data = bytearray(self._process.stdout.read(2))

    def until(self, second: float) -> Recording:
        """Record until this `perf_counter` second, then return everything."""
        while time.perf_counter() < second:
            self._data += os.read(self._process.stdout.fileno(), 1 << 16)
        # The newest sample is the only one whose time is known: it has just come in.
        began = time.perf_counter() - len(self._data) / 2 / _RATE
        self.stop()
        whole = bytes(self._data[: len(self._data) // 2 * 2])
        return Recording(np.frombuffer(whole, "<i2") / 32768, began)

    def stop(self) -> None:
        self._process.terminate()
        self._process.stdout.close()
        self._process.wait()


@pytest.fixture(scope="session")
def _lasting_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    # A new null sink gives its first samples to a recorder only after two seconds.
    server = _start_server(tmp_path_factory)
    keeps_it_quick = server.record()
    yield server
    keeps_it_quick.stop()
    server.stop()


@pytest.fixture
def sound_server(_lasting_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> SoundServer:
    """A sound server that every helper started in the test finds by itself."""
    _lasting_server.announce(monkeypatch)
    return _lasting_server


@pytest.fixture
def dying_sound_server(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    """A sound server that the test may stop."""
    server = _start_server(tmp_path_factory)
    server.announce(monkeypatch)
    yield server
    server.stop()


def _start_server(folders: pytest.TempPathFactory) -> SoundServer:
    if not (shutil.which("pulseaudio") and shutil.which("parec")):
        pytest.skip("pulseaudio and parec are not installed")
    return SoundServer(folders.mktemp("pulse"))


@pytest.fixture
def no_sound_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer on which no sound server can be reached."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nowhere'}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
