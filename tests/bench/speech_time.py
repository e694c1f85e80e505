"""Speech for a plan that was never spoken before, with the real engine."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from row import Row, at_most

from coach.engine.timing import LEAD_IN_FIRST_MS, LEAD_IN_RESUME_MS
from coach.voice.interface import Reason, VoiceSettings
from coach.voice.speaker import Speaker, open_speaker
from playing import SHIPPED

CUES = 40
PATIENCE_S = 30


def _cues() -> list[str]:
    texts: dict[str, None] = {}
    for exercise in SHIPPED.catalogue.values():
        for name in ("start", *(phase.name for phase in exercise.phases)):
            key = exercise.cue(name)
            if key is not None:
                texts[SHIPPED.phrases.say(key)] = None
    return list(texts)[:CUES]


def _ready_after_s(speaker: Speaker, count: int, began: float) -> float | None:
    """Seconds until so many cues were ready; None when there is no voice here."""
    while time.perf_counter() - began < PATIENCE_S:
        if len(speaker.durations) >= count:
            return time.perf_counter() - began
        if speaker._renderer.trouble not in (None, Reason.VOICE_STARTING):
            return None
        time.sleep(0.002)
    return float(PATIENCE_S)


def rows() -> Iterator[Row]:
    """From starting the helper with an empty cache; no rows where there is no speech engine."""
    cues = _cues()
    with tempfile.TemporaryDirectory() as folder:
        speaker = open_speaker(Path(folder), VoiceSettings())
        try:
            began = time.perf_counter()
            speaker.start()
            speaker.prepare(cues)
            first = _ready_after_s(speaker, 1, began)
            every = _ready_after_s(speaker, len(cues), began)
        finally:
            speaker.close()
    if first is None or every is None:
        return
    # A resumed movement has the shortest lead-in, a new plan starts with the longest.
    yield at_most("speech, first cue of a new plan ready", first * 1000, LEAD_IN_RESUME_MS, "ms")
    name = f"speech, all {len(cues)} cues ready"
    yield at_most(name, every * 1000, LEAD_IN_FIRST_MS, "ms")
