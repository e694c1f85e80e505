"""Playing a plan on a virtual clock: no window, no sound, the same engine and rules."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from coach.app.phrasing import Phrasing
from coach.app.session.check_in_words import easy_day, left_out
from coach.app.session.headers import session_header
from coach.app.session.recorder import Recorder
from coach.app.shipped import Shipped
from coach.app.simulation.simulated_person import answer_to
from coach.domain.plan import Plan
from coach.engine.ledger import Ledger, SetRecord
from coach.engine.run import Run, advance, give
from coach.engine.script import Script
from coach.formats.answers_file import Answers
from coach.formats.session_log import LogRecord, canonical, plain
from coach.formats.values import as_data

#: No session lasts a day; a run that does has lost its way.
LONGEST_MS = 24 * 3600 * 1000
#: Whose simulated sessions are.
SIMULATED = "simulated"

_NO_NAME = re.compile(r"[^0-9A-Za-z]")


@dataclass(frozen=True)
class Played:
    """A session as played: its ledger and its log."""

    plan: Plan
    ledger: Ledger
    records: tuple[LogRecord, ...]
    seconds: int


def script_for(shipped: Shipped, plan: Plan, answers: Answers) -> Script:
    """The script of a first session: every question is asked (clinical.md 8)."""
    return Script(
        plan,
        shipped.catalogue,
        shipped.questions(full=True),
        shipped.after_set,
        answers.check_in.sore_side,
    )


def play(
    script: Script,
    answers: Answers,
    header: dict[str, Any],
    wall: Callable[[int], str],
) -> Played:
    """Play a script to its end with somebody who answers from a file."""
    recorder = Recorder(wall)
    recorder.header(header)
    run = Run(script)
    while not run.closed:
        reply = answer_to(run, answers)
        deadline = run.deadline_ms
        if reply is None:
            if deadline is None or deadline > LONGEST_MS:
                break
            run, moments = advance(run, deadline)
            recorder.moments(moments, None)
            continue
        delay, given = reply
        run, moments = give(run, given, run.now_ms + delay)
        recorder.moments(moments, given)
    closed = run.ledger.closed_ms
    seconds = (run.now_ms if closed is None else closed) // 1000
    return Played(script.plan, run.ledger, tuple(recorder.records), seconds)


def simulated_id(began: str, plan_text: str, answers: Answers) -> str:
    """An id of its own for what is played with these answers at this wall time, always the same.

    So that logs of made-up sessions can be brought in side by side.
    """
    said = canonical(as_data(answers))
    digest = sha256(f"{began}\n{plan_text}\n{said}".encode()).hexdigest()
    return f"{_NO_NAME.sub('', began[:19])}-{digest[:8]}"


def simulate(
    shipped: Shipped, plan: Plan, plan_text: str, answers: Answers, wall: Callable[[int], str]
) -> Played:
    """Play ``plan`` as a first session with the given answers."""
    script = script_for(shipped, plan, answers)
    began = wall(0)
    session = simulated_id(began, plan_text, answers)
    header = session_header(
        shipped, script, plan_text, session=session, profile=SIMULATED, wall=began
    )
    return play(script, answers, header, wall)


def _set_object(record: SetRecord, phrasing: Phrasing) -> dict[str, Any]:
    answers, decision = record.answers, record.decision
    reps = record.reps_done if record.stopped else record.dose.reps
    return {
        "n": record.n,
        "exercise": record.dose.exercise,
        "side": None if record.side is None else record.side.value,
        "level": record.dose.level.value,
        "reps": reps,
        "hold_s": record.dose.hold_s,
        "slow": record.dose.slow,
        "rest_s": record.rest_s,
        "angles": plain(record.dose.out),
        "home": plain(record.dose.home),
        "tingling": None if answers is None else answers.tingling,
        "pain": None if answers is None else answers.pain,
        "action": None if decision is None else decision.action.name,
        "rules": [] if decision is None else list(decision.rules),
        "levers": [] if decision is None else [str(step) for step in decision.levers],
        "words": "" if decision is None else phrasing.sentence(decision.words),
    }


def set_objects(played: Played, phrasing: Phrasing) -> list[dict[str, Any]]:
    """Every set as it was really played (DESIGN 5)."""
    return [_set_object(record, phrasing) for record in played.ledger.sets]


def as_object(played: Played, phrasing: Phrasing) -> dict[str, Any]:
    """The object ``simulate --json`` prints (DESIGN 5)."""
    ledger = played.ledger
    found = ledger.clearance
    check_in = {
        "tier": None if found is None else found.tier.name,
        "rules": [] if found is None else list(found.rules),
        "tags": [] if found is None else sorted(tag.value for tag in found.tags),
    }
    return {
        "plan": played.plan.title,
        "outcome": None if ledger.outcome is None else ledger.outcome.value,
        "check_in": check_in,
        "sets": set_objects(played, phrasing),
        "locks": [{"tier": lock.tier.name, "rule": lock.rule} for lock in ledger.locks],
        "seconds": played.seconds,
    }


_HEADINGS = (
    f"{'set':>3}  {'exercise':<30}{'side':<7}{'level':<7}{'reps':>4}{'rest':>6}"
    f"{'tingling':>10}{'pain':>6}  decision"
)


def as_table(played: Played, phrasing: Phrasing) -> str:
    """The session in words for a terminal: one line a set, and why."""
    shown = as_object(played, phrasing)
    words = phrasing.phrases
    lines = [
        f"{shown['plan']}: {words.say('outcome.' + shown['outcome'])}",
        f"Check-in: {shown['check_in']['tier']} {' '.join(shown['check_in']['rules'])}".rstrip(),
        *easy_day(words, played.ledger),
        *left_out(words, played.ledger),
        "",
        _HEADINGS,
    ]
    for entry in shown["sets"]:
        name = words.say(f"{entry['exercise']}.name")
        lines.append(
            f"{entry['n']:>3}  {entry['exercise'] + ' ' + name:<30.30}{entry['side'] or '-':<7}"
            f"{entry['level']:<7}{entry['reps']:>4}{entry['rest_s']:>5}s"
            f"{_or_dash(entry['tingling']):>10}{_or_dash(entry['pain']):>6}  "
            f"{entry['action'] or '-'} {' '.join(entry['rules'])}".rstrip()
        )
        if entry["words"]:
            lines.append(f"     {entry['words']}")
    lines += [f"Locked: {lock['tier']} by {lock['rule']}" for lock in shown["locks"]]
    minutes, seconds = divmod(shown["seconds"], 60)
    lines += ["", f"{minutes} min {seconds:02d} s of session time."]
    return "\n".join(lines)


def _or_dash(value: int | None) -> str:
    return "-" if value is None else str(value)
