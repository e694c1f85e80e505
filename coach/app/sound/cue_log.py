"""How the cues came out, as the voice reports it: the only ground for saying what was played."""

import threading
from collections import Counter
from collections.abc import Mapping

from coach.voice.interface import Channel, CueReport, Reason, Voice


class CueLog:
    """Takes the reports of a voice, from any thread; whoever listened before still hears them."""

    def __init__(self, voice: Voice) -> None:
        self._lock = threading.Lock()
        self._newest: dict[str, CueReport] = {}
        self._unspoken: Counter[str] = Counter()
        self._other = voice.on_cue
        voice.on_cue = self._take

    def newest(self, text: str) -> CueReport | None:
        """How a sentence came out last; None while nothing is known."""
        with self._lock:
            return self._newest.get(text)

    def forget(self, text: str) -> None:
        """What is known of a sentence is about an earlier time."""
        with self._lock:
            self._newest.pop(text, None)

    def begin_session(self) -> None:
        """Count anew what could not be spoken."""
        with self._lock:
            self._unspoken.clear()

    @property
    def unspoken(self) -> Mapping[str, int]:
        """How many cues of the session could not be spoken, by the phrase that tells why."""
        with self._lock:
            return dict(self._unspoken)

    def count_unspoken(self, key: str) -> None:
        """One more cue was not spoken; key: the phrase that tells why."""
        with self._lock:
            self._unspoken[key] += 1

    def _take(self, report: CueReport) -> None:
        with self._lock:
            self._newest[report.text] = report
        if report.channel is not Channel.VOICE and report.reason is not Reason.CHOSEN:
            self.count_unspoken(report.reason.key)
        if self._other is not None:
            self._other(report)
