"""Deciding a recorded session again and naming every difference."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coach.app.session.headers import LoggedStanding, text_sha256
from coach.app.session.recorder import Recorder
from coach.app.shipped import Shipped
from coach.domain.exercise import Tag
from coach.domain.past import PastSession
from coach.domain.side import Side
from coach.engine.control import TenMinutes
from coach.engine.looking_back import past_of
from coach.engine.run import Run, advance, give
from coach.engine.script import Script
from coach.formats.bad_file import BadFile, FileFault
from coach.formats.session_log import CLOSED, LogRecord, canonical, input_from, read_log
from coach.formats.values import from_data
from coach.rules.check_in import BOTH_LEGS_RULE

LONGEST_LEAD_IN_MS = 60_000

#: Records that must come out the same; the other types are inputs and the header.
_DECIDED = (
    "check_in",
    "set_begins",
    "reached",
    "set_ends",
    "decision",
    "report_decision",
    "lock",
    "asked_again",
    CLOSED,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a log and the engine disagree: line (1-based), what was logged, what comes out now."""

    line: int
    logged: str
    now: str

    def __str__(self) -> str:
        return f"line {self.line}: the log says {self.logged}; now it would be {self.now}"


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of deciding a log again.

    ends_open: the log breaks off before its session was closed, so lines are missing.
    """

    decisions: int
    differences: tuple[Difference, ...]
    other_rules: bool
    ends_open: bool


def script_of(shipped: Shipped, header: dict[str, Any], name: str) -> Script:
    """The script a log was played by. Raises BadFile when its header lacks something."""
    # Not above, because it brings pydantic, which the window starts without.
    from coach.formats.plan_file import read_plan

    def fault(field: str, message: str) -> BadFile:
        return BadFile([FileFault(name, 1, field, message)])

    plan_text = header.get("plan")
    if not isinstance(plan_text, str):
        raise fault("data.plan", "must be the plan's text")
    if text_sha256(plan_text) != header.get("plan_sha256"):
        raise fault("data.plan_sha256", "is not that of the plan in this header")
    known = {q.id: q for q in shipped.questions(full=True)}

    def ids(field: str, *more: str) -> list[str]:
        named, ours = header.get(field), {*known, *more}
        if not isinstance(named, list) or not all(isinstance(q, str) and q in ours for q in named):
            raise fault(f"data.{field}", "must be a list of known question ids")
        return named

    asked, cleared = ids("questions"), ids("cleared", BOTH_LEGS_RULE)
    sides: dict[str, Side | None] = {}
    for field in ("sore_side", "side"):
        value = header.get(field)
        if value not in (None, "left", "right"):
            raise fault(f"data.{field}", "must be left, right or null")
        sides[field] = None if value is None else Side(value)
    tags = header.get("tags")
    if not isinstance(tags, list) or not all(tag in list(Tag) for tag in tags):
        raise fault("data.tags", f"must be a list of {', '.join(Tag)}")
    standing = _standing_of(header, fault)
    lead_in = header.get("lead_in_ms")
    if type(lead_in) is not int or not 0 <= lead_in <= LONGEST_LEAD_IN_MS:
        raise fault("data.lead_in_ms", f"must be a whole number up to {LONGEST_LEAD_IN_MS}")
    return Script(
        read_plan(plan_text, f"{name} (plan)", shipped.catalogue, frozenset(standing.allowed)),
        shipped.catalogue,
        tuple(known[question] for question in asked),
        shipped.after_set,
        sides["sore_side"],
        sides["side"],
        lead_in,
        frozenset(cleared),
        frozenset(map(Tag, tags)),
        {(one.exercise, one.side): one.dose for one in standing.doses},
        {(one.exercise, one.side): one.reason for one in standing.withheld},
        standing.still_up,
    )


def _standing_of(header: dict[str, Any], fault: Callable[[str, str], BadFile]) -> LoggedStanding:
    try:
        # Logs from before sessions looked back have none: they were played as the plan was written.
        standing: LoggedStanding = from_data(LoggedStanding, header.get("standing", {}))
    except ValueError as error:
        raise fault("data.standing", str(error)) from None
    return standing


def _decide_again(
    script: Script, records: Sequence[LogRecord], name: str
) -> tuple[Run, list[LogRecord]]:
    recorder = Recorder(wall=lambda _ms: "")
    recorder.header(records[0].data)
    run = Run(script)
    for record in records[1:]:
        if record.type != "input":
            continue
        try:
            given = input_from(record.data)
        except ValueError as error:
            fault = FileFault(name, record.seq + 1, "data", str(error))
            raise BadFile([fault]) from None
        run, moments = give(run, given, record.ms)
        recorder.moments(moments, given)
    run, moments = advance(run, records[-1].ms)
    recorder.moments(moments, None)
    return run, recorder.records


def _outcome_of(record: LogRecord | None) -> str:
    if record is None:
        return "nothing"
    data = {key: value for key, value in record.data.items() if key != "because"}
    return f"{record.type} at {record.ms} ms {canonical(data)}"


def replay(shipped: Shipped, text: bytes | str, name: str) -> Replay:
    """Decide a log again. Raises BadFile when it is damaged or its chain breaks."""
    return replayed(shipped, read_log(text, name), name)[1]


def replayed(shipped: Shipped, records: Sequence[LogRecord], name: str) -> tuple[Run, Replay]:
    """A log decided again: the run it comes to, and where the two differ.

    Raises BadFile when it cannot be decided.
    """
    script = script_of(shipped, records[0].data, name)
    run, again = _decide_again(script, records, name)
    logged = [record for record in records if record.type in _DECIDED]
    now = [record for record in again if record.type in _DECIDED]
    differences = []
    for index in range(max(len(logged), len(now))):
        before = logged[index] if index < len(logged) else None
        after = now[index] if index < len(now) else None
        if _outcome_of(before) != _outcome_of(after):
            line = before.seq + 1 if before else len(records)
            differences.append(Difference(line, _outcome_of(before), _outcome_of(after)))
    decisions = sum(record.type == "decision" for record in logged)
    other_rules = records[0].data.get("rules_sha256") != shipped.rules_sha256
    ends_open = records[-1].type != CLOSED
    return run, Replay(decisions, tuple(differences), other_rules, ends_open)


def past_of_log(shipped: Shipped, records: Sequence[LogRecord], name: str) -> PastSession:
    """What a logged session leaves for later days. Raises BadFile when it cannot be decided."""
    script = script_of(shipped, records[0].data, name)
    run, _ = _decide_again(script, records, name)
    return past_session(run, records)


def asked_ten_minutes_later(shipped: Shipped, records: Sequence[LogRecord], name: str) -> bool:
    """Whether a logged session put the ten-minute question itself before it closed.

    Raises BadFile when the log cannot be decided.
    """
    run = Run(script_of(shipped, records[0].data, name))
    for record in records[1:]:
        if record.type == "input":
            run, _ = advance(run, record.ms)
            if _asking(run):
                return True
            run, _ = give(run, input_from(record.data), record.ms)
    run, _ = advance(run, records[-1].ms - 1)
    return _asking(run)


def _asking(run: Run) -> bool:
    stage = run.control.stage
    return isinstance(stage, TenMinutes) and stage.asking


def past_session(run: Run, records: Sequence[LogRecord]) -> PastSession:
    """What a session leaves, named and dated by its log."""
    header = records[0].data
    began = datetime.fromisoformat(records[0].wall)
    return past_of(run.script, run.ledger, began, header["plan_sha256"], header["session"])
