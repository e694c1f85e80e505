"""Plays a session aloud in a real window and in real time; run as a program of its own.

    playing_aloud.py HOME PLAN SECONDS STALLS PACE

PACE 1 answers as somebody who listens does, 0.1 ten times as fast. STALLS "1" makes the window
stand still for 200 ms every few seconds. What was to be heard, and when, goes to HOME/heard.json:
each sound with the moment the session meant it for.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from coach.app.coach_app import CoachApp
from coach.app.session import live_session
from coach.app.simulation.simulated_person import answer_to
from coach.app.sound.speaking import Speaking
from coach.app.sound.timeline import Cue
from coach.bootstrap import SystemClock
from coach.store.database import open_database
from coach.store.paths import Home
from coach.store.sessions import SessionStore
from coach.store.settings import Settings, SettingsFile
from coach.ui.main_window import MainWindow
from coach.ui.theme import Choice, Wardrobe
from coach.ui.wake_lock import WakeLock
from coach.voice.cue_text import clean
from coach.voice.interface import Channel, CueReport, VoiceSettings
from coach.voice.speaker import Speaker, open_speaker
from live_player import shipped_answers
from opened_program import SHIPPED

STALL_S = 0.2
BETWEEN_STALLS_S = (2.0, 6.0)
LOOK_MS = 50


class Notes:
    """What was asked of the voice, in order."""

    def __init__(self, speaker: Speaker) -> None:
        self.events: list[dict[str, Any]] = []
        self.reports: list[CueReport] = []
        self._speaker = speaker
        speaker.on_cue = self.reports.append
        hush = speaker.hush

        def noted_hush() -> None:
            self.events.append({"hush": time.perf_counter()})
            hush()

        speaker.hush = noted_hush  # type: ignore[method-assign]
        whole_play = Speaking._play

        def noted_play(speaking: Speaking, cue: Cue, at_s: float | None) -> None:
            self._note(cue, at_s)
            whole_play(speaking, cue, at_s)

        Speaking._play = noted_play  # type: ignore[method-assign]
        self.origin_s: Callable[[], float] = lambda: 0.0

    def _note(self, cue: Cue, at_s: float | None) -> None:
        words = clean(cue.sound)
        ready = self._speaker._ready.get(words)
        self.events.append(
            {
                "sound": str(cue.sound),
                "file": str(ready.file) if ready else None,
                "due": self.origin_s() + cue.at_ms / 1000,
                "asked": time.perf_counter(),
                "planned": at_s is not None,
            }
        )


class Listener:
    """Somebody at the window who answers, and ends the session when the time is over."""

    def __init__(
        self, app: QApplication, window: MainWindow, seconds: float, pace: float, *, stalls: bool
    ) -> None:
        self._app, self._window, self._pace = app, window, pace
        self._answers = shipped_answers("calm-day")
        self._end = time.perf_counter() + seconds
        self._chance = random.Random(1)
        self._next_stall = time.perf_counter() + 1.0 if stalls else float("inf")
        self._waiting: tuple[object, float] | None = None
        self._timer = QTimer(window, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        session = self._window.session
        now = time.perf_counter()
        if now > self._end or session is None or session.closed:
            self._timer.stop()
            self._app.exit()
            return
        if now > self._next_stall:
            time.sleep(STALL_S)
            self._next_stall = now + STALL_S + self._chance.uniform(*BETWEEN_STALLS_S)
        run = session._run  # type: ignore[attr-defined]
        reply = answer_to(run, self._answers)
        if reply is None:
            self._waiting = None
            return
        delay_ms, given = reply
        if self._waiting is None or self._waiting[0] != run.control:
            self._waiting = (run.control, now + self._pace * delay_ms / 1000)
        if now >= self._waiting[1]:
            self._waiting = None
            self._window.give(given)


def main(folder: str, plan: str, seconds: str, stalls: str, pace: str) -> int:
    """Play, then write down what was to be heard."""
    live_session.SHORTEST_THOUGHT_MS = 0
    home = Home.under(Path(folder))
    clock = SystemClock()
    today = datetime.fromisoformat(clock.wall()).date()
    SettingsFile(home.settings_file).save(Settings(welcomed=True, heard_and_seen=True, lead_in_s=5))
    app = QApplication(sys.argv[:1])
    store = SessionStore(open_database(home, today))
    speaker = open_speaker(home.cache / "voice", VoiceSettings(), log_folder=home.logs)
    notes = Notes(speaker)
    coach = CoachApp(SHIPPED, home, store, clock, speaker, time.perf_counter, plan=plan)
    wardrobe = Wardrobe(app, Choice.LIGHT, 1.0)
    window = MainWindow(coach, wardrobe, WakeLock(()))
    window.resize(1280, 800)
    window.show()
    coach.start_voice()
    asked = len(speaker._texts)
    patience = time.monotonic() + 90
    while speaker.status.channel is not Channel.VOICE or len(speaker.durations) < asked:
        if time.monotonic() > patience:
            print(f"not ready: {speaker.status}")
            speaker.close()
            return 1
        time.sleep(0.02)
    print("ready", flush=True)
    sys.stdin.readline()
    window.begin()
    session: Any = window.session
    notes.origin_s = lambda: session._origin_ms / 1000
    used = time.process_time()
    began = time.perf_counter()
    listener = Listener(app, window, float(seconds), float(pace), stalls=stalls == "1")
    app.exec()
    del listener
    share = (time.process_time() - used) / (time.perf_counter() - began)
    speaker.hush()
    speaker.close()
    heard = {
        "began": began,
        "ended": time.perf_counter(),
        "share": share,
        "events": notes.events,
        "unheard": [
            [report.text, report.channel, report.reason]
            for report in notes.reports
            if report.channel is not Channel.VOICE and report.text
        ],
        "outcome": str(session.view().ledger.outcome),
    }
    (home.data.parent / "heard.json").write_text(json.dumps(heard))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
