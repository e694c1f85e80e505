"""The window's side of a helper process: lines out, lines in, and a certain end."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO, cast

from coach.voice.frozen import FROZEN_SWITCH
from coach.voice.line_protocol import Message

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_CREATE_NO_WINDOW = 0x08000000
_LOG_BYTES = 256 * 1024
_REAP_S = 1.0


@dataclass(frozen=True, slots=True)
class Ended:
    """The helper is gone. `garbled`: it was ended for saying something that is not a message."""

    exit_status: int
    garbled: bool = False


Listener = Callable[["ChildProcess", Message | Ended], None]


def helper_command(module: str) -> list[str]:
    """Return the command line that runs one of our helper modules.

    A frozen program has no `-m`: there the program starts itself, see `frozen_helper`.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_SWITCH, module]
    return [sys.executable, "-m", module]


def creation_flags(platform: str) -> int:
    """Return the flags that keep a console window from flashing up on Windows."""
    return _CREATE_NO_WINDOW if platform == "win32" else 0


def helper_environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the environment in which a helper finds this very package, installed or not.

    The current folder is kept off its module path: a json.py lying there must not be run.
    """
    paths = [str(_PACKAGE_ROOT), inherited.get("PYTHONPATH", "")]
    return {
        **inherited,
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        "PYTHONSAFEPATH": "1",
    }


class ChildProcess:
    """One run of a helper. `deliver` gets each message and at last one `Ended`, on a thread.

    Nothing here waits except `finish`. Raises OSError when the process cannot be started.
    """

    def __init__(
        self, command: Sequence[str], deliver: Listener, log_file: Path | None = None
    ) -> None:
        self._deliver = deliver
        self._outbox: SimpleQueue[Message | None] = SimpleQueue()
        self._garbled = False
        errors = _open_log(log_file)
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="ascii",
                errors="replace",
                env=helper_environment(os.environ),
                creationflags=creation_flags(sys.platform),
            )
        finally:
            if errors != subprocess.DEVNULL:
                os.close(errors)
        # A hung helper stops reading, and a full pipe would then hold up whoever writes to it.
        self._threads = [
            threading.Thread(target=work, name=f"{name} {self.pid}", daemon=True)
            for name, work in (("to helper", self._write), ("from helper", self._read))
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """Process id of the helper."""
        return self._process.pid

    def send(self, message: Message) -> None:
        """Queue a message; one that the helper no longer takes is followed by `Ended`."""
        self._outbox.put(message)

    def kill(self) -> None:
        """End the helper without a word."""
        self._process.kill()

    def finish(self, grace_s: float) -> None:
        """Let the helper leave by itself for `grace_s` seconds, then end it; returns when gone."""
        self._outbox.put(None)
        try:
            self._process.wait(grace_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
        for thread in self._threads:
            thread.join()

    def _write(self) -> None:
        stdin = cast("IO[str]", self._process.stdin)
        try:
            while (message := self._outbox.get()) is not None:
                stdin.write(json.dumps(message) + "\n")
                stdin.flush()
        except OSError:
            pass  # the reader tells that it has gone
        finally:
            with contextlib.suppress(OSError):  # what was still buffered has no taker
                stdin.close()

    def _read(self) -> None:
        stdout = cast("IO[str]", self._process.stdout)
        with stdout:
            for line in stdout:
                message = _parse(line)
                if message is None:
                    self._garbled = True
                    break
                self._deliver(self, message)
        if self._garbled:
            self._process.kill()
        try:
            status = self._process.wait(_REAP_S)
        except subprocess.TimeoutExpired:
            # It closed its end but lives on: of no use to anybody.
            self._process.kill()
            status = self._process.wait()
        self._outbox.put(None)
        self._deliver(self, Ended(status, self._garbled))


def _parse(line: str) -> Message | None:
    try:
        message = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def _open_log(file: Path | None) -> int:
    """Open the helper's log for appending; a full one makes way and is kept once as `.1`.

    Without a file, or where it cannot be written, there is no log: a coach that speaks is worth
    more.
    """
    if file is None:
        return subprocess.DEVNULL
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > _LOG_BYTES:
            file.replace(file.with_name(file.name + ".1"))
        return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        return subprocess.DEVNULL
