"""The decision table over two million different inputs: total, monotone, severe where it has to be.

Monotone: a higher rating, or a harsher class of anything else, never gets a milder action. The rest
after strong pain (SET-08) compares two ratings with each other, so there the drop stays fixed.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from itertools import combinations, product
from operator import ge
from typing import Any

import pytest

from coach.domain.action import Action
from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.domain.rule import RuleStage
from coach.rules.after_set import Baseline, History, SetContext, Settled
from playing import SHIPPED
from situations import (
    AXES,
    CELLS,
    COUNTERS,
    NO_CELL,
    PAIN,
    QUIET,
    TINGLING,
    Judged,
    Situation,
    contexts,
    differing,
    judge_everything,
    milder,
    situation,
)

#: What clinical.md 9.6 asks for, at least.
ENOUGH = 1_800_000

# Of the reports, these are an emergency and these same-day urgent whatever the ratings say.
EMERGENCIES = {
    "place": {"both_legs", "saddle"},
    "new": {
        "both_legs_weak",
        "both_legs",
        "saddle_or_toilet",
        "face_arm_speech",
        "chest_breath",
        "cold_pale_foot",
        "sudden_severe_pain",
    },
}
URGENT = {
    "place": {"other_leg"},
    "feels": {"tight_swollen"},
    "new": {"one_leg_weak", "other_leg", "numb_stays", "swollen_calf"},
}


@pytest.fixture(scope="module")
def judged() -> Judged:
    return judge_everything()


def at_least(actions: bytes, milder_ones: bytes) -> bool:
    """Whether no cell is milder than in the other grid; a cell that cannot be counts as equal."""
    if NO_CELL not in milder_ones and NO_CELL not in actions:
        return all(map(ge, actions, milder_ones))
    both = zip(actions, milder_ones, strict=True)
    return all(a >= b for a, b in both if NO_CELL not in (a, b))


def reports(of: Situation, wanted: dict[str, set[str]]) -> bool:
    named = zip(AXES, of, strict=True)
    return any(one in wanted.get(name, ()) for name, one in named)


def test_enough_different_inputs_are_judged(judged: Judged) -> None:
    """Each situation once, at each rating once, and no two classes of an axis mean the same."""
    assert judged.inputs == 2_097_315
    assert judged.inputs >= ENOUGH
    for axis in AXES.values():
        values = list(axis.classes.values())
        assert all(a != b for a, b in combinations(values, 2))
    asked = [context for context in contexts(QUIET) if context is not None]
    assert len(set(asked)) == len(CELLS) == len(TINGLING) * len(PAIN)


def test_every_field_of_the_input_has_its_axis() -> None:
    """Whatever is added to what a row may look at is missed here until it is walked as well."""
    varied: dict[str, set[Any]] = {}
    for axes in (0, 1):
        for of in differing(axes):
            for context in contexts(of):
                if context is not None:
                    for name, value in flat(context):
                        varied.setdefault(name, set()).add(value)
    assert set(varied) == set(READS)
    assert [name for name, values in varied.items() if len(values) == 1] == []


@pytest.mark.hazard("H04")
def test_a_higher_rating_never_gets_a_milder_action(judged: Judged) -> None:
    """Of tingling and of pain, in every situation."""
    pains = len(PAIN)
    for of, actions in judged.grids.items():
        assert at_least(actions[pains:], actions[:-pains]), f"tingling up: {of}"
        for row in range(0, len(actions), pains):
            line = actions[row : row + pains]
            assert at_least(line[1:], line[:-1]), f"pain up: {of}"


def test_a_harsher_class_never_gets_a_milder_action(judged: Judged) -> None:
    """Settling later, one lever less, one report more: 50,000 pairs of situations."""
    pairs = 0
    for of, actions in judged.grids.items():
        for less in milder(of):
            if less in judged.grids:
                assert at_least(actions, judged.grids[less]), (of, less)
                pairs += 1
    assert pairs > 50_000


@pytest.mark.hazard("H04")
def test_six_never_goes_on_with_the_exercise_and_seven_never_with_the_session(
    judged: Judged,
) -> None:
    """Nor does three or more earn credit."""
    floors = [
        Action.END_SESSION
        if worst >= 7
        else Action.END_EXERCISE
        if worst == 6
        else Action.HOLD
        if worst >= 3
        else Action.CONTINUE
        for worst in map(max, CELLS)
    ]
    for of, actions in judged.grids.items():
        assert all(map(ge, actions, floors)), of


@pytest.mark.hazard("H04")
def test_three_is_a_dead_band(judged: Judged) -> None:
    """Alone it holds; what else is said may ask for more, but no row about ratings does.

    That SET-02 speaks at three, and no other row about the height of a rating, is looked at where
    each input is judged.
    """
    speaking = {"settled", "before", "feels", "place", "new", "limit"}
    checked = 0
    for of, actions in judged.grids.items():
        differs = {name for name, one, quiet in zip(AXES, of, QUIET, strict=True) if one != quiet}
        if differs & speaking:
            continue
        for (tingling, pain), action in zip(CELLS, actions, strict=True):
            if max(tingling, pain) == 3 and action != NO_CELL:
                assert action == Action.HOLD, of
                checked += 1
    assert checked > 1000


@pytest.mark.hazard("H01")
def test_a_stop_sign_dominates_everything(judged: Judged) -> None:
    """At every rating, whatever else is said; and only a stop sign is an emergency by itself."""
    for of, actions in judged.grids.items():
        given = set(actions) - {NO_CELL}
        if reports(of, EMERGENCIES):
            assert given == {Action.EMERGENCY}, of
        elif reports(of, URGENT):
            assert min(given) >= Action.URGENT, of
        elif of[list(AXES).index("fell_by")] == "not_asked":
            assert max(given) <= Action.SEE_CLINICIAN, of


def test_a_quiet_set_at_every_rating(judged: Judged) -> None:
    """clinical.md 9.3, last lines: without a check-in rating 4 already rose by 4."""
    by_tingling = judged.grids[QUIET][:: len(PAIN)]
    assert [Action(one).name for one in by_tingling] == [
        *["CONTINUE"] * 3,
        "HOLD",
        "EASE2",
        *["END_EXERCISE"] * 2,
        *["END_SESSION"] * 4,
    ]
    usual = judged.grids[situation(start="usual")][:: len(PAIN)]
    assert [Action(one).name for one in usual[2:8]] == [
        "CONTINUE",
        "HOLD",
        "EASE1",
        "EASE2",
        "END_EXERCISE",
        "END_SESSION",
    ]


# ------------------------------------------------- why three axes at a time are everything

#: Which axis a field belongs to; the ratings are walked in full and belong to none.
READS = {
    "answers.tingling": None,
    "answers.pain": None,
    "answers.where": "place",
    "answers.feels": "feels",
    "answers.new": "new",
    "baseline.tingling": "start",
    "baseline.pain": "start",
    "baseline.zone": "place",
    "history.tingling": "before",
    "history.rose": "before",
    "history.zone": "place",
    "history.eases_here": "eases_here",
    "history.eases": "eases",
    "history.ended": "ended",
    "history.electric": "electric",
    "history.unsettled": "unsettled",
    "settled": "settled",
    "numb": "numb",
    "pain_after_rest": "fell_by",
    "levers_left": "levers_left",
    "stopped": "stopped",
    "end_exercise_at": "limit",
}
_PARTS = ("answers", "baseline", "history")


def flat(context: SetContext) -> Iterator[tuple[str, Any]]:
    for field in fields(context):
        value = getattr(context, field.name)
        if field.name in _PARTS:
            yield from ((f"{field.name}.{f.name}", getattr(value, f.name)) for f in fields(value))
        else:
            yield field.name, value


def watched(context: SetContext, read: set[str]) -> SetContext:
    """The same context, which notes the name of every field that is looked at."""

    def spy(value: Any, prefix: str, parts: dict[str, Any]) -> Any:
        names = {field.name for field in fields(value)}

        class Spy(type(value)):  # type: ignore[misc]
            __slots__ = ()

            def __getattribute__(self, name: str) -> Any:
                if name in parts:
                    return parts[name]
                if name in names:
                    read.add(prefix + name)
                return super().__getattribute__(name)

        return Spy(*(getattr(value, field.name) for field in fields(value)))

    parts = {name: spy(getattr(context, name), f"{name}.", {}) for name in _PARTS}
    copy: SetContext = spy(context, "", parts)
    return copy


def test_no_row_looks_at_more_than_three_axes() -> None:
    """So a row that is right wherever three differ is right everywhere; the strongest row wins.

    Rows of the last stage look at what was asked for and at the counters, which are all combined.
    """
    table = SHIPPED.after_set
    seen: dict[int, set[str]] = {}
    for axes in (0, 1):
        for of in differing(axes):
            for context in list(contexts(of))[:: len(CELLS) // 8]:
                if context is None:
                    continue
                for at, (rule, fires) in enumerate(table._first):
                    fires(watched(context, seen.setdefault(at, set())), rule)
                for at, (rule, then) in enumerate(table._then, len(table._first)):
                    for asked in Action:
                        then(watched(context, seen.setdefault(at, set())), asked, rule)
    assert len(seen) == len(table.table)
    rules = [rule for rule, _ in (*table._first, *table._then)]
    for at, read in seen.items():
        looked_at = {READS[name] for name in read} - {None}
        if rules[at].stage is RuleStage.THEN:
            assert looked_at <= set(COUNTERS), rules[at].id
        else:
            assert len(looked_at) <= 3, (rules[at].id, looked_at)
            assert looked_at.isdisjoint(COUNTERS), rules[at].id
    assert max(len(read) for read in seen.values()) > 2


# ------------------------------------------------- whole scales and pairs, rating by rating

RATINGS = range(11)
Grid = dict[tuple[int, int], Action]


def grid(context: Callable[[int, int], SetContext]) -> Grid:
    """The actions over all 121 ratings of one situation; no neighbour above is milder."""
    judge = SHIPPED.after_set.judge
    actions: Grid = {}
    for tingling, pain in product(RATINGS, RATINGS):
        action = judge(context(tingling, pain)).action
        assert tingling == 0 or actions[tingling - 1, pain] <= action, context(tingling, pain)
        assert pain == 0 or actions[tingling, pain - 1] <= action, context(tingling, pain)
        actions[tingling, pain] = action
    return actions


@pytest.mark.parametrize("tingling", RATINGS)
def test_every_rating_over_every_check_in(tingling: int) -> None:
    """121 check-ins with every rating, settled or not, levers or none: 59,000 inputs."""
    for pain, settled, left in product(RATINGS, (Settled.BY_60, Settled.BY_120), (True, False)):
        start = Baseline(tingling, pain)
        grid(
            lambda t, p, start=start, settled=settled, left=left: SetContext(
                SetAnswers(t, p), start, settled=settled, levers_left=left
            )
        )


Reported = frozenset[Place | Feel | News]
ITEMS: tuple[Place | Feel | News, ...] = (*Place, *Feel, *News)


def with_items(items: Reported, settled: Settled | None, numb: bool | None) -> Grid:
    where = frozenset(item for item in items if isinstance(item, Place))
    feels = frozenset(item for item in items if isinstance(item, Feel))
    new = frozenset(item for item in items if isinstance(item, News))
    return grid(
        lambda t, p: SetContext(
            SetAnswers(t, p, where, feels, new), Baseline(1, 1, 3), settled=settled, numb=numb
        )
    )


@pytest.mark.parametrize(
    ("settled", "numb"), [(None, None), (Settled.BY_60, False), (Settled.BY_120, True)]
)
def test_everything_reported_singly_and_in_pairs(
    settled: Settled | None, numb: bool | None
) -> None:
    """466 combinations of place, feeling and news: with one thing more no action is milder."""
    chosen = [Reported()]
    chosen += [frozenset({item}) for item in ITEMS]
    chosen += [frozenset(pair) for pair in combinations(ITEMS, 2)]
    grids = {items: with_items(items, settled, numb) for items in chosen}
    for items, actions in grids.items():
        for item in items:
            fewer = grids[items - {item}]
            assert all(actions[at] >= fewer[at] for at in actions), (items, item)


def test_a_missing_rating_is_never_milder_than_its_absence_allows() -> None:
    """Total without ratings too: nothing is taken for zero, everything else still counts."""
    judge = SHIPPED.after_set.judge
    for tingling, pain in product((None, *RATINGS), (None, *RATINGS)):
        verdict = judge(SetContext(SetAnswers(tingling, pain), Baseline(1, 1)))
        assert ("SET-01" in verdict.rules) is (
            tingling is not None and pain is not None and max(tingling, pain) <= 2
        )
        for news in News:
            context = SetContext(SetAnswers(tingling, pain, new=frozenset({news})), Baseline(1, 1))
            assert judge(context).action >= verdict.action


def test_what_the_table_says_is_in_the_table() -> None:
    """Names of rules come once each, from the table, and only nothing at all goes on unnamed."""
    known = {rule.id for rule in SHIPPED.after_set.table}
    for of in differing(2):
        for context in list(contexts(of))[:: len(CELLS) // 4]:
            if context is not None:
                verdict = SHIPPED.after_set.judge(context)
                assert set(verdict.rules) <= known
                assert len(set(verdict.rules)) == len(verdict.rules)
                assert verdict.rules or verdict.action is Action.CONTINUE


def test_an_empty_history_is_a_quiet_one() -> None:
    """The quiet set is what a session begins with."""
    first = next(contexts(QUIET))
    assert first == SetContext(SetAnswers(0, 0), Baseline(0, 0), History())
