"""A voice from Python packages alone, with the system's engine hidden from the helper's process."""

import ctypes.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coach.voice.child_process import helper_command, helper_environment
from coach.voice.wav import read_sound
from helper_processes import talk

HELPER = "coach.voice.voice_helper"

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems bring their own engine"
)

WHERE = """
import ctypes
speech, data = ctypes.CDLL("libespeak-ng.so.1"), ctypes.c_char_p()
speech.espeak_Initialize(2, 0, None, 0)
speech.espeak_Info(ctypes.byref(data))
with open("/proc/self/maps") as maps:
    print(next(line.split()[-1] for line in maps if "libespeak-ng" in line))
print(data.value.decode())
"""


@pytest.fixture(scope="module")
def without_system_voice() -> list[str]:
    """Begins the command of a process that finds neither the system's engine nor its data.

    Nothing is in their place, and only for that process.
    """
    if ctypes.util.find_library("espeak-ng") is None:
        return []
    found = subprocess.run(
        [sys.executable, "-c", WHERE], capture_output=True, text=True, check=True
    ).stdout
    library, data = found.splitlines()
    line = f"mount --bind /dev/null '{library}' && mount -t tmpfs none '{data}' && exec \"$@\""
    hidden = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", line, "sh"]
    can_hide = shutil.which("unshare") is not None and (
        subprocess.run([*hidden, "true"], capture_output=True, check=False).returncode == 0
    )
    if not can_hide:
        pytest.skip("the system's speech engine cannot be hidden here")
    return hidden


def test_the_optional_part_speaks_where_the_system_has_no_engine(
    without_system_voice: list[str], tmp_path: Path
) -> None:
    """`pip install '.[voice]'` and nothing else: its own library, its own data, a real sound."""
    pytest.importorskip("espeakng_loader", reason="the extra 'voice' is not installed")
    out = tmp_path / "cue.wav"
    request = {"id": 1, "text": "Turn at first pull", "out": str(out), "voice": "gmw/en"}
    (greeting, answer), status = talk(
        [*without_system_voice, *helper_command(HELPER)],
        [{**request, "rate": 160}],
        helper_environment({}),
    )
    assert status == 0
    assert greeting["origin"] == "bundled"
    assert {"gmw/en", "gmw/de", "roa/es"} <= {voice["id"] for voice in greeting["voices"]}
    assert answer == {"id": 1, "error": None}
    assert 0.7 < read_sound(out).heard_s < 2.0


def test_without_it_the_helper_says_that_there_is_no_engine(
    without_system_voice: list[str], tmp_path: Path
) -> None:
    """The control: what is hidden is hidden. Doctor and the settings say what to install."""
    (tmp_path / "espeakng_loader.py").write_text("raise ImportError('not installed')\n")
    (greeting,), _ = talk(
        [*without_system_voice, *helper_command(HELPER)],
        [],
        helper_environment({"PYTHONPATH": str(tmp_path)}),
    )
    assert not greeting["ready"]
