"""A person who answers from an answers file: what to give a run that waits, and after how long."""

from coach.domain.rating import HIGHEST, Feel, RestAnswer, SetAnswers
from coach.engine.control import (
    CheckIn,
    Message,
    Paused,
    Rate,
    Settle,
    TenMinutes,
)
from coach.engine.inputs import (
    Acknowledge,
    BaselinePain,
    BaselinePlaces,
    BaselineTingling,
    Input,
    Rated,
    RatedSoFar,
    Replied,
    RestReply,
    Resume,
)
from coach.engine.run import Run
from coach.formats.answers_file import NEVER_SETTLED, Answers, SetScript
from coach.rules.after_set import SETTLED_WITHIN, is_settled
from coach.rules.check_in import tier_of

REPLY_MS = 2_000
RATING_MS = 10_000
READING_MS = 10_000
TEN_MINUTES_S = 600
PAIN_ASKED_S = 120
PAIN_EASED_BY = 3  # points; a pain that settles with the tingling is down by this much


def _set_script(run: Run, answers: Answers) -> SetScript:
    """The answers to the last set played; the file's last ones repeat."""
    if not answers.sets:
        return SetScript(SetAnswers())
    n = max(len(run.ledger.sets), 1)
    return answers.sets[min(n, len(answers.sets)) - 1]


def _settled_by(script: SetScript, seconds: int, start: int) -> bool | None:
    """Whether it has settled ``seconds`` after the set, None when the file does not say.

    Tingling that never rose above "settled" needs no settling time to be told.
    """
    if script.settled_s is None:
        peak = script.answers.tingling
        return True if peak is not None and is_settled(peak, start) else None
    return script.settled_s != NEVER_SETTLED and script.settled_s <= seconds


def _rest_reply(run: Run, script: SetScript, waited_s: int) -> RestReply | None:
    start = run.control.clearance.tingling or 0
    settled = _settled_by(script, waited_s, start)
    if settled is None:
        return None
    unsettled = min(start + SETTLED_WITHIN + 1, HIGHEST)
    now = min(start, HIGHEST) if settled else max(unsettled, script.answers.tingling or 0)
    pain = script.answers.pain or 0
    eased = script.settled_s is not None and 0 <= script.settled_s <= PAIN_ASKED_S
    later = script.pain_2min
    if later is None:
        later = max(pain - PAIN_EASED_BY, 0) if eased else pain
    numb = Feel.NUMB in script.answers.feels and not settled
    answer = RestAnswer(now, later if waited_s >= PAIN_ASKED_S else None, numb)
    return RestReply(answer, waited_s)


def _stop_sign(run: Run, answers: Answers) -> Input | None:
    """A stop sign that is not asked for yet, told by somebody who has no answer to this item."""
    for question in run.script.questions:
        reply = answers.check_in.reply(question.id)
        known = question.id in run.control.clearance.rules
        if reply is not None and not known and tier_of(question, reply).locks:
            return Replied(question.id, reply)
    return None


def _so_far(run: Run, answers: SetAnswers) -> Input | None:
    """What is told by somebody who leaves a rating open."""
    return None if answers == run.control.so_far else RatedSoFar(answers)


def _check_in(run: Run, answers: Answers, item: int) -> Input | None:
    said = answers.check_in
    questions = run.script.questions
    if item < len(questions):
        reply = said.reply(questions[item].id)
        return _stop_sign(run, answers) if reply is None else Replied(questions[item].id, reply)
    if item == len(questions):
        return None if said.tingling is None else BaselineTingling(said.tingling)
    if item == len(questions) + 1:
        return None if said.pain is None else BaselinePain(said.pain)
    return BaselinePlaces(said.where)


def answer_to(run: Run, answers: Answers) -> tuple[int, Input] | None:
    """After how many milliseconds the person gives what; None when nothing comes."""
    stage = run.control.stage
    script = _set_script(run, answers)
    given: Input | None = None
    delay = REPLY_MS
    match stage:
        case CheckIn(item):
            given = _check_in(run, answers, item)
        case Rate() if script.answers.complete:
            given, delay = Rated(script.answers), RATING_MS
        case Rate():
            given, delay = _so_far(run, script.answers), RATING_MS
        case Settle():
            waited = (run.now_ms - run.set_ended_ms) // 1000
            given, delay = _rest_reply(run, script, waited), 0
        case TenMinutes(asking=True):
            given, delay = _rest_reply(run, script, TEN_MINUTES_S), 0
        case Message():
            given, delay = Acknowledge(), READING_MS
        case Paused():
            given = Resume()
        case _:
            pass
    return None if given is None else (delay, given)
