"""Sessions during which the helpers are killed at random moments."""

import os
import random
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from coach.voice.interface import Reason, Voice
from coach.voice.render_client import RenderLimits
from coach.voice.sound_client import SoundLimits
from helper_processes import gone, helpers_of
from sound_session import Played, Setting, play_session

#: Seconds between two kills; a helper of speech needs 0.1 s to start, one of sound 0.4 s.
PAUSE_S = (0.03, 0.3)


class Killer:
    """Kills one of this process's helpers after another, at moments chance chooses."""

    def __init__(self, seed: int) -> None:
        self.killed: set[int] = set()
        self.seen: set[int] = set()
        self._chance = random.Random(seed)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._work, name="killer")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._end.wait(self._chance.uniform(*PAUSE_S)):
            helpers = helpers_of(os.getpid())
            self.seen.update(helpers)
            if helpers:
                victim = self._chance.choice(helpers)
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                    self.killed.add(victim)


@dataclass(frozen=True)
class Outcome:
    """A session that was played while its helpers were killed.

    kills: how many; orphans: helpers that live on after it.
    """

    played: Played
    kills: int
    orphans: tuple[int, ...]


def killed_session(folder: Path, plan: Path, seed: int) -> Outcome:
    """Play the plan with an empty cache. Every other seed lets the engine come back without end."""
    patient = RenderLimits(restarts=1000) if seed % 2 else RenderLimits()
    setting = Setting(
        folder / "cache", render_limits=patient, sound_limits=SoundLimits(back_off_s=(0.05,))
    )

    def tried(voice: Voice) -> bool:
        return voice.health.voice is not Reason.VOICE_STARTING

    with Killer(seed) as killer:
        played = play_session(folder / "home", setting.speaker, tried, plan=plan)
    orphans = tuple(pid for pid in killer.seen if not gone(pid))
    return Outcome(played, len(killer.killed), orphans)
