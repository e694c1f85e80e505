"""One session played in real time: clock in, sound and rows out, nothing decided here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from coach.app.phrasing import Phrasing
from coach.app.ports import Clock, SessionKeeper
from coach.app.session.cut_off import RESUME_WITHIN
from coach.app.session.recorder import Recorder
from coach.app.session.replaying import past_session
from coach.app.session.session_view import SessionView, look
from coach.app.sound.cues import Felt
from coach.app.sound.speaking import Speaking
from coach.domain.decision import Phrase
from coach.domain.screening import Lock
from coach.engine.control import Message, Paused, Rate, Rest, Settle, Summary, TenMinutes, Wrong
from coach.engine.effects import Locked, Refusal, Refused
from coach.engine.inputs import (
    ClockGap,
    Input,
    Leave,
    Rated,
    RatedSoFar,
    Replied,
    Report,
    SomethingWrong,
)
from coach.engine.ledger import SetRecord
from coach.engine.run import Moment, Run, advance, give
from coach.engine.timing import ANSWERING_S, SETTLE_CHECKS_S
from coach.formats.session_log import LogRecord
from coach.rules.check_in import SHORTEST_THOUGHT_MS
from coach.store.errors import KnownError
from coach.voice.interface import Channel, Reason, Voice

UNSEEN_COUNTS_MS = (SETTLE_CHECKS_S[-1] + ANSWERING_S + 1) * 1000  # longer than by 120 s
GAP_MS = 2_000  # the window ticks at least five times a second; a longer silence is a stall
SLEEP_MS = 5_000  # wall time ahead of monotonic time: the machine slept (gui.md 4)
LAPSES_MS = RESUME_WITHIN // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Unwritten:
    """What has happened and is not on disk yet; stops: a lock is among it."""

    records: tuple[LogRecord, ...] = ()
    sets: Mapping[int, SetRecord] = field(default_factory=dict)
    locks: tuple[Lock, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether a lock waits to be written."""
        return bool(self.locks)

    def and_then(
        self, records: Sequence[LogRecord], sets: Sequence[SetRecord], locks: Sequence[Lock]
    ) -> "Unwritten":
        """With one more step; of a set only the newest state counts."""
        newest = {**self.sets, **{record.n: record for record in sets}}
        return Unwritten((*self.records, *records), newest, (*self.locks, *locks))


class LiveSession:
    """A run tied to the clock, the store and the voice. Used from one thread.

    Every input is kept before its consequence is shown or heard; when keeping fails, the input
    was not taken and ``trouble`` says why. ``told``: what was answered and reported since this
    program opened the session.
    """

    def __init__(
        self,
        run: Run,
        recorder: Recorder,
        keeper: SessionKeeper,
        clock: Clock,
        voice: Voice,
        phrasing: Phrasing,
        speaking: Speaking,
        voice_clock: Callable[[], float],
    ) -> None:
        self._run = run
        self._recorder = recorder
        self._keeper = keeper
        self._clock = clock
        self._voice = voice
        self._phrasing = phrasing
        self._speaking = speaking
        self._origin_ms = clock.monotonic_ms() - run.now_ms
        self._sleep_ms = clock.utc_ms() - clock.monotonic_ms()
        # Measured once: a moment that is read anew for each cue is late by whatever was done since.
        self._voice_ahead_s = voice_clock() - clock.monotonic_ms() / 1000
        speaking.follow(self._second_of)
        self._unwritten = Unwritten()
        self._filed = False
        self._unwatched = False
        self._stalled = False
        self._lapsed = False
        self._went_on()
        self.trouble: str | None = None
        self.told: list[Input] = []

    @property
    def closed(self) -> bool:
        """True once the session has its outcome and its last message was read."""
        return self._run.closed

    @property
    def stalled(self) -> bool:
        """Whether the pause of now came by itself, because the computer slept or stood still."""
        return self._stalled and isinstance(self._run.control.stage, Paused)

    @property
    def lapsed(self) -> bool:
        """Whether nobody went on for so long that the check-in no longer counts."""
        return self._lapsed

    @property
    def caption(self) -> str:
        """The words being said, and a moment longer; "" otherwise."""
        return self._speaking.caption(self._clock.monotonic_ms() - self._origin_ms)

    @property
    def voice_note(self) -> str | None:
        """What is wrong with saving or sound, in words; None when all is as it was chosen."""
        if self.trouble is not None:
            return self.trouble
        status = self._voice.status
        if status.channel is Channel.VOICE or status.reason is Reason.CHOSEN:
            return None
        return self._phrasing.words(Phrase(status.reason.key))

    def view(self) -> SessionView:
        """What there is to show now."""
        return look(self._run)

    def tick(self) -> None:
        """Let session time move on to the clock's; a stall or sleep pauses instead.

        One that nobody went on with for ``RESUME_WITHIN`` is closed.
        """
        self._speaking.begin(self._run)
        if self._written():
            self._close_if_over()
        if self.closed:
            return
        skipped = self._skipped_gap()
        if self._closes_lapsed() or skipped:
            return
        run, moments = advance(self._run, self._clock.monotonic_ms() - self._origin_ms)
        self._keep(run, moments, None)
        if not isinstance(self._run.control.stage, Paused | Wrong):
            self._went_on()

    def give(self, given: Input) -> Refusal | None:
        """Apply an answer or a wish; kept when this returns. Why it was refused, or None."""
        if self.closed:
            return Refusal.CLOSED
        self._stalled = False
        self._skipped_gap()  # the input may arrive before the tick that would have noticed it
        if not isinstance(given, SomethingWrong | Report) and self._closes_lapsed():
            over = isinstance(self._run.control.stage, Message | Summary)
            return Refusal.CLOSED if over else Refusal.NOT_SAVED
        now = max(self._clock.monotonic_ms() - self._origin_ms, self._run.now_ms)
        if isinstance(given, Replied) and now - self._run.began_ms < SHORTEST_THOUGHT_MS:
            return Refusal.TOO_FAST
        run, moments = give(self._run, given, now)
        refused = [effect for effect in moments[-1][1] if isinstance(effect, Refused)]
        if refused:
            run, moments = advance(self._run, now)
            self._keep(run, moments, None)
            return refused[0].reason
        if not self._keep(run, moments, given):
            return Refusal.NOT_SAVED
        self._went_on()
        self._closes_lapsed()
        return None

    def came_back(self, away_ms: int) -> None:
        """Go on ``away_ms`` milliseconds after the session was cut off; what moves is paused.

        What passes meanwhile is not said: the question that is open then is asked afresh.
        """
        counted_ms = self._settled_on(away_ms)
        self._origin_ms -= counted_ms
        if counted_ms:
            run, moments = advance(self._run, self._clock.monotonic_ms() - self._origin_ms)
            self._keep(run, moments, None, aloud=False)
        else:
            self.give(ClockGap())

    def _second_of(self, session_ms: int) -> float:
        """The second of the voice's clock at which a millisecond of the session lies."""
        return (self._origin_ms + session_ms) / 1000 + self._voice_ahead_s

    def _skipped_gap(self) -> bool:
        """Whether time went by that nobody watched; what moves is paused without it.

        While a set settles that time counts: whoever slept through it has not settled sooner.
        """
        now = self._clock.monotonic_ms() - self._origin_ms
        ahead = self._clock.utc_ms() - self._clock.monotonic_ms()
        slept_ms = ahead - self._sleep_ms
        self._sleep_ms = ahead
        gap_ms = now - self._run.now_ms
        if slept_ms > SLEEP_MS or gap_ms > GAP_MS:
            away_ms = gap_ms + (slept_ms if slept_ms > SLEEP_MS else 0)
            counted_ms = self._settled_on(away_ms)
            self._origin_ms += gap_ms - counted_ms
            if counted_ms:
                return False
            self._unwatched = True
        skipped = self._unwatched
        if skipped:
            self._pause_itself()
        return skipped

    def _settled_on(self, away_ms: int) -> int:
        """How much of a time that nobody watched the last set has been settling in, milliseconds.

        No more than lets its question still be answered, and never as settled in time.
        """
        stage = self._run.control.stage
        match stage.back if isinstance(stage, Wrong) else stage:
            case TenMinutes():
                return away_ms
            case Rate() | Rest() | Settle():
                return min(away_ms, UNSEEN_COUNTS_MS)
            case _:
                return 0

    def _pause_itself(self) -> None:
        """What moves is paused; until that can be kept, it stands still."""
        run, moments = give(self._run, ClockGap(), self._run.now_ms)
        if any(isinstance(effect, Refused) for effect in moments[-1][1]):
            self._unwatched = False
        elif self._keep(run, moments, ClockGap()):
            self._unwatched, self._stalled = False, True

    def _went_on(self) -> None:
        """Somebody is there: something moves, is asked, or was pressed."""
        self._lived_ms = (self._clock.monotonic_ms(), self._clock.utc_ms())

    def _closes_lapsed(self) -> bool:
        """Whether the session is over because nobody went on with it; then it is closed.

        The monotonic clock may stand still in sleep and the wall clock may be set back: the longer
        time counts. A stop message stands, and what is wrong can still be told.
        """
        monotonic_ms, utc_ms = self._lived_ms
        away_ms = max(self._clock.monotonic_ms() - monotonic_ms, self._clock.utc_ms() - utc_ms)
        self._lapsed = self._lapsed or away_ms > LAPSES_MS
        if not self._lapsed or isinstance(self._run.control.stage, Wrong | Message | Summary):
            return False
        run, moments = give(self._run, Leave(), self._run.now_ms)
        self._keep(run, moments, Leave())
        return True

    def repeat_cue(self) -> None:
        """Say the last words once more."""
        self._speaking.repeat(self._run)

    def ask(self, *keys: str, back: Sequence[Phrase] = ()) -> None:
        """Read questions aloud that the window puts by itself, such as the second of several.

        back: how the answer just given is said back, which comes first.
        """
        self._speaking.ask(self._run, *keys, back=back)

    def say_back(self, felt: Felt, number: int) -> None:
        """Say a rating back that was chosen and can still be corrected."""
        self._speaking.say_back(self._run, felt, number)

    def _keep(
        self, run: Run, moments: Sequence[Moment], given: Input | None, *, aloud: bool = True
    ) -> bool:
        """Write what happened, then let it be seen and, where it is ``aloud``, heard.

        What cannot be written was not taken: False. Two things are shown all the same, and writing
        them is tried again until it succeeds: a stop, and the list of what is wrong.
        """
        length = len(self._recorder.records)
        records = self._recorder.moments(moments, given)
        effects = [effect for _, caused in moments for effect in caused]
        locks = [effect.lock for effect in effects if isinstance(effect, Locked)]
        waiting = self._unwritten
        self._unwritten = waiting.and_then(records, self._changed_sets(run), locks)
        shown = self._unwritten.stops or isinstance(given, SomethingWrong) or not records
        if not self._written() and not shown:
            del self._recorder.records[length:]
            self._unwritten = waiting
            self._speaking.hush(self._run.now_ms)
            return False
        if isinstance(given, Replied | Rated | RatedSoFar | Report):
            self.told.append(given)
        before, self._run = self._run, run
        if aloud:
            self._speaking.passed(before, run.now_ms)
        if given is not None:
            before, _ = advance(before, run.now_ms)
            self._speaking.given(before, run, given, moments[-1][1])
        if aloud:
            self._speaking.look_ahead(run)
        self._close_if_over()
        return True

    def _written(self) -> bool:
        """Whether everything is on disk now; ``trouble`` says why it is not."""
        if not self._unwritten.records:
            return True
        try:
            self._keeper.keep(
                self._unwritten.records,
                sets=list(self._unwritten.sets.values()),
                locks=self._unwritten.locks,
            )
        except KnownError as error:
            self.trouble = str(error)
            return False
        self._unwritten = Unwritten()
        self.trouble = None
        return True

    def _close_if_over(self) -> None:
        """File a session that is over; where that fails, the next tick tries again."""
        outcome = self._run.ledger.outcome
        if outcome is None or self._filed or self._unwritten.records:
            return
        try:
            records = self._recorder.records
            self._keeper.close(records, past_session(self._run, records))
        except KnownError as error:
            self.trouble = str(error)
        else:
            self._filed = True
            self.trouble = None

    def _changed_sets(self, run: Run) -> list[SetRecord]:
        before = self._run.ledger.sets
        return [
            record
            for index, record in enumerate(run.ledger.sets)
            if record.ended_ms is not None and (index >= len(before) or before[index] != record)
        ]
