"""Walking a session's whole state space: every control reachable, every edge checked.

Ratings are classed into the bands the rules tell apart, screening questions into their tier and
tag; each class is walked by one of its members.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from coach.domain.rating import Feel, News, Place, RestAnswer, SetAnswers
from coach.domain.rule import RuleTable
from coach.domain.screening import Question, Reply
from coach.engine.control import (
    CheckIn,
    Control,
    LeadIn,
    Message,
    Paused,
    Rate,
    Rest,
    Settle,
    Stage,
    Summary,
    TenMinutes,
    Wrong,
)
from coach.engine.inputs import (
    Acknowledge,
    Again,
    BaselinePain,
    BaselinePlaces,
    BaselineTingling,
    ClockGap,
    Input,
    Leave,
    Next,
    NothingWrong,
    Pause,
    Rated,
    RatedSoFar,
    Replied,
    Report,
    RestReply,
    Resume,
    SomethingWrong,
    Stop,
    Tick,
)
from coach.engine.invariants import Edge, broken_laws, edge_of
from coach.engine.script import Script
from coach.engine.step import step
from coach.engine.view import duration_ms
from coach.rules.after_set import AfterSet, SetContext, Verdict

#: Check-in ratings, one of each band: felt but calm, easy day, no session, clearance.
_BASELINES = (2, 4, 6, 7)
#: Answers after a set, one for each way they can turn out: the bands of clinical.md 9.3 SET, and
#: the sign that counts from set to set.
_AFTER_SET = (
    *(SetAnswers(tingling, 0) for tingling in (2, 3, 4, 5, 6, 7)),
    SetAnswers(2, 0, feels=frozenset({Feel.ELECTRIC})),
    SetAnswers(2, 0, where=frozenset({Place.SADDLE})),
    SetAnswers(None, 2),
)
#: Answers that end the session or stop it whatever came before: walked while nothing was eased.
_AFTER_CALM_SETS = (
    SetAnswers(2, 8),
    SetAnswers(2, 0, feels=frozenset({Feel.NUMB})),
    SetAnswers(2, 0, new=frozenset({News.DIZZY})),
    SetAnswers(2, 0, new=frozenset({News.NUMB_STAYS})),
)
#: A report already says the rest; the ratings beside it are one that goes on and one that eases.
_AFTER_REPORT = (SetAnswers(2, 0), SetAnswers(4, 0), SetAnswers(None, 2))
#: A rating of somebody who gives no other; it ends the session.
_SO_FAR = SetAnswers(7, None)
#: Reports behind "Something is wrong": one that eases, ends, and stops for help.
_REPORTS = (
    SetAnswers(feels=frozenset({Feel.BURNING})),
    SetAnswers(new=frozenset({News.DIZZY})),
    SetAnswers(new=frozenset({News.SADDLE_OR_TOILET})),
)
_WAITS_S = (45, 60, 120)


def question_classes(script: Script) -> tuple[Question, ...]:
    """One question of each tier that locks, and of each tag that bars an exercise of the plan.

    An ADVISE answer without such a tag changes words only, so it is left out.
    """
    used = {item.exercise for item in script.plan.items}
    barring = {tag for name in used for tag in script.exercises[name].barred_by}
    members: dict[object, Question] = {}
    for question in script.questions:
        if question.tag in barring or (question.tag is None and question.tier.locks):
            members.setdefault((question.tier, question.tag), question)
    return tuple(members.values())


def _rest_replies(script: Script, control: Control) -> Iterator[RestReply]:
    start = control.clearance.tingling or 0
    pains = (None, 0, 8)
    numbs = (None, False, True)
    answers = control.answers or SetAnswers()
    numb_asked = Feel.NUMB in answers.feels or isinstance(control.stage, TenMinutes)
    asked_numb = numbs[1:] if numb_asked else numbs[:1]
    asked_pain = pains if (answers.pain or 0) >= script.after_set.strong_pain_from else pains[:1]
    if isinstance(control.stage, Rest):
        yield RestReply(RestAnswer(start, None, False if asked_numb[0] is False else None), 30)
        return
    for waited in _WAITS_S:
        for tingling in (start, start + 2):
            for numb in asked_numb:
                for pain in asked_pain:
                    yield RestReply(RestAnswer(tingling, pain, numb), waited)
    yield RestReply(RestAnswer(None), _WAITS_S[0])


def _reports(control: Control, back: Stage) -> tuple[SetAnswers, ...]:
    """One report of each kind.

    A second one, or one after the ratings, only adds to the first; a report between sets is
    walked from a lead-in of the first block while nothing was eased.
    """
    if control.reported != SetAnswers() or isinstance(back, Rest | Settle):
        return _REPORTS[-1:]
    if not isinstance(back, Paused):
        return _REPORTS
    waiting = back.back
    if isinstance(waiting, LeadIn) and waiting.begun:
        return _REPORTS
    first = not control.history.eases and not control.block
    return _REPORTS if first and isinstance(waiting, LeadIn) else _REPORTS[-1:]


#: What may happen at any moment.
_ANYWHERE: tuple[Input, ...] = (
    Tick(0),
    Pause(),
    Resume(),
    Next(),
    Again(),
    Stop(),
    SomethingWrong(),
    ClockGap(),
    Leave(),
    Acknowledge(),
    NothingWrong(),
)


def inputs_of(script: Script, control: Control) -> Iterator[Input]:
    """Every input worth telling apart in this control."""
    planned = duration_ms(script, control)
    if planned:
        yield Tick(planned)
    # While a set is judged only answers depend on the answers before them; all else is walked
    # from one set of answers.
    if not isinstance(control.stage, Rest | Settle) or control.answers == _AFTER_SET[0]:
        yield from _ANYWHERE
    stage = control.stage
    match stage:
        case CheckIn(item) if item < len(script.questions):
            yield from (Replied(script.questions[item].id, reply) for reply in Reply)
        case CheckIn():
            yield from (BaselineTingling(rating) for rating in (*_BASELINES, 11))
            yield from (BaselinePain(rating) for rating in (0, *_BASELINES[2:]))
            yield BaselinePlaces(frozenset({Place.THIGH}))
        case Rate():
            calm = control.history.eases == control.history.ended == 0
            told = any(one != SetAnswers() for one in (control.reported, control.so_far))
            answers = _AFTER_REPORT if told else _AFTER_SET + (_AFTER_CALM_SETS if calm else ())
            yield from (Rated(given, 10) for given in answers)
            if not told:
                yield RatedSoFar(_SO_FAR)
        case Rest() | Settle() | TenMinutes():
            yield from _rest_replies(script, control)
        case Wrong(back):
            yield from (Report(report) for report in _reports(control, back))
        case Paused() | Message() | Summary():
            yield Rated(SetAnswers(2, 0))
        case _:
            yield Rated(SetAnswers(2, 0))


class RememberingAfterSet(AfterSet):
    """The decision table, asked only once for each context: a walk asks the same ones often."""

    def __init__(self, table: RuleTable) -> None:
        super().__init__(table)
        self._known: dict[SetContext, Verdict] = {}

    def judge(self, context: SetContext) -> Verdict:
        """The verdict of the table."""
        if context not in self._known:
            self._known[context] = super().judge(context)
        return self._known[context]


@dataclass
class Walked:
    """What the walk saw: how much, and every broken law with an example (at most a few)."""

    states: int = 0
    edges: int = 0
    broken: list[str] = field(default_factory=list)


def edges(script: Script, start: Control | None = None) -> Iterator[Edge]:
    """Every edge reachable from ``start``, breadth first, each state once."""
    first = start or Control()
    seen, waiting = {first}, deque([first])
    while waiting:
        before = waiting.popleft()
        for given in inputs_of(script, before):
            after, effects = step(script, before, given)
            yield edge_of(script, before, given, after, effects)
            if after is not before and after not in seen:
                seen.add(after)
                waiting.append(after)


def walk(script: Script, most_examples: int = 5) -> Walked:
    """Walk the script with its questions classed, and check every law on every edge."""
    remembering = RememberingAfterSet(script.after_set.table)
    classed = replace(script, questions=question_classes(script), after_set=remembering)
    walked = Walked()
    before = None
    for edge in edges(classed):
        walked.states += edge.before is not before
        before = edge.before
        walked.edges += 1
        broken = broken_laws(edge)
        if broken and len(walked.broken) < most_examples:
            walked.broken.append(f"{broken}: {edge.before} + {edge.given} -> {edge.after}")
    return walked
