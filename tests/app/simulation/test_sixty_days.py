"""Lives of 60 days made up by chance: what must hold between any two sessions, whatever happens.

Every session goes the way ``simulate --life`` goes, and is held against laws of our own
(tests/support/watched_life.py). The second half breaks a rule for each law and sees it noticed.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from coach.app.daily import days
from coach.app.simulation import simulated_home
from coach.domain.action import Action
from coach.domain.exercise import LevelName
from coach.domain.lever import Lever
from coach.domain.past import Morning
from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.engine.inputs import Input, Report, SomethingWrong, Stop
from coach.formats.answers_file import Answers, CheckIn, SetScript
from coach.formats.questions_file import QUESTION_IDS
from coach.rules import levers, opening, progression, todays_dose
from coach.rules.after_set import AfterSet
from coach.rules.locks import Assessment
from coach.rules.next_day import Aftermath
from playing import SHIPPED, plan_text
from watched_life import BEGAN, WatchedLife
from watched_session import Person

DAYS = 60
#: Both legs; near the caps of a leg; near the home ceilings; an exercise that must be earned.
BOTH = plan_text('id = "S3"\nside = "both"\nlevel = "A"\nreps = 5', 'id = "H1"\nside = "left"')
FULL = plan_text(
    'id = "S2"\nside = "left"\nlevel = "A"',
    'id = "S3"\nside = "left"\nlevel = "D"',
    'id = "S6"\nside = "left"\nlevel = "C"',
    'id = "H1"\nside = "left"\nlevel = "C"',
)
NECK = plan_text('id = "S7"\nside = "right"\nlevel = "C"')
EARNED = plan_text(
    'id = "S3"\nside = "left"\nlevel = "D"\nsets = 1\nreps = 5',
    'id = "S5"\nside = "left"\nlevel = "A"',
)
PLANS = (BOTH, FULL, NECK, EARNED)

GOOD = Morning(1, 0, woken=False)
CALM_SET = SetScript(SetAnswers(2, 1), settled_s=30)
SEEN = "GP"


def person(
    *sets: SetScript,
    tingling: int | None = 1,
    pain: int | None = 0,
    event: tuple[int, tuple[Input, ...]] | None = None,
    **replies: Reply,
) -> Person:
    """Somebody who answers "no" to all questions but those named."""
    check_in = CheckIn(Reply.NO, tuple(replies.items()), tingling, pain)
    return Person(Answers(check_in, sets or (CALM_SET,)), event)


def wrong(*news: News) -> tuple[Input, ...]:
    """What is pressed when something is wrong."""
    return (SomethingWrong(), Report(SetAnswers(new=frozenset(news))))


RATINGS = st.one_of(st.none(), st.integers(0, 2), st.integers(0, 10))
MORNINGS = st.builds(Morning, RATINGS, RATINGS, st.one_of(st.none(), st.booleans()))
NEWS = st.sampled_from(list(News))
SETS = st.builds(
    SetScript,
    st.builds(
        SetAnswers,
        RATINGS,
        RATINGS,
        st.frozensets(st.sampled_from(list(Place)), max_size=1),
        st.frozensets(st.sampled_from(list(Feel)), max_size=1),
        st.frozensets(NEWS, max_size=1),
    ),
    st.sampled_from([None, 10, 60, 90, 130, -1]),
)
EVENTS = st.tuples(
    st.integers(1, 3),
    st.one_of(st.just(()), st.just((Stop(),)), NEWS.map(wrong)),
)
PEOPLE = st.builds(
    lambda sets, tingling, pain, event, item: person(
        *sets, tingling=tingling, pain=pain, event=event, **item
    ),
    st.lists(SETS, min_size=1, max_size=4),
    RATINGS,
    RATINGS,
    st.one_of(st.none(), EVENTS),
    st.dictionaries(st.sampled_from(QUESTION_IDS), st.sampled_from(Reply), max_size=1),
)


class Life(RuleBasedStateMachine):
    """One person and 60 days."""

    def __init__(self) -> None:
        super().__init__()
        self.life = WatchedLife(SHIPPED, BOTH)

    @initialize(plan=st.sampled_from(PLANS))
    def plan(self, plan: str) -> None:
        self.life = WatchedLife(SHIPPED, plan)

    def _pass(self, **time: float) -> None:
        if self.life.now < BEGAN + timedelta(days=DAYS):
            self.life.wait(**time)

    @rule(days=st.integers(2, 6), gap=st.sampled_from([20, 24, 48]), answered=st.booleans())
    def calm_days(self, days: int, gap: int, answered: bool) -> None:
        for _ in range(days):
            self.life.session(person())
            self._pass(hours=gap)
            if answered:
                self.life.answer_morning(GOOD)

    @rule(who=PEOPLE)
    def any_session(self, who: Person) -> None:
        self.life.session(who)

    @rule(first=SETS)
    def one_leg_fails(self, first: SetScript) -> None:
        self.life.session(person(first, CALM_SET))

    @rule(tingling=st.integers(3, 6), settled=st.sampled_from([30, 90]))
    def a_little_too_much(self, tingling: int, settled: int) -> None:
        eased = SetScript(SetAnswers(tingling, 1), settled_s=settled)
        self.life.session(person(eased, CALM_SET))

    @rule(when=st.integers(1, 2), news=NEWS)
    def something_is_wrong(self, when: int, news: News) -> None:
        self.life.session(person(event=(when, wrong(news))))

    @rule(when=st.integers(1, 3), stopped=st.booleans())
    def cut_short(self, when: int, stopped: bool) -> None:
        self.life.session(person(event=(when, (Stop(),) if stopped else ())))

    @rule(morning=MORNINGS)
    def morning(self, morning: Morning) -> None:
        self.life.answer_morning(morning)

    @rule(tingling=RATINGS)
    def ten_minutes(self, tingling: int | None) -> None:
        self.life.answer_ten_minutes(tingling)

    @rule(hours=st.integers(1, 30))
    def hours(self, hours: int) -> None:
        self._pass(hours=hours)

    @rule(missed=st.integers(1, 16))
    def missed_days(self, missed: int) -> None:
        self._pass(days=missed)

    @rule(hours=st.integers(-72, 72))
    def clock_set(self, hours: int) -> None:
        self._pass(hours=hours)

    @rule(who=st.sampled_from(["", SEEN]), ago=st.integers(-1, 2), cleared=st.booleans())
    def unlock(self, who: str, ago: int, cleared: bool) -> None:
        self.life.unlock(Assessment(who, self.life.now.date() - timedelta(days=ago), cleared))

    @rule()
    def seen_properly(self) -> None:
        self._pass(days=1)
        self.life.unlock(Assessment(SEEN, self.life.now.date(), cleared=True))


TestSixtyDays = Life.TestCase
TestSixtyDays.settings = settings(
    max_examples=30,
    stateful_step_count=35,
    # Explaining a failure takes minutes and tells little about a life.
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# Each law notices the rule that breaks it


def calm_days(life: WatchedLife, days: int, hours: int = 24) -> None:
    """Calm sessions and mornings, one after another."""
    for _ in range(days):
        life.session(person())
        life.wait(hours=hours)
        life.answer_morning(GOOD)


def new_rules(patch: pytest.MonkeyPatch, rule: str, **numbers: int) -> None:
    """Other numbers for a rule from day to day."""
    table = SHIPPED.across_days
    changed = {**table, rule: replace(table[rule], **numbers)}
    patch.setitem(vars(SHIPPED), "across_days", changed)


def milder(patch: pytest.MonkeyPatch, rule: str, action: Action) -> None:
    """Another action for a rule after a set."""
    rows = (
        replace(row, action=action) if row.id == rule else row for row in SHIPPED.after_set.table
    )
    patch.setitem(vars(SHIPPED), "after_set", AfterSet(tuple(rows)))


def play_while_locked(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    life.session(person(event=(1, wrong(News.ONE_LEG_WEAK))))
    patch.setattr(days, "_closes", lambda kept: False)
    life.wait(days=3)
    life.session(person())


def open_too_early(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    patch.setattr(days, "why_still_locked", lambda *given: None)
    life.session(person(event=(1, wrong(News.ONE_LEG_WEAK))))
    life.wait(hours=2)
    life.unlock(Assessment(SEEN, life.now.date(), cleared=True))


def stay_closed(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    new_rules(patch, "CAP-02", gap_h=20)
    life.session(person())
    life.wait(hours=5)
    life.session(person())


def ask_little_after_a_lock(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    patch.setattr(days, "full_screen_due", lambda **known: known["days_since_full"] is None)
    life.session(person(event=(1, wrong(News.ONE_LEG_WEAK))))
    life.wait(hours=25)
    life.unlock(Assessment(SEEN, life.now.date(), cleared=True))
    life.session(person())


def go_on_after_a_lock(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    patch.setattr(progression, "_restart_all", lambda *given: None)
    calm_days(life, 8)
    life.session(person(event=(3, wrong(News.ONE_LEG_WEAK))))
    life.wait(hours=25)
    life.unlock(Assessment(SEEN, life.now.date(), cleared=True))
    life.session(person())


def shrug_off_a_red_flag(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    milder(patch, "NEW-01", Action.END_SESSION)
    life.session(person(event=(1, wrong(News.ONE_LEG_WEAK))))


def ease_the_wrong_way(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    def straighter(dose: Any, exercise: Any) -> Any:
        return replace(dose, out=replace(dose.out, knee=dose.out.knee - 15))

    patch.setitem(levers._EASIER, Lever.RNG, straighter)
    life.session(person(SetScript(SetAnswers(4, 1), settled_s=30)))


def raise_everything(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    def all_of_them(builder: Any) -> None:
        for key in [key for key in builder.doses if builder._may_rise_later(key)]:
            if builder._is_due(builder._legs[key]):
                builder._raised(key)

    patch.setattr(todays_dose._Builder, "step_up", all_of_them)
    calm_days(life, 4)


def raise_after_two(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    new_rules(patch, "PRG-01", sessions=2, hours=1)
    calm_days(life, 5, hours=48)


def raise_after_a_day(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    new_rules(patch, "PRG-01", hours=24)
    for _ in range(4):
        calm_days(life, 1, hours=23)


def raise_after_three_where_four_are_asked(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    new_rules(patch, "PRG-03", sessions=3)
    life.session(person(SetScript(SetAnswers(4, 1), settled_s=30), CALM_SET))
    life.wait(days=1)
    life.answer_morning(GOOD)
    calm_days(life, 5)


def raise_without_mornings(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    patch.setattr(Aftermath, "calm", property(lambda after: True))
    for _ in range(5):
        life.session(person())
        life.wait(days=1)


def count_a_day_twice(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    """The clock is set back, and a day comes again."""
    patch.setattr(progression, "_credited", _every_session_counts)
    for hours in (24, -20, 24, 72):
        life.session(person())
        life.wait(hours=hours)
        life.answer_morning(GOOD)
    life.session(person())


def _every_session_counts(leg: Any, *given: Any, **known: Any) -> Any:
    return replace(leg, calm=leg.calm + 1)


def go_past_the_repetitions(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    patch.setattr(todays_dose, "within_caps", lambda session: True)
    calm_days(life, 5)


def play_all_day(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    patch.setattr(opening, "_tomorrow", lambda now: now)
    life.wait(hours=-10)
    for _ in range(3):
        life.session(person())
        life.wait(hours=4)


def play_at_once_again(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    new_rules(patch, "CAP-02", gap_h=1)
    for _ in range(2):
        life.session(person())
        life.wait(hours=2)


def play_after_a_bad_morning(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    new_rules(patch, "DAY-03", gap_h=5)
    life.session(person())
    life.wait(hours=20)
    life.answer_morning(Morning(4, 0, woken=False))
    life.session(person())


def pass_the_home_ceiling(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    patch.setattr(todays_dose, "ceiling_of", lambda exercise, allowed: LevelName.D)
    calm_days(life, 8)


def one_leg_pulls_the_other_down(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    real = days.standing

    def of_both(*given: Any) -> Any:
        found = real(*given)
        doses = {
            (name, leg): todays_dose.gentler_of(dose, found.doses[name, leg.other], given[3])
            if isinstance(leg, Side) and (name, leg.other) in found.doses
            else dose
            for (name, leg), dose in found.doses.items()
        }
        return replace(found, doses=doses)

    patch.setattr(days, "standing", of_both)
    life.session(person(CALM_SET, SetScript(SetAnswers(4, 1), settled_s=30), CALM_SET))
    life.wait(days=2)
    life.session(person())


def forget_what_began(patch: pytest.MonkeyPatch, life: WatchedLife) -> None:
    real: Callable[..., dict[str, Any]] = simulated_home.session_header

    def without_standing(*given: Any, **known: Any) -> dict[str, Any]:
        return real(*given, **known) | {"standing": {}}

    patch.setattr(simulated_home, "session_header", without_standing)
    calm_days(life, 4)


Story = Callable[[pytest.MonkeyPatch, WatchedLife], None]

#: A broken rule and somebody who meets it; the plan; what the law that notices says.
BROKEN: Iterable[tuple[Story, str, str]] = (
    (play_while_locked, BOTH, "locked: a session began"),
    (open_too_early, BOTH, "against"),
    (stay_closed, BOTH, "nothing keeps"),
    (ask_little_after_a_lock, BOTH, "not every question"),
    (go_on_after_a_lock, BOTH, "above the first level after a lock"),
    (shrug_off_a_red_flag, BOTH, "a red flag"),
    (ease_the_wrong_way, FULL, "harder within a session"),
    (raise_everything, BOTH, "more than one step up"),
    (raise_after_two, BOTH, "calm days of 3"),
    (raise_after_a_day, BOTH, "after the last change"),
    (raise_after_three_where_four_are_asked, BOTH, "calm days of 4"),
    (raise_without_mornings, BOTH, "calm days of 3"),
    (count_a_day_twice, BOTH, "calm days of 3"),
    (go_past_the_repetitions, FULL, "repetitions of one leg"),
    (play_all_day, BOTH, "sessions a day"),
    (play_at_once_again, BOTH, "four hours"),
    (play_after_a_bad_morning, BOTH, "after 2026"),
    (pass_the_home_ceiling, NECK, "past its home ceiling"),
    (one_leg_pulls_the_other_down, BOTH, "came down"),
    (forget_what_began, BOTH, "the log"),
)


@pytest.mark.parametrize(
    ("story", "plan", "says"), BROKEN, ids=[story.__name__ for story, *_ in BROKEN]
)
def test_a_broken_rule_is_noticed(
    story: Story, plan: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AssertionError, match=says):
        story(monkeypatch, WatchedLife(SHIPPED, plan))


class NothingBroken:
    """Takes what a story breaks, and leaves it whole."""

    def setattr(self, *given: Any, **known: Any) -> None:
        pass

    def setitem(self, *given: Any, **known: Any) -> None:
        pass


@pytest.mark.parametrize(
    ("story", "plan"),
    [(story, plan) for story, plan, _ in BROKEN],
    ids=[story.__name__ for story, *_ in BROKEN],
)
def test_without_the_broken_rule_the_same_story_is_in_order(story: Story, plan: str) -> None:
    story(cast("pytest.MonkeyPatch", NothingBroken()), WatchedLife(SHIPPED, plan))


def test_chance_finds_a_broken_rule_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    new_rules(monkeypatch, "PRG-01", sessions=1, hours=1)
    quick = settings(TestSixtyDays.settings, phases=(Phase.generate,), database=None)
    with pytest.raises(AssertionError, match="got harder"):
        run_state_machine_as_test(Life, settings=quick)
