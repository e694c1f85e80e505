"""Twenty minutes played aloud and recorded, with a busy core and a window that stalls."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from row import Row, at_most, percentile

from heard_cues import play_aloud
from sound_server import NoSoundServerError, SoundServer
from sound_session import long_plan

SECONDS = 1_200
BLOCK_MS = 5
"""The test's own output takes sound in blocks of this length."""


def rows() -> Iterator[Row]:
    """One session; no rows where there is no sound server to be had."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            server = SoundServer(folder)
        except NoSoundServerError as reason:
            print(f"cue onset: not measured, {reason}")
            return
        keeps_it_quick = server.record()
        try:
            session = play_aloud(folder, server, long_plan(folder), SECONDS, disturbed=True)
        finally:
            keeps_it_quick.stop()
            server.stop()
    verdict = session.verdict
    errors = [abs(error) * 1000 for error in verdict.errors_s]
    middle = percentile(errors, 0.5)
    note = f"{len(errors)} cues, median {middle:.1f} ms, worst {max(errors):.1f} ms"
    yield at_most("cue onset, p99", percentile(errors, 0.99), 15, "ms", note)
    reactions = [abs(error) * 1000 for error in verdict.reactions_s]
    note = f"{len(reactions)} cues said at once because of an answer"
    yield at_most("cue onset after an answer, p99", percentile(reactions, 0.99), 100, "ms", note)
    drift = abs(verdict.drift_s) * 1000
    yield at_most("cue drift over the session", drift, BLOCK_MS, "ms", f"{session.seconds:.0f} s")
    kinds = {
        "wrong": verdict.wrong,
        "lost": verdict.lost,
        "stuttering": verdict.stuttered,
        "not asked for": verdict.extra,
        "not spoken": session.unheard,
    }
    amiss = sum(map(len, kinds.values()))
    counts = ", ".join(f"{len(found)} {kind}" for kind, found in kinds.items())
    note = f"{counts}, of {session.count}"
    yield at_most("cues amiss", amiss, 0, "cues", note)
    yield at_most("a playing session, its window", 100 * session.share, 25, "% of a core")
    helpers = 100 * session.helpers_s / session.seconds
    yield at_most("a playing session, voice and sound", helpers, 2, "% of a core")
