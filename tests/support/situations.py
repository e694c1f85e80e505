"""Every kind of set the decision table can be asked about, in the classes its rows tell apart.

A situation is one class on each axis; it is judged at every rating of tingling and pain. Judged
are all situations in which at most three axes differ from a quiet set, and all combinations of the
four counters that the last rows look at with one more difference. No row reads more than that (a
test watches them), so nothing a row could tell apart is left out.
"""

import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import Any

from coach.domain.action import Action
from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.rules.after_set import AfterSet, Baseline, History, SetContext, Settled
from playing import SHIPPED

#: Every rating 0-10 of tingling; of pain the ends of each band (clinical.md 9.3 SET, CHR-05).
TINGLING = tuple(range(11))
PAIN = (0, 2, 3, 4, 5, 6, 7, 8, 10)
CELLS = tuple(product(TINGLING, PAIN))
#: Stands for a cell that cannot be: pain cannot fall by more points than there were.
NO_CELL = 255

DEAD_BAND = 3
#: Rows about the height of a rating; at 3 only SET-02 may speak.
_BY_RATING = frozenset({"SET-01", "SET-03", "SET-04", "SET-05", "SET-06", "SET-07"})


@dataclass(frozen=True)
class Axis:
    """The classes of one input, the first being the quiet one; ``order`` names milder < harsher.

    Each string of ``order`` is a chain of groups: every class of a group is at least as harsh as
    every class of the group before it.
    """

    classes: Mapping[str, Any]
    order: tuple[str, ...] = ()

    def milder(self, name: str) -> Iterator[str]:
        """The classes that may never be answered more strictly than this one."""
        for chain in self.order:
            groups = [group.split("|") for group in chain.split(" < ")]
            for before, after in pairwise(groups):
                if name in after:
                    yield from before


def _news(*names: str) -> dict[str, frozenset[News]]:
    return {"none": frozenset(), **{name: frozenset({News(name)}) for name in names}}


_URGENT_NEWS = ("one_leg_weak", "other_leg", "numb_stays", "swollen_calf")
_EMERGENCY_NEWS = (
    "sudden_severe_pain",
    "both_legs_weak",
    "both_legs",
    "saddle_or_toilet",
    "face_arm_speech",
    "chest_breath",
    "cold_pale_foot",
)

AXES: dict[str, Axis] = {
    # (T0, P0): a quiet day, a usual one, easy days by the one and by the other scale.
    "start": Axis({"none": (0, 0), "usual": (2, 1), "easy": (4, 0), "easy_by_pain": (1, 5)}),
    "settled": Axis(
        {"not_asked": None, **{one.name: one for one in Settled}},
        ("not_asked < BY_60 < BY_120 < BY_600 < NOT_BY_600",),
    ),
    "numb": Axis({"not_asked": None, "gone": False, "stays": True}, ("gone < not_asked < stays",)),
    # Points by which pain fell in two minutes of rest (SET-08).
    "fell_by": Axis({"not_asked": None, "3": 3, "2": 2, "0": 0}, ("not_asked < 3 < 2 < 0",)),
    # (where it is felt now, zone named last, zone at check-in)
    "place": Axis(
        {
            "none": (None, 0, 0),
            "first_named": (Place.CALF, 0, 0),
            "higher": (Place.THIGH, 0, 4),
            "same": (Place.CALF, 4, 1),
            "lower_than_check_in": (Place.CALF, 0, 3),
            "lower_than_last": (Place.SOLE, 4, 5),
            "other_leg": (Place.OTHER_LEG, 0, 3),
            "both_legs": (Place.BOTH_LEGS, 0, 3),
            "saddle": (Place.SADDLE, 0, 3),
        },
        (
            "none < first_named|higher|same < lower_than_check_in|lower_than_last < other_leg",
            "other_leg < both_legs|saddle",
        ),
    ),
    "feels": Axis(
        {"none": frozenset(), **{feel.value: frozenset({feel}) for feel in Feel}},
        (
            "none < pull|mild_pins < cramp < burning < electric < tight_swollen",
            "none < numb < tight_swollen",
        ),
    ),
    "new": Axis(
        _news("dizzy", *_URGENT_NEWS, *_EMERGENCY_NEWS),
        (f"none < dizzy < {'|'.join(_URGENT_NEWS)} < {'|'.join(_EMERGENCY_NEWS)}",),
    ),
    # (tingling of the set before, whether it had risen by then)
    "before": Axis(
        {
            "none": (None, False),
            "high": (5, True),
            "low": (2, False),
            "low_rising": (2, True),
            "lowest_rising": (1, True),
            "nothing": (0, False),
        },
        ("none < low < low_rising < lowest_rising", "none < high < low_rising", "low < nothing"),
    ),
    "eases_here": Axis({"none": 0, "1": 1, "2": 2}, ("none < 1 < 2",)),
    "eases": Axis({"none": 0, "2": 2, "3": 3}, ("none < 2 < 3",)),
    "ended": Axis({"none": 0, "1": 1}, ("none < 1",)),
    "electric": Axis({"none": 0, "1": 1}, ("none < 1",)),
    "unsettled": Axis({"none": 0, "1": 1}, ("none < 1",)),
    "levers_left": Axis({"some": True, "no": False}, ("some < no",)),
    "stopped": Axis({"no": False, "yes": True}, ("no < yes",)),
    "limit": Axis({"built_in": 6, "5": 5, "2": 2}, ("built_in < 5 < 2",)),
}
#: What the last rows look at, beside what the others asked for.
COUNTERS = ("eases_here", "eases", "ended", "levers_left")

#: The names of the classes, in the order of the axes.
Situation = tuple[str, ...]
QUIET: Situation = tuple(next(iter(axis.classes)) for axis in AXES.values())


def situation(**classes: str) -> Situation:
    """A quiet set but for the classes named."""
    return tuple(classes.get(name, quiet) for name, quiet in zip(AXES, QUIET, strict=True))


def differing(axes: int) -> Iterator[Situation]:
    """All situations that differ from a quiet set on exactly so many axes."""
    for names in combinations(AXES, axes):
        others = [list(AXES[name].classes)[1:] for name in names]
        for classes in product(*others):
            yield situation(**dict(zip(names, classes, strict=True)))


def situations() -> tuple[Situation, ...]:
    """All that are judged, each once, in the same order in every process."""
    found = dict.fromkeys(one for axes in range(4) for one in differing(axes))
    for counters in product(*(AXES[name].classes for name in COUNTERS)):
        kept = dict(zip(COUNTERS, counters, strict=True))
        for name, axis in AXES.items():
            if name not in COUNTERS:
                found.update(
                    dict.fromkeys(situation(**kept, **{name: one}) for one in axis.classes)
                )
    return tuple(found)


def milder(of: Situation) -> Iterator[Situation]:
    """The situations that differ from this one by one class that is milder."""
    for at, axis in enumerate(AXES.values()):
        for other in axis.milder(of[at]):
            yield (*of[:at], other, *of[at + 1 :])


def contexts(of: Situation) -> Iterator[SetContext | None]:
    """What the table is asked at each cell; None where pain cannot have fallen by so much."""
    value = {name: axis.classes[one] for (name, axis), one in zip(AXES.items(), of, strict=True)}
    place, last, at_check_in = value["place"]
    where = frozenset() if place is None else frozenset({place})
    start = Baseline(*value["start"], at_check_in)
    before, rose = value["before"]
    counters = (value[name] for name in ("eases_here", "eases", "ended", "electric", "unsettled"))
    history = History(before, rose, last, *counters)
    fell_by = value["fell_by"]
    rest = (value["levers_left"], value["stopped"], value["limit"])
    for tingling, pain in CELLS:
        if fell_by is not None and fell_by > pain:
            yield None
            continue
        answers = SetAnswers(tingling, pain, where, value["feels"], value["new"])
        later = None if fell_by is None else pain - fell_by
        yield SetContext(answers, start, history, value["settled"], value["numb"], later, *rest)


@dataclass(frozen=True)
class Judged:
    """The action at each cell of each situation, and how many different inputs were judged."""

    grids: dict[Situation, bytes]
    inputs: int


def _grid(table: AfterSet, of: Situation) -> bytes:
    actions = bytearray()
    for (tingling, pain), asked in zip(CELLS, contexts(of), strict=True):
        if asked is None:
            actions.append(NO_CELL)
            continue
        verdict = table.judge(asked)
        assert isinstance(verdict.action, Action)
        # Three is a dead band: it neither earns credit nor eases, and it always says so.
        if max(tingling, pain) == DEAD_BAND:
            assert "SET-02" in verdict.rules and not _BY_RATING.intersection(verdict.rules), asked
        actions.append(verdict.action)
    return bytes(actions)


def _share(of_two: int) -> list[tuple[Situation, bytes]]:
    """Every other situation, so the two shares are as long as each other."""
    return [(one, _grid(SHIPPED.after_set, one)) for one in situations()[of_two::2]]


def judge_everything() -> Judged:
    """Every situation at every rating, in two processes."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        grids = dict(pair for share in pool.map(_share, range(2)) for pair in share)
    return Judged(grids, sum(len(grid) - grid.count(NO_CELL) for grid in grids.values()))
