"""The speech helper over pyttsx3's own drivers of Windows and macOS, with their systems played.

Neither was run on its system. What is real here is the source of the drivers; SAPI, COM and Cocoa
are stand-ins that do what the drivers ask of them, with the traps of the real ones.
"""

import array
import struct
import sys
import threading
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import pytest

from coach.voice.interface import VoiceChoice, VoiceInfo
from coach.voice.line_protocol import EXIT_NO_ENGINE, Message
from coach.voice.voice_helper import serve
from coach.voice.voices import pick_voice
from coach.voice.wav import read_sound

pytest.importorskip("pyttsx3")


def install(monkeypatch: pytest.MonkeyPatch, **contents: object) -> None:
    """Put modules of another system in place; a dot in a name is written as two underscores."""
    for name, inside in contents.items():
        module = ModuleType(name.replace("__", "."))
        module.__dict__.update(vars(inside))
        monkeypatch.setitem(sys.modules, module.__name__, module)


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Serves requests on a system of choice; returns exit status, answers and the files."""
    for name in [name for name in sys.modules if name.split(".")[0] == "pyttsx3"]:
        monkeypatch.delitem(sys.modules, name)

    def run(system: str, *texts: str, suffix: str, voice: str = "v1", rate: int = 120) -> Any:
        # The drivers are chosen by sys.platform, and so is the helper's way to the engine.
        monkeypatch.setattr(sys, "platform", system)
        files = [tmp_path / f"{n}{suffix}" for n in range(len(texts))]
        requests = [
            {"id": n, "text": text, "out": str(files[n]), "voice": voice, "rate": rate}
            for n, text in enumerate(texts)
        ]
        answers: list[Message] = []
        status = serve(requests, answers.append, system)
        return SimpleNamespace(status=status, answers=answers, files=files)

    yield run
    for name in [name for name in sys.modules if name.split(".")[0] == "pyttsx3"]:
        del sys.modules[name]


# -- Windows: sapi5 over comtypes -------------------------------------------------------------


class ComError(Exception):
    """What a COM call raises; no OSError and no RuntimeError."""


class Token:
    """A voice of SAPI."""

    def __init__(self, id_: str, name: str, language: str) -> None:
        self.Id = id_
        self._name = name
        self._attributes = {"Language": language, "Gender": "Female", "Age": "Adult"}

    def GetDescription(self) -> str:
        return self._name

    def GetAttribute(self, name: str) -> str:
        return self._attributes[name]


class Sapi:
    """SAPI and COM. Every call has to come from the thread that opened COM."""

    SSFMCreateForWrite = 3

    def __init__(self) -> None:
        self.tokens = [Token("v1", "Hazel", "809"), Token("v2", "Hedda", "407")]
        self.threads: set[int] = set()
        self.com_opened_by: list[int] = []
        self.streams: list[Any] = []
        self.rates: list[int] = []
        self.device = True
        self.tells_ends = True
        self.sinks: list[Any] = []
        self.events = 0

    def listen(self, _voice: Any, sink: Any) -> None:
        self.sinks.append(sink)

    def pump(self) -> None:
        """Messages of the event loop: that a stream has ended is told here, or never."""
        events, self.events = self.events, 0
        for _ in range(events if self.tells_ends else 0):
            self.sinks[0]._ISpeechVoiceEvents_EndStream(1, 0)

    def open_com(self) -> None:
        self.com_opened_by.append(threading.get_ident())

    def create(self, name: str) -> Any:
        assert self.com_opened_by == [threading.get_ident()], "COM was not opened on this thread"
        kind = {"SAPI.SPVOICE": SapiVoice, "SAPI.SPFILESTREAM": SapiStream}[name.upper()]
        return kind(self)


class SapiStream:
    def __init__(self, sapi: Sapi) -> None:
        self._sapi = sapi
        self.path = ""
        self.closed = False

    def Open(self, path: str, mode: int) -> None:
        assert mode == Sapi.SSFMCreateForWrite
        assert Path(path).is_absolute(), "a bare name would land in the system's folder"
        self.path = path
        Path(path).write_bytes(b"")

    def close(self) -> None:
        self.closed = True


class SapiVoice:
    def __init__(self, sapi: Sapi) -> None:
        self._sapi = sapi
        self.Voice = sapi.tokens[0]
        self.Volume = 100
        self.EventInterests = 0
        self._out: SapiStream | None = None

    @property
    def Rate(self) -> int:
        return self._sapi.rates[-1]

    @Rate.setter
    def Rate(self, value: int) -> None:
        assert -10 <= value <= 10, "SAPI takes rates from -10 to 10"
        self._sapi.rates.append(value)

    @property
    def AudioOutputStream(self) -> SapiStream | None:
        if not self._sapi.device:
            raise ComError(-2147200966)
        return self._out

    @AudioOutputStream.setter
    def AudioOutputStream(self, stream: SapiStream | None) -> None:
        self._out = stream

    def GetVoices(self) -> list[Token]:
        return self._sapi.tokens

    def Speak(self, text: str, _flags: int = 0) -> None:
        if self._out is None or not text:
            return
        self._sapi.streams.append(self._out)
        self._sapi.events += 1
        with wave.open(self._out.path, "wb") as out:
            out.setparams((1, 2, 22050, 0, "NONE", ""))
            out.writeframes(array.array("h", [4000] * 2205).tobytes())


@pytest.fixture
def sapi(monkeypatch: pytest.MonkeyPatch) -> Sapi:
    made = Sapi()
    client = SimpleNamespace(CreateObject=made.create, GetEvents=made.listen)
    install(
        monkeypatch,
        comtypes=SimpleNamespace(client=client),
        comtypes__client=client,
        comtypes__gen=SimpleNamespace(SpeechLib=made),
        pythoncom=SimpleNamespace(CoInitialize=made.open_com, PumpWaitingMessages=made.pump),
    )
    return made


@pytest.mark.parametrize("tells_ends", [True, False])
def test_windows_writes_each_cue_into_a_file_of_its_own(
    sapi: Sapi, spoken: Callable[..., Any], tells_ends: bool
) -> None:
    """All on one thread, which opened COM before anything else; every stream is closed again.

    It does not hang on events that do not come.
    """
    sapi.tells_ends = tells_ends
    ran = spoken("win32", "Out", "Back", suffix=".wav")
    assert ran.status == 0
    assert [answer.get("error") for answer in ran.answers[1:]] == [None, None]
    assert [stream.path for stream in sapi.streams] == [str(file) for file in ran.files]
    assert all(stream.closed for stream in sapi.streams)
    assert all(read_sound(file).rate == 22050 for file in ran.files)


def test_windows_tells_its_voices_with_plain_language_tags(
    sapi: Sapi, spoken: Callable[..., Any]
) -> None:
    greeting = spoken("win32", suffix=".wav").answers[0]
    assert greeting["ready"] and greeting["usual"] == "v1" and "sapi5" in greeting["engine"]
    tags = [(voice["id"], voice["name"], voice["languages"]) for voice in greeting["voices"]]
    assert tags == [("v1", "Hazel", ["en-gb"]), ("v2", "Hedda", ["de-de"])]


@pytest.mark.parametrize("rate", [80, 260])
def test_windows_can_do_the_slowest_and_the_fastest_rate(
    sapi: Sapi, spoken: Callable[..., Any], rate: int
) -> None:
    """The driver turns words a minute into SAPI's own -10 to 10."""
    ran = spoken("win32", "Out", suffix=".wav", rate=rate)
    assert ran.answers[1]["error"] is None
    assert sapi.rates[-1] < 0 if rate == 80 else sapi.rates[-1] > 0


@pytest.mark.parametrize("language", ["409;9", "", "zzz"])
def test_one_odd_voice_of_windows_does_not_cost_all_of_them(
    sapi: Sapi, spoken: Callable[..., Any], language: str
) -> None:
    """The driver cannot list the voices then; the usual one still speaks."""
    sapi.tokens.append(Token("v3", "Odd", language))
    ran = spoken("win32", "Out", suffix=".wav")
    assert [voice["id"] for voice in ran.answers[0]["voices"]] == ["v1"]
    assert ran.answers[1]["error"] is None
    voices = tuple(VoiceInfo(v["id"], v["name"], ()) for v in ran.answers[0]["voices"])
    assert pick_voice(voices, "v1", VoiceChoice(None, "en")) == "v1"


def test_a_language_windows_does_not_know_is_no_language(
    sapi: Sapi, spoken: Callable[..., Any]
) -> None:
    sapi.tokens.append(Token("v3", "Odd", "7fff"))
    voices = spoken("win32", suffix=".wav").answers[0]["voices"]
    assert voices[-1] == {"id": "v3", "name": "Odd", "languages": []}


def test_windows_without_any_sound_device_fails_each_cue_and_says_so(
    sapi: Sapi, spoken: Callable[..., Any]
) -> None:
    """SAPI wants a device even for a file; the cue's words are in no message."""
    sapi.device = False
    ran = spoken("win32", "Out", "Back", suffix=".wav")
    errors = [answer["error"] for answer in ran.answers[1:]]
    assert all("ComError" in error and "Out" not in error for error in errors)


def test_windows_without_speech_says_that_there_is_no_engine(
    monkeypatch: pytest.MonkeyPatch, sapi: Sapi, spoken: Callable[..., Any]
) -> None:
    def refuse(_name: str) -> None:
        raise ComError("class not registered")

    monkeypatch.setattr(sys.modules["comtypes.client"], "CreateObject", refuse)
    monkeypatch.setattr(sys.modules["comtypes"].client, "CreateObject", refuse)
    ran = spoken("win32", "Out", suffix=".wav")
    assert ran.status == EXIT_NO_ENGINE
    assert ran.answers == [{"ready": False, "error": "class not registered"}]


# -- macOS: nsss over Cocoa -------------------------------------------------------------------


class NsObject:
    """Objects of Cocoa come from alloc().init()."""

    @classmethod
    def alloc(cls) -> "NsObject":
        return cls()

    def init(self) -> "NsObject":
        return self


class Synthesizer(NsObject):
    """Speaks into a file on the run loop, and always as AIFF, whatever the file is called."""

    made: ClassVar["list[Synthesizer]"] = []
    voices: ClassVar[dict[str, dict[str, object]]] = {}

    def initWithVoice_(self, _voice: None) -> "Synthesizer":
        Synthesizer.made.append(self)
        self._voice, self._rate, self._volume = "anna", 200, 1.0
        self.pending: tuple[str, Path] | None = None
        self.files: list[Path] = []
        return self

    def setDelegate_(self, delegate: Any) -> None:
        self.delegate = delegate

    def startSpeakingString_toURL_(self, text: str, url: str) -> None:
        self.pending = (text, Path(url))

    def finish(self) -> None:
        if self.pending is not None:
            text, file = self.pending
            self.pending = None
            file.write_bytes(aiff([4000] * 2205))
            self.files.append(file)
            assert text
            self.delegate.speechSynthesizer_didFinishSpeaking_(self, True)

    def stopSpeaking(self) -> None:
        self.pending = None

    def voice(self) -> str:
        return self._voice

    def setVoice_(self, voice: str) -> None:
        self._voice = voice
        self._rate, self._volume = 200, 1.0  # as the real one does

    def rate(self) -> float:
        return self._rate

    def setRate_(self, rate: float) -> None:
        self._rate = rate

    def volume(self) -> float:
        return self._volume

    def setVolume_(self, volume: float) -> None:
        self._volume = volume

    @staticmethod
    def availableVoices() -> list[str]:
        return list(Synthesizer.voices)

    @staticmethod
    def attributesForVoice_(voice: str) -> dict[str, object]:
        return Synthesizer.voices[voice]


def aiff(samples: list[int]) -> bytes:
    """One channel at 22,050 Hz, as NSSpeechSynthesizer writes it."""
    common = struct.pack(">hIh", 1, len(samples), 16) + b"\x40\x0d\xac\x44" + bytes(6)
    sound = bytes(8) + struct.pack(f">{len(samples)}h", *samples)
    chunks = b"COMM" + struct.pack(">I", len(common)) + common
    chunks += b"SSND" + struct.pack(">I", len(sound)) + sound
    return b"FORM" + struct.pack(">I", 4 + len(chunks)) + b"AIFF" + chunks


class RunLoop:
    """Runs timers and lets a synthesizer finish; ends when the stopper says so."""

    timers: ClassVar[list[tuple[Any, str]]] = []

    @staticmethod
    def currentRunLoop() -> "RunLoop":
        return RunLoop()

    def limitDateForMode_(self, _mode: str) -> None:
        return None

    def runMode_beforeDate_(self, _mode: str, _date: object) -> bool:
        timers, RunLoop.timers = RunLoop.timers, []
        for target, selector in timers:
            getattr(target, selector.replace(":", "_"))(None)
        for synthesizer in Synthesizer.made:
            synthesizer.finish()
        return True


class Stopper(NsObject):
    """PyObjC's own: without one on the loop, ending it would quit the whole program."""

    on_loop: ClassVar["list[Stopper]"] = []

    @classmethod
    def addRunLoopStopper_toRunLoop_(cls, stopper: "Stopper", _loop: RunLoop) -> None:
        cls.on_loop.append(stopper)

    @classmethod
    def removeRunLoopStopperFromRunLoop_(cls, _loop: RunLoop) -> None:
        cls.on_loop.pop()

    def shouldRun(self) -> bool:
        return not self.shouldStop


def stop_event_loop() -> None:
    assert Stopper.on_loop, "NSApp().terminate_() would have quit the program"
    Stopper.on_loop[-1].stop()


def schedule(_s: float, target: Any, selector: str, _info: None, _repeats: bool) -> None:
    RunLoop.timers.append((target, selector))


@pytest.fixture
def cocoa(monkeypatch: pytest.MonkeyPatch) -> type[Synthesizer]:
    monkeypatch.setattr(Synthesizer, "made", [])
    monkeypatch.setattr(RunLoop, "timers", [])
    anna = {
        "VoiceIdentifier": "anna",
        "VoiceName": "Anna",
        "VoiceLocaleIdentifier": "de_DE",
        "VoiceGender": "VoiceGenderFemale",
        "VoiceAge": 35,
    }
    monkeypatch.setattr(Synthesizer, "voices", {"anna": anna})
    helper = SimpleNamespace(PyObjCAppHelperRunLoopStopper=Stopper, stopEventLoop=stop_event_loop)
    timer = {"scheduledTimerWithTimeInterval_target_selector_userInfo_repeats_": schedule}
    install(
        monkeypatch,
        objc=SimpleNamespace(super=super, python_method=lambda method: method),
        AppKit=SimpleNamespace(NSSpeechSynthesizer=Synthesizer),
        Foundation=SimpleNamespace(
            NSURL=SimpleNamespace(fileURLWithPath_=lambda path: path),
            NSDate=SimpleNamespace(dateWithTimeIntervalSinceNow_=lambda _s: None),
            NSDefaultRunLoopMode="mode",
            NSObject=NsObject,
            NSRunLoop=RunLoop,
            NSTimer=SimpleNamespace(**timer),
        ),
        PyObjCTools=SimpleNamespace(AppHelper=helper),
        PyObjCTools__AppHelper=helper,
    )
    return Synthesizer


def test_macos_writes_each_cue_as_aiff_and_it_is_understood(
    cocoa: type[Synthesizer], spoken: Callable[..., Any]
) -> None:
    ran = spoken("darwin", "Out", "Back", suffix=".aiff", voice="anna")
    assert ran.status == 0
    assert [answer.get("error") for answer in ran.answers[1:]] == [None, None]
    assert cocoa.made[0].files == ran.files
    assert all(read_sound(file).rate == 22050 for file in ran.files)


def test_macos_keeps_the_rate_when_the_voice_changes(
    cocoa: type[Synthesizer], spoken: Callable[..., Any]
) -> None:
    """Setting a voice resets the rate, so the voice is set first."""
    spoken("darwin", "Out", suffix=".aiff", voice="anna", rate=120)
    assert cocoa.made[0].rate() == 120


def test_macos_ends_its_loop_without_ending_the_program(
    cocoa: type[Synthesizer], spoken: Callable[..., Any]
) -> None:
    """Every loop has its stopper, and takes it away again."""
    spoken("darwin", "Out", "Back", suffix=".aiff", voice="anna")
    assert Stopper.on_loop == []


def test_macos_tells_its_voices_even_when_one_has_no_language(
    cocoa: type[Synthesizer], spoken: Callable[..., Any]
) -> None:
    cocoa.voices["old"] = {"VoiceIdentifier": "old", "VoiceName": "Old"}
    greeting = spoken("darwin", suffix=".aiff").answers[0]
    assert greeting["usual"] == "anna" and "nsss" in greeting["engine"]
    tags = {voice["id"]: voice["languages"] for voice in greeting["voices"]}
    assert tags == {"anna": ["de-de"], "old": []}


def test_macos_that_writes_nothing_is_an_error_for_that_cue(
    monkeypatch: pytest.MonkeyPatch, cocoa: type[Synthesizer], spoken: Callable[..., Any]
) -> None:
    """As older versions did: a file of 4 KB with no sound in it."""
    monkeypatch.setattr(sys.modules[__name__], "aiff", lambda _samples: bytes(4096))
    ran = spoken("darwin", "Out", suffix=".aiff", voice="anna")
    assert ran.answers[1]["error"]


def test_macos_without_pyobjc_says_that_there_is_no_engine(
    monkeypatch: pytest.MonkeyPatch, spoken: Callable[..., Any]
) -> None:
    monkeypatch.setitem(sys.modules, "objc", None)
    ran = spoken("darwin", "Out", suffix=".aiff")
    assert ran.status == EXIT_NO_ENGINE
    assert ran.answers[0]["ready"] is False
