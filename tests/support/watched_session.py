"""One session as it was, and what must hold within it, counted by rules of our own.

The laws read what was given and what was played. They ask none of the code they watch, so that
both would have to be wrong in one way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coach.app.daily.days import Outlook
from coach.app.session.recorder import Recorder
from coach.app.session.replaying import past_of_log, replay
from coach.app.shipped import Shipped
from coach.app.simulation.simulated_person import answer_to
from coach.domain.action import Action, Tier
from coach.domain.dose import Dose
from coach.domain.exercise import Catalogue, Kind, LevelName
from coach.domain.outcome import Outcome
from coach.domain.past import Morning, PastSession
from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.engine.control import Move
from coach.engine.inputs import (
    BaselinePain,
    BaselinePlaces,
    BaselineTingling,
    Input,
    Leave,
    Rated,
    RatedSoFar,
    Replied,
    Report,
)
from coach.engine.ledger import SetRecord
from coach.engine.run import Run, advance, give
from coach.formats.answers_file import Answers
from coach.formats.session_log import LogRecord, input_from, log_text
from coach.rules.levers import base_dose

Key = tuple[str, Side | None]

#: clinical.md 7.0 caps and 9.5 home ceilings, written down once more.
MOST_REPS, MOST_HOLD_S = 60, 60
CEILINGS = {"S7": LevelName.C, "S5": LevelName.B}
REHEARSED = 5

#: What a sign asks for at least (clinical.md 9.3 LOC, CHR, NEW).
_NEWS = {
    News.ONE_LEG_WEAK: Tier.URGENT,
    News.SWOLLEN_CALF: Tier.URGENT,
    News.OTHER_LEG: Tier.URGENT,
    News.NUMB_STAYS: Tier.CLEARANCE,
    News.BOTH_LEGS_WEAK: Tier.EMERGENCY,
    News.BOTH_LEGS: Tier.EMERGENCY,
    News.SADDLE_OR_TOILET: Tier.EMERGENCY,
    News.CHEST_BREATH: Tier.EMERGENCY,
    News.COLD_PALE_FOOT: Tier.EMERGENCY,
    News.FACE_ARM_SPEECH: Tier.EMERGENCY,
}
_PLACES = {
    Place.OTHER_LEG: Tier.URGENT,
    Place.BOTH_LEGS: Tier.EMERGENCY,
    Place.SADDLE: Tier.EMERGENCY,
}
_ITEMS = {"E": Tier.EMERGENCY, "U": Tier.URGENT, "C": Tier.CLEARANCE}


def day_of(moment: datetime) -> date:
    """The day a moment is lived in: until five in the morning it is still the evening before."""
    return (moment - timedelta(hours=5)).date()


@dataclass(frozen=True)
class Person:
    """How somebody takes one session.

    event: what is pressed five seconds into a set (1 for the first), and the set; a crash when
    nothing is pressed: the session is closed as it stands at the next start.
    """

    answers: Answers
    event: tuple[int, tuple[Input, ...]] | None = None


@dataclass
class Watched:
    """One session as it was: what the program was told and what it did."""

    began: datetime
    today: Outlook
    past: PastSession
    sets: tuple[SetRecord, ...]
    reported: bool
    records: tuple[LogRecord, ...]
    morning: Morning | None = None
    unsettled: bool = False

    def calm(self, leg: Side | None) -> bool:
        """Done whole, rated 0-2, settled within 60 s, nothing asked for, and a calm morning."""
        mine = [record for record in self.sets if leg is None or record.side in (leg, None)]
        whole = self.past.outcome is Outcome.COMPLETED and not self.past.easy_day
        felt = all(_felt_calm(record, self.past.tingling or 0) for record in mine)
        return whole and felt and not self.reported and not self.unsettled and self.calm_morning

    @property
    def calm_morning(self) -> bool:
        """All three questions answered, not woken, at most one point up."""
        morning = self.morning
        return morning is not None and morning.complete and not morning.woken and self.rise <= 1

    @property
    def rise(self) -> int:
        """Points above the check-in next morning; 0 where nothing can be compared."""
        if self.morning is None:
            return 0
        pairs = (
            (self.morning.tingling, self.past.tingling),
            (self.morning.pain, self.past.pain),
        )
        return max([0, *(now - then for now, then in pairs if None not in (now, then))])  # type: ignore[operator]

    @property
    def hard(self) -> bool:
        """What followed asks for a gentler next session (DAY-03, DAY-04, REC-04)."""
        return self.unsettled or self.woken or self.rise >= 3

    @property
    def woken(self) -> bool:
        """The leg broke the night's sleep."""
        return self.morning is not None and self.morning.woken is True

    def hard_though_easy(self, leg: Side | None) -> bool:
        """On an easy day even the gentlest exercises were too much for a leg."""
        eased = {one.side for one in self.past.worked if one.ended != one.began}
        return self.past.easy_day and leg in eased

    @property
    def gap(self) -> timedelta:
        """How long no session may follow this one."""
        if self.hard:
            return timedelta(hours=48)
        return timedelta(hours=24 if self.rise == 2 else 0)


def _felt_calm(record: SetRecord, start: int) -> bool:
    answers, decision = record.answers, record.decision
    if record.stopped or answers is None or decision is None:
        return False
    soon = [told for waited, told in record.checks if waited <= 60 and told.tingling is not None]
    low = max(answers.tingling or 0, answers.pain or 0) <= 2 and answers.complete
    settled = any((told.tingling or 0) <= start + 1 for told in soon)
    return low and settled and decision.action is Action.CONTINUE


def harder_levers(before: Dose, after: Dose, ranks: dict[str, int]) -> set[str]:
    """In which levers the second dose is harder than the first, counted by ourselves."""
    if before.exercise != after.exercise:
        return {"POS"} if ranks[after.exercise] > ranks[before.exercise] else set()
    opens = -1 if after.exercise == "S2" else 1  # its hip opens as the knee does
    held = before.sets * before.reps * before.hold_s < after.sets * after.reps * after.hold_s
    found = {
        "REP": after.reps > before.reps,
        "SET": after.sets > before.sets and (held or not after.hold_s),
        "HLD": after.hold_s > before.hold_s,
        "TMP": before.slow and not after.slow,
        "RNG": after.out.knee < before.out.knee,
        "HIP": opens * after.out.hip > opens * before.out.hip,
        "ANK": after.out.ankle > before.out.ankle,
        "TRK": after.out.trunk > before.out.trunk and after.out.hip <= before.out.hip,
        "NCK": abs(after.out.neck) > abs(before.out.neck),
    }
    return {lever for lever, harder in found.items() if harder}


def run_through(run: Run, person: Person, recorder: Recorder) -> Run:
    """Play a run to its end with this person."""

    def given(now: Run, one: Input, delay: int) -> Run:
        now, moments = give(now, one, now.now_ms + delay)
        recorder.moments(moments, one)
        return now

    event = person.event
    while not run.closed:
        if event and isinstance(run.control.stage, Move) and len(run.ledger.sets) == event[0]:
            pressed, event = event[1], None
            for one in pressed or (Leave(),):
                run = given(run, one, 5_000)
            continue
        reply = answer_to(run, person.answers)
        if reply is not None:
            run = given(run, reply[1], reply[0])
        elif run.deadline_ms is None:
            run = given(run, Leave(), 1_000)
        else:
            run, moments = advance(run, run.deadline_ms)
            recorder.moments(moments, None)
    return run


def tier_asked_for(records: Iterable[LogRecord], *, seen: bool) -> Tier:
    """The tier that the answers of a log ask for.

    seen: a clinician has allowed exercise before; what they know of locks no more (section 8).
    """
    given = [input_from(record.data) for record in records if record.type == "input"]
    return max((_asks(one, seen=seen) for one in given), default=Tier.OK)


def answered_questions(records: Iterable[LogRecord]) -> int:
    """How many questions of the check-in were answered."""
    given = [input_from(record.data) for record in records if record.type == "input"]
    return len({one.question for one in given if isinstance(one, Replied)})


def _asks(given: Input, *, seen: bool) -> Tier:
    match given:
        case Replied("C9", reply):
            return Tier.OK if reply is Reply.NO else Tier.URGENT
        case Replied(question, reply) if reply is not Reply.NO:
            tier = _ITEMS.get(question[0], Tier.OK)
            if tier is Tier.CLEARANCE and seen:
                return Tier.OK
            unsure = tier is Tier.EMERGENCY and reply is Reply.NOT_SURE
            return Tier.URGENT if unsure else tier
        case BaselineTingling(rating) | BaselinePain(rating):
            return Tier.CLEARANCE if rating >= 7 else Tier.OK
        case BaselinePlaces(where):
            return Tier.EMERGENCY if Place.SADDLE in where else Tier.OK
        case Rated(answers) | RatedSoFar(answers) | Report(answers):
            return _signs(answers)
        case _:
            return Tier.OK


def _signs(answers: SetAnswers) -> Tier:
    swollen = Tier.URGENT if Feel.TIGHT_SWOLLEN in answers.feels else Tier.OK
    news = [_NEWS.get(one, Tier.OK) for one in answers.new]
    return max([swollen, *news, *(_PLACES.get(place, Tier.OK) for place in answers.where)])


def never_harder_within(watched: Watched, ranks: dict[str, int]) -> None:
    """No set is harder than the one before it of the same exercise and leg.

    The first set of the more comfortable leg of two is a rehearsal with fewer repetitions.
    """
    began = {(one.exercise, one.side): one.began for one in watched.past.worked}
    last: dict[Key, Dose] = {}
    for record in watched.sets:
        key, dose = (record.item, record.side), record.dose
        harder = harder_levers(last.get(key, began[key]), dose, ranks)
        assert not harder, f"{key} got harder within a session: {harder}"
        rehearsal = key not in last and dose.reps == REHEARSED
        last[key] = began[key] if rehearsal and not _eased(record) else dose


def _eased(record: SetRecord) -> bool:
    return record.decision is not None and record.decision.action.eases


def within_caps(watched: Watched, catalogue: Catalogue) -> None:
    """60 slider repetitions and 60 seconds of stretch for each leg."""
    for leg in Side:
        reps = held = 0
        for record in watched.sets:
            if record.side in (leg, None):
                kind = catalogue[record.dose.exercise].kind
                reps += record.dose.reps if kind is Kind.SLIDER else 0
                held += record.dose.reps * record.dose.hold_s if kind is Kind.STRETCH else 0
        assert reps <= MOST_REPS, f"{reps} repetitions of one leg"
        assert held <= MOST_HOLD_S, f"{held} seconds of stretch of one leg"


def within_ceilings(watched: Watched, catalogue: Catalogue, ranks: dict[str, int]) -> None:
    """S7 up to C, S5 up to B, S8 never (clinical.md 9.5)."""
    for record in watched.sets:
        name = record.dose.exercise
        assert name != "S8", "S8 was played at home"
        if name in CEILINGS:
            highest = base_dose(catalogue[name], CEILINGS[name])
            harder = harder_levers(highest, record.dose, ranks) - {"REP", "SET"}
            assert not harder, f"{name} went past its home ceiling: {harder}"


def decides_the_same_again(watched: Watched, shipped: Shipped) -> None:
    """The log alone gives the same decisions and leaves the same for later days."""
    again = replay(shipped, log_text(watched.records), "session")
    assert not again.differences, str(again.differences[0])
    left = past_of_log(shipped, watched.records, "session")
    assert left == watched.past, "the log leaves something else for later days"
