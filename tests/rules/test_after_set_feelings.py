"""Rules on what it is like and what is new: CHR-01 to CHR-05, NEW-01 to NEW-04."""

import pytest

from asking_rules import after
from coach.domain.action import Action
from coach.domain.rating import Feel, News
from coach.rules.after_set import History, Settled


@pytest.mark.parametrize("feel", [Feel.PULL, Feel.MILD_PINS])
def test_a_pull_or_mild_pins_change_nothing(feel: Feel) -> None:
    assert after(1, 0, feels=[feel]).action is Action.CONTINUE


@pytest.mark.rule("CHR-01")
@pytest.mark.parametrize(("rating", "action"), [(0, Action.HOLD), (4, Action.EASE1)])
def test_a_cramp_holds(rating: int, action: Action) -> None:
    verdict = after(rating, 0, t0=2, feels=[Feel.CRAMP])
    assert verdict.action is action
    assert "CHR-01" in verdict.rules
    assert "CHR-01" not in after(rating, 0, t0=2).rules


@pytest.mark.rule("CHR-02")
@pytest.mark.parametrize(
    ("rating", "action"), [(0, Action.EASE1), (4, Action.EASE1), (5, Action.EASE2)]
)
def test_burning_eases_at_least_one(rating: int, action: Action) -> None:
    verdict = after(rating, 0, t0=2, feels=[Feel.BURNING])
    assert verdict.action is action
    assert "CHR-02" in verdict.rules
    assert "CHR-02" not in after(rating, 0, t0=2).rules


@pytest.mark.rule("CHR-03")
@pytest.mark.parametrize(
    ("earlier", "new", "action"),
    [
        (0, (), Action.END_EXERCISE),
        (1, (), Action.END_SESSION),
        (0, (News.ONE_LEG_WEAK,), Action.URGENT),
        (1, (News.ONE_LEG_WEAK,), Action.URGENT),
        (0, (News.BOTH_LEGS_WEAK,), Action.EMERGENCY),
        (0, (News.DIZZY,), Action.END_SESSION),
    ],
)
def test_electric_ends_the_exercise_then_the_session(
    earlier: int, new: tuple[News, ...], action: Action
) -> None:
    verdict = after(0, 0, feels=[Feel.ELECTRIC], new=new, history=History(electric=earlier))
    assert verdict.action is action
    assert "CHR-03" in verdict.rules
    assert "CHR-03" not in after(0, 0, new=new, history=History(electric=earlier)).rules


@pytest.mark.rule("CHR-04")
@pytest.mark.parametrize(
    ("settled", "numb", "fires"),
    [
        (None, None, False),
        (Settled.BY_60, None, False),
        (Settled.BY_120, None, True),
        (Settled.BY_60, False, False),
        (Settled.BY_60, True, True),
        (Settled.BY_120, False, False),
    ],
)
def test_numbness_that_outlasts_the_rest_needs_a_clinician(
    settled: Settled | None, numb: bool | None, fires: bool
) -> None:
    """Asked whether it is still numb, that answer counts; else the time to settle does."""
    verdict = after(0, 0, feels=[Feel.NUMB], settled=settled, numb=numb)
    assert ("CHR-04" in verdict.rules) is fires
    assert (verdict.action is Action.SEE_CLINICIAN) is fires
    assert "CHR-04" not in after(0, 0, settled=settled, numb=numb).rules


@pytest.mark.rule("CHR-04")
def test_numbness_that_is_new_and_stays_is_urgent() -> None:
    for feels in ((), (Feel.NUMB,)):
        verdict = after(0, 0, feels=feels, new=[News.NUMB_STAYS], settled=None)
        assert verdict.action is Action.URGENT
        assert "CHR-04" in verdict.rules


@pytest.mark.hazard("H02")
@pytest.mark.rule("CHR-05")
@pytest.mark.parametrize(
    ("pain", "new", "action"),
    [
        (0, (), Action.URGENT),
        (6, (), Action.URGENT),
        (7, (), Action.EMERGENCY),
        (0, (News.COLD_PALE_FOOT,), Action.EMERGENCY),
        (None, (), Action.URGENT),
    ],
)
def test_tight_or_swollen_is_urgent_and_with_strong_pain_an_emergency(
    pain: int | None, new: tuple[News, ...], action: Action
) -> None:
    verdict = after(0, pain, p0=3, feels=[Feel.TIGHT_SWOLLEN], new=new)
    assert verdict.action is action
    assert "CHR-05" in verdict.rules
    assert "CHR-05" not in after(0, pain, p0=3, new=new).rules


NEWS = {
    News.ONE_LEG_WEAK: (Action.URGENT, "NEW-01"),
    News.BOTH_LEGS_WEAK: (Action.EMERGENCY, "NEW-02"),
    News.SADDLE_OR_TOILET: (Action.EMERGENCY, "NEW-02"),
    News.CHEST_BREATH: (Action.EMERGENCY, "NEW-02"),
    News.COLD_PALE_FOOT: (Action.EMERGENCY, "NEW-02"),
    News.DIZZY: (Action.END_SESSION, "NEW-03"),
    News.FACE_ARM_SPEECH: (Action.EMERGENCY, "NEW-03"),
    News.SWOLLEN_CALF: (Action.URGENT, "NEW-04"),
}


@pytest.mark.hazard("H02")
@pytest.mark.rule("NEW-01")
@pytest.mark.rule("NEW-02")
@pytest.mark.rule("NEW-03")
@pytest.mark.rule("NEW-04")
@pytest.mark.parametrize("settled", [None, Settled.BY_60])
@pytest.mark.parametrize("news", NEWS)
def test_news_decide_at_any_rating(news: News, settled: Settled | None) -> None:
    """Before the settle check as well as after it, by the news alone, and by no other rule."""
    action, rule = NEWS[news]
    verdict = after(0, 0, new=[news], settled=settled)
    assert verdict.action is action
    assert [name for name in verdict.rules if name.startswith("NEW")] == [rule]


def test_every_item_of_the_list_is_read_by_a_rule() -> None:
    """Sudden strong pain only makes a strong pain more serious, so it comes with one here."""
    for news in News:
        with_it = after(0, 8, p0=5, pain_after_rest=8, new=[news])
        without = after(0, 8, p0=5, pain_after_rest=8)
        assert with_it != without, news
