"""The speech helper against fakes of each system's driver, and against the real espeak-ng."""

import array
import ctypes.util
import json
import sys
import wave
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from coach.voice.child_process import helper_command, helper_environment
from coach.voice.line_protocol import EXIT_NO_ENGINE, Message
from coach.voice.voice_helper import serve, usable_data_path
from coach.voice.wav import read_sound
from helper_processes import talk

HELPER = "coach.voice.voice_helper"


class FakeEngine:
    """pyttsx3's engine as far as the helper uses it; `writes` makes the file."""

    def __init__(self, writes: Callable[[str, Path], None]) -> None:
        self.calls: list[object] = []
        self._writes = writes
        self._next: tuple[str, str] | None = None
        self._on_error: Callable[..., None] | None = None
        self.proxy = SimpleNamespace(setBusy=lambda _busy: None)

    def __str__(self) -> str:
        return "fake"

    def connect(self, topic: str, callback: Callable[..., None]) -> None:
        assert topic == "error"
        self._on_error = callback

    def getProperty(self, name: str) -> object:
        if name == "voice":
            return "anna"
        return [
            SimpleNamespace(id="anna", name="Anna", languages=["de_DE"]),
            SimpleNamespace(id="old", name="Old", languages=[b"\x05en-gb"]),
            SimpleNamespace(id="bare", name="Bare", languages=None),
        ]

    def setProperty(self, name: str, value: object) -> None:
        self.calls.append((name, value))

    def save_to_file(self, text: str, file: str) -> None:
        self._next = (text, file)

    def runAndWait(self) -> None:
        if self._next is not None:
            self.calls.append("file")
            try:
                self._writes(self._next[0], Path(self._next[1]))
            except OSError as problem:
                self._on_error(name=None, exception=problem)


def write_wav(text: str, file: Path) -> None:
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, 16000, 0, "NONE", ""))
        out.writeframes(array.array("h", [4000] * 1600).tobytes())


@pytest.fixture
def drive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., list[Message]]:
    """Serve requests with a fake pyttsx3 on a system of choice; returns the answers."""

    def run(os_name: str, engine: FakeEngine, *texts: str, **modules: ModuleType) -> list[Message]:
        fake = ModuleType("pyttsx3")
        fake.init = lambda: engine
        for name, module in {"pyttsx3": fake, **modules}.items():
            monkeypatch.setitem(sys.modules, name, module)
        monkeypatch.delitem(sys.modules, "pyttsx3.drivers._espeak", raising=False)
        requests = [
            {"id": n, "text": text, "out": str(tmp_path / f"{n}.wav"), "voice": "v", "rate": 160}
            for n, text in enumerate(texts)
        ]
        answers: list[Message] = []
        assert serve(requests, answers.append, os_name) == 0
        return answers

    return run


def com(calls: list[object]) -> ModuleType:
    module = ModuleType("pythoncom")
    module.CoInitialize = lambda: calls.append("CoInitialize")
    return module


def test_windows_opens_com_before_the_engine(drive: Callable[..., list[Message]]) -> None:
    engine = FakeEngine(write_wav)
    answers = drive("win32", engine, "Hold", pythoncom=com(engine.calls))
    assert engine.calls == ["CoInitialize", ("voice", "v"), ("rate", 160), "file"]
    assert answers[1] == {"id": 0, "error": None}


def test_the_voices_of_every_system_get_plain_language_tags(
    drive: Callable[..., list[Message]],
) -> None:
    (greeting,) = drive("darwin", FakeEngine(write_wav))
    assert greeting["ready"] and greeting["origin"] == "system" and greeting["usual"] == "anna"
    tags = {voice["id"]: voice["languages"] for voice in greeting["voices"]}
    assert tags == {"anna": ["de-de"], "old": ["en-gb"], "bare": []}


def test_the_aiff_of_macos_counts_as_spoken(drive: Callable[..., list[Message]]) -> None:
    def write_aiff(text: str, file: Path) -> None:
        rate = b"\x40\x0d\xac\x44" + bytes(6)
        common = b"\x00\x01\x00\x00\x00\x02\x00\x10" + rate
        body = bytes(8) + b"\x10\x00\x20\x00"
        file.write_bytes(
            b"FORM\x00\x00\x00\x36AIFFCOMM\x00\x00\x00\x12"
            + common
            + b"SSND\x00\x00\x00\x0c"
            + body
        )

    answers = drive("darwin", FakeEngine(write_aiff), "Hold")
    assert answers[1]["error"] is None


def test_a_cue_the_driver_loses_is_asked_for_again(drive: Callable[..., list[Message]]) -> None:
    tries: list[str] = []

    def lose_two(text: str, file: Path) -> None:
        tries.append(text)
        if len(tries) == 3:
            write_wav(text, file)

    assert drive("linux", FakeEngine(lose_two), "Hold")[1]["error"] is None
    assert tries == ["Hold"] * 3


def test_an_old_file_never_passes_for_a_new_cue(
    drive: Callable[..., list[Message]], tmp_path: Path
) -> None:
    write_wav("old", tmp_path / "0.wav")
    assert drive("linux", FakeEngine(lambda text, file: None), "Hold")[1]["error"]


def test_an_error_is_told_without_the_words_of_the_cue(
    drive: Callable[..., list[Message]],
) -> None:
    def fail(text: str, file: Path) -> None:
        raise OSError(f"cannot say {text}")

    answer = drive("win32", FakeEngine(fail), "private words", pythoncom=com([]))[1]
    assert "OSError" in answer["error"]
    assert "private" not in json.dumps(answer)


def test_settings_are_sent_only_when_they_change(drive: Callable[..., list[Message]]) -> None:
    engine = FakeEngine(write_wav)
    drive("linux", engine, "one", "two")
    assert engine.calls == [("voice", "v"), ("rate", 160), "file", "file"]


def test_no_engine_is_an_answer_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("you probably do not have eSpeak")

    fake = ModuleType("pyttsx3")
    fake.init = fail
    monkeypatch.setitem(sys.modules, "pyttsx3", fake)
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    answers: list[Message] = []
    assert serve([], answers.append, "linux") == EXIT_NO_ENGINE
    assert answers == [{"ready": False, "error": "you probably do not have eSpeak"}]


def test_only_a_short_path_to_real_data_is_given_to_espeak(tmp_path: Path) -> None:
    assert not usable_data_path(tmp_path)
    (tmp_path / "phontab").touch()
    assert usable_data_path(tmp_path)
    long = tmp_path / ("x" * 140)
    long.mkdir()
    (long / "phontab").touch()
    assert not usable_data_path(long)


# -- the real engine --------------------------------------------------------------------------

has_espeak = pytest.mark.skipif(
    not sys.platform.startswith("linux") or ctypes.util.find_library("espeak-ng") is None,
    reason="libespeak-ng is not installed",
)


def run_real(requests: list[Message], prelude: str = "") -> list[Message]:
    """Talk to the helper program itself; `prelude` may bend its world first."""
    start = f"import runpy\nrunpy.run_module({HELPER!r}, run_name='__main__')"
    code = f"{prelude}\n{start}"
    command = [sys.executable, "-c", code] if prelude else helper_command(HELPER)
    answers, status = talk(command, requests, helper_environment({}))
    assert status == 0
    return answers


def request(number: int, text: str, out: Path, rate: int = 160, voice: str = "gmw/en") -> Message:
    return {"id": number, "text": text, "out": str(out), "voice": voice, "rate": rate}


@has_espeak
def test_espeak_speaks_longer_when_it_speaks_slower(tmp_path: Path) -> None:
    files = {rate: tmp_path / f"{rate}.wav" for rate in (80, 160, 260)}
    answers = run_real(
        [request(rate, "Breathe in and hold", file, rate) for rate, file in files.items()]
    )
    assert [answer.get("error") for answer in answers[1:]] == [None] * 3
    lengths = [read_sound(file).heard_s for file in files.values()]
    assert lengths[0] > 1.5 * lengths[1] > 1.5 * 1.2 * lengths[2] > 0.5
    assert 1.0 < lengths[1] < 1.8


@has_espeak
def test_espeak_loses_no_cue_in_a_row(tmp_path: Path) -> None:
    texts = [f"Repetition {n}" for n in range(1, 31)]
    answers = run_real([request(n, t, tmp_path / f"{n}.wav") for n, t in enumerate(texts)])
    assert [answer["id"] for answer in answers[1:] if answer["error"] is None] == list(range(30))
    assert len({read_sound(file).pcm() for file in tmp_path.glob("*.wav")}) == 30


@has_espeak
def test_languages_sound_different(tmp_path: Path) -> None:
    run_real(
        [
            request(1, "Bein strecken", tmp_path / "en.wav", voice="gmw/en"),
            request(2, "Bein strecken", tmp_path / "de.wav", voice="gmw/de"),
        ]
    )
    english, german = (read_sound(tmp_path / name) for name in ("en.wav", "de.wav"))
    assert english.samples != german.samples


def test_without_a_system_engine_the_bundled_one_speaks(tmp_path: Path) -> None:
    pytest.importorskip("espeakng_loader", reason="the extra 'voice' is not installed")
    hide = (
        "import ctypes as c\n"
        "loaded = []\n"
        "whole = c.CDLL.__init__\n"
        "def init(self, name, *a, **k):\n"
        "    if 'espeakng_loader' in str(name): loaded.append(name)\n"
        "    elif 'espeak' in str(name) and not loaded: raise OSError(name)\n"
        "    whole(self, name, *a, **k)\n"
        "c.CDLL.__init__ = init\n"
    )
    greeting, answer = run_real([request(1, "Hold", tmp_path / "a.wav")], hide)
    assert greeting["origin"] == "bundled"
    assert answer["error"] is None
    assert read_sound(tmp_path / "a.wav").heard_s > 0.2
