"""From steps to log records: what was given, what was decided, what was done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from coach.engine.effects import (
    AskedAgain,
    CheckedIn,
    Closed,
    Effect,
    Judged,
    Locked,
    Reached,
    ReportJudged,
    SetBegins,
    SetEnds,
)
from coach.engine.inputs import Input
from coach.engine.run import Moment
from coach.formats.session_log import CLOSED, LogRecord, chained, input_data, plain


def _effect_record(effect: Effect) -> tuple[str, dict[str, Any]] | None:
    """The type and data an effect leaves in the log; None for what only shows or sounds."""
    match effect:
        case CheckedIn(clearance, left_out):
            return "check_in", {"clearance": plain(clearance), "left_out": plain(left_out)}
        case SetBegins(side, dose, item):
            stands_in = {} if item == dose.exercise else {"item": item}
            return "set_begins", {"side": plain(side), "dose": plain(dose), **stands_in}
        case Reached(rep, phase):
            return "reached", {"rep": rep, "phase": phase}
        case SetEnds(reps_done, stopped):
            return "set_ends", {"reps_done": reps_done, "stopped": stopped}
        case Judged(decision, final, rest_s):
            return "decision", {
                "action": decision.action.name,
                "rules": list(decision.rules),
                "levers": [str(step) for step in decision.levers],
                "final": final,
                "rest_s": rest_s,
            }
        case ReportJudged(decision, place):
            about = {"item": place[0], "side": plain(place[1])} if place else {}
            return "report_decision", {
                "action": decision.action.name,
                "rules": list(decision.rules),
                "levers": [str(step) for step in decision.levers],
                **about,
            }
        case Locked(lock):
            return "lock", plain(lock)
        case AskedAgain():
            return "asked_again", {}
        case Closed(outcome):
            return CLOSED, {"outcome": outcome.value}
        case _:
            return None


@dataclass
class Recorder:
    """Turns inputs and moments into chained records; ``wall`` names a session millisecond."""

    wall: Callable[[int], str]
    records: list[LogRecord] = field(default_factory=list)

    def _add(self, kind: str, ms: int, data: dict[str, Any]) -> LogRecord:
        previous = self.records[-1] if self.records else None
        record = chained(previous, kind, ms, self.wall(ms), data)
        self.records.append(record)
        return record

    def header(self, data: dict[str, Any]) -> LogRecord:
        """The first record."""
        return self._add("header", 0, data)

    def moments(self, moments: Iterable[Moment], given: Input | None) -> list[LogRecord]:
        """Records of one advance or one input; the input belongs to the last moment.

        Every decision names the record that caused it in ``because``.
        """
        added: list[LogRecord] = []
        steps = list(moments)
        for index, (ms, effects) in enumerate(steps):
            cause = self.records[-1].seq if self.records else 0
            if given is not None and index == len(steps) - 1:
                record = self._add("input", ms, input_data(given))
                added.append(record)
                cause = record.seq
            for effect in effects:
                entry = _effect_record(effect)
                if entry is None:
                    continue
                kind, data = entry
                if kind in ("decision", "report_decision"):
                    data["because"] = cause
                added.append(self._add(kind, ms, data))
        return added
