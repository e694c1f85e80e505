"""What the morning after says about a session (clinical.md 9.4 DAY-01 to DAY-06, REC-04)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coach.domain.day_rule import DayTable
from coach.domain.past import Morning, PastSession

#: Strongest first: where several apply, the first one speaks.
_STRONGEST_FIRST = ("DAY-04", "REC-04", "DAY-03", "DAY-02", "DAY-06", "DAY-01")
_RESTARTING = frozenset({"DAY-04", "REC-04"})


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What came after a session: the rules that apply, strongest first; none while it is open.

    ``open``: the morning after has not come yet, so the session earns nothing so far.
    """

    rules: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """True while the morning after is still to come and nothing else has spoken."""
        return not self.rules

    @property
    def calm(self) -> bool:
        """True when the morning after was all right (DAY-01)."""
        return self.rules == ("DAY-01",)

    @property
    def restarts(self) -> bool:
        """True when the next session begins at the first level (DAY-04, REC-04)."""
        return not _RESTARTING.isdisjoint(self.rules)

    @property
    def level_down(self) -> bool:
        """True when the next session begins one level lower (DAY-03)."""
        return "DAY-03" in self.rules


def rise(past: PastSession, morning: Morning) -> int | None:
    """Points by which the worse of tingling and pain is above that session's check-in.

    None when neither pair was answered.
    """
    pairs = ((morning.tingling, past.tingling), (morning.pain, past.pain))
    rises = [now - before for now, before in pairs if now is not None and before is not None]
    return max(rises, default=None)


def aftermath(past: PastSession, today: date, table: DayTable) -> Aftermath:
    """The rules that speak about a session as seen on ``today``.

    A morning that has passed without a complete answer, or with nothing to compare it to, is
    DAY-06; before the next day nothing is missing yet. Whatever was answered counts as well: half
    an answer can only be stricter. A morning better than the check-in is no rise.
    """
    found = set()
    if past.unsettled:
        found.add("REC-04")
    morning = past.morning
    points = None if morning is None else rise(past, morning)
    if (morning is None or not morning.complete or points is None) and past.day < today:
        found.add("DAY-06")
    if morning is None:
        return _ordered(found)
    if points is not None:
        points = max(points, 0)
        bands = ("DAY-01", "DAY-02", "DAY-03", "DAY-04")
        found |= {name for name in bands if table[name].low <= points <= table[name].high}
    if morning.woken:
        found = (found - {"DAY-01"}) | {"DAY-04"}
    if not morning.complete:
        found -= {"DAY-01"}
    return _ordered(found)


def _ordered(found: set[str]) -> Aftermath:
    if len(found) > 1:
        found = found - {"DAY-01"}
    return Aftermath(tuple(name for name in _STRONGEST_FIRST if name in found))


def aftermath_of_day(pasts: Iterable[PastSession], today: date, table: DayTable) -> Aftermath:
    """What came after the sessions of one day: they share their morning, the strictest counts."""
    found = {rule for past in pasts for rule in aftermath(past, today, table).rules}
    return _ordered(found)


def gap_ends(past: PastSession, today: date, table: DayTable) -> tuple[str, datetime] | None:
    """The rule that keeps the next session waiting longest after this one, and until when."""
    waits = [
        (timedelta(hours=table[name].gap_h), name)
        for name in aftermath(past, today, table).rules
        if table[name].gap_h
    ]
    if not waits:
        return None
    wait, name = max(waits)
    return name, past.began + wait
