"""The speaker with its real helpers: what is heard, and that no process outlives it."""

import ctypes.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.voice.child_process import helper_environment
from coach.voice.interface import Channel, CueReport, Reason, VoiceSettings
from coach.voice.speaker import Speaker, open_speaker
from helper_processes import gone, helpers_of

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(
        not sys.platform.startswith("linux") or ctypes.util.find_library("espeak-ng") is None,
        reason="libespeak-ng is not installed",
    ),
]

CUES = ["Straighten your knee", "Look up", "Back slowly"]


def wait_for(fact: Callable[[], object]) -> None:
    """Wait until something that another process does has happened."""
    end = time.monotonic() + 15
    while not fact():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def ready(speaker: Speaker) -> bool:
    return speaker.status.channel is Channel.VOICE and len(speaker.durations) == len(CUES)


def test_prepared_cues_are_heard_in_the_system_voice(sound_server: Any, tmp_path: Path) -> None:
    reports: list[CueReport] = []
    speaker = open_speaker(tmp_path / "voice", VoiceSettings(), log_folder=tmp_path / "logs")
    speaker.on_cue = reports.append
    speaker.start()
    speaker.prepare(CUES)
    wait_for(lambda: ready(speaker))
    assert all(0.3 < seconds < 3 for seconds in speaker.durations.values())
    speaker.say("Look up")
    wait_for(lambda: reports)
    assert reports == [CueReport("Look up", Channel.VOICE, Reason.SYSTEM_VOICE)]
    helpers = helpers_of(os.getpid())
    assert len(helpers) == 2
    speaker.close()
    assert all(gone(pid) for pid in helpers)
    logs = "".join(log.read_text() for log in (tmp_path / "logs").iterdir())
    assert not any(cue in logs for cue in CUES)


def test_without_sound_cues_are_still_prepared_and_the_reason_is_told(
    no_sound_server: None, tmp_path: Path
) -> None:
    speaker = open_speaker(tmp_path / "voice", VoiceSettings())
    speaker.start()
    speaker.prepare(CUES)
    wait_for(lambda: speaker.status.reason is Reason.NO_SOUND_DEVICE)
    wait_for(lambda: len(speaker.durations) == len(CUES))
    started = time.perf_counter()
    speaker.say("Look up")
    assert time.perf_counter() - started < 1
    speaker.close()


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGTERM])
def test_helpers_leave_when_their_parent_is_killed(
    sound_server: Any, tmp_path: Path, stop: signal.Signals
) -> None:
    with program(tmp_path, "import time; time.sleep(60)") as parent:
        helpers = helpers_of(parent.pid)
        parent.send_signal(stop)
    assert len(helpers) == 2
    wait_for(lambda: all(gone(pid) for pid in helpers))


def test_a_program_that_forgets_to_close_still_leaves_no_helper(
    sound_server: Any, tmp_path: Path
) -> None:
    with program(tmp_path, "input()") as parent:
        helpers = helpers_of(parent.pid)
    assert len(helpers) == 2
    assert parent.returncode == 1, "input() met the end of its input"
    assert all(gone(pid) for pid in helpers)


def program(folder: Path, then: str) -> subprocess.Popen[str]:
    """Start a program that opens a speaker, tells when it is ready, and then does something."""
    code = f"""
import time
from pathlib import Path
from coach.voice.interface import Channel, VoiceSettings
from coach.voice.speaker import open_speaker
speaker = open_speaker(Path({str(folder / "voice")!r}), VoiceSettings())
speaker.start()
while speaker.status.channel is not Channel.VOICE:
    time.sleep(0.01)
print("ready", flush=True)
{then}
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=helper_environment(os.environ),
    )
    assert parent.stdout.readline() == "ready\n"
    return parent


def test_the_window_side_loads_neither_engine_nor_qt() -> None:
    code = (
        "import sys, coach.voice.speaker\n"
        "sys.exit(any(name in sys.modules for name in ('pyttsx3', 'PySide6', 'espeakng_loader')))"
    )
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, env=helper_environment(os.environ), check=False).returncode == 0
