"""When everything is said: planned ahead from the engine's own deadlines, and checked.

A session is a pure function of its inputs, so what will be heard until the next input is known in
advance. The timeline before a session and the session itself are laid out by the same functions.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from coach.app.phrasing import Phrasing
from coach.app.sound.cues import GAP_MS, Piece, pieces, said_in
from coach.domain.side import Side
from coach.engine.control import Control, LeadIn, Message, Move, Paused, Rate
from coach.engine.effects import Effect, Say, SetEnds
from coach.engine.run import Run, next_deadline
from coach.engine.script import Script
from coach.engine.stages.announcing import said_within
from coach.engine.stages.going import begin_block, lead_in
from coach.engine.stages.stepped import Stepped
from coach.engine.timing import LEAD_IN_NEXT_MS
from coach.rules.check_in import Clearance
from coach.voice.interface import Priority
from coach.voice.tones import Tone, tone_seconds

COUNTDOWN_S = (3, 2, 1)
WORDS_PER_S = 2.7  # clinical.md 7.0 Voice; for words whose sound is not measured yet
FOREVER_MS = 3_600_000  # longer than any session


class Dropped(StrEnum):
    """Why a cue is captioned and not heard; clinical.md 7.0: dropped, never delayed."""

    NO_ROOM = "no_room"
    NUMBERS_GIVE_WAY = "numbers_give_way"

    @property
    def key(self) -> str:
        """The phrase that tells it."""
        return f"dropped.{self.value}"


@dataclass(frozen=True, slots=True)
class Happening:
    """One moment at which something may be heard.

    run: the session right after it. tones come before the words. timed: the words belong to this
    moment of a movement and are worth nothing later.
    """

    at_ms: int
    run: Run
    effects: tuple[Effect, ...] = ()
    tones: tuple[Tone, ...] = ()
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """One sound and its planned moment; session or block milliseconds, as its list says.

    priority: what it may cut off. timed: it is worth nothing later. dropped: why it is not heard.
    """

    at_ms: int
    sound: str | Tone
    length_ms: int
    priority: Priority = Priority.NORMAL
    timed: bool = False
    dropped: Dropped | None = None

    @property
    def end_ms(self) -> int:
        """When it has been heard."""
        return self.at_ms + self.length_ms


Length = Callable[[str], int]
"""Milliseconds that it takes to say a sentence."""


def length_from(durations: Mapping[str, float]) -> Length:
    """Measured lengths where there are any, else an estimate.

    The estimate leaves out the pause after a sentence, which is counted between two of them.
    """

    def length(text: str) -> int:
        seconds = durations.get(text)
        if seconds is None:
            return round(1000 * len(text.split()) / WORDS_PER_S) - GAP_MS
        return round(1000 * seconds)

    return length


# What lies ahead


def _within(run: Run) -> Iterator[Happening]:
    """What happens while the present stage lasts, in order."""
    stage, began = run.control.stage, run.began_ms
    for ms, phrase in said_within(run.script, run.control):
        yield Happening(began + ms, run, (Say(phrase),), timed=isinstance(stage, Move))
    if isinstance(stage, LeadIn):
        for seconds in COUNTDOWN_S:
            if seconds * 1000 < stage.ms:
                at = began + stage.ms - seconds * 1000
                yield Happening(at, run, tones=(Tone.TICK,), timed=True)


def ahead(run: Run, to_ms: int) -> Iterator[Happening]:
    """All that happens after now, up to and with ``to_ms``, if nobody gives any input."""
    while True:
        yield from (one for one in _within(run) if run.now_ms < one.at_ms <= to_ms)
        passed = next_deadline(run, to_ms)
        if passed is None:
            return
        before, (run, (at_ms, effects)) = run.control.stage, passed
        tones: tuple[Tone, ...] = ()
        if isinstance(before, LeadIn) and isinstance(run.control.stage, Move):
            tones = (Tone.LAST_TICK,)
        elif any(isinstance(effect, SetEnds) for effect in effects):
            tones = (Tone.SET_COMPLETE,)
        yield Happening(at_ms, run, effects, tones, timed=isinstance(run.control.stage, Move))


def room_ms(happening: Happening) -> int | None:
    """How long there is to speak until the next words are due, None while nothing is."""
    run, at_ms = happening.run, happening.at_ms
    later = [other.at_ms for other in _within(run) if other.effects and other.at_ms > at_ms]
    ends = [*later, *([] if run.deadline_ms is None else [run.deadline_ms])]
    return min(ends) - at_ms if ends else None


# Laid out in time


def _fitting(said: Sequence[Piece], room: int | None, length: Length) -> list[bool]:
    """Which pieces there is time for; the least needed go first, of equals the later."""
    kept = [True] * len(said)

    def total() -> int:
        there = [piece for piece, stays in zip(said, kept, strict=True) if stays]
        spoken = sum(length(piece.text) + piece.gap_ms for piece in there)
        return spoken - (there[-1].gap_ms if there else 0)

    leaving = sorted(range(len(said)), key=lambda at: (said[at].need, -at))
    for at in leaving:
        if room is None or total() <= room:
            break
        kept[at] = False
    return kept


def lay_out(
    happening: Happening,
    said: Sequence[Piece],
    length: Length,
    *,
    begin_ms: int,
    room: int | None,
    busy_until_ms: int,
) -> tuple[Cue, ...]:
    """The sounds of one moment from ``begin_ms`` on, with ``room`` milliseconds for them.

    busy_until_ms: until when earlier words are being spoken.
    """
    timed = happening.timed
    cues: list[Cue] = []
    start = begin_ms
    for tone in happening.tones:
        number = tone is Tone.TICK and start < busy_until_ms
        reason = Dropped.NUMBERS_GIVE_WAY if number else None
        lasts = round(tone_seconds(tone) * 1000)
        cues.append(Cue(start, tone, lasts, timed=timed, dropped=reason))
        start += lasts + GAP_MS if said and tone is Tone.SET_COMPLETE else lasts
    left = None if room is None else room - (start - begin_ms)
    stops = isinstance(happening.run.control.stage, Message | Paused)
    priority = Priority.URGENT if stops else Priority.NORMAL
    for piece, fits in zip(said, _fitting(said, left, length), strict=True):
        lasts = length(piece.text)
        reason = None if fits else Dropped.NO_ROOM
        cues.append(Cue(start, piece.text, lasts, priority, timed, reason))
        start += lasts + piece.gap_ms if fits else 0
    return tuple(cues)


def spoken_until(cues: Sequence[Cue], before_ms: int) -> int:
    """Until when words are being spoken once these cues are under way."""
    heard = [cue for cue in cues if cue.dropped is None and not isinstance(cue.sound, Tone)]
    words = [cue.end_ms for cue in heard]
    return max(words, default=before_ms)


# Before a session


@dataclass(frozen=True, slots=True)
class Stretch:
    """All cues of one set with what leads to it, or of another block; times from its beginning.

    exercise: id; set_n and sets: 1-based.
    """

    exercise: str
    side: Side | None
    set_n: int
    sets: int
    cues: tuple[Cue, ...]

    @property
    def dropped(self) -> tuple[Cue, ...]:
        """What is captioned and not heard."""
        return tuple(cue for cue in self.cues if cue.dropped is not None)

    @property
    def overlaps(self) -> tuple[tuple[Cue, Cue], ...]:
        """Neighbours of which the first is still heard when the second begins."""
        heard = sorted((cue for cue in self.cues if cue.dropped is None), key=lambda c: c.at_ms)
        return tuple((one, two) for one, two in pairwise(heard) if one.end_ms > two.at_ms)


@dataclass
class _Layout:
    """Lays out one happening after another."""

    phrasing: Phrasing
    length: Length
    cues: list[Cue] = field(default_factory=list)
    busy_until_ms: int = 0

    def add(self, happening: Happening) -> None:
        said = pieces(said_in(happening.effects), self.phrasing)
        cues = lay_out(
            happening,
            said,
            self.length,
            begin_ms=happening.at_ms,
            room=room_ms(happening),
            busy_until_ms=self.busy_until_ms,
        )
        self.busy_until_ms = spoken_until(cues, self.busy_until_ms)
        self.cues += cues


def _stretch(script: Script, entered: Stepped, phrasing: Phrasing, length: Length) -> list[Cue]:
    """The cues of one set up to its question, or of the warm-up up to its end."""
    layout = _Layout(phrasing, length)
    run = Run(script, entered.control)
    layout.add(Happening(0, run, entered.effects))
    for happening in ahead(run, FOREVER_MS):
        if happening.run.control.block != entered.control.block:
            break
        layout.add(happening)
        if isinstance(happening.run.control.stage, Rate):
            break
    return layout.cues


def timeline(
    script: Script, clearance: Clearance, phrasing: Phrasing, length: Length
) -> tuple[Stretch, ...]:
    """Every set after this check-in as it is played when nothing is changed or interrupted."""
    stretches: list[Stretch] = []
    for number, block in enumerate(script.course(clearance).blocks):
        sets = block.dose.sets
        for set_n in range(sets):
            control = Control(clearance=clearance, block=number, set_n=set_n)
            entered = (
                lead_in(script, control, LeadIn(LEAD_IN_NEXT_MS))
                if set_n
                else begin_block(script, control)
            )
            cues = tuple(_stretch(script, entered, phrasing, length))
            stretches.append(Stretch(block.exercise, block.side, set_n + 1, sets, cues))
    return tuple(stretches)
