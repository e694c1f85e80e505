"""What a running session says: on time by ear, word for word on the screen, never stale."""

from collections.abc import Callable, Mapping, Sequence

from coach.app.phrasing import Phrasing
from coach.app.session.session_view import TINGLING_ITEM, question_id
from coach.app.sound.cues import (
    DEFINITIONS,
    ITEM_PHRASES,
    Felt,
    Piece,
    heard,
    pieces,
    pieces_of_text,
    rating_heard,
    said_in,
)
from coach.app.sound.timeline import (
    Cue,
    Dropped,
    Happening,
    ahead,
    lay_out,
    length_from,
    room_ms,
    spoken_until,
)
from coach.domain.decision import Phrase
from coach.engine.control import (
    CheckIn,
    Message,
    Paused,
    Rate,
    Settle,
    Stage,
    TenMinutes,
    Wrong,
)
from coach.engine.decide import action_message
from coach.engine.effects import AskedAgain, Effect, Hush
from coach.engine.inputs import Input, RatedSoFar
from coach.engine.run import Run
from coach.voice.interface import Reason, Voice
from coach.voice.tones import Tone

AHEAD_MS = 1_500  # a window that stalls for less than this delays no cue
SHORTEST_CAPTION_MS = 2_000
WORD_MS = 400  # clinical.md 7.0 Voice: 2.7 words a second


class Speaking:
    """The voice and the captions of one session.

    Cues of the next ``AHEAD_MS`` are with the voice already, each with its moment; whatever the
    person does takes back what has not been heard. Nothing here is ever asked what to do next.
    All times are session milliseconds; sound_offset_s is in seconds. count_unspoken is told of
    each cue that had no room, by the phrase that tells why.
    """

    def __init__(
        self,
        voice: Voice,
        phrasing: Phrasing,
        questions: Mapping[str, str],
        sound_offset_s: Callable[[], float],
        count_unspoken: Callable[[str], None],
        *,
        first_use: bool,
    ) -> None:
        self._voice = voice
        self._second_of: Callable[[int], float] = lambda ms: ms / 1000
        self._phrasing = phrasing
        self._questions = questions
        self._sound_offset_s = sound_offset_s
        self._count_unspoken = count_unspoken
        self._explains = first_use
        self._sent_ms = -1
        self._busy_until_ms = 0
        self._caption = ""
        self._caption_ends_ms = 0
        self._last: tuple[Piece, ...] = ()
        self._question: tuple[Piece, ...] = ()
        self._heard_already: set[Phrase] = set()
        self._begun = False

    def caption(self, now_ms: int) -> str:
        """The words being said, and a moment longer; "" otherwise."""
        return "" if now_ms >= self._caption_ends_ms else self._caption

    def follow(self, second_of: Callable[[int], float]) -> None:
        """Take from here at which second of the voice's clock a session millisecond lies."""
        self._second_of = second_of

    # What the session does

    def begin(self, run: Run) -> None:
        """Say what waits for the person at this point of a session, unless something was said."""
        if self._begun:
            return
        self._begun = True
        stage = run.control.stage
        said: tuple[Piece, ...] = ()
        match stage:
            case CheckIn():
                said = self._check_in_question(run, stage)
            case Paused():
                said = pieces([Phrase("cue.paused")], self._phrasing)
            case Rate():
                said = self._question = pieces([Phrase("ask.tingling")], self._phrasing)
            case Settle() | TenMinutes(asking=True):
                said = self._question = pieces([Phrase("ask.settle")], self._phrasing)
            case Wrong():
                said = pieces([Phrase("ask.wrong")], self._phrasing)
            case Message(action):
                said = pieces([action_message(action)], self._phrasing)
            case _:
                pass
        self._show(said, (), run.now_ms)
        self._sound(Happening(run.now_ms, run), said, run.now_ms)
        self._sent_ms = run.now_ms

    def passed(self, before: Run, to_ms: int) -> None:
        """Time has gone on: caption what came, and say what was not with the voice yet."""
        for happening in ahead(before, to_ms):
            said = self._said(before.control.stage, happening)
            self._show(said, happening.effects, happening.at_ms)
            if happening.at_ms > self._sent_ms:
                if any(isinstance(effect, Hush) for effect in happening.effects):
                    self._voice.hush()
                self._sound(happening, said, to_ms)
            before = happening.run

    def given(self, before: Run, run: Run, given: Input, effects: tuple[Effect, ...]) -> None:
        """Something was given: it silences what was being said, and is said back.

        One answer of several does neither: the window says it back and reads the next question.
        """
        if isinstance(given, RatedSoFar):
            return
        if not effects and run.control.stage == before.control.stage:
            return
        self._begun = True
        self.hush(run.now_ms)
        happening = Happening(run.now_ms, run, effects)
        stops = isinstance(run.control.stage, Message)  # nothing delays a stop message
        back = [one for one in heard(given) if not stops and one not in self._heard_already]
        self._heard_already.clear()
        said = (*pieces(back, self._phrasing), *self._said(before.control.stage, happening))
        self._show(said, effects, run.now_ms)
        self._sound(happening, said, run.now_ms)
        self._sent_ms = run.now_ms

    def look_ahead(self, run: Run) -> None:
        """Hand the voice what is due soon, each cue with its moment."""
        if self._sent_ms >= run.now_ms + AHEAD_MS // 2:
            return
        stage = run.control.stage
        for happening in ahead(run, run.now_ms + AHEAD_MS):
            if happening.at_ms > self._sent_ms:
                self._sound(happening, self._said(stage, happening, kept=False), run.now_ms)
            stage = happening.run.control.stage
        self._sent_ms = max(self._sent_ms, run.now_ms + AHEAD_MS)

    # What the window asks for

    def ask(self, run: Run, *keys: str, back: Sequence[Phrase] = ()) -> None:
        """Ask a question that the window puts by itself, or several that stand on one screen.

        back: how the answer just given is said back, first and not again when it counts.
        """
        self._question = pieces((Phrase(key) for key in keys), self._phrasing)
        self._heard_already.update(back)
        self._interject(run, (*pieces(back, self._phrasing), *self._question))
        self._last = self._question

    def say_back(self, run: Run, felt: Felt, number: int) -> None:
        """Say a rating back while it can still be changed; it is not said again when it counts."""
        self._heard_already = {
            phrase for phrase in self._heard_already if phrase.key != f"heard.{felt}"
        }
        phrase = rating_heard(felt, number)
        self._heard_already.add(phrase)
        self._interject(run, pieces([phrase], self._phrasing))

    def repeat(self, run: Run) -> None:
        """Say the last words once more."""
        self._interject(run, self._last)

    def hush(self, now_ms: int) -> None:
        """Silence, and nothing that was to come."""
        self._voice.hush()
        self._sent_ms = now_ms
        self._busy_until_ms = now_ms

    def _interject(self, run: Run, said: tuple[Piece, ...]) -> None:
        if said:
            self.hush(run.now_ms)
            last = self._last
            happening = Happening(run.now_ms, run)
            self._show(said, (), run.now_ms)
            self._sound(happening, said, run.now_ms, limited=False)
            self._last = last

    # How

    def _said(self, before: Stage, happening: Happening, *, kept: bool = True) -> tuple[Piece, ...]:
        """The words of a moment. kept: it has really come, so what it asks is the question now."""
        stage = happening.run.control.stage
        phrases = said_in(happening.effects)
        said = pieces(phrases, self._phrasing)
        asks = tuple(phrase for phrase in phrases if phrase.key.startswith("ask."))
        if isinstance(stage, CheckIn):
            if stage != before:
                said = (*said, *self._check_in_question(happening.run, stage))
        elif any(isinstance(effect, AskedAgain) for effect in happening.effects):
            said = (*said, *self._question)
        elif asks and kept:
            self._question = pieces(asks, self._phrasing)
        return said

    def _check_in_question(self, run: Run, stage: CheckIn) -> tuple[Piece, ...]:
        """The question being asked; before the first about tingling, what the words mean (H23)."""
        name = question_id(run, stage)
        if name not in ITEM_PHRASES:
            return pieces_of_text(self._questions[name])
        explains = self._explains and name == TINGLING_ITEM and not stage.again
        phrases = (*(DEFINITIONS if explains else ()), Phrase(ITEM_PHRASES[name]))
        return pieces(phrases, self._phrasing)

    def _show(self, said: Sequence[Piece], effects: Sequence[Effect], at_ms: int) -> None:
        """Caption what is said, whether or not it can be heard, for as long as it takes to read."""
        if said:
            self._last = tuple(said)
            self._caption = " ".join(piece.text for piece in said)
            words = len(self._caption.split())
            self._caption_ends_ms = at_ms + SHORTEST_CAPTION_MS + WORD_MS * words
        elif any(isinstance(effect, Hush) for effect in effects):
            self._caption = ""

    def _sound(
        self, happening: Happening, said: Sequence[Piece], now_ms: int, *, limited: bool = True
    ) -> None:
        """Hand it to the voice. limited: it has to be over when the next words are due."""
        if not said and not happening.tones:
            return
        begin_ms = happening.at_ms if happening.timed else max(happening.at_ms, now_ms)
        room = room_ms(happening) if limited else None
        cues = lay_out(
            happening,
            said,
            length_from(self._voice.durations),
            begin_ms=begin_ms,
            room=None if room is None else room - (begin_ms - happening.at_ms),
            busy_until_ms=self._busy_until_ms,
        )
        self._busy_until_ms = spoken_until(cues, self._busy_until_ms)
        at_once = not happening.timed and begin_ms == now_ms
        # What begins at once is as late as the loudspeaker; the rest of it must not overtake it.
        shift_s = self._sound_offset_s() if at_once else 0.0
        for cue in cues:
            if cue.dropped is None:
                now = at_once and cue.at_ms == now_ms
                self._play(cue, None if now else self._second_of(cue.at_ms) + shift_s)
            elif cue.dropped is Dropped.NO_ROOM and self._wanted:
                # only these: numbers give way on purpose, and often
                self._count_unspoken(cue.dropped.key)

    @property
    def _wanted(self) -> bool:
        """Whether there is to be a voice; who chose none misses nothing."""
        return self._voice.status.reason is not Reason.CHOSEN

    def _play(self, cue: Cue, at_s: float | None) -> None:
        if isinstance(cue.sound, Tone):
            self._voice.tone(cue.sound, at_s)
        else:
            self._voice.say(cue.sound, at_s, cue.priority)
