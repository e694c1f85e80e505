"""Asking the shipped decision table what it makes of one set."""

from collections.abc import Iterable

from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.rules.after_set import Baseline, History, SetContext, Settled, Verdict
from playing import SHIPPED

#: The first set of a session has nothing before it.
NO_HISTORY = History()


def after(
    tingling: int | None = 0,
    pain: int | None = 0,
    *,
    t0: int = 0,
    p0: int = 0,
    zone: int = 0,
    where: Iterable[Place] = (),
    feels: Iterable[Feel] = (),
    new: Iterable[News] = (),
    history: History = NO_HISTORY,
    settled: Settled | None = Settled.BY_60,
    numb: bool | None = None,
    pain_after_rest: int | None = None,
    levers_left: bool = True,
    stopped: bool = False,
    end_exercise_at: int = 6,
) -> Verdict:
    """The verdict on a set that settled at once, apart from what is named."""
    answers = SetAnswers(tingling, pain, frozenset(where), frozenset(feels), frozenset(new))
    context = SetContext(
        answers,
        Baseline(t0, p0, zone),
        history,
        settled,
        numb,
        pain_after_rest,
        levers_left,
        stopped,
        end_exercise_at,
    )
    return SHIPPED.after_set.judge(context)
