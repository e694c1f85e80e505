"""What the doctor finds, what it advises, and that it changes nothing."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coach.app.doctor import Doctor, Finding, Part, examine
from coach.app.remedies import Missing, System
from coach.cli import main
from coach.store.check_up import ENOUGH_BYTES
from coach.store.database import open_database
from coach.store.paths import Home
from coach.store.single_instance import SingleInstance
from coach.voice.child_process import helper_environment
from coach.voice.interface import (
    Channel,
    CueReport,
    Device,
    Priority,
    Reason,
    SoundHealth,
    VoiceInfo,
    Wanted,
)
from playing import SHIPPED
from silent_speaker import Said, SilentSpeaker

DEBIAN = System("linux", ("debian",), "python -m pip install")
LIZ = VoiceInfo("liz", "Liz", ("en-gb",))
WELL = SoundHealth(
    speaks=True,
    voice=Reason.SYSTEM_VOICE,
    speaking=LIZ,
    playing=Device("d", "Loudspeaker"),
)


class ScriptedVoice(SilentSpeaker):
    """A voice whose cues come out as the test says."""

    def __init__(self, health: SoundHealth, outcome: Channel | None, reason: Reason) -> None:
        super().__init__({SHIPPED.phrases.say("doctor.sentence"): 4.0})
        self.health = health
        self.voices = (LIZ,)
        self._outcome, self._reason = outcome, reason

    def say(self, text: str, at: float | None = None, priority: Priority = Priority.NORMAL) -> None:
        self.heard.append(Said(text, at, priority))
        if self._outcome is not None:
            self.on_cue(CueReport(text, self._outcome, self._reason))


def doctor(system: System = DEBIAN) -> Doctor:
    return Doctor(SHIPPED.phrases, system)


def heard(
    outcome: Channel | None, reason: Reason = Reason.SYSTEM_VOICE, health: SoundHealth = WELL
) -> dict[Part, Finding]:
    voice = ScriptedVoice(health, outcome, reason)
    return {one.part: one for one in doctor().say_aloud(voice, Wanted.BOTH)}


# -- voice and sound --------------------------------------------------------------------------


def test_a_sentence_that_was_played_is_said_to_be_and_no_more() -> None:
    """Whether anybody heard it only the person knows, so what to do then is said too."""
    found = heard(Channel.VOICE)
    assert found[Part.VOICE].works and "Liz" in found[Part.VOICE].text
    assert found[Part.SOUND].works and "Loudspeaker" in found[Part.SOUND].text
    assert found[Part.SOUND].advice == SHIPPED.phrases.say("doctor.if_silent")


def test_a_sentence_that_became_a_tone_is_the_voice_s_trouble() -> None:
    found = heard(Channel.TONES, Reason.CUE_NOT_SPOKEN)
    assert not found[Part.VOICE].works
    assert found[Part.VOICE].text == SHIPPED.phrases.say(Reason.CUE_NOT_SPOKEN.key)
    assert found[Part.SOUND].works


def test_a_sentence_that_was_lost_is_the_sound_s_trouble() -> None:
    found = heard(Channel.CAPTIONS, Reason.SOUND_LOST)
    assert found[Part.VOICE].works
    assert not found[Part.SOUND].works


def test_no_word_about_the_sentence_never_counts_as_played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.app.doctor.HEARD_WITHIN_S", 0.01)
    assert not heard(None)[Part.SOUND].works


def test_whoever_wants_silence_hears_nothing() -> None:
    """The parts are still looked at."""
    voice = ScriptedVoice(WELL, Channel.VOICE, Reason.SYSTEM_VOICE)
    assert all(one.works for one in doctor().say_aloud(voice, Wanted.SILENT))
    assert voice.heard == []


def test_what_never_starts_is_waited_for_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.app.doctor.PATIENCE_S", 0.01)
    stuck = SoundHealth(False, Reason.VOICE_STARTING, sound=Reason.SOUND_STARTING)
    found = heard(Channel.VOICE, health=stuck)
    assert not found[Part.VOICE].works and not found[Part.SOUND].works


@pytest.mark.parametrize(
    ("reason", "system", "advice"),
    [
        (Reason.NO_VOICE_ENGINE, DEBIAN, "sudo apt install libespeak-ng1"),
        (Reason.NO_VOICE_ENGINE, DEBIAN, "python -m pip install espeakng-loader"),
        (Reason.NO_VOICE_ENGINE, System("linux", ("fedora",)), "sudo dnf install espeak-ng"),
        (Reason.NO_VOICE_ENGINE, System("linux", ("void",)), "espeak-ng"),
        (Reason.NO_VOICE_ENGINE, System("win32"), "speech settings"),
        (Reason.NO_VOICE_FOR_LANGUAGE, System("darwin"), "Add a voice"),
        (Reason.DISK_FULL, DEBIAN, "make room"),
        (Reason.CACHE_UNUSABLE, DEBIAN, "cache folder"),
        (Reason.VOICE_KEEPS_FAILING, DEBIAN, "open it again"),
    ],
)
def test_what_to_do_about_the_voice_fits_cause_and_system(
    reason: Reason, system: System, advice: str
) -> None:
    voice = SilentSpeaker()
    voice.health = SoundHealth(speaks=False, voice=reason)
    finding, _ = doctor(system).sound_findings(voice)
    assert (finding.works, finding.text) == (False, SHIPPED.phrases.say(reason.key))
    assert advice in finding.advice


def test_a_program_that_brings_its_own_python_is_not_told_to_use_pip() -> None:
    voice = SilentSpeaker()
    voice.health = SoundHealth(speaks=False, voice=Reason.NO_VOICE_ENGINE)
    finding, _ = doctor(System("linux", ("debian",))).sound_findings(voice)
    assert "pip" not in finding.advice and "libespeak-ng1" in finding.advice


@pytest.mark.parametrize(
    ("reason", "system", "advice"),
    [
        (Reason.NO_SOUND_LIBRARY, DEBIAN, "sudo apt install libpulse0"),
        (Reason.NO_SOUND_LIBRARY, System("linux"), "libpulse"),
        (Reason.NO_SOUND_DEVICE, System("linux", ("arch",)), "sudo pacman -S pipewire-pulse"),
        (Reason.NO_SOUND_DEVICE, System("win32"), "Connect a loudspeaker"),
        (Reason.SOUND_LOST, DEBIAN, "open it again"),
    ],
)
def test_what_to_do_about_sound_fits_cause_and_system(
    reason: Reason, system: System, advice: str
) -> None:
    voice = SilentSpeaker()
    voice.health = SoundHealth(speaks=True, voice=Reason.SYSTEM_VOICE, sound=reason)
    _, finding = doctor(system).sound_findings(voice)
    assert (finding.works, finding.text) == (False, SHIPPED.phrases.say(reason.key))
    assert advice in finding.advice


@pytest.mark.parametrize(
    ("marks", "command"),
    [
        (("ubuntu", "debian"), "sudo apt"),
        (("linuxmint", "ubuntu", "debian"), "sudo apt"),
        (("nobara", "fedora"), "sudo dnf"),
        (("manjaro", "arch"), "sudo pacman"),
        (("opensuse-tumbleweed", "opensuse", "suse"), "sudo zypper"),
        (("alpine",), "sudo apk"),
    ],
)
def test_relatives_of_a_system_use_its_packages(marks: tuple[str, ...], command: str) -> None:
    """Everything that may be missing has a package in every family."""
    for missing in Missing:
        assert System("linux", marks).install(missing).startswith(f"{command} ")
    assert System("linux", ("gentoo",)).install(Missing.VOICE) is None


def test_this_very_system_is_known() -> None:
    here = System.here()
    assert here.name == ("linux" if sys.platform.startswith("linux") else sys.platform)
    assert here.pip.startswith(sys.executable)


@pytest.mark.skipif(shutil.which("apt-cache") is None, reason="apt-cache is not here")
def test_packages_named_for_debian_exist_there() -> None:
    names = [
        name
        for missing in Missing
        for name in DEBIAN.install(missing).removeprefix("sudo apt install ").split()
    ]
    known = subprocess.run(
        ["apt-cache", "pkgnames"], capture_output=True, text=True, check=True
    ).stdout.split()
    if len(known) < 10_000:
        pytest.skip("this machine knows only the packages it has")
    assert [name for name in names if name not in known] == []


# -- screen -----------------------------------------------------------------------------------


def without_display(**more: str) -> dict[str, str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return {name: value for name, value in os.environ.items() if name not in hidden} | more


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
def test_a_computer_without_display_is_told_what_still_works() -> None:
    """Nothing needs installing there."""
    finding = doctor().screen(without_display())
    assert not finding.works
    assert "DISPLAY" in finding.text and "simulate" in finding.advice
    assert "apt" not in finding.advice


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X is not used elsewhere")
def test_a_display_that_is_not_there_is_not_taken_for_a_missing_library() -> None:
    finding = doctor().screen(without_display(DISPLAY=":4711"))
    assert not finding.works
    assert finding.text == SHIPPED.phrases.say("doctor.no_connection")


def test_a_window_nobody_would_see_does_not_count() -> None:
    finding = doctor().screen(without_display(QT_QPA_PLATFORM="offscreen"))
    assert not finding.works and "offscreen" in finding.text


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets a line of Python stand for the process that tries to open a window."""

    def stand_in(code: str) -> None:
        command = [sys.executable, "-c", code]
        monkeypatch.setattr("coach.app.doctor.helper_command", lambda _module: command)

    return stand_in


def test_a_window_that_opens_is_found(probe: Callable[[str], None]) -> None:
    probe("""print('{"platform": "xcb", "width": 1280, "height": 800}')""")
    finding = doctor().screen(os.environ)
    assert finding.works and "1280 × 800" in finding.text and not finding.advice


def test_a_missing_library_of_qt_is_named(probe: Callable[[str], None]) -> None:
    probe("import sys; sys.exit('libEGL.so.1: cannot open shared object file: No such file')")
    finding = doctor().screen({"DISPLAY": ":0"})
    assert "libEGL.so.1" in finding.text
    assert "libegl1" in finding.advice


def test_qt_that_says_nothing_or_hangs_is_no_screen(
    probe: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    probe("import os; os.abort()")
    assert doctor().screen({"DISPLAY": ":0"}).text == SHIPPED.phrases.say("doctor.no_screen")
    monkeypatch.setattr("coach.app.doctor.PATIENCE_S", 0.3)
    probe("import time; time.sleep(60)")
    assert doctor().screen({"DISPLAY": ":0"}).text == SHIPPED.phrases.say("doctor.screen_hangs")


# -- data -------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.under(tmp_path / "home")


def test_a_new_folder_and_one_with_data_are_both_fine(home: Home) -> None:
    empty = doctor().data(home)
    assert empty.works and "nothing yet" in empty.text
    assert main(["--home", str(home.data.parent), "doctor"]) in {0, 1}
    assert not home.database.exists(), "looking makes no data"


def test_a_damaged_data_file_is_said_and_left_as_it_is(home: Home) -> None:
    home.prepare()
    home.database.write_bytes(b"SQLite format 3\0" + b"\7" * 9000)
    before = home.database.read_bytes()
    finding = doctor().data(home)
    assert not finding.works
    assert str(home.database) in finding.text and "--home" in finding.advice
    assert home.database.read_bytes() == before


def test_the_data_file_of_another_program_is_said(home: Home) -> None:
    home.prepare()
    with sqlite3.connect(home.database) as other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    assert not doctor().data(home).works


def test_the_file_of_a_running_program_is_left_alone(home: Home) -> None:
    """It may be half written at this moment, and the program has looked at it itself."""
    home.prepare()
    home.database.write_bytes(b"torn")
    with SingleInstance(home.lock_file):
        assert doctor().data(home).works


def test_a_folder_that_cannot_be_made_is_said(home: Home) -> None:
    home.data.parent.write_text("a file where the folder should be")
    finding = doctor().data(home)
    assert not finding.works and str(home.data.parent) in finding.text


def test_a_disk_that_is_nearly_full_is_trouble(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("usage", (), {"free": ENOUGH_BYTES - 1})
    monkeypatch.setattr("coach.store.check_up.shutil.disk_usage", lambda _folder: usage)
    finding = doctor().data(home)
    assert (finding.works, finding.advice) == (False, SHIPPED.phrases.say("doctor.make_room"))


def test_a_folder_that_takes_no_file_is_trouble(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_where: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("coach.store.check_up.tempfile.TemporaryFile", refuse)
    finding = doctor().data(home)
    assert not finding.works and "Read-only" in finding.text


def test_settings_that_cannot_be_used_are_named_by_line(home: Home) -> None:
    home.prepare()
    home.settings_file.write_text("theme = 3\n")
    finding = doctor().data(home)
    assert not finding.works
    assert f"{home.settings_file}:1" in finding.text


# -- the command ------------------------------------------------------------------------------


def test_the_command_names_every_part_and_exits_with_one_when_something_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Here nobody would see a window, so it is never 0; cues are those of an opened program."""
    assert main(["--home", str(tmp_path), "doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    heads = [line.split()[0] for line in lines if not line.startswith(" ")]
    assert heads == [part for part in Part if part is not Part.CUES]


def test_the_command_exits_with_nothing_when_all_is_well(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    well = tuple(Finding(part, works=True, text="Fine.") for part in Part)
    monkeypatch.setattr("coach.app.doctor.examine", lambda *_: well)
    assert main(["--home", str(tmp_path), "doctor"]) == 0


def test_the_findings_line_up_under_each_other() -> None:
    findings = (
        Finding(Part.VOICE, works=True, text="Fine."),
        Finding(Part.SCREEN, works=False, text="Dark.", advice="Light it."),
    )
    assert doctor().lines(findings).splitlines() == [
        "voice   works    Fine.",
        "screen  TROUBLE  Dark.",
        "                 Light it.",
    ]


@pytest.fixture
def deaf_and_dumb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A computer without any speech engine and without a sound server."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "pyttsx3.py").write_text("def init():\n    raise RuntimeError('no eSpeak')\n")
    (broken / "espeakng_loader.py").write_text("raise ImportError('not installed')\n")
    monkeypatch.setenv("PYTHONPATH", str(broken))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nowhere'}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return Home.under(tmp_path / "home")


def test_a_computer_without_voice_and_sound_is_told_both_and_leaves_no_process(
    deaf_and_dumb: Home,
) -> None:
    before = threading.active_count()
    found = {one.part: one for one in examine(SHIPPED.phrases, deaf_and_dumb, DEBIAN)}
    assert found[Part.VOICE].text == SHIPPED.phrases.say(Reason.NO_VOICE_ENGINE.key)
    assert "libespeak-ng1" in found[Part.VOICE].advice
    assert not found[Part.SOUND].works
    assert found[Part.DATA].works
    assert threading.active_count() == before


def test_looking_needs_no_network(deaf_and_dumb: Home) -> None:
    """With every internet socket forbidden it still comes to its findings."""
    code = """
import socket, sys
def refuse(family, *rest, **more):
    assert family not in (socket.AF_INET, socket.AF_INET6), "network"
sys.addaudithook(lambda event, args: refuse(*args[1:2]) if event == "socket.__new__" else None)
from coach.cli import main
sys.exit(main(["doctor"]))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=helper_environment({**os.environ, "NERVE_COACH_HOME": str(deaf_and_dumb.data.parent)}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert "network" not in ran.stderr


def test_nothing_of_it_is_loaded_before_it_is_asked_for() -> None:
    code = "import sys, coach.cli; sys.exit('subprocess' in sys.modules)"
    environment: dict[str, Any] = helper_environment(os.environ)
    assert (
        subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
    )


def test_copies_and_files_moved_aside_are_told(home: Home) -> None:
    """And a file in which an answer changed by itself is trouble before it is next opened."""
    with closing(open_database(home, date(2025, 11, 20))) as database:
        with database.transaction() as connection:
            connection.execute("INSERT INTO profile VALUES ('p1', 'Ada', 'p-7c1f')")
        assert "No copy of the data" in doctor().data(home).text
        database.back_up(date(2025, 11, 20))
    (home.data / "nerve-coach-damaged-2025-11-01.db").touch()
    found = doctor().data(home)
    assert found.works
    assert "The last copy of the data is of 2025-11-20." in found.text
    assert "moved aside and kept: 1" in found.text
    with closing(sqlite3.connect(home.database)) as other, other:
        other.execute("UPDATE profile SET name = 'Bob'")
    found = doctor().data(home)
    assert not found.works and "changed by themselves" in found.text
