"""The decision table over about 430,000 inputs: total, monotone, and severe where it has to be.

Monotone: a higher rating, or one more thing reported, never gets a milder action. The rest after
strong pain (SET-08) compares two ratings with each other, so there the drop is what stays fixed.
"""

from collections.abc import Callable, Iterator
from itertools import combinations, product

import pytest

from coach.domain.action import Action
from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.rules.after_set import Baseline, History, SetContext, Settled, Verdict
from playing import SHIPPED

RATINGS = range(11)
PLAIN_HISTORY = History()
SETTLING = (None, *Settled)
Grid = dict[tuple[int, int], Action]
_KNOWN = {rule.id for rule in SHIPPED.after_set.table}


def checked(verdict: Verdict, tingling: int, pain: int) -> Action:
    """What holds for every verdict by itself."""
    worst, action = max(tingling, pain), verdict.action
    assert isinstance(action, Action)
    assert set(verdict.rules) <= _KNOWN
    assert len(set(verdict.rules)) == len(verdict.rules)
    assert verdict.rules or action is Action.CONTINUE
    assert worst < 3 or action >= Action.HOLD
    assert worst < 6 or action >= Action.END_EXERCISE
    assert worst < 7 or action >= Action.END_SESSION
    return action


def grid(context: Callable[[int, int], SetContext]) -> Grid:
    """The actions over all ratings of one situation, each checked; neighbours too."""
    judge = SHIPPED.after_set.judge
    actions: Grid = {}
    for tingling, pain in product(RATINGS, RATINGS):
        action = checked(judge(context(tingling, pain)), tingling, pain)
        assert tingling == 0 or actions[tingling - 1, pain] <= action, context(tingling, pain)
        assert pain == 0 or actions[tingling, pain - 1] <= action, context(tingling, pain)
        actions[tingling, pain] = action
    return actions


@pytest.mark.parametrize("tingling", RATINGS)
def test_every_rating_over_every_check_in(tingling: int) -> None:
    """121 check-ins with every rating, settling class and levers or none: 146,000 inputs."""
    for pain, settled, left in product(RATINGS, SETTLING, (True, False)):
        start = Baseline(tingling, pain)
        grid(
            lambda t, p, start=start, settled=settled, left=left: SetContext(
                SetAnswers(t, p), start, settled=settled, levers_left=left
            )
        )


@pytest.mark.parametrize("settled", SETTLING)
def test_three_is_a_dead_band(settled: Settled | None) -> None:
    """Ratings whose higher one is 3 neither ease nor go on, whatever the check-in said."""
    for tingling, pain, t0, p0 in product(range(4), range(4), range(6), range(6)):
        if max(tingling, pain) != 3:
            continue
        context = SetContext(SetAnswers(tingling, pain), Baseline(t0, p0), settled=settled)
        verdict = SHIPPED.after_set.judge(context)
        assert "SET-02" in verdict.rules
        others = [rule for rule in verdict.rules if not rule.startswith("REC")]
        assert others == ["SET-02"]
        if settled in (None, Settled.BY_60):
            assert verdict.action is Action.HOLD


def histories() -> Iterator[History]:
    for before, rose in ((None, False), (0, False), (2, True), (3, False), (5, True)):
        for here, eases in ((0, 0), (2, 2), (0, 3), (1, 3)):
            for ended, electric, unsettled in ((0, 0, 0), (1, 0, 0), (0, 1, 1)):
                yield History(before, rose, 3, here, eases, ended, electric, unsettled)


@pytest.mark.parametrize("history", list(histories()), ids=str)
def test_every_rating_after_every_kind_of_session_so_far(history: History) -> None:
    """60 histories, three check-ins, settling, levers and a stopped set: 109,000 inputs."""
    for start, settled, left, stopped in product(
        (Baseline(0, 0), Baseline(2, 1), Baseline(4, 0)),
        (Settled.BY_60, Settled.BY_120),
        (True, False),
        (False,) if history.eases else (False, True),
    ):
        grid(
            lambda t, p, start=start, settled=settled, left=left, stopped=stopped: SetContext(
                SetAnswers(t, p), start, history, settled, levers_left=left, stopped=stopped
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


def harsher(grids: dict[Reported, Grid]) -> None:
    """With one thing more reported no action is milder."""
    for items, actions in grids.items():
        for item in items:
            fewer = grids[items - {item}]
            assert all(actions[at] >= fewer[at] for at in actions), (items, item)


@pytest.mark.parametrize(
    ("settled", "numb"), [(None, None), (Settled.BY_60, False), (Settled.BY_120, True)]
)
def test_everything_reported_singly_and_in_pairs(
    settled: Settled | None, numb: bool | None
) -> None:
    """466 combinations of place, feeling and news with every rating: 56,000 inputs a case."""
    chosen = [frozenset[Place | Feel | News]()]
    chosen += [frozenset({item}) for item in ITEMS]
    chosen += [frozenset(pair) for pair in combinations(ITEMS, 2)]
    harsher({items: with_items(items, settled, numb) for items in chosen})


EMERGENCIES = (
    Place.BOTH_LEGS,
    Place.SADDLE,
    News.BOTH_LEGS,
    News.BOTH_LEGS_WEAK,
    News.SADDLE_OR_TOILET,
    News.CHEST_BREATH,
    News.COLD_PALE_FOOT,
    News.FACE_ARM_SPEECH,
)
URGENT = (
    Place.OTHER_LEG,
    News.OTHER_LEG,
    News.ONE_LEG_WEAK,
    News.NUMB_STAYS,
    News.SWOLLEN_CALF,
    Feel.TIGHT_SWOLLEN,
)


@pytest.mark.parametrize("item", ITEMS, ids=str)
def test_a_stop_sign_is_as_serious_at_every_rating(item: Place | Feel | News) -> None:
    actions = set(with_items(frozenset({item}), Settled.BY_60, numb=False).values())
    if item in EMERGENCIES:
        assert actions == {Action.EMERGENCY}
    elif item in URGENT:
        assert min(actions) is Action.URGENT
    else:
        assert max(actions) < Action.SEE_CLINICIAN


@pytest.mark.parametrize("drop", range(5))
@pytest.mark.parametrize("alarming", [False, True])
def test_strong_pain_that_stays_never_gets_a_milder_answer(drop: int, alarming: bool) -> None:
    new = frozenset({News.SUDDEN_SEVERE_PAIN}) if alarming else frozenset[News]()
    actions = grid(
        lambda t, p: SetContext(
            SetAnswers(t, p, new=new),
            Baseline(2, 2),
            settled=Settled.BY_60,
            pain_after_rest=max(p - drop, 0),
        )
    )
    help_asked = Action.EMERGENCY if alarming else Action.URGENT
    assert (actions[0, 8] is help_asked) is (drop < 3)
    assert actions[0, 7] is Action.END_SESSION


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
