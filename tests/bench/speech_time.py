"""Speech for a plan that was never spoken before, with the real engine."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

from row import Row, at_most, percentile

from coach.engine.timing import LEAD_IN_FIRST_MS, LEAD_IN_RESUME_MS
from coach.voice.cache import CueCache
from coach.voice.cue_text import clean
from coach.voice.interface import Reason, VoiceChoice, VoiceSettings
from coach.voice.render_client import RenderClient, Rendered, Result
from coach.voice.speaker import LATE_S, Speaker, open_speaker
from playing import SHIPPED

CUES = 40
PATIENCE_S = 30
IN_TIME_MS = 1000 * LATE_S
"""What nobody prepared is spoken all the same when it is ready within this."""

KEPT_MS = 10
"""Two hundred cues are found again while the first question is read."""


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


def _one_by_one(cues: list[str], folder: Path) -> list[float] | None:
    """Milliseconds until each cue is ready when one is asked for after the other."""
    results: Queue[Result] = Queue()
    client = RenderClient(CueCache(folder))
    client.start(results.put, lambda: None)
    took = []
    try:
        client.request("One cue to start the engine", VoiceChoice())
        if not isinstance(results.get(timeout=PATIENCE_S), Rendered):
            return None
        for cue in cues:
            began = time.perf_counter()
            client.request(clean(cue), VoiceChoice())
            results.get(timeout=PATIENCE_S)
            took.append(1000 * (time.perf_counter() - began))
    finally:
        client.close()
        client.join()
    return took


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
    with tempfile.TemporaryDirectory() as folder:
        made, found = (_one_by_one(cues, Path(folder)) for _ in range(2))
    if made and found:
        note = f"median {percentile(made, 0.5):.1f} ms"
        yield at_most("speech, a cue made, p99", percentile(made, 0.99), IN_TIME_MS, "ms", note)
        note = f"median {percentile(found, 0.5):.2f} ms"
        yield at_most("speech, a cue kept, p99", percentile(found, 0.99), KEPT_MS, "ms", note)
