import json
import os
import subprocess
import sys
import time
from pathlib import Path
from queue import Queue

import pytest

from coach.voice.child_process import (
    ChildProcess,
    Ended,
    creation_flags,
    helper_command,
    helper_environment,
)
from coach.voice.frozen import HELPERS, frozen_helper
from coach.voice.line_protocol import (
    EXIT_NO_DEVICE,
    EXIT_NO_ENGINE,
    EXIT_NO_LIBRARY,
    Message,
)

ECHO = "import sys\nfor line in sys.stdin: print(line, end='', flush=True)"


class Heard:
    """Starts Python children and keeps what they say."""

    def __init__(self, code: str, log_file: Path | None = None) -> None:
        self.queue: Queue[Message | Ended] = Queue()
        command = [sys.executable, "-c", code]
        self.child = ChildProcess(command, lambda _, message: self.queue.put(message), log_file)

    def next(self) -> Message | Ended:
        return self.queue.get(timeout=10)


def test_a_message_comes_back_as_it_was() -> None:
    heard = Heard(ECHO)
    heard.child.send({"text": "Zur\u00fcck \u2713\n"})
    assert heard.next() == {"text": "Zur\u00fcck \u2713\n"}
    heard.child.finish(5)
    assert heard.next() == Ended(0)


@pytest.mark.parametrize("line", ["espeak: warning", "[1]", "", '{"cut": '])
def test_a_child_that_says_anything_else_is_ended(line: str) -> None:
    heard = Heard(f"import time; print({line!r}, flush=True); time.sleep(60)")
    ended = heard.next()
    assert isinstance(ended, Ended) and ended.garbled
    heard.child.finish(0)


def test_an_exit_status_is_told() -> None:
    heard = Heard("import sys; sys.exit(4)")
    assert heard.next() == Ended(4)
    heard.child.finish(0)


@pytest.mark.alone
def test_a_child_that_does_not_read_holds_nobody_up() -> None:
    heard = Heard("import time; time.sleep(60)")
    started = time.perf_counter()
    for _ in range(50):
        heard.child.send({"text": "x" * 10_000})
    assert time.perf_counter() - started < 1
    heard.child.finish(0.05)
    assert isinstance(heard.next(), Ended)


def test_a_child_that_closes_its_mouth_is_ended() -> None:
    heard = Heard("import os, time; os.close(1); os.close(0); time.sleep(60)")
    assert isinstance(heard.next(), Ended)
    heard.child.finish(0)


def test_finishing_leaves_no_process() -> None:
    heard = Heard(ECHO)
    heard.child.finish(5)
    with pytest.raises(OSError):
        os.kill(heard.child.pid, 0)


def test_a_log_takes_what_the_child_complains_about(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "helper.log"
    heard = Heard("import sys; sys.stderr.write('no device')", log)
    heard.child.finish(5)
    assert log.read_text() == "no device"


def test_a_full_log_makes_way(tmp_path: Path) -> None:
    log = tmp_path / "helper.log"
    log.write_text("x" * (256 * 1024 + 1))
    Heard("import sys; sys.stderr.write('new')", log).child.finish(5)
    assert log.read_text() == "new"
    assert (tmp_path / "helper.log.1").stat().st_size == 256 * 1024 + 1


@pytest.mark.parametrize("place", ["a_file/helper.log", "a_folder"])
def test_a_log_that_cannot_be_written_stops_no_helper(tmp_path: Path, place: str) -> None:
    """It works without: a coach that speaks is worth more than what its libraries print."""
    (tmp_path / "a_file").write_text("")
    (tmp_path / "a_folder").mkdir()
    heard = Heard("import sys; sys.stderr.write('x'); print('{}')", tmp_path / place)
    assert heard.next() == {}
    heard.child.finish(5)
    assert heard.next() == Ended(0)


def test_a_helper_finds_the_package_and_nothing_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.chdir(tmp_path)
    heard = Heard("import coach.voice.line_protocol as p; print(p.json.dumps({'ok': 1}))")
    assert heard.next() == {"ok": 1}
    heard.child.finish(5)


def test_the_inherited_module_path_is_kept() -> None:
    paths = helper_environment({"PYTHONPATH": "/mine", "HOME": "/home"})
    assert paths["PYTHONPATH"].split(os.pathsep)[1:] == ["/mine"]
    assert paths["HOME"] == "/home"


def test_a_frozen_program_starts_itself_as_its_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    assert helper_command("coach.voice.voice_helper")[1] == "-m"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    program, *arguments = helper_command("coach.voice.voice_helper")
    assert program == sys.executable
    assert frozen_helper(arguments) == "coach.voice.voice_helper"
    assert frozen_helper(["--demo"]) is None
    assert frozen_helper(["--helper", "antigravity"]) is None, "only our own"


@pytest.mark.parametrize("module", HELPERS)
def test_every_helper_answers_through_the_entry_of_the_program(module: str) -> None:
    """That is what a frozen program does when it starts itself; end of input ends the helper."""
    code = "import sys; from coach.cli import main; sys.exit(main(sys.argv[1:]))"
    with subprocess.Popen(
        [sys.executable, "-c", code, "--helper", module],
        env={**helper_environment(os.environ), "PULSE_SERVER": "unix:/nowhere"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as helper:
        answer = helper.stdout.readline()
    assert helper.returncode in {0, EXIT_NO_ENGINE, EXIT_NO_DEVICE, EXIT_NO_LIBRARY}
    if helper.returncode in {0, EXIT_NO_ENGINE}:
        assert isinstance(json.loads(answer), dict)


def test_no_console_window_opens_on_windows() -> None:
    assert creation_flags("win32") == 0x08000000
    assert creation_flags("linux") == creation_flags("darwin") == 0
