"""Every link of the chain voice, tones, captions, with the one before really broken.

Whatever breaks, the session's log is the same to the millisecond, the reason is on the screen, and
no cue counts as heard that was not.
"""

import ctypes.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coach.voice.interface import Channel, CueReport, Reason, Voice
from coach.voice.render_client import RenderLimits
from coach.voice.sound_client import SoundLimits
from coach.voice.speaker import Speaker
from opened_program import SHIPPED
from sound_server import SoundServer, announce, quick_server, running_server
from sound_session import (
    CUE,
    Played,
    Setting,
    fake_sound,
    fake_voice,
    play_session,
    silent_session,
    wait_for,
)

pytestmark = pytest.mark.alone

has_espeak = pytest.mark.skipif(
    not sys.platform.startswith("linux") or ctypes.util.find_library("espeak-ng") is None,
    reason="libespeak-ng is not installed",
)
STRICT = RenderLimits(cue_s=0.3, letter_s=0.0, finish_s=0.2)
HASTY = replace(STRICT, start_s=0.5)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The session as it is when there is no sound to be had or lost."""
    return silent_session(tmp_path_factory.mktemp("undisturbed"))


@pytest.fixture(scope="module")
def lasting_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    with quick_server(tmp_path_factory) as made:
        yield made


@pytest.fixture
def server(lasting_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> SoundServer:
    """A sound server that every helper finds by itself."""
    announce(lasting_server, monkeypatch)
    return lasting_server


@pytest.fixture
def dying_server(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    """One that the test may take away, or take outputs from."""
    with running_server(tmp_path_factory) as made:
        announce(made, monkeypatch)
        yield made


def until(reason: Reason) -> Callable[[Voice], bool]:
    return lambda voice: voice.status.reason is reason


def speaking(voice: Voice) -> bool:
    """The voice has started, and the cue that will be said has been made."""
    return voice.status.reason is Reason.SYSTEM_VOICE and CUE in voice.durations


def channels(reports: list[CueReport]) -> set[Channel]:
    return {report.channel for report in reports}


def words(reason: Reason) -> str:
    return SHIPPED.phrases.say(reason.key)


# -- the voice breaks -------------------------------------------------------------------------


@has_espeak
def test_with_voice_and_sound_cues_are_spoken_and_nothing_is_noted(
    server: SoundServer, undisturbed: Played, tmp_path: Path
) -> None:
    setting = Setting(tmp_path / "cache")
    played = play_session(tmp_path / "home", setting.speaker, speaking)
    assert played.log == undisturbed.log
    assert (played.cue.channel, played.cue.reason) == (Channel.VOICE, Reason.SYSTEM_VOICE)
    assert played.note is None


@has_espeak
def test_a_cue_nobody_prepared_is_made_on_the_spot(
    server: SoundServer, undisturbed: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The link between cues made ahead and tones: in time it is spoken all the same.

    There is more time here than usual: a virtual clock has asked for a whole check-in before it.
    """
    monkeypatch.setattr(Speaker, "prepare", lambda _self, _texts: None)
    monkeypatch.setattr("coach.voice.speaker.LATE_S", 5.0)
    setting = Setting(tmp_path / "cache")
    played = play_session(tmp_path / "home", setting.speaker, until(Reason.SYSTEM_VOICE))
    assert played.log == undisturbed.log
    assert played.cue.channel is Channel.VOICE


def test_without_any_engine_tones_mark_the_cues(
    server: SoundServer, undisturbed: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the system's library nor the optional part is there: the helper itself finds out."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "pyttsx3.py").write_text("def init():\n    raise RuntimeError('no eSpeak')\n")
    (broken / "espeakng_loader.py").write_text("raise ImportError('not installed')\n")
    monkeypatch.setenv("PYTHONPATH", str(broken))
    setting = Setting(tmp_path / "cache")
    played = play_session(tmp_path / "home", setting.speaker, until(Reason.NO_VOICE_ENGINE))
    assert played.log == undisturbed.log
    assert (played.cue.channel, played.cue.reason) == (Channel.TONES, Reason.NO_VOICE_ENGINE)
    assert played.note == words(Reason.NO_VOICE_ENGINE)


@pytest.mark.parametrize("behaviour", ["early hang", "early abort", "early exit", "early garbage"])
def test_an_engine_that_never_starts_is_left_alone(
    server: SoundServer, undisturbed: Played, tmp_path: Path, behaviour: str
) -> None:
    command = fake_voice(tmp_path / "engine", behaviour)
    setting = Setting(tmp_path / "cache", command, render_limits=HASTY)
    played = play_session(tmp_path / "home", setting.speaker, until(Reason.VOICE_KEEPS_FAILING))
    assert played.log == undisturbed.log
    assert (played.cue.channel, played.cue.reason) == (Channel.TONES, Reason.VOICE_KEEPS_FAILING)
    assert played.note == words(Reason.VOICE_KEEPS_FAILING)
    assert (tmp_path / "engine" / "starts").stat().st_size == 4


@pytest.mark.parametrize(
    "behaviour", ["always hang", "always abort", "always empty", "always refuse"]
)
def test_an_engine_that_fails_with_every_cue_leaves_tones(
    server: SoundServer, undisturbed: Played, tmp_path: Path, behaviour: str
) -> None:
    """The helper hangs, crashes, says an empty file is a cue, or names an error; nothing waits."""
    command = fake_voice(tmp_path / "engine", behaviour)
    setting = Setting(tmp_path / "cache", command, render_limits=STRICT)
    played = play_session(tmp_path / "home", setting.speaker, until(Reason.VOICE_KEEPS_FAILING))
    assert played.log == undisturbed.log
    assert Channel.VOICE not in channels(played.reports)
    assert (played.cue.channel, played.cue.reason) == (Channel.TONES, Reason.VOICE_KEEPS_FAILING)
    assert played.note == words(Reason.VOICE_KEEPS_FAILING)


#: An engine that greets well and goes wrong as soon as it is to speak a cue.
BAD_ENGINE = """
import os, time
from pathlib import Path
from types import SimpleNamespace

class Engine:
    cue = None

    def connect(self, topic, callback):
        pass

    def getProperty(self, name):
        voice = SimpleNamespace(id="v", name="V", languages=["en-gb"])
        return "v" if name == "voice" else [voice]

    def setProperty(self, name, value):
        pass

    def save_to_file(self, text, file):
        Path(__file__).with_name("asked").touch()
        self.cue = file

    def runAndWait(self):
        if self.cue is not None:
            misbehave(self.cue)

def init():
    return Engine()

def misbehave(file):
    {misbehaves}
"""


@pytest.mark.parametrize(
    "misbehaves",
    ["time.sleep(60)", "os.abort()", "Path(file).write_bytes(b'')", "raise OSError('broken')"],
    ids=["hangs", "aborts", "writes an empty file", "raises"],
)
def test_the_helper_with_an_engine_that_goes_wrong_leaves_tones(
    server: SoundServer,
    undisturbed: Played,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    misbehaves: str,
) -> None:
    """The program's own helper meets it: only the engine under it is another."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "pyttsx3.py").write_text(BAD_ENGINE.format(misbehaves=misbehaves))
    monkeypatch.setenv("PYTHONPATH", str(broken))
    setting = Setting(tmp_path / "cache", render_limits=STRICT)
    played = play_session(tmp_path / "home", setting.speaker, until(Reason.VOICE_KEEPS_FAILING))
    assert (broken / "asked").exists(), "the engine was never reached"
    assert played.log == undisturbed.log
    assert Channel.VOICE not in channels(played.reports)
    assert (played.cue.channel, played.cue.reason) == (Channel.TONES, Reason.VOICE_KEEPS_FAILING)
    assert played.note == words(Reason.VOICE_KEEPS_FAILING)


@has_espeak
def test_an_engine_that_is_killed_in_the_middle_comes_back(
    server: SoundServer, undisturbed: Played, tmp_path: Path
) -> None:
    """The next cue that was not ready is made by a new one."""
    setting = Setting(tmp_path / "cache")
    replaced: list[int] = []

    def kill(voice: Voice) -> None:
        assert isinstance(voice, Speaker)
        helper = voice._renderer._helper
        assert helper is not None
        os.kill(helper.child.pid, signal.SIGKILL)
        voice.say("Something never said before")
        wait_for(lambda: "Something never said before" in voice.durations)
        replaced.append(voice._renderer._helper.child.pid)
        assert replaced != [helper.child.pid]

    played = play_session(tmp_path / "home", setting.speaker, speaking, kill)
    assert played.log == undisturbed.log
    assert replaced and played.note is None
    assert played.cue.channel is Channel.VOICE


FULL_DISK = """
import sys
from pathlib import Path
from coach.voice.interface import Channel, Reason
from sound_session import Setting, play_session, silent_session
home, cache = map(Path, sys.argv[1:])
setting = Setting(cache)

def full_and_sounding(voice):
    return voice.health.voice is Reason.DISK_FULL and voice.health.sound is None

full = play_session(home / "full", setting.speaker, full_and_sounding)
assert full.log == silent_session(home / "silent").log, "the session was another one"
assert Channel.VOICE not in {report.channel for report in full.reports}
print(full.cue.channel, full.cue.reason)
"""


@has_espeak
def test_a_disk_that_is_full_leaves_tones_and_says_so(server: SoundServer, tmp_path: Path) -> None:
    """A real one, small and filled up. It is mounted where only this test's process sees it."""
    small = tmp_path / "small"
    small.mkdir()
    line = (
        f"mount -t tmpfs -o size=8k none '{small}'"
        f" && head -c 8192 /dev/zero >'{small}/filler' && exec \"$@\""
    )
    mounted = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", line, "sh"]
    can_mount = shutil.which("unshare") is not None and (
        subprocess.run([*mounted, "true"], capture_output=True, check=False).returncode == 0
    )
    if not can_mount:
        pytest.skip("no file system of its own can be mounted here")
    (tmp_path / "home").mkdir()
    ran = subprocess.run(
        [*mounted, sys.executable, "-c", FULL_DISK, str(tmp_path / "home"), str(small)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == [Channel.TONES, Reason.DISK_FULL]


# -- sound breaks -----------------------------------------------------------------------------


@pytest.fixture
def no_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer on which no sound server can be reached."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nowhere'}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def test_without_a_sound_server_every_cue_is_a_caption(
    no_server: None, undisturbed: Played, tmp_path: Path
) -> None:
    """None of them is ever said to have been played."""
    setting = Setting(tmp_path / "cache")
    played = play_session(tmp_path / "home", setting.speaker, until(Reason.NO_SOUND_DEVICE))
    assert played.log == undisturbed.log
    assert channels(played.reports) == {Channel.CAPTIONS}
    assert len(played.reports) > 100
    assert played.note == words(Reason.NO_SOUND_DEVICE)


@pytest.mark.parametrize(
    ("behaviour", "limits", "expected"),
    [
        ("silent", SoundLimits(start_s=0.3, finish_s=0.2), Reason.SOUND_LOST),
        ("leave 5", SoundLimits(), Reason.NO_SOUND_LIBRARY),
    ],
)
def test_a_sound_helper_that_hangs_or_lacks_its_library_leaves_captions(
    undisturbed: Played, tmp_path: Path, behaviour: str, limits: SoundLimits, expected: Reason
) -> None:
    command = fake_sound(tmp_path / "sound", behaviour)
    setting = Setting(tmp_path / "cache", sound_command=command, sound_limits=limits)
    played = play_session(tmp_path / "home", setting.speaker, until(expected))
    assert played.log == undisturbed.log
    assert channels(played.reports) == {Channel.CAPTIONS}
    assert played.note == words(expected)


@has_espeak
def test_a_sound_server_that_dies_in_the_middle_leaves_captions(
    dying_server: SoundServer, undisturbed: Played, tmp_path: Path
) -> None:
    """From then on nothing is said to have been heard."""
    setting = Setting(tmp_path / "cache", sound_limits=SoundLimits(back_off_s=(0.2,)))

    def die(voice: Voice) -> None:
        dying_server.stop()
        wait_for(lambda: voice.health.sound is not None)

    played = play_session(tmp_path / "home", setting.speaker, speaking, die)
    assert played.log == undisturbed.log
    assert played.cue.channel is Channel.CAPTIONS
    after = played.reports[played.reports.index(played.cue) :]
    assert channels(after) == {Channel.CAPTIONS} and len(after) > 100
    assert played.note in {words(Reason.NO_SOUND_DEVICE), words(Reason.SOUND_LOST)}


@has_espeak
def test_headphones_pulled_out_in_the_middle_change_nothing_but_the_output(
    dying_server: SoundServer, undisturbed: Played, tmp_path: Path
) -> None:
    setting = Setting(tmp_path / "cache")
    dying_server.plug_in("headphones")
    dying_server.make_usual("headphones")

    def pull_out(voice: Voice) -> None:
        assert voice.health.playing.name == "headphones"
        dying_server.pull_out("headphones")
        wait_for(lambda: voice.health.playing and voice.health.playing.name == "room")

    played = play_session(tmp_path / "home", setting.speaker, speaking, pull_out)
    assert played.log == undisturbed.log
    assert played.note is None
    assert played.cue.channel is Channel.VOICE


@has_espeak
def test_the_only_loudspeaker_pulled_out_in_the_middle_leaves_captions(
    dying_server: SoundServer, undisturbed: Played, tmp_path: Path
) -> None:
    """It shows at the next sound, which is not said to have been heard; nor is any after it."""
    setting = Setting(tmp_path / "cache")

    def pull_out(_voice: Voice) -> None:
        dying_server.pull_out("room")

    played = play_session(tmp_path / "home", setting.speaker, speaking, pull_out)
    assert played.log == undisturbed.log
    after = played.reports[played.reports.index(played.cue) :]
    assert channels(after) == {Channel.CAPTIONS} and len(after) > 100
    assert played.note == words(Reason.NO_SOUND_DEVICE)


def test_with_everything_broken_the_session_is_the_same(
    no_server: None, undisturbed: Played, tmp_path: Path
) -> None:
    """Voice and sound both hang, and the cache is a file."""
    (tmp_path / "cache").write_text("in the way")
    setting = Setting(
        tmp_path / "cache",
        fake_voice(tmp_path / "engine", "early hang"),
        fake_sound(tmp_path / "sound", "silent"),
        HASTY,
        SoundLimits(start_s=0.3, finish_s=0.2),
    )
    played = play_session(tmp_path / "home", setting.speaker, until(Reason.SOUND_LOST))
    assert played.log == undisturbed.log
    assert channels(played.reports) == {Channel.CAPTIONS}
