"""What a closed session leaves for the next days, read off its ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from coach.domain.action import Action
from coach.domain.exercise import Exercise
from coach.domain.outcome import Outcome
from coach.domain.past import PastSession, Worked
from coach.engine.course import Block
from coach.engine.ledger import Ledger, SetRecord
from coach.engine.script import Script
from coach.rules.after_set import Settled
from coach.rules.check_in import Clearance
from coach.rules.harder import eased_further, gentler_of, labelled
from coach.rules.levers import pulled
from coach.rules.locks import NECK_OFF

#: An exercise that was ended has asked for more than EASE2: the next session begins two levers
#: gentler (clinical.md 9.5, down at once; the number is a cautious reading).
LEVERS_WHEN_ENDED = 2
#: A report that came when no set was left to be eased: the next session begins a lever gentler.
LEVERS_WHEN_REPORTED = 1
CALM_UP_TO = 2  # rating 0-10, clinical.md 9.3 SET-01
#: Slow to settle, and nobody said after ten minutes that it has: no answer is no yes.
_UNSETTLED = frozenset({Settled.BY_600, Settled.NOT_BY_600})


def past_of(
    script: Script, ledger: Ledger, began: datetime, plan: str, session: str = ""
) -> PastSession:
    """The session as later days see it; ``plan`` is the fingerprint of the plan's text."""
    found = ledger.clearance or Clearance()
    course = script.course(found)
    decisions = [record.decision for record in ledger.sets if record.decision]
    decisions += [report.decision for report in ledger.reports]
    ratings = [
        rating
        for record in ledger.sets
        if record.answers
        for rating in (record.answers.tingling, record.answers.pain)
        if rating is not None
    ]
    return PastSession(
        began=began,
        plan=plan,
        outcome=ledger.outcome or Outcome.INCOMPLETE,
        tingling=found.tingling,
        pain=found.pain,
        easy_day=found.easy_day,
        worked=_worked(course.blocks, ledger, script.exercises, own=not found.easy_day),
        worst=max(ratings, default=None),
        played=bool(ledger.sets),
        stopped_by_rules=any(one.action is Action.END_SESSION for one in decisions),
        unsettled=any(record.settled in _UNSETTLED for record in ledger.sets),
        dizzy=any(NECK_OFF.rule in one.rules for one in decisions),
        id=session,
    )


def _worked(
    blocks: Sequence[Block],
    ledger: Ledger,
    exercises: Mapping[str, Exercise],
    *,
    own: bool,
) -> tuple[Worked, ...]:
    quiet = all(report.decision.action is Action.CONTINUE for report in ledger.reports)
    worked = []
    for block in blocks:
        if not block.kind.rated:
            continue
        played = [record for record in ledger.sets if (record.item, record.side) == block.place]
        begun = played[-1].n if played else 0
        # What was reported before a set shows in it.
        told = [
            report.decision.action
            for report in ledger.reports
            if report.place == block.place and report.after >= begun
        ]
        if played or any(action is not Action.CONTINUE for action in told):
            one = _one(block, played, told, exercises, own=own)
            worked.append(one if quiet else replace(one, calm=False))
    return tuple(worked)


def _one(
    block: Block,
    played: Sequence[SetRecord],
    told: Sequence[Action],
    exercises: Mapping[str, Exercise],
    *,
    own: bool,
) -> Worked:
    dose = block.dose
    for record in played:
        # What was reported between two sets shows in the second of them.
        as_played = replace(record.dose, reps=dose.reps) if block.rehearsal else record.dose
        dose = gentler_of(dose, as_played, exercises)
        for step in record.decision.levers if record.decision else ():
            dose = pulled(dose, step, exercises)
    decided = [record.decision.action for record in played[-1:] if record.decision]
    owed = LEVERS_WHEN_REPORTED * sum(action.eases for action in told)
    if max((*told, *decided), default=Action.CONTINUE) >= Action.END_EXERCISE:
        owed = max(owed, LEVERS_WHEN_ENDED)
    dose = eased_further(dose, exercises[dose.exercise].ease, owed, exercises)
    began = labelled(exercises[block.exercise], block.dose)
    calm = len(played) >= block.dose.sets and all(map(_calm, played))
    return Worked(block.item, block.side, began, dose, calm=calm, own=own)


def _calm(record: SetRecord) -> bool:
    """Done whole, rated 0-2, settled within 60 s, and no rule asked for anything."""
    answers, decision = record.answers, record.decision
    return (
        not record.stopped
        and answers is not None
        and answers.tingling is not None
        and answers.pain is not None
        and max(answers.tingling, answers.pain) <= CALM_UP_TO
        and record.settled is Settled.BY_60
        and decision is not None
        and decision.action is Action.CONTINUE
    )
