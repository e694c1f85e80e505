"""A made-up life as a table that a physiotherapist can read from top to bottom."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import wrap

from coach.app.phrasing import Phrasing
from coach.app.simulation.living import Lived, start_of
from coach.domain.decision import Phrase
from coach.domain.dose import Dose
from coach.domain.exercise import Catalogue
from coach.domain.past import Morning, Worked
from coach.domain.plan import Plan
from coach.domain.pose import Joint
from coach.domain.rating import RestAnswer
from coach.engine.ledger import SetRecord
from coach.rules.progression import LegKey, levers_up

_INTRODUCTION = """\
Numbers side by side belong to one set each, in order; a dash is an answer that was not given.
Angles are degrees where the movement turns. "harder" and "gentler" compare with the last time
this leg did this exercise. `nerve-coach rules` prints the rules by their ids."""

_COLUMNS: tuple[tuple[str, int], ...] = (
    ("exercise", 10),
    ("leg", 7),
    ("level", 7),
    ("reps", 10),
    ("hold", 6),
    ("knee", 6),
    ("hip", 5),
    ("ankle", 7),
    ("trunk", 7),
    ("neck", 6),
    ("tingling", 10),
    ("pain", 8),
    ("decision", 0),
)
_INDENT = "    "
_WIDTH = 100  # characters of a line of words


def life_table(plan: Plan, days: Sequence[Lived], phrasing: Phrasing, catalogue: Catalogue) -> str:
    """A life in words for a terminal: what each day was, what was felt, and why."""
    told = _Telling(phrasing, catalogue)
    first = start_of(days[0].entry)
    lines = [
        f"{plan.title}: {_span(days)} days from {first:%A %Y-%m-%d}, opened {len(days)} times.",
        "",
        _INTRODUCTION,
    ]
    for lived in days:
        lines += ["", *told.day(lived)]
    return "\n".join([*lines, "", *_summary(days), ""]).rstrip()


def _span(days: Sequence[Lived]) -> int:
    return days[-1].entry.day - days[0].entry.day + 1


class _Telling:
    """Tells one day after another; remembers each leg's last dose to say what is new."""

    def __init__(self, phrasing: Phrasing, catalogue: Catalogue) -> None:
        self._phrasing = phrasing
        self._catalogue = catalogue
        self._before: dict[LegKey, Dose] = {}

    def day(self, lived: Lived) -> Iterator[str]:
        """The lines of one day."""
        moment, rules = start_of(lived.entry), " ".join(lived.rules)
        outcome = lived.outcome.value
        yield f"Day {lived.entry.day:<3} {moment:%a %Y-%m-%d %H:%M}  {outcome:<11}{rules}".rstrip()
        if lived.entry.unlock is not None:
            yield _INDENT + self._unlock(lived)
        yield from wrap(lived.why, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
        if lived.played is None:
            return
        yield _INDENT + _check_in(lived)
        ledger = lived.played.ledger
        for exercise, tag in ledger.left_out:
            yield f"{_INDENT}left out    {exercise} ({tag.value})"
        yield from self._sets(lived)
        yield from (
            f"{_INDENT}locked      {lock.tier.name} by {lock.rule}" for lock in ledger.locks
        )
        if lived.past is not None and lived.past.played:
            if not lived.past.outcome.sought_help:
                yield f"{_INDENT}ten minutes {_ten_minutes(lived.entry.ten_minutes)}"
            yield f"{_INDENT}morning     {_morning(lived.entry.morning)}"

    def _unlock(self, lived: Lived) -> str:
        unlock = lived.entry.unlock
        assert unlock is not None  # noqa: S101 - asked only where there is one
        said = "may go on" if unlock.cleared else "may not go on"
        found = (
            "open again"
            if lived.stays is None
            else self._phrasing.words(Phrase(f"lock.{lived.stays.value}"))
        )
        return f"unlock      {unlock.who}: {said} - {found}"

    def _sets(self, lived: Lived) -> Iterator[str]:
        if lived.played is None or lived.past is None or not lived.played.ledger.sets:
            return
        yield _INDENT + _row([name for name, _ in _COLUMNS])
        worked = {(one.exercise, one.side): one for one in lived.past.worked}
        for key, records in groupby(lived.played.ledger.sets, _leg_of):
            for _, alike in groupby(records, _looks):
                yield from self._alike(list(alike))
            yield from self._changes(worked[key])

    def _alike(self, records: list[SetRecord]) -> Iterator[str]:
        """Sets with the same dose and the same decision on one line."""
        first, dose = records[0], records[0].dose
        decision = first.decision
        decided = [] if decision is None else [decision.action.name, *decision.rules]
        levers = [] if decision is None else [f"eased by {' '.join(map(str, decision.levers))}"]
        cells = [
            dose.exercise,
            "both" if first.side is None else first.side.value,
            dose.level.value,
            _each(records, _reps) + (" slow" if dose.slow else ""),
            f"{dose.hold_s} s" if dose.hold_s else "",
            *(f"{dose.out[joint]:g}" for joint in _JOINTS),
            _each(records, lambda one: one.answers.tingling if one.answers else None),
            _each(records, lambda one: one.answers.pain if one.answers else None),
            " ".join(decided) or "-",
        ]
        yield _INDENT + _row(cells)
        if decision is not None and decision.levers:
            yield f"{_INDENT}{'':10}{levers[0]}"

    def _changes(self, worked: Worked) -> Iterator[str]:
        """What is new about a leg's dose since the last session that was no easy day."""
        if not worked.own:
            return
        key = (worked.exercise, worked.side)
        before, self._before[key] = self._before.get(key), worked.began
        if before is None or before == worked.began:
            return
        harder = levers_up(before, worked.began, self._catalogue)
        gentler = levers_up(worked.began, before, self._catalogue)
        words = "harder" if harder and not gentler else "gentler" if gentler else "renamed"
        yield f"{_INDENT}{'':10}{words}: {', '.join(_differences(before, worked.began))}"


_JOINTS = (Joint.KNEE, Joint.HIP, Joint.ANKLE, Joint.TRUNK, Joint.NECK)


def _row(cells: Iterable[str]) -> str:
    """Cells in their columns; one that is too long still keeps a space behind it."""
    sized = zip(cells, _COLUMNS, strict=True)
    return "".join(
        f"{cell} " if len(cell) >= width else f"{cell:<{width}}" for cell, (_, width) in sized
    ).rstrip()


def _leg_of(record: SetRecord) -> LegKey:
    return record.item, record.side


def _looks(record: SetRecord) -> object:
    """What sets on one line share: all but repetitions, ratings and rest."""
    dose, decision = record.dose, record.decision
    decided = decision and (decision.action, decision.rules, decision.levers)
    return dose.exercise, dose.level, dose.home, dose.out, dose.hold_s, dose.slow, decided


def _each(records: Iterable[SetRecord], of: Callable[[SetRecord], int | None]) -> str:
    return " ".join(_or_dash(of(record)) for record in records)


def _reps(record: SetRecord) -> int:
    return record.reps_done if record.stopped else record.dose.reps


def _or_dash(value: int | None) -> str:
    return "-" if value is None else str(value)


def _differences(before: Dose, after: Dose) -> Iterator[str]:
    if before.exercise != after.exercise:
        yield f"exercise {before.exercise} to {after.exercise}"
        return
    pairs: Mapping[str, tuple[object, object]] = {
        "level": (before.level.value, after.level.value),
        "sets": (before.sets, after.sets),
        "reps": (before.reps, after.reps),
        "hold": (before.hold_s, after.hold_s),
        "tempo": (_tempo(before), _tempo(after)),
    }
    for name, (old, new) in pairs.items():
        if old != new:
            yield f"{name} {old} to {new}"
    for joint in _JOINTS:
        if before.out[joint] != after.out[joint]:
            yield f"{joint.value} {before.out[joint]:g} to {after.out[joint]:g}"


def _tempo(dose: Dose) -> str:
    return "slow" if dose.slow else "usual"


def _check_in(lived: Lived) -> str:
    said = lived.entry.answers.check_in
    found = lived.played.ledger.clearance if lived.played else None
    felt = f"tingling {_or_dash(said.tingling)}, pain {_or_dash(said.pain)}"
    unfinished = found is None or (found.worst is None and not found.tier.locks)
    result = ["not finished"] if unfinished or found is None else [found.tier.name, *found.rules]
    easy = ", easy day" if found is not None and found.easy_day else ""
    asked = ", every question" if lived.full else ""
    return f"check-in    {felt}: {' '.join(result)}{easy}{asked}"


def _ten_minutes(answer: RestAnswer | None) -> str:
    return "-" if answer is None else f"tingling {_or_dash(answer.tingling)}"


def _morning(morning: Morning | None) -> str:
    if morning is None:
        return "-"
    slept = {None: "-", False: "slept through", True: "woken by the leg"}[morning.woken]
    return f"tingling {_or_dash(morning.tingling)}, pain {_or_dash(morning.pain)}, {slept}"


def _summary(days: Sequence[Lived]) -> Iterator[str]:
    """How often each outcome was, and where every leg stood at the end."""
    counts = Counter(lived.outcome.value for lived in days)
    yield "In all: " + ", ".join(f"{count} {name}" for name, count in counts.most_common()) + "."
    stood = [
        f"{exercise} {'both' if side is None else side.value} {level}"
        for (exercise, side), level in days[-1].levels.items()
    ]
    yield "Levels on the last day: " + ", ".join(stood) + "."
