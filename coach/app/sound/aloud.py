"""Words spoken outside a session: said as soon as voice and words are ready, or taken back."""

from collections.abc import Callable, Sequence

from coach.app.sound.cues import GAP_MS
from coach.app.sound.speaking import SHORTEST_CAPTION_MS, WORD_MS
from coach.voice.interface import Channel, Reason, Voice

STARTING_S = 20.0
"""How long a voice that is starting is waited for; the first start of an engine may take 15 s."""

RENDERING_S = 5.0
"""How long words that are being made ready are waited for: after a change of voice all are."""

_STARTING = (Reason.VOICE_STARTING, Reason.SOUND_STARTING)


def is_starting(voice: Voice) -> bool:
    """Whether voice or sound has only just been started and may come any moment."""
    return voice.status.reason in _STARTING


class Readiness:
    """Whether some sentences can be said now; asked again and again from one moment on.

    Seconds are those of the voice's clock.
    """

    def __init__(self, voice: Voice, sentences: Sequence[str], now_s: float) -> None:
        self._voice = voice
        self._sentences = sentences
        self._since_s = now_s
        self._started_s: float | None = None
        voice.prepare(sentences)

    def at(self, now_s: float) -> bool:
        """True once they can be said, or have been waited for long enough."""
        if is_starting(self._voice):
            return now_s - self._since_s >= STARTING_S
        if self._started_s is None:
            self._started_s = now_s
        if self._voice.status.channel is not Channel.VOICE:
            return True
        known = self._voice.durations
        ready = all(one in known for one in self._sentences)
        return ready or now_s - self._started_s >= RENDERING_S


class Aloud:
    """Says one row of sentences at a time; a newer one takes the place of what is being said."""

    def __init__(self, voice: Voice, second: Callable[[], float]) -> None:
        self._voice = voice
        self._second = second
        self._sentences: tuple[str, ...] = ()
        self._readiness: Readiness | None = None
        self._shown_until_s = 0.0

    @property
    def caption(self) -> str:
        """The words being said, and a moment longer; "" otherwise."""
        shown = self.waits or self._second() < self._shown_until_s
        return " ".join(self._sentences) if shown else ""

    def show(self, sentences: Sequence[str]) -> None:
        """Caption these without saying them."""
        self.stop()
        self._sentences = tuple(sentences)
        self._begin_caption()

    def _begin_caption(self) -> None:
        words = len(" ".join(self._sentences).split())
        self._shown_until_s = self._second() + (SHORTEST_CAPTION_MS + WORD_MS * words) / 1000

    @property
    def waits(self) -> bool:
        """Whether something is still to be said, and ``tick`` has to be called."""
        return self._readiness is not None

    def say(self, sentences: Sequence[str]) -> None:
        """Say these, one after another; at once when they are ready."""
        self.show(sentences)
        self._readiness = Readiness(self._voice, self._sentences, self._second())
        self.tick()

    def tick(self) -> None:
        """Say what has become ready."""
        now = self._second()
        if self._readiness is None or not self._readiness.at(now):
            return
        self._readiness = None
        self._begin_caption()
        known = self._voice.durations
        at: float | None = None
        for sentence in self._sentences:
            self._voice.say(sentence, at)
            at = (now if at is None else at) + known.get(sentence, 0.0) + GAP_MS / 1000

    def stop(self) -> None:
        """Silence, and nothing that was to come."""
        self._readiness = None
        self._shown_until_s = 0.0
        self._voice.hush()
