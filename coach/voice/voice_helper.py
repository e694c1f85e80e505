"""Helper process that speaks cues into files with pyttsx3. Run, never imported, by the window.

It answers `{"ready": true, ...}` once, then one line for every request
`{"id", "text", "out", "voice", "rate"}`. Two threads in one engine deadlock or corrupt its memory,
so everything with the engine happens in the main thread.
"""

import ctypes
import importlib
import os
import platform
import sys
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from coach.voice.line_protocol import EXIT_NO_ENGINE, Message, claim_stdout, listen
from coach.voice.wav import DamagedSoundError, read_sound

SYSTEM = "system"
BUNDLED = "bundled"

_ATTEMPTS = 3
_DATA_PATH_BYTES = 150
"""libespeak-ng copies its data path into 160 bytes and ends the process when it does not fit."""

_SPEAK_IN_LOOP = ("win32", "darwin")
"""Where a cue has to wait for the loop that is to carry it out.

Once a loop has ended, pyttsx3 carries out commands at once, the end of the next loop among them.
Then SAPI's loop, once entered, may never end, and the one of macOS cuts off the cue it began with.
"""

_PRIORITY_BYTES = "".join(map(chr, range(32)))

_loaded: list[ctypes.CDLL] = []


class NoEngineError(Exception):
    """This computer cannot speak."""


class Engine:
    """pyttsx3 with the steps its drivers need to lose no cue."""

    def __init__(self, os_name: str) -> None:
        self._engine, self.origin = _start_engine(os_name)
        self._problems: list[str] = []
        self._set: dict[str, Any] = {}
        self._engine.connect("error", self._note_problem)
        self._in_loop = os_name in _SPEAK_IN_LOOP
        if not self._in_loop:
            # espeak's first loop ends before any speech is made, so it is spent on nothing.
            self._drain()
            self._engine.runAndWait()
            self._drain()

    def describe(self) -> Message:
        """Return what the window needs to know: identity for the cache, and the voices."""
        usual = self._engine.getProperty("voice")
        return {
            "ready": True,
            "origin": self.origin,
            "engine": f"{self._engine} {metadata.version('pyttsx3')} {_build()} {self.origin}",
            "usual": usual,
            "voices": self._voices(usual),
        }

    def _voices(self, usual: str) -> list[Message]:
        try:
            found = list(self._engine.getProperty("voices"))
        except Exception:  # noqa: BLE001 - a COM error, a ValueError: one odd voice spoils the list
            # SAPI voices for several languages ("409;9") are more than the driver can read.
            return [{"id": usual, "name": "", "languages": []}]
        return [
            {"id": voice.id, "name": str(voice.name), "languages": _tags(voice.languages or ())}
            for voice in found
        ]

    def render(self, text: str, out: Path, voice: str, rate: int) -> str | None:
        """Speak `text` into `out` at `rate` words a minute; returns what went wrong, if anything.

        The engine's word that it has finished proves nothing, so the file itself is looked at.
        """
        self._problems.clear()
        for name, value in (("voice", voice), ("rate", rate)):
            if self._set.get(name) != value:
                self._drain()
                self._engine.setProperty(name, value)
                self._drain()
                self._set[name] = value
        damage = ""
        for _ in range(_ATTEMPTS):
            out.unlink(missing_ok=True)
            self._drain()
            if self._in_loop:
                self._engine.proxy.setBusy(True)
            self._engine.save_to_file(text, str(out))
            self._engine.runAndWait()
            self._drain()
            try:
                read_sound(out)
            except DamagedSoundError as problem:
                damage = str(problem)
            else:
                return None
        return ", ".join([*self._problems, damage])

    def _note_problem(self, **details: object) -> None:
        # Only the kind of error: its text could repeat the cue, and cues are not for logs.
        self._problems.append(type(details.get("exception")).__name__)

    @staticmethod
    def _drain() -> None:
        # espeak works in the background, and ending a loop throws away what it has not done yet.
        driver = sys.modules.get("pyttsx3.drivers._espeak")
        if driver is not None:
            driver.Synchronize()


def _start_engine(os_name: str) -> tuple[Any, str]:
    try:
        if os_name == "win32":
            # pyttsx3 leaves COM to whoever uses it, and COM counts by thread.
            importlib.import_module("pythoncom").CoInitialize()
        return importlib.import_module("pyttsx3").init(), SYSTEM
    except Exception as missing:
        # The drivers raise whatever they please: RuntimeError, OSError, COM errors.
        if not (os_name.startswith("linux") and _load_bundled_espeak()):
            raise NoEngineError(str(missing)) from missing
    try:
        return importlib.import_module("pyttsx3").init(), BUNDLED
    except Exception as missing:
        raise NoEngineError(str(missing)) from missing


def _load_bundled_espeak() -> bool:
    """Load the library of espeakng-loader, so that the driver finds it already there by name."""
    try:
        loader = importlib.import_module("espeakng_loader")
        data, library = loader.get_data_path(), loader.get_library_path()
    except (ImportError, OSError):
        return False
    if not usable_data_path(data):
        return False
    os.environ["ESPEAK_DATA_PATH"] = str(data)
    try:
        _loaded.append(ctypes.CDLL(str(library)))
    except OSError:
        return False
    return True


def usable_data_path(data: str | Path) -> bool:
    """Return whether libespeak-ng would start with this data folder instead of exiting."""
    short_enough = len(os.fsencode(data)) <= _DATA_PATH_BYTES
    return short_enough and (Path(data) / "phontab").is_file()


def _build() -> str:
    driver = sys.modules.get("pyttsx3.drivers._espeak")
    if driver is None:
        return platform.version()
    return str(driver.Info(None).decode("ascii", "replace"))


def _tags(languages: Iterable[str | bytes | None]) -> list[str]:
    """Return BCP 47 tags of what the drivers say: "en_US", "en-gb" after a priority byte, "de".

    None, and SAPI's "Unknown Locale: 10249", say nothing.
    """
    texts = (tag.decode("ascii", "ignore") if isinstance(tag, bytes) else tag for tag in languages)
    tags = (text.lower().replace("_", "-").lstrip(_PRIORITY_BYTES) for text in texts if text)
    return [tag for tag in tags if " " not in tag]


def serve(requests: Iterable[Message], answer: Callable[[Message], None], os_name: str) -> int:
    """Answer requests until there are no more; returns the exit status."""
    try:
        engine = Engine(os_name)
    except NoEngineError as missing:
        answer({"ready": False, "error": str(missing)})
        return EXIT_NO_ENGINE
    answer(engine.describe())
    for request in requests:
        try:
            error = engine.render(
                request["text"], Path(request["out"]), request["voice"], request["rate"]
            )
        except Exception as problem:  # noqa: BLE001 - drivers raise anything; one cue is lost, not all
            error = type(problem).__name__
        answer({"id": request["id"], "error": error})
    return 0


def main() -> int:
    """Serve the parent process until it leaves."""
    answer = claim_stdout()
    requests: SimpleQueue[Message] = SimpleQueue()
    listen(requests.put)
    return serve(iter(requests.get, None), answer, sys.platform)


if __name__ == "__main__":
    sys.exit(main())
