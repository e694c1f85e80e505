"""What works here and what to do about the rest: voice, sound, screen and data folder."""

import json
import os
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from coach.app.remedies import Missing, System
from coach.app.sound.timeline import Dropped, Stretch
from coach.app.sound.voice_settings import voice_settings
from coach.formats.phrases import Phrases
from coach.store.check_up import MEGABYTE, DataHealth, check_up
from coach.store.errors import KnownError
from coach.store.paths import Home
from coach.store.settings import Settings, SettingsFile
from coach.voice.child_process import helper_command, helper_environment
from coach.voice.interface import (
    Channel,
    CueReport,
    Priority,
    Reason,
    SoundHealth,
    Voice,
    Wanted,
)
from coach.voice.speaker import open_speaker

PATIENCE_S = 20.0
"""A first start of a speech engine may take 15 s; a sound helper that hangs is found after 10 s."""

HEARD_WITHIN_S = 8.0
"""The sentence takes four seconds."""

_STARTING = (Reason.VOICE_STARTING, Reason.SOUND_STARTING)
_UNSEEN = ("offscreen", "minimal", "vnc")
"""Qt platforms that open windows nobody sees on a screen of this computer."""


class Part(StrEnum):
    """What is looked at; cues are those of today's session, where the program is open."""

    VOICE = "voice"
    SOUND = "sound"
    CUES = "cues"
    SCREEN = "screen"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is, and what to do about it: "" when nothing is to be done."""

    part: Part
    works: bool
    text: str
    advice: str = ""


class Doctor:
    """Puts what it finds into words of one language, with remedies for one system."""

    def __init__(self, phrases: Phrases, system: System) -> None:
        self._phrases = phrases
        self._system = system

    def _say(self, key: str, **blanks: str | int) -> str:
        return self._phrases.say(f"doctor.{key}", **blanks)

    # Voice and sound

    def sound_findings(self, voice: Voice) -> tuple[Finding, Finding]:
        """How voice and loudspeaker are at this moment."""
        health = voice.health
        return self._voice_finding(health, len(voice.voices)), self._sound_finding(health)

    def cues(self, stretches: Sequence[Stretch]) -> Finding:
        """Whether every cue of a session has the time that it takes to say it."""
        count = sum(len(one.cues) for one in stretches)
        # Only words that are missing: numbers give way to them on purpose.
        late = (cue for one in stretches for cue in one.dropped)
        shown = [str(cue.sound) for cue in late if cue.dropped is Dropped.NO_ROOM]
        if not shown:
            return Finding(Part.CUES, works=True, text=self._say("cues", count=count))
        words = " ".join(dict.fromkeys(shown))
        text = self._say("cues_shown", count=count, shown=len(shown), words=words)
        return Finding(Part.CUES, works=False, text=text, advice=self._say("speak_faster"))

    def _voice_finding(self, health: SoundHealth, count: int) -> Finding:
        words = self._phrases.say(health.voice.key)
        if not health.speaks:
            return Finding(Part.VOICE, works=False, text=words, advice=self._voice_advice(health))
        name = health.speaking.name or health.speaking.id if health.speaking else ""
        text = self._say("voice", source=words, name=name, count=count)
        return Finding(Part.VOICE, works=True, text=text)

    def _voice_advice(self, health: SoundHealth) -> str:
        match health.voice:
            case Reason.NO_VOICE_ENGINE:
                return self._engine_advice()
            case Reason.NO_VOICE_FOR_LANGUAGE:
                return self._say("add_voice")
            case Reason.DISK_FULL:
                return self._say("make_room")
            case Reason.CACHE_UNUSABLE:
                return self._say("allow_folder")
            case _:
                return self._say("open_again")

    def _engine_advice(self) -> str:
        if self._system.name != "linux":
            return self._say("add_voice")
        command = self._system.install(Missing.VOICE)
        if command is None:
            advice = self._say("install_named", names="espeak-ng")
        else:
            advice = self._say("install", command=command)
        if self._system.pip:
            advice += " " + self._say("or_part", command=f"{self._system.pip} espeakng-loader")
        return advice

    def _sound_finding(self, health: SoundHealth) -> Finding:
        if health.sound is not None:
            words = self._phrases.say(health.sound.key)
            return Finding(Part.SOUND, works=False, text=words, advice=self._sound_advice(health))
        name = health.playing.name if health.playing else ""
        return Finding(Part.SOUND, works=True, text=self._say("sound", name=name))

    def _sound_advice(self, health: SoundHealth) -> str:
        missing = {
            Reason.NO_SOUND_LIBRARY: (Missing.SOUND_LIBRARY, "libpulse"),
            Reason.NO_SOUND_DEVICE: (Missing.SOUND_SERVER, "pipewire-pulse"),
        }
        if health.sound not in missing:
            return self._say("open_again")
        what, names = missing[health.sound]
        if self._system.name != "linux":
            return self._say("connect")
        command = self._system.install(what)
        if command is None:
            install = self._say("install_named", names=names)
        else:
            install = self._say("install", command=command)
        if what is Missing.SOUND_LIBRARY:
            return install
        return f"{self._say('connect')} {self._say('no_server')} {install}"

    def say_aloud(self, voice: Voice, wanted: Wanted) -> Iterator[Finding]:
        """Wait until voice and sound have started, speak a sentence, and tell how it came out."""
        heard: list[CueReport] = []
        told = threading.Event()

        text, before = self._say("sentence"), voice.on_cue

        def take(report: CueReport) -> None:
            if before is not None:
                before(report)
            if report.text == text:
                heard.append(report)
                told.set()

        voice.on_cue = take
        started = _wait(lambda: not _starting(voice.health), PATIENCE_S)
        spoken, sound = self.sound_findings(voice)
        if started and spoken.works and sound.works and wanted is not Wanted.SILENT:
            voice.prepare([text])
            _wait(lambda: text in voice.durations, HEARD_WITHIN_S)
            voice.say(text, priority=Priority.URGENT)
            told.wait(HEARD_WITHIN_S)
            spoken, sound = self._after(voice, heard)
        voice.on_cue = before
        yield spoken
        yield sound

    def _after(self, voice: Voice, heard: list[CueReport]) -> tuple[Finding, Finding]:
        spoken, sound = self.sound_findings(voice)
        match heard:
            case [CueReport(channel=Channel.VOICE), *_]:
                played = self._say("played", output=sound.text)
                return spoken, replace(sound, text=played, advice=self._say("if_silent"))
            case [CueReport(channel=Channel.TONES, reason=reason), *_]:
                words, advice = self._phrases.say(reason.key), self._say("open_again")
                return replace(spoken, works=False, text=words, advice=advice), sound
            case [CueReport(reason=reason), *_]:
                words = self._phrases.say(reason.key)
            case _:
                words = self._say("not_played")
        return spoken, replace(sound, works=False, text=words, advice=self._say("open_again"))

    # Screen and data

    def screen(self, environment: Mapping[str, str]) -> Finding:
        """Whether a window can be opened: tried in a process of its own, which Qt may end."""
        try:
            tried = subprocess.run(
                helper_command("coach.ui.screen_probe"),
                env=helper_environment(environment),
                capture_output=True,
                text=True,
                errors="replace",
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return self._no_screen(self._say("screen_hangs"))
        try:
            found = json.loads(tried.stdout)
        except ValueError:
            return self._why_no_screen(tried.stderr, environment)
        size = f"{found['width']} × {found['height']}"
        if found["platform"] in _UNSEEN:
            text = self._say("screen_unseen", platform=found["platform"])
            return Finding(Part.SCREEN, works=False, text=text, advice=self._say("without_screen"))
        text = self._say("screen", size=size, platform=found["platform"])
        return Finding(Part.SCREEN, works=True, text=text)

    def _why_no_screen(self, complaint: str, environment: Mapping[str, str]) -> Finding:
        ways = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
        if self._system.name == "linux" and not ways & environment.keys():
            return self._no_screen(self._say("no_display"))
        if "could not connect to display" in complaint:
            return self._no_screen(self._say("no_connection"))
        missing = re.search(r"\blib[\w.+-]+\.so[\w.]*(?=: cannot open)", complaint)
        text = self._say("screen_library", name=missing.group()) if missing else ""
        command = self._system.install(Missing.SCREEN)
        first = self._say("install_for_screen", command=command) if command else ""
        return self._no_screen(text or self._say("no_screen"), first)

    def _no_screen(self, text: str, first: str = "") -> Finding:
        advice = f"{first} {self._say('without_screen')}".strip()
        return Finding(Part.SCREEN, works=False, text=text, advice=advice)

    def data(self, home: Home) -> Finding:
        """Whether sessions can be kept, and read again."""
        try:
            health = check_up(home)
        except KnownError as error:
            return Finding(Part.DATA, works=False, text=str(error), advice=self._say("other_home"))
        free = health.free_bytes // MEGABYTE
        text = self._say("data" if health.begun else "data_new", folder=str(home.data), free=free)
        text = " ".join([text, *self._kept(health)])
        if not health.enough:
            return Finding(Part.DATA, works=False, text=text, advice=self._say("make_room"))
        warnings = SettingsFile(home.settings_file).load().warnings
        if warnings:
            text = " ".join(str(warning) for warning in warnings)
            return Finding(Part.DATA, works=False, text=text, advice=self._say("mend_settings"))
        return Finding(Part.DATA, works=True, text=text)

    def _kept(self, health: DataHealth) -> Iterator[str]:
        """Copies of the data, and what was moved aside."""
        if health.begun and health.last_backup is None:
            yield self._say("no_copy")
        elif health.last_backup is not None:
            yield self._say("last_copy", day=health.last_backup.isoformat())
        if health.aside:
            yield self._say("aside", count=health.aside)

    def lines(self, findings: tuple[Finding, ...]) -> str:
        """The findings for a terminal."""
        heads = {part: self._say(f"part.{part}") for part in Part}
        states = {works: self._say("works" if works else "trouble") for works in (True, False)}
        widths = [max(map(len, words)) for words in (heads.values(), states.values())]
        lines = []
        for one in findings:
            head = f"{heads[one.part]:{widths[0]}}  {states[one.works]:{widths[1]}}  "
            lines += [head + one.text]
            lines += [" " * len(head) + one.advice] if one.advice else []
        return "\n".join(lines)


def examine(phrases: Phrases, home: Home, system: System) -> tuple[Finding, ...]:
    """Look at everything, with the real helpers; one sentence is spoken."""
    doctor = Doctor(phrases, system)
    data = doctor.data(home)
    settings = SettingsFile(home.settings_file).load().settings if data.works else Settings()
    chosen = voice_settings(settings, phrases.language)
    wanted = Wanted.SILENT if chosen.wanted is Wanted.SILENT else Wanted.BOTH
    speaker = open_speaker(home.cache / "voice", replace(chosen, wanted=wanted))
    try:
        speaker.start()
        screen = doctor.screen(os.environ)
        return (*doctor.say_aloud(speaker, wanted), screen, data)
    finally:
        speaker.close()


def examine_open(doctor: Doctor, home: Home, voice: Voice, wanted: Wanted) -> tuple[Finding, ...]:
    """Look at everything while the program is open, with the voice it has.

    The sentence is spoken where a voice is wanted.
    """
    data, screen = doctor.data(home), doctor.screen(os.environ)
    aloud = doctor.say_aloud(voice, wanted if wanted.speaks else Wanted.SILENT)
    return (*aloud, screen, data)


def _starting(health: SoundHealth) -> bool:
    return health.voice in _STARTING or health.sound in _STARTING


def _wait(fact: Callable[[], bool], patience_s: float) -> bool:
    """Whether it came true in time; other threads and processes bring it about."""
    end = time.monotonic() + patience_s
    while not fact():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
