"""What was done, when, and how it felt: folded from effects, never read by the step function."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from coach.domain.decision import Decision
from coach.domain.dose import Dose
from coach.domain.exercise import Tag
from coach.domain.outcome import Outcome
from coach.domain.rating import RestAnswer, SetAnswers
from coach.domain.screening import Lock
from coach.domain.side import Side
from coach.engine.effects import (
    Answered,
    CheckedIn,
    Closed,
    Effect,
    Judged,
    Locked,
    ReportJudged,
    RestAnswered,
    SetBegins,
    SetEnds,
)
from coach.rules.after_set import Settled, is_settled
from coach.rules.check_in import Clearance


@dataclass(frozen=True, slots=True)
class SetRecord:
    """One set as it was played. Times are milliseconds since the session began.

    n: 1 for the session's first set; item: the plan's exercise it belongs to.
    reps_done: repetitions finished. settled_s: seconds after the set at which tingling was first
    said to be back, None while it was not. final: the decision is the one that was carried out.
    rest_s: seconds of rest.
    """

    n: int
    side: Side | None
    dose: Dose
    item: str
    began_ms: int
    ended_ms: int | None = None
    reps_done: int = 0
    stopped: bool = False
    answers: SetAnswers | None = None
    checks: tuple[tuple[int, RestAnswer], ...] = ()
    settled: Settled | None = None
    settled_s: int | None = None
    decision: Decision | None = None
    final: bool = False
    rest_s: int = 0


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """What was decided outside the questions.

    after: sets begun before it; place: the plan's exercise and the leg it was about, None when
    nothing was being done and nothing had been.
    """

    after: int
    place: tuple[str, Side | None] | None
    decision: Decision


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole session so far."""

    clearance: Clearance | None = None
    left_out: tuple[tuple[str, Tag], ...] = ()
    sets: tuple[SetRecord, ...] = ()
    reports: tuple[ReportRecord, ...] = ()
    locks: tuple[Lock, ...] = ()
    outcome: Outcome | None = None
    closed_ms: int | None = None


def _decided(record: SetRecord, judged: Judged) -> SetRecord:
    """The record with a decision; one that comes after the final one only adds its rules."""
    before = record.decision
    if before is not None and record.final:
        rules = dict.fromkeys((*before.rules, *judged.decision.rules))
        action = max(before.action, judged.decision.action)
        return replace(record, decision=replace(before, action=action, rules=tuple(rules)))
    return replace(record, decision=judged.decision, final=judged.final, rest_s=judged.rest_s)


def _last(ledger: Ledger, record: SetRecord) -> Ledger:
    return replace(ledger, sets=(*ledger.sets[:-1], record))


def fold(ledger: Ledger, ms: int, effects: Iterable[Effect]) -> Ledger:
    """The ledger after the effects of one step at ``ms`` milliseconds of the session."""
    for effect in effects:
        last = ledger.sets[-1] if ledger.sets else None
        match effect:
            case CheckedIn(clearance, left_out):
                ledger = replace(ledger, clearance=clearance, left_out=left_out)
            case SetBegins(side, dose, item):
                record = SetRecord(len(ledger.sets) + 1, side, dose, item, ms)
                ledger = replace(ledger, sets=(*ledger.sets, record))
            case SetEnds(reps_done, stopped) if last:
                ended = replace(last, ended_ms=ms, reps_done=reps_done, stopped=stopped)
                ledger = _last(ledger, ended)
            case Answered(answers) if last:
                ledger = _last(ledger, replace(last, answers=answers))
            case RestAnswered(answer, waited_s, settled) if last:
                start = ledger.clearance.tingling if ledger.clearance else None
                back = answer.tingling is not None and is_settled(answer.tingling, start)
                ledger = _last(
                    ledger,
                    replace(
                        last,
                        checks=(*last.checks, (waited_s, answer)),
                        settled=settled,
                        settled_s=waited_s if back and last.settled_s is None else last.settled_s,
                    ),
                )
            case Judged(decision=decision) if last and last.ended_ms is not None:
                ledger = _last(ledger, _decided(last, effect))
            case ReportJudged(decision, place):
                done = (last.item, last.side) if last else None
                report = ReportRecord(len(ledger.sets), place or done, decision)
                ledger = replace(ledger, reports=(*ledger.reports, report))
            case Locked(lock):
                ledger = replace(ledger, locks=(*ledger.locks, lock))
            case Closed(outcome):
                ledger = replace(ledger, outcome=outcome, closed_ms=ms)
            case _:
                pass
    return ledger
